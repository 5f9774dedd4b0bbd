"""The fields of a form: each kind of value, changed as a user changes it, and the XML that comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from clacks_monitor import assets
from tests.helpers.compose_widgets import editor_widget, leaf_row, text, type_into

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.compose.window import ComposeWindow
    from tests.helpers.fake_sender import FakeSession

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.mark.parametrize("name", [name.removesuffix(".xsd") for name in assets.names("schemas", suffix=".xsd")])
def test_each_builtin_type_opens_fills_and_is_sent_valid(
    window: ComposeWindow, session: FakeSession, qtbot: QtBot, name: str
) -> None:
    window.compose_new(name)
    window.fill_example()
    qtbot.waitUntil(lambda: window.xml_pane.toPlainText() == window.draft.text)
    assert window.problems_pane.problems == []
    window.send()
    assert session.catalogue.validator.validate(session.sender.sent[0][1], type_name=name) == []


@pytest.mark.parametrize(
    ("path", "typed", "xml"),
    [
        ("Whole", "123456789012345678901234567890", "<Whole>123456789012345678901234567890</Whole>"),
        ("Day", "2024-02-30", "<Day>2024-02-30</Day>"),
        ("Moment", "2024-05-31T14:02:10.250+02:00", "<Moment>2024-05-31T14:02:10.250+02:00</Moment>"),
        ("Long", "PT5M", "<Long>PT5M</Long>"),
        ("Bytes", "00ff", "<Bytes>00ff</Bytes>"),
        ("Message", "a < b & c", "<Message>a &lt; b &amp; c</Message>"),
        ("Words", "one two ", "<Words>one two</Words>"),
        ("any element", '<x xmlns="urn:x"/>', '<x xmlns="urn:x"/>'),
    ],
)
def test_what_is_typed_is_what_is_sent(window: ComposeWindow, path: str, typed: str, xml: str) -> None:
    window.compose_new("Kinds")
    type_into(window, path, typed)
    assert xml in text(window)


def test_numbers_step_exactly_and_stop_at_the_types_bounds(window: ComposeWindow) -> None:
    window.compose_new("Kinds")
    type_into(window, "Whole", "99999999999999999999999999999999")
    QTest.keyClick(editor_widget(window, "Whole"), Qt.Key.Key_Up)
    assert "<Whole>100000000000000000000000000000000</Whole>" in text(window)
    type_into(window, "Byte", "126")
    for _press in range(3):
        QTest.keyClick(editor_widget(window, "Byte"), Qt.Key.Key_Up)
    assert "<Byte>127</Byte>" in text(window)


def test_a_wrong_value_is_explained_at_its_field(window: ComposeWindow) -> None:
    window.compose_new("Kinds")
    type_into(window, "Byte", "200")
    found = leaf_row(window, "Byte")
    assert found.shows_problem
    assert "127" in found.problem_text
    QTest.keyClick(editor_widget(window, "Byte"), Qt.Key.Key_Backspace)
    assert not leaf_row(window, "Byte").shows_problem


def test_an_untouched_new_form_accuses_nobody(window: ComposeWindow) -> None:
    window.compose_new("Kinds")
    assert window.problems_pane.problems
    assert not any(found.shows_problem for found in window.form_view.context.rows())
    window.send()
    assert leaf_row(window, "Day").shows_problem


def test_a_check_box_keeps_the_spelling_of_the_event(window: ComposeWindow) -> None:
    window.compose_new("Kinds")
    window.xml_pane.setPlainText(text(window).replace("<On>false</On>", "<On>0</On>"))
    box = next(found for found in leaf_row(window, "On").editor.findChildren(QCheckBox) if found.isVisible())
    box.click()
    assert "<On>1</On>" in text(window)


def test_a_value_that_fits_no_editor_is_shown_and_kept(window: ComposeWindow) -> None:
    window.compose_new("Kinds")
    wrong = text(window).replace("<On>false</On>", "<On>maybe</On>").replace("<Colour>red", "<Colour>blue")
    window.xml_pane.setPlainText(wrong)
    assert leaf_row(window, "On").editor.text() == "maybe"
    assert leaf_row(window, "Colour").editor.text() == "blue"
    assert window.draft.body.decode() == wrong


def test_chips_are_taken_back_and_removed(window: ComposeWindow) -> None:
    window.compose_new("Kinds")
    type_into(window, "Words", "one,two ")
    QTest.keyClick(editor_widget(window, "Words"), Qt.Key.Key_Backspace)
    QTest.keyClicks(editor_widget(window, "Words"), "2 ")
    assert "<Words>one two2</Words>" in text(window)


def test_an_optional_field_is_switched_on_by_typing_and_off_by_its_box(window: ComposeWindow) -> None:
    window.compose_new("AsteriskNotification")
    assert "Cause" not in text(window)
    type_into(window, "Cause", "user busy")
    assert "<Cause>user busy</Cause>" in text(window)
    caption = leaf_row(window, "Cause").caption
    assert isinstance(caption, QCheckBox)
    assert caption.isChecked()
    caption.click()
    assert "Cause" not in text(window)
    caption.click()
    assert "<Cause>user busy</Cause>" in text(window)


def test_editing_the_text_keeps_the_widget_that_shows_a_field(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    type_into(window, "CallerId", "1")
    before = leaf_row(window, "Status")
    window.xml_pane.setPlainText(text(window).replace("<Status/>", "<Status>free</Status>"))
    assert leaf_row(window, "Status") is before
    type_into(window, "Status", "!")
    assert "<Status>free!</Status>" in text(window)


def test_explanations_can_be_hidden(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    height = leaf_row(window, "Status").sizeHint().height()
    window.form_view.set_help_shown(False)
    assert leaf_row(window, "Status").sizeHint().height() < height


def test_what_placeholders_stand_for_is_shown_and_sent(window: ComposeWindow, session: FakeSession) -> None:
    window.compose_new("NodeStatus")
    for path, value in (
        ("Load", "0.{{counter}}"),
        ("Latency", "1"),
        ("Workers", "{{counter}}"),
        ("Id", "{{pick:a,b}}"),
    ):
        type_into(window, path, value)
    assert leaf_row(window, "Workers").next_text == "next: 1"
    shown_id = leaf_row(window, "Id").next_text.removeprefix("next: ")
    window.send()
    window.send()
    first, second = (body.decode() for _id, body, _via in session.sender.sent)
    assert "<Workers>1</Workers>" in first
    assert f"<Id>{shown_id}</Id>" in first
    assert "<Workers>2</Workers>" in second
    assert leaf_row(window, "Workers").next_text == "next: 3"


def test_a_placeholder_that_stands_for_nothing_is_a_problem(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    type_into(window, "Status", "{{csv:Status}}")
    window.send()
    assert any("CSV" in problem.text for problem in window.problems_pane.problems)
    assert not window.send_button.isEnabled()


def test_what_is_wrong_is_said_in_the_language_of_the_window(window: ComposeWindow, qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load("clacks_monitor_de", str(assets.folder("resources", "translations")))
    qapp.installTranslator(translator)
    try:
        window.compose_new("NodeStatus")
        type_into(window, "Workers", "many")
        assert leaf_row(window, "Workers").problem_text == ("erwartet: eine ganze Zahl von -2147483648 bis 2147483647")
        window.checking.check()
        listed = [window.problems_pane.list.item(row).text() for row in range(window.problems_pane.list.count())]
        assert any(text.startswith("Workers: erwartet: eine ganze Zahl") for text in listed)
    finally:
        qapp.removeTranslator(translator)
