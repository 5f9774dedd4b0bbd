"""Entries as flat records of JSON values: what JSON lines hold as they are and XML as attributes. Pure; any thread.

A record keeps everything, so that export and import give the same entry again: a body that is text stays readable, any
other is base64; floats that JSON cannot represent are spelled out.
"""

from __future__ import annotations

import base64
import binascii
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.event import (
    BodyKind,
    Event,
    Gap,
    GapCause,
    Problem,
    ProblemKind,
    PropertyValue,
    RawMessage,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.event import Entry, Noted, Properties
    from clacks_monitor.core.files import Fields

FORMAT = 1
MAX_BODY = 100 * 1024 * 1024
LARGE_BODY = 1024 * 1024
"""Bytes from which on a body is written as base64 in any case, piece by piece: to look through a whole one, or to turn
it into a text, takes so long that everything else waits."""
_PIECE = 3 * 256 * 1024
MAX_PROPERTIES = 10_000
MAX_PLAIN = MAX_BODY * 4 // 3 + 1024 * 1024
"""Bytes that an entry may have in a file where they are what base64 is: ASCII, and without escapes."""
MAX_OTHER = 32 * 1024 * 1024
"""And elsewhere: a text takes up to four times its bytes in memory, and several times that while it is read."""
MAX_MARKS = 2_000_000
"""Signs of an entry that begin or divide values, each of which takes a hundred times its bytes in memory."""
_LARGEST = 2**63 - 1


class Weighing:
    """Weighs an entry of an untrusted file before it is read: what takes more than a gigabyte of memory is refused.

    ``marks`` are the signs that begin or divide values.
    """

    def __init__(self, *marks: bytes) -> None:
        self._signs = marks
        self.begin()

    def begin(self) -> None:
        """Begin with the next entry."""
        self._bytes = self._marks = 0
        self._plain = True

    def add(self, part: bytes) -> str:
        """Take a part of the entry; return why it is not read, "" when it can be."""
        self._bytes += len(part)
        self._marks += sum(part.count(sign) for sign in self._signs)
        self._plain = self._plain and part.isascii() and b"\\" not in part
        limit = MAX_PLAIN if self._plain else MAX_OTHER
        if self._bytes > limit:
            return f"it is larger than the {limit:,} bytes that are read"
        return f"it has more than {MAX_MARKS:,} values" if self._marks > MAX_MARKS else ""


def iso_time(wall_ns: int) -> str:
    """Return a wall clock time as ISO 8601 in UTC with nanoseconds, for readers; ``wall_ns`` is the exact one."""
    seconds, rest = divmod(wall_ns, 1_000_000_000)
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"
    except (ValueError, OverflowError, OSError):
        return ""


def large_body(entry: Entry) -> bytes:
    """Return the body that to_record() leaves out, b"" where it leaves out none: pieces() has it."""
    return entry.raw.body if isinstance(entry, Event) and len(entry.raw.body) > LARGE_BODY else b""


def pieces(body: bytes) -> Iterator[str]:
    """Yield a body as base64, piece by piece."""
    for start in range(0, len(body), _PIECE):
        yield base64.b64encode(body[start : start + _PIECE]).decode()


def to_record(sequence: int, noted: Noted) -> dict[str, Any]:
    """Return the record of an entry without a body that is large; values that are empty are left out."""
    entry, mark, comment = noted
    record: dict[str, Any] = {"seq": sequence, "time": iso_time(entry.wall_ns)}
    record |= _gap_record(entry) if isinstance(entry, Gap) else _event_record(entry)
    if mark:
        record["mark"] = True
    if comment:
        record["comment"] = comment
    return record


def _gap_record(gap: Gap) -> dict[str, Any]:
    return {
        "gap": str(gap.cause),
        "from_ns": gap.from_ns,
        "to_ns": gap.to_ns,
        "connection": gap.connection,
        "detail": gap.detail,
        "lost": gap.lost,
    }


def _event_record(event: Event) -> dict[str, Any]:
    raw, problem = event.raw, event.problem
    record: dict[str, Any] = {
        "wall_ns": raw.wall_ns,
        "monotonic_ns": raw.monotonic_ns,
        "connection": raw.connection,
        "type": event.type,
        "summary": event.summary,
        "body_kind": str(raw.kind),
    }
    optional = {
        "subject": raw.subject,
        "content_type": raw.content_type,
        "message_id": raw.message_id,
        "user_id": raw.user_id,
        "creation_ns": raw.creation_ns,
    }
    record |= {key: value for key, value in optional.items() if value}
    if raw.properties:
        record["properties"] = properties_record(raw.properties)
    if problem is not None:
        record["problem"] = {
            "kind": str(problem.kind),
            "text": problem.text,
            "line": problem.line,
            "column": problem.column,
        }
    return record if large_body(event) else record | body_record(raw.body)


def body_record(body: bytes) -> dict[str, str]:
    """Return a body as text, or as base64 where it is not text."""
    try:
        return {"body": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(body).decode()}


def properties_record(properties: Properties) -> dict[str, PropertyValue | dict[str, str]]:
    """Return application properties as JSON values."""
    return {name: _property(value) for name, value in properties.items()}


def _property(value: PropertyValue) -> PropertyValue | dict[str, str]:
    return {"float": repr(value)} if isinstance(value, float) and not math.isfinite(value) else value


def from_record(fields: Fields) -> Noted:
    """Return the entry of an untrusted record with its mark and comment. Raises DocumentError."""
    notes = (fields.flag("mark"), fields.any_text("comment"))
    entry = _gap(fields) if fields.has("gap") else _event(fields)
    return entry, *notes


def _time(fields: Fields, key: str, default: int | None = None) -> int:
    if default is None and not fields.has(key):
        raise fields.error(key, "there")
    return fields.integer(key, default or 0, low=-_LARGEST, high=_LARGEST)


def _gap(fields: Fields) -> Gap:
    return Gap(
        connection=fields.any_text("connection"),
        from_ns=_time(fields, "from_ns"),
        to_ns=_time(fields, "to_ns"),
        cause=GapCause(fields.choice("gap", list(GapCause), "")),
        detail=fields.any_text("detail"),
        lost=fields.integer("lost", -1, low=-1, high=_LARGEST),
    )


def _event(fields: Fields) -> Event:
    raw = RawMessage(
        connection=fields.any_text("connection"),
        wall_ns=_time(fields, "wall_ns"),
        monotonic_ns=_time(fields, "monotonic_ns", 0),
        body=body_of(fields),
        kind=BodyKind(fields.choice("body_kind", list(BodyKind), BodyKind.DATA)),
        subject=fields.any_text("subject"),
        content_type=fields.any_text("content_type"),
        message_id=fields.any_text("message_id"),
        user_id=fields.any_text("user_id"),
        creation_ns=_time(fields, "creation_ns", 0),
        properties=properties_of(fields),
    )
    problem = fields.inner("problem")
    found = None if problem is None else _problem(problem)
    return Event(raw, fields.any_text("type"), fields.any_text("summary"), found)


def _problem(fields: Fields) -> Problem:
    return Problem(
        ProblemKind(fields.choice("kind", list(ProblemKind), "")),
        fields.any_text("text"),
        fields.integer("line", low=0),
        fields.integer("column", low=0),
    )


def body_of(fields: Fields) -> bytes:
    """Return the body of a record. Raises DocumentError."""
    if not fields.has("body_base64"):
        return fields.any_text("body", limit=MAX_BODY).encode("utf-8", "surrogatepass")
    try:
        body = base64.b64decode(fields.text("body_base64", limit=MAX_PLAIN), validate=True)
    except (binascii.Error, ValueError):
        raise fields.error("body_base64", "base64") from None
    if len(body) > MAX_BODY:
        raise fields.error("body_base64", f"a body of at most {MAX_BODY:,} bytes")
    return body


def properties_of(fields: Fields) -> dict[str, PropertyValue]:
    """Return the application properties of a record. Raises DocumentError."""
    values = fields.mapping("properties")
    if len(values) > MAX_PROPERTIES:
        raise fields.error("properties", f"an object of at most {MAX_PROPERTIES:,} members")
    found: dict[str, PropertyValue] = {}
    for name, value in values.items():
        if isinstance(value, str | int | float):
            found[name] = value
        elif isinstance(value, dict) and value.get("float") in {"nan", "inf", "-inf"}:
            found[name] = float(value["float"])
        else:
            raise fields.error("properties", "an object of texts, numbers, true and false")
    return found
