"""Saving what can be saved of a damaged capture. Runs on the caller's thread; the damaged file is never touched.

Works on a copy: a head that was overwritten is replaced; where something cannot be read all the same, each page of the
file is looked at by itself, and then each entry where reading many at once fails. What is lost leaves a gap.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.core.words import say
from clacks_monitor.storage.capture import layout, temporary
from clacks_monitor.storage.capture.extract import append_noted, copy_snapshots, unfinished
from clacks_monitor.storage.capture.guarding import Purpose, connect
from clacks_monitor.storage.capture.head import is_cut_off, mend_head
from clacks_monitor.storage.capture.lenient import LenientReader
from clacks_monitor.storage.capture.reading import Place
from clacks_monitor.storage.capture.salvage import rebuild
from clacks_monitor.storage.errors import CaptureError, ReadingStoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clacks_monitor.core.event import Entry
    from clacks_monitor.storage.capture.extract import Noted
    from clacks_monitor.storage.capture.halves import Halves
    from clacks_monitor.storage.capture.writer import Capture

STEP = 256
_LOWEST = ("SELECT min(seq) FROM entry", "SELECT min(seq) FROM body")
_HIGHEST = ("SELECT max(seq) FROM entry", "SELECT max(seq) FROM body")
_MIDDLE = tuple(
    f"SELECT seq FROM {table} ORDER BY seq LIMIT 1 OFFSET (SELECT count(*) / 2 FROM {table})"  # noqa: S608 - constants
    for table in ("entry", "body")
)
_AFTER = ("SELECT seq FROM entry WHERE seq > ? ORDER BY seq", "SELECT seq FROM body WHERE seq > ? ORDER BY seq")
_FARTHEST = 32  # a search for a readable entry leaps up to 2 to the power of this


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """What could be saved: ``saved`` entries in ``path``; ``lost`` spans of (first, last) sequence numbers, included.

    ``notes`` says in sentences what else was wrong.
    """

    path: Path
    saved: int
    lost: tuple[tuple[int, int], ...]
    notes: tuple[str, ...]

    @property
    def lost_count(self) -> int:
        """Entries that were in the damaged file and could not be read."""
        return sum(last - first + 1 for first, last in self.lost)


def recover(damaged: Path, target: Path, *, progress: Callable[[int, int], bool] | None = None) -> RecoveryReport:
    """Write what can be read of ``damaged`` to a new capture ``target``.

    ``progress(done, total)`` gets entries and returns False to cancel (ReadingStoppedError). Raises CaptureError when
    nothing at all can be read, saying why.
    """
    with tempfile.TemporaryDirectory(prefix=".recovery-", dir=target.parent) as folder:
        copy = Path(folder) / "damaged"
        try:
            for original, copied in zip(temporary.files_of(damaged)[:2], temporary.files_of(copy)[:2], strict=True):
                if original.exists():
                    shutil.copyfile(original, copied)
        except OSError as error:
            raise CaptureError(f"{damaged} cannot be read: {error.strerror}.") from error
        report = _best(copy, damaged, Path(folder), progress)
        temporary.remove(target)
        report.path.replace(target)
        return replace(report, path=target)


def _best(copy: Path, damaged: Path, folder: Path, progress: Callable[[int, int], bool] | None) -> RecoveryReport:
    """Return the attempt that saved most. Raises CaptureError, ReadingStoppedError."""
    cut_off = is_cut_off(copy)
    read = _attempt(copy, damaged, folder / "read", progress, strict=True)
    if isinstance(read, _Attempt) and read.whole:
        return read.report
    # A page that leads to others may be the damaged one: look at each page by itself.
    rebuilt = folder / "rebuilt"
    halves = rebuild(copy, rebuilt, progress or (lambda _done, _total: True))
    if halves is None:
        raise ReadingStoppedError("Saving what can be saved was cancelled.")
    pages = _attempt(rebuilt, damaged, folder / "pages", progress)
    if isinstance(pages, _Attempt) and (isinstance(read, CaptureError) or pages.kept > read.kept):
        return replace(pages.report, notes=(*_notes_of(halves, cut_off=cut_off), *pages.report.notes))
    if isinstance(read, CaptureError):
        raise read
    return read.report


def _notes_of(halves: Halves, *, cut_off: bool) -> Iterator[str]:
    """Yield what is to be said of entries that were read page by page."""
    yield say(
        "The file was read page by page; marks, comments and snapshots came back as far as their pages are sound."
    )
    if cut_off:
        yield say("The end of the file is lost; how many entries it held is unknown.")
    if halves.without_body:
        yield say("Of {0} events only the summary could be saved.", f"{halves.without_body:,}")
    if halves.without_head:
        many = f"{halves.without_head:,}"
        yield say("Of {0} events only the text could be saved: their times may be estimates.", many)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A run of recovery: ``kept`` is how many entries, notes and snapshots; ``whole`` that nothing was amiss."""

    report: RecoveryReport
    kept: tuple[int, int, int]
    whole: bool


