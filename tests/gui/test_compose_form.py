"""The form: each construct of a schema as widgets, changed as a user changes it, and the XML that comes out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTranslator
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMenu

from clacks_monitor import assets
from clacks_monitor.gui.compose.repeats import RepeatSection
from clacks_monitor.gui.compose.sections import ChoiceSection, ElementSection
from clacks_monitor.gui.compose.window import ComposeWindow
from clacks_monitor.gui.layouts import child
from tests.helpers.compose_widgets import editor_widget, leaf_row, shown, type_into
from tests.helpers.fake_sender import FakeSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.compose.rows import FieldRow
    from clacks_monitor.gui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

HEAD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:e="http://www.gonicus.de/Events"'
    ' targetNamespace="http://www.gonicus.de/Events" elementFormDefault="qualified">'
)
KINDS = (
    HEAD
    + """
<xs:complexType name="Kinds"><xs:sequence>
 <xs:element name="Whole" type="xs:integer"/>
 <xs:element name="Byte" type="xs:byte"/>
 <xs:element name="Day" type="xs:date"/>
 <xs:element name="Moment" type="xs:dateTime"/>
 <xs:element name="Long" type="xs:duration"/>
 <xs:element name="Bytes" type="xs:hexBinary"/>
 <xs:element name="More" type="xs:base64Binary"/>
 <xs:element name="On" type="xs:boolean"/>
 <xs:element name="Words" type="xs:NMTOKENS"/>
 <xs:element name="Message" type="xs:string"/>
 <xs:element name="Colour"><xs:simpleType><xs:restriction base="xs:string">
  <xs:enumeration value="red"/><xs:enumeration value="green"/></xs:restriction></xs:simpleType></xs:element>
 <xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip" namespace="##other"/>
</xs:sequence></xs:complexType><xs:element name="Kinds" type="e:Kinds"/></xs:schema>"""
)
SHAPES = (
    HEAD
    + """
<xs:complexType name="Tree"><xs:sequence>
 <xs:element name="Name" type="xs:string"/><xs:element name="Tree" type="e:Tree" minOccurs="0"/>
</xs:sequence></xs:complexType>
<xs:complexType name="Shapes"><xs:sequence>
 <xs:choice><xs:element name="Number" type="xs:string"/><xs:element name="Person" type="xs:string"/></xs:choice>
 <xs:element name="Line" type="xs:string" minOccurs="1" maxOccurs="3"/>
 <xs:element name="Tree" type="e:Tree" minOccurs="0"/>
 <xs:element name="Nil" nillable="true" type="xs:int"/>
 <xs:sequence minOccurs="0">
  <xs:element name="Street" type="xs:string"/><xs:element name="Town" type="xs:string"/>
 </xs:sequence>
