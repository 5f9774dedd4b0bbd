"""The query engine for the embedded broker: to which subscriptions does an event go.

Owner: one exchange. Thread: the broker's.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from clacks_monitor import xquery
from clacks_monitor.amqp.broker import QueryRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

log = logging.getLogger(__name__)


class QuerySelection:
    """The compiled queries of an exchange's subscriptions, by number."""

    def __init__(self, call_soon: Callable[[Callable[[], None]], None]) -> None:
        self._call_soon = call_soon
        self._queries: dict[int, xquery.Query] = {}

    def add(self, number: int, query: str) -> None:
        """Take a subscription's query; raises QueryRefusedError for what Qpid's broker would refuse as well."""
        try:
            compiled = xquery.compile(query)
        except xquery.QueryError as error:
            raise QueryRefusedError(str(error)) from None
        refusal = compiled.broker_would_refuse
        if refusal is not None:
            raise QueryRefusedError(f"{refusal.reason} (line {refusal.line}, column {refusal.column})")
        self._queries[number] = compiled

    def remove(self, number: int) -> None:
        """Forget a subscription."""
        self._queries.pop(number, None)

    def offer(
        self,
        body: bytes,
        properties: Mapping[str, str | int | float | bool],
        numbers: Collection[int],
        deliver: Callable[[int], None],
    ) -> None:
        """Deliver to those whose query matches; the event is parsed once for all of them."""
        document = xquery.Document(body)
        for number in list(numbers):
            if self._queries[number].matches(document, properties).matches:
                deliver(number)

    def close(self) -> None:
        """Forget all."""
        self._queries.clear()
