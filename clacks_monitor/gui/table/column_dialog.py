"""Asks for a column of a value: its heading, and its path. Owner: its opener. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from clacks_monitor.core.columns import MAX_NAME, FieldColumn, column_from
from clacks_monitor.gui.kit.labels import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette


class ColumnDialog(QDialog):
    """``column()`` is what was entered; of a column that is there already, only the heading can be changed."""

    def __init__(self, column: FieldColumn | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Rename column") if column else self.tr("Add a column"))
        self.setMinimumWidth(380)
        self.path = QLineEdit("/".join(column.path) if column else "", self)
        self.name = QLineEdit(column.name if column else "", self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        form = QFormLayout(self)
        form.setVerticalSpacing(8)
        self.path.setPlaceholderText(self.tr("for example PhoneStatus/CallerId"))
        self.path.setEnabled(column is None)
        self.name.setMaxLength(MAX_NAME)
        form.addRow(self.tr("&Path"), self.path)
        form.addRow("", self._hint())
        form.addRow(self.tr("&Heading"), self.name)
        form.addRow(self.buttons)
        self.path.textChanged.connect(self._check)
        self.name.textChanged.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        (self.name if column else self.path).setFocus()
        self._check()

    def _hint(self) -> PlainLabel:
        text = self.tr(
            "Element path below the event type, separated by /. * is any element, @name an attribute. "
            "$name alone is a property."
        )
        hint = PlainLabel(self, text)
        hint.setWordWrap(True)
        role: QPalette.ColorRole = hint.palette().ColorRole.PlaceholderText
        hint.setForegroundRole(role)
        return hint

    def _found(self) -> FieldColumn | None:
        path = self.path.text().strip().strip("/")
        name = self.name.text().strip() or path.rpartition("/")[2].lstrip("@$")
        column = column_from(f"{name}={path}")
        return column if isinstance(column, FieldColumn) else None

    def column(self) -> FieldColumn:
        """Return the column that was entered; there is one when the dialog was accepted."""
        found = self._found()
        if found is None:
            raise ValueError(f"{self.path.text()} is no path of a column")
        return found

    @Slot()
    def _check(self) -> None:
        path = self.path.text().strip().strip("/")
        self.name.setPlaceholderText(path.rpartition("/")[2].lstrip("@$"))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self._found() is not None)
