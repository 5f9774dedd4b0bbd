"""The whole program with a large capture open, for benchmarks.capture: the real application, session and filter.

Owner: the benchmark's child process. Thread: main. It opens the file as an operator does, in a window that stands
already, jumps about in the table, filters, cancels, and tells how long the event loop was away.
"""

from __future__ import annotations

import random
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from benchmarks.capture import OLDEST
from benchmarks.stalls import BEAT_S, Stalls
from clacks_monitor.app import build_session
from clacks_monitor.core.folders import Folders
from clacks_monitor.gui.application import Application, Options
from clacks_monitor.session import notices as n
from clacks_monitor.xquery import compile_query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clacks_monitor.session.notices import FilterProgress
    from clacks_monitor.session.session import Session

QUERY = "declare namespace e='http://www.gonicus.de/Events'; ./e:Event/e:PhoneStatus/e:Status = 'busy'"
OTHER = "declare namespace e='http://www.gonicus.de/Events'; ./e:Event/e:PhoneStatus/e:Status = 'free'"
JUMPS = 400
SCREEN = 25
PATIENCE_S = 120.0


class _Beat(QObject):
    """How late the event loop is."""

    def __init__(self) -> None:
        super().__init__()
        self._stalls = Stalls()
        self._timer = QTimer(self, interval=round(1000 * BEAT_S), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)

    def start(self) -> None:
        self._stalls.start()
        self._timer.start()

    def stop(self) -> Stalls:
        self._timer.stop()
        self._stalls.beat()  # a stall that has not ended yet is one too
        return self._stalls

    @Slot()
    def _on_beat(self) -> None:
        self._stalls.beat()


