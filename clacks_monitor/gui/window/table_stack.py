"""The middle of the main window: the table, or in its place why it is empty. Owner: the main window; its thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from clacks_monitor.gui.table.emptiness import why_empty

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget, QWidget

    from clacks_monitor.gui.connections.connection_actions import ConnectionActions
    from clacks_monitor.gui.query.filter_state import FilterState
    from clacks_monitor.gui.window.window_panes import WindowPanes
    from clacks_monitor.session.notices import FilterProgress
    from clacks_monitor.session.session import Session


class TableStack(QObject):
    """Decides which of the two pages is shown, and gives it the keyboard focus."""

    def __init__(
        self,
        stack: QStackedWidget,
        panes: WindowPanes,
        session: Session,
        connections: ConnectionActions,
        filter_state: FilterState,
    ) -> None:
        super().__init__(stack)
        self._filter = filter_state
        filter_state.changed.connect(self._on_filter)
        self._stack, self._panes, self._session, self._connections = stack, panes, session, connections
        self._filtering = False

    @Slot()
    def begin_filtering(self) -> None:
        """Keep the page: whether there are rows is known when filtering has finished."""
        self._filtering = True

    @Slot(object)
    def on_progress(self, notice: FilterProgress) -> None:
        """Note whether filtering has finished."""
        self._filtering = not notice.finished

    @Slot()
    def refresh(self) -> None:
        """Show the table, or why it is empty."""
        if self._panes.model.rowCount():
            self._show(self._panes.table)
        elif not self._filtering:
            self._explain()
            self._show(self._panes.empty)

    @Slot()
    def _on_filter(self) -> None:
        """Say in the empty table what is known by now of the filter."""
        if self._stack.currentWidget() is self._panes.empty and not self._filtering:
            self._explain()

    def _explain(self) -> None:
        session, status = self._session, self._connections.shown_status()
        self._panes.empty.explain(
            why_empty(session, status),
            hidden=session.counters().hidden,
            status=status,
            now_ns=time.time_ns(),
            unreadable=session.capture.unreadable,
            doubt=self._filter if self._filter.doubtful else None,
        )

    def _show(self, page: QWidget) -> None:
        """Show a page; the focus stays in the middle of the window, or where else it is."""
        if self._stack.currentWidget() is page:
            return
        focused: QWidget | None = self._stack.window().focusWidget()
        within = focused is not None and self._stack.isAncestorOf(focused)
        self._stack.setCurrentWidget(page)
        if within:
            self.focus()

    @Slot()
    def focus(self) -> None:
        """Give the shown page the focus, unless the large editor is open."""
        panes = self._panes
        if panes.filter_editor.isVisible():
            return
        target = panes.empty.first_button if self._stack.currentWidget() is panes.empty else panes.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)
