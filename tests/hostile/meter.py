"""How long the window's thread is away from its event loop, what it did meanwhile, and how much memory that took.

    with StallMeter() as meter:
        window.table.go_to(1)
        qtbot.waitUntil(...)
    assert meter.worst.net_ms <= meter.bar_ms, meter.worst

A timer beats every BEAT_MS on the window's thread. One long event handler is a gap between two beats of exactly its
length, told at most BEAT_MS too long: that is the resolution. Nothing is averaged, so no stall hides behind others
(coordinated omission).

On a busy machine a thread also waits for a processor. Linux counts that for each thread
(/proc/self/task/*/schedstat), and a stall's ``net_ms`` is without it: with a second program on the processor the same
work gives the same figure. While the thread sleeps - for a lock, or a thread that it has started - the waiting of the
process's other threads counts in the same way, to 20 ms. What is left of the machine, such as a slow disk, is for
best_of(), which takes the best of a few repeats.

A process beside it (watcher.py) asks where the thread is while a stall lasts, so a failure names the function. Where
the stall is another thread's fault, because that has the interpreter's lock, that thread is found where it lets go of
it.

Thread: the window's, which has to be the process's main thread.
"""

from __future__ import annotations

import faulthandler
import mmap
import os
import re
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from tests.hostile.watcher import LEFT_OUT_AT, WAITED_AT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType

BAR_MS = 100.0
"""The longest stall that a user does not notice as one."""
BEAT_MS = 2
MAX_GROWTH_MB = 1000.0
_PROGRAM = re.compile(r'File "[^"]*/(clacks_monitor/[^"]+)", line (\d+) in (\S+)')
_FRAME = re.compile(r'File "([^"]*)", line (\d+) in (\S+)')
_FRAMES, _PLACES = 3, 5
_SAMPLE_S = 0.02
_WAITING = ("threading.py", "selectors.py", "queue.py", "connection.py", "core/ending.py")


@dataclass(frozen=True, slots=True)
class Stall:
    """One time away from the event loop.

    ``wall_ms`` is its length, ``cpu_ms`` the thread's processor time in it, ``waited_ms`` how long the thread was
    ready to run and had no processor, or slept while other threads had none. ``where`` names the functions it was found
    in, the most frequent first, and ``others`` what other threads did: when ``cpu_ms`` is small, one of them may have
    had the interpreter's lock.
    """

    wall_ms: float = 0.0
    cpu_ms: float = 0.0
    waited_ms: float = 0.0
    where: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def net_ms(self) -> float:
        """Its length without the time that the machine had no processor for it."""
        return max(0.0, self.wall_ms - self.waited_ms)

    def __str__(self) -> str:
        place = f" in {self.where[0]}" if self.where else ""
        if self.others and self.cpu_ms < self.net_ms / 2:
            place += f" while another thread is in {self.others[0]}"
        return f"{self.net_ms:.0f} ms{place} (of {self.wall_ms:.0f} ms, {self.cpu_ms:.0f} ms on the processor)"


NO_STALL = Stall()