def _attempt(
    copy: Path, damaged: Path, target: Path, progress: Callable[[int, int], bool] | None, *, strict: bool = False
) -> _Attempt | CaptureError:
    """Save what can be read of a file that may be changed; return why nothing can, or with ``strict`` not all."""
    notes = mend_head(copy)
    mended = len(notes)
    try:
        with _reader(copy, damaged) as reader, unfinished(target) as capture:
            work = _Recovery(reader, capture, notes, progress, strict=strict)
            if strict:
                _see_both_ends(copy)
            work.run(_bounds(copy, notes))
            if reader.names.lost:
                notes.append(say("Which connections and subjects some events belong to could not be read."))
            if reader.gaps_lost:
                notes.append(say("Gaps could not be read; they count as lost entries."))
            report = RecoveryReport(target, work.saved, tuple(work.lost), tuple(notes))
            return _Attempt(report, (work.saved, work.noted, work.snapshots), not work.lost and len(notes) == mended)
    except CaptureError as error:
        return error


def _reader(copy: Path, damaged: Path) -> LenientReader:
    try:
        return LenientReader(Place(copy))
    except CaptureError as error:
        raise CaptureError(f"Nothing of {damaged} can be saved: {error}") from error


def _see_both_ends(path: Path) -> None:
    """Raise CaptureError unless each table tells where it begins and ends: else nobody knows what is missing there."""
    with closing(connect(path, "mode=ro", purpose=Purpose.READING)) as db:
        try:
            for sql in (*_LOWEST, *_HIGHEST):
                db.execute(sql).fetchone()
        except sqlite3.Error as error:
            raise CaptureError(f"The ends of the capture cannot be read: {error}.") from error


def _bounds(path: Path, notes: list[str]) -> tuple[int, int]:
    """Return the widest span of sequence numbers that any table knows of. Raises CaptureError when none does."""
    with closing(connect(path, "mode=ro", purpose=Purpose.READING)) as db:
        low = [value for sql in _LOWEST if (value := _value(db, sql))]
        high = [value for sql in _HIGHEST if (value := _value(db, sql))]
        if not high:
            # The end of both tables is gone: their beginning may be there.
            high = [value for sql in _AFTER if (value := _last_readable(db, sql))]
            if high:
                words = say(
                    "The end of the file is lost; how many entries came after number {0} is unknown.", f"{max(high):,}"
                )
                notes.append(words)
        if not high:
            raise CaptureError("No entry of the capture can be read.")
        return _plausible(db, min([*low, *high]), max(high))


def _plausible(db: sqlite3.Connection, low: int, high: int) -> tuple[int, int]:
    """Return the span without what only a damaged number makes of it: no file has more entries than room for them."""
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    room = pages * layout.ENTRIES_OF_A_PAGE
    if high - low < room:
        return low, high
    middle = _value(db, _MIDDLE[0]) or _value(db, _MIDDLE[1])
    if not middle:
        raise CaptureError("Which numbers the entries of the capture have cannot be read.")
    return max(low, middle - room), min(high, middle + room)


def _value(db: sqlite3.Connection, sql: str, values: tuple[int, ...] = ()) -> int:
    with suppress(sqlite3.Error):
        row = db.execute(sql, values).fetchone()
        if row is not None and isinstance(row[0], int) and row[0] > 0:
            return int(row[0])
    return 0


def _last_readable(db: sqlite3.Connection, sql: str) -> int:
    """Return the last sequence number that can be reached by walking forwards, leaping over what is damaged."""
    last = 0
    while True:
        start = last
        with suppress(sqlite3.Error):
            for (sequence,) in db.execute(sql, (last,)):
                last = sequence
        for leap in range(_FARTHEST):
            last = max(last, _value(db, f"{sql} LIMIT 1", (last + 2**leap,)))
        if last == start:
            return last


