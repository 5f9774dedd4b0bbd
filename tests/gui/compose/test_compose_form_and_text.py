"""Form and text beside each other, the marks in the text, the preview, and what the window says of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QPalette, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QStackedWidget

from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.forms import ValidationIssue
from clacks_monitor.gui.compose import xml_pane as xml_pane_module
from clacks_monitor.gui.compose.checking import PAUSE_MS
from clacks_monitor.gui.compose.window import REASON, ComposeWindow
from clacks_monitor.gui.compose.xml_pane import XmlPane, merged
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.notes import Tone
from tests.helpers.compose_schemas import HEAD
from tests.helpers.compose_widgets import complete, editor_widget, leaf_row, shown, text, type_into
from tests.helpers.fake_sender import FakeSession, accepted, came_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

PHONE = """<Event xmlns="http://www.gonicus.de/Events">
  <PhoneStatus>
    <CallerId>1</CallerId>
    <ReceiverId>2</ReceiverId>
    <Status>busy</Status>
  </PhoneStatus>
</Event>
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    plant = ConnectionSettings("plant", id="plant", production=True, domain="org.plant")
    session = FakeSession(tmp_path, [ConnectionSettings("office bus", id="office"), plant])
    yield session
    session.close()


@pytest.fixture
def window(session: FakeSession, theme: Theme) -> Iterator[ComposeWindow]:
    with shown(ComposeWindow(session, theme)) as made:
        made.activateWindow()
        made.compose_from(PHONE.encode())
        complete(made.form_view)
        yield made


def marked(pane: XmlPane) -> list[tuple[int, bool, str]]:
    """Return line, whether it is the line of a field, and the marked text of each mark."""
    found = []
    for mark in pane.extraSelections():
        cursor, form = mark.cursor, mark.format
        whole = bool(form.property(QTextCharFormat.Property.FullWidthSelection))
        assert whole or form.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
        found.append((cursor.blockNumber() + 1, whole, cursor.selectedText()))
    return found


def action(window: ComposeWindow, name: str) -> QAction:
    return child(window, QAction, name)


def test_the_line_of_the_field_that_is_edited_is_marked(window: ComposeWindow) -> None:
    for path, line in (("CallerId", 3), ("Status", 5), ("ReceiverId", 4)):
        editor_widget(window, path).setFocus()
        assert marked(window.xml_pane) == [(line, True, "")]
    (mark,) = window.xml_pane.extraSelections()
    tint = mark.format.background().color()
    highlight = window.xml_pane.palette().color(QPalette.ColorRole.Highlight)
    assert (tint.rgb() == highlight.rgb(), 0 < tint.alpha() < 80) == (True, True)
    window.xml_pane.setPlainText("<a")
    editor_widget(window, "Status").setFocus()
    assert (5, True, "") not in marked(window.xml_pane)


