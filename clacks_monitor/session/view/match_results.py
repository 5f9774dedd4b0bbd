"""What each query in force says about one event, and what the broker would make of it.

The broker takes an error for no match and tells nobody; here it is told. Called on a job's thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import Stop
from clacks_monitor.session.view.compiled_queries import found_together
from clacks_monitor.xquery import Guard, MatchResult, Query, QueryError, QuerySet, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import RawMessage


@dataclass(frozen=True, slots=True)
class QueryVerdict:
    """One query's answer. ``source`` is "" for the filter bar, else the profile's id.

    ``refusal`` says why a Qpid broker would not even take the query, None when it would.
    """

    source: str
    text: str
    verdict: MatchResult
    refusal: Refusal | None = None


def verdicts_on(
    raw: RawMessage, queries: Sequence[tuple[str, str]], stop: Stop | None = None
) -> tuple[QueryVerdict, ...]:
    """Return the answer of each of ``queries`` (source, text) for one message until ``stop``, in their order.

    A text that does not compile gets the verdict of its error. An expensive query is stopped, as in the view.
    """
    compiled: dict[str, Query] = {}
    broken: dict[str, MatchResult] = {}
    known = found_together(text for _source, text in queries)
    for source, text in queries:
        query = known[text]
        if isinstance(query, QueryError):
            broken[source] = MatchResult.of_error(query)
        else:
            compiled[source] = query
    with Guard() as guard, (stop or Stop()).calling(guard.kill):
        answers = QuerySet(list(compiled.values()), guard=guard).evaluate(raw.body, raw.properties)
    said = dict(zip(compiled, answers, strict=True)) | broken
    return tuple(
        QueryVerdict(source, text, said[source], compiled[source].broker_would_refuse if source in compiled else None)
        for source, text in queries
    )
