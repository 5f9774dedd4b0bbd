"""Reading the remains of a damaged capture. Thread: that of the recovery."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree
from typing_extensions import override

from clacks_monitor.captures import ring
from clacks_monitor.captures.entries import EntryReader
from clacks_monitor.captures.guarding import REPLACING
from clacks_monitor.captures.interning import Names, Types
from clacks_monitor.captures.note_reader import SqlNoteReader
from clacks_monitor.captures.reading import MAX_SEQUENCE, ReadConnection
from clacks_monitor.captures.recovery.partial_rows import LOST_BODY
from clacks_monitor.core.declared_fields import NoFieldIndex
from clacks_monitor.core.event import BodyKind, Event, Gap, ProblemKind
from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.storage.encoding import PLAIN, decode_event, decode_properties, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clacks_monitor.captures.reading import CaptureLocation
    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.store import Retention
    from clacks_monitor.storage.encoding import SourceKey, StoredEvent

_FOLLOWING = ("SELECT min(seq) FROM entry WHERE seq > ?", "SELECT min(seq) FROM body WHERE seq > ?")


class _NamesThatAreLeft(Names):
    """Types and sources as far as they can be read: an event without its name is better than none."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db)
        self.types = _TypesThatAreLeft(db)
        self.lost = False

    def source(self, source_id: int) -> SourceKey:
        with suppress(sqlite3.Error, ValueError):
            return super().source(source_id)
        self.lost = True
        return ("", "", "", "", "other")


class _TypesThatAreLeft(Types):
    def __missing__(self, type_id: int) -> str:
        with suppress(sqlite3.Error, ValueError):
            return super().__missing__(type_id)
        return ""


def decode_what_is_left(row: StoredEvent, type_name: str, source: SourceKey) -> Event:
    """Return the event of a row of which some values are damaged, and say so where it is the body."""
    wall, summary, problem, problem_kind, line, column, packing, monotonic, created, message_id, properties, body = row
    if problem_kind is not None and problem_kind not in set(ProblemKind):
        problem_kind = ProblemKind.NOT_AN_EVENT
    try:
        whole = unpack(packing, body)
    except ValueError as error:
        whole, problem, problem_kind, line, column = b"", f"{LOST_BODY} ({error})", ProblemKind.EMPTY, 0, 0
    try:
        decode_properties(properties)
    except ValueError:
        properties = None
    if source[-1] not in set(BodyKind):
        source = (*source[:-1], BodyKind.OTHER)
    entry = (_number(wall), _text(summary), _text(problem), problem_kind, _number(line), _number(column))
    stored = (PLAIN, _number(monotonic), _number(created), _text(message_id), properties, whole)
    return decode_event((*entry, *stored), type_name, source)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


class _TolerantEntries(EntryReader):
    """Reads entries also where types, sources or gaps are damaged. ``repaired`` counts those with damaged values."""

    def __init__(self, connection: ReadConnection) -> None:
        super().__init__(connection)
        self._parser = hardened_parser()
        self.gaps_lost = False
        self.repaired = 0

    @override
    def decode(self, sequence: int, type_id: int, source_id: int, row: StoredEvent) -> Event:
        names = self._file.names
        try:
            event = super().decode(sequence, type_id, source_id, row)
        except ValueError:
            self.repaired += 1
            event = decode_what_is_left(row, names.types[type_id], names.source(source_id))
        return self._with_type(event)

    def _with_type(self, event: Event) -> Event:
        """Return an event that has lost its type with the type found in its body."""
        if event.type or event.problem is not None:
            return event
        with suppress(etree.XMLSyntaxError, ValueError):
            root = etree.fromstring(event.raw.body, self._parser)
            if len(root):
                return replace(event, type=etree.QName(root[0]).localname)
        return event

    @override
    def gaps_named(self, sequences: Sequence[int]) -> dict[int, Gap]:
        try:
            return super().gaps_named(sequences)
        except CaptureError:
            self.gaps_lost = True
            return {}


class TolerantReader:
    """Reads the remains of a damaged capture, and records what could not be read."""

    def __init__(self, location: CaptureLocation) -> None:
        self._file = ReadConnection(location, text_factory=REPLACING, make_names=_NamesThatAreLeft)
        self._entries = _TolerantEntries(self._file)
        # Notes on lost entries are kept.
        self.fields = NoFieldIndex()
        self.notes = SqlNoteReader(self._file, lambda: (1, MAX_SEQUENCE))

    def entries(self, sequences: Iterable[int]) -> Iterator[tuple[int, Entry]]:
        """Yield (sequence, entry) for ``sequences`` in their order, as far as they can be read."""
        return self._entries.entries(sequences)

    @property
    def losses(self) -> Iterator[str]:
        """Sentences about the parts that could not be read of entries that were read."""
        if isinstance(self._file.names, _NamesThatAreLeft) and self._file.names.lost:
            yield Message("The connections and subjects of some events could not be read.")
        if repaired := self._entries.repaired:
            yield Message("Some values could not be read, the rest was recovered. Events: {0:,}.", repaired)
        if self._entries.gaps_lost:
            yield Message("Gaps could not be read and are counted as lost entries.")

    def limits(self) -> Retention | None:
        """Return the limits that the capture was given, None for none."""
        with self._file.reading() as db:
            return ring.stored(db)

    def following(self, sequence: int) -> int:
        """Return the next number of which there is something; the one after ``sequence`` where that is unknown."""
        try:
            with self._file.reading() as db:
                found = [db.execute(sql, (sequence,)).fetchone()[0] for sql in _FOLLOWING]
        except CaptureError:
            return sequence + 1
        return min((number for number in found if number is not None), default=MAX_SEQUENCE)

    def close(self) -> None:
        """Close the connection. Idempotent."""
        self._file.close()
