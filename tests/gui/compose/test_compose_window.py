"""The compose window: form, text, problems and sending, as an operator uses them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter

from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.sending import SendOutcome, SendResult, Via
from clacks_monitor.gui.compose.window import ComposeWindow
from clacks_monitor.gui.compose.xml_pane import merged
from clacks_monitor.gui.kit.layouts import child
from tests.helpers.compose_widgets import leaf_row as leaf
from tests.helpers.compose_widgets import shown, type_into
from tests.helpers.fake_sender import SENT_NS, FakeSession, accepted, came_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

PHONE = (
    b'<?xml version="1.0"?>\n<e:Event xmlns:e="http://www.gonicus.de/Events"><!-- kept -->'
    b"<e:PhoneStatus><e:CallerId  >012345</e:CallerId><e:ReceiverId>12343424</e:ReceiverId>"
    b"<e:Status>busy</e:Status></e:PhoneStatus></e:Event>"
)

# The offscreen platform says so of every window; no other says it at all.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    session = FakeSession(tmp_path)
    yield session
    session.close()


def test_an_event_is_composed_by_keyboard_and_sent(qtbot: QtBot, window: ComposeWindow, session: FakeSession) -> None:
    window.compose_new("PhoneStatus")
    type_into(window, "CallerId", "012345")
    type_into(window, "ReceiverId", "12343424")
    type_into(window, "Status", "busy")
    qtbot.waitUntil(lambda: "<Status>busy</Status>" in window.xml_pane.toPlainText())
    assert window.send_button.text() == "Send to org.clacks"
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    ((connection, body, via),) = session.sender.sent
    assert (connection, via) == ("office", Via.EXCHANGE)
    assert session.catalogue.validator.validate(body) == []
    assert b"<CallerId>012345</CallerId>" in body


def test_the_outcome_stays_visible(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    window.send()
    assert "Sending to org.clacks" in window.outcome.text()
    window.on_sent(accepted(1))
    assert "accepted, waiting" in window.outcome.text()
    window.on_sent(came_back(1))
    assert "accepted, received after 12 ms" in window.outcome.text()
    assert window.composing.history.search()[0].returned_ns > 0


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (SendOutcome.INVALID, "refused as invalid: no Status"),
        (SendOutcome.NOT_PERMITTED, "not permitted"),
        (SendOutcome.NOT_CONNECTED, "not connected"),
        (SendOutcome.REJECTED, "rejected by the broker"),
        (SendOutcome.TIMED_OUT, "timed out"),
    ],
)
def test_failures_are_told_apart(window: ComposeWindow, outcome: SendOutcome, words: str) -> None:
    window.compose_new("PhoneStatus")
    window.send()
    window.on_sent(SendResult(1, outcome, "no Status", sent_ns=SENT_NS))
    assert words in window.outcome.text()


def test_an_outcome_of_another_event_does_not_change_what_is_shown(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    window.send()
    window.on_sent(came_back(99))
    assert "Sending" in window.outcome.text()


def test_a_received_event_is_sent_byte_for_byte(window: ComposeWindow, session: FakeSession) -> None:
    window.compose_from(PHONE)
    window.send()
    assert session.sender.sent[0][1] == PHONE


def test_only_what_was_edited_changes(window: ComposeWindow, session: FakeSession) -> None:
    window.compose_from(PHONE)
    row = leaf(window, "Status")
    target = next(iter(row.editor.targets()))
    QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(target, "free")
    window.send()
    assert session.sender.sent[0][1] == PHONE.replace(b"busy", b"free")


def test_text_and_form_follow_each_other(qtbot: QtBot, window: ComposeWindow) -> None:
    window.compose_from(PHONE)
    text = window.xml_pane.toPlainText()
    window.xml_pane.setPlainText(text.replace("busy", "ringing"))
    assert leaf(window, "Status").editor.text() == "ringing"
    type_into(window, "Status", "!")
    qtbot.waitUntil(lambda: "ringing!" in window.xml_pane.toPlainText())
    assert "<!-- kept -->" in window.xml_pane.toPlainText()


def test_a_broken_text_keeps_the_forms_values_and_is_not_sent(window: ComposeWindow, session: FakeSession) -> None:
    window.compose_from(PHONE)
    window.xml_pane.setPlainText(window.xml_pane.toPlainText().replace("</e:Status>", ""))
    assert leaf(window, "Status").editor.text() == "busy"
    assert len(window.problems_pane.problems) == 1
    assert not window.send_button.isEnabled()
    window.send()
    assert session.sender.sent == []


def test_an_invalid_event_is_sent_only_on_purpose(window: ComposeWindow, session: FakeSession) -> None:
    window.compose_from(PHONE.replace(b"<e:Status>busy</e:Status>", b""))
    assert not window.send_button.isEnabled()
    assert window.send_button.text() == "Send invalid event to org.clacks"
    window.broken_box.setChecked(True)
    window.send()
    assert session.sender.sent[0][1] == PHONE.replace(b"<e:Status>busy</e:Status>", b"")


def test_a_problem_leads_to_its_field(qtbot: QtBot, window: ComposeWindow) -> None:
    window.compose_new("NodeStatus")
    window.activateWindow()
    problem = next(p for p in window.problems_pane.problems if p.path == "Latency")
    window.problems_pane.wanted.emit(problem)
    target = next(iter(leaf(window, "Latency").editor.targets()))
    qtbot.waitUntil(lambda: window.focusWidget() in {target, *target.children()})
    assert window.form_view.context.show_all_problems


def test_undo_takes_back_what_was_typed(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    type_into(window, "CallerId", "0123")
    window.draft.form.edits.seal()  # type: ignore[union-attr]  # a form was just made
    type_into(window, "Status", "busy")
    target = next(iter(leaf(window, "Status").editor.targets()))
    QTest.keyClick(target, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert leaf(window, "Status").editor.text() == ""
    assert leaf(window, "CallerId").editor.text() == "0123"
    window.sides.redo()
    assert leaf(window, "Status").editor.text() == "busy"


def test_an_event_without_a_schema_can_be_sent_as_it_is(window: ComposeWindow, session: FakeSession) -> None:
    body = b'<Event xmlns="http://www.gonicus.de/Events"><Unheard><Of/></Unheard></Event>'
    window.compose_from(body)
    assert window.draft.form is None
    window.broken_box.setChecked(True)
    window.send()
    assert session.sender.sent[0][1] == body


@pytest.mark.parametrize("body", [b"\x00\xff\x10", b"", b"not XML <"])
def test_what_is_no_xml_can_be_sent_again_unchanged(window: ComposeWindow, session: FakeSession, body: bytes) -> None:
    window.compose_from(body)
    window.broken_box.setChecked(True)
    window.send()
    assert session.sender.sent[0][1] == body


def test_why_nothing_can_be_sent_is_said(window: ComposeWindow, session: FakeSession) -> None:
    session.connections.settings = [ConnectionSettings("vault", id="vault", read_only=True)]
    window.target.refresh()
    window.compose_new("PhoneStatus")
    assert not window.send_button.isEnabled()
    assert "read-only" in window.reason.text()


def test_the_way_through_the_agent_is_on_the_button(window: ComposeWindow, session: FakeSession) -> None:
    window.compose_new("PhoneStatus")
    window.target.ways.setCurrentIndex(1)
    assert window.send_button.text() == "Send to org.clacks through the agent"
    window.send()
    assert session.sender.sent[0][2] is Via.AGENT


def test_typing_into_the_text_changes_nothing_else(window: ComposeWindow, session: FakeSession) -> None:
    body = PHONE.replace(b"\n", b"\r\n\r\n").replace(b"kept", "kept\u00a0\u2028🙂".encode())
    window.compose_from(body)
    cursor = window.xml_pane.document().find("busy")
    window.xml_pane.setTextCursor(cursor)
    QTest.keyClicks(window.xml_pane, "free")
    assert leaf(window, "Status").editor.text() == "free"
    type_into(window, "CallerId", "6")
    window.xml_pane.setFocus()
    window.xml_pane.setTextCursor(window.xml_pane.document().find("12343424"))
    QTest.keyClicks(window.xml_pane, "7")
    window.send()
    expected = body.replace(b"busy", b"free").replace(b"012345", b"0123456").replace(b"12343424", b"7")
    assert session.sender.sent[0][1] == expected


@given(st.text("a<\r\n\u2029 é🙂", max_size=12), st.text("b\n", max_size=4), st.integers(0, 12), st.integers(0, 12))
def test_an_edit_is_taken_over_where_it_was_made(true: str, typed: str, start: int, length: int) -> None:
    pieces = re.findall("\r\n|.", true, re.DOTALL)
    start, end = min(start, len(pieces)), min(start + length, len(pieces))
    shown = ["\n" if piece in {"\r\n", "\r", "\u2029"} else piece for piece in pieces]
    new = "".join([*shown[:start], typed, *shown[end:]])
    result = merged(true, "".join(shown), new)
    assert [("\n" if p in {"\r\n", "\r", "\u2029"} else p) for p in re.findall("\r\n|.", result, re.DOTALL)] == list(
        new
    )


def test_the_window_comes_back_where_and_as_it_was(session: FakeSession, theme: Theme, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    with shown(ComposeWindow(session, theme, settings)) as first:
        first.resize(first.minimumSizeHint().width(), 640)
        child(first, QSplitter, "sides").setSizes([300, 600])
        wanted = first.size(), child(first, QSplitter, "sides").sizes()
    settings.sync()
    again = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    with shown(ComposeWindow(session, theme, again)) as second:
        assert (second.size(), child(second, QSplitter, "sides").sizes()) == wanted
    again.setValue("compose/geometry", "no geometry")
    with shown(ComposeWindow(session, theme, again)) as third:
        assert third.isVisible()
