"""Docks of boards: an entry in the View menu for each, built when it is first wanted, and again after a restart.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from clacks_monitor.gui.boards.board_view import BoardView
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.kit.side_dock import put_above_timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.boards import Boards
    from clacks_monitor.session.notices import BoardShown

_OPEN = "window/boards"
_HEIGHT = 200
SHORTCUTS = 9
"""The first boards of the menu have Alt+1, Alt+2 and so on."""


class BoardDocks(QObject):
    """``filter_wanted`` carries a query, ``row_wanted`` an entry's sequence number, ``span_wanted`` two times."""

    filter_wanted = Signal(str)
    row_wanted = Signal(int)
    span_wanted = Signal(object, object)

    def __init__(self, boards: Boards, theme: Theme, settings: QSettings, window: QMainWindow) -> None:
        super().__init__(window)
        self._boards, self._theme, self._settings, self._window = boards, theme, settings, window
        self.views: dict[str, BoardView] = {}
        self._docks: dict[str, QDockWidget] = {}
        self.menu: QMenu | None = None

    def add_to_menu(self, menu: QMenu) -> None:
        """Add an entry for each board, and open those that were open."""
        before = next((action for action in menu.actions() if action.objectName() == "columns"), None)
        self.menu = QMenu(self.tr("&Boards"), menu)
        self.menu.menuAction().setToolTip(self.tr("Current state of clients, telephones and more"))
        menu.insertMenu(before, self.menu) if before else menu.addMenu(self.menu)
        opened = str(self._settings.value(_OPEN, "")).split()
        for number, definition in enumerate(self._boards.definitions(), 1):
            action = QAction(as_caption(definition.title), self.menu)
            action.setCheckable(True)
            if number <= SHORTCUTS:
                action.setShortcut(f"Alt+{number}")
            action.setData(definition.id)
            action.triggered.connect(self._toggle)
            self.menu.addAction(action)
            if definition.id in opened:
                self.open(definition.id)
        self.menu.aboutToShow.connect(self._check)

    @Slot()
    def _check(self) -> None:
        for action in self.menu.actions() if self.menu is not None else ():
            dock = self._docks.get(str(action.data()))
            action.setChecked(dock is not None and not dock.isHidden())

    @Slot()
    def _toggle(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        dock = self._docks.get(str(action.data()))
        if dock is not None and not dock.isHidden():
            dock.hide()
        else:
            self.open(str(action.data())).search.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, board_id: str) -> BoardView:
        """Show a board."""
        view = self.views.get(board_id) or self._build(board_id)
        self._docks[board_id].show()
        self._docks[board_id].raise_()
        return view

    def _build(self, board_id: str) -> BoardView:
        definition = self._boards.get(board_id)
        if definition is None:
            raise ValueError(f"there is no board {board_id}")
        dock = self._docks[board_id] = QDockWidget(as_caption(definition.title), self._window)
        dock.setObjectName(f"board-{board_id}")
        view = self.views[board_id] = BoardView(definition, self._theme, dock)
        dock.setWidget(view)
        view.wanted.connect(self._ask)
        view.events_wanted.connect(self._filter)
        view.row_wanted.connect(self.row_wanted)
        view.span_wanted.connect(self._limit)
        if not self._window.restoreDockWidget(dock):
            self._place(dock)
        return view

    def _place(self, dock: QDockWidget) -> None:
        """Put a board between table and timeline, where its rows have room; a second one is a tab beside the first."""
        window = self._window
        first = next((other for other in self._docks.values() if other is not dock and not other.isHidden()), None)
        if first is None:
            put_above_timeline(window, dock, _HEIGHT)
            return
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        window.tabifyDockWidget(first, dock)

    @Slot(str)
    def _ask(self, board_id: str) -> None:
        self._boards.ask(board_id, self.views[board_id].history.key)

    @Slot(str, object)
    def _filter(self, board_id: str, texts: Sequence[str]) -> None:
        self.filter_wanted.emit(self._boards.query(board_id, texts))

    @Slot(object, object)
    def _limit(self, from_ns: int, to_ns: int) -> None:
        """Ask for a span of time with the event that ends it; one that goes on ends now."""
        self.span_wanted.emit(from_ns, (to_ns or time.time_ns()) + 1)

    @Slot(object)
    def on_board(self, notice: BoardShown) -> None:
        """Show what a board knows."""
        view = self.views.get(notice.board_id)
        if view is not None:
            view.show_rows(notice)

    @Slot()
    def capture_changed(self) -> None:
        """Begin anew with another capture."""
        for view in self.views.values():
            view.ask_anew()

    @Slot()
    def hide_all(self) -> None:
        """Have no board open, as at first."""
        for dock in self._docks.values():
            dock.setFloating(False)
            dock.hide()

    def save(self) -> None:
        """Remember which boards are open."""
        opened = [board_id for board_id, dock in self._docks.items() if not dock.isHidden()]
        self._settings.setValue(_OPEN, " ".join(opened))
