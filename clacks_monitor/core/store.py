"""The port of event stores: the interface through which session, cli and gui use captures.

An ``EventStore`` holds entries in the order of arrival, numbered from 1 without holes; an ``EventReader`` reads them.
Errors are those of core.storage_errors: ``CaptureError`` for what cannot be read or written, ``CaptureFull`` while the
disk has no room, ``ReadingStoppedError`` after interrupt(). tests/contracts/test_store.py checks every implementation.

Threads: a store may be used from any thread; a reader belongs to the thread that made it, except interrupt().
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, Self

from clacks_monitor.core.event import Properties

if TYPE_CHECKING:
    from array import array
    from collections import Counter
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from clacks_monitor.core.columns import AddedColumn, Column, StoredColumn
    from clacks_monitor.core.declared_fields import FieldIndex
    from clacks_monitor.core.event import Entry, Event, Excerpt, Gap, Row, RowKind

LARGEST_INTEGER = 2**63 - 1
"""The largest sequence number and the largest time in nanoseconds that a store can hold."""
BEGIN_OF_TIME, END_OF_TIME = -LARGEST_INTEGER - 1, LARGEST_INTEGER
PAGE = 500
MOST_DELIVERIES = 1_000
"""Deliveries of one message that are named."""

Scanned = tuple[int, str, bytes, Properties]
"""The parts of an event that a filter uses: sequence number, type, body, properties."""


@dataclass(frozen=True, slots=True)
class Retention:
    """The limits of a store; 0 is none. ``max_bytes`` counts what is in use, ``max_age_s`` is seconds."""

    max_bytes: int = 0
    max_age_s: float = 0.0
    max_count: int = 0


@dataclass(frozen=True, slots=True)
class TypeTally:
    """How often a type of event came; ``last_ns`` is the last one's wall clock time."""

    type: str
    count: int
    last_ns: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many events of a type came in the span of time that starts at ``start_ns`` (wall clock)."""

    start_ns: int
    type: str
    count: int


class SnapshotKind(StrEnum):
    """The kind of object that a snapshot is a copy of."""

    CONNECTION = "connection"
    SCHEMA = "schema"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of a connection's settings (JSON, no password), a schema or profile file. ``taken_ns`` is wall clock."""

    kind: SnapshotKind
    name: str
    taken_ns: int
    content: bytes


class EventStatistics(Protocol):
    """Counts by type, by source, by field, and over time. Spans are wall clock, ``to_ns`` excluded; no gaps counted."""

    def type_counts(self, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME) -> list[TypeTally]:
        """Return count and last time of each type ("" for those that are no events), the most frequent first."""

    def numbers_between(self, from_ns: int, to_ns: int) -> tuple[int, int]:
        """Return the first and last sequence number of a span that holds all entries of a time, (0, 0) for none."""

    def invalid_count(self) -> int:
        """Return the number of events with a problem."""

    def gap_count(self) -> int:
        """Return the number of gaps."""

    def rates(
        self, bucket_ns: int, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME, *, by_type: bool = False
    ) -> list[Bucket]:
        """Return the events of each span of ``bucket_ns``, oldest first; empty spans are left out.

        Spans start at multiples of ``bucket_ns`` since the epoch. With ``by_type``, one Bucket for each type in it.
        Raises ValueError when ``bucket_ns`` is not positive or there would be too many spans.
        """

    def counts_by_column(
        self, column: Column, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME
    ) -> Iterator[tuple[int, int, Counter[str]]]:
        """Yield (done, total, counts so far) for TYPE, CONNECTION, SUBJECT or PROBLEM, counting in entries.

        The counts are one growing object; stop by dropping the iterator. Raises ValueError for other columns.
        """

    def counts_by_field(
        self, field: str, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME, *, types: tuple[str, ...] = ()
    ) -> Iterator[tuple[int, int, Counter[str]]]:
        """Yield (done, total, counts so far) for the values of an element or "@attribute" by its local name.

        ``types`` limits it to these types of events. Done and total count the entries that are looked through.
        The counts are one growing object; stop by dropping the iterator.
        """


class NoteReader(Protocol):
    """Reads marks, comments and snapshots."""

    def marks(self) -> list[int]:
        """Return the sequence numbers of marked entries, in order."""

    def comments(self) -> dict[int, str]:
        """Return all comments by sequence number, in order."""

    def gap_sequences(self) -> list[int]:
        """Return the sequence numbers of gaps, in order."""

    def snapshots(self, kind: SnapshotKind) -> Iterator[Snapshot]:
        """Yield the snapshots of one kind, oldest first; each is read when it is wanted."""


