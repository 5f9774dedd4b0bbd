"""Saving what can be saved of a damaged capture. Runs on the caller's thread; the damaged file is never touched.

Works on a copy: a head that was overwritten is replaced by that of a new capture (all captures of a format are laid out
alike), then each entry is read by itself where reading many at once fails. What is lost leaves a gap in the result.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.decode import hardened_parser
from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.storage.capture import layout, temporary
from clacks_monitor.storage.capture.extract import append_noted, copy_snapshots, unfinished
from clacks_monitor.storage.capture.interning import Names, Types
from clacks_monitor.storage.capture.reader import CaptureReader
from clacks_monitor.storage.capture.reading import Place
from clacks_monitor.storage.capture.salvage import rebuild
from clacks_monitor.storage.errors import CaptureError, ReadingStoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.core.event import Entry
    from clacks_monitor.storage.capture.encoding import SourceKey
    from clacks_monitor.storage.capture.extract import Noted
    from clacks_monitor.storage.capture.writer import Capture

STEP = 256
_SAMPLES = ("SELECT typeof(size) FROM entry LIMIT 1", "SELECT typeof(packing) FROM body LIMIT 1")
_LOWEST = ("SELECT min(seq) FROM entry", "SELECT min(seq) FROM body")
_HIGHEST = ("SELECT max(seq) FROM entry", "SELECT max(seq) FROM body")
_MAIN_TABLES = {"entry", "body"}
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
        first, second = Path(folder) / "read", Path(folder) / "pages"
        report = _attempt(copy, damaged, first, progress)
        if not isinstance(report, RecoveryReport) or report.lost:
            # A page that leads to others may be the damaged one: look at each page by itself.
            rebuilt = Path(folder) / "rebuilt"
            if not rebuild(copy, rebuilt, progress or (lambda _done, _total: True)):
                raise ReadingStoppedError("Saving what can be saved was cancelled.")
            again = _attempt(rebuilt, damaged, second, progress)
            report = _better(report, again)
        if isinstance(report, CaptureError):
            raise report
        temporary.remove(target)
        report.path.replace(target)
        return replace(report, path=target)


def _better(read: RecoveryReport | CaptureError, pages: RecoveryReport | CaptureError) -> RecoveryReport | CaptureError:
    """Return what saved more; the first one knows of gaps and marks too, so it wins a tie."""
    if isinstance(pages, CaptureError) or (isinstance(read, RecoveryReport) and read.saved >= pages.saved):
        return read
    return replace(pages, notes=("Entries were read page by page; marks and comments are lost.", *pages.notes))


def _attempt(
    copy: Path, damaged: Path, target: Path, progress: Callable[[int, int], bool] | None
) -> RecoveryReport | CaptureError:
    """Save what can be read of a file that may be changed; return why nothing can."""
    notes = _mend_head(copy)
    try:
        with _reader(copy, damaged) as reader, unfinished(target) as capture:
            work = _Recovery(reader, capture, notes, progress)
            work.run(_bounds(copy, notes))
            if reader.names.lost:
                notes.append("Which connections and subjects some events belong to could not be read.")
            if reader.gaps_lost:
                notes.append("Gaps could not be read; they count as lost entries.")
            return RecoveryReport(target, work.saved, tuple(work.lost), tuple(notes))
    except CaptureError as error:
        return error


class _NamesThatAreLeft(Names):
    """Types and sources as far as they can be read: an event without its name is better than none."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db)
        self.types = _TypesThatAreLeft(db)
        self.lost = False

    def source(self, source_id: int) -> SourceKey:
        with suppress(sqlite3.Error):
            return super().source(source_id)
        self.lost = True
        return ("", "", "", "", "other")


class _TypesThatAreLeft(Types):
    def __missing__(self, type_id: int) -> str:
        with suppress(sqlite3.Error):
            return super().__missing__(type_id)
        return ""


