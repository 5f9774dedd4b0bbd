"""The compose window as the application holds it: when it is opened on what, and what it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.gui.compose.window import ComposeWindow
from clacks_monitor.gui.window.compose_host import ComposeHost
from clacks_monitor.session import notices as n
from tests.helpers.ending import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.gui.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the window is asked for."""
    found: list[object] = []
    monkeypatch.setattr(ComposeWindow, "compose_new", lambda _window: found.append("new"))
    monkeypatch.setattr(ComposeWindow, "compose_from", lambda _window, body: found.append(body))
    monkeypatch.setattr(ComposeWindow, "on_sent", lambda _window, result: found.append(result))
    return found


@pytest.fixture
def host(real: MainWindow, tmp_path: Path, asked: list[object]) -> Iterator[ComposeHost]:
    assert asked == []
    made = ComposeHost(real, QSettings(str(tmp_path / "compose.ini"), QSettings.Format.IniFormat), real)
    yield made
    for thread in made.stop():
        thread.join(PATIENCE_S)
    if made.window is not None:
        made.window.deleteLater()


def test_one_window_is_opened_on_a_new_event_or_on_a_copy(host: ComposeHost, asked: list[object]) -> None:
    assert (host.window, host.drafts(), host.stop()) == (None, [], [])
    host.open(b"")
    window = host.window
    assert window is not None
    assert window.isVisible()
    host.open(b"")
    assert asked == ["new"], "what is being composed is kept"
    host.open(b"<copy/>")
    assert (host.window is window, asked[1:]) == (True, [b"<copy/>"])
    window.hide()
    host.open(b"")
    assert asked[2:] == ["new"]
    assert window.isVisible()


def test_what_is_being_composed_is_known_while_the_window_is_open(
    host: ComposeHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.open(b"")
    assert host.window is not None
    monkeypatch.setattr(type(host.window.draft), "body", property(lambda _draft: b"<draft/>"))
    drafts = [host.drafts()]
    host.window.hide()
    drafts.append(host.drafts())
    assert drafts == [[b"<draft/>"], []]
    monkeypatch.setattr(type(host.window.draft.changes), "unsent", property(lambda _changes: True))
    assert host.drafts() == [b"<draft/>"]


def test_it_is_told_of_outcomes(host: ComposeHost, asked: list[object], real: MainWindow) -> None:
    result = SendResult(1, SendOutcome.ACCEPTED)
    real.bridge.notify(n.EventSent(result))
    host.open(b"")
    assert host.window is not None
    asked.clear()
    real.bridge.notify(n.EventSent(result))
    assert asked == [result]


def test_types_that_change_are_offered(host: ComposeHost, real: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr(ComposeWindow, "refresh_types", lambda _window: told.append(True))
    host.open(b"")
    told.clear()
    real.bridge.notify(n.TypesChanged(frozenset({"A"})))
    assert told == [True]


def test_connections_that_change_are_shown_as_targets(host: ComposeHost, real: MainWindow) -> None:
    host.open(b"")
    assert host.window is not None
    before = host.window.target.connections.count()
    settings = ConnectionSettings("a new bus", id="new")
    real.session.connections.add_for_this_run(settings)
    real.bridge.notify(n.ConnectionsChanged())
    assert host.window.target.connections.count() == before + 1


def test_a_sent_event_that_came_back_is_shown_in_the_table(host: ComposeHost, real: MainWindow) -> None:
    host.open(b"")
    assert host.window is not None
    host.window.row_wanted.emit(2)
    assert real.panes.table.current_sequence == 2


def test_it_is_closed_with_the_program(host: ComposeHost) -> None:
    host.open(b"")
    assert host.window is not None
    for thread in host.stop():
        thread.join(PATIENCE_S)
    assert not host.window.isVisible()
