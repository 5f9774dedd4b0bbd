"""Saving what can be saved of a damaged capture. Runs on the caller's thread; the damaged file is never touched.

Works on a copy: a head that was overwritten is replaced; where something cannot be read all the same, each page of the
file is looked at by itself, and then each entry where reading many at once fails. What is lost leaves a gap.
"""

from __future__ import annotations

import contextlib
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clacks_monitor.captures import opening, temporary
from clacks_monitor.captures.extract import append_noted, copy_snapshots, unfinished
from clacks_monitor.captures.reading import CaptureLocation
from clacks_monitor.captures.recovery.disk_space import copy_file, require_space, watching_space
from clacks_monitor.captures.recovery.numbers import bounds, outside, see_both_ends
from clacks_monitor.captures.recovery.page_one import is_cut_off, repair_page_one
from clacks_monitor.captures.recovery.page_scan import rebuild
from clacks_monitor.captures.recovery.tolerant_reader import TolerantReader
from clacks_monitor.captures.recovery.work_folder import work_folder
from clacks_monitor.core.capture_files import RecoveryReport
from clacks_monitor.core.event import Event, Gap, GapCause
from clacks_monitor.core.messages import Message, counted
from clacks_monitor.core.storage_errors import CaptureError, ReadingStoppedError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.captures.recovery.disk_space import Progress
    from clacks_monitor.captures.recovery.partial_rows import PartialRows
    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.core.event import Entry, Noted

STEP = 256
_LIGHT = 16 * 1024 * 1024
"""Bytes of bodies that wait to be written: 256 may unpack to gigabytes. After so many it can be cancelled, too."""


def recover(
    damaged: Path,
    target: Path,
    *,
    progress: Progress | None = None,
    noted_in: Path | None = None,
) -> RecoveryReport:
    """Write what can be read of ``damaged`` to a new capture ``target``.

    ``progress(done, total)`` gets entries and returns False to cancel (ReadingStoppedError). Raises CaptureError when
    nothing can be read or the disk is full, saying why. ``noted_in`` is a folder in which a program that is
    killed leaves where it worked, for work_folder.remove_left().
    """
    size = opening.must_be_file(damaged).st_size
    log = opening.beside(damaged, "-wal")
    with suppress(CaptureError):
        size += opening.must_be_file(log).st_size
    require_space(target.parent, size)
    go_on = watching_space(target.parent, progress)
    with work_folder(target.parent, noted_in) as folder:
        copy = folder / "damaged"
        try:
            copy_file(damaged, copy, go_on)
            if log.is_file():
                copy_file(log, opening.beside(copy, "-wal"), go_on)
        except OSError as error:
            if isinstance(error, StorageError):
                raise
            raise CaptureError(f"{damaged} cannot be read: {error.strerror}.") from error
        report = _best(copy, damaged, folder, go_on)
        temporary.remove(target)
        report.path.replace(target)
        return replace(report, path=target)


def _best(copy: Path, damaged: Path, folder: Path, progress: Progress) -> RecoveryReport:
    """Return the attempt that saved most. Raises CaptureError, ReadingStoppedError."""
    cut_off = is_cut_off(copy)
    read = _attempt(copy, damaged, folder / "read", progress, strict=True)
    if isinstance(read, _Attempt) and read.whole:
        return read.report
    # A page that leads to others may be the damaged one: look at each page by itself.
    rebuilt = folder / "rebuilt"
    partial = rebuild(copy, rebuilt, progress)
    if partial is None:
        raise ReadingStoppedError("Saving what can be saved was cancelled.")
    pages = _attempt(rebuilt, damaged, folder / "pages", progress)
    if isinstance(pages, _Attempt) and (isinstance(read, CaptureError) or pages.kept > read.kept):
        return replace(pages.report, notes=(*_notes_of(partial, cut_off=cut_off), *pages.report.notes))
    if isinstance(read, CaptureError):
        raise read
    return read.report


