"""Work on captures for the window's tests: what is asked for is written down, and done when a test says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.columns import DEFAULT_COLUMNS
from clacks_monitor.session.notices import JobEnded, JobKind, JobResult

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence
    from pathlib import Path

    from clacks_monitor.core.columns import AnyColumn
    from clacks_monitor.session.captures.capture_work import ExportFormat, TableTexts
    from tests.helpers.fake_session import FakeSession


class FakeWork:
    """``asked`` are the jobs in their order: what was wanted, and its arguments. A job's number is its place."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self.busy = False
        self.asked: list[tuple[object, ...]] = []
        self.cancelled: list[int] = []

    def _job(self, *what: object) -> int:
        self.asked.append(what)
        return len(self.asked)

    def cancel(self, job: int) -> None:
        self.cancelled.append(job)

    def new(self) -> int:
        return self._job(JobKind.OPEN, "new")

    def open(self, address: Path | str, *, read_only: bool = False) -> int:
        return self._job(JobKind.OPEN, address, read_only)

    def save_as(self, path: Path) -> int:
        return self._job(JobKind.SAVE, path)

    def save_entries(self, path: Path, sequences: array[int]) -> int:
        return self._job(JobKind.SAVE_ENTRIES, path, list(sequences))

    def export(
        self,
        path: Path,
        form: ExportFormat,
        sequences: array[int],
        *,
        columns: Sequence[AnyColumn] = DEFAULT_COLUMNS,
        texts: TableTexts | None = None,
        bodies: bool = False,
    ) -> int:
        del columns, texts
        return self._job(JobKind.EXPORT, path, form, list(sequences), bodies)

    def copy(self, form: ExportFormat, sequences: Sequence[int], columns: Sequence[AnyColumn]) -> int:
        del columns
        return self._job(JobKind.COPY, form, list(sequences))

    def split(self, at_ns: int, before: Path, after: Path) -> int:
        return self._job(JobKind.SPLIT, at_ns, before, after)

    def import_file(self, path: Path) -> int:
        return self._job(JobKind.IMPORT, path)

    def merge(self, paths: Sequence[Path], target: Path) -> int:
        return self._job(JobKind.MERGE, list(paths), target)

    def recover(self, damaged: Path, target: Path) -> int:
        return self._job(JobKind.RECOVER, damaged, target)

    # -- what tests do -------------------------------------------------------------------------------------------------

    def end(self, result: JobResult | None = None, *, problem: str = "", cancelled: bool = False) -> None:
        """Let the latest job end."""
        kind = JobKind(str(self.asked[-1][0]))
        self._session.notify([JobEnded(len(self.asked), kind, problem, cancelled, result or JobResult())])
