"""Work of the compose window that must not be lost: on a thread, one piece after the other.

Owner: the pane that wants it done. Thread: the window's, but for the work itself, which must not touch widgets.
"""

from __future__ import annotations

import contextlib
import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from clacks_monitor.core.ending import Worker

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

_log = logging.getLogger(__name__)


class Errands(QObject):
    """Does everything that was asked for, in that order; `LatestTask` is for what only the newest matters of."""

    _finished = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._worker = Worker(name)
        self._left = 0
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a result is still awaited."""
        return self._left > 0

    def do(self, work: Callable[[], object], receive: Callable[[object], None]) -> None:
        """Do ``work`` on the thread and hand its result to ``receive`` on the window's: None for an error, logged."""
        self._left += 1
        self._worker.submit(partial(self._run, work, receive))

    def _run(self, work: Callable[[], object], receive: Callable[[object], None]) -> None:
        result = None
        try:
            result = work()
        except Exception:  # noqa: BLE001 - it must not cost the thread, on which other work waits
            _log.exception("%s failed", self._name)
        with contextlib.suppress(RuntimeError):  # the window is gone
            self._finished.emit(receive, result)

    @Slot(object, object)
    def _on_finished(self, receive: Callable[[object], None], result: object) -> None:
        self._left -= 1
        receive(result)

    def stop(self) -> list[threading.Thread]:
        """Take nothing more; return the thread as long as it is about: it ends when all that waits is done."""
        return self._worker.finish()
