"""Writes changes on a separate thread, so that the thread that changes something never waits for a disk.

What is saved is a thing with a method that writes its newest state, so one waiting write is enough for each thing,
whatever was changed in it meanwhile. A write begins at once when no other is under way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import alive
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Hashable

Write = Callable[[], object]
"""Writes the newest state of something. Raises StorageError."""
Save = Callable[["Hashable", Write], None]
"""Has something written; its first argument says what, for writes that wait."""


def at_once(_what: Hashable, write: Write) -> None:
    """Write on the caller's thread. Raises what the writing raises."""
    write()


class Saver:
    """Writes one thing after the other, in the order in which they were first changed. Any thread.

    ``failed`` is called with an error on the thread that writes, once for each reason until something is written again.
    """

    def __init__(self, failed: Callable[[StorageError], None]) -> None:
        self._failed = failed
        self._lock = threading.Lock()
        self._waiting: dict[Hashable, Write] = {}
        self._thread: threading.Thread | None = None
        self._said = ""

    def save(self, what: Hashable, write: Write) -> None:
        """Have ``what`` written; in the place of a write of it that waits."""
        with self._lock:
            self._waiting[what] = write
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="saving", daemon=True)
                self._thread.start()

    def stop(self) -> list[threading.Thread]:
        """Return the thread as long as it is about: it ends when all that waits is written."""
        return alive([self._thread])

    def _run(self) -> None:
        while (write := self._next()) is not None:
            try:
                write()
            except StorageError as error:
                if str(error) != self._said:
                    self._said = str(error)
                    self._failed(error)
            else:
                self._said = ""

    def _next(self) -> Write | None:
        with self._lock:
            if not self._waiting:
                self._thread = None
                return None
            return self._waiting.pop(next(iter(self._waiting)))
