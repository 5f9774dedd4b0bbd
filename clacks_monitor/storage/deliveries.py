"""Which stored entries are further deliveries of a message that is stored already: copies that proxies relayed.

A copy says when the first delivery arrived, and is believed where its sender and its content are the same. Two
connections may store theirs in the other order; what was stored first is the first then. Belongs to a store's writing
connection and is used under its lock.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from clacks_monitor.core import delivery
from clacks_monitor.core.event import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import Entry

REMEMBERED: Final = 20_000
"""Messages of which a copy may still come: twice as many as are remembered on arrival."""


class Deliveries:
    """Remembers the numbers of messages that have a sender: others are never copies."""

    def __init__(self) -> None:
        self._first: OrderedDict[tuple[int, int], int] = OrderedDict()
        """The number of the entry that was stored first, by the arrival of the first delivery and what it says."""

    def repeated(self, first: int, entries: Sequence[Entry]) -> list[tuple[int, int]]:
        """Return (number, that of the first one) of each that repeats an entry; ``first`` is the first one's number.

        Entries may come again with other numbers: a transaction may fail.
        """
        found = []
        known = self._first
        for sequence, entry in enumerate(entries, first):
            if not isinstance(entry, Event) or delivery.SENDER not in entry.raw.properties:
                continue
            raw = entry.raw
            said = hash((raw.properties[delivery.SENDER], delivery.without_mark(raw.body)))
            arrival = raw.properties.get(delivery.COPY_OF, raw.wall_ns)
            key = (arrival if isinstance(arrival, int) else raw.wall_ns, said)
            stored = known.get(key, sequence)
            if stored < sequence:
                found.append((sequence, stored))
            else:
                known[key] = sequence
                if len(known) > REMEMBERED:
                    known.popitem(last=False)
        return found
