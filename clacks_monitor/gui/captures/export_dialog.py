"""Asks what of the table is exported, and how. Owner: its opener. Thread: the window's."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from clacks_monitor.core.columns import DEFAULT_COLUMNS
from clacks_monitor.gui.kit import cells, formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.ui.ui_dialog_export import Ui_ExportDialog
from clacks_monitor.session.captures.capture_work import MAX_CLIPBOARD, ExportFormat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.core.columns import AnyColumn

_ROLE = Qt.ItemDataRole.UserRole
_TABULAR = frozenset({ExportFormat.CSV, ExportFormat.HTML})


class _FormatTexts(NamedTuple):
    """What a format is called, the filter of a file dialog for it, and what it is good for."""

    name: str
    file_kind: str
    note: str


class Scope(StrEnum):
    """Which entries are exported."""

    SHOWN = "shown"
    SELECTED = "selected"
    ALL = "all"


class ExportDialog(QDialog):
    """Accepted to write a file; ``to_clipboard`` when the text is to go there instead."""

    def __init__(
        self, counts: Mapping[Scope, int], columns: Sequence[AnyColumn], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        Ui_ExportDialog().setupUi(self)
        self._counts = counts
        self._known = tuple(columns)
        self.to_clipboard = False
        self._scope = child(self, QComboBox, "scope")
        self._format = child(self, QComboBox, "format")
        self._note = child(self, PlainLabel, "note")
        self._columns_label = child(self, PlainLabel, "columnsLabel")
        self._columns = child(self, QListWidget, "columns")
        self._bodies = child(self, QCheckBox, "bodies")
        buttons = child(self, QDialogButtonBox, "buttons")
        buttons.button(QDialogButtonBox.StandardButton.Save).setText(self.tr("Save…"))
        self.clipboard = QPushButton(self.tr("C&opy to the clipboard"), self)
        buttons.addButton(self.clipboard, QDialogButtonBox.ButtonRole.ActionRole)
        self._fill()
        self._format.currentIndexChanged.connect(self._show_what_fits)
        self._scope.currentIndexChanged.connect(self._show_what_fits)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.clipboard.clicked.connect(self._copy)
        self._show_what_fits()

    def _fill(self) -> None:
        message = {
            Scope.SHOWN: self.tr("Shown events (%1)"),
            Scope.SELECTED: self.tr("Selected rows (%1)"),
            Scope.ALL: self.tr("Whole capture (%1)"),
        }
        for scope, text in message.items():
            if self._counts[scope] or scope is not Scope.SELECTED:
                self._scope.addItem(text.replace("%1", formats.number(self._counts[scope])), scope)
        chosen = Scope.SELECTED if self._counts[Scope.SELECTED] > 1 else Scope.SHOWN
        self._scope.setCurrentIndex(self._scope.findData(chosen))
        for form, texts in self._formats().items():
            self._format.addItem(texts.name, form)
        for number, column in enumerate(self._known):
            item = QListWidgetItem(cells.heading(column), self._columns)
            item.setData(_ROLE, number)
            on = column in DEFAULT_COLUMNS or column not in cells.COLUMNS
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _formats(self) -> Mapping[ExportFormat, _FormatTexts]:
        return {
            ExportFormat.XML: _FormatTexts(
                self.tr("XML, one document"),
                self.tr("XML (*.xml)"),
                self.tr("Complete: can be imported without loss."),
            ),
            ExportFormat.JSON_LINES: _FormatTexts(
                self.tr("JSON lines"),
                self.tr("JSON lines (*.jsonl)"),
                self.tr("Complete, one entry per line: can be imported without loss."),
            ),
            ExportFormat.CSV: _FormatTexts(
                self.tr("CSV for spreadsheets"),
                self.tr("CSV (*.csv)"),
                self.tr("For other programs, times in UTC. It cannot be imported again."),
            ),
            ExportFormat.HTML: _FormatTexts(
                self.tr("HTML report"),
                self.tr("HTML (*.html)"),
                self.tr("A self-contained page, times in UTC. It cannot be imported again."),
            ),
        }

    @Slot()
    def _show_what_fits(self) -> None:
        tabular = self.format in _TABULAR
        for widget in (self._columns, self._columns_label):
            widget.setVisible(tabular)
        self._bodies.setVisible(self.format is ExportFormat.HTML)
        text = self._formats()[self.format].note
        count = self._counts[self.scope]
        if count > MAX_CLIPBOARD:
            most = formats.number(MAX_CLIPBOARD)
            text += "\n" + self.tr("Only the first %1 are copied to the clipboard.").replace("%1", most)
        self._note.setText(text)
        self.clipboard.setEnabled(bool(count))
        self.adjustSize()

    @Slot()
    def _copy(self) -> None:
        self.to_clipboard = True
        self.accept()

    @property
    def scope(self) -> Scope:
        """Which entries."""
        return Scope(self._scope.currentData())

    @property
    def format(self) -> ExportFormat:
        """How."""
        return ExportFormat(self._format.currentData())

    @property
    def file_kind(self) -> str:
        """The filter of a file dialog for files of the format."""
        return self._formats()[self.format].file_kind

    @property
    def columns(self) -> list[AnyColumn]:
        """The chosen columns in their order; those of the table when none is chosen."""
        items = [self._columns.item(row) for row in range(self._columns.count())]
        chosen = [self._known[item.data(_ROLE)] for item in items if item.checkState() is Qt.CheckState.Checked]
        return chosen or list(DEFAULT_COLUMNS)

    @property
    def bodies(self) -> bool:
        """Whether a report has the events' text."""
        return self._bodies.isChecked() and self.format is ExportFormat.HTML
