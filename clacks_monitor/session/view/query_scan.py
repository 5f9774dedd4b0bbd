"""Scans a capture for the events that match a query. Thread: the search's process has only one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from clacks_monitor.core.wanted_events import scan_wanted
from clacks_monitor.xquery import Guard, MatchOutcome, QuerySet, compile_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.core.store import EventReader


@contextmanager
def query_scan(
    reader: EventReader, text: str, chunk: int
) -> Iterator[Callable[[int, int], Iterator[tuple[int, list[int]]]]]:
    """Yield a function that scans a span: it yields how far it is, and the matches up to there. Raises QueryError."""
    with Guard() as guard:
        query = compile_query(text)
        queries = QuerySet([query], guard=guard)

        def scan(first: int, last: int) -> Iterator[tuple[int, list[int]]]:
            for (_first, done), entries in scan_wanted(reader, [query.requirements.wanted], first, last, chunk=chunk):
                events = [(body, properties) for _sequence, _type, body, properties in entries]
                answers = queries.evaluate_many(events, [found[1] for found in entries])
                matching = (result[0].outcome is MatchOutcome.MATCH for result in answers)
                yield done, [entry[0] for entry, matches in zip(entries, matching, strict=True) if matches]

        yield scan