class EventReader(Protocol):
    """Reads one store, also while another thread or process appends: each call sees what was committed before it."""

    @property
    def statistics(self) -> EventStatistics:
        """Counts and rates, by the same connection as the reader's."""

    @property
    def notes(self) -> NoteReader:
        """Marks, comments and snapshots, by the same connection as the reader's."""

    @property
    def fields(self) -> FieldIndex:
        """The fields of which there is an index."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def interrupt(self) -> None:
        """Stop the current operation of the reader; from any thread."""

    def close(self) -> None:
        """End reading. Idempotent."""

    def bounds(self) -> tuple[int, int]:
        """Return the first and last sequence number, (0, 0) when the store is empty."""

    def count(self) -> int:
        """Return the number of entries; sequence numbers have no holes, so this takes constant time."""

    def last_sequence(self) -> int:
        """Return the newest entry's sequence number, 0 when there is none."""

    def time_span(self) -> tuple[int, int]:
        """Return the earliest and latest wall clock time in nanoseconds, (0, 0) when the store is empty."""

    def sequence_at(self, wall_ns: int) -> int:
        """Return the first entry at or after ``wall_ns``, the newest where all are earlier, 0 where there is none."""

    def rows(
        self, sequences: Sequence[int], fields: Sequence[AddedColumn] = (), *, most_bytes: int = LARGEST_INTEGER
    ) -> list[Row]:
        """Return the rows of ``sequences`` in their order; those that retention has removed are left out.

        For ``fields`` the bodies are read and parsed too, the small ones first, ``most_bytes`` of them together: meant
        for a page of rows. One whose body is not read has "…" for each value. Computed columns are left out.
        """

    def entry(self, sequence: int) -> Event | Gap | None:
        """Return one entry in full, None where there is none (any more)."""

    def excerpt(self, sequence: int) -> Excerpt | None:
        """Return as much of one entry as can be shown, None where there is none (any more)."""

    def entries(self, sequences: Iterable[int], *, chunk: int = PAGE) -> Iterator[tuple[int, Entry]]:
        """Yield (sequence, entry) in full for ``sequences`` in their order; missing ones are left out."""

    def scan(
        self,
        first: int = 1,
        last: int = LARGEST_INTEGER,
        *,
        newest_first: bool = False,
        chunk: int = 2000,
        types: Collection[str] | None = None,
        properties: bool = True,
    ) -> Iterator[list[Scanned]]:
        """Yield the events from ``first`` to ``last`` (both included) in chunks of what a filter needs.

        Gaps are left out: gaps() has them. With ``types``, other types are not read at all; without ``properties``,
        those are not, and are empty. A chunk covers ``chunk`` sequence numbers, or fewer where the bodies are large,
        and may hold no event; properties are shared: do not change them.
        """

    def scan_spans(
        self,
        first: int = 1,
        last: int = LARGEST_INTEGER,
        *,
        newest_first: bool = False,
        chunk: int = 2000,
        types: Collection[str] | None = None,
        properties: bool = True,
    ) -> Iterator[tuple[tuple[int, int], list[Scanned]]]:
        """Yield what scan() does, each with the first and last sequence number that was examined."""

    def order_by(self, column: StoredColumn) -> array[int]:
        """Return all sequence numbers in the column's ascending order, as signed 64-bit integers.

        Entries that are equal stay in their own order; those without a value for a field come first. Takes seconds for
        a million entries by text: not for the window's thread; interrupt() stops it.
        """

    def texts(
        self, first: int = 1, last: int = LARGEST_INTEGER, *, chunk: int = 2000
    ) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """Yield (last sequence number examined, sequence and text of each) for a search.

        The text has body (as text), summary, problem and comment. What only memory holds is left out.
        """

    def troubles(
        self, beyond: int, kinds: Collection[RowKind], *, forward: bool = True, limit: int = PAGE
    ) -> list[int]:
        """Return up to ``limit`` entries of ``kinds`` (INVALID, GAP) after or before ``beyond``, the nearest first."""

    def copies(self, first: int = 1, last: int = LARGEST_INTEGER) -> list[tuple[int, int]]:
        """Return (number, that of the earliest delivery stored) of each further delivery of a message, in order.

        The earliest may have been removed since by retention.
        """

    def deliveries(self, sequence: int) -> list[int]:
        """Return the numbers of all deliveries of an entry's message, in order; at most MOST_DELIVERIES."""

    def gaps(self, first: int = 1, last: int = LARGEST_INTEGER) -> list[tuple[int, Gap]]:
        """Return all gaps from ``first`` to ``last`` with their sequence numbers, oldest first."""


