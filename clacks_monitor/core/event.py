"""The values that travel through the program: raw messages, events, gaps, and rows of them.

All are frozen: they cross threads without locks. Times are integers in nanoseconds, wall clock since the
epoch (``wall_ns``) and the process's monotonic clock (``monotonic_ns``, for durations only).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clacks_monitor.core.columns import AddedColumn

EVENT_NAMESPACE = "http://www.gonicus.de/Events"
EVENT_TAG = f"{{{EVENT_NAMESPACE}}}Event"

MAX_TYPE = 1_000
"""Characters of an event type's name; an element with a longer one is not an event."""
MAX_PROBLEM = 1_000
"""Maximum length of the description of a problem, in characters."""

PropertyValue = str | int | float | bool
Properties = Mapping[str, PropertyValue]
"""Application properties: what a query sees as external variables."""

NO_PROPERTIES: Properties = {}


class BodyKind(StrEnum):
    """The AMQP type that a message's body arrived as; JSON_RPC is a call or its answer, which is not an event."""

    DATA = "data"
    STRING = "string"
    BINARY = "binary"
    MAP = "map"
    LIST = "list"
    EMPTY = "empty"
    OTHER = "other"
    JSON_RPC = "json-rpc"


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One message as it came off the bus, copied out of the AMQP library.

    ``body`` holds the bytes of a data, string or binary body as they are; of a map, list or other body it
    holds a readable JSON text, because it contains no XML to keep. ``creation_ns`` is 0 when the sender
    gave none. ``defect`` is why the bus could not unwrap the message; it becomes the event's problem, and is not kept
    with the message.
    """

    connection: str
    wall_ns: int
    monotonic_ns: int
    body: bytes
    kind: BodyKind = BodyKind.DATA
    subject: str = ""
    content_type: str = ""
    message_id: str = ""
    user_id: str = ""
    creation_ns: int = 0
    properties: Properties = field(default_factory=lambda: NO_PROPERTIES)
    defect: str = ""


class ProblemKind(StrEnum):
    """Why a message is not a good event. One that is TOO_LARGE is kept whole, and not parsed."""

    EMPTY = "empty"
    NOT_TEXT = "not-text"
    NOT_WRAPPED = "not-wrapped"
    NOT_XML = "not-xml"
    DOCTYPE = "doctype"
    NOT_AN_EVENT = "not-an-event"
    TOO_LARGE = "too-large"
    UNKNOWN_TYPE = "unknown-type"
    BREAKS_SCHEMA = "breaks-schema"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a message, as text; line and column count from 1, and are 0 without a place in a text."""

    kind: ProblemKind
    text: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One received message with the results of decoding it.

    ``type`` is the local name of the event ("PhoneStatus"), or "" when there is none; ``summary`` describes
    in words what happened; ``problem`` is None for a good event.
    """

    raw: RawMessage
    type: str
    summary: str
    problem: Problem | None = None

    @property
    def wall_ns(self) -> int:
        """Arrival, wall clock."""
        return self.raw.wall_ns

    @property
    def connection(self) -> str:
        """Name of the connection it arrived on."""
        return self.raw.connection


class GapCause(StrEnum):
    """Why events could have been missed."""

    CONNECTION_LOST = "connection-lost"
    FILTER_CHANGED = "filter-changed"
    QUEUE_OVERFLOW = "queue-overflow"
    SLEPT = "slept"
    EXCHANGE_DELETED = "exchange-deleted"
    SHED = "shed"
    DISK_FULL = "disk-full"
    MONITOR_CLOSED = "monitor-closed"
    FILE_DAMAGED = "file-damaged"


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which events could have been missed; ``lost`` counts them where it is known, else -1."""

    connection: str
    from_ns: int
    to_ns: int
    cause: GapCause
    detail: str = ""
    lost: int = -1

    @property
    def wall_ns(self) -> int:
        """Its position in time: its end."""
        return self.to_ns


Entry = Event | Gap
"""An entry of a capture."""

_EACH = 1_000
"""Approximate size in bytes of an entry apart from its body and properties."""


def footprint(entry: Entry) -> int:
    """Return about how many bytes of memory an entry takes: what bounds a queue of them."""
    if isinstance(entry, Gap):
        return _EACH
    raw = entry.raw
    size = _EACH + len(raw.body) + len(raw.subject) + len(raw.message_id) + len(raw.user_id) + len(raw.content_type)
    for name, value in raw.properties.items():
        size += len(name) + (len(value) if isinstance(value, str) else 0)
    return size


@dataclass(frozen=True, slots=True)
class Excerpt:
    """As much of an entry as can be shown: an event's body is its beginning, of ``size`` bytes in all.

    Properties too large to be listed are left out; ``unlisted`` is their size in bytes then, else 0.
    """

    entry: Entry
    size: int = 0
    unlisted: int = 0

    @property
    def cut(self) -> bool:
        """Whether some of the body is left out."""
        return isinstance(self.entry, Event) and len(self.entry.raw.body) < self.size


EXCERPT_BYTES = 256 * 1024
"""Bytes of a body that are read to be shown, and of properties."""


def excerpt_of(entry: Entry, limit: int = EXCERPT_BYTES) -> Excerpt:
    """Return the excerpt of an entry that is in memory."""
    if isinstance(entry, Gap):
        return Excerpt(entry)
    raw = entry.raw
    weight = sum(len(name) + len(str(value)) for name, value in raw.properties.items())
    if len(raw.body) <= limit and weight <= limit:
        return Excerpt(entry, len(raw.body))
    listed = raw.properties if weight <= limit else NO_PROPERTIES
    shown = replace(entry, raw=replace(raw, body=raw.body[:limit], properties=listed))
    return Excerpt(shown, len(raw.body), 0 if weight <= limit else weight)


GONE, NOT_READ = -1, -2
"""Sizes of the rows that stand for an entry that is not there any more, and for one that is not read yet."""


class RowKind(Enum):
    """The kind of entry that a row of the table shows."""

    EVENT = 0
    INVALID = 1
    GAP = 2


@dataclass(frozen=True, slots=True)
class Row:
    """The columns of one entry in the table: everything but the body.

    ``size`` is the body's length in bytes, GONE or NOT_READ; ``until_ns`` is the end of a gap (0 for events);
    ``problem`` is "" for good events; ``mark`` and ``comment`` are the operators', the latter with its ``author`` and
    time (wall clock) where several write; ``values`` holds the requested values of its fields; ``deliveries`` is how
    often its message came, over whatever ways.
    """

    sequence: int
    kind: RowKind
    wall_ns: int
    type: str
    summary: str
    connection: str
    size: int
    subject: str = ""
    problem: str = ""
    until_ns: int = 0
    mark: bool = False
    comment: str = ""
    author: str = ""
    noted_ns: int = 0
    values: Mapping[AddedColumn, str] = field(default_factory=lambda: NO_VALUES, hash=False)
    deliveries: int = 1


NO_VALUES: Mapping[AddedColumn, str] = {}

Noted = tuple[Entry, bool, str]
"""An entry with its mark and comment."""
