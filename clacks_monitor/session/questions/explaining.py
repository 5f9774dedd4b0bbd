"""How a question is answered, in sentences. Pure; any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.session.questions.protocol import Strategy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.session.questions.protocol import Reading

_MOST = 10


def explanation(strategy: Strategy, readings: Sequence[Reading], workers: int) -> list[str]:
    """Return the strategy, and for each part which events are read for it."""
    if strategy is Strategy.COUNTED:
        return [Message("The store's own counts answer it: no event is read.")]
    found: list[str] = [_strategy(strategy, workers)]
    for types, place in readings:
        found += [_read(types)] if place is None else [_read(types), _indexed(*place)]
    return found


def _strategy(strategy: Strategy, workers: int) -> Message:
    if strategy is Strategy.WHOLE:
        return Message("One worker process reads all events one after the other, in their order.")
    if workers == 1:
        return Message("One worker process evaluates the query on the parts of the store, one after the other.")
    if strategy is Strategy.SPREAD:
        return Message("{0} worker processes evaluate the query on parts of the store.", workers)
    return Message("{0} worker processes aggregate parts of the store; one joins what they found.", workers)


def _read(types: Sequence[str] | None) -> Message:
    if types is None:
        return Message("All events are read.")
    shown = ", ".join(repr(name) for name in types[:_MOST]) + (" ..." if len(types) > _MOST else "")
    if "" in types:
        return Message("Only events of these types are read: {0}. '' stands for what is not an event.", shown)
    return Message("Only events of these types are read: {0}.", shown)


def _indexed(first: int, count: int) -> Message:
    return Message(
        "From entry {0:,} on, the archive's index of fields names the events that can match: {1:,}. Only they are read,"
        " and the query is evaluated on them.",
        first,
        count,
    )
