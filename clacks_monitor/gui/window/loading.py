"""What follows the first frame: steps, one after another, with the event loop between them.

The window is painted and takes keys by then. What needs no Qt is imported on a thread meanwhile, so that not even a
slow disk holds the window up. Owner: the application. Thread: the window's, but for ``prepare``.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot

from clacks_monitor.core.ending import alive, wait_for

if not TYPE_CHECKING:
    from clacks_monitor.core.overriding import override
else:
    from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.gui.window.window_frame import WindowFrame

FINISH_S = 60.0
UNSEEN_MS = 500
"""When a window that is never painted (minimised, covered) is not waited for any more."""


class Loading(QObject):
    """Runs ``prepare`` on a thread once the window is painted, then each step on the window's thread.

    ``painted`` comes with the window's first frame, and never again.
    """

    painted = Signal()
    _prepared = Signal()

    def __init__(self, window: WindowFrame, prepare: Callable[[], None], steps: Iterable[Callable[[], None]]) -> None:
        super().__init__(window)
        self._window = window
        self._steps = iter(steps)
        self._thread = threading.Thread(target=self._prepare, args=(prepare,), name="loading", daemon=True)
        self._prepared.connect(self.step, Qt.ConnectionType.QueuedConnection)
        window.installEventFilter(self)
        self._unseen = QTimer(self, interval=UNSEEN_MS, singleShot=True)
        self._unseen.timeout.connect(self._begin)
        self._unseen.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first frame: what follows runs when it is painted and the event loop is back."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._unseen.start(0)
            self.painted.emit()
        return False

    @Slot()
    def _begin(self) -> None:
        if self._thread.ident is None:
            self._thread.start()

    def _prepare(self, prepare: Callable[[], None]) -> None:
        try:
            prepare()
        finally:
            self._prepared.emit()

    @Slot()
    def step(self) -> None:
        """Take the next step; the event loop has a turn before the one after."""
        step = next(self._steps, None)
        if step is not None:
            step()
            QTimer.singleShot(0, self.step)

    def finish(self) -> None:
        """Take all steps at once, without waiting for the window to be painted: for tests."""
        self._unseen.stop()
        self._begin()
        wait_for([self._thread], FINISH_S)
        for step in self._steps:
            step()

    def stop(self) -> list[threading.Thread]:
        """Take no more steps: the window goes. Return the thread as long as it is about."""
        self._unseen.stop()
        self._steps = iter(())
        return alive([self._thread])
