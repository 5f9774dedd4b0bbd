"""Keeps numbers, rates and times in the main window up to date. Owner: the main window. Thread: the window's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from clacks_monitor.core.connection import DEMONSTRATION

if TYPE_CHECKING:
    from clacks_monitor.gui.window.controllers import Controllers
    from clacks_monitor.gui.window.table_stack import TableStack
    from clacks_monitor.gui.window.window_frame import WindowFrame
    from clacks_monitor.gui.window.window_panes import WindowPanes
    from clacks_monitor.session.session import Session

COUNTERS_S, EVERYTHING_S = 1.0, 2.0
"""How often the counters and the timeline are refreshed while events arrive, and how often everything."""
SILENT_MS = 1_500
"""When everything is refreshed although no event arrives: ages of times are shown."""


class Refresh(QObject):
    """Reads from the session what changes without a notice of its own, and shows it."""

    def __init__(
        self,
        frame: WindowFrame,
        panes: WindowPanes,
        stack: TableStack,
        controllers: Controllers,
        session: Session,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._frame, self._panes, self._stack, self._controllers = frame, panes, stack, controllers
        self._session = session
        self._everything_at = self._counters_at = 0.0
        self._timer = QTimer(self, interval=SILENT_MS)
        self._timer.timeout.connect(self.refresh)

    def stop(self) -> None:
        """Refresh only on request from now on."""
        self._timer.stop()

    @Slot()
    def on_delivered(self) -> None:
        """Refresh what is due: together with the batch of notices that has been shown, so that it is painted once."""
        now = time.monotonic()
        if now - self._everything_at >= EVERYTHING_S:
            self.refresh()
            return
        if now - self._counters_at >= COUNTERS_S:
            self._refresh_counters()
        self._stack.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show everything as it is now."""
        self._everything_at = time.monotonic()
        self._refresh_counters()
        session, status = self._session, self._frame.status
        capture = session.capture
        temporary = capture.temporary
        again = temporary and session.holds_only(DEMONSTRATION)
        status.show_capture(capture.path, capture.current.size(), temporary=temporary, again=again)
        self.show_connections()
        self._panes.types.show_counts(session.counting.types())
        self._panes.profiles.show_hits(session.filtering.counts.hits())
        self._stack.refresh()

    @Slot()
    def show_connections(self) -> None:
        """Show in the status bar how the connections are."""
        statuses = self._session.connections.statuses().values()
        self._frame.status.show_connections(statuses, self._controllers.outages.outages)

    def _refresh_counters(self) -> None:
        self._counters_at = time.monotonic()
        self._timer.start()
        counters = self._session.counters()
        self._frame.status.show_counters(counters)
        self._controllers.marks.show_gaps(counters.gaps)
        self._controllers.timing.tick()
