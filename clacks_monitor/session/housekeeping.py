"""The periodic work of a session, every few seconds. Owner: the session's thread."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.ending import alive

if TYPE_CHECKING:
    from clacks_monitor.forms import Catalogue
    from clacks_monitor.session.captures.capture_use import CaptureUse
    from clacks_monitor.session.captures.following import ArchiveFollowing
    from clacks_monitor.session.captures.snapshots import Snapshots
    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.profiles.alerts import Alerts
    from clacks_monitor.session.profiles.profiles import Profiles
    from clacks_monitor.session.receiving.recorder import Recorder
    from clacks_monitor.session.receiving.schema_reader import SchemaReader
    from clacks_monitor.session.sending.echo_tracker import EchoTracker
    from clacks_monitor.session.view.filter_thread import FilterThread

INTERVAL_S = 2.0
_LISTENING = frozenset({ConnectionState.CONNECTED, ConnectionState.LOST})
"""States in which the absence of events means something."""


@dataclass(eq=False, kw_only=True)
class Housekeeping:
    """Expires awaited events, writes entries that wait for disk space, and looks for new entries, schemas, absences."""

    capture: CaptureUse
    following: ArchiveFollowing
    filter_thread: FilterThread
    recorder: Recorder
    tracker: EchoTracker
    connections: Connections
    profiles: Profiles
    alerts: Alerts
    catalogue: Catalogue
    schemas: SchemaReader
    snapshots: Snapshots
    _due: float = field(default=0.0, init=False)
    _writing: threading.Thread = field(default_factory=threading.Thread, init=False)

    def run_if_due(self) -> None:
        """Do it when INTERVAL_S seconds have passed since the last time."""
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + INTERVAL_S
        self.tracker.give_up_waiting()
        if self.recorder.waits and not self._writing.is_alive():
            self._writing = threading.Thread(target=self.recorder.try_again, name="writing", daemon=True)
            self._writing.start()
        self._look_at_capture()
        self._update_snapshots()
        self.alerts.tick(listening=any(s.state in _LISTENING for s in self.connections.statuses().values()))
        self.schemas.start()

    def _look_at_capture(self) -> None:
        """See what another monitor has added to a file, and whether the server of an archive answers."""
        if self.following.active:
            connected = {s.connection_id for s in self.connections.statuses().values() if s.state in _LISTENING}
            self.following.check(settings for settings in self.connections.all() if settings.id in connected)
        elif newest := self.capture.count_more():
            self.filter_thread.stored(newest + 1, [])

    def _update_snapshots(self) -> None:
        schemas = dict.fromkeys(found.path for found in self.catalogue.types())
        self.snapshots.update(self.capture.current, self.connections.all(), self.profiles.all(), schemas)

    def stop(self) -> list[threading.Thread]:
        """Return the thread that writes what waited, if it has not ended yet."""
        return alive([self._writing])
