"""The parts of an event that a query reads, and whether a broker would refuse it.

Owner: xquery. Thread: any; the values are frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.declared_fields import EventNeeds

if TYPE_CHECKING:
    from clacks_monitor.core.declared_fields import ValueTest
    from clacks_monitor.core.messages import Message


@dataclass(frozen=True, slots=True)
class Requirements:
    """The parts of an event that a query reads.

    ``body``: whether it may read the event. ``externals``: the properties it declares, by
    local name. ``event_names``: local names of the root's children of which an event must have one
    to match at all, None when any event may match; ``tests`` are what it must meet besides.
    """

    body: bool
    externals: frozenset[str]
    event_names: frozenset[str] | None
    tests: frozenset[ValueTest] = frozenset()

    @property
    def wanted(self) -> EventNeeds:
        """The events that can match: a property that an event lacks is an error of the query, for any event."""
        if self.event_names is None or self.externals:
            return EventNeeds()
        return EventNeeds(self.event_names | {""}, self.tests)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the broker (XQilla 2.3.4, XQuery 1.0) would refuse a query; line and column from 1."""

    reason: Message
    line: int
    column: int
