"""Commands about which events the table shows, and in which order. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from clacks_monitor.session.view.query_text import type_query

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from clacks_monitor.core.columns import AnyColumn
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.controllers import Controllers
    from clacks_monitor.gui.window.window_frame import WindowFrame
    from clacks_monitor.gui.window.window_panes import WindowPanes
    from clacks_monitor.session.session import Session


class ViewActions(QObject):
    """Pauses, clears and sorts the table; shows one event type, or everything."""

    def __init__(
        self,
        frame: WindowFrame,
        panes: WindowPanes,
        controllers: Controllers,
        session: Session,
        theme: Theme,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._frame, self._panes, self._controllers = frame, panes, controllers
        self._session, self._theme = session, theme
        self._pause = frame.commands["pause"]
        frame.commands.on("pause", self.set_paused)
        frame.commands.on("clear", self.clear)
        frame.commands.on("show.all", self.show_all)
        panes.updates.waiting_changed.connect(self._show_waiting)
        panes.model.order_wanted.connect(self._sort)
        panes.types.chosen.connect(self._choose_type)
        panes.types.menu_wanted.connect(self._open_type_menu)

    @Slot(bool)
    def set_paused(self, on: bool) -> None:
        """Freeze the table, or let it go on."""
        if on:
            self._panes.updates.pause()
        else:
            self._panes.updates.resume()
        self._pause.setIcon(self._theme.icons.icon("play" if on else "pause"))
        self._show_waiting(0)

    @Slot(int)
    def _show_waiting(self, count: int) -> None:
        if not self._panes.updates.paused:
            self._pause.setText(self.tr("Pause"))
        else:
            self._pause.setText(self.tr("Resume (%Ln new)", "", count) if count else self.tr("Resume"))

    @Slot()
    def clear(self) -> None:
        """Empty the table; the capture keeps everything."""
        self._session.filtering.clear()
        message = self.tr(
            "Table cleared. The capture keeps all events; View > Show cleared events again restores them."
        )
        self._frame.status.notify(message)

    @Slot()
    def show_all(self) -> None:
        """Remove the filter, uncheck all profiles, and show all times."""
        self._controllers.timing.show_all_times()
        self._frame.filter.set("")
        self._controllers.profiles.activate([])

    @Slot(object, bool)
    def _sort(self, column: AnyColumn, descending: bool) -> None:
        generation = self._session.filtering.generation
        self._session.rows.order_by(column, self._panes.model.store.rows[:], generation, descending=descending)

    @Slot(str)
    def _choose_type(self, name: str) -> None:
        """Show one type only; the same click again shows all."""
        query = type_query(self._session.type_step(name))
        self._frame.filter.set("" if self._frame.filter.applied_text == query else query)

    @Slot(str, "QPoint")
    def _open_type_menu(self, name: str, at: QPoint) -> None:
        menu = self._controllers.events.menus.type_menu(self._session.type_step(name))
        self._panes.table.open_menu(menu, at)
