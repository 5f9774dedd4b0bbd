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
from clacks_monitor.gui.application import Application, Options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clacks_monitor.session.session import Session

BEAT_MS = 5


class Measured(QObject):
    """Opens the window on a publisher, waits until every event is shown, and tells rate, loss and stalls."""

    def __init__(self, address: str, count: int, folder: Path) -> None:
        super().__init__()
        self._app = QApplication([])
        self._address, self._count, self._folder = address, count, folder
        self._late_ms: list[float] = []
        self._due = 0.0
        self._cpu = 0.0
        self._first_rss = 0
        self._finished = 0.0
        self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
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
        self._application.loading.finish()
        self._process = psutil.Process()
        self._cpu = time.process_time()
        self._due = time.perf_counter() + BEAT_MS / 1000
        self._beat.start()
        self._app.exec()
        seconds = ingest.seconds_from_first(self._application.session, self._finished)
        self._application.stop()
        late = sorted(self._late_ms)
        rss = self._process.memory_info().rss
        return {
            "rate": self._count / seconds,
            "lost": ingest.missing(self._folder / "ingest.capture", self._count),
            "stall_p99_ms": late[int(len(late) * 0.99)],
            "stall_max_ms": late[-1],
            "cpu_us": 1e6 * self._cpu / self._count,
            "rss_mb": rss / 1e6,
            "grown_mb": (rss - self._first_rss) / 1e6,
        }

    @Slot()
    def _on_beat(self) -> None:
        now = time.perf_counter()
        # The first events come when the window stands: opening it is another benchmark's business.
        if self._application.session.counters().received:
            self._late_ms.append(max(0.0, now - self._due) * 1000)
        self._due = now + BEAT_MS / 1000
        if not self._first_rss and self._application.window.table.events.rowCount() >= self._count // 4:
            self._first_rss = self._process.memory_info().rss
        if self._application.window.table.events.rowCount() >= self._count:
            self._finished = time.monotonic()
            self._cpu = time.process_time() - self._cpu
            self._beat.stop()
            self._app.quit()