class _LenientReader(CaptureReader):
    """Reads what is left: events also where types, sources or gaps are damaged."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._names = self.names = _NamesThatAreLeft(self._db)
        self._parser = hardened_parser()
        self.gaps_lost = False

    def _entries(self, part: list[int]) -> list[tuple[int, Entry]]:
        return [(sequence, self._named(entry)) for sequence, entry in super()._entries(part)]

    def _named(self, entry: Entry) -> Entry:
        """Return an event that has lost its type with the type that its body says."""
        if isinstance(entry, Gap) or entry.type or entry.problem is not None:
            return entry
        with suppress(etree.XMLSyntaxError, ValueError):
            root = etree.fromstring(entry.raw.body, self._parser)
            if len(root):
                return replace(entry, type=etree.QName(root[0]).localname)
        return entry

    def _gaps_named(self, wanted: tuple[str]) -> dict[int, Entry]:
        try:
            return super()._gaps_named(wanted)
        except CaptureError:
            self.gaps_lost = True
            return {}


def _reader(copy: Path, damaged: Path) -> _LenientReader:
    try:
        return _LenientReader(Place(copy))
    except CaptureError as error:
        raise CaptureError(f"Nothing of {damaged} can be saved: {error}") from error


def _readable(path: Path) -> bool:
    with suppress(sqlite3.Error, CaptureError), closing(layout.connect(path, mode="rw")) as db:
        layout.check(db, path)
        kinds = [db.execute(sql).fetchone() for sql in _SAMPLES]
        return all(kind in {None, ("integer",)} for kind in kinds)
    return False


def _has_sound_head(path: Path) -> bool:
    """Whether the first page can be trusted: it names the format and knows where each table begins.

    Reading from the tables is no part of this: a damaged page elsewhere must not cost a head that is right.
    """
    with suppress(sqlite3.Error, CaptureError), closing(layout.connect(path, mode="rw")) as db:
        layout.check(db, path)
        return {name for (name,) in db.execute("SELECT name FROM sqlite_schema")} >= _MAIN_TABLES
    return False


def _mend_head(path: Path) -> list[str]:
    """Give ``path`` a head it can be opened with, if it has none; return what was done as sentences."""
    if _has_sound_head(path):
        return []
    content = bytearray(path.read_bytes())
    pages = len(content) // layout.PAGE_BYTES
    for head in _fresh_heads(path.parent):
        content[: len(head)] = head
        content[28:32] = pages.to_bytes(4, "big")
        content[32:40] = bytes(8)  # the list of free pages: it may be damaged, and is not needed for reading
        content[92:96] = content[24:28]  # says that the number of pages is to be trusted
        path.write_bytes(content)
        if _readable(path):
            return ["The file's first page was damaged; it was replaced by that of a new capture."]
    return []


def _fresh_heads(folder: Path) -> Iterator[bytes]:
    """Yield the first page of a new capture, as it is made and as VACUUM lays it out (a saved one)."""
    fresh, vacuumed = folder / "fresh", folder / "vacuumed"
    with closing(layout.connect(fresh, mode="rwc")) as db:
        layout.create(db, "")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("VACUUM INTO ?", (str(vacuumed),))
    for path in (fresh, vacuumed):
        yield path.read_bytes()[: layout.PAGE_BYTES]


def _bounds(path: Path, notes: list[str]) -> tuple[int, int]:
    """Return the widest span of sequence numbers that any table knows of. Raises CaptureError when none does."""
    with closing(layout.connect(path, mode="ro")) as db:
        low = [value for sql in _LOWEST if (value := _value(db, sql))]
        high = [value for sql in _HIGHEST if (value := _value(db, sql))]
        if not high:
            # The end of both tables is gone: their beginning may be there.
            high = [value for sql in _AFTER if (value := _last_readable(db, sql))]
            if high:
                notes.append(
                    f"The end of the file is lost; how many entries came after number {max(high):,} is unknown."
                )
    if not high:
        raise CaptureError("No entry of the capture can be read.")
    return min([*low, *high]), max(high)


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
    """One run of recover()."""

    def __init__(
        self,
        reader: CaptureReader,
        capture: Capture,
        notes: list[str],
        progress: Callable[[int, int], bool] | None,
    ) -> None:
        self._reader = reader
        self._capture = capture
        self._notes = notes
        self._progress = progress or (lambda _done, _total: True)
        self._marks: frozenset[int] = frozenset()
        self._comments: dict[int, str] = {}
        self._last_ns = 0
        self._pending: list[Noted] = []
        self.saved = 0
        self.lost: list[tuple[int, int]] = []

    def run(self, span: tuple[int, int]) -> None:
        try:
            self._marks, self._comments = frozenset(self._reader.marks()), self._reader.comments()
        except CaptureError:
            self._notes.append("Marks and comments could not be read.")
        try:
            copy_snapshots([self._reader], self._capture)
        except CaptureError:
            self._notes.append("Not all snapshots of connections, schemas and profiles could be read.")
        low, high = span
        for first in range(low, high + 1, STEP):
            last = min(first + STEP - 1, high)
            self._save(first, last)
            self._flush()
            if not self._progress(last - low + 1, high - low + 1):
                raise ReadingStoppedError("Saving what can be saved was cancelled.")
        if self.lost and self.lost[-1][1] == high:
            self._keep_gap(self._last_ns)
            self._flush()

    def _save(self, first: int, last: int) -> None:
        """Save a span; where it cannot be read as a whole, its halves, down to single entries."""
        try:
            entries = list(self._reader.entries(range(first, last + 1)))
        except CaptureError:
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
        self._pending.append((entry, sequence in self._marks, self._comments.get(sequence, "")))
        self._last_ns = entry.wall_ns
        self.saved += 1

    def _keep_gap(self, until_ns: int) -> None:
        count = self.lost[-1][1] - self.lost[-1][0] + 1
        words = f"The file was damaged: {count:,} entries could not be read."
        start = min(self._last_ns or until_ns, until_ns)
        self._pending.append((Gap("", start, until_ns, GapCause.FILE_DAMAGED, words, count), False, ""))

    def _flush(self) -> None:
        for _step in append_noted(self._capture, iter(self._pending), len(self._pending)):
            pass
        self._pending.clear()

    def _lose(self, first: int, last: int) -> None:
        if self.lost and self.lost[-1][1] == first - 1:
            self.lost[-1] = (self.lost[-1][0], last)
        else:
            self.lost.append((first, last))