class _Recovery:
    """One run over a file: ``saved`` entries, ``noted`` of them with a mark or comment, ``lost`` spans."""

    def __init__(
        self,
        reader: LenientReader,
        capture: Capture,
        notes: list[str],
        progress: Callable[[int, int], bool] | None,
        *,
        strict: bool,
    ) -> None:
        self._reader = reader
        self._strict = strict
        self._capture = capture
        self._notes = notes
        self._progress = progress or (lambda _done, _total: True)
        self._marks: frozenset[int] = frozenset()
        self._comments: dict[int, str] = {}
        self._noted: Sequence[int] = ()
        self._last_ns = 0
        self._pending: list[Noted] = []
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
            if not self._progress(last - low + 1, high - low + 1):
                raise ReadingStoppedError("Saving what can be saved was cancelled.")
            first = last + 1
        if self.lost and self.lost[-1][1] == high:
            self._keep_gap(self._last_ns)
        self._keep_strays(range(low, high + 1))
        self._flush()
        self._keep_limits()

    def _read_notes(self) -> None:
        try:
            self._marks, self._comments = frozenset(self._reader.marks()), self._reader.comments()
        except CaptureError:
            self._notes.append(say("Marks and comments could not be read."))
        self._noted = sorted(self._marks | self._comments.keys())
        try:
            self.snapshots = copy_snapshots([self._reader], self._capture)
        except CaptureError:
            self._notes.append(say("Not all snapshots of connections, schemas and profiles could be read."))

    def _keep_limits(self) -> None:
        """Take over the limits that the capture was given; they are kept to when something is recorded into it."""
        with suppress(CaptureError):
            limits = self._reader.limits()
            if limits is not None:
                self._capture.remember_ring(limits)

    def _leap(self, last: int, high: int) -> int:
        """Pass over a stretch of which nothing is there, be it as long as a damaged number says."""
        following = self._reader.following(last)
        if following > last + 1:
            self._lose(last + 1, min(following - 1, high))
            return min(following - 1, high)
        return last

    def _save(self, first: int, last: int) -> None:
        """Save a span; where it cannot be read as a whole, its halves, down to single entries."""
        try:
            entries = list(self._reader.entries(range(first, last + 1)))
        except CaptureError:
            if self._strict:
                raise  # pages that are looked at one by one hold all that could still be read here
            if first == last:
                self._lose(first, last)
            else:
                middle = (first + last) // 2
                self._save(first, middle)
                self._save(middle + 1, last)
            return
        expected = first
        for sequence, entry in entries:
            if sequence > expected:
                self._lose(expected, sequence - 1)
            expected = sequence + 1
            self._keep(sequence, entry)
        if expected <= last:
            self._lose(expected, last)

    def _keep(self, sequence: int, entry: Entry) -> None:
        if self.lost and self.lost[-1][1] == sequence - 1:
            self._keep_gap(entry.wall_ns)
        mark, comment = sequence in self._marks, self._comments.get(sequence, "")
        self._pending.append((entry, mark, comment))
        self._last_ns = entry.wall_ns
        self.saved += 1
        self.noted += bool(mark or comment)

    def _keep_gap(self, until_ns: int) -> None:
        """Say where something is lost; what was noted on the lost entries is kept there."""
        first, last = self.lost[-1]
        count = last - first + 1
        words = f"The file was damaged: {count:,} entries could not be read."
        start = min(self._last_ns or until_ns, until_ns)
        gap = Gap("", start, until_ns, GapCause.FILE_DAMAGED, words, count)
        self._keep_notes(gap, [n for n in self._noted if first <= n <= last])

    def _keep_notes(self, gap: Gap, sequences: Sequence[int]) -> None:
        said = [f"{n:,}: {self._comments[n]}" for n in sequences if n in self._comments]
        self._pending.append((gap, not self._marks.isdisjoint(sequences), "\n".join(said)))
        self.noted += len(sequences)

    def _keep_strays(self, known: range) -> None:
        """Keep what was noted on entries of which not even the number is left."""
        strays = [n for n in self._noted if n not in known]
        if strays:
            words = "The file was damaged: entries that were marked or had a comment could not be read."
            self._keep_notes(Gap("", self._last_ns, self._last_ns, GapCause.FILE_DAMAGED, words), strays)

    def _flush(self) -> None:
        for _step in append_noted(self._capture, iter(self._pending), len(self._pending)):
            pass
        self._pending.clear()

    def _lose(self, first: int, last: int) -> None:
        if self.lost and self.lost[-1][1] == first - 1:
            self.lost[-1] = (self.lost[-1][0], last)
        else:
            self.lost.append((first, last))
