"""Stands in the table's place in the first frame: the headings as they were when the window was closed last.

The table itself needs the vocabulary of events, and follows a moment later. Owner: the main window; its thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView

if TYPE_CHECKING:
    from typing import TypeGuard

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

_KEY = "window/headings"


def keep_headings(table: QTableView, settings: QSettings) -> None:
    """Remember what stands in a table's heading: text and width in pixels of each column that is shown."""
    header, model = table.horizontalHeader(), table.model()
    shown = [header.logicalIndex(place) for place in range(header.count())]
    kept = [
        f"{header.sectionSize(column)} {model.headerData(column, Qt.Orientation.Horizontal)}"
        for column in shown
        if not header.isSectionHidden(column)
    ]
    settings.setValue(_KEY, [_language(), *kept])


def _language() -> str:
    """Return a word that is another in every language."""
    return QCoreApplication.translate("Cells", "Summary")


def _are_headings(kept: object) -> TypeGuard[list[str]]:
    """Tell whether these are headings in the language of today: somebody may have edited the settings."""
    if not isinstance(kept, list) or not kept or kept[0] != _language():
        return False
    return all(isinstance(h, str) and h.partition(" ")[0].isdecimal() for h in kept[1:])


class Headings(QTableView):
    """A table without rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_kept(self, settings: QSettings) -> None:
        """Show what keep_headings() has kept, or the usual columns."""
        kept = settings.value(_KEY)
        if not _are_headings(kept):
            translate = QCoreApplication.translate
            names = (translate("Cells", "Time"), translate("Cells", "Type"), translate("Cells", "Summary"))
            kept = [_language(), *(f"{width} {name}" for width, name in zip((132, 164, 400), names, strict=True))]
        shown = [heading.partition(" ") for heading in kept[1:]]
        model = QStandardItemModel(0, len(shown), self)
        model.setHorizontalHeaderLabels([name for _width, _blank, name in shown])
        self.setModel(model)
        for column, (width, _blank, _name) in enumerate(shown):
            self.setColumnWidth(column, min(int(width), 10_000))
        self.horizontalHeader().setStretchLastSection(True)