def _notes_of(partial: PartialRows, *, cut_off: bool) -> Iterator[str]:
    """Yield the notes on entries that were read page by page."""
    yield Message("The file was read page by page. Marks, comments and snapshots were recovered from undamaged pages.")
    if cut_off:
        yield Message("The end of the file is lost. The number of lost entries is unknown.")
    if partial.without_body:
        yield Message("Only the summary was recovered. Events: {0:,}.", partial.without_body)
    if partial.without_entry:
        many = partial.without_entry
        yield Message("Only the text was recovered, times may be estimated. Events: {0:,}.", many)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A run of recovery: ``kept`` is how many entries, notes and snapshots; ``whole`` that nothing was amiss."""

    report: RecoveryReport
    kept: tuple[int, int, int]
    whole: bool


def _attempt(
    copy: Path, damaged: Path, target: Path, progress: Progress, *, strict: bool = False
) -> _Attempt | CaptureError:
    """Save what can be read of a file that may be changed; return why nothing can, or with ``strict`` not all."""
    notes = repair_page_one(copy)
    repaired = len(notes)
    try:
        with contextlib.closing(_reader(copy, damaged)) as reader, unfinished(target) as capture:
            work = _Recovery(reader, capture, notes, progress, strict=strict)
            if strict:
                see_both_ends(copy)
            low, high = bounds(copy, notes)
            work.run((low, high))
            work.save_strays(outside(copy, low, high))
            notes += reader.losses
            report = RecoveryReport(target, work.saved, tuple(work.lost), tuple(notes))
            return _Attempt(report, (work.saved, work.noted, work.snapshots), not work.lost and len(notes) == repaired)
    except CaptureError as error:
        return error


def _reader(copy: Path, damaged: Path) -> TolerantReader:
    try:
        return TolerantReader(CaptureLocation(copy))
    except CaptureError as error:
        raise CaptureError(f"Nothing of {damaged} can be saved: {error}") from error


class _Recovery:
    """One run over a file: ``saved`` entries, ``noted`` of them with a mark or comment, ``lost`` spans."""

    def __init__(
        self, reader: TolerantReader, capture: Capture, notes: list[str], progress: Progress, *, strict: bool
    ) -> None:
        self._reader = reader
        self._strict = strict
        self._capture = capture
        self._notes = notes
        self._progress = progress
        self._marks: frozenset[int] = frozenset()
        self._comments: dict[int, str] = {}
        self._noted: Sequence[int] = ()
        self._last_ns = 0
        self._pending: list[Noted] = []
        self._bytes, self._done = 0, (0, 0)
        self.saved = self.noted = self.snapshots = 0
        self.lost: list[tuple[int, int]] = []

    def run(self, span: tuple[int, int]) -> None:
        self._read_notes()
        low, high = span
        first = low
        while first <= high:
            last = min(first + STEP - 1, high)
            before = self.saved
            self._save(first, last)
            if self.saved == before:
                last = self._leap(last, high)
            self._flush()
            self._go_on(last - low + 1, high - low + 1)
            first = last + 1
        if self.lost and self.lost[-1][1] == high:
            self._keep_gap(self._last_ns)
        self._keep_strays(range(low, high + 1))
        self._flush()
        self._keep_limits()

    def save_strays(self, numbers: Sequence[int]) -> None:
        """Save entries whose numbers no capture has; between them nothing is missing."""
        for start in range(0, len(numbers), STEP):
            for number in numbers[start : start + STEP]:
                try:
                    for sequence, entry in self._reader.entries([number]):
                        self._keep(sequence, entry)
                except CaptureError:
                    self._lose(number, number)
            self._flush()
            self._go_on(start, len(numbers))

    def _read_notes(self) -> None:
        try:
            self._marks, self._comments = frozenset(self._reader.notes.marks()), self._reader.notes.comments()
        except CaptureError:
            self._notes.append(Message("Marks and comments could not be read."))
        self._noted = sorted(self._marks | self._comments.keys())
        try:
            self.snapshots = copy_snapshots([self._reader.notes], self._capture)
        except CaptureError:
            self._notes.append(Message("Not all snapshots of connections, schemas and profiles could be read."))

    def _keep_limits(self) -> None:
        """Take over the limits that the capture was given; they are kept to when something is recorded into it."""
        with suppress(CaptureError):
            limits = self._reader.limits()
            if limits is not None:
                self._capture.remember_retention(limits)

    def _leap(self, last: int, high: int) -> int:
        """Skip a missing stretch, which a damaged number may make very long."""
        following = self._reader.following(last)
        if following > last + 1:
            self._lose(last + 1, min(following - 1, high))
            return min(following - 1, high)
        return last

    def _save(self, first: int, last: int) -> None:
        """Save a span; where it cannot be read as a whole, its halves, down to single entries."""
        entries, expected = self._reader.entries(range(first, last + 1)), first
        while True:
            try:
                found = next(entries, None)
            except CaptureError:
                if self._strict:
                    raise  # reading page by page gives everything that could still be read here
                self._save_in_two(expected, last)
                return
            if found is None:
                break
            sequence, entry = found
            if sequence > expected:
                self._lose(expected, sequence - 1)
            expected = sequence + 1
            self._keep(sequence, entry)
        if expected <= last:
            self._lose(expected, last)

    def _save_in_two(self, first: int, last: int) -> None:
        if first == last:
            self._lose(first, last)
        if first >= last:
            return
        middle = (first + last) // 2
        self._save(first, middle)
        self._save(middle + 1, last)

    def _keep(self, sequence: int, entry: Entry) -> None:
        if self.lost and self.lost[-1][1] == sequence - 1:
            self._keep_gap(entry.wall_ns)
        mark, comment = sequence in self._marks, self._comments.get(sequence, "")
        self._pending.append((entry, mark, comment))
        self._bytes += len(entry.raw.body) if isinstance(entry, Event) else 0
        if self._bytes > _LIGHT:
            self._flush()
            self._go_on(*self._done)
        self._last_ns = entry.wall_ns
        self.saved += 1
        self.noted += bool(mark or comment)

    def _keep_gap(self, until_ns: int) -> None:
        """Say where something is lost; what was noted on the lost entries is kept there."""
        first, last = self.lost[-1]
        count = last - first + 1
        text = f"The file was damaged: {counted(count, 'entry', 'entries')} could not be read."
        start = min(self._last_ns or until_ns, until_ns)
        gap = Gap("", start, until_ns, GapCause.FILE_DAMAGED, text, count)
        self._keep_notes(gap, [n for n in self._noted if first <= n <= last])

    def _keep_notes(self, gap: Gap, sequences: Sequence[int]) -> None:
        said = [f"{n:,}: {self._comments[n]}" for n in sequences if n in self._comments]
        self._pending.append((gap, not self._marks.isdisjoint(sequences), "\n".join(said)))
        self.noted += len(sequences)

    def _keep_strays(self, known: range) -> None:
        """Keep what was noted on entries of which not even the number is left."""
        strays = [n for n in self._noted if n not in known]
        if strays:
            text = "The file was damaged: entries that were marked or had a comment could not be read."
            self._keep_notes(Gap("", self._last_ns, self._last_ns, GapCause.FILE_DAMAGED, text), strays)

    def _flush(self) -> None:
        for _step in append_noted(self._capture, iter(self._pending), len(self._pending)):
            pass
        self._pending.clear()
        self._bytes = 0

    def _go_on(self, done: int, total: int) -> None:
        """Say how far it is. Raises ReadingStoppedError when it is not wanted any more."""
        self._done = done, total
        if not self._progress(done, total):
            raise ReadingStoppedError("Saving what can be saved was cancelled.")

    def _lose(self, first: int, last: int) -> None:
        if self.lost and self.lost[-1][1] == first - 1:
            self.lost[-1] = (self.lost[-1][0], last)
        else:
            self.lost.append((first, last))
