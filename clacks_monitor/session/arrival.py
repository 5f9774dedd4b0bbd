"""The subscription filter on arrival, for brokers that do not filter: what does not match is never stored.

Owned by the thread of the connection it belongs to. An event on which the query raises an error is kept: a monitor
shows what it could not decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery import Guard, Outcome, Query, QuerySet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.event import RawMessage


class ArrivalFilter:
    """Passes on what matches ``query`` while ``here`` is set, and everything while it is not."""

    def __init__(self, receive: Callable[[Sequence[RawMessage]], None]) -> None:
        self._receive = receive
        self._guard: Guard | None = None
        self._queries: QuerySet | None = None
        self._made_for: Query | None = None
        self.query: Query | None = None
        self.here = False

    def __call__(self, raws: list[RawMessage]) -> None:
        """Take what arrived."""
        query = self.query if self.here else None
        if query is None:
            self._receive(raws)
            return
        if self._guard is None:
            self._guard = Guard()
        if self._queries is None or self._made_for is not query:
            self._queries, self._made_for = QuerySet([query], guard=self._guard), query
        verdicts = self._queries.evaluate_many([(raw.body, raw.properties) for raw in raws])
        pairs = zip(raws, verdicts, strict=True)
        self._receive([raw for raw, verdict in pairs if verdict[0].outcome is not Outcome.NO_MATCH])

    def close(self) -> None:
        """End the worker that heavy queries run in."""
        if self._guard is not None:
            self._guard.close()
