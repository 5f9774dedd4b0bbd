"""Megabytes where lines are expected, bodies that unpack to more than there is, and properties."""

from __future__ import annotations

import random
import zlib
from typing import TYPE_CHECKING

from tests.hostile.corpus.captures.case import LOOP, HostileCapture, by_connection, by_sql, named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.hostile.corpus.captures.case import Make


def large() -> Iterator[HostileCapture]:
    """Megabytes where lines are expected, and bodies that unpack to more than there is."""
    letters = "replace(hex(zeroblob({})), '0', '{}')"
    for length, text in ((2_500_000, "x"), (2_500_000, "é "), (25_000, "x")):
        value = letters.format(length, text)
        for table, column, where in (
            ("entry", "summary", "seq % 10 = 1"),
            ("entry", "problem", "seq % 10 = 1"),
            ("type", "name", "id = 1"),
            ("source", "connection", "id = 1"),
            ("source", "subject", "id = 1"),
            ("source", "content_type", "id = 1"),
            ("gap", "detail", "1"),
            ("note", "comment", "1"),
            ("body", "message_id", "seq % 10 = 1"),
        ):
            kind = ", problem_kind = 'not-xml'" if column == "problem" else ""
            name = f"{column} of {2 * length * len(text):,} {'letters' if text == 'x' else 'words'}"
            yield HostileCapture(name, by_sql(f"UPDATE {table} SET {column} = {value}{kind} WHERE {where}"), "large")
    combining = "e" + "\u0301" * 200_000
    yield HostileCapture(
        "summaries of combining characters", by_sql(f"UPDATE entry SET summary = '{combining}'"), "large"
    )
    yield HostileCapture("bodies that unpack to 250 MB", _bomb(200, 250_000_000, b" "), "large")
    yield HostileCapture("bodies that unpack to 25 MB", _bomb(200, 25_000_000, b" "), "large")
    yield HostileCapture("one body that unpacks to 600 MB", _bomb(1, 600_000_000, b" "), "large")
    types = f"INSERT INTO type {LOOP} SELECT i + 100, 'T' || i FROM n LIMIT 200000"
    yield HostileCapture("200,000 types", by_sql(types), "large")
    sources = f"INSERT INTO source {LOOP} SELECT i + 100, 'c' || i, 's', 't', 'u', 'data' FROM n LIMIT 200000"
    yield HostileCapture("200,000 sources", by_sql(sources), "large")


def bodies() -> Iterator[HostileCapture]:
    """Return bodies and properties that are not what they say."""
    return named("body", _BODIES)


def _with_body(packing: int, body: bytes, where: str = "seq = 5") -> Make:
    return by_connection(lambda db: db.execute(f"UPDATE body SET packing = ?, body = ? WHERE {where}", (packing, body)))


def _bomb(count: int, size: int, byte: bytes) -> Make:
    """Return what gives ``count`` bodies that unpack to ``size`` times the same byte; packed when it is wanted."""

    def make(path: Path) -> None:
        packer, piece = zlib.compressobj(9), byte * 1_000_000
        packed = b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()
        _with_body(size, packed, f"seq <= {count}")(path)

    return make


def _with_properties(text: str) -> Make:
    return by_connection(lambda db: db.execute("UPDATE body SET properties = ?", (text,)))


_BODIES: dict[str, Make] = {
    "200 of 250 MB": _bomb(200, 250_000_000, b"\0"),
    "six of 100 MB": _bomb(6, 100_000_000, b"\0"),
    "one that unpacks to more than it says": _with_body(10, zlib.compress(bytes(300_000_000), 1)),
    "one that unpacks to less than it says": _with_body(100_000_000, zlib.compress(b"<a/>")),
    "one that says it unpacks to a terabyte": _with_body(2**40, zlib.compress(b"<a/>")),
    "one that unpacks to less than nothing": _with_body(-1, zlib.compress(b"<a/>")),
    "one that is no stream": _with_body(10, b"\x00"),
    "one whose stream is cut": _with_body(100_000, zlib.compress(random.Random(1).randbytes(100_000))[:5_000]),
    "one of 90 MB as it is": _with_body(0, bytes(90_000_000)),
    "properties that nest": _with_properties("[" * 100_000),
    "properties that are no JSON": _with_properties("{"),
    "properties of three megabytes": _with_properties('{"a": "' + "x" * 3_000_000 + '"}'),
    "properties that are none": _with_properties('{"a": [1], "b": null, "c": {"d": 1}, "e": 1}'),
    "a number of many digits": _with_properties('{"a": ' + "9" * 10_000 + "}"),
}