def test_what_is_wrong_is_underlined_to_the_end_of_its_line(
    window: ComposeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = window.xml_pane
    monkeypatch.setattr(xml_pane_module, "MARKS", 3)
    pane.show_line(0)
    pane.load("one\n\ntwo 🙂 three")
    pane.show_problems(
        [ValidationIssue("x", 1, 2), ValidationIssue("x"), ValidationIssue("x", 3, 7), ValidationIssue("x", 1, 1)]
    )
    assert marked(pane) == [(1, False, "ne"), (3, False, "three")]
    pane.show_problems([ValidationIssue("x", 1), ValidationIssue("x", 9, 1), ValidationIssue("x", 3, 99)])
    assert marked(pane) == [(1, False, "one"), (3, False, "e"), (3, False, "e")]
    pane.show_line(2)
    assert marked(pane)[0] == (2, True, "")
    pane.show_problems([])
    assert marked(pane) == [(2, True, "")]
    pane.show_line(0)
    assert marked(pane) == []


def test_a_problem_without_a_field_is_shown_in_the_text(window: ComposeWindow) -> None:
    pane = window.xml_pane
    for problem, place in (
        (ValidationIssue("x", 4, 5), (3, 4)),
        (ValidationIssue("x", 3), (2, 0)),
        (ValidationIssue("x", 2, 3, path="no"), (1, 2)),
    ):
        editor_widget(window, "Status").setFocus()
        window.problems_pane.wanted.emit(problem)
        assert (pane.textCursor().blockNumber(), pane.textCursor().positionInBlock()) == place
        assert pane.hasFocus()
    editor_widget(window, "Status").setFocus()
    window.problems_pane.wanted.emit(ValidationIssue("x"))
    assert not pane.hasFocus()
    window.problems_pane.wanted.emit(ValidationIssue("x", 1, 1, path="CallerId"))
    assert window.focusWidget() is editor_widget(window, "CallerId")


def test_the_keys_go_from_one_side_to_the_other(window: ComposeWindow) -> None:
    editor_widget(window, "Status").setFocus()
    action(window, "actionSwitchSide").trigger()
    assert window.xml_pane.hasFocus()
    action(window, "actionSwitchSide").trigger()
    assert window.focusWidget() is editor_widget(window, "CallerId")


def test_undo_belongs_to_the_side_that_has_the_focus(window: ComposeWindow) -> None:
    type_into(window, "Status", "!")
    action(window, "actionUndo").trigger()
    assert "<Status>busy</Status>" in window.xml_pane.toPlainText()
    action(window, "actionRedo").trigger()
    assert "<Status>busy!</Status>" in window.xml_pane.toPlainText()
    window.xml_pane.setFocus()
    window.xml_pane.insertPlainText("<!-- new -->")
    action(window, "actionUndo").trigger()
    assert "new" not in text(window)
    action(window, "actionRedo").trigger()
    assert "<!-- new -->" in text(window)
    window.compose_from(b"<a/>")
    window.xml_pane.insertPlainText("x")
    window.type_chooser.setFocus()
    action(window, "actionUndo").trigger()
    assert window.draft.text == "<a/>"
    action(window, "actionRedo").trigger()
    assert window.draft.text == "x<a/>"


def test_typing_after_a_rest_is_an_undo_step_of_its_own(window: ComposeWindow) -> None:
    type_into(window, "Status", "1")
    (seal,) = [timer for timer in window.sides.findChildren(QTimer) if timer.isActive() and timer.interval() == 1_200]
    seal.timeout.emit()
    type_into(window, "Status", "2")
    action(window, "actionUndo").trigger()
    assert leaf_row(window, "Status").editor.text() == "busy1"
    type_into(window, "Status", "3")
    type_into(window, "Status", "4")
    action(window, "actionUndo").trigger()
    assert leaf_row(window, "Status").editor.text() in {"busy1", "busy"}


def test_the_preview_shows_the_next_event_and_follows_the_form(window: ComposeWindow, qtbot: QtBot) -> None:
    pane, preview = window.xml_pane, action(window, "actionPreview")
    type_into(window, "CallerId", "{{counter}}")
    preview.setChecked(True)
    assert pane.isReadOnly()
    assert "<CallerId>11</CallerId>" in pane.toPlainText()
    type_into(window, "CallerId", "0")
    qtbot.waitUntil(lambda: "<CallerId>110</CallerId>" in pane.toPlainText())
    preview.setChecked(False)
    assert not pane.isReadOnly()
    assert "<CallerId>1{{counter}}0</CallerId>" in pane.toPlainText()
    preview.setChecked(True)
    window.compose_from(PHONE.encode())
    assert not preview.isChecked()
    assert not pane.isReadOnly()


def test_what_is_no_text_is_only_counted(window: ComposeWindow) -> None:
    window.compose_from(b"\0\xff\1")
    assert window.xml_pane.toPlainText() == "3 bytes that are not text"
    assert window.xml_pane.isReadOnly()
    action(window, "actionPreview").setChecked(True)
    assert window.xml_pane.toPlainText() == "3 bytes that are not text"


@pytest.mark.parametrize(
    ("true", "old", "new", "result"),
    [
        ("a\r\nb", "a\nb", "a\nbc", "a\r\nbc"),
        ("a\r\nb", "a\nb", "ab", "ab"),
        ("a\r\nb", "a\nb", "a\n\nb", "a\r\n\nb"),
        ("a\rb", "a\nb", "a\n\nb", "a\n\nb"),
        ("a\u2029b", "a\nb", "xa\nb", "xa\u2029b"),
        ("other", "a", "ab", "ab"),
        ("\na", "\na", "\nab", "\nab"),
        ("\r\n\r\n", "\n\n", "\n", "\r\n"),
    ],
)
def test_an_edit_leaves_the_line_ends_around_it(true: str, old: str, new: str, result: str) -> None:
    assert merged(true, old, new) == result


def test_the_forms_changes_keep_the_cursor_and_the_texts_own_undo(theme: Theme) -> None:
    with shown(XmlPane(theme)) as pane:
        typed = list[int]()
        pane.typed.connect(lambda: typed.append(1))
        pane.load("🙂 one two three")
        cursor = pane.textCursor()
        cursor.setPosition(len("🙂 one two thr") + 1)
        pane.setTextCursor(cursor)
        pane.follow("🙂 one 22 three")
        assert pane.text() == pane.toPlainText() == "🙂 one 22 three"
        assert pane.textCursor().position() == len("🙂 one 22 thr") + 1
        pane.follow("🙂 one 22 three")
        assert typed == []
        QTest.keyClicks(pane, "x")
        assert (typed, pane.text()) == ([1], "🙂 one 22 thrxee")
        assert pane.tabChangesFocus()
        assert pane.lineWrapMode() is pane.LineWrapMode.NoWrap


# -- the window --------------------------------------------------------------------------------------------------------


def test_the_window_says_what_is_composed_and_where_to(window: ComposeWindow, session: FakeSession) -> None:
    assert window.windowTitle() == "Compose PhoneStatus – office bus"
    assert window.documentation.isVisible()
    about = next(kind.documentation for kind in session.composing.catalogue.types() if kind.name == "PhoneStatus")
    assert window.documentation.text() == " ".join(about.split())
    window.target.connections.setCurrentIndex(1)
    assert window.windowTitle() == "Compose PhoneStatus – plant"
    window.compose_from(b"<a/>")
    assert window.windowTitle() == "Compose an event – plant"
    assert not window.documentation.isVisible()
    session.connections.settings = []
    window.target.refresh()
    assert window.windowTitle() == "Compose an event"


def test_an_event_without_a_form_says_why(window: ComposeWindow) -> None:
    stack, label = child(window, QStackedWidget, "formStack"), child(window, PlainLabel, "noFormLabel")
    assert stack.currentIndex() == 0
    window.compose_from(b"<a")
    assert stack.currentIndex() == 1
    assert label.text().startswith("No form is available for this event: ")
    assert label.text().endswith(". It can be edited as text and sent.")
    window.compose_from(b"<Event xmlns='http://www.gonicus.de/Events'><" + b"x" * 900 + b"/></Event>")
    assert len(label.text()) < REASON + 100
    window.compose_from(PHONE.encode())
    assert stack.currentIndex() == 0


def test_all_is_checked_again_when_nothing_is_typed_any_more(window: ComposeWindow, qtbot: QtBot) -> None:
    type_into(window, "Status", "x")
    qtbot.waitUntil(lambda: any(t.isActive() and t.interval() == PAUSE_MS for t in window.findChildren(QTimer)))
    (timer,) = [t for t in window.findChildren(QTimer) if t.isActive() and t.interval() == PAUSE_MS]
    window.problems_pane.show_problems([ValidationIssue("an old one")])
    timer.timeout.emit()
    assert window.problems_pane.problems == []


def test_a_new_event_begins_as_that_type_without_what_was_before(window: ComposeWindow) -> None:
    window.xml_pane.setPlainText("<a")
    window.broken_box.setChecked(True)
    assert window.broken_box.isVisible()
    action(window, "actionClear").trigger()
    assert (window.draft.type_name, window.broken_box.isChecked()) == ("PhoneStatus", False)
    assert leaf_row(window, "Status").editor.text() == ""
    assert window.focusWidget() is editor_widget(window, "CallerId")
    action(window, "actionSample").trigger()
    assert leaf_row(window, "Status").editor.text() != ""
    window.xml_pane.setFocus()
    window.type_chooser.chosen.emit("ClientPoll")
    assert window.draft.type_name == "ClientPoll"
    assert window.xml_pane.hasFocus()


def test_what_speaks_against_sending_is_said_beside_the_button(window: ComposeWindow, session: FakeSession) -> None:
    assert not window.reason.isVisible()
    assert window.send_button.toolTip() == "Ctrl+Return"
    window.xml_pane.setPlainText("<a")
    words = "1 problem: fix it or tick “Send anyway”."
    assert (window.reason.isVisible(), window.reason.text(), window.reason.tone) == (True, words, Tone.HELP)
    assert window.send_button.toolTip() == words
    assert (window.send_button.isEnabled(), window.broken_box.isVisible()) == (False, True)
    window.send()
    assert window.reason.tone is Tone.BAD
    assert session.sender.sent == []
    window.broken_box.setChecked(True)
    assert not window.reason.isVisible()
    assert action(window, "actionSend").text() == window.send_button.text() == "Send invalid event to org.clacks"
    action(window, "actionSend").trigger()
    assert session.sender.sent[0][1] == b"<a"


def test_an_outcome_renews_the_list_only_where_it_is_seen_and_of_the_last_event(
    window: ComposeWindow, qtbot: QtBot
) -> None:
    pane = window.history_pane
    window.send()
    window.on_sent(accepted(1))
    assert (pane.list.topLevelItemCount(), pane.busy) == (0, False)
    window.tabs.setCurrentWidget(pane)
    qtbot.waitUntil(lambda: pane.list.topLevelItemCount() == 1)
    begun = list[bool]()
    for result in (came_back(1), came_back(99)):
        window.on_sent(result)
        begun.append(pane.busy)
        qtbot.waitUntil(lambda: not pane.busy)
    assert begun == [True, False]
    item = pane.list.topLevelItem(0)
    assert item is not None
    assert item.text(3).startswith("received")
    wanted = list[int]()
    window.row_wanted.connect(wanted.append)
    window.outcome.show_button.click()
    assert wanted == [7]


def test_what_an_event_sets_off_follows_the_connection(
    window: ComposeWindow, session: FakeSession, qtbot: QtBot
) -> None:
    pane = window.effects_pane
    window.tabs.setCurrentWidget(pane)
    qtbot.waitUntil(lambda: "org.clacks.event.PhoneStatus" in pane.right.text())
    window.target.connections.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "org.plant.event.PhoneStatus" in pane.right.text())
    session.connections.settings = []
    window.target.refresh()
    assert not pane.right.isVisible()
    assert pane.reach.text().startswith("Choose a connection")