</xs:sequence></xs:complexType><xs:element name="Shapes" type="e:Shapes"/></xs:schema>"""
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "Kinds.xsd").write_text(KINDS)
    (folder / "Shapes.xsd").write_text(SHAPES)
    session = FakeSession(tmp_path, schemas=[folder])
    yield session
    session.close()


@pytest.fixture
def window(session: FakeSession, theme: Theme) -> Iterator[ComposeWindow]:
    with shown(ComposeWindow(session, theme)) as window:
        yield window


def row(window: ComposeWindow, path: str) -> FieldRow:
    form = window.draft.form
    assert form is not None
    field = form.find(path)
    assert field is not None
    found = window.form_view.context.row_of(field)
    assert found is not None
    return found


def rows_of(window: ComposeWindow, kind: type[FieldRow]) -> list[FieldRow]:
    return [found for found in window.form_view.context.rows() if isinstance(found, kind)]


def text(window: ComposeWindow) -> str:
    found = window.draft.text
    assert found is not None
    return found


@pytest.mark.parametrize("name", [name.removesuffix(".xsd") for name in assets.names("schemas", suffix=".xsd")])
def test_each_builtin_type_opens_fills_and_is_sent_valid(
    window: ComposeWindow, session: FakeSession, qtbot: QtBot, name: str
) -> None:
    window.compose_new(name)
    window.fill_sample()
    qtbot.waitUntil(lambda: window.xml_pane.toPlainText() == window.draft.text)
    assert window.problems_pane.problems == []
    window.send()
    assert session.catalogue.validate(session.sender.sent[0][1], type_name=name) == []


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
    assert "127" in found.problem_words
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


def test_scrolling_over_a_field_does_not_change_it(window: ComposeWindow) -> None:
    window.compose_new("Kinds")
    type_into(window, "Whole", "5")
    window.xml_pane.setFocus()
    for path in ("Whole", "Colour"):
        target = editor_widget(window, path)
        at = QPointF(5, 5)
        wheel = QWheelEvent(
            at, QPointF(target.mapToGlobal(QPoint(5, 5))), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,  # inverted
        )  # fmt: skip
        QApplication.sendEvent(target, wheel)
    assert "<Whole>5</Whole>" in text(window)
    assert "<Colour>red</Colour>" in text(window)


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


def test_switching_a_choice_keeps_what_was_typed(window: ComposeWindow) -> None:
    window.compose_new("Shapes")
    (choice,) = rows_of(window, ChoiceSection)
    assert isinstance(choice, ChoiceSection)
    type_into(window, "Number", "0123")
    for index, branch in ((1, "<Person"), (0, "<Number>0123</Number>")):
        choice.combo.setCurrentIndex(choice.combo.findData(index))
        choice.combo.activated.emit(index)
        assert branch in text(window)


def test_repetitions_are_added_moved_and_removed_within_their_bounds(window: ComposeWindow) -> None:
    window.compose_new("Shapes")
    (repeat,) = rows_of(window, RepeatSection)
    assert isinstance(repeat, RepeatSection)
    type_into(window, "Line[1]", "first")
    repeat.add_button.click()
    type_into(window, "Line[2]", "second")
    repeat.add_button.click()
    type_into(window, "Line[3]", "third")
    assert not repeat.add_button.isEnabled()
    repeat.move_item(repeat.frames[2], -1)
    repeat.remove_item(repeat.frames[0])
    lines = [line.strip() for line in text(window).splitlines() if "<Line>" in line]
    assert lines == ["<Line>third</Line>", "<Line>second</Line>"]
    window.sides.undo()
    assert "<Line>first</Line>" in text(window)
    assert len(repeat.frames) == 3


def test_a_type_that_contains_itself_opens_on_demand(window: ComposeWindow) -> None:
    window.compose_new("Shapes")
    for path in ("Tree", "Tree/Tree", "Tree/Tree/Tree"):
        section = row(window, path)
        assert isinstance(section, ElementSection)
        assert not section.is_open
        assert section.switch is not None
        section.switch.click()
        assert section.is_open
    assert text(window).count("<Tree>") == 3


def test_no_value_can_be_chosen_where_the_schema_allows_it(window: ComposeWindow) -> None:
    window.compose_new("Shapes")
    section = row(window, "Nil")
    assert isinstance(section, ElementSection)
    section.nil.click()
    assert 'nil="true"' in text(window)


def test_an_optional_group_is_one_check_box(window: ComposeWindow) -> None:
    window.compose_new("Shapes")
    section = next(found for found in window.form_view.context.rows() if found.field.label == "Street, Town")
    (box,) = [found for found in section.findChildren(QCheckBox) if found.text() == "Street, Town"]
    box.click()
    type_into(window, "Town", "Arnsberg")
    assert "<Town>Arnsberg</Town>" in text(window)
    box.click()
    assert "Town" not in text(window)


def test_a_long_report_shows_a_page_and_finds_what_is_beyond(window: ComposeWindow, qtbot: QtBot) -> None:
    entry = "<PuppetLog><Timestamp>{0}</Timestamp><Level>{1}</Level><Message>m</Message></PuppetLog>"
    logs = "".join(entry.format(n, "err" if n != 180 else "nonsense") for n in range(200))
    window.compose_from(
        f'<Event xmlns="http://www.gonicus.de/Events"><PuppetReport><Id>x</Id>{logs}</PuppetReport></Event>'.encode()
    )
    (repeat,) = [found for found in rows_of(window, RepeatSection) if found.field.label == "PuppetLog"]
    assert isinstance(repeat, RepeatSection)
    assert len(repeat.frames) < 50
    (problem,) = window.problems_pane.problems
    window.problems_pane.wanted.emit(problem)
    assert leaf_row(window, "PuppetLog[181]/Level").editor.text() == "nonsense"
    qtbot.waitUntil(lambda: window.form_view.verticalScrollBar().value() > 0)


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


def test_every_editor_has_a_name_for_screen_readers(window: ComposeWindow) -> None:
    window.compose_new("Kinds")
    form = window.draft.form
    assert form is not None
    for field in form.root.children:
        name = editor_widget(window, field.path).accessibleName()
        assert field.label in name
        assert ("required" in name) is field.required


def test_what_placeholders_stand_for_is_shown_and_sent(window: ComposeWindow, session: FakeSession) -> None:
    window.compose_new("NodeStatus")
    for path, value in (
        ("Load", "0.{{counter}}"),
        ("Latency", "1"),
        ("Workers", "{{counter}}"),
        ("Id", "{{pick:a,b}}"),
    ):
        type_into(window, path, value)
    assert leaf_row(window, "Workers").next_words == "next: 1"
    shown_id = leaf_row(window, "Id").next_words.removeprefix("next: ")
    window.send()
    window.send()
    first, second = (body.decode() for _id, body, _via in session.sender.sent)
    assert "<Workers>1</Workers>" in first
    assert f"<Id>{shown_id}</Id>" in first
    assert "<Workers>2</Workers>" in second
    assert leaf_row(window, "Workers").next_words == "next: 3"


def test_a_placeholder_that_stands_for_nothing_is_a_problem(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    type_into(window, "Status", "{{csv:Status}}")
    window.send()
    assert any("CSV" in problem.text for problem in window.problems_pane.problems)
    assert not window.send_button.isEnabled()


def test_the_menu_writes_a_placeholder_where_the_cursor_is(window: ComposeWindow) -> None:
    window.compose_new("NodeStatus")
    editor_widget(window, "Workers").setFocus()
    window.activateWindow()
    menu = child(window, QMenu, "placeholderMenu")
    next(action for action in menu.actions() if action.data() == "{{counter}}").trigger()
    assert "<Workers>{{counter}}</Workers>" in text(window)


def test_a_big_form_shows_its_beginning_first_and_builds_the_rest_meanwhile(
    window: ComposeWindow, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    parts = "".join(
        f'<xs:element name="Part{n}" maxOccurs="unbounded"><xs:complexType><xs:sequence>'
        '<xs:element name="A" type="xs:string"/><xs:element name="B" type="xs:int" minOccurs="0"/>'
        "</xs:sequence></xs:complexType></xs:element>"
        for n in range(34)
    )
    schema = f'<xs:complexType name="Big"><xs:sequence>{parts}</xs:sequence></xs:complexType>'
    path = tmp_path / "schemas" / "Big.xsd"
    path.write_text(f'{HEAD}{schema}<xs:element name="Big" type="e:Big"/></xs:schema>')
    session.catalogue.refresh()
    window.compose_new("Big")
    context = window.form_view.context
    built = len(context.rows())
    assert leaf_row(window, "Part0[1]/A").isVisible()
    assert not context.complete
    assert window.form_view.go_to("Part33[1]/B")
    qtbot.waitUntil(lambda: context.complete)
    assert len(context.rows()) > built
    assert leaf_row(window, "Part20[1]/B").editor.text() == ""


def test_tab_walks_through_the_form_as_it_is_seen(window: ComposeWindow) -> None:
    window.compose_new("Shapes")
    (repeat,) = rows_of(window, RepeatSection)
    assert isinstance(repeat, RepeatSection)
    repeat.add_button.click()
    QApplication.processEvents()
    window.form_view.order_tabs()
    window.activateWindow()
    window.target.ways.setFocus()
    body = window.form_view.widget()
    assert body is not None
    seen: list[int] = []
    for _press in range(60):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        widget = window.focusWidget()
        if not body.isAncestorOf(widget):
            break
        seen.append(widget.mapTo(body, QPoint(0, widget.height() // 2)).y())
    assert window.focusWidget() is window.xml_pane
    assert len(seen) > 10
    assert not [(b, a) for b, a in pairwise(seen) if a <= b - 12]


def test_what_is_wrong_is_said_in_the_language_of_the_window(window: ComposeWindow, qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load("clacks_monitor_de", str(assets.folder("resources", "translations")))
    qapp.installTranslator(translator)
    try:
        window.compose_new("NodeStatus")
        type_into(window, "Workers", "many")
        assert leaf_row(window, "Workers").problem_words == (
            "erwartet wird eine ganze Zahl von -2147483648 bis 2147483647"
        )
        window.check_thoroughly()
        listed = [window.problems_pane.list.item(row).text() for row in range(window.problems_pane.list.count())]
        assert any(text.startswith("Workers: erwartet wird eine ganze Zahl") for text in listed)
    finally:
        qapp.removeTranslator(translator)


def test_typing_into_a_new_form_replaces_what_is_proposed(window: ComposeWindow) -> None:
    window.activateWindow()
    window.compose_new("AsteriskNotification")
    line = leaf_row(window, "@Type").findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.selectedText() == "CallMissed"
    QTest.keyClicks(line, "CallEnded")
    assert 'Type="CallEnded"' in text(window)
