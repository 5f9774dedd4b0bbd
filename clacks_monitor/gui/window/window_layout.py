"""Arranges the panes: the first arrangement, storing it between two runs, and going back to the first one.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QSettings, Qt, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow

from clacks_monitor.gui.kit.screen_fit import fit_screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from clacks_monitor.gui.table.event_table import EventTable

VERSION = 1
PANES = ("typesDock", "profilesDock", "detailDock", "timelineDock")
_LEFT, _RIGHT, _BOTTOM = 204, 336, 84
_FIRST_SIZE = (1280, 800)


class WindowLayout(QObject):
    """Keeps geometry, panes and columns in the window's settings."""

    def __init__(self, window: QMainWindow, settings: QSettings) -> None:
        super().__init__(window)
        self._window, self.settings = window, settings
        self._table: EventTable | None = None
        self.docks = [dock for name in PANES if (dock := window.findChild(QDockWidget, name)) is not None]
        sides = Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        for dock in self.docks:
            dock.setAllowedAreas(sides | Qt.DockWidgetArea.BottomDockWidgetArea)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        window.setDockNestingEnabled(True)

    def add_to_menu(self, menu: QMenu) -> None:
        """Add a check box for each pane."""
        before = next((action for action in menu.actions() if action.objectName() == "commands"), None)
        for dock in self.docks:
            action = dock.toggleViewAction()
            menu.insertAction(before, action) if before else menu.addAction(action)
        if before:
            menu.insertSeparator(before)

    @Slot()
    def reset(self) -> None:
        """Restore the first arrangement."""
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        areas = (left, left, right, Qt.DockWidgetArea.BottomDockWidgetArea)
        for dock, area in zip(self.docks, areas, strict=True):
            dock.setFloating(False)
            dock.setVisible(True)
            self._window.addDockWidget(area, dock)
        types, profiles, detail, timeline = self.docks
        horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._window.resizeDocks([types, detail], [_LEFT, _RIGHT], horizontal)
        self._window.resizeDocks([types, profiles], [460, 200], vertical)
        self._window.resizeDocks([timeline], [_BOTTOM], vertical)
        if self._table is not None:
            self._table.columns.reset()

    def restore(self) -> None:
        """Restore the arrangement of the last run, or the first one."""
        geometry = self.settings.value("window/geometry", QByteArray())
        state = self.settings.value("window/state", QByteArray())
        if not (isinstance(geometry, QByteArray) and self._window.restoreGeometry(geometry)):
            self._window.resize(*_FIRST_SIZE)
            fit_screen(self._window)
        if not (isinstance(state, QByteArray) and self._window.restoreState(state, VERSION)):
            self.reset()

    def restore_columns(self, table: EventTable) -> None:
        """Restore the columns of the last run, or leave the first ones."""
        self._table = table
        columns = self.settings.value("window/columns", QByteArray())
        fields = str(self.settings.value("window/fields", ""))
        if isinstance(columns, QByteArray):
            table.columns.restore(fields, columns)

    def save(self) -> None:
        """Store the arrangement; what has not changed is not written again."""
        self._keep("window/geometry", self._window.saveGeometry())
        self._keep("window/state", self._window.saveState(VERSION))
        if self._table is None:
            return
        from clacks_monitor.gui.table.headings import keep_headings  # not for the first frame

        keep_headings(self._table, self.settings)
        fields, columns = self._table.columns.state()
        self._keep("window/fields", fields)
        self._keep("window/columns", columns)

    def _keep(self, key: str, value: QByteArray | str) -> None:
        if self.settings.value(key) != value:
            self.settings.setValue(key, value)
