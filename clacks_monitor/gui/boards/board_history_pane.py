"""The past states of a board's row: from when to when, and for how long. Owner: the board's view. Thread: the window's.

A line leads to the events of its time.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QToolButton, QTreeView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.boards.board_model import BoardRole
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.plain_text import as_title, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.board import BoardDefinition
    from clacks_monitor.core.board_history import StateSpan

_SPAN: Final = Qt.ItemDataRole.UserRole


class BoardHistoryPane(QWidget):
    """Shown by its ``button``, it follows the current row of the board's table; ``wanted`` asks for another history.

    ``span_wanted`` carries a span of time, whose end is 0 for one that goes on.
    """

    wanted = Signal()
    span_wanted = Signal(object, object)

    def __init__(self, definition: BoardDefinition, table: QTreeView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._definition, self._table = definition, table
        self.button = QToolButton(parent)
        self.button.setText(self.tr("History"))
        self.button.setToolTip(self.tr("Show the past states of the selected row"))
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.toggled.connect(self._toggle)
        self._shown: tuple[str, Sequence[StateSpan]] = ("", ())
        self.title, self.tree = ElidedLabel(self), QTreeWidget(self)
        tree = self.tree
        tree.setHeaderLabels([self.tr("State"), self.tr("From"), self.tr("To"), self.tr("Duration")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        tree.setAccessibleName(self.tr("Past states"))
        tree.setAccessibleDescription(self.tr("Enter or a double click shows only the events of the time."))
        tree.itemActivated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.title.setContentsMargins(8, 4, 8, 4)
        column.addWidget(self.title)
        column.addWidget(tree, 1)
        self.setFocusProxy(tree)
        self.hide()

    @property
    def key(self) -> str:
        """The key whose history is wanted, "" for none."""
        index = self._table.currentIndex()
        return str(index.data(BoardRole.KEY)) if index.isValid() and not self.isHidden() else ""

    def follow_selection(self) -> None:
        """Ask for another history when another row is selected; the table has its model by now."""
        self._table.selectionModel().currentChanged.connect(self._ask)

    @Slot()
    def open(self) -> None:
        """Show the history of the current row."""
        self.button.setChecked(True)

    @Slot()
    def open_first(self) -> None:
        """Show the history of the first row that was found."""
        first = self._table.model().index(0, 0)
        if first.isValid():
            self._table.setCurrentIndex(first)
            self.button.setChecked(True)

    @Slot(bool)
    def _toggle(self, shown: bool) -> None:
        self.setVisible(shown)
        if shown and not self._table.currentIndex().isValid():
            self._table.setCurrentIndex(self._table.model().index(0, 0))
        self._ask()

    @Slot()
    def _ask(self) -> None:
        if self.key:
            self.wanted.emit()

    def show_history(self, key: str, spans: Sequence[StateSpan]) -> None:
        """List the states of a key, the newest first; only the duration of the newest changes by itself."""
        if (key, spans) != self._shown:
            self._shown = (key, spans)
            self.title.show_text(self.tr("History of %1").replace("%1", one_line(key)))
            self.tree.clear()
            self.tree.addTopLevelItems([self._item(span) for span in reversed(spans)])
        first = self.tree.topLevelItem(0)
        if first is not None and spans:
            self._show_duration(first, spans[-1])

    def _item(self, span: StateSpan) -> QTreeWidgetItem:
        word = self._definition.state_name(span.state).word + (" ?" if span.doubted else "")
        begin, end = self._times(span)
        item = QTreeWidgetItem([as_title(word), begin, end, ""])
        item.setData(0, _SPAN, (span.from_ns, span.to_ns))
        item.setToolTip(1, plain_tip(formats.full_time(span.from_ns)))
        if span.to_ns:
            item.setToolTip(2, plain_tip(formats.full_time(span.to_ns)))
        if span.doubted:
            item.setToolTip(0, self.tr("There was a gap meanwhile. The state may have ended earlier."))
        self._show_duration(item, span)
        return item

    def _times(self, span: StateSpan) -> tuple[str, str]:
        """Return when a state began and ended, with the day where that is not today's."""
        now = time.time_ns()
        begin, _now = formats.span(span.from_ns, max(now, span.from_ns + 1))
        if not span.to_ns:
            return begin, self.tr("now")
        end, _now = formats.span(span.to_ns, max(now, span.to_ns + 1))
        return begin, end

    def _show_duration(self, item: QTreeWidgetItem, span: StateSpan) -> None:
        seconds = span.seconds(time.time_ns())
        item.setText(3, formats.exact_duration(seconds) if span.to_ns else formats.steady_duration(seconds))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken(f"{item.text(0)} {item.text(3)}"))

    @Slot(QTreeWidgetItem)
    def _choose(self, item: QTreeWidgetItem) -> None:
        self.span_wanted.emit(*item.data(0, _SPAN))
