"""Reads the events of a store that can match queries: an index of declared fields finds them where it can."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from clacks_monitor.core.declared_fields import Candidates
from clacks_monitor.core.event import Event

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from clacks_monitor.core.declared_fields import EventNeeds
    from clacks_monitor.core.store import EventReader, Scanned

MOST_BYTES = 16 * 1024 * 1024
"""Bytes of bodies that are handed on at once, but for a single one."""


def candidates_of(reader: EventReader, wanted: Sequence[EventNeeds], first: int, last: int) -> Candidates | None:
    """Return what can match one of several queries, None where all have to be read. Raises StorageError."""
    if not wanted or not all(one.tests and one.types is not None for one in wanted):
        return None
    begin, sequences = first, set[int]()
    for one in wanted:
        found = reader.fields.candidates(one, first, last)
        if found is None or found.first > last:
            return None
        begin = max(begin, found.first)
        sequences.update(found.sequences)
    return Candidates(begin, array("q", sorted(number for number in sequences if begin <= number <= last)))


def types_of(wanted: Collection[EventNeeds]) -> frozenset[str] | None:
    """Return the types of events that can match one of several queries, None for all."""
    types = [one.types for one in wanted]
    known = [found for found in types if found is not None]
    return frozenset().union(*known) if len(known) == len(types) and types else None


def scan_wanted(
    reader: EventReader,
    wanted: Sequence[EventNeeds],
    first: int,
    last: int,
    *,
    chunk: int,
    properties: bool = True,
) -> Iterator[tuple[tuple[int, int], list[Scanned]]]:
    """Yield what ``EventReader.scan_spans`` does, of events that can match one of several queries, or more."""
    found = candidates_of(reader, wanted, first, last)
    read_up_to = last if found is None else found.first - 1
    if read_up_to >= first:
        types = types_of(wanted)
        yield from reader.scan_spans(first, read_up_to, chunk=chunk, types=types, properties=properties)
    if found is not None:
        yield from _read(reader, found, last, chunk)


def _read(
    reader: EventReader, found: Candidates, last: int, chunk: int
) -> Iterator[tuple[tuple[int, int], list[Scanned]]]:
    begin, size = found.first, 0
    events: list[Scanned] = []
    for sequence, entry in reader.entries(found.sequences, chunk=chunk):
        if isinstance(entry, Event):
            events.append((sequence, entry.type, entry.raw.body, entry.raw.properties))
            size += len(entry.raw.body)
            if len(events) >= chunk or size >= MOST_BYTES:
                yield (begin, sequence), events
                begin, size, events = sequence + 1, 0, []
    if begin <= last:
        yield (begin, last), events


def has_candidate(found: Candidates, first: int, last: int) -> bool:
    """Return whether an entry from ``first`` to ``last`` can match."""
    if first < found.first:
        return True
    return bisect_right(found.sequences, last) > bisect_left(found.sequences, first)
