"""The file of a capture and the connection that writes to it. Any thread; the lock admits one at a time."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING

from clacks_monitor.captures import copying, layout, opening, ring, temporary
from clacks_monitor.captures.appending import Appender
from clacks_monitor.captures.disk_full import is_full
from clacks_monitor.captures.guarding import PAGES_OF_A_STEP, Purpose, connect
from clacks_monitor.captures.reading import CaptureLocation
from clacks_monitor.core.storage_errors import CaptureError, CaptureFull, CaptureReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from clacks_monitor.captures.guarding import GuardedConnection


class CaptureFile:
    """One capture's file. ``lock`` guards ``db`` and ``appender``; ``claim`` is that on a temporary capture."""

    def __init__(
        self, path: Path, db: GuardedConnection, *, read_only: bool = False, claim: temporary.Claim | None = None
    ) -> None:
        self.location = CaptureLocation(path)
        self.lock = threading.RLock()
        self.db = db
        self.appender = Appender(db)
        self.read_only = read_only
        self.closed = False
        self._claim = claim
        self._identity = opening.stamp(path, live=True).identity
        self._size = 0

    @property
    def path(self) -> Path:
        """Where the file is now."""
        return self.location.path

    @property
    def is_temporary(self) -> bool:
        """Whether close() removes the file."""
        return self._claim is not None

    @property
    def gone(self) -> bool:
        """Whether the file was deleted, moved away or replaced."""
        try:
            return opening.stamp(self.path, live=True).identity != self._identity
        except CaptureError:
            return True

    def size(self) -> int:
        """Return how many bytes are in use, the answer before while another thread writes."""
        if self.lock.acquire(blocking=False):
            try:
                if not self.closed:
                    with contextlib.suppress(sqlite3.Error):
                        self._size = ring.used_bytes(self.db)
            finally:
                self.lock.release()
        return self._size

    def must_be_writable(self) -> None:
        """Raise CaptureError where nothing can be written."""
        if self.closed:
            raise CaptureError(f"{self.path} is closed.")
        if self.read_only:
            raise CaptureReadOnlyError(f"{self.path} is open for reading only.")

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection under the lock, for as long as the file's size allows. Raises CaptureError."""
        with self.lock:
            self.must_be_writable()
            try:
                self.bound()
                yield self.db
            except sqlite3.Error as error:
                self.appender.roll_back()
                if is_full(error):
                    waiting = len(self.location.overflow)
                    raise CaptureFull(f"There is no room on the disk for {self.path}.", waiting=waiting) from error
                raise CaptureError(f"{self.path} cannot be written: {opening.why(error)}.") from error

    def write(self, *statements: tuple[str, Iterable[tuple[object, ...]]]) -> None:
        """Run ``statements`` (SQL, rows) in one transaction. Raises CaptureError."""
        with self.writing() as db:
            db.execute("BEGIN IMMEDIATE")
            for sql, rows in statements:
                db.executemany(sql, rows)
            db.execute("COMMIT")

    def bound(self, entries: int = 0) -> None:
        """Let the next statements take as long as the file's pages and so many new entries allow.

        Pages of somebody else's file may lead to each other: what scans them would never end, under the lock for which
        the connections' threads wait. Raises sqlite3.Error.
        """
        (pages,) = self.db.execute("PRAGMA page_count").fetchone()
        self.db.bound(pages + entries * PAGES_OF_A_STEP)

    def following(self) -> int:
        """Return the number of the next entry. Raises CaptureError."""
        try:
            return self.appender.next()
        except sqlite3.Error as error:
            raise CaptureError(f"{self.path} cannot be read: {error}.") from error

    @contextlib.contextmanager
    def moving(self, path: Path, progress: Callable[[int, int], bool] | None) -> Iterator[None]:
        """Move the capture to ``path``, and run the context there, still under the lock. Raises CaptureError."""
        gone = self.gone
        if path.absolute() == self.path.absolute() and not gone:
            self._release_claim()
            yield
            return
        with self._copied(path, progress, gone=gone) as unfinished, self.lock:
            old, was_temporary = self.path, self.is_temporary
            if not gone:
                copying.top_up(unfinished, old)
            unfinished.replace(path)
            db = connect(path, "mode=rw", purpose=Purpose.WRITING)
            layout.prepare_writer(db)
            self.db.close()
            self.db, self.appender = db, Appender(db)
            self.location.move(path)
            self._identity = opening.stamp(path, live=True).identity
            self.read_only = False
            if was_temporary and not gone:
                temporary.remove(old)
            self._release_claim()
            yield

    @contextlib.contextmanager
    def _copied(self, path: Path, progress: Callable[[int, int], bool] | None, *, gone: bool) -> Iterator[Path]:
        """Give a copy beside ``path``; of a file that is gone, by the connection that still has it, while all wait."""
        if not gone:
            with copying.copied(self.path, path, progress) as unfinished:
                yield unfinished
            return
        with self.lock:
            self.db.use_for(Purpose.BUILDING)
            try:
                with copying.copied_by(self.db, path) as unfinished:
                    yield unfinished
            finally:
                self.db.use_for(Purpose.WRITING)

    def close(self, *, keep: bool) -> None:
        """Fold the log into the file and close it; remove it where it is temporary, unless ``keep``. Under the lock."""
        self.closed = True
        if not self.read_only:
            self.appender.roll_back()
            with contextlib.suppress(sqlite3.Error):
                self.db.execute("PRAGMA busy_timeout = 0")  # a reader may keep a part of the log: nothing is lost
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()
        if self.is_temporary and not keep:
            temporary.remove(self.path)
        self._release_claim()

    def _release_claim(self) -> None:
        claim, self._claim = self._claim, None
        if claim is not None:
            claim.release()
