"""The window under load, for benchmarks.ingest: the real application, with a timer that measures its event loop.

Owner: the benchmark's child process. Thread: main.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from benchmarks import ingest
from benchmarks.stalls import BEAT_S, Stalls
from clacks_monitor.gui.application import Application, Options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clacks_monitor.session.session import Session


class Measured(QObject):
    """Opens the window on a publisher, waits until every event is shown, and tells rate, loss and stalls."""

    def __init__(self, address: str, progress: ingest.Progress, count: int, folder: Path) -> None:
        super().__init__()
        self._app = QApplication([])
        self._address, self._count, self._folder = address, count, folder
        self._stalls = Stalls()
        self._progress = progress
        self._cpu = 0.0
        self._first_rss = 0
        self._beat = QTimer(self, interval=round(1000 * BEAT_S), timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)

    def prepare(self) -> None:
        """Import nothing ahead: how fast the window opens is another benchmark's business."""

    def demonstrate(self) -> str:
        """Nobody asks for it here."""
        return ""

    def build(self, wake: Callable[[], None], _language: str) -> Session:
        """Return the session that is measured."""
        session = ingest.make_session(self._folder, wake=wake)
        ingest.connect(session, self._address)
        return session

    def run(self) -> dict[str, float]:
        """Return events per second, the events lost, and how late the event loop was in milliseconds."""
        options = Options(self._folder / "state", language="en", size=(1280, 800), awaits=True)
        self._application = Application(self._app, self, options)
        self._application.start()
        self._application.deferred.finish()
        self._process = psutil.Process()
        self._cpu = time.process_time()
        self._beat.start()
        self._app.exec()
        seconds = ingest.seconds_from_first(self._application.session, self._progress.last)
        self._application.stop()
        rss = self._process.memory_info().rss
        return {
            "rate": self._count / seconds,
            "lost": ingest.missing(self._folder / "ingest.capture", self._count),
            **self._stalls.figures("stall"),
            "cpu_us": 1e6 * self._cpu / self._count,
            "rss_mb": rss / 1e6,
            "grown_mb": (rss - self._first_rss) / 1e6,
        }

    @Slot()
    def _on_beat(self) -> None:
        rows = self._application.window.panes.table.events.rowCount()
        # The first events come when the window stands: opening it is another benchmark's business.
        if self._stalls:
            self._stalls.beat()
        elif self._application.session.counters().received:
            self._stalls.start()
            self._stalls.beat()
        if not self._first_rss and rows >= self._count // 4:
            self._first_rss = self._process.memory_info().rss
        if self._progress.ended(rows):
            self._cpu = time.process_time() - self._cpu
            self._beat.stop()
            self._app.quit()
