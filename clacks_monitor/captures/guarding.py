"""Connections in which nothing runs but this program's own statements, on its own tables.

SQLite has a defensive mode that Python's sqlite3 cannot switch on before 3.12. What it forbids, and triggers and views
besides, an authorizer forbids here, whatever a file says or another process changes in it later. Any thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from clacks_monitor.storage.encoding import MAX_BODY

if TYPE_CHECKING:
    from pathlib import Path

HEAP_BYTES = 512 * 1024 * 1024
"""Memory that SQLite uses at most in this process: a schema of a million tables does not take more."""
LONGEST_ROW = MAX_BODY + 1024 * 1024
"""Bytes of a row with a body."""
LONGEST_SQL = 100_000
STEP = 500_000
"""Instructions of SQLite's virtual machine, some ten milliseconds, between two checks of the work done."""
_STEPS = 4
PAGES_OF_A_STEP = 25
"""Work allowed for a statement: so many steps, and one for so many pages; sorting a full page takes half of that."""
_TABLES = frozenset({"meta", "type", "source", "entry", "body", "gap", "note", "snapshot", "tally", "copy"})
_SCHEMA = frozenset({"sqlite_schema", "sqlite_master"})
_FUNCTIONS = frozenset(
    {"coalesce", "count", "iif", "json_each", "length", "max", "min", "nullif", "substr", "sum", "trim", "typeof"}
)
_READING_PRAGMAS = frozenset(
    {
        "application_id",
        "cache_size",
        "cell_size_check",
        "encoding",
        "freelist_count",
        "hard_heap_limit",
        "locking_mode",
        "mmap_size",
        "page_count",
        "page_size",
        "query_only",
        "trusted_schema",
        "user_version",
    }
)
_WRITING_PRAGMAS = frozenset(
    {
        "journal_mode",
        "journal_size_limit",
        "max_page_count",
        "secure_delete",
        "synchronous",
        "wal_autocheckpoint",
        "wal_checkpoint",
    }
)
_CHANGES = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
_NEVER = frozenset(
    {
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
        sqlite3.SQLITE_CREATE_VIEW,
        sqlite3.SQLITE_CREATE_TEMP_VIEW,
        sqlite3.SQLITE_CREATE_VTABLE,
    }
)
REPLACING = partial(str, encoding="utf-8", errors="replace")
"""Makes a text of any bytes. ``str`` as text factory takes half the time, and rejects bytes that are not UTF-8."""
Decide = Callable[[int, str | None, str | None, str | None, str | None], int]


class Purpose(Enum):
    """The purpose of a connection, which determines the allowed operations."""

    READING = auto()
    WRITING = auto()
    BUILDING = auto()
    """Laying out, bringing up to date, copying: all but triggers, views and virtual tables."""


def _may_read(action: int, first: str | None, second: str | None) -> bool:
    if action == sqlite3.SQLITE_SELECT:
        return True
    if action == sqlite3.SQLITE_READ:
        return first in _TABLES or first in _SCHEMA or first == "json_each"
    if action == sqlite3.SQLITE_FUNCTION:
        return second in _FUNCTIONS
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return True  # json_each asks when it declares itself; SQLite refuses it but for a pragma that is not allowed
    return action == sqlite3.SQLITE_PRAGMA and first in _READING_PRAGMAS


def _may_write(action: int, first: str | None, second: str | None) -> bool:
    if action in _CHANGES:
        return first in _TABLES
    if action == sqlite3.SQLITE_PRAGMA and first in _WRITING_PRAGMAS:
        return True
    return action == sqlite3.SQLITE_TRANSACTION or _may_read(action, first, second)


def _may_build(action: int, _first: str | None, _second: str | None) -> bool:
    return action not in _NEVER


_RULES = {Purpose.READING: _may_read, Purpose.WRITING: _may_write, Purpose.BUILDING: _may_build}


def _authorizer(purpose: Purpose) -> Decide:
    rule = _RULES[purpose]

    def decide(action: int, first: str | None, second: str | None, _database: str | None, inside: str | None) -> int:
        # ``inside`` is the trigger or view that requests it; captures have none.
        return sqlite3.SQLITE_OK if inside is None and rule(action, first, second) else sqlite3.SQLITE_DENY

    return decide


class GuardedConnection(sqlite3.Connection):
    """Raises sqlite3.Error only, and returns texts that are not UTF-8 with replacement characters."""

    _left = 0

    @override
    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        try:
            return super().execute(*arguments)
        except UnicodeDecodeError as error:
            # SQLite quotes a damaged schema in its message, and what it quotes may be no text.
            raise sqlite3.DatabaseError("its description of its tables is damaged") from error
        except MemoryError as error:
            raise sqlite3.OperationalError("it wants more memory than any capture does") from error

    def use_for(self, purpose: Purpose) -> None:
        """Let the connection do from now on what ``purpose`` needs, and nothing else."""
        self.set_authorizer(_authorizer(purpose))

    def bound(self, pages: int) -> None:
        """Give up what takes longer than it can in a file of ``pages``: pages that lead to each other never end."""
        self._left = _STEPS + pages // PAGES_OF_A_STEP
        self.set_progress_handler(self._look, STEP)

    @property
    def gave_up(self) -> bool:
        """Whether a statement was interrupted because it took too long."""
        return self._left < 0

    def _look(self) -> int:
        self._left -= 1
        return int(self._left < 0)


def connect(path: Path, query: str, *, purpose: Purpose) -> GuardedConnection:
    """Open ``path`` with the parameters of ``query`` ("mode=ro"), guarded and tuned for captures. Raises sqlite3.Error.

    Statements run in autocommit; transactions are opened by hand.
    """
    uri = f"{path.absolute().as_uri()}?{query}"
    db = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10.0, factory=GuardedConnection
    )
    try:
        db.use_for(purpose)
        db.text_factory = REPLACING
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_ROW)
        db.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL)
        db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
        db.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100)
        db.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1)
        db.execute(f"PRAGMA hard_heap_limit = {HEAP_BYTES}")
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        db.execute("PRAGMA mmap_size = 0")
    except sqlite3.Error:
        db.close()
        raise
    return db
