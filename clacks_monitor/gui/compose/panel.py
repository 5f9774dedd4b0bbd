"""Fields below each other: which of them have rows, how many are shown, and which row a field gets.

Owner: the form view, or the section around it. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from clacks_monitor.forms import FormField, Group
from clacks_monitor.gui.compose.idle_builder import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clacks_monitor.gui.compose.field_row import FieldRow, FormContext

PAGE = 40
"""So many fields beside each other are shown before one has to ask for more: each has widgets of its own."""


def flattened(fields: Iterable[FormField]) -> Iterator[FormField]:
    """Yield the fields without the groups that are only a bracket around them."""
    for field in fields:
        if isinstance(field, Group) and not field.optional and not field.in_repeat and field.present:
            yield from flattened(field.children)
        else:
            yield field


class Panel(Part):
    """Fields below each other, labels in a column of their own."""

    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[FieldRow] = []
        self._fields: list[FormField] = []
        self._limit = PAGE
        self._more: QPushButton | None = None
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(8)
        self._form.setVerticalSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAttribute(
            Qt.WidgetAttribute.WA_StaticContents
        )  # it grows at its end: what is above is not painted anew

    @property
    def rows(self) -> list[FieldRow]:
        """The rows, from top to bottom."""
        return list(self._rows)

    def show_fields(self, fields: Iterable[FormField]) -> None:
        """Show these fields, of many the first ones; rows that fit are kept."""
        everything = list(flattened(fields))
        self._fields = everything
        wanted = everything[: self._limit]
        for index, field in enumerate(wanted[: len(self._rows)]):
            if self._rows[index].accepts(field):
                self._rows[index].bind(field)
            else:
                self._drop(index)
                self._insert(index, self._context.make_row(self._context, field, self))
        while len(self._rows) > len(wanted):
            self._drop(len(self._rows) - 1)
        self.resume()

    @override
    def resume(self) -> None:
        """Build the rows that are missing; those that must wait are built when the window is idle."""
        wanted = self._fields[: self._limit]
        for field in wanted[len(self._rows) :]:
            if not self._context.builder.may_build(self):
                return
            self._insert(len(self._rows), self._context.make_row(self._context, field, self))
        self._show_limit(len(self._fields) - len(wanted))

    def _show_limit(self, hidden: int) -> None:
        if hidden > 0 and self._more is None:
            self._more = QPushButton(self)
            self._more.clicked.connect(self.show_more)
            self._form.addRow(self._more)
        if self._more is not None:
            self._more.setVisible(hidden > 0)
            self._more.setText(self.tr("Show {0} more").format(min(hidden, PAGE)))

    def show_more(self) -> None:
        """Show one page more."""
        self._limit += PAGE
        self.show_fields(self._fields)

    def reach(self, around: Iterable[FormField]) -> None:
        """Show as many fields as are needed for one of these to be among them."""
        sought = set(around)
        place = next((index for index, field in enumerate(self._fields) if field in sought), -1)
        if place >= self._limit:
            self._limit = place + PAGE
        for index in range(len(self._rows), place + 1):
            self._insert(index, self._context.make_row(self._context, self._fields[index], self))

    def _insert(self, index: int, row: FieldRow) -> None:
        self._rows.insert(index, row)
        if row.caption is None:
            self._form.insertRow(index, row)
        else:
            self._form.insertRow(index, row.caption, row)
            # Beside the editor's first line, however high the row becomes by what is said below it.
            self._form.setAlignment(row.caption, Qt.AlignmentFlag.AlignTop)
        if self.isVisible():
            # Else Qt shows each when the window is idle, and lays the form out again for each.
            for widget in filter(None, (row.caption, row)):
                widget.show()

    def _drop(self, index: int) -> None:
        row = self._rows.pop(index)
        self._form.takeRow(row)
        if row.caption is not None:
            row.caption.hide()
            row.caption.deleteLater()
        row.discard()
