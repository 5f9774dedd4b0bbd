"""A capture rebuilt from its pages, without the pages that lead to them. Used by recovery, on its thread.

The rows of a table lie in its leaves; what damages a page above them hides all of them from SQLite. Here every page of
the file is looked at by itself, and what looks like a row of a capture's table goes into a new file that is laid out
like one. Indexes hold some values a second time: they help where a table's own page is damaged.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from clacks_monitor.captures import layout
from clacks_monitor.captures.guarding import Purpose, connect
from clacks_monitor.captures.recovery import partial_rows
from clacks_monitor.captures.recovery.btree_pages import PageReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from clacks_monitor.captures.recovery.btree_pages import TableRow

_TABLES = {
    "ni[in]iiit[tn][tn][in][in]": "entry",
    "niiii[tn][tn]b": "body",
    "nitti": "gap",
    "niti": "note",
    "nttttt": "source",
    "nttitb": "snapshot",
    "nt": "type",
}
"""Tables by the types of their columns: nothing (the row's own number), integer, text, bytes."""
_STRAY = {"entry": 0, "body": 100_000}
"""How far a row's number may be from that expected by its neighbours on the page: entries have no holes."""
_INDEXES = {
    "ttttti": "INSERT OR IGNORE INTO source VALUES (?6, ?1, ?2, ?3, ?4, ?5)",
    "ti": "INSERT OR IGNORE INTO type VALUES (?2, ?1)",
    "i[in]i": "INSERT OR IGNORE INTO temp.arrival VALUES (?3, ?1)",
    "tt": "INSERT OR IGNORE INTO meta SELECT ?1, ?2 WHERE ?1 = 'ring'",
}
_NOTE = (
    "INSERT INTO note VALUES (?, ?, ?, ?) ON CONFLICT (seq) DO UPDATE SET"
    " mark = excluded.mark, comment = excluded.comment, changed = excluded.changed WHERE excluded.changed > changed"
)
_TIMED = 3  # values in the index of times: time, type, number of the entry
_CODES = {type(None): "n", int: "i", str: "t", bytes: "b", float: "f"}


def rebuild(damaged: Path, target: Path, keep_on: Callable[[int, int], bool]) -> partial_rows.PartialRows | None:
    """Write what the pages of ``damaged`` hold to a new file ``target``; None when ``keep_on`` wanted no more.

    ``keep_on(done, total)`` gets pages. Returns how many entries came back by halves. Of rows that the damaged file
    holds twice the first one counts; of notes the newest.
    """
    with suppress(sqlite3.Error), closing(connect(damaged, "mode=rw", purpose=Purpose.BUILDING)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # moves the content of the log into the pages
    with closing(connect(target, "mode=rwc", purpose=Purpose.BUILDING)) as db, damaged.open("rb") as file:
        layout.create(db, "")
        db.execute("DELETE FROM type")
        db.execute("CREATE TEMP TABLE arrival (seq INTEGER PRIMARY KEY, wall INTEGER NOT NULL) STRICT")
        pages = PageReader(file, damaged.stat().st_size)
        free = pages.free()
        db.execute("BEGIN")
        timed: list[int] = []
        for number in range(2, pages.count + 1):
            if number not in free and not _is_of_numbers(pages, number, timed):
                _insert(db, list(pages.rows(number)))
            if number % 256 == 0 and not keep_on(number, pages.count):
                return None
        if partial_rows.times_are_missing(db):
            for number in timed:
                _insert(db, list(pages.rows(number)))
        found = partial_rows.complete(db)
        db.execute("COMMIT")
    return found


def _is_of_numbers(pages: PageReader, number: int, timed: list[int]) -> bool:
    """Whether a page is of an index of numbers, the greater part of a file; noted in ``timed`` if it knows times.

    Such an index repeats values of its table's rows: it is only read where those are missing.
    """
    first = next(pages.rows(number), None)
    if first is None or first.number is not None or not all(isinstance(v, int | None) for v in first.values):
        return False
    if len(first.values) == _TIMED:
        timed.append(number)
    return True


def _insert(db: sqlite3.Connection, rows: list[TableRow]) -> None:
    """Insert the rows of one page; what belongs to no table of a capture is left out."""
    statements = [(*_statement(row), row) for row in rows]
    usual = {table: _usual([row for other, _sql, row in statements if other == table]) for table in _STRAY}
    for table, sql, row in statements:
        values = row.values
        if row.number is not None:
            stray = table in _STRAY and abs(row.number - row.position - usual[table]) > _STRAY[table]
            if row.number < 0 or stray:
                continue
            values = [row.number, *row.values[1:]]
        if sql:
            # The tables are STRICT: data with other types is not one of their rows.
            with suppress(sqlite3.Error, OverflowError):
                db.execute(sql, values)


def _usual(rows: Iterable[TableRow]) -> int:
    """Return the number that position 0 of a page has by the word of most of its rows."""
    votes = Counter((row.number or 0) - row.position for row in rows)
    return votes.most_common(1)[0][0] if votes else 0


def _statement(row: TableRow) -> tuple[str, str]:
    """Return the table that a row belongs to and what inserts it, "" where there is none."""
    return _statement_for("".join(_CODES[type(value)] for value in row.values), in_index=row.number is None)


@lru_cache(maxsize=256)
def _statement_for(codes: str, *, in_index: bool) -> tuple[str, str]:
    if in_index:
        return "", next((sql for pattern, sql in _INDEXES.items() if re.fullmatch(pattern, codes)), "")
    table = next((table for pattern, table in _TABLES.items() if re.fullmatch(pattern, codes)), "")
    marks = ", ".join("?" * len(codes))
    return table, _NOTE if table == "note" else f"INSERT OR IGNORE INTO {table} VALUES ({marks})" if table else ""