def test_the_next_problem_is_gone_to_by_its_key(window: ComposeWindow) -> None:
    window.compose_new("NodeStatus")
    complete(window.form_view)
    action(window, "actionNextProblem").trigger()
    (first, *_others) = window.problems_pane.problems
    assert leaf_row(window, first.path).isAncestorOf(window.focusWidget())


def test_explanations_are_switched_by_the_menu(window: ComposeWindow) -> None:
    shown_before = leaf_row(window, "Status").sizeHint().height()
    action(window, "actionHelpTexts").toggle()
    assert leaf_row(window, "Status").sizeHint().height() < shown_before
    action(window, "actionHelpTexts").toggle()
    assert leaf_row(window, "Status").sizeHint().height() == shown_before


UNION = (
    HEAD
    + """
<xs:simpleType name="Known">
 <xs:restriction base="xs:string"><xs:enumeration value="red"/></xs:restriction></xs:simpleType>
<xs:element name="Union"><xs:complexType><xs:sequence>
 <xs:element name="Colour"><xs:simpleType><xs:union memberTypes="e:Known xs:string"/></xs:simpleType></xs:element>
 <xs:element name="Free" type="xs:string"/>
</xs:sequence></xs:complexType></xs:element></xs:schema>"""
)


def test_the_values_that_a_member_of_a_union_lists_are_offered(tmp_path: Path, theme: Theme) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "Union.xsd").write_text(UNION)
    session = FakeSession(tmp_path, schemas=[tmp_path / "schemas"])
    with shown(ComposeWindow(session, theme)) as window:
        window.compose_new("Union")
        colour, free = leaf_row(window, "Colour").editor, leaf_row(window, "Free").editor
        offered = [combo.itemText(0) for combo in colour.findChildren(QComboBox)]
        assert (offered, free.findChildren(QComboBox)) == (["red"], [])
    session.close()
