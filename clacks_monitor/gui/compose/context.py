"""What the rows of one form share: which row shows which field, what is wrong, what to show besides.

Owner: the form view. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms import Field
    from clacks_monitor.gui.compose.rows import FieldRow
    from clacks_monitor.gui.theme import Theme


class FormContext(QObject):
    """``entered`` tells the field that the user came into."""

    entered = Signal(object)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.show_help = True
        self.show_all_problems = False
        """False while a new form is empty: it is not wrong yet, only not filled."""
        self.problems: Mapping[str, str] = {}
        self._rows: dict[Field, FieldRow] = {}

    def register(self, field: Field, row: FieldRow) -> None:
        """Remember which row shows a field."""
        self._rows[field] = row

    def unregister(self, field: Field, row: FieldRow) -> None:
        """Forget a row, unless the field has another one by now."""
        if self._rows.get(field) is row:
            del self._rows[field]

    def row_of(self, field: Field) -> FieldRow | None:
        """Return the row that shows a field, None when it has not been built."""
        return self._rows.get(field)

    def rows(self) -> list[FieldRow]:
        """Return every row that has been built."""
        return list(self._rows.values())

    def forget(self) -> None:
        """Forget all rows."""
        self._rows.clear()
