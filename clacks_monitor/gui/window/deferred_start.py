"""Deferred start-up: what follows the first frame, in steps with the event loop between them.

The window is painted and takes keys by then. What needs no Qt is imported on a thread meanwhile, so that not even a
slow disk delays the window; what only the compose window needs comes last. Owner: the application. Thread: the
window's, except where a method says otherwise.
"""

from __future__ import annotations

import importlib
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from typing_extensions import override

from clacks_monitor.core.ending import alive, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.session.sending.composing import Composing

FINISH_S = 60.0
UNSEEN_MS = 500
"""How long a window that is not painted (minimised, covered) is waited for."""
IDLE_MS = 2_000
"""How long after the start the compose window's modules are loaded."""


class DeferredStart(QObject):
    """Runs ``prepare`` on a thread once the window is painted, then each step on the window's thread.

    ``painted`` comes once, with the window's first frame.
    """

    painted = Signal()
    _prepared = Signal()

    def __init__(self, window: QWidget, prepare: Callable[[], None], steps: Iterable[Callable[[], None]]) -> None:
        super().__init__(window)
        self._window = window
        self._steps = iter(steps)
        self._thread = threading.Thread(target=self._prepare, args=(prepare,), name="deferred-start", daemon=True)
        self._prepared.connect(self.step, Qt.ConnectionType.QueuedConnection)
        window.installEventFilter(self)
        self._unseen = QTimer(self, interval=UNSEEN_MS, singleShot=True)
        self._unseen.timeout.connect(self._begin)
        self._unseen.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first frame; the thread starts when the event loop is back."""
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
        """Run the next step, and schedule the one after it."""
        step = next(self._steps, None)
        if step is not None:
            step()
            QTimer.singleShot(0, self.step)

    def finish(self) -> None:
        """Run all steps at once, without waiting for the window to be painted: for tests."""
        self._unseen.stop()
        self._begin()
        wait_for([self._thread], FINISH_S)
        for step in self._steps:
            step()

    def stop(self) -> list[threading.Thread]:
        """Run no more steps. Return the thread while it is alive."""
        self._unseen.stop()
        self._steps = iter(())
        return alive([self._thread])


class ComposePreload(QObject):
    """Loads on a thread what the first form needs: xmlschema and the schemas take 0.2 s, the modules 0.1 s."""

    def __init__(self, composing: Composing, parent: QObject | None = None, *, idle_ms: int = IDLE_MS) -> None:
        super().__init__(parent)
        self._thread = threading.Thread(target=_preload, args=(composing,), name="compose-preload", daemon=True)
        self._timer = QTimer(self, singleShot=True, interval=idle_ms)
        self._timer.timeout.connect(self._begin)

    def start(self) -> None:
        """Begin in ``idle_ms``."""
        self._timer.start()

    @Slot()
    def _begin(self) -> None:
        self._thread.start()

    def stop(self) -> list[threading.Thread]:
        """Begin nothing any more. Return the thread while it is alive."""
        self._timer.stop()
        return alive([self._thread])


def _preload(composing: Composing) -> None:
    importlib.import_module("clacks_monitor.gui.compose.window")
    composing.catalogue.warm_up()
