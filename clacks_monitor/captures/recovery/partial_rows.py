"""Entries of which one row is left: what the table shows of them, or what arrived. Used by recovery, on its thread.

An entry's two rows lie on two pages. Where one of them is damaged, the other still says a good deal: the missing half
is made from it, and says itself what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.captures.interning import Interner
from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE, GapCause, ProblemKind, RawMessage
from clacks_monitor.core.summary import Summaries
from clacks_monitor.storage.encoding import KIND_GAP, KIND_INVALID, event_tuples, unpack

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from clacks_monitor.storage.encoding import EntryTuple

LOST_BODY = "What this event held was on a damaged page of the file."
_UNKNOWN = ("", "", "", "", "data")
_BODILESS = "SELECT seq FROM entry WHERE type IS NOT NULL EXCEPT SELECT seq FROM body"
_NO_BODY = """
INSERT INTO body SELECT seq, type, 0, 0, 0, NULL, NULL, x'' FROM entry
 WHERE type IS NOT NULL AND seq NOT IN (SELECT seq FROM body)
"""
_ADD_PROBLEM = """
UPDATE entry SET kind = ?, problem = trim(coalesce(problem, '') || ' ' || ?), problem_kind = coalesce(problem_kind, ?)
 WHERE seq = ?
"""
_NO_GAP = """
INSERT INTO gap SELECT seq, wall, ?, summary, -1 FROM entry WHERE type IS NULL AND seq NOT IN (SELECT seq FROM gap)
"""
_HEADLESS = "SELECT 1 FROM body WHERE seq NOT IN (SELECT seq FROM entry)"
_GAP_WITHOUT_ENTRY = "SELECT 1 FROM gap WHERE seq NOT IN (SELECT seq FROM entry)"
_NO_ENTRY_OF_GAP = """
INSERT INTO entry SELECT g.seq, max(g.start, coalesce(a.wall, g.start)), NULL, ?, ?, 0, g.detail, NULL, NULL, NULL, NULL
 FROM gap g LEFT JOIN temp.arrival a ON a.seq = g.seq
 WHERE g.seq NOT IN (SELECT seq FROM entry) AND g.seq NOT IN (SELECT seq FROM body)
"""
_NO_ENTRY = """
SELECT b.seq, b.type, b.packing, b.monotonic, b.body, a.wall,
 (SELECT n.seq FROM entry n WHERE n.seq < b.seq AND n.type IS NOT NULL ORDER BY n.seq DESC LIMIT 1),
 (SELECT n.seq FROM entry n WHERE n.seq > b.seq AND n.type IS NOT NULL ORDER BY n.seq LIMIT 1)
 FROM body b LEFT JOIN temp.arrival a ON a.seq = b.seq WHERE b.seq NOT IN (SELECT seq FROM entry)
"""
_BOTH_CLOCKS = "SELECT e.wall, b.monotonic FROM entry e JOIN body b ON b.seq = e.seq WHERE e.seq = ?"
_ENTRY = "INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class PartialRows:
    """How many events came back without their body, and without what the table had shown of them."""

    without_body: int = 0
    without_entry: int = 0


def times_are_missing(db: sqlite3.Connection) -> bool:
    """Whether there are entries whose own rows do not hold their time of arrival."""
    return any(db.execute(f"{sql} LIMIT 1").fetchone() for sql in (_HEADLESS, _GAP_WITHOUT_ENTRY))


def complete(db: sqlite3.Connection) -> PartialRows:
    """Give each entry that has one of its rows the other, in the running transaction. Raises sqlite3.Error."""
    # Heads first: their times follow from the clocks of intact neighbours.
    entries = list(_missing_entries(db))
    bodiless = [seq for (seq,) in db.execute(_BODILESS)]
    db.executemany(_ENTRY, entries)
    db.execute(_NO_BODY)
    db.executemany(_ADD_PROBLEM, [(KIND_INVALID, LOST_BODY, ProblemKind.EMPTY, seq) for seq in bodiless])
    db.execute(_NO_GAP, (GapCause.FILE_DAMAGED,))
    if db.execute(_GAP_WITHOUT_ENTRY).fetchone():
        db.execute(_NO_ENTRY_OF_GAP, (_unknown_source(db), KIND_GAP))
    return PartialRows(len(bodiless), len(entries))


def _unknown_source(db: sqlite3.Connection) -> int:
    """Return the id of the source of what has none."""
    return Interner(db).source_id(_UNKNOWN)


def _missing_entries(db: sqlite3.Connection) -> Iterator[EntryTuple]:
    if db.execute(f"{_HEADLESS} LIMIT 1").fetchone() is None:
        return
    source, decode = _unknown_source(db), Decoder(Summaries.load("en", EVENT_NAMESPACE))
    for seq, type_id, packing, monotonic, stored, known, before, after in db.execute(_NO_ENTRY):
        try:
            body = unpack(packing, stored)
        except ValueError:
            body = b""
        wall = known if known is not None else _estimated(db, monotonic, before, after)
        entry, _body = event_tuples(seq, decode(RawMessage("", wall, monotonic, body)), type_id, source)
        yield entry


def _estimated(db: sqlite3.Connection, monotonic: int, before: int | None, after: int | None) -> int:
    """Return when an event arrived by the clocks of a neighbour: both run alike within one run of the monitor."""
    low, high = (db.execute(_BOTH_CLOCKS, (seq or 0,)).fetchone() for seq in (before, after))
    near = low or high
    if near is None:
        return 0
    wall = int(near[0] + monotonic - near[1])
    if low:
        wall = max(wall, low[0])
    return min(wall, high[0]) if high else wall