class Measured:
    """One run in one window."""

    def __init__(self, folder: Path) -> None:
        self._app = QApplication([])
        self._folder = folder
        self._tick = QTimer(interval=round(1000 * BEAT_S))
        self._tick.start()
        self._application = Application(self._app, self, Options(folder / "state", language="en", size=(1280, 800)))
        self._application.start()
        self._application.deferred.finish()
        self._session = self._application.session
        self._window = self._application.window
        self._finished = 0
        self._application.bridge.listen(n.FilterProgress, self._progressed)

    def prepare(self) -> None:
        """Load the compiler of queries, as the program does; how fast the window opens is for another benchmark."""
        compile_query("true()")

    def demonstrate(self) -> str:
        """Nobody asks for it here."""
        return ""

    def build(self, wake: Callable[[], None], language: str) -> Session:
        """Return the session that is measured."""
        return build_session(Folders.below(self._folder), wake=wake, language=language)

    def _progressed(self, notice: FilterProgress) -> None:
        if notice.finished:
            self._finished = notice.generation

    def _until(self, condition: Callable[[], bool]) -> None:
        end = time.perf_counter() + PATIENCE_S
        while not condition():
            if time.perf_counter() > end:
                raise TimeoutError("the window did not get there")
            # Wait as a window does: asking again and again would take the interpreter away from what is measured.
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _filtered(self) -> bool:
        return self._finished == self._session.filtering.generation

    def run(self, path: Path) -> dict[str, float]:
        """Return the figures: seconds, milliseconds and megabytes as the names say."""
        beat = _Beat()
        beat.start()
        start = time.perf_counter()
        opening = threading.Thread(target=self._session.capture.offered.open, args=(path,))  # as the window does
        opening.start()
        self._until(lambda: not opening.is_alive())
        self._session.capture.adopt(path)
        rows = self._window.panes.table.events
        self._until(lambda: rows.rowCount() >= min(SCREEN, self._session.counters().received))
        self._window.panes.table.viewport().repaint()
        figures = {"open_s": time.perf_counter() - start}
        self._until(self._filtered)
        figures["open_stall_max_ms"] = beat.stop().max_ms()
        figures |= self._jumps()
        figures |= self._find()
        figures |= self._sorted()
        figures |= self._refilter(beat)
        figures |= self._cores()
        figures["rss_mb"] = self._memory() / 1e6
        self._application.stop()
        return figures

    @staticmethod
    def _memory() -> int:
        """Return the resident bytes of this process and those that it has started: the whole program."""
        own = psutil.Process()
        memory = own.memory_info().rss
        for child in own.children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # a worker may end while it is looked at
                memory += child.memory_info().rss
        return memory

    def _find(self) -> dict[str, float]:
        """Find a text that only the oldest entry has, by hand of the bar."""
        window = self._window
        window.frame.commands["find"].trigger()
        window.panes.find_bar.line.setText(f"client-{OLDEST} leaves")
        start = time.perf_counter()
        window.panes.find_bar.changed.emit()
        self._until(lambda: window.controllers.finding.matches.finished)
        figures = {"find_s": time.perf_counter() - start}
        if len(window.controllers.finding.matches) != 1:
            raise RuntimeError(f"one entry has the text, {len(window.controllers.finding.matches)} were found")
        window.panes.find_bar.dismiss()
        return figures

    def _jump_times(self) -> tuple[list[float], list[float]]:
        """Return the milliseconds of random jumps, each to a row that is then on the screen, painted.

        First as a clock has them, then those of the window's thread: what is longer by the clock alone is what other
        programs, or other threads of this one, took of the processor meanwhile.
        """
        table, chance = self._window.panes.table, random.Random(1)
        bar, times, own = table.verticalScrollBar(), list[float](), list[float]()
        for number in range(JUMPS):
            start, start_own = time.perf_counter(), time.thread_time()
            if number % 2:
                bar.setValue(chance.randint(bar.minimum(), bar.maximum()))
            else:
                position = chance.randrange(table.events.rowCount())
                table.go_to(table.events.store.sequence_at(position))
            table.viewport().repaint()
            times.append((time.perf_counter() - start) * 1000)
            own.append((time.thread_time() - start_own) * 1000)
            self._app.processEvents()
        return sorted(times), sorted(own)

    def _jumps(self) -> dict[str, float]:
        times, own = self._jump_times()
        p99 = int(len(times) * 0.99)
        return {"jump_p50_ms": times[len(times) // 2], "jump_p99_ms": times[p99], "jump_cpu_p99_ms": own[p99]}

    def _sorted(self) -> dict[str, float]:
        """Sort by the summary, jump, and go back to the order of arrival."""
        table, beat = self._window.panes.table, _Beat()
        beat.start()
        start = time.perf_counter()
        table.sortByColumn(2, table.horizontalHeader().sortIndicatorOrder())
        self._until(lambda: table.events.store.order is not None)
        figures = {"sort_s": time.perf_counter() - start}
        figures["sort_stall_max_ms"] = beat.stop().max_ms()
        times, _own = self._jump_times()
        figures["sorted_jump_p99_ms"] = times[int(len(times) * 0.99)]
        table.sortByColumn(0, table.horizontalHeader().sortIndicatorOrder())
        return figures

    def _refilter(self, beat: _Beat) -> dict[str, float]:
        """Filter everything through the session; give up half-way; let the beat tell what the window felt."""
        filtering, rows = self._session.filtering, self._window.panes.table.events
        beat.start()
        start = time.perf_counter()
        filtering.apply(QUERY)
        wanted = filtering.generation
        self._until(lambda: rows.generation == wanted and rows.rowCount() >= SCREEN)
        first = time.perf_counter() - start
        self._until(self._filtered)
        figures = {"refilter_s": time.perf_counter() - start, "first_ms": first * 1000}
        figures["matches"] = rows.rowCount()
        filtering.apply(OTHER)
        self._until(lambda: rows.generation == filtering.generation and rows.rowCount() > SCREEN)
        start = time.perf_counter()
        filtering.apply(QUERY)
        self._until(lambda: rows.generation == filtering.generation)
        figures["cancel_ms"] = (time.perf_counter() - start) * 1000
        self._until(self._filtered)
        return figures | beat.stop().figures("refilter_stall")

    def _cores(self) -> dict[str, float]:
        """Filter by queries that were never asked, on all cores and on one, and by one that was asked before."""
        workers, figures = self._session.filtering.workers, dict[str, float]()
        count = workers.count if workers is not None else 0
        for name, processes, query in (
            ("all_cores", count, f"{QUERY} (: a :)"),
            ("one_core", 0, f"{QUERY} (: b :)"),
            ("again", count, f"{QUERY} (: a :)"),
        ):
            if workers is not None:
                workers.count = processes
            start = time.perf_counter()
            self._session.filtering.apply(query)
            self._until(self._filtered)
            figures[f"refilter_{name}_s"] = time.perf_counter() - start
        return figures
