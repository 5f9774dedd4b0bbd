"""Shows in all its places that a connection or an archive gives nothing, as long as that lasts.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout

from clacks_monitor.gui.kit import outage_texts
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.table.open_gaps import OpenGaps
from clacks_monitor.gui.window.bars.outage_banner import OutageBanner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.connections.connection_actions import ConnectionActions
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.preferences.window_preferences import WindowPreferences
    from clacks_monitor.gui.timeline.timeline import Timeline
    from clacks_monitor.session.captures.following import ArchiveFollowing
    from clacks_monitor.session.outages import Outage

TICK_MS = 1_000


class OutageDisplay(QObject):
    """``banner`` is above the table, ``gaps`` below it; the timeline has the open gaps as well.

    What an archive holds meanwhile is not missed, but shown later: an archive has no gap.
    """

    lost = Signal(str)
    """What the desktop is to be told of a connection that gives nothing, where the user wants that."""

    archive_changed = Signal(bool)
    """The archive's server is out of reach, or with true can be reached again."""

    def __init__(
        self,
        connections: ConnectionActions,
        following: ArchiveFollowing,
        timeline: Timeline,
        theme: Theme,
        preferences: WindowPreferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._preferences = preferences
        self._connections, self._following, self._timeline, self._window = connections, following, timeline, window
        self.outages: tuple[Outage, ...] = ()
        self.banner, self.gaps = OutageBanner(theme, window), OpenGaps(theme, window)
        column = child(window, QVBoxLayout, "column")
        column.insertWidget(0, self.banner)
        column.insertWidget(column.indexOf(child(window, QSplitter, "rows")) + 1, self.gaps)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self.banner.retry_wanted.connect(self._retry)
        connections.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the outages as they are now; the desktop is alerted once for each."""
        archive = self._following.outage
        before, self.outages = self.outages, (*((archive,) if archive else ()), *self._connections.outages)
        if self.outages == before:
            return
        known = {one.connection_id for one in before}
        new = [one for one in self.outages if one.connection_id not in known]
        if new:
            self._alert(new)
        if self.outages:
            self._timer.start()
        else:
            self._timer.stop()
        self.tick()

    def _alert(self, new: Sequence[Outage]) -> None:
        wanted = self._preferences.notifications
        if wanted.taskbar:
            QApplication.alert(self._window)
        if wanted.outage:
            self.lost.emit("\n".join(outage_texts.title(outage) for outage in new))

    @Slot()
    def tick(self) -> None:
        """Let gaps grow and times pass."""
        now_ns = time.time_ns()
        lost = [one for one in self.outages if not (one.never or one.archive)]
        self.banner.show_outages(self.outages, now_ns)
        self.gaps.show_outages(lost, now_ns)
        self._timeline.show_gaps(open_gaps=[(one.since_ns, now_ns) for one in lost])

    @Slot()
    def on_archive(self) -> None:
        """Show how the archive's server is."""
        was = any(one.archive for one in self.outages)
        self.refresh()
        now = any(one.archive for one in self.outages)
        if was is not now:
            self.archive_changed.emit(was)

    @Slot(str)
    def _retry(self, connection_id: str) -> None:
        if any(one.archive and one.connection_id == connection_id for one in self.outages):
            self._following.retry()
        else:
            self._connections.try_now(connection_id)
