"""Which editor fits a value.

Owner: the form's rows. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.forms import Kind
from clacks_monitor.gui.compose.editors.binary import BinaryEditor
from clacks_monitor.gui.compose.editors.choices import BooleanEditor, ChoiceEditor
from clacks_monitor.gui.compose.editors.lists import ListEditor
from clacks_monitor.gui.compose.editors.moments import DurationEditor, MomentEditor
from clacks_monitor.gui.compose.editors.numbers import NumberEditor
from clacks_monitor.gui.compose.editors.plain import LineEditor, MultilineEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.forms.fields import Leaf
    from clacks_monitor.forms.spec import ChoiceValue
    from clacks_monitor.gui.compose.editors.base import ValueEditor

_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.FLOAT})
_MOMENTS = frozenset({Kind.DATE, Kind.TIME, Kind.DATETIME})


def editor_for(leaf: Leaf, parent: QWidget) -> ValueEditor:
    """Build the editor of a field."""
    kind = leaf.kind
    if kind in _NUMBERS:
        return NumberEditor(kind, leaf.bounds, parent)
    if kind in _MOMENTS:
        return MomentEditor(kind, parent)
    if kind in {Kind.HEX, Kind.BASE64}:
        return BinaryEditor(kind, parent)
    if kind in {Kind.MULTILINE, Kind.RAW_XML, Kind.ATTRIBUTES}:
        return MultilineEditor(parent, code=kind is not Kind.MULTILINE)
    if kind is Kind.BOOLEAN:
        return BooleanEditor(parent)
    if kind is Kind.DURATION:
        return DurationEditor(parent)
    if kind is Kind.LIST:
        item = leaf.spec.item if leaf.spec is not None else None
        check = item.check if item is not None else lambda _text: None
        return ListEditor(check, [choice.value for choice in leaf.choices], parent)
    choices = leaf.choices or _member_choices(leaf)
    return ChoiceEditor(choices, parent) if choices else LineEditor(parent)


def _member_choices(leaf: Leaf) -> tuple[ChoiceValue, ...]:
    """The values that the members of a union list."""
    members = leaf.spec.members if leaf.spec is not None else ()
    return tuple(choice for member in members for choice in member.choices)
