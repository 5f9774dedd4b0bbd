"""Several drafts: what was edited and not sent is never replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clacks_monitor.gui.kit import message_boxes
from tests.helpers.compose_widgets import editor_widget, type_into
from tests.helpers.fake_events import phone
from tests.helpers.fake_sender import FakeSession, accepted, came_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.compose.window import ComposeWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    session = FakeSession(tmp_path)
    yield session
    session.close()


def _edit(window: ComposeWindow, text: str) -> None:
    QTest.keyClick(editor_widget(window, "Status"), Qt.Key.Key_A, CONTROL)
    type_into(window, "Status", text)


def test_an_event_that_was_not_edited_is_replaced(window: ComposeWindow) -> None:
    window.compose_from(phone(status="busy"))
    window.compose_from(phone(status="free"))
    assert window.drafts.bar.count() == 1
    assert not window.drafts.bar.isVisible()
    assert window.draft.body == phone(status="free")


@pytest.mark.parametrize("how", ["event", "type", "new", "example"])
def test_what_was_edited_keeps_its_tab(window: ComposeWindow, how: str, qtbot: QtBot) -> None:
    window.compose_from(phone(status="busy"))
    _edit(window, "ringing")
    {
        "event": lambda: window.compose_from(phone(status="free")),
        "type": lambda: window.type_chooser.chosen.emit("PhoneStatus"),
        "new": lambda: QTest.keyClick(window, Qt.Key.Key_N, CONTROL),
        "example": window.fill_example,
    }[how]()
    qtbot.waitUntil(window.drafts.bar.isVisible)
    assert window.drafts.bar.count() == 2
    assert window.draft.body != phone(status="ringing")
    QTest.keyClick(window, Qt.Key.Key_PageUp, CONTROL)
    assert window.draft.body == phone(status="ringing")
    assert "ringing" in window.xml_pane.toPlainText()
    assert window.drafts.bodies(unsent=True) == [phone(status="ringing")]


def test_an_event_that_was_sent_is_replaced(window: ComposeWindow) -> None:
    window.compose_from(phone(status="busy"))
    _edit(window, "ringing")
    window.send()
    assert not window.draft.changes.unsent
    window.compose_from(phone(status="free"))
    assert window.drafts.bar.count() == 1


def test_each_draft_has_what_became_of_it(window: ComposeWindow) -> None:
    window.compose_from(phone(status="busy"))
    window.send()
    window.on_sent(accepted(1))
    _edit(window, "ringing")
    window.compose_from(phone(status="free"))
    assert not window.outcome.isVisible()
    window.on_sent(came_back(1))
    assert not window.outcome.isVisible()
    window.drafts.bar.setCurrentIndex(0)
    assert window.outcome.isVisible()
    assert "received after 12 ms" in window.outcome.text()


def test_a_draft_goes_only_if_the_user_agrees(window: ComposeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.compose_from(phone(status="busy"))
    _edit(window, "ringing")
    window.compose_from(phone(status="free"))
    answers = iter([False, True])
    monkeypatch.setattr(message_boxes, "agrees", lambda *_texts: next(answers))
    window.drafts.close(0)
    assert window.drafts.bar.count() == 2
    window.drafts.close(0)
    assert window.drafts.bar.count() == 1
    assert window.draft.body == phone(status="free")
    window.drafts.close(0)
    assert window.drafts.bar.count() == 1


def test_one_that_was_not_edited_is_closed_by_its_key(window: ComposeWindow) -> None:
    window.compose_from(phone(status="busy"))
    _edit(window, "ringing")
    window.compose_from(phone(status="free"))
    QTest.keyClick(window, Qt.Key.Key_F4, CONTROL)
    assert window.draft.body == phone(status="ringing")


def test_drafts_of_the_last_run_come_back(window: ComposeWindow) -> None:
    bodies = [phone(status=status) for status in ("busy", "free", "ringing")]
    window.restore(bodies)
    assert window.drafts.bar.count() == 3
    assert window.draft.body == bodies[2]
    assert window.drafts.bodies() == bodies
    assert window.drafts.bodies(unsent=True) == bodies[:2]
    window.drafts.bar.setCurrentIndex(0)
    assert window.draft.body == bodies[0]
    assert window.drafts.bodies() == [bodies[1], bodies[2], bodies[0]]


def test_tabs_are_named_by_their_types(window: ComposeWindow) -> None:
    window.restore([phone(), phone(), b"<none/>"])
    for index in range(3):
        window.drafts.bar.setCurrentIndex(index)
    assert [window.drafts.bar.tabText(index) for index in range(3)] == ["PhoneStatus", "PhoneStatus 2", "Event"]


def test_required_texts_that_are_empty_are_said(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    assert window.reason.text() == "3 required fields are empty."
    assert window.send_button.isEnabled()
    type_into(window, "CallerId", "012345")
    window.checking.check()
    assert window.reason.text() == "2 required fields are empty."


def test_choosing_a_type_puts_the_focus_into_its_first_field(window: ComposeWindow, qtbot: QtBot) -> None:
    window.compose_new("ClientLeave")
    window.type_chooser.setFocus()
    window.type_chooser.setCurrentText("PhoneStatus")
    window.type_chooser.activated.emit(window.type_chooser.findText("PhoneStatus"))
    qtbot.waitUntil(lambda: window.form_view.isAncestorOf(window.focusWidget()))


def test_text_that_is_not_well_formed_disables_the_form(window: ComposeWindow) -> None:
    window.compose_from(phone(status="busy"))
    text = window.xml_pane.toPlainText()
    window.xml_pane.setPlainText(text.replace("</Status>", ""))
    assert not window.form_view.isEnabled()
    window.xml_pane.setPlainText(text)
    assert window.form_view.isEnabled()


def test_enter_on_the_type_that_is_shown_goes_to_its_first_field(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    window.type_chooser.setFocus()
    QTest.keyClick(window.type_chooser, Qt.Key.Key_Return)
    assert window.form_view.isAncestorOf(window.focusWidget())
