"""Brings the session's notices to the window: from any thread, in batches, as signals.

``wake`` is what the session calls on its threads; it only emits a signal that is queued to a slot here. Notices are
then taken at most every INTERVAL_MS, rows that belong together joined, so ten thousand events a second are a dozen
insertions. Owner: the application. Thread: the window's, but for ``wake``.
"""

from __future__ import annotations

import time
from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from clacks_monitor.session import notices as n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

INTERVAL_MS = 80

_SIGNALS: dict[type[object], str] = {
    n.ViewReset: "view_reset",
    n.ViewRows: "view_rows",
    n.FilterProgress: "filter_progress",
    n.FilterFault: "filter_fault",
    n.Checked: "checked",
    n.DryRun: "dry_run",
    n.Annotated: "annotated",
    n.Verdicts: "verdicts",
    n.Matches: "matches",
    n.Ordered: "ordered",
    n.Edges: "edges",
    n.Counted: "counted",
    n.JobProgress: "job_progress",
    n.JobEnded: "job_ended",
    n.ReplayProgress: "replay_progress",
    n.StatusChanged: "status_changed",
    n.PasswordWanted: "password_wanted",
    n.Sent: "sent",
    n.ProfilesChanged: "profiles_changed",
    n.ConnectionsChanged: "connections_changed",
    n.TypesChanged: "types_changed",
    n.CaptureChanged: "capture_changed",
    n.Alarm: "alarm",
    n.SamplesTried: "samples_tried",
    n.BoardShown: "board_shown",
    n.Trouble: "trouble",
}


class Bridge(QObject):
    """One signal for each kind of notice; each carries the notice."""

    view_reset = Signal(object)
    view_rows = Signal(object)
    filter_progress = Signal(object)
    filter_fault = Signal(object)
    checked = Signal(object)
    dry_run = Signal(object)
    annotated = Signal(object)
    verdicts = Signal(object)
    matches = Signal(object)
    ordered = Signal(object)
    edges = Signal(object)
    counted = Signal(object)
    job_progress = Signal(object)
    job_ended = Signal(object)
    replay_progress = Signal(object)
    status_changed = Signal(object)
    password_wanted = Signal(object)
    sent = Signal(object)
    profiles_changed = Signal(object)
    connections_changed = Signal(object)
    types_changed = Signal(object)
    capture_changed = Signal(object)
    alarm = Signal(object)
    samples_tried = Signal(object)
    board_shown = Signal(object)
    trouble = Signal(object)
    delivered = Signal()
    """After each batch."""

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take: Callable[[], list[n.Notice]] | None = None
        self._delivered_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.deliver)
        self._woken.connect(self._schedule, Qt.ConnectionType.QueuedConnection)

    def wake(self) -> None:
        """Say that notices wait. Any thread."""
        self._woken.emit()

    def attach(self, take: Callable[[], list[n.Notice]]) -> None:
        """Take notices from here on, beginning with those that wait already."""
        self._take = take
        self._timer.start()

    def detach(self) -> None:
        """Take nothing more."""
        self._take = None
        self._timer.stop()

    @Slot()
    def _schedule(self) -> None:
        """Deliver at once after a quiet time: what the user has asked for is not to wait for a batch."""
        if self._take is not None and not self._timer.isActive():
            quiet_ms = round((time.monotonic() - self._delivered_at) * 1000)
            self._timer.start(max(0, INTERVAL_MS - quiet_ms))

    @Slot()
    def deliver(self) -> None:
        """Take what waits and tell it."""
        if self._take is None:
            return
        self._delivered_at = time.monotonic()
        for notice in joined(self._take()):
            getattr(self, _SIGNALS[type(notice)]).emit(notice)
        self.delivered.emit()


def joined(notices: Iterable[n.Notice]) -> Iterator[n.Notice]:
    """Join neighbouring rows of one generation, and leave out progress that is overtaken.

    Older rows that refiltering found come newest chunk first, so a later chunk belongs before an earlier one;
    progress notices between them do not separate them.
    """
    waiting: list[n.ViewRows] = []
    progress: n.FilterProgress | None = None
    for notice in notices:
        if isinstance(notice, n.FilterProgress):
            progress = notice
            continue
        if isinstance(notice, n.ViewRows):
            if waiting and (waiting[0].generation, waiting[0].at_start) != (notice.generation, notice.at_start):
                yield _one(waiting)
                waiting = []
            waiting.append(notice)
            continue
        yield from _flushed(waiting, progress)
        waiting, progress = [], None
        yield notice
    yield from _flushed(waiting, progress)


def _flushed(waiting: Sequence[n.ViewRows], progress: n.FilterProgress | None) -> Iterator[n.Notice]:
    if waiting:
        yield _one(waiting)
    if progress is not None:
        yield progress


def _one(parts: Sequence[n.ViewRows]) -> n.ViewRows:
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    sequences = array("q")
    tints = bytearray()
    for part in reversed(parts) if first.at_start else parts:
        sequences.extend(part.sequences)
        tints.extend(part.tints)
    return n.ViewRows(first.generation, sequences, bytes(tints), first.at_start)
