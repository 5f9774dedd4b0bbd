"""The results of the queries in force on one event, and why a broker would refuse a query.

A broker treats an error as no match and does not report it; here it is a result. Thread: a question's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import Stop
from clacks_monitor.session.view.compiled_queries import find_all
from clacks_monitor.xquery import Guard, MatchResult, Query, QueryError, QuerySet, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import RawMessage


@dataclass(frozen=True, slots=True)
class QueryMatch:
    """The result of one query. ``source`` is "" for the filter bar, else the profile's id.

    ``refusal`` says why a Qpid broker would refuse the query, None when it would not.
    """

    source: str
    text: str
    result: MatchResult
    refusal: Refusal | None = None


def match_event(
    raw: RawMessage, queries: Sequence[tuple[str, str]], stop: Stop | None = None
) -> tuple[QueryMatch, ...]:
    """Return the result of each of ``queries`` (source, text) on one message, in their order, until ``stop``.

    The result of a text that does not compile is its error. An expensive query is stopped, as the filter does.
    """
    compiled: dict[str, Query] = {}
    broken: dict[str, MatchResult] = {}
    known = find_all(text for _source, text in queries)
    for source, text in queries:
        query = known[text]
        if isinstance(query, QueryError):
            broken[source] = MatchResult.of_error(query)
        else:
            compiled[source] = query
    with Guard() as guard, (stop or Stop()).calling(guard.kill):
        answers = QuerySet(list(compiled.values()), guard=guard).evaluate(raw.body, raw.properties)
    results = dict(zip(compiled, answers, strict=True)) | broken
    return tuple(
        QueryMatch(source, text, results[source], compiled[source].broker_would_refuse if source in compiled else None)
        for source, text in queries
    )
