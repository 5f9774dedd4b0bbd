"""Entries to the tuples that a store's tables hold, and back. Pure; any thread.

Bodies are kept as they are unless compressing saves a quarter of at least two kilobytes: below that the time costs
more than the bytes. Properties are JSON, so that text, integers, floats and booleans stay what they were.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from clacks_monitor.core.event import (
    NO_PROPERTIES,
    BodyKind,
    Entry,
    Event,
    Gap,
    GapCause,
    Problem,
    ProblemKind,
    Properties,
    PropertyValue,
    RawMessage,
)
from clacks_monitor.core.store import BEGIN_OF_TIME, END_OF_TIME
from clacks_monitor.storage.shapes import DamagedValueError, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BODY = 100 * 1024 * 1024
"""Bytes of a body that are read at once: the largest message that is received."""
LARGEST_SEQUENCE = 2**53
"""No store gets there: a thousand events a second would take 285,000 years."""
MINUTE_NS = 60_000_000_000
PLAIN = 0
"""Packing of a body that is stored as it is; another number is the size in bytes before deflating."""

COMPRESS_FROM = 2048
_SLICE = 1024 * 1024
KIND_EVENT, KIND_INVALID, KIND_GAP = 0, 1, 2

SourceKey = tuple[str, str, str, str, str]
EntryTuple = tuple[int, int, int | None, int, int, int, str, str | None, str | None, int | None, int | None]
BodyTuple = tuple[int, int, int, int, int, str | None, str | None, bytes]
GapTuple = tuple[int, int, str, str, int]
StoredEvent = tuple[
    int, str, str | None, str | None, int | None, int | None, int, int, int, str | None, str | None, bytes
]
LONGEST_TEXT = 64_000
"""Characters of a summary, a problem, a comment that are read; the program's own have a few hundred."""
LONGEST_PROPERTIES = 1_000_000
"""Characters of an event's properties."""
REMEMBERED_PROPERTIES = 2_000
FEW_PROPERTIES, SHORT_PROPERTIES = 20, 1_000
"""Properties of an event whose JSON text is remembered, and the characters of their values."""
_EVENT = Shape(
    wall=int,
    summary=str,
    problem=str | None,
    problem_kind=str | None,
    line=int | None,
    col=int | None,
    packing=int,
    monotonic=int,
    created=int,
    message_id=str | None,
    properties=str | None,
    body=bytes,
)
_GAP = Shape(start=int, end=int, cause=str, detail=str, lost=int)

_encode_json = json.JSONEncoder(separators=(",", ":")).encode


@lru_cache(maxsize=4096, typed=True)
def _encode_again(names: tuple[str, ...], *values: PropertyValue) -> str:
    return _encode_json(dict(zip(names, values, strict=True)))


def encode_properties(properties: Properties) -> str:
    """Return properties as JSON text. What the members of a site send has the same properties again and again."""
    size = 0
    for value in properties.values():
        if type(value) is str:
            size += len(value)
        elif type(value) is float:  # 0.0 and -0.0 are equal, and are not the same
            return _encode_json(dict(properties))
    if size > SHORT_PROPERTIES or len(properties) > FEW_PROPERTIES:
        return _encode_json(dict(properties))
    return _encode_again(tuple(properties), *properties.values())


def pack(body: bytes) -> tuple[int, bytes]:
    """Return how ``body`` is stored, and the bytes to store."""
    if len(body) < COMPRESS_FROM:
        return PLAIN, body
    parts = [zlib.compress(body, 1)] if len(body) <= _SLICE else list(_packed(body))
    small = sum(map(len, parts)) * 4 <= len(body) * 3
    return (len(body), b"".join(parts)) if small else (PLAIN, body)


def _packed(body: bytes) -> Iterator[bytes]:
    """Compress a large body in slices: zlib gathers a whole one's output while no other thread can run."""
    packer, view = zlib.compressobj(1), memoryview(body)
    for start in range(0, len(body), _SLICE):
        yield packer.compress(view[start : start + _SLICE])
    yield packer.flush()


