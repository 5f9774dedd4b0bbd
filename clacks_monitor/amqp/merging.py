"""Merges what two subscriptions of the same exchange deliver, while one replaces the other: once each, and in order.

An event has no id of its own, so messages are compared by their content, and counted: an event that was sent twice
comes twice on each link, and is shown twice.

Each link delivers a part of the events in their order. An event that both deliver has the same neighbours on both
sides: what came before it on either link is older. So what one link delivers is held back until the other has delivered
the same event, or until there is nothing to wait for. What only the old link has delivered before the first common
event is from before the new one was attached, mostly, and what only the new one has delivered after the last is from
after the end of the old one. Otherwise the times of creation decide, where there are any: those of arrival say little,
because a broker serves one link after the other.

Owner: ``Handover``. Thread: the connection's.
"""

from __future__ import annotations

from collections import deque
from enum import Enum
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.core.event import RawMessage

MAX_WAITING: Final = 250_000
"""How many messages may wait for their duplicate."""

MAX_HELD, MAX_HELD_BYTES = 50_000, 64 * 1024 * 1024
"""How much may be held back: the rest is passed on as it comes."""


class Side(Enum):
    """Which of the two subscriptions a message came from."""

    OLD = 0
    NEW = 1


class _Delivery:
    """What one side has delivered, or both; ``raw`` is None once it has been passed on."""

    __slots__ = ("raw",)

    def __init__(self, raw: RawMessage) -> None:
        self.raw: RawMessage | None = raw


class Merge:
    """The deliveries of both sides. ``duplicates`` counts those that were not passed on."""

    def __init__(self) -> None:
        self._unmatched: dict[Side, dict[int, list[_Delivery]]] = {Side.OLD: {}, Side.NEW: {}}
        self._pending: dict[Side, deque[_Delivery]] = {Side.OLD: deque(), Side.NEW: deque()}
        self._holding = True
        self._met = False
        self._count = self._pending_bytes = 0
        self.duplicates = 0

    def put(self, side: Side, message: AmqpMessage, raw: RawMessage) -> list[RawMessage]:
        """Add what a side has delivered; return what can be passed on now."""
        key = hash((message[:2], message[3:], frozenset(message.properties.items())))
        first = self._pop_duplicate(Side.NEW if side is Side.OLD else Side.OLD, key)
        if first is not None:
            self.duplicates += 1
            if first.raw is None:
                return []
            self._pending[side].append(first)
            return self._pass_on(first)
        delivery = _Delivery(raw)
        self._unmatched[side].setdefault(key, []).append(delivery)
        self._count += 1
        if not self._holding:
            delivery.raw = None
            return [raw]
        self._pending[side].append(delivery)
        self._pending_bytes += len(raw.body)
        full = self._pending_bytes > MAX_HELD_BYTES or sum(map(len, self._pending.values())) > MAX_HELD
        return self.release() if full else []

    def old_ended(self) -> None:
        """Forget which messages of the new side wait: their duplicates are lost with the old link."""
        self._count -= sum(map(len, self._unmatched[Side.NEW].values()))
        self._unmatched[Side.NEW].clear()

    def release(self) -> list[RawMessage]:
        """Return what is held back, and hold nothing back any more."""
        self._holding = False
        return self._pass_on(None)

    @property
    def overflowing(self) -> bool:
        """Whether so many messages wait for a duplicate that comparing should end."""
        return self._count > MAX_WAITING

    def _pop_duplicate(self, side: Side, key: int) -> _Delivery | None:
        """Return the oldest delivery of a side with that content that waits for its duplicate, None without one."""
        waiting = self._unmatched[side].get(key)
        if waiting is None:
            return None
        self._count -= 1
        delivery = waiting.pop(0)
        if not waiting:
            del self._unmatched[side][key]
        return delivery

    def _pass_on(self, last: _Delivery | None) -> list[RawMessage]:
        """Return what is held up to ``last``, which both sides have delivered; all of it for None."""
        old, new = (self._pop_until(side, last) for side in Side)
        # Before the first common event, and after the last.
        found = [*_merged(old, new, at_an_end=self._met == (last is None))]
        self._met = True
        if last is not None and last.raw is not None:
            found.append(last.raw)
            last.raw = None
        self._pending_bytes -= sum(len(raw.body) for raw in found)
        return found

    def _pop_until(self, side: Side, last: _Delivery | None) -> list[RawMessage]:
        pending = self._pending[side]
        found: list[RawMessage] = []
        while pending and (delivery := pending.popleft()) is not last:
            if delivery.raw is not None:
                found.append(delivery.raw)
                delivery.raw = None
        return found


def _merged(old: Sequence[RawMessage], new: Sequence[RawMessage], *, at_an_end: bool) -> Iterator[RawMessage]:
    """Return the messages of both sides, each in its order."""
    dated = all(raw.creation_ns for raw in (*old, *new))
    if at_an_end and not dated:
        yield from (*old, *new)
        return
    # Times of creation are milliseconds; within one those of arrival decide.
    times = [[(raw.creation_ns if dated else 0, raw.monotonic_ns) for raw in raws] for raws in (old, new)]
    if at_an_end:
        # A message that was routed late stands behind younger ones: what it followed on its link is not held for newer.
        times = [[*accumulate(reversed(times[0]), min)][::-1], [*accumulate(times[1], max)]]
    at = 0
    for raw, time in zip(old, times[0], strict=True):
        while at < len(new) and times[1][at] < time:
            yield new[at]
            at += 1
        yield raw
    yield from new[at:]
