"""Undo and redo: what is one step, what is forgotten, and what listeners are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.forms import Choice, FormChange
from clacks_monitor.forms.form_edits import MAX_STEPS, FormEdits
from tests.helpers.small_schemas import can_redo, can_undo, complex_type, element, form_of, leaf, only, repeat, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.forms import FormField

TWO = complex_type(
    '<xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string" minOccurs="0"/>'
    '<xs:element name="c" type="xs:string" minOccurs="0" maxOccurs="3"/>'
)
EMPTY = "<r><a></a></r>"


def test_typing_into_one_field_is_one_step_until_it_is_sealed() -> None:
    form = form_of(TWO, EMPTY)
    for text in ("x", "xy", "xyz"):
        leaf(form, "a").value = text
    form.edits.seal()
    leaf(form, "a").value = "xyz!"
    assert (can_undo(form), can_redo(form)) == (True, False)
    assert form.edits.undo()
    assert leaf(form, "a").value == "xyz"
    assert (can_undo(form), can_redo(form)) == (True, True)
    assert form.edits.undo()
    assert leaf(form, "a").value == ""
    assert (can_undo(form), can_redo(form)) == (False, True)
    assert not form.edits.undo()
    assert form.edits.redo()
    assert leaf(form, "a").value == "xyz"
    assert form.edits.redo()
    assert leaf(form, "a").value == "xyz!"
    assert not form.edits.redo()


def test_typing_into_another_field_is_another_step() -> None:
    form = form_of(TWO, EMPTY)
    leaf(form, "a").value = "1"
    leaf(form, "b").value = "2"
    leaf(form, "a").value = "3"
    form.edits.undo()
    assert shown(form) == "<r><a>1</a><b>2</b></r>"
    form.edits.undo()
    assert shown(form) == "<r><a>1</a></r>"


def test_typing_after_undo_or_redo_is_a_step_of_its_own_and_forgets_what_could_be_redone() -> None:
    form = form_of(TWO, EMPTY)
    leaf(form, "a").value = "1"
    form.edits.seal()
    leaf(form, "a").value = "2"
    form.edits.undo()
    leaf(form, "a").value = "3"
    assert not can_redo(form)
    form.edits.undo()
    assert leaf(form, "a").value == "1"
    form.edits.redo()
    leaf(form, "a").value = "4"
    form.edits.undo()
    assert leaf(form, "a").value == "3"


def test_switching_a_part_off_and_on_is_never_merged_with_typing() -> None:
    form = form_of(TWO, EMPTY)
    leaf(form, "b").value = "1"
    leaf(form, "b").present = False
    leaf(form, "b").value = "2"
    form.edits.undo()
    assert shown(form) == "<r><a></a></r>"
    form.edits.undo()
    assert shown(form) == "<r><a></a><b>1</b></r>"
    form.edits.undo()
    assert shown(form) == EMPTY


def test_what_changes_nothing_is_no_step_and_told_to_nobody() -> None:
    form = form_of(TWO, "<r><a>1</a><b>2</b></r>")
    told: list[FormChange] = []
    form.edits.subscribe(told.append)
    leaf(form, "a").value = "1"
    leaf(form, "b").present = True
    with form.edits.step(None):
        pass
    assert (told, can_undo(form)) == ([], False)


def test_several_changes_in_one_step_are_told_once_and_taken_back_together() -> None:
    form = form_of(TWO, EMPTY)
    told: list[FormChange] = []
    form.edits.subscribe(told.append)
    with form.edits.step(None, structure=True):
        leaf(form, "a").value = "1"
        leaf(form, "b").value = "2"
        repeat(form, "c").add()
        assert told == []
    assert told == [FormChange(None, structure=True)]
    form.edits.undo()
    assert shown(form) == EMPTY
    assert told == [FormChange(None, structure=True)] * 2
    form.edits.redo()
    assert shown(form) == "<r><a>1</a><b>2</b><c/></r>"


def test_listeners_are_told_which_field_changed_and_whether_fields_came_or_went() -> None:
    form = form_of(TWO, EMPTY)
    told: list[FormChange] = []
    stop = form.edits.subscribe(told.append)
    a, b, c = leaf(form, "a"), leaf(form, "b"), repeat(form, "c")
    a.value = "1"
    b.present = True
    c.add()
    c.move(0, 0)
    form.edits.undo()
    assert told == [
        *(FormChange(a, structure=False), FormChange(b, structure=True), FormChange(c, structure=True)),
        *(FormChange(c, structure=True), FormChange(c, structure=True)),
    ]
    form.edits.redo()
    assert told[-1] == FormChange(c, structure=True)
    stop()
    stop()
    a.value = "2"
    assert len(told) == 6


def test_a_step_that_fails_midway_can_be_taken_back() -> None:
    form = form_of(TWO, EMPTY)

    def fail() -> None:
        with form.edits.step(None):
            leaf(form, "a").value = "1"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert shown(form) == "<r><a>1</a></r>"
    assert form.edits.undo()
    assert shown(form) == EMPTY


def test_only_so_many_steps_are_kept() -> None:
    form = form_of(TWO, EMPTY)
    for number in range(MAX_STEPS + 1):
        form.edits.seal()
        leaf(form, "a").value = str(number)
    steps = 0
    while form.edits.undo():
        steps += 1
    assert steps == MAX_STEPS == 500
    assert leaf(form, "a").value == "0"


SHAPED = complex_type(
    '<xs:choice><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string"/></xs:choice>'
    '<xs:element name="c" type="xs:string" minOccurs="0" maxOccurs="3"/>'
    '<xs:element name="n" nillable="true" type="xs:string"/><xs:element name="v" type="t:V"/>'
) + (
    '<xs:complexType name="V"><xs:sequence/></xs:complexType><xs:complexType name="W"><xs:complexContent>'
    '<xs:extension base="t:V"/></xs:complexContent></xs:complexType>'
)


def test_whatever_changes_the_structure_is_told_as_that_and_taken_back() -> None:
    form = form_of(SHAPED)
    told: list[FormChange] = []
    choice, items, nil, typed = only(form, Choice), repeat(form, "c"), element(form, "n"), element(form, "v")
    form.edits.subscribe(told.append)
    states = [form.text]
    changes: list[tuple[Callable[[], object], FormField]] = [
        (items.add, items),
        (items.add, items),
        (lambda: items.remove(0), items),
        (lambda: setattr(choice, "selected", 1), choice),
        (lambda: setattr(choice, "selected", None), choice),
        (lambda: setattr(nil, "nil", True), nil),
        (lambda: setattr(typed, "variant", 1), typed),
        (lambda: setattr(typed, "present", False), typed),
    ]
    for change, field in changes:
        change()
        assert told[-1] == FormChange(field, structure=True)
        assert form.text != states[-1]
        states.append(form.text)
    assert len(told) == len(changes)
    for before in states[-2::-1]:
        assert form.edits.undo()
        assert form.text == before
    assert not can_undo(form)


def test_each_change_and_each_way_back_is_a_version_of_its_own() -> None:
    edits = FormEdits()
    assert not edits.undo()
    edits.change(None, lambda: None, lambda: None)
    versions = [edits.version]
    assert edits.undo()
    versions.append(edits.version)
    assert edits.redo()
    versions.append(edits.version)
    assert versions == [1, 2, 3]
    with edits.step(None):
        pass
    assert (edits.version, len(edits.done)) == (3, 1)
