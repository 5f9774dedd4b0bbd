"""The structure of a form: choices, repetitions, groups, elements within elements, and much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QCheckBox

from clacks_monitor.gui.compose.repeats import RepeatSection
from clacks_monitor.gui.compose.sections import ChoiceSection, ElementSection
from tests.helpers.compose_schemas import HEAD
from tests.helpers.compose_widgets import leaf_row, row, rows_of, text, type_into

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.compose.window import ComposeWindow
    from tests.helpers.fake_sender import FakeSession

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


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
    qtbot.waitUntil(lambda: window.draft.form is not None)
    (repeat,) = [found for found in rows_of(window, RepeatSection) if found.field.label == "PuppetLog"]
    assert isinstance(repeat, RepeatSection)
    assert len(repeat.frames) < 50
    (problem,) = window.problems_pane.problems
    window.problems_pane.wanted.emit(problem)
    assert leaf_row(window, "PuppetLog[181]/Level").editor.text() == "nonsense"
    qtbot.waitUntil(lambda: window.form_view.verticalScrollBar().value() > 0)


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
    assert not context.builder.complete
    form = window.draft.form
    first = None if form is None else form.find("Part0[1]/A")
    assert first is not None
    row = context.row_of(first)
    assert row is not None
    assert row.isVisible()
    assert window.form_view.go_to("Part33[1]/B")
    qtbot.waitUntil(lambda: context.builder.complete)
    assert len(context.rows()) > built
    assert leaf_row(window, "Part20[1]/B").editor.text() == ""
