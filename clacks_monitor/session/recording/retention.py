"""Drops what is older than is kept: of an archive in whole partitions, on a thread of its own; of a capture entries."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Self

from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.messages import counted
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

EVERY_S = 3600.0
_GOODBYE_S = 1.0


class ArchiveRetention:
    """A context. ``drop`` drops what is older than a time and returns how many entries that were."""

    def __init__(
        self, drop: Callable[[int], int], age_s: float, leads: Callable[[], bool], log: Callable[[str], None]
    ) -> None:
        self._drop, self._age_s, self._leads, self._log = drop, age_s, leads, log
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="retention", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        wait_for([self._thread], _GOODBYE_S)

    def _run(self) -> None:
        pause_s = 1.0
        while not self._ended.wait(pause_s):
            if self._leads():
                self.apply()
                pause_s = EVERY_S

    def apply(self) -> None:
        """Drop now."""
        try:
            count = self._drop(time.time_ns() - int(self._age_s * 1e9))
        except StorageError as error:
            self._log(f"Old entries are not dropped: {error}")
        else:
            if count:
                self._log(f"{counted(count, 'old entry', 'old entries')} dropped.")
