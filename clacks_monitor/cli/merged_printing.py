"""Brings what several archives deliver into the order of time before it is printed. Threads: one of its own."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Protocol, Self

from clacks_monitor.core.ending import wait_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from clacks_monitor.core.event import Entry

HOLD_S = 0.25
"""Seconds that an entry waits for earlier ones of other archives: longer than an archive takes to announce one."""
_GOODBYE_S = 1.0


class EntryPrinter(Protocol):
    """Prints entries and messages. Any thread may call it."""

    def put(self, items: Sequence[Entry | str]) -> None:
        """Add something to print."""

    def wait_until_printed(self, seconds: float) -> bool:
        """Wait so long at most; return whether all that was put is printed."""

    def stop(self, status: int = 0) -> None:
        """Print no more, and end with an exit status."""


class MergedPrinter:
    """A context that holds entries for a while and gives them to a printer by their time; messages go at once."""

    def __init__(self, printer: EntryPrinter, hold_s: float = HOLD_S) -> None:
        self._printer, self._hold_s = printer, hold_s
        self._changed = threading.Condition()
        self._numbers = itertools.count()
        self._waiting: list[tuple[int, int, Entry]] = []
        self._due: deque[tuple[float, int]] = deque()
        """When each held entry has waited for long enough, and its time, in the order of arrival."""
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="merge", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        wait_for([self._thread], _GOODBYE_S)

    def put(self, items: Sequence[Entry | str]) -> None:
        """Hold entries. Any thread."""
        with self._changed:
            due = time.monotonic() + self._hold_s
            for item in items:
                if isinstance(item, str):
                    self._printer.put([item])
                else:
                    heapq.heappush(self._waiting, (item.wall_ns, next(self._numbers), item))
                    self._due.append((due, item.wall_ns))
            self._changed.notify_all()

    def wait_until_printed(self, seconds: float) -> bool:
        """Wait so long at most; return whether nothing is held and all is printed. Any thread but main."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._waiting, seconds):
                return False
        return self._printer.wait_until_printed(seconds)

    def stop(self, status: int = 0) -> None:
        """Print no more, and end with an exit status."""
        self._printer.stop(status)

    def _run(self) -> None:
        with self._changed:
            while not self._ended:
                if found := self._pop():
                    self._printer.put(found)
                    self._changed.notify_all()
                self._changed.wait(max(0.0, self._due[0][0] - time.monotonic()) if self._due else None)

    def _pop(self) -> list[Entry]:
        """Remove what has waited for long enough, and all that is earlier."""
        now, until = time.monotonic(), None
        while self._due and self._due[0][0] <= now:
            _due, wall = self._due.popleft()
            until = wall if until is None else max(until, wall)
        found: list[Entry] = []
        while until is not None and self._waiting and self._waiting[0][0] <= until:
            found.append(heapq.heappop(self._waiting)[2])
        return found