class NoteWriter(Protocol):
    """Writes marks, comments and snapshots. Any thread."""

    def annotate(self, sequence: int, *, mark: bool | None = None, comment: str | None = None) -> None:
        """Set an entry's mark or comment, leaving the other as it is; no mark and "" removes the note.

        Raises CaptureError if the entry does not exist.
        """

    def mark_all(self, sequences: Iterable[int], *, mark: bool) -> None:
        """Mark many entries, or take their marks away, in one transaction; their comments stay."""

    def annotate_all(self, notes: Iterable[tuple[int, bool, str]]) -> None:
        """Set (sequence number, mark, comment) of many entries in one transaction."""

    def snapshot(self, kind: SnapshotKind, name: str, content: bytes, *, taken_ns: int = 0) -> None:
        """Keep what ``name`` (a connection, schema, profile) was at ``taken_ns`` (0: now); the same content once."""


@dataclass(frozen=True, slots=True)
class StoreChange:
    """What others have changed in a store: its last sequence number is now ``last``, the notes of ``noted`` differ."""

    last: int
    noted: tuple[int, ...] = ()


class StoreWatch(Protocol):
    """Waits for changes by others, by a connection of its own. One thread waits; any may call the other methods."""

    def wait(self) -> StoreChange:
        """Return the next change; the first call, and the first after an error, returns at once.

        Raises CaptureError, after which the next call connects again, and ReadingStoppedError after close().
        """

    def check(self) -> None:
        """Give up the connection if the server has owed an answer for too long; to be called every few seconds."""

    def close(self) -> None:
        """Let wait() end. Idempotent."""


class EventStore(Protocol):
    """A container that entries are appended to. They are committed when append() returns."""

    def __hash__(self) -> int:
        """Return the hash of the object: stores are compared by identity."""

    @property
    def path(self) -> Path:
        """The file that it is now, which save_as() moves; of a store that is not a file, its name."""

    @property
    def address(self) -> str:
        """What another process opens it by: a file's path, or a URL."""

    @property
    def is_temporary(self) -> bool:
        """Whether close() removes it."""

    @property
    def read_only(self) -> bool:
        """Whether nothing can be appended, marked or commented."""

    @property
    def gone(self) -> bool:
        """Whether it was deleted, moved away or replaced by another program; save_as() still saves all of it."""

    @property
    def missed(self) -> int:
        """Events lost since the disk became full, because memory was full too; 0 in normal operation."""

    @property
    def waiting(self) -> int:
        """Entries that wait in memory for space on the disk; 0 in normal operation."""

    @property
    def notes(self) -> NoteWriter:
        """Marks, comments and snapshots."""

    @property
    def id(self) -> str:
        """An identifier that stays when the store is moved; "" where it has none, or is open for reading only."""

    @property
    def retention(self) -> Retention | None:
        """The limits in force, None where everything is kept."""

    @property
    def stored_retention(self) -> Retention | None:
        """The limits that the store held when it was opened for appending; they are not in force by themselves."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def size(self) -> int:
        """Return how many bytes are in use. Never waits: while another thread writes, the answer is the one before."""

    def reader(self) -> EventReader:
        """Return a reader for the calling thread."""

    def watch(self) -> StoreWatch | None:
        """Return what waits for changes by others, None where they are seen by looking again."""

    def append(self, entries: Sequence[Entry]) -> int:
        """Store ``entries`` in one transaction and return the first one's sequence number, once it is committed.

        Raises CaptureFull when the disk is full: the entries then wait in memory as far as they fit, and the first
        append that succeeds again writes them and a Gap. Raises
        CaptureReadOnlyError, or CaptureError for a store that broke.
        """

    def set_retention(self, limits: Retention | None) -> None:
        """Limit the store, and save the limits in it: the oldest entries are removed beyond them. None: keep all."""

    def use_stored_retention(self) -> None:
        """Put the limits in force that the store held when it was opened."""

    def save_as(self, path: Path, *, progress: Callable[[int, int], bool] | None = None) -> None:
        """Move the store to ``path``, replacing what is there; appending and readers continue in the new file.

        ``progress(done, total)`` gets bytes and returns False to cancel. Events may arrive all the while.
        Raises CaptureError; the store then continues at its old path.
        """

    def close(self, *, keep: bool = False) -> None:
        """Close it; a temporary one is removed, or with ``keep`` abandoned. Idempotent.

        Readers that are still open keep what they read.
        """
