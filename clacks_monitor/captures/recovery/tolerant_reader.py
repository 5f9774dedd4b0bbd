"""Reading what is left of a damaged capture. Used by recovery, on its thread."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.captures import ring
from clacks_monitor.captures.encoding import decode_properties, shorten, unpack
from clacks_monitor.captures.guarding import REPLACING
from clacks_monitor.captures.interning import Names, Types
from clacks_monitor.captures.reader import CaptureReader
from clacks_monitor.captures.reading import MAX_SEQUENCE
from clacks_monitor.captures.recovery.partial_rows import LOST_BODY
from clacks_monitor.core.event import NO_PROPERTIES, BodyKind, Event, Gap, Problem, ProblemKind, RawMessage
from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.core.storage_errors import CaptureError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.captures.encoding import SourceKey, StoredEvent
    from clacks_monitor.captures.reading import Place
    from clacks_monitor.captures.ring import Ring
    from clacks_monitor.core.event import Entry

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
    connection, subject, content_type, user_id, kind = source
    found, fault = NO_PROPERTIES, None
    with suppress(ValueError):
        found = decode_properties(properties)
    if problem_kind is not None:
        known = ProblemKind(problem_kind) if problem_kind in set(ProblemKind) else ProblemKind.NOT_AN_EVENT
        fault = Problem(known, _text(problem), _number(line), _number(column))
    try:
        whole = unpack(packing, body)
    except ValueError as error:
        whole, fault = b"", Problem(ProblemKind.EMPTY, f"{LOST_BODY} ({error})")
    raw = RawMessage(
        connection=connection,
        wall_ns=_number(wall),
        monotonic_ns=_number(monotonic),
        body=whole,
        kind=BodyKind(kind) if kind in set(BodyKind) else BodyKind.OTHER,
        subject=subject,
        content_type=content_type,
        message_id=_text(message_id),
        user_id=user_id,
        creation_ns=_number(created),
        properties=found,
    )
    return Event(raw, type_name, _text(summary), fault)


def _text(value: object) -> str:
    return shorten(value) if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


class LenientReader(CaptureReader):
    """Reads what is left: events also where types, sources or gaps are damaged."""

    _text_factory = REPLACING

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._names = self.names = _NamesThatAreLeft(self._db)
        self._parser = hardened_parser()
        self.gaps_lost = False
        self.mended = 0

    def _entries(self, part: Sequence[int], most: int) -> list[tuple[int, Entry]]:
        return [(sequence, self._named(entry)) for sequence, entry in super()._entries(part, most)]

    def _event(self, sequence: int, type_id: int, source_id: int, row: StoredEvent) -> Event:
        try:
            return super()._event(sequence, type_id, source_id, row)
        except ValueError:
            self.mended += 1
            return decode_what_is_left(row, self._names.types[type_id], self._names.source(source_id))

    def _named(self, entry: Entry) -> Entry:
        """Return an event that has lost its type with the type that its body says."""
        if isinstance(entry, Gap) or entry.type or entry.problem is not None:
            return entry
        with suppress(etree.XMLSyntaxError, ValueError):
            root = etree.fromstring(entry.raw.body, self._parser)
            if len(root):
                return replace(entry, type=etree.QName(root[0]).localname)
        return entry

    def _gaps_named(self, wanted: tuple[str]) -> dict[int, Entry]:
        try:
            return super()._gaps_named(wanted)
        except CaptureError:
            self.gaps_lost = True
            return {}

    def _noted_span(self) -> tuple[int, int]:
        return 1, MAX_SEQUENCE  # what is noted on entries that are lost is kept

    def limits(self) -> Ring | None:
        """Return the limits that the capture was given, None for none."""
        with self._reading() as db:
            return ring.stored(db)

    def following(self, sequence: int) -> int:
        """Return the next number of which there is something; the one after ``sequence`` where nobody knows."""
        try:
            with self._reading() as db:
                found = [db.execute(sql, (sequence,)).fetchone()[0] for sql in _FOLLOWING]
        except CaptureError:
            return sequence + 1
        return min((number for number in found if number is not None), default=MAX_SEQUENCE)
