"""The SQL of an archive's reader. Constants.

Values have at most the sizes that are asked for: what is longer comes cut, or as NULL with its size.
"""

from __future__ import annotations

from clacks_monitor.core.columns import Column
from clacks_monitor.storage.encoding import LONGEST_TEXT
from clacks_monitor.storage.table_rows import MAX_TEXT

ROW = (
    f"SELECT e.seq, e.kind, e.wall, e.type, left(e.summary, {MAX_TEXT + 1}), e.source, e.size,"
    f" left(e.problem, {MAX_TEXT + 1}), n.mark::integer, left(n.comment, {LONGEST_TEXT}), g.start, left(g.cause, 100),"
    " left(n.author, 100), n.changed FROM entry e LEFT JOIN note n ON n.seq = e.seq LEFT JOIN gap g ON g.seq = e.seq"
)
ROWS_BETWEEN = f"{ROW} WHERE e.seq BETWEEN %s AND %s LIMIT %s"
ROWS_NAMED = f"{ROW} WHERE e.seq = ANY(%s) LIMIT %s"
COPIES = "SELECT seq, first FROM copy WHERE seq BETWEEN %s AND %s ORDER BY seq LIMIT %s"
DELIVERIES = (
    "WITH origin AS (SELECT coalesce((SELECT first FROM copy WHERE seq = %(seq)s), %(seq)s) AS seq)"
    " SELECT e.seq FROM entry e JOIN origin o ON e.seq = o.seq"
    " UNION SELECT c.seq FROM copy c JOIN origin o ON c.first = o.seq ORDER BY 1 LIMIT %(limit)s"
)
COUNTED_DELIVERIES = (
    "SELECT s.seq, (SELECT count(*) FROM copy c WHERE c.first = coalesce((SELECT d.first FROM copy d"
    " WHERE d.seq = s.seq), s.seq)) FROM unnest(%s::bigint[]) AS s (seq)"
)
"""How many copies each of some entries has, or the message that it is a copy of."""
SIZES = (
    "SELECT seq, greatest(octet_length(body), packing) + coalesce(octet_length(properties), 0) AS size"
    " FROM body WHERE seq = ANY(%s) ORDER BY size, seq LIMIT %s"
)
_SHARED = (
    "octet_length(b.properties), CASE WHEN octet_length(b.properties) <= %(share)s THEN b.properties END,"
    " octet_length(b.body), CASE WHEN octet_length(b.body) <= %(share)s THEN b.body END"
)
"""Properties and body, each as its size and, where that is at most "share", itself."""
EVENTS_NAMED = (
    f"SELECT e.seq, e.type, e.source, e.wall, left(e.summary, {LONGEST_TEXT}), left(e.problem, {LONGEST_TEXT}),"
    " left(e.problem_kind, 100), e.line, e.col, b.packing, b.monotonic, b.created,"
    f" left(b.message_id, {LONGEST_TEXT}), {_SHARED}"
    " FROM entry e JOIN body b ON b.seq = e.seq WHERE e.seq = ANY(%(named)s) LIMIT %(count)s"
)
GAPS_NAMED = (
    f"SELECT g.seq, e.source, g.start, e.wall, left(g.cause, 100), left(g.detail, {LONGEST_TEXT}), g.lost"
    " FROM gap g JOIN entry e ON e.seq = g.seq WHERE g.seq = ANY(%s) LIMIT %s"
)
_OF_TYPES = " AND b.type IN (SELECT id FROM type WHERE name = ANY(%(types)s))"
_SCAN = (
    "SELECT b.seq, b.type, b.packing, {} FROM body b WHERE b.seq BETWEEN %(low)s AND %(high)s{} ORDER BY b.seq{}"
    " LIMIT %(count)s"
)
_BARE = "NULL::integer, NULL::text, octet_length(b.body), CASE WHEN octet_length(b.body) <= %(share)s THEN b.body END"


def scan(*, properties: bool, types: bool, newest_first: bool) -> str:
    """Return the statement that reads a span of events."""
    return _SCAN.format(_SHARED if properties else _BARE, _OF_TYPES if types else "", " DESC" if newest_first else "")


SEARCHED = (
    f"SELECT e.seq, left(e.summary, {LONGEST_TEXT + 1}), left(e.problem, {LONGEST_TEXT}),"
    f" left(n.comment, {LONGEST_TEXT}), b.packing, octet_length(b.body),"
    " CASE WHEN octet_length(b.body) <= %(share)s THEN b.body END"
    " FROM entry e LEFT JOIN body b ON b.seq = e.seq LEFT JOIN note n ON n.seq = e.seq"
    " WHERE e.seq BETWEEN %(low)s AND %(high)s ORDER BY e.seq LIMIT %(count)s"
)
BODIES = (
    "SELECT b.packing, octet_length(b.body), CASE WHEN octet_length(b.body) <= %(share)s THEN b.body END"
    " FROM body b JOIN entry e ON e.seq = b.seq WHERE b.seq BETWEEN %(low)s AND %(high)s"
    " AND e.seq BETWEEN %(low)s AND %(high)s AND e.wall >= %(from)s AND e.wall < %(to)s{} LIMIT %(count)s"
)
BODIES_OF_TYPES = BODIES.format(_OF_TYPES)
BODIES_OF_ALL = BODIES.format("")
EXCERPT = (
    f"SELECT e.type, e.source, e.size, e.wall, left(e.summary, {LONGEST_TEXT}), left(e.problem, {LONGEST_TEXT}),"
    " left(e.problem_kind, 100), e.line, e.col, b.packing, b.monotonic, b.created,"
    f" left(b.message_id, {LONGEST_TEXT}), octet_length(b.properties),"
    " CASE WHEN octet_length(b.properties) <= %(limit)s THEN b.properties END, substring(b.body FOR %(limit)s)"
    " FROM entry e JOIN body b ON b.seq = e.seq WHERE e.seq = %(seq)s"
)
TROUBLES = "SELECT seq FROM entry WHERE kind <> 0 AND seq BETWEEN %s AND %s AND kind = ANY(%s) ORDER BY seq{} LIMIT %s"
SORTED = 1_000
"""Characters of a text that decide on its place."""
_BY_TEXT = f"SELECT e.seq FROM entry e{{}} ORDER BY coalesce(left({{}}, {SORTED}), '') COLLATE \"C\", e.seq"
_SOURCE = " LEFT JOIN source s ON s.id = e.source"
ORDERS = {
    Column.TIME: "SELECT seq FROM entry ORDER BY wall, seq",
    Column.TYPE: (
        "SELECT e.seq FROM entry e LEFT JOIN type t ON t.id = e.type ORDER BY coalesce(t.name, '') COLLATE \"C\", e.seq"
    ),
    Column.SUMMARY: _BY_TEXT.format("", "e.summary"),
    Column.CONNECTION: _BY_TEXT.format(_SOURCE, "s.connection"),
    Column.SUBJECT: _BY_TEXT.format(_SOURCE, "s.subject"),
    Column.SIZE: "SELECT seq FROM entry ORDER BY size, seq",
    Column.PROBLEM: _BY_TEXT.format("", "e.problem"),
    Column.COMMENT: _BY_TEXT.format(" LEFT JOIN note n ON n.seq = e.seq", "n.comment"),
    Column.SEQUENCE: "SELECT seq FROM entry ORDER BY seq",
}
