"""Brings the session's notices from any thread to listeners in the window, in batches.

``wake`` is called by the session on its threads; it only emits a signal that is queued to a slot of the bridge. The
notices are then received at most every INTERVAL_MS, neighbouring rows joined, so ten thousand events a second become
a dozen insertions. Owner: the application. Thread: the window's, except ``wake``.
"""

from __future__ import annotations

import time
from array import array
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from clacks_monitor.session import notices as n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

INTERVAL_MS = 80

N = TypeVar("N", bound=n.Notice)


class _Channel(QObject):
    """The notices of one class."""

    received = Signal(object)


class Bridge(QObject):
    """``listen`` registers a slot for a class of notices. ``delivered`` comes after each batch."""

    delivered = Signal()
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receive: Callable[[], list[n.Notice]] | None = None
        self._channels: dict[type[object], _Channel] = {}
        self._delivered_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.deliver)
        self._woken.connect(self._schedule, Qt.ConnectionType.QueuedConnection)

    def listen(self, kind: type[N], slot: Callable[[N], object] | Callable[[], object]) -> None:
        """Call ``slot``, a QObject's method, with each notice of that class until its object is destroyed."""
        if kind not in self._channels:
            self._channels[kind] = _Channel(self)
        self._channels[kind].received.connect(slot)

    def wake(self) -> None:
        """Announce that notices are waiting. Any thread."""
        self._woken.emit()

    def attach(self, receive: Callable[[], list[n.Notice]]) -> None:
        """Deliver what ``receive`` returns from now on, beginning with the notices that are waiting already."""
        self._receive = receive
        self._timer.start()

    def detach(self) -> None:
        """Stop delivering."""
        self._receive = None
        self._timer.stop()

    @Slot()
    def _schedule(self) -> None:
        """Deliver at once after a quiet time, so that the answer to a command does not wait for a batch."""
        if self._receive is not None and not self._timer.isActive():
            quiet_ms = round((time.monotonic() - self._delivered_at) * 1000)
            self._timer.start(max(0, INTERVAL_MS - quiet_ms))

    @Slot()
    def deliver(self) -> None:
        """Pass the waiting notices to their listeners."""
        if self._receive is None:
            return
        self._delivered_at = time.monotonic()
        for notice in joined(self._receive()):
            self.notify(notice)
        self.delivered.emit()

    def notify(self, notice: n.Notice) -> None:
        """Pass one notice to its listeners."""
        channel = self._channels.get(type(notice))
        if channel is not None:
            channel.received.emit(notice)


def joined(notices: Iterable[n.Notice]) -> Iterator[n.Notice]:
    """Join neighbouring rows of one generation, and leave out progress that newer progress replaces.

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
    folded, repeated = list[int](), list[int]()
    for part in reversed(parts) if first.at_start else parts:
        sequences.extend(part.sequences)
        tints.extend(part.tints)
        folded += part.folded
        repeated += part.repeated
    return n.ViewRows(first.generation, sequences, bytes(tints), first.at_start, folded, repeated)
