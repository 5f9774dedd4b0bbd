"""The SQL queries of a capture's reader, and the types of their columns. Constants."""

from __future__ import annotations

from clacks_monitor.captures.short_rows import cut
from clacks_monitor.core.columns import Column
from clacks_monitor.storage.encoding import LONGEST_TEXT, MAX_BODY
from clacks_monitor.storage.shapes import Shape

EVENT_COLUMNS = (
    "entry.wall, entry.summary, entry.problem, entry.problem_kind, entry.line, entry.col, body.packing,"
    " body.monotonic, body.created, body.message_id, body.properties, body.body"
)
GAP_COLUMNS = f"g.start, e.wall, g.cause, {cut('g.detail', LONGEST_TEXT)}, g.lost"
WEIGHT = (
    f"min({MAX_BODY}, max(iif(typeof(body) = 'blob', length(body), {MAX_BODY}),"
    " iif(typeof(packing) = 'integer', packing, 0)) + coalesce(length(properties), 0))"
)
"""SQL for the bytes that an event takes when it is read."""
ROW = (
    "SELECT e.seq, e.kind, e.wall, e.type, e.summary, e.source, e.size, e.problem, n.mark, n.comment, g.start, g.cause,"
    " NULL, NULL"
    " FROM entry e LEFT JOIN note n ON n.seq = e.seq LEFT JOIN gap g ON g.seq = e.seq WHERE e.seq "
)
ROW_TOO_LONG = (
    "SELECT e.seq, e.kind, e.wall, e.type, ?, e.source, e.size, NULL, 0, '', g.start, '', NULL, NULL FROM entry e"
    " LEFT JOIN gap g ON g.seq = e.seq WHERE e.seq = ?"
)
"""A row without its texts, one of which is longer than any that this program writes."""
NAMED = "IN (SELECT value FROM json_each(?))"
ROWS_BETWEEN = f"{ROW}BETWEEN ? AND ? LIMIT ?"
ROWS_NAMED = f"{ROW}{NAMED}"
SIZES = f"SELECT seq, {WEIGHT} AS size FROM body WHERE seq {NAMED} ORDER BY size, seq"
EVENTS = " FROM entry JOIN body ON body.seq = entry.seq WHERE entry.seq "
EVENTS_NAMED = f"SELECT entry.seq, entry.type, entry.source, {EVENT_COLUMNS}{EVENTS}{NAMED}"
GAPS_NAMED = (
    f"SELECT g.seq, e.source, {GAP_COLUMNS} FROM gap g JOIN entry e ON e.seq = g.seq"
    " WHERE g.seq IN (SELECT value FROM json_each(?))"
)
SCAN = "SELECT seq, type, packing, {0}, body FROM body WHERE seq BETWEEN :low AND :high"
OF_TYPES = " AND type IN (SELECT id FROM type WHERE name IN (SELECT value FROM json_each(:types)))"
SEARCHED = (
    "SELECT e.seq, e.summary, e.problem, n.comment, b.packing, b.body FROM entry e"
    " LEFT JOIN body b ON b.seq = e.seq LEFT JOIN note n ON n.seq = e.seq WHERE e.seq BETWEEN ? AND ?"
    " ORDER BY e.seq LIMIT ?"
)
COMMENTS = (
    f"SELECT seq, {cut('comment', LONGEST_TEXT)} FROM note WHERE comment <> '' AND seq BETWEEN ? AND ? ORDER BY seq"
)
SNAPSHOT = f"SELECT {cut('name', LONGEST_TEXT)}, taken, content FROM snapshot WHERE id = ?"
SNAPSHOT_SHAPE = Shape(name=str, taken=int, content=bytes)
TROUBLES = (
    "SELECT seq FROM entry WHERE kind <> 0 AND seq BETWEEN ? AND ?"
    " AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq"
)
COPIES = "SELECT seq, first FROM copy WHERE seq BETWEEN ? AND ? ORDER BY seq"
DELIVERIES = (
    "SELECT seq FROM entry WHERE seq = :first UNION SELECT c.seq FROM copy c JOIN entry e ON e.seq = c.seq"
    " WHERE c.first = :first ORDER BY 1 LIMIT :limit"
)
FIRST_DELIVERY = "SELECT first FROM copy WHERE seq = ?"
COUNTED_DELIVERIES = (
    "SELECT e.seq, (SELECT count(*) FROM copy c WHERE c.first ="
    " coalesce((SELECT d.first FROM copy d WHERE d.seq = e.seq), e.seq)) FROM entry e WHERE e.seq "
    f"{NAMED}"
)
"""How many copies each of some entries has, or the message that it is a copy of."""
HAS_COPIES = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'copy')"
SORTED = 1_000
"""Bytes of a text that decide on its place."""
ORDERS = {
    Column.TIME: "SELECT seq FROM entry ORDER BY wall, seq",
    Column.TYPE: "SELECT e.seq FROM type t CROSS JOIN entry e ON e.type = t.id ORDER BY t.name, e.seq",
    Column.SUMMARY: f"SELECT seq FROM entry ORDER BY {cut('summary', SORTED)}, seq",
    Column.CONNECTION: "SELECT e.seq FROM entry e JOIN source s ON s.id = e.source ORDER BY s.connection, e.seq",
    Column.SUBJECT: "SELECT e.seq FROM entry e JOIN source s ON s.id = e.source ORDER BY s.subject, e.seq",
    Column.SIZE: "SELECT seq FROM entry ORDER BY size, seq",
    Column.PROBLEM: f"SELECT seq FROM entry ORDER BY coalesce({cut('problem', SORTED)}, ''), seq",
    Column.COMMENT: (
        "SELECT e.seq FROM entry e LEFT JOIN note n ON n.seq = e.seq"
        f" ORDER BY coalesce({cut('n.comment', SORTED)}, ''), e.seq"
    ),
    Column.SEQUENCE: "SELECT seq FROM entry ORDER BY seq",
}
EXCERPT_HEAD = (
    "SELECT entry.type, entry.source, entry.size, body.packing, entry.wall,"
    f" {cut('entry.summary', LONGEST_TEXT)}, {cut('entry.problem', LONGEST_TEXT)}, entry.problem_kind, entry.line,"
    f" entry.col, body.monotonic, body.created, {cut('body.message_id', LONGEST_TEXT)}"
    " FROM entry JOIN body ON body.seq = entry.seq WHERE entry.seq = ?"
)
