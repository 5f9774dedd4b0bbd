"""Sequence numbers, times, counts and limits that cannot be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.helpers.entries import START
from tests.hostile.corpus.captures.case import LOOP, HostileCapture, by_connection, by_sql, named

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

LAST = 2**63 - 1
_NUMBERS = {
    "last number 2^63-1": f"UPDATE entry SET seq = {LAST} WHERE seq = 200;UPDATE body SET seq = {LAST} WHERE seq = 200",
    "only number 2^63-1": f"DELETE FROM entry WHERE seq > 1; DELETE FROM body WHERE seq > 1; DELETE FROM gap;"
    f"UPDATE entry SET seq = {LAST}; UPDATE body SET seq = {LAST}",
    "number 0": "UPDATE entry SET seq = 0 WHERE seq = 1; UPDATE body SET seq = 0 WHERE seq = 1",
    "number -5": "UPDATE entry SET seq = -5 WHERE seq = 1; UPDATE body SET seq = -5 WHERE seq = 1",
    "all numbers negative": "UPDATE entry SET seq = -seq; UPDATE body SET seq = -seq; UPDATE gap SET seq = -seq",
    "lowest number": "UPDATE entry SET seq = -9223372036854775808 WHERE seq = 1",
    "holes": "DELETE FROM entry WHERE seq % 2; DELETE FROM body WHERE seq % 2",
    "entries without bodies": "DELETE FROM body",
    "bodies without entries": "DELETE FROM entry",
    "gaps without their rows": "DELETE FROM gap",
    "times at the end": f"UPDATE entry SET wall = {LAST} - seq",
    "times at the beginning": "UPDATE entry SET wall = -9223372036854775807 + seq",
    "times over 500 years": f"UPDATE entry SET wall = (seq - 100) * {LAST // 200}",
    "one time": f"UPDATE entry SET wall = {START}",
    "tally of unknown types": "INSERT INTO tally SELECT value, 999, 0, 1 FROM json_each('[1,2,3]')",
    "tally of nothing": "UPDATE tally SET count = -5",
    "tally of everything": f"UPDATE tally SET count = {LAST}",
    "tally over all times": "INSERT OR IGNORE INTO tally SELECT (value - 10000) * 922337203685, 1, 0, 1"
    " FROM json_each((SELECT json_group_array(seq * 100 % 20000) FROM entry))",
    "marks everywhere": f"INSERT OR REPLACE INTO note {LOOP} SELECT i * 46000000000000, 1, 'x', 0 FROM n LIMIT 200000",
    "sizes that lie": f"UPDATE entry SET size = {LAST}",
    "negative sizes": "UPDATE entry SET size = -1",
    "types unknown": "UPDATE entry SET type = 4711; UPDATE body SET type = 4711",
    "sources unknown": "UPDATE entry SET source = 4711",
    "kinds unknown": "UPDATE entry SET kind = 77",
    "ring of nothing": "INSERT OR REPLACE INTO meta VALUES ('ring', '[-1, -1, -1]')",
    "ring of text": "INSERT OR REPLACE INTO meta VALUES ('ring', '{{{')",
}
_MORE_NUMBERS = {
    "the largest number": f"UPDATE entry SET seq = {2**63 - 1} WHERE seq = 201",
    "only the largest number": f"DELETE FROM entry WHERE seq > 1; UPDATE entry SET seq = {2**63 - 1}",
    "a number of a far future": f"UPDATE entry SET seq = {10**15} WHERE seq = 201",
    "zero": "UPDATE entry SET seq = 0 WHERE seq = 1; UPDATE body SET seq = 0 WHERE seq = 1",
    "a negative number": "UPDATE entry SET seq = -5 WHERE seq = 201; UPDATE body SET seq = -5 WHERE seq = 201",
    "all negative": "UPDATE entry SET seq = -seq; UPDATE body SET seq = -seq; UPDATE gap SET seq = -seq",
    "the least number": f"UPDATE entry SET seq = {-(2**63)} WHERE seq = 1",
    "bodies without entries": "INSERT INTO body SELECT seq + 1000, type, packing, monotonic, created, message_id,"
    " properties, body FROM body",
    "entries without bodies": "DELETE FROM body",
    "marks on what is not there": f"INSERT INTO note VALUES (5000, 1, 'x', 0), ({2**63 - 1}, 1, 'y', 0),"
    " (-1, 1, 'z', 0)",
    "gaps that are not there": f"INSERT INTO gap VALUES (5000, 0, 'x', '', 0), ({2**63 - 1}, 0, 'slept', '', 0)",
    "counts of a type that is not there": "INSERT INTO tally VALUES (28333333, 4711, 0, 5)",
    "counts of a type without entries": "INSERT INTO type VALUES (4711, 'Nowhere'); INSERT INTO tally VALUES"
    " (28333333, 4711, 0, 5)",
    "negative counts": "UPDATE tally SET count = -count",
    "counts without end": f"UPDATE tally SET count = {2**63 - 1}",
    "counts of the last minutes": "INSERT INTO tally SELECT 9223372036854775807 - seq, type, kind, 1 FROM entry"
    " WHERE type IS NOT NULL LIMIT 20",
    "entries of no type": "UPDATE entry SET type = 4711; UPDATE body SET type = 4711",
    "entries of no source": "UPDATE entry SET source = 4711",
    "events that are gaps": "UPDATE entry SET kind = 2",
    "gaps that are events": "UPDATE entry SET type = 1, kind = 0 WHERE type IS NULL",
    "kinds that are none": "UPDATE entry SET kind = seq * 1000003",
    "a problem of no kind": "UPDATE entry SET kind = 1, problem = 'x', problem_kind = 'x'",
    "a cause that is none": "UPDATE gap SET cause = 'x'",
    "times at both ends": f"UPDATE entry SET wall = CASE seq % 2 WHEN 0 THEN {2**63 - 1} ELSE {-(2**63)} END",
    "lines below zero": "UPDATE entry SET problem = 'x', problem_kind = 'not-xml', line = -1,"
    " col = -9223372036854775808",
    "100,000 types": "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO"
    " type SELECT i, 'T' || i FROM n; INSERT INTO tally SELECT 1, id, 0, 1 FROM type WHERE id >= 1000",
}
_LIMITS = (
    '{"bytes":0,"age_s":1e999,"count":0}',
    '{"bytes":0,"age_s":NaN,"count":0}',
    f'{{"bytes":{2**70},"age_s":0,"count":0}}',
    f'{{"bytes":0,"age_s":0,"count":{10**400}}}',
    '{"bytes":-1,"age_s":-1,"count":-1}',
    '{"bytes":"x","age_s":[],"count":{}}',
    "[" * 50_000,
    "x" * 1_000_000,
    "",
)


def numbers() -> Iterator[HostileCapture]:
    """Return all of them."""
    for name, sql in _NUMBERS.items():
        yield HostileCapture(name, by_sql(sql), "number of entries")
    yield from named("number", {name: by_sql(sql) for name, sql in _MORE_NUMBERS.items()})
    yield from named("limit", {value[:30]: by_connection(partial(_limit, value=value)) for value in _LIMITS})


def _limit(db: sqlite3.Connection, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO meta VALUES ('ring', ?)", (value,))
