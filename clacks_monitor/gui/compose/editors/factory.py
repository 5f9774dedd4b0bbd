"""Which editor fits a value.

Owner: the form's rows. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.forms import Kind
from clacks_monitor.gui.compose.editors.binary import BinaryEditor
from clacks_monitor.gui.compose.editors.choices import BooleanEditor, ChoiceEditor
from clacks_monitor.gui.compose.editors.lists import ListEditor
from clacks_monitor.gui.compose.editors.moments import DurationEditor, MomentEditor
from clacks_monitor.gui.compose.editors.numbers import NumberEditor
from clacks_monitor.gui.compose.editors.plain import LineEditor, MultilineEditor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.forms import ChoiceValue, ValueField
    from clacks_monitor.gui.compose.editors.base import ValueEditor


def editor_for(leaf: ValueField, parent: QWidget) -> ValueEditor:
    """Build the editor of a field."""
    make = _MAKERS.get(leaf.kind)
    if make is not None:
        return make(leaf, parent)
    choices = leaf.choices or _member_choices(leaf)
    return ChoiceEditor(choices, parent) if choices else LineEditor(parent)


def _list_editor(leaf: ValueField, parent: QWidget) -> ValueEditor:
    item = leaf.spec.item if leaf.spec is not None else None
    check = item.check if item is not None else _anything
    return ListEditor(check, [choice.value for choice in leaf.choices], parent)


def _anything(_text: str) -> None:
    """Find nothing wrong."""


_MAKERS: Final[Mapping[Kind, Callable[[ValueField, QWidget], ValueEditor]]] = {
    **dict.fromkeys((Kind.INTEGER, Kind.DECIMAL, Kind.FLOAT), lambda f, p: NumberEditor(f.kind, f.bounds, p)),
    **dict.fromkeys((Kind.DATE, Kind.TIME, Kind.DATETIME), lambda f, p: MomentEditor(f.kind, p)),
    **dict.fromkeys((Kind.HEX, Kind.BASE64), lambda f, p: BinaryEditor(f.kind, p)),
    **dict.fromkeys((Kind.RAW_XML, Kind.ATTRIBUTES), lambda _f, p: MultilineEditor(p, code=True)),
    Kind.MULTILINE: lambda _f, p: MultilineEditor(p),
    Kind.BOOLEAN: lambda _f, p: BooleanEditor(p),
    Kind.DURATION: lambda _f, p: DurationEditor(p),
    Kind.LIST: _list_editor,
}


def _member_choices(leaf: ValueField) -> tuple[ChoiceValue, ...]:
    """Return the values that the members of a union list."""
    members = leaf.spec.members if leaf.spec is not None else ()
    return tuple(choice for member in members for choice in member.choices)
