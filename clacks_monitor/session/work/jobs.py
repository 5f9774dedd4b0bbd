"""Long work on captures, each piece on a thread of its own, with progress and a way out.

Owner: the session's thread. How far a job is and how it ended are told by notices; a cancelled or failed job leaves
nothing half-done under the name that it was to write.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import alive
from clacks_monitor.core.storage_errors import ReadingStoppedError, StorageError
from clacks_monitor.session.notices import JobEnded, JobKind, JobProgress, JobResult

if TYPE_CHECKING:
    from clacks_monitor.core.progress import Work
    from clacks_monitor.session.notices import Notify

NOTIFY_S = 0.1

Report = Callable[[int, int], bool]
"""Takes how much of how much is done; False means stop."""


class CancelledError(Exception):
    """Whoever started the work does not want it any more."""


def follow(work: Work, report: Report) -> None:
    """Do work that tells its progress; raises CancelledError when it is not wanted any more."""
    try:
        for step in work:
            if not report(step.done, step.total):
                raise CancelledError
    finally:
        work.close()


class _Job(threading.Thread):
    """One piece of work."""

    def __init__(self, number: int, kind: JobKind, run: Callable[[Report], JobResult], notify: Notify) -> None:
        super().__init__(name=f"job {kind}", daemon=True)
        self._number = number
        self._kind = kind
        self._do = run
        self._notify = notify
        self._notified = 0.0
        self.cancelled = threading.Event()

    def run(self) -> None:
        problem, result = "", JobResult()
        try:
            result = self._do(self._report)
        except (CancelledError, ReadingStoppedError):
            self.cancelled.set()
        except OSError as error:
            problem = str(error) if isinstance(error, StorageError) else f"{error.filename}: {error.strerror}."
        except Exception as error:  # noqa: BLE001 - an error of any kind is shown to the operator
            problem = f"{type(error).__name__}: {error}"
        self._notify([JobEnded(self._number, self._kind, problem, self.cancelled.is_set(), result)])

    def _report(self, done: int, total: int) -> bool:
        now = time.monotonic()
        if now - self._notified >= NOTIFY_S:
            self._notified = now
            self._notify([JobProgress(self._number, done, total)])
        return not self.cancelled.is_set()


class Jobs:
    """Starts and cancels jobs."""

    def __init__(self, notify: Notify) -> None:
        self._notify = notify
        self._numbers = itertools.count(1)
        self._running: dict[int, _Job] = {}

    def start(self, kind: JobKind, run: Callable[[Report], JobResult]) -> int:
        """Let ``run`` work on a thread; return the job's number."""
        self._running = {number: job for number, job in self._running.items() if job.is_alive()}
        number = next(self._numbers)
        job = self._running[number] = _Job(number, kind, run, self._notify)
        job.start()
        return number

    @property
    def busy(self) -> bool:
        """Whether any job is under way."""
        return any(job.is_alive() for job in self._running.values())

    def cancel(self, number: int) -> None:
        """Ask a job to stop; its end is told."""
        job = self._running.get(number)
        if job is not None:
            job.cancelled.set()

    def stop(self) -> list[threading.Thread]:
        """Cancel everything; return the threads that have not ended yet."""
        for job in self._running.values():
            job.cancelled.set()
        return alive(self._running.values())
