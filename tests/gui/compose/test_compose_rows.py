"""Rows of the form: captions, hints, explanations, repetitions, sections, and what opens when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QToolButton

from clacks_monitor.gui.compose import repeats, sections
from clacks_monitor.gui.compose.repeats import RepeatSection, summary_of
from clacks_monitor.gui.compose.sections import ChoiceSection, ElementSection, Section, fill_combo
from clacks_monitor.gui.compose.value_row import MAX_VALUE
from clacks_monitor.gui.compose.window import ComposeWindow
from clacks_monitor.gui.kit.notes import Note
from tests.helpers.compose_schemas import HEAD
from tests.helpers.compose_widgets import complete, leaf_row, row, rows_of, shown, text
from tests.helpers.fake_sender import FakeSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LISTS = (
    HEAD
    + """
<xs:complexType name="Person"><xs:sequence>
 <xs:element name="Name" type="xs:string"/><xs:element name="Room" type="xs:string" minOccurs="0"/>
</xs:sequence></xs:complexType>
<xs:complexType name="Lists"><xs:annotation><xs:documentation>Many of them.</xs:documentation></xs:annotation>
<xs:sequence>
 <xs:element name="Any" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
 <xs:element name="Some" type="xs:string" minOccurs="1" maxOccurs="unbounded"/>
 <xs:element name="Few" type="xs:string" minOccurs="0" maxOccurs="2"/>
 <xs:element name="Pair" type="xs:string" minOccurs="1" maxOccurs="2"/>
 <xs:element name="Person" type="e:Person" minOccurs="0" maxOccurs="unbounded"/>
 <xs:choice minOccurs="0"><xs:element name="Left" type="xs:string"/>
  <xs:element name="Right" type="xs:string"/></xs:choice>
 <xs:element name="Told" minOccurs="0">
  <xs:annotation><xs:documentation>What was told.</xs:documentation></xs:annotation>
  <xs:complexType><xs:sequence><xs:element name="Word" type="xs:string" default="none"/></xs:sequence>
  <xs:attribute name="Level" type="xs:string" use="required"/></xs:complexType></xs:element>
 <xs:element name="ANameThatIsFarTooLongForTheColumnOfLabels" type="xs:string"/>
