"""The list of marked and commented events: a click goes to the event. Owner: its dock. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import cells, formats
from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.key_names import with_keys
from clacks_monitor.gui.kit.notes import EmptyHint
from clacks_monitor.gui.kit.plain_text import as_title, spoken
from clacks_monitor.gui.kit.theme import digits_font
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import Row
    from clacks_monitor.gui.kit.theme import Theme

_SEQUENCE = Qt.ItemDataRole.UserRole
_ALL, _MARKED, _COMMENTED = "all", "marked", "commented"


class NotesPane(QWidget):
    """``row_wanted`` carries the number of an event to go to; ``only_changed`` comes when the table's limit does."""

    row_wanted = Signal(int)
    only_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: Sequence[Row] = ()
        self.which = QComboBox(self)
        self.only = QCheckBox(self.tr("Show only these"), self)
        self.tree = QTreeWidget(self)
        self.more = ElidedLabel(self)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        for text, key in (
            (self.tr("Marks and comments"), _ALL),
            (self.tr("Marks"), _MARKED),
            (self.tr("Comments"), _COMMENTED),
        ):
            self.which.addItem(text, key)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(6)  # a small window must not become wider with this pane
        self.which.setAccessibleName(self.tr("Notes to list"))
        self.only.setToolTip(self.tr("Limit the table to the events listed here"))
        head.addWidget(self.which, 1)
        head.addWidget(self.only)
        column.addLayout(head)
        self.tree.setHeaderLabels([self.tr("Time"), self.tr("Type"), self.tr("Note")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setAccessibleName(self.tr("Marked and commented events"))
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.tree.header().setStretchLastSection(True)
        hint = with_keys(self.tr("No notes. %1 marks and %2 comments the selected event."), "Ctrl+M", "Ctrl+Shift+M")
        EmptyHint(self.tree, hint)
        column.addWidget(self.tree, 1)
        self.more.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.more.setVisible(False)
        column.addWidget(self.more)
        self.which.currentIndexChanged.connect(self._fill)
        self.which.currentIndexChanged.connect(self.only_changed)
        self.only.toggled.connect(self.only_changed)
        self.tree.itemClicked.connect(self._go)
        self.tree.itemActivated.connect(self._go)

    def show_notes(self, rows: Sequence[Row], total: int) -> None:
        """List these rows, the newest of ``total``."""
        self._rows = rows
        text = self.tr("The newest %1 of %2").replace("%1", formats.number(len(rows)))
        self.more.show_text(text.replace("%2", formats.number(total)))
        self.more.setVisible(total > len(rows))
        self._fill()

    @property
    def listed(self) -> list[Row]:
        """The rows of the chosen kind."""
        which = self.which.currentData()
        return [row for row in self._rows if which == _ALL or (row.mark if which == _MARKED else bool(row.comment))]

    @Slot()
    def _fill(self) -> None:
        chosen = self.tree.currentItem()
        current = chosen.data(0, _SEQUENCE) if chosen is not None else 0
        self.tree.clear()
        items = [self._item(row) for row in self.listed]
        self.tree.addTopLevelItems(items)
        for item in items:
            if item.data(0, _SEQUENCE) == current:
                self.tree.setCurrentItem(item)
        for place in range(2):
            self.tree.resizeColumnToContents(place)

    def _item(self, row: Row) -> QTreeWidgetItem:
        note = one_line(row.comment) or one_line(row.summary)
        item = QTreeWidgetItem([formats.clock_short(row.wall_ns), as_title(cells.type_text(row)), as_title(note, 400)])
        item.setData(0, _SEQUENCE, row.sequence)
        item.setFont(0, digits_font())
        if row.mark:
            item.setIcon(0, self._theme.icons.icon("mark", self._theme.accent))
        if row.comment:
            item.setIcon(2, self._theme.icons.icon("comment"))
        item.setToolTip(2, plain_tip(row.comment))
        state = self.tr("marked") if row.mark else ""
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken(" ".join((formats.clock_short(row.wall_ns), state))))
        return item

    @Slot(QTreeWidgetItem)
    def _go(self, item: QTreeWidgetItem) -> None:
        self.row_wanted.emit(int(item.data(0, _SEQUENCE)))
