"""Work of the compose window that may take long: on a thread, the newest only.

Owner: the compose window. Thread: the window's, but for the work itself, which must not touch widgets.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from clacks_monitor.core.ending import alive

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)


class LatestTask(QObject):
    """Does one piece of work after the other; what was asked for before the newest one is dropped.

    ``begin`` takes the work and what to do with its result on the window's thread.
    """

    _finished = Signal(int, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._lock = threading.Lock()
        self._number = 0
        self._waiting: tuple[int, Callable[[], object]] | None = None
        self._thread: threading.Thread | None = None
        self._receive: Callable[[object], None] = _ignore
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a result is still awaited."""
        return self._receive is not _ignore

    def begin(self, work: Callable[[], object], receive: Callable[[object], None]) -> None:
        """Do ``work`` on the thread and hand its result, None if it failed, to ``receive`` on the window's."""
        self._number += 1
        self._receive = receive
        with self._lock:
            self._waiting = (self._number, work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if self._waiting is None:
                    self._thread = None
                    return
                number, work = self._waiting
                self._waiting = None
            result = result_of(work, self._name)
            with contextlib.suppress(RuntimeError):  # the window is gone
                self._finished.emit(number, result)

    @Slot(int, object)
    def _on_finished(self, number: int, result: object) -> None:
        if number == self._number:
            receive, self._receive = self._receive, _ignore
            receive(result)

    def cancel(self) -> None:
        """Drop what is awaited; the work that is under way ends by itself."""
        self._number += 1
        self._receive = _ignore
        with self._lock:
            self._waiting = None

    def stop(self) -> list[threading.Thread]:
        """Drop what is awaited; return the thread as long as it is about, which ends by itself."""
        self.cancel()
        thread = self._thread
        return [] if thread is None else alive([thread])


def result_of(work: Callable[[], object], name: str) -> object:
    """Do a piece of work; return None where it fails, which is logged and must not cost the thread."""
    try:
        return work()
    except Exception:  # noqa: BLE001 - see above
        _log.exception("%s failed", name)
        return None


def _ignore(_result: object) -> None:
    """Do nothing with a result."""
