"""Asks which captures are merged. Owner: its opener. Thread: the window's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QListWidget, QListWidgetItem, QPushButton, QWidget

from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.ui.ui_dialog_merge import Ui_MergeDialog

_LEAST = 2


class MergeDialog(QDialog):
    """``files`` are the captures; ``kind`` is the file dialog's filter."""

    def __init__(self, first: Path | None, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ui_MergeDialog().setupUi(self)
        self._kind = kind
        self._list = child(self, QListWidget, "files")
        self._list.setAccessibleName(self.tr("Captures to merge"))
        self._remove = child(self, QPushButton, "removeButton")
        buttons = child(self, QDialogButtonBox, "buttons")
        self.merge_button = buttons.button(QDialogButtonBox.StandardButton.Save)
        self.merge_button.setText(self.tr("Merge…"))
        child(self, QPushButton, "addButton").clicked.connect(self._ask)
        self._remove.clicked.connect(self.remove_selected)
        self._list.itemSelectionChanged.connect(self._enable)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.add([first] if first is not None else [])

    @property
    def files(self) -> list[Path]:
        """The captures, in the order in which they were added."""
        return [Path(self._list.item(row).text()) for row in range(self._list.count())]

    @Slot()
    def _ask(self) -> None:
        paths, _kind = QFileDialog.getOpenFileNames(self, self.tr("Add captures"), "", self._kind)
        self.add([Path(path) for path in paths])

    def add(self, paths: list[Path]) -> None:
        """Add captures; the same one only once."""
        for path in paths:
            if path not in self.files:
                QListWidgetItem(str(path), self._list)
        self._enable()

    @Slot()
    def remove_selected(self) -> None:
        """Take the selected ones off the list."""
        for item in self._list.selectedItems():
            self._list.takeItem(self._list.row(item))
        self._enable()

    @Slot()
    def _enable(self) -> None:
        self._remove.setEnabled(bool(self._list.selectedItems()))
        enough = self._list.count() >= _LEAST
        self.merge_button.setEnabled(enough)
        self.merge_button.setToolTip("" if enough else self.tr("Add at least two captures."))
