"""The first form without its wait: what it needs is imported and read while the window is idle.

xmlschema and the schemas take 0.2 s, the window's own modules 0.1 s; both on a thread, none of it before the
main window has been there for a while.
Owner: the application. Thread: the window's, but for what ``_prepare`` does.
"""

from __future__ import annotations

import importlib
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from clacks_monitor.core.ending import alive

if TYPE_CHECKING:
    from clacks_monitor.session.sending.composing import Composing

IDLE_MS = 2_000


class CompositionWarmUp(QObject):
    """``start`` it when the window is shown; ``stop`` it when the program ends."""

    def __init__(self, composing: Composing, parent: QObject | None = None, *, idle_ms: int = IDLE_MS) -> None:
        super().__init__(parent)
        self._thread = threading.Thread(target=_prepare, args=(composing,), name="warm-up", daemon=True)
        self._timer = QTimer(self, singleShot=True, interval=idle_ms)
        self._timer.timeout.connect(self._begin)

    def start(self) -> None:
        """Begin when the window has had time to come up."""
        self._timer.start()

    @Slot()
    def _begin(self) -> None:
        self._thread.start()

    def stop(self) -> list[threading.Thread]:
        """Begin nothing any more; return the thread as long as it is about."""
        self._timer.stop()
        return alive([self._thread])


def _prepare(composing: Composing) -> None:
    importlib.import_module("clacks_monitor.gui.compose.window")
    composing.warm_up()
