"""Shows in all its places that a connection receives nothing, as long as that lasts.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout

from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.table.open_gaps import OpenGaps
from clacks_monitor.gui.window.bars.outage_banner import OutageBanner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.connections.connection_actions import ConnectionActions
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.timeline.timeline import Timeline
    from clacks_monitor.session.outages import Outage

TICK_MS = 1_000


class OutageDisplay(QObject):
    """``banner`` is above the table, ``gaps`` below it; the timeline has the open gaps as well."""

    def __init__(self, connections: ConnectionActions, timeline: Timeline, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._connections, self._timeline, self._window = connections, timeline, window
        self._outages: tuple[Outage, ...] = ()
        self.banner, self.gaps = OutageBanner(theme, window), OpenGaps(theme, window)
        column = child(window, QVBoxLayout, "column")
        column.insertWidget(0, self.banner)
        column.insertWidget(column.indexOf(child(window, QSplitter, "rows")) + 1, self.gaps)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self.banner.retry_wanted.connect(connections.try_now)
        connections.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the outages as they are now; the desktop is alerted once for each."""
        before, self._outages = self._outages, self._connections.outages
        if self._outages == before:
            return
        if {one.connection_id for one in self._outages} - {one.connection_id for one in before}:
            QApplication.alert(self._window)
        if self._outages:
            self._timer.start()
        else:
            self._timer.stop()
        self.tick()

    @Slot()
    def tick(self) -> None:
        """Let gaps grow and times pass."""
        now_ns = time.time_ns()
        self.banner.show_outages(self._outages, now_ns)
        self.gaps.show_outages(self._outages, now_ns)
        open_gaps = [(one.since_ns, now_ns) for one in self._outages if not one.never]
        self._timeline.show_gaps(open_gaps=open_gaps)
