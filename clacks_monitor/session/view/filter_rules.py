"""The rules of the filter thread: the filter bar's query and those of profiles, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core import wanted_events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.xquery import Query


@dataclass(frozen=True, slots=True)
class FilterRule:
    """A query and its ``source``: "" for the filter bar, else the profile's id; a ``tint`` of 0 colours nothing.

    ``active`` profiles choose what is shown; matches of ``watched`` ones are reported to the match listener.
    """

    source: str
    query: Query
    tint: int = 0
    active: bool = False
    watched: bool = False


@dataclass(frozen=True, slots=True)
class FilterSpec:
    """The rules of one generation. Entries up to ``floor`` were cleared from the view.

    With a ``ceiling`` above 0, entries above it are not shown: the user looks at a span of time. Where ``only`` is not
    None, no other entries are shown. With ``newest`` above 0, only so many entries of an archive are shown, those up to
    the ceiling, and without one those that arrive later. ``fold`` lets one row stand for all
    deliveries of a message.
    """

    generation: int
    rules: tuple[FilterRule, ...] = ()
    floor: int = 0
    ceiling: int = 0
    only: frozenset[int] | None = None
    newest: int = 0
    fold: bool = True


def types_of(rules: Sequence[FilterRule]) -> frozenset[str] | None:
    """Return the types of events that have to be read to evaluate all rules, None for every type.

    No query matches an event of another type, so that event is hidden when the filter bar or an active profile decides
    and when the queries need nothing but the event. "" stands for what is not an event: it has to be evaluated.
    """
    if not any(rule.active or rule.source == "" for rule in rules):
        return None
    return wanted_events.types_of([rule.query.requirements.wanted for rule in rules])