def unpack(packing: int, stored: bytes) -> bytes:
    """Return the body; a forged file cannot make it longer than it says. Raises ValueError when it is damaged."""
    if type(packing) is not int or type(stored) is not bytes:
        raise DamagedValueError("a body is of another type than bodies are")
    if packing == PLAIN:
        return stored
    if packing > MAX_BODY:
        raise ValueError(f"a body has {packing:,} bytes, and more than {MAX_BODY:,} are not read")
    if packing < 0:
        raise ValueError("a compressed body has a length that cannot be")
    try:
        body = b"".join(_unpacked(packing, stored))
    except (zlib.error, OverflowError) as error:
        raise ValueError(f"a compressed body is damaged ({error})") from None
    if len(body) != packing:
        raise ValueError("a compressed body has not the length it should have")
    return body


def _unpacked(size: int, stored: bytes) -> Iterator[bytes]:
    """Decompress up to ``size`` bytes in slices, for the reason that they are compressed so."""
    unpacker, view = zlib.decompressobj(), memoryview(stored)
    for start in range(0, len(stored), _SLICE):
        given: bytes | memoryview = view[start : start + _SLICE]
        while size > 0:
            wanted = min(size, _SLICE)
            part = unpacker.decompress(given, wanted)
            yield part
            size -= len(part)
            given = unpacker.unconsumed_tail
            if not given and len(part) < wanted:
                break


def inflated_beginning(packing: int, stored: bytes, limit: int) -> bytes:
    """Return the first ``limit`` bytes of a body of which at least so many are stored, packed. Raises ValueError."""
    if packing == PLAIN:
        return stored[:limit]
    try:
        return zlib.decompressobj().decompress(stored, limit)
    except zlib.error as error:
        raise ValueError(f"a compressed body is damaged ({error})") from None


def clean(text: str) -> str:
    """Return ``text`` with what UTF-8 cannot hold (lone surrogates) written as escapes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


def cleaned(entry: Entry) -> Entry:
    """Return ``entry`` with all its texts cleaned; those kept in side tables are cleaned there."""
    if isinstance(entry, Gap):
        return replace(entry, connection=clean(entry.connection), detail=clean(entry.detail))
    raw = replace(entry.raw, message_id=clean(entry.raw.message_id))
    problem = entry.problem and replace(entry.problem, text=clean(entry.problem.text))
    return replace(entry, raw=raw, summary=clean(entry.summary), problem=problem)


def shorten(text: str) -> str:
    """Return at most LONGEST_TEXT characters of a text that a store holds."""
    return text[:LONGEST_TEXT]


def bounded(number: int) -> int:
    """Return ``number`` within the 64 bits of a database's integer: a sender's clock can claim anything."""
    return max(BEGIN_OF_TIME, min(END_OF_TIME, number))


def _decode_json(text: str) -> Properties:
    try:
        found = json.loads(text)
    except RecursionError:
        raise ValueError("its properties are nested too deeply") from None
    if not isinstance(found, dict):
        return NO_PROPERTIES
    return {name: value for name, value in found.items() if isinstance(value, str | int | float)}


_decode_again = lru_cache(maxsize=4096)(_decode_json)


def decode_properties(text: str | None) -> Properties:
    """Return properties from JSON text. The same text gives the same mapping, which must not be changed.

    Raises ValueError for text that is not JSON, or too long.
    """
    if text is None:
        return NO_PROPERTIES
    if type(text) is not str or len(text) > LONGEST_PROPERTIES:
        raise DamagedValueError("its properties are longer than any that are received, or no text")
    return _decode_again(text) if len(text) <= REMEMBERED_PROPERTIES else _decode_json(text)


def source_of(raw: RawMessage) -> SourceKey:
    """Return what the side table ``source`` keeps once for all messages that share it."""
    return (raw.connection, raw.subject, raw.content_type, raw.user_id, raw.kind)


def event_tuples(sequence: int, event: Event, type_id: int, source_id: int) -> tuple[EntryTuple, BodyTuple]:
    """Return an event's rows for the tables ``entry`` and ``body``."""
    raw, problem = event.raw, event.problem
    packing, stored = pack(raw.body)
    size = len(raw.body)
    row: EntryTuple
    if problem is None:
        row = (sequence, raw.wall_ns, type_id, source_id, 0, size, event.summary, None, None, None, None)
    else:
        fault = (problem.text, problem.kind, problem.line, problem.column)
        row = (sequence, raw.wall_ns, type_id, source_id, KIND_INVALID, size, event.summary, *fault)
    created, properties = raw.creation_ns, raw.properties
    body = (
        sequence,
        type_id,
        packing,
        raw.monotonic_ns,
        bounded(created) if created else 0,
        raw.message_id or None,
        encode_properties(properties) if properties else None,
        stored,
    )
    return row, body