class StallMeter(QObject):
    """Measures between entering and leaving; start() begins anew. ``worst`` is the longest stall so far.

    The tracebacks go to ``log``, a file of the caller's that is there when the process is not.
    """

    def __init__(self, bar_ms: float = BAR_MS, *, log: IO[bytes] | None = None) -> None:
        super().__init__()
        self._log = log
        self._others: Counter[str] = Counter()
        self.bar_ms = bar_ms
        self.worst = NO_STALL
        self.beats = 0
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> Self:
        assert threading.current_thread() is threading.main_thread(), "faulthandler tells of the main thread only"
        self._schedule = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
        self._said: IO[bytes] = self._log or tempfile.TemporaryFile()
        faulthandler.register(signal.SIGUSR1, self._said, all_threads=False)
        with tempfile.NamedTemporaryFile() as page:
            page.truncate(mmap.PAGESIZE)
            self._page = mmap.mmap(page.fileno(), mmap.PAGESIZE)
            arguments = [page.name, str(os.getpid()), str(round(self.bar_ms * 1e6))]
            command = [sys.executable, "-ISE", str(Path(__file__).with_name("watcher.py")), *arguments]
            self._watcher = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            assert self._watcher.stdout is not None
            self._watcher.stdout.readline()  # it has the page: the file may go
        self._ended = threading.Event()
        self._sampler = threading.Thread(target=self._sample, name="stall meter", daemon=True)
        self._sampler.start()
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        self._timer.stop()
        self._ended.set()
        self._sampler.join()
        self._watcher.communicate()
        faulthandler.unregister(signal.SIGUSR1)
        if self._said is not self._log:
            self._said.close()
        self._page.close()
        os.close(self._schedule)

    def start(self) -> None:
        """Forget what was measured, and measure from now on."""
        self.worst, self.beats = NO_STALL, 0
        self._heard()
        self._note()
        self._timer.start()

    def stop(self) -> Stall:
        """Count the time since the last beat too, pause, and return the longest stall."""
        if self._timer.isActive():
            self._beat()
        self._timer.stop()
        struct.pack_into("=q", self._page, 0, 0)
        return self.worst

    def _waited(self) -> int:
        """Return the nanoseconds that this thread has waited for a processor since it began."""
        return int(os.pread(self._schedule, 100, 0).split()[1])

    def _note(self) -> None:
        self._cpu, self._queued, self._last = time.thread_time_ns(), self._waited(), time.monotonic_ns()
        (self._others_waited,) = struct.unpack_from("=q", self._page, WAITED_AT)
        struct.pack_into("=q", self._page, 0, self._last)

    @Slot()
    def _beat(self) -> None:
        now, last, cpu, queued = time.monotonic_ns(), self._last, self._cpu, self._queued
        others_waited = self._others_waited
        self.beats += 1
        self._note()
        wall, used, waited = now - last, self._cpu - cpu, self._queued - queued
        if wall > self.bar_ms * 1e6:
            self._look()  # the thread that had the lock until now is where it let go of it
            waited += max(0, min(wall - used - waited, self._others_waited - others_waited - waited))
        found = Stall(wall / 1e6, used / 1e6, waited / 1e6)
        if found.net_ms > self.worst.net_ms:
            where, others = self._heard() if found.wall_ms > self.bar_ms else ((), ())
            self.worst = Stall(found.wall_ms, found.cpu_ms, found.waited_ms, where, others)
        elif found.wall_ms > self.bar_ms:
            self._heard()  # it tells of this stall, not of the next

    def _heard(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return where this thread and the others were found since this was last asked."""
        size = os.fstat(self._said.fileno()).st_size
        self._said.seek(0)
        text = self._said.read(size).decode(errors="replace")
        self._said.seek(0)
        self._said.truncate()
        others, self._others = self._others, Counter()
        return places(text), tuple(name for name, _count in others.most_common(_PLACES))

    def _sample(self) -> None:
        """Note, while a stall lasts, what the other threads do. Runs on a thread of its own."""
        struct.pack_into("=q", self._page, LEFT_OUT_AT, threading.get_native_id())
        while not self._ended.wait(_SAMPLE_S):
            (beat,) = struct.unpack_from("=q", self._page)
            if beat and time.monotonic_ns() - beat > self.bar_ms * 1e6:
                self._look()

    def _look(self) -> None:
        """Note what the other threads do."""
        mine = {self._sampler.ident, threading.main_thread().ident}
        for thread, frame in sys._current_frames().items():
            where = _chain(frame) if thread not in mine else ""
            if where:
                self._others[where] += 1


def places(tracebacks: str) -> tuple[str, ...]:
    """Return the innermost functions of the program in faulthandler's tracebacks, the most frequent first."""
    found: Counter[str] = Counter()
    for text in tracebacks.split("(most recent call first):")[1:]:
        frames = [(Path(path).name, line, name) for path, line, name in _FRAME.findall(text)]
        found[
            " < ".join(f"{path}:{line} {name}" for path, line, name in (_PROGRAM.findall(text) or frames)[:_FRAMES])
        ] += 1
    return tuple(name for name, _count in found.most_common(_PLACES))


def _chain(frame: FrameType | None) -> str:
    """Return the innermost functions of the program, "" for a thread that waits or is none of the program's."""
    if frame is None or frame.f_code.co_filename.endswith(_WAITING):
        return ""
    found = list[str]()
    while frame is not None and len(found) < _FRAMES:
        _head, ours, path = frame.f_code.co_filename.rpartition("clacks_monitor/")
        if ours:
            found.append(f"{ours}{path}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(found)


def best_of(measure: Callable[[], Stall], *, repeats: int = 3, bar_ms: float = BAR_MS) -> Stall:
    """Return the shortest of a few measured stalls; one within the bar needs no repeat."""
    best = measure()
    for _ in range(repeats - 1):
        if best.net_ms <= bar_ms:
            break
        best = min(best, measure(), key=lambda stall: stall.net_ms)
    return best


class MemoryMeter:
    """How much the memory of this process and its children has grown at its peak since it was started."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Measure from now on."""
        # 5 sets the peak back to what is in use now.
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self._began = _peaks()

    @property
    def growth_mb(self) -> float:
        """Megabytes at the peak above those at the beginning."""
        grown = sum(max(0, peak - self._began.get(process, 0)) for process, peak in _peaks().items())
        return grown / 1024


def _peaks() -> dict[str, int]:
    """Return the kilobytes at the peak of this process and of each child that it has now, by process id."""
    own = os.getpid()
    children = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii").split()
    return {pid: _peak(pid) for pid in (str(own), *children)}


def _peak(pid: str) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0  # it has ended meanwhile
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) if found else 0
