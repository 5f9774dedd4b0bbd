"""Runs long work on captures as jobs, each on a thread of its own, with progress and cancellation.

Progress and results are reported by notices. A job that is cancelled or fails leaves no unfinished file under the name
of its target. Owner: the session's thread.
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
"""Called with the amount that is done and the total; returns False when the work is to stop."""


class CancelledError(Exception):
    """The work was cancelled."""


def follow(work: Work, report: Report) -> None:
    """Do the work and report its progress. Raises CancelledError when ``report`` returns False."""
    try:
        for step in work:
            if not report(step.done, step.total):
                raise CancelledError
    finally:
        work.close()


class _Job(threading.Thread):
    """One job."""

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
        """Call ``run`` on a new thread; return the job's number."""
        self._running = {number: job for number, job in self._running.items() if job.is_alive()}
        number = next(self._numbers)
        job = self._running[number] = _Job(number, kind, run, self._notify)
        job.start()
        return number

    @property
    def busy(self) -> bool:
        """Whether a job is running."""
        return any(job.is_alive() for job in self._running.values())

    def cancel(self, number: int) -> None:
        """Ask a job to stop; its end is reported by a JobEnded."""
        job = self._running.get(number)
        if job is not None:
            job.cancelled.set()

    def stop(self) -> list[threading.Thread]:
        """Cancel all jobs; return the threads that have not ended yet."""
        for job in self._running.values():
            job.cancelled.set()
        return alive(self._running.values())
