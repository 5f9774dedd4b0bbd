"""The page of the profile dialog for the columns that a profile brings. Owner: the dialog. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from clacks_monitor.core.columns import DEFAULT_COLUMNS, Column, column_from
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.plain_text import as_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.columns import ShownColumn

_KEY = Qt.ItemDataRole.UserRole


class ColumnsPage(QWidget):
    """``keys()`` are the columns that were chosen, in their order; none when the profile brings no columns.

    ``known`` are the columns of the table; a profile may have further ones.
    """

    def __init__(self, keys: Sequence[str], known: Sequence[ShownColumn], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.own = QCheckBox(self.tr("S&how these columns when only this profile is checked"), self)
        self.list = QListWidget(self)
        self.up, self.down = QPushButton(self.tr("Move &up"), self), QPushButton(self.tr("Move do&wn"), self)
        brought = [column for key in keys if (column := column_from(key)) is not None]
        chosen: Sequence[ShownColumn] = brought or DEFAULT_COLUMNS
        for column in [*chosen, *(one for one in known if one not in chosen)]:
            item = QListWidgetItem(as_title(cells.heading(column)), self.list)
            item.setData(_KEY, str(column))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if column in chosen else Qt.CheckState.Unchecked)
            if column is Column.SUMMARY:  # the table always shows it
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        self._lay_out()
        self.own.setChecked(bool(brought))
        self.own.toggled.connect(self._enable)
        self.list.currentRowChanged.connect(self._enable)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.list.setCurrentRow(0)
        self._enable()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.own)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        buttons = QVBoxLayout()
        buttons.addWidget(self.up)
        buttons.addWidget(self.down)
        buttons.addStretch(1)
        row.addLayout(buttons)
        column.addLayout(row, 1)
        self.list.setAccessibleName(self.tr("Columns"))

    @Slot()
    def _enable(self) -> None:
        row, on = self.list.currentRow(), self.own.isChecked()
        self.list.setEnabled(on)
        self.up.setEnabled(on and row > 0)
        self.down.setEnabled(on and 0 <= row < self.list.count() - 1)

    def _move(self, step: int) -> None:
        """Move the selected column past its neighbour."""
        row = self.list.currentRow()
        self.list.insertItem(row + step, self.list.takeItem(row))
        self.list.setCurrentRow(row + step)

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the chosen columns, () for none."""
        if not self.own.isChecked():
            return ()
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(str(item.data(_KEY)) for item in items if item.checkState() is Qt.CheckState.Checked)
