"""Opening what is composed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.gui.compose import opening
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.compose.window import ComposeWindow


def test_an_event_whose_reading_fails_is_sent_as_it_came_and_the_error_is_named(
    window: ComposeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = b"<Event>" + b"x" * (opening.QUICK_BYTES + 1)

    def fail(*_given: object) -> opening.Opened:
        raise KeyError("broken")

    monkeypatch.setattr(opening, "open_event", fail)
    with qtbot.captureExceptions() as caught:
        window.compose_from(body)
        label = child(window, PlainLabel, "noFormLabel")
        assert label.text() == "The event is being read…"
        qtbot.waitUntil(lambda: bool(caught))
    assert "No form is available for this event: KeyError: 'broken'." in label.text()
    assert (window.draft.body, window.opener.busy) == (body, False)


def test_what_is_opened_meanwhile_takes_the_place_of_what_is_read(window: ComposeWindow, qtbot: QtBot) -> None:
    window.compose_from(b"<Event>" + b"x" * (opening.QUICK_BYTES + 1))
    busy = [window.opener.busy]
    window.compose_new("ClientPoll")
    assert [*busy, window.opener.busy] == [True, False]
    with qtbot.waitSignal(window.checking.found):
        window.checking.check_soon()
    assert window.draft.type_name == "ClientPoll"