def gap_tuples(sequence: int, gap: Gap, source_id: int) -> tuple[EntryTuple, GapTuple]:
    """Return a gap's rows for the tables ``entry`` and ``gap``."""
    row = (sequence, gap.to_ns, None, source_id, KIND_GAP, 0, gap.detail, None, None, None, None)
    return row, (sequence, gap.from_ns, gap.cause, gap.detail, bounded(gap.lost))


def tallied(rows: Iterable[EntryTuple]) -> list[tuple[int, int, int, int]]:
    """Return (minute, type, kind, count) of the events among rows of ``entry``: what the table ``tally`` adds up."""
    counts: Counter[tuple[int, int, int]] = Counter()
    for row in rows:
        if row[2] is not None:
            counts[row[1] // MINUTE_NS, row[2], row[4]] += 1
    return [(*key, count) for key, count in counts.items()]


def sensible_size(size: int) -> int:
    """Return the recorded size of a body, limited to the possible range: a forged one would break sums of sizes."""
    return size if 0 <= size <= MAX_BODY else max(0, min(size, MAX_BODY))


def weight_of(row: StoredEvent) -> int:
    """Return how many bytes an event takes when it is decoded; 0 for damaged ones, which are not decoded."""
    packing, properties, body = row[6], row[10], row[11]
    size = len(body) if type(body) is bytes else 0
    if packing == PLAIN and properties is None:
        return size
    if type(packing) is int and packing > size:
        size = min(packing, MAX_BODY)
    return size + len(properties) if type(properties) is str else size


def decode_event(row: StoredEvent, type_name: str, source: SourceKey) -> Event:
    """Return the event of one row as EVENT_COLUMNS has it. Raises ValueError when it is damaged."""
    wall, summary, problem, problem_kind, line, column, packing, monotonic, created, message_id, properties, body = (
        _EVENT(row)
    )
    connection, subject, content_type, user_id, kind = source
    raw = RawMessage(
        connection=connection,
        wall_ns=wall,
        monotonic_ns=monotonic,
        body=unpack(packing, body),
        kind=BodyKind(kind),
        subject=subject,
        content_type=content_type,
        message_id=shorten(message_id) if message_id else "",
        user_id=user_id,
        creation_ns=created,
        properties=decode_properties(properties),
    )
    if len(summary) > LONGEST_TEXT:
        summary = shorten(summary)
    if problem_kind is None:
        return Event(raw, type_name, summary)
    fault = Problem(ProblemKind(problem_kind), shorten(problem or ""), line or 0, column or 0)
    return Event(raw, type_name, summary, fault)


def decode_gap(connection: str, row: tuple[int, int, str, str, int]) -> Gap:
    """Return the gap of (start, end, cause, detail, lost). Raises ValueError when it is damaged."""
    start, end, cause, detail, lost = _GAP(row)
    return Gap(connection, start, end, GapCause(cause), detail, lost)
