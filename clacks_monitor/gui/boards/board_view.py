"""A board of states in a dock: who or what is in which state, since when; links to its events. Thread: the window's.

Owner: the docks of boards. It asks for its rows while it is visible, and again only when it has got an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.core.board import MAX_KEYS
from clacks_monitor.gui.boards.board_counts import BoardCounts
from clacks_monitor.gui.boards.board_history_pane import BoardHistoryPane
from clacks_monitor.gui.boards.board_model import FIRST, KEY, STATE, BoardModel, BoardRole
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.plain_text import as_caption, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from clacks_monitor.core.board import BoardDefinition
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.notices import BoardShown

REFRESH_MS = 500
PATIENCE = 20
"""Ticks after which an answer is taken for lost, as when the capture could not be read for a moment."""
_WIDEST = 200
_TREE_WIDTH, _HISTORY_WIDTH = 500, 300


class BoardView(QWidget):
    """``wanted`` asks for rows; ``events_wanted`` carries what stands in events, ``row_wanted`` a sequence number.

    ``span_wanted`` carries a span of time, whose end is 0 for one that goes on.
    """

    wanted = Signal(str)
    events_wanted = Signal(str, object)
    row_wanted = Signal(int)
    span_wanted = Signal(object, object)

    def __init__(self, definition: BoardDefinition, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.definition = definition
        self.model = BoardModel(definition, theme, self)
        self.search = QLineEdit(self)
        self.tree = QTreeView(self)
        self.history = BoardHistoryPane(definition, self.tree, self)
        self._counts = BoardCounts(self.model, self)
        theme.changed.connect(self._counts.recolour)
        self._waiting = self._left = 0
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._lay_out()

    def _lay_out(self) -> None:
        self._set_up_tree()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(120)
        self.search.setAccessibleName(spoken(self.tr("Search in %1").replace("%1", self.definition.title)))
        self.search.setToolTip(self.tr("Enter shows the history of the first row"))
        self.search.textChanged.connect(self._search)
        self._counts.chosen.connect(self.model.show_state)
        self.search.returnPressed.connect(self.history.open_first)
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 8, 4)
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self.history.button)
        self.history.wanted.connect(self.ask_anew)
        self.history.wanted.connect(self.refresh)
        self.history.span_wanted.connect(self._choose_span)
        sides = QSplitter(self)
        sides.addWidget(self.tree)
        sides.addWidget(self.history)
        sides.setChildrenCollapsible(False)
        sides.setSizes([_TREE_WIDTH, _HISTORY_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._counts)
        column.addWidget(sides, 1)
        self.setFocusProxy(self.tree)

    def _set_up_tree(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setFrameShape(QTreeView.Shape.NoFrame)
        tree.setIconSize(QSize(16, 16))
        tree.setSortingEnabled(True)
        tree.sortByColumn(STATE, Qt.SortOrder.AscendingOrder)
        tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setResizeContentsPrecision(0)
        tree.header().setMaximumSectionSize(_WIDEST)
        tree.header().setStretchLastSection(True)
        if self.definition.lead:
            lead = FIRST + list(self.definition.columns).index(self.definition.lead)
            tree.header().moveSection(lead, KEY)
        # How long comes before what may need scrolling.
        for place, column in enumerate((self.model.since_column, self.model.since_column + 1), FIRST):
            tree.header().moveSection(tree.header().visualIndex(column), place)
        tree.setAccessibleName(spoken(self.definition.title))
        tree.setAccessibleDescription(self.tr("Enter or a double click shows only the events of the row."))
        tree.activated.connect(self._choose)
        self.history.follow_selection()
        tree.customContextMenuRequested.connect(self._menu)

    # -- content -------------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Ask for the rows as they are now, unless an answer is on its way; let the times be drawn again."""
        self.tree.viewport().update()
        self._waiting -= 1
        if self._waiting <= 0:
            self._waiting = PATIENCE
            self.wanted.emit(self.definition.id)

    def show_rows(self, notice: BoardShown) -> None:
        """Show an answer."""
        self._waiting = 0
        self.model.show_rows(notice.rows, notice.gap_ns)
        if notice.of and notice.of == self.history.key:
            self.history.show_history(notice.of, notice.history)
        self._show_counts(left=notice.left)
        if notice.left and self.isVisible():
            QTimer.singleShot(0, self.refresh)

    @Slot(str)
    def _search(self, text: str) -> None:
        self.model.search(text)
        self._show_counts(left=self._left)

    def _show_counts(self, *, left: int) -> None:
        """Say how many are in which state, and when that is not all there is to say."""
        self._left = left
        counts = self.model.counts()
        text = "" if counts else self.tr("no events yet")
        if left:
            text = self.tr("reading the capture…")
        elif counts and not self.model.rowCount():
            text = self.tr("nothing found")
        self._counts.show_counts(counts, text)
        full = sum(self.model.counts().values()) >= MAX_KEYS
        rest = self.tr("At most %1 rows; the oldest are removed.").replace("%1", formats.number(MAX_KEYS))
        self._counts.setToolTip(plain_tip(rest if full else ""))

    @Slot()
    def ask_anew(self) -> None:
        """Wait for no answer any more: the capture, or the row whose history is wanted, is another one."""
        self._waiting = 0

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.refresh()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    # -- what the user does --------------------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.events_wanted.emit(self.definition.id, self.model.row_at(index.row()).texts)

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        index = self.tree.indexAt(at)
        index = index if index.isValid() else self.tree.currentIndex()
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        key = as_caption(str(index.data(BoardRole.KEY)))
        menu.addAction(self.tr("Show only events of %1").replace("%1", key)).triggered.connect(self._choose_current)
        menu.addAction(self.tr("Go to its latest event")).triggered.connect(self._go_to_current)
        menu.addAction(self.tr("History of %1").replace("%1", key)).triggered.connect(self.history.open)
        self.tree.setCurrentIndex(index)
        menu.popup(self.tree.viewport().mapToGlobal(at))

    @Slot()
    def _choose_current(self) -> None:
        self._choose(self.tree.currentIndex())

    @Slot(object, object)
    def _choose_span(self, from_ns: int, to_ns: int) -> None:
        index = self.tree.currentIndex()
        if index.isValid():
            self._choose(index)
            self.span_wanted.emit(from_ns, to_ns)

    @Slot()
    def _go_to_current(self) -> None:
        self.row_wanted.emit(int(self.tree.currentIndex().data(BoardRole.SEQUENCE) or 0))
