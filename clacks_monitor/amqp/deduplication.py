"""Recognises the events that two subscriptions of the same exchange both deliver, while one replaces the other.

An event has no id of its own, so messages are compared by their content, and counted: an event that was sent twice
comes twice on each link, and is shown twice.

Owner: ``Handover``. Thread: the connection's.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from clacks_monitor.amqp.codec import AmqpMessage

MAX_WAITING: Final = 500_000


class Side(Enum):
    """Which of the two subscriptions a message came from."""

    OLD = 0
    NEW = 1


class Deduplicator:
    """Counts, per side, the messages whose duplicate has not come yet from the other side."""

    def __init__(self) -> None:
        self._waiting: dict[Side, Counter[int]] = {Side.OLD: Counter(), Side.NEW: Counter()}
        self._count = 0
        self.duplicates = 0

    def is_first(self, side: Side, message: AmqpMessage) -> bool:
        """Return whether this is the first of two duplicates, or has none: it is to be shown."""
        key = hash((message[:2], message[3:], frozenset(message.properties.items())))
        other = self._waiting[Side.NEW if side is Side.OLD else Side.OLD]
        if other[key]:
            self._remove(other, key)
            self.duplicates += 1
            return False
        own = self._waiting[side]
        own[key] += 1
        self._count += 1
        return True

    def old_ended(self) -> None:
        """Forget the messages of the new side that wait: their duplicates are lost with the old link."""
        self._count -= self._waiting[Side.NEW].total()
        self._waiting[Side.NEW].clear()

    @property
    def overflowing(self) -> bool:
        """Whether so many messages wait for a duplicate that comparing should end."""
        return self._count > MAX_WAITING

    def _remove(self, counter: Counter[int], key: int) -> None:
        self._count -= 1
        counter[key] -= 1
        if not counter[key]:
            del counter[key]
