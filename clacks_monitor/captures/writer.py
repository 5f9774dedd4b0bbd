"""The capture's owner: the only object that writes to the file.

Any thread may call it: a lock admits one at a time. What append() returned for is committed; a process killed at any
moment afterwards loses none of it. Readers have connections of their own and never wait for the writer.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import threading
import time
from typing import TYPE_CHECKING, Self

from clacks_monitor.captures import copying, layout, opening, ring, temporary
from clacks_monitor.captures.appending import Appender
from clacks_monitor.captures.disk_full import Shortage, is_full
from clacks_monitor.captures.encoding import clean
from clacks_monitor.captures.guarding import Purpose, connect
from clacks_monitor.captures.reader import CaptureReader
from clacks_monitor.captures.reading import Place
from clacks_monitor.core.storage_errors import CaptureError, CaptureFull, CaptureReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from clacks_monitor.captures.guarding import GuardedConnection
    from clacks_monitor.captures.ring import Ring
    from clacks_monitor.captures.snapshots import SnapshotKind
    from clacks_monitor.core.event import Entry

PROGRAM = "clacks-monitor"
_NOTE = (
    "INSERT INTO note (seq, mark, comment, changed) VALUES (?, ?, ?, ?) ON CONFLICT (seq) DO UPDATE SET"
    " mark = excluded.mark, comment = excluded.comment, changed = excluded.changed"
)
_MARK = (
    "INSERT INTO note (seq, mark, comment, changed) VALUES (?, ?, ?, ?) ON CONFLICT (seq) DO UPDATE SET"
    " mark = excluded.mark, changed = excluded.changed"
)


class Capture:
    """A capture file, open for appending. Build it with create(), open(), open_readonly() or temporary().

    Sequence numbers count from 1 without holes; the ring removes from the beginning only.
    """

    def __init__(
        self, path: Path, db: GuardedConnection, *, read_only: bool = False, claim: temporary.Claim | None = None
    ) -> None:
        self._db = db
        self._place = Place(path)
        self._identity = opening.stamp(path, live=True).identity
        self._lock = threading.RLock()
        self._appender = Appender(db)
        self._shortage = Shortage(self._place)
        self._ring: Ring | None = None
        self.brought_ring: Ring | None = None
        """The limits that the file had when it was opened for appending."""
        self.id = ""
        """The file's id, "" where it has none or is open for reading only."""
        self._closed = False
        self._size = 0
        self.read_only = read_only
        self._claim = claim

    # -- opening -------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, *, program: str = PROGRAM) -> Capture:
        """Make a new, empty capture that says it was made by ``program``.

        Raises CaptureError where there is a file already or none can be.
        """
        return cls._create(path, program, None)

    @classmethod
    def _create(cls, path: Path, program: str, claim: temporary.Claim | None) -> Capture:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            raise CaptureError(f"{path} exists already.") from None
        except OSError as error:
            raise CaptureError(f"{path} cannot be created: {error.strerror}.") from error
        try:
            db = connect(path, "mode=rw", purpose=Purpose.BUILDING)
            with layout.closed_on_error(db):
                layout.create(db, program)
                db.use_for(Purpose.WRITING)
        except sqlite3.Error as error:
            path.unlink(missing_ok=True)
            raise CaptureError(f"{path} cannot be created: {error}.") from error
        made = cls(path, db, claim=claim)
        made.id = layout.stored_id(db)
        return made

    @classmethod
    def open(cls, path: Path) -> Capture:
        """Open an existing capture for appending; a file of an older format is brought up to date first.

        Limits that it brings are not in force until obey_ring(): whoever made the file may have set them.

        Raises CaptureError when there is none, when it is no capture, damaged, or of a later format.
        """
        try:
            db = opening.open_for_writing(path)
            with layout.closed_on_error(db):
                limits, identity = ring.stored(db), layout.stored_id(db)
        except sqlite3.Error as error:
            raise CaptureError(f"{path} cannot be opened as a capture: {opening.why(error)}.") from error
        opened = cls(path, db)
        opened.brought_ring, opened.id = limits, identity
        return opened

    @classmethod
    def open_readonly(cls, path: Path) -> Capture:
        """Open a capture for looking only, also while another process writes to it. Raises CaptureError."""
        db, _stamp = opening.open_for_reading(path)
        try:
            with layout.closed_on_error(db):
                opening.check_numbers(db, path)
        except sqlite3.Error as error:
            raise CaptureError(f"{path} cannot be opened as a capture: {opening.why(error)}.") from error
        return cls(path, db, read_only=True)

    @classmethod
    def temporary(cls, folder: Path, *, program: str = PROGRAM) -> Capture:
        """Make a capture in ``folder`` that close() removes unless save_as() kept it.

        After a crash it stays: storage.abandoned() finds it. Raises CaptureError.
        """
        path, claim = temporary.new_path(folder)
        try:
            return cls._create(path, program, claim)
        except CaptureError:
            claim.release()
            raise

    # -- what it is ----------------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """Where the file is now; save_as() moves it."""
        return self._place.path

    @property
    def is_temporary(self) -> bool:
        """Whether close() removes the file."""
        return self._claim is not None

    @property
    def gone(self) -> bool:
        """Whether the file was deleted, moved away or replaced: what is appended goes when this process ends.

        save_as() still saves all of it.
        """
        try:
            return opening.stamp(self.path, live=True).identity != self._identity
        except CaptureError:
            return True

    @property
    def missed(self) -> int:
        """Events that found no room on the disk nor in memory since the disk became full; 0 while all is well."""
        return self._shortage.missed

    @property
    def held(self) -> int:
        """Entries that wait in memory for room on the disk; 0 while all is well."""
        return self._shortage.held

    def size(self) -> int:
        """Return how many bytes of the file hold something; of the log beside it, what will be in the file.

        Never waits: while another thread writes, the answer is the one before.
        """
        if self._lock.acquire(blocking=False):
            try:
                if not self._closed:
                    with contextlib.suppress(sqlite3.Error):
                        self._size = ring.used_bytes(self._db)
            finally:
                self._lock.release()
        return self._size

    def reader(self) -> CaptureReader:
        """Return a reader of its own connection, for the calling thread. Raises CaptureError."""
        return CaptureReader(self._place)

    # -- writing -------------------------------------------------------------------------------------------------

    def append(self, entries: Sequence[Entry]) -> int:
        """Store ``entries`` in one transaction and return the first one's sequence number, once it is committed.

        Raises CaptureFull when there is no room on the disk: the entries are then held in memory as long as there is
        room for them there, and the first append that finds room on the disk writes them and a Gap. Raises
        CaptureReadOnlyError, or CaptureError for a file that broke.
        """
        with self._lock:
            self._writable()
            try:
                self._shortage.make_up(self._appender)
                first = self._appender.append(entries)
                self._trim(len(entries))
            except sqlite3.Error as error:
                self._appender.roll_back()
                if not is_full(error):
                    raise CaptureError(f"{self.path} cannot be written: {error}.") from error
                raise self._shortage.hold(self._following(), entries) from error
            return first

    def _following(self) -> int:
        try:
            return self._appender.next()
        except sqlite3.Error as error:
            raise CaptureError(f"{self.path} cannot be read: {error}.") from error

    def _writable(self) -> None:
        if self._closed:
            raise CaptureError(f"{self.path} is closed.")
        if self.read_only:
            raise CaptureReadOnlyError(f"{self.path} is open for reading only.")

    def _write(self, *statements: tuple[str, Iterable[tuple[object, ...]]]) -> None:
        """Run ``statements`` (SQL, rows) in one transaction, errors in our words."""
        with self._lock:
            self._writable()
            try:
                self._db.execute("BEGIN IMMEDIATE")
                for sql, rows in statements:
                    self._db.executemany(sql, rows)
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                self._appender.roll_back()
                if is_full(error):
                    text = f"There is no room on the disk for {self.path}."
                    raise CaptureFull(text, held=self.held, missed=self.missed) from error
                raise CaptureError(f"{self.path} cannot be written: {error}.") from error

    # -- marks, comments, snapshots ------------------------------------------------------------------------------

    def annotate(self, sequence: int, *, mark: bool | None = None, comment: str | None = None) -> None:
        """Set an entry's mark or comment, leaving the other as it is; no mark and "" removes the note.

        Raises CaptureError where there is no such entry.
        """
        with self._lock:
            self._writable()
            if self._db.execute("SELECT 1 FROM entry WHERE seq = ?", (sequence,)).fetchone() is None:
                raise CaptureError(f"{self.path} has no entry {sequence}.")
            row = self._db.execute("SELECT mark, comment FROM note WHERE seq = ?", (sequence,)).fetchone() or (0, "")
            marked = bool(row[0]) if mark is None else mark
            words = str(row[1]) if comment is None else clean(comment)
            if marked or words:
                self._write((_NOTE, [(sequence, int(marked), words, time.time_ns())]))
            else:
                self._write(("DELETE FROM note WHERE seq = ?", [(sequence,)]))

    def mark_all(self, sequences: Iterable[int], *, mark: bool) -> None:
        """Mark many entries, or take their marks away, in one transaction; their comments stay."""
        now = time.time_ns()
        self._write(
            (_MARK, [(sequence, int(mark), "", now) for sequence in sequences]),
            ("DELETE FROM note WHERE mark = 0 AND comment = ''", [()]),
        )

    def annotate_all(self, notes: Iterable[tuple[int, bool, str]]) -> None:
        """Set (sequence number, mark, comment) of many entries in one transaction."""
        now = time.time_ns()
        rows = [(sequence, int(mark), clean(comment), now) for sequence, mark, comment in notes]
        self._write((_NOTE, rows))

    def snapshot(self, kind: SnapshotKind, name: str, content: bytes, *, taken_ns: int = 0) -> None:
        """Keep what ``name`` (a connection, schema, profile) was at ``taken_ns`` (0: now); the same content once."""
        digest = hashlib.sha256(content).hexdigest()
        self._write(
            (
                "INSERT OR IGNORE INTO snapshot (kind, name, taken, digest, content) VALUES (?, ?, ?, ?, ?)",
                [(kind, clean(name), taken_ns or time.time_ns(), digest, content)],
            )
        )

    # -- the ring ------------------------------------------------------------------------------------------------

    def set_ring(self, limits: Ring | None) -> None:
        """Bound the capture, and let it remember that: the oldest entries go when a limit is passed. None: keep all."""
        with self._lock:
            self.remember_ring(limits)
            self._ring = limits
            self._trim(ring.CHECK_EVERY)

    def obey_ring(self) -> None:
        """Put the limits in force that the file brought."""
        with self._lock:
            self._ring = self.brought_ring

    def remember_ring(self, limits: Ring | None) -> None:
        """Let the capture remember its limits for the next time that it is opened, and remove nothing now."""
        with self._lock:
            self._writable()
            try:
                ring.store(self._db, limits)
            except sqlite3.Error as error:
                raise CaptureError(f"{self.path} cannot be written: {error}.") from error

    @property
    def ring(self) -> Ring | None:
        """The limits in force."""
        return self._ring

    def _trim(self, added: int) -> None:
        if self._ring is None:
            return
        try:
            self._ring, boundary = ring.boundary(self._db, self._ring, added)
            if boundary:
                ring.remove_before(self._db, boundary)
        except sqlite3.Error:
            # The entries just appended are committed; trimming is tried again with the next ones.
            self._appender.roll_back()

    # -- saving and closing --------------------------------------------------------------------------------------

    def save_as(self, path: Path, *, progress: Callable[[int, int], bool] | None = None) -> None:
        """Move the capture to ``path``, replacing what is there; appending and readers go on in the new file.

        ``progress(done, total)`` gets bytes and returns False to cancel. Events may arrive all the while.
        Raises CaptureError; the capture then goes on where it was.
        """
        gone = self.gone
        if path.absolute() == self.path.absolute() and not gone:
            self._give_up_claim()
            return
        with self._copied(path, progress, gone=gone) as unfinished, self._lock:
            old, was_temporary = self.path, self.is_temporary
            if not gone:
                copying.top_up(unfinished, old)
            unfinished.replace(path)
            db = connect(path, "mode=rw", purpose=Purpose.WRITING)
            layout.prepare_writer(db)
            self._db.close()
            self._db, self._appender = db, Appender(db)
            self._place.move(path)
            self._identity = opening.stamp(path, live=True).identity
            self.read_only = False
            if was_temporary and not gone:
                temporary.remove(old)
            self._give_up_claim()
            with contextlib.suppress(sqlite3.Error):
                self._shortage.make_up(self._appender)  # the new disk may have the room that the old one had not
            self._appender.roll_back()

    @contextlib.contextmanager
    def _copied(self, path: Path, progress: Callable[[int, int], bool] | None, *, gone: bool) -> Iterator[Path]:
        """Give a copy beside ``path``; of a file that is gone, by the connection that still has it, while all wait."""
        if not gone:
            with copying.copied(self.path, path, progress) as unfinished:
                yield unfinished
            return
        with self._lock:
            self._db.use_for(Purpose.BUILDING)
            try:
                with copying.copied_by(self._db, path) as unfinished:
                    yield unfinished
            finally:
                self._db.use_for(Purpose.WRITING)

    def close(self, *, keep: bool = False) -> None:
        """Close the file; a temporary one is removed, or with ``keep`` abandoned. Idempotent.

        Readers that are still open keep what they read.
        """
        with self._lock:
            if self._closed:
                return
            self._closed = True
            if not self.read_only:
                with contextlib.suppress(sqlite3.Error):
                    self._shortage.make_up(self._appender)
                self._appender.roll_back()
                with contextlib.suppress(sqlite3.Error):
                    self._db.execute("PRAGMA busy_timeout = 0")  # a reader may keep a part of the log: nothing is lost
                    self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.close()
            if self.is_temporary and not keep:
                temporary.remove(self.path)
            self._give_up_claim()

    def _give_up_claim(self) -> None:
        claim, self._claim = self._claim, None
        if claim is not None:
            claim.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
