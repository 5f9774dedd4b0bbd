"""Everything that was sent, with what became of it: a small SQLite file, searchable. Any thread; a lock admits one.

The oldest go beyond MAX_KEPT. A damaged file is set aside and a new one begun: history is a help, not a record. Where
no file can be used, what is sent is remembered in memory, for this run. Several monitors may share the file.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clacks_monitor.config.folder_lock import FolderLock
from clacks_monitor.core.event import NO_PROPERTIES, Properties
from clacks_monitor.core.files import set_aside
from clacks_monitor.core.sending import SendOutcome, SendResult, Via
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_KEPT = 50_000
MAX_BODY = 1_000_000_000
"""Maximum size of a value in SQLite."""
FORMAT = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS sent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    wall INTEGER NOT NULL, connection TEXT NOT NULL, type TEXT NOT NULL, summary TEXT NOT NULL, via TEXT NOT NULL,
    subject TEXT NOT NULL, properties TEXT NOT NULL, body BLOB NOT NULL,
    outcome TEXT NOT NULL, detail TEXT NOT NULL, settled INTEGER NOT NULL, returned INTEGER NOT NULL,
    searched TEXT NOT NULL
) STRICT
"""
_COLUMNS = frozenset(re.findall(r"(\w+) (?:TEXT|INTEGER|BLOB)", _TABLE))
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SELECT = (
    "SELECT id, wall, connection, type, summary, via, subject, properties, {body}, outcome, detail, settled, returned"
    " FROM sent WHERE "
)
_SEARCH = _SELECT.format(body="substr(body, 1, ?)") + "instr(searched, ?) AND id < ? ORDER BY id DESC LIMIT ?"
_GET = _SELECT.format(body="body") + "id = ?"
_INSERT = (
    "INSERT INTO sent (wall, connection, type, summary, via, subject, properties, body, outcome, detail, settled,"
    " returned, searched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SETTLE = "UPDATE sent SET outcome = ?, detail = ?, settled = max(settled, ?), returned = max(returned, ?) WHERE id = ?"


@dataclass(frozen=True, slots=True)
class SentEvent:
    """One event that was sent. Times are wall clock in nanoseconds, 0 for what has not happened.

    ``outcome`` is None while it is not known; ``id`` is given by the history, larger for what was sent later.
    """

    body: bytes
    type: str = ""
    connection: str = ""
    summary: str = ""
    via: Via = Via.EXCHANGE
    subject: str = ""
    properties: Properties = field(default_factory=lambda: NO_PROPERTIES)
    sent_ns: int = 0
    outcome: SendOutcome | None = None
    detail: str = ""
    settled_ns: int = 0
    returned_ns: int = 0
    id: int = 0


class _NotAHistoryError(StorageError):
    """The file is something else."""


class SentLog:
    """The history's file; methods raise StorageError.

    ``problem`` says so when a damaged file was set aside, or none can be used.
    """

    def __init__(self, path: Path, *, max_kept: int = MAX_KEPT) -> None:
        self._path = path
        self._max_kept = max_kept
        self._lock = self._reading = threading.Lock()
        self.problem = ""
        try:
            with FolderLock(path.parent):
                self._db = self._open_or_set_aside()
                self._reader = self._open(str(path))
                self._reading = threading.Lock()
        except (OSError, sqlite3.Error) as error:
            self.problem = f"What is sent is remembered for this run only: {error}"
            self._db = self._reader = self._open(":memory:")

    def _open_or_set_aside(self) -> sqlite3.Connection:
        if os.path.lexists(self._path):
            try:
                _check(self._path)
                return self._open(str(self._path))
            except _NotAHistoryError as error:
                reason = str(error)
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
                    raise  # it is locked, or cannot be read now: not a reason to take it away
                reason = f"{self._path} is damaged ({error})"
            aside = set_aside(self._path)
            for suffix in ("-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            self.problem = f"{reason}; it was set aside as {aside.name}."
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        return self._open(str(self._path))

    def _open(self, place: str) -> sqlite3.Connection:
        db = sqlite3.connect(place, isolation_level=None, check_same_thread=False, timeout=10.0)
        try:
            self._prepare(db)
            if place == str(self._path):
                self._path.chmod(0o600)
        except BaseException:
            db.close()
            raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        kinds = {kind for (kind,) in db.execute("SELECT DISTINCT type FROM sqlite_schema")}
        if not kinds <= {"table"}:
            raise _NotAHistoryError(f"{self._path} is not a history: there is more in it than a table")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        (number,) = db.execute("PRAGMA user_version").fetchone()
        if number > FORMAT:
            raise StorageError(f"{self._path} was written by a later version of the program.")
        db.execute(_TABLE)
        columns = {name for (name,) in db.execute("SELECT name FROM pragma_table_info('sent')")}
        if columns != _COLUMNS:
            raise _NotAHistoryError(f"{self._path} is not a history: its table has other columns")
        db.execute(f"PRAGMA user_version = {FORMAT}")

    @contextlib.contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._saying_why(self._db):
            yield self._db

    @contextlib.contextmanager
    def _looking(self) -> Iterator[sqlite3.Connection]:
        """Read through a separate connection, so that a long search does not delay sending."""
        with self._reading, self._saying_why(self._reader):
            yield self._reader

    @contextlib.contextmanager
    def _saying_why(self, db: sqlite3.Connection) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):  # it may be closed, or the disk full
                if db.in_transaction:
                    db.execute("ROLLBACK")
            raise StorageError(f"{self._path} cannot be used: {error}.") from error

    def add(self, sent: SentEvent) -> SentEvent:
        """Store what is being sent and return it with its id and, where it had none, the time of now."""
        sent = replace(sent, sent_ns=sent.sent_ns or time.time_ns())
        text = sent.body.decode("utf-8", "replace")
        searched = f"{sent.type}\n{sent.summary}\n{sent.connection}\n{sent.subject}\n{text}".casefold()
        row = (
            sent.sent_ns,
            sent.connection,
            sent.type,
            sent.summary,
            sent.via,
            sent.subject,
            json.dumps(dict(sent.properties)),
            sent.body,
            sent.outcome or "",
            sent.detail,
            sent.settled_ns,
            sent.returned_ns,
            searched,
        )
        with self._using() as db:
            db.execute("BEGIN IMMEDIATE")
            identity = int(db.execute(_INSERT, row).lastrowid or 0)
            db.execute("DELETE FROM sent WHERE id <= ?", (identity - self._max_kept,))
            db.execute("COMMIT")
        return replace(sent, id=identity)

    def settle(self, identity: int, result: SendResult) -> None:
        """Note what became of an event; a later result (it came back) adds to an earlier one."""
        values = (result.outcome, result.detail, result.settled_ns, result.returned_ns, identity)
        with self._using() as db:
            db.execute(_SETTLE, values)

    def search(
        self, text: str = "", *, before_id: int = 2**62, limit: int = 200, body_bytes: int = MAX_BODY
    ) -> list[SentEvent]:
        """Return what contains ``text`` (case does not matter), the newest first, a page of ``limit`` at a time.

        Of each body there are the first ``body_bytes``.
        """
        with self._looking() as db:
            rows = db.execute(_SEARCH, (body_bytes, text.casefold(), before_id, limit)).fetchall()
        return [sent for sent in map(_sent, rows) if sent is not None]

    def get(self, identity: int) -> SentEvent | None:
        """Return one, None where it is not there (any more)."""
        with self._looking() as db:
            row = db.execute(_GET, (identity,)).fetchone()
        return None if row is None else _sent(row)

    def count(self) -> int:
        """Return how many are kept."""
        with self._using() as db:
            return int(db.execute("SELECT count(*) FROM sent").fetchone()[0])

    def clear(self) -> None:
        """Forget everything."""
        with self._using() as db:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("DELETE FROM sent")

    def close(self) -> None:
        """Close the file; a search that is under way ends with an error. Idempotent."""
        with contextlib.suppress(sqlite3.ProgrammingError):  # it is closed already
            self._reader.interrupt()
        with self._reading:
            self._reader.close()
        with self._lock:
            self._db.close()


_Stored = tuple[int, int, str, str, str, str, str, str, bytes, str, str, int, int]


def _check(path: Path) -> None:
    """Let nothing but a regular file be opened: a pipe would be waited for. Raises StorageError."""
    try:
        regular = path.is_file()
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror or error}") from error
    if not regular:
        raise _NotAHistoryError(f"{path} is not a regular file")


def _sent(row: _Stored) -> SentEvent | None:
    """Return what a row holds, None for one that was not written by this program."""
    try:
        return _read(row)
    except (ValueError, TypeError, RecursionError):
        return None


def _read(row: _Stored) -> SentEvent:
    identity, wall, connection, kind, summary, via, subject, properties, body, outcome, detail, settled, back = row
    values = json.loads(properties)
    if not isinstance(values, dict):
        raise TypeError(values)
    return SentEvent(
        body=body,
        type=kind,
        connection=connection,
        summary=summary,
        via=Via(via),
        subject=subject,
        properties=values,
        sent_ns=wall,
        outcome=SendOutcome(outcome) if outcome else None,
        detail=detail,
        settled_ns=settled,
        returned_ns=back,
        id=identity,
    )
