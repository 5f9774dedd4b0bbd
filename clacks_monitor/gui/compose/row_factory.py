"""Which kind of row shows a field. Owner: the form view. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.forms import Choice, ElementField, FormField, Repeat, ValueField
from clacks_monitor.gui.compose.repeats import RepeatSection
from clacks_monitor.gui.compose.sections import ChoiceSection, ElementSection, GroupSection
from clacks_monitor.gui.compose.value_row import ValueRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.compose.field_row import FieldRow, FormContext


def make_row(context: FormContext, field: FormField, parent: QWidget) -> FieldRow:
    """Build the row of a field."""
    if isinstance(field, Repeat):
        return RepeatSection(context, field, parent)
    if isinstance(field, Choice):
        return ChoiceSection(context, field, parent)
    if isinstance(field, ElementField):
        return ElementSection(context, field, parent)
    if isinstance(field, ValueField):
        return ValueRow(context, field, parent)
    return GroupSection(context, field, parent)