</xs:sequence></xs:complexType><xs:element name="Lists" type="e:Lists"/></xs:schema>"""
)


@pytest.fixture
def window(tmp_path: Path, theme: Theme) -> Iterator[ComposeWindow]:
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "Lists.xsd").write_text(LISTS)
    session = FakeSession(tmp_path, schemas=[folder])
    with shown(ComposeWindow(session, theme)) as made:
        made.compose_new("Lists")
        complete(made.form_view)
        yield made
    session.close()


def compose(window: ComposeWindow, inner: str) -> None:
    window.compose_from(f'<Event xmlns="http://www.gonicus.de/Events"><Lists>{inner}</Lists></Event>'.encode())
    complete(window.form_view)


def repeat(window: ComposeWindow, label: str) -> RepeatSection:
    (found,) = [found for found in rows_of(window, RepeatSection) if found.label == label]
    assert isinstance(found, RepeatSection)
    return found


def buttons(section: RepeatSection, place: int) -> dict[str, QToolButton]:
    """Return the buttons of an item by the first word of what they do."""
    found = section.frames[place].findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return {f"{one.toolTip().split()[0]} {one.toolTip().split()[-1]}": one for one in found}


def items(window: ComposeWindow, name: str) -> list[str]:
    lines = [line.strip() for line in text(window).splitlines()]
    return [line.removeprefix(f"<{name}>").removesuffix(f"</{name}>") for line in lines if line.startswith(f"<{name}>")]


# -- repetitions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "bounds"),
    [("Any", "0 (any number)"), ("Some", "1 (1 or more)"), ("Few", "0 (up to 2)"), ("Pair", "1 (1 to 2)")],
)
def test_how_many_there_may_be_is_said(window: ComposeWindow, label: str, bounds: str) -> None:
    section = repeat(window, label)
    said = [found.text() for found in section.findChildren(QLabel)]
    assert bounds in said
    required = label in {"Some", "Pair"}
    assert (f"{label} *" in said, label in said) == (required, not required)
    assert section.is_open is required
    assert section.arrow.isEnabled() is required
    assert section.add_button.toolTip() == section.add_button.accessibleName() == f"Add another {label}"
    assert section.arrow.accessibleName() == f"Open or close {label}"


def test_items_are_numbered_moved_and_removed_by_their_buttons(window: ComposeWindow) -> None:
    compose(window, "<Some>a</Some><Some>b</Some><Some>c</Some><Pair>p</Pair>")
    section = repeat(window, "Some")
    window.activateWindow()
    first, middle, last = (buttons(section, place) for place in range(3))
    enabled = [(one["Move up"].isEnabled(), one["Move down"].isEnabled()) for one in (first, middle, last)]
    assert enabled == [(False, True), (True, True), (True, False)]
    assert middle["Move up"].toolTip() == middle["Move up"].accessibleName() == "Move Some 2 up"
    assert [frame.findChildren(QLabel)[0].text() for frame in section.frames] == ["1", "2", "3"]
    middle["Move up"].click()
    assert "<Some>b</Some><Some>a</Some><Some>c</Some>" in text(window)
    buttons(section, 1)["Move down"].click()
    assert "<Some>b</Some><Some>c</Some><Some>a</Some>" in text(window)
    buttons(section, 1)["Remove 2"].click()
    assert "<Some>b</Some><Some>a</Some><Pair>" in text(window)
    target = next(iter(leaf_row(window, "Some[2]").editor.targets()))
    assert window.focusWidget() is target
    buttons(section, 1)["Remove 2"].click()
    assert window.focusWidget() is next(iter(leaf_row(window, "Some[1]").editor.targets()))
    buttons(section, 0)["Remove 1"].click()
    assert window.focusWidget() is section.add_button
    assert section.frames == []


def test_a_new_item_is_opened_and_has_the_focus(window: ComposeWindow) -> None:
    window.activateWindow()
    section = repeat(window, "Any")
    section.add_button.click()
    assert section.arrow.isEnabled()
    assert window.focusWidget() is next(iter(leaf_row(window, "Any[1]").editor.targets()))
    assert [frame.isVisible() for frame in section.frames] == [True]
    section.arrow.click()
    assert [frame.isVisible() for frame in section.frames] == [False]
    section.arrow.click()
    assert [frame.isVisible() for frame in section.frames] == [True]


@pytest.mark.parametrize(("count", "open_at_first"), [(repeats.OPEN_ITEMS, True), (repeats.OPEN_ITEMS + 1, False)])
def test_many_items_start_closed_each_as_one_line(window: ComposeWindow, count: int, open_at_first: bool) -> None:
    people = "".join(f"<Person><Name>n{number}</Name><Room>r{number}</Room></Person>" for number in range(count))
    compose(window, f"<Some>a</Some><Pair>p</Pair>{people}")
    section = repeat(window, "Person")
    assert [frame.is_open for frame in section.frames] == [open_at_first] * count
    frame = section.frames[0]
    title = frame.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)[0]
    assert title.text() == ("Person 1   " if open_at_first else "Person 1   n0, r0")
    arrow = buttons(section, 0)["Open 1"]
    arrow.click()
    assert frame.is_open is not open_at_first
    assert arrow.arrowType() is (Qt.ArrowType.RightArrow if open_at_first else Qt.ArrowType.DownArrow)
    assert title.text() == ("Person 1   n0, r0" if open_at_first else "Person 1   ")
    assert frame.panel is not None
    assert frame.panel.isVisible() is not open_at_first


def test_items_are_shown_a_page_at_a_time(window: ComposeWindow) -> None:
    compose(window, "<Some>a</Some>" * 60 + "<Pair>p</Pair>")
    section = repeat(window, "Some")
    (more,) = [
        button for button in section.findChildren(QPushButton) if "more" in button.text() and button.text()[0] == "S"
    ]
    assert (len(section.frames), more.text(), more.isVisible()) == (25, "Show 25 more", True)
    more.click()
    assert (len(section.frames), more.text()) == (50, "Show 10 more")
    section.set_open(False)
    assert not more.isVisible()
    section.set_open(True)
    assert more.isVisible()
    more.click()
    assert (len(section.frames), more.isVisible()) == (60, False)
    compose(window, "<Some>a</Some>" * 60 + "<Pair>p</Pair>")
    section = repeat(window, "Some")
    section.show_item(section.repeat.items[54])
    assert len(section.frames) == 60


@pytest.mark.parametrize(
    ("name", "room", "summary"),
    [
        ("a", "b", "a, b"),
        (" a \n b ", "", "a b"),
        ("x" * 29, "y" * 29, "x" * 29 + ", " + "y" * 29),
        ("x" * 29, "y" * 30, "x" * 29 + ", " + "y" * 28 + "…"),
        ("x" * 60, "", "x" * 60),
        ("x" * 61, "y", "x" * 59 + "…"),
    ],
)
def test_an_item_is_summed_up_in_a_line(window: ComposeWindow, name: str, room: str, summary: str) -> None:
    compose(window, f"<Some>a</Some><Pair>p</Pair><Person><Name>{name}</Name><Room>{room}</Room></Person>")
    form = window.draft.form
    assert form is not None
    person = form.find("Person[1]")
    assert person is not None
    assert summary_of(person) == summary


# -- single values -----------------------------------------------------------------------------------------------------


def test_a_required_field_has_a_star_and_an_optional_one_a_box(window: ComposeWindow) -> None:
    compose(window, "<Some>a</Some><Pair>p</Pair><Person><Name>n</Name></Person><Told Level='1'><Word/></Told>")
    name, room = leaf_row(window, "Person[1]/Name"), leaf_row(window, "Person[1]/Room")
    assert isinstance(name.caption, QLabel)
    assert (name.caption.text(), name.caption.toolTip()) == ("Name *", "Required")
    assert name.caption.buddy() is next(iter(name.editor.targets()))
    assert isinstance(room.caption, QCheckBox)
    assert (room.caption.text(), room.caption.toolTip()) == ("Room", "Send this field")
    assert (room.caption.accessibleName(), room.caption.isChecked()) == ("Send Room", False)
    level = leaf_row(window, "Told/@Level").caption
    assert level is not None
    assert level.toolTip() == "Required (attribute)"
    long = leaf_row(window, "ANameThatIsFarTooLongForTheColumnOfLabels").caption
    assert isinstance(long, QLabel)
    assert "…" in long.text()
    assert long.toolTip() == "ANameThatIsFarTooLongForTheColumnOfLabels: Required"


def hint(window: ComposeWindow, path: str) -> str:
    line = next(iter(leaf_row(window, path).editor.targets()))
    return str(line.property("placeholderText"))


def test_an_empty_editor_says_what_comes_of_it(window: ComposeWindow) -> None:
    compose(window, "<Some>a</Some><Pair>p</Pair><Person><Name>n</Name></Person><Told Level='1'><Word/></Told>")
    assert hint(window, "Person[1]/Room") == "not sent"
    assert hint(window, "Told/Word") == "default: none"
    assert hint(window, "Person[1]/Name") == ""


def test_a_field_that_is_switched_on_has_the_focus(window: ComposeWindow) -> None:
    compose(window, "<Some>a</Some><Pair>p</Pair><Person><Name>n</Name></Person>")
    window.activateWindow()
    caption = leaf_row(window, "Person[1]/Room").caption
    assert isinstance(caption, QCheckBox)
    caption.click()
    assert window.focusWidget() is next(iter(leaf_row(window, "Person[1]/Room").editor.targets()))
    window.xml_pane.setFocus()
    caption.click()
    assert window.focusWidget() is window.xml_pane
    assert "<Room" not in text(window)


@pytest.mark.parametrize(("length", "edited"), [(MAX_VALUE, True), (MAX_VALUE + 1, False)])
def test_a_value_is_edited_up_to_a_length(window: ComposeWindow, qtbot: QtBot, length: int, edited: bool) -> None:
    compose(window, f"<Some>{'x' * length}</Some><Pair>p</Pair>")
    qtbot.waitUntil(lambda: window.draft.form is not None)
    row_of = leaf_row(window, "Some[1]")
    assert row_of.editor.isEnabled() is edited
    said = [note.text() for note in row_of.findChildren(Note) if note.isVisible()]
    assert (said == []) is edited
    if not edited:
        assert said == ["10,001 characters: too long to be edited here. The value is sent unchanged."]
        window.sides.undo()
        window.xml_pane.setPlainText(text(window).replace("x" * length, "short"))
        assert leaf_row(window, "Some[1]").editor.isEnabled()
        assert [note.text() for note in leaf_row(window, "Some[1]").findChildren(Note) if note.isVisible()] == []


# -- sections ----------------------------------------------------------------------------------------------------------


def test_an_optional_part_is_sent_by_its_box_and_closed_by_its_arrow(window: ComposeWindow) -> None:
    section = row(window, "Told")
    assert isinstance(section, ElementSection)
    assert section.switch is not None
    assert (section.switch.text(), section.switch.toolTip()) == ("Told", "Include this part")
    assert (section.is_open, section.switch.isChecked(), section.panel) == (False, False, None)
    assert section.arrow.arrowType() is Qt.ArrowType.RightArrow
    section.switch.click()
    assert section.is_open
    assert section.panel is not None
    assert section.panel.isVisible()
    assert section.panel.isEnabled()
    assert section.arrow.arrowType() is Qt.ArrowType.DownArrow
    assert "<Told" in text(window)
    section.arrow.click()
    assert not section.panel.isVisible()
    assert "<Told" in text(window)
    section.arrow.click()
    section.switch.click()
    assert (section.is_open, "<Told" in text(window)) == (False, False)
    section.arrow.click()
    assert (section.is_open, section.panel.isEnabled()) == (True, False)


def test_a_part_is_explained_unless_explanations_are_off(window: ComposeWindow) -> None:
    section = row(window, "Told")
    told = [note for note in section.findChildren(Note) if note.text() == "What was told."]
    assert [note.isVisible() for note in told] == [True]
    window.form_view.set_help_shown(False)
    assert [note.isVisible() for note in told] == [False]
    window.form_view.set_help_shown(True)
    assert [note.isVisible() for note in told] == [True]


def test_the_focus_goes_into_a_part_that_is_open_and_else_to_its_box(window: ComposeWindow) -> None:
    window.activateWindow()
    section = row(window, "Told")
    assert isinstance(section, Section)
    section.take_focus()
    assert window.focusWidget() is section.switch
    section.switched(True)
    section.take_focus()
    inner = leaf_row(window, "Told/@Level")
    assert inner.isAncestorOf(window.focusWidget())


def test_a_choice_that_may_be_left_out_is_one_of_its_branches_when_it_is_sent(window: ComposeWindow) -> None:
    (choice,) = rows_of(window, ChoiceSection)
    assert isinstance(choice, ChoiceSection)
    assert choice.combo.accessibleName() == "Choice for Left, Right"
    assert [choice.combo.itemText(place) for place in range(choice.combo.count())] == ["Left", "Right"]
    assert choice.switch is not None
    assert (choice.switch.isChecked(), choice.is_open) == (False, False)
    choice.switch.click()
    assert "<Left" in text(window)
    choice.set_open(False)
    choice.combo.setCurrentIndex(choice.combo.findText("Right"))
    choice.combo.activated.emit(choice.combo.currentIndex())
    assert ("<Left" in text(window), "<Right" in text(window)) == (False, True)
    assert choice.panel is not None
    assert choice.panel.isVisible()


def test_a_list_of_ways_has_the_first_and_the_chosen_one(
    window: ComposeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "OFFERED", 2)
    combo = QComboBox(window)
    names = [(number, f"n{number}") for number in range(4)]
    for chosen, offered in ((0, [0, 1]), (1, [0, 1]), (2, [0, 1, 2]), (3, [0, 1, 3])):
        fill_combo(combo, names, chosen)
        assert [combo.itemData(place) for place in range(combo.count())] == offered
        assert combo.currentData() == chosen
        assert combo.currentText() == f"n{chosen}"


def test_what_is_deep_within_does_not_open_by_itself(tmp_path: Path, theme: Theme) -> None:
    inner = '<xs:element name="Leaf" type="xs:string"/>'
    for number in range(10, 0, -1):
        within = f"<xs:complexType><xs:sequence>{inner}</xs:sequence></xs:complexType>"
        inner = f'<xs:element name="L{number}">{within}</xs:element>'
    folder = tmp_path / "deep"
    folder.mkdir()
    (folder / "Deep.xsd").write_text(
        f'{HEAD}<xs:element name="Deep"><xs:complexType><xs:sequence>{inner}</xs:sequence></xs:complexType>'
        "</xs:element></xs:schema>"
    )
    session = FakeSession(tmp_path, schemas=[folder])
    with shown(ComposeWindow(session, theme)) as window:
        window.compose_new("Deep")
        complete(window.form_view)
        built = {found.label: found.is_open for found in window.form_view.context.rows() if isinstance(found, Section)}
    session.close()
    assert built == {"L1": True, "L2": True, "L3": False}  # with the sequences between them L3 is six deep
