"""Which stored entries are further deliveries of a message that is stored already: copies that proxies relayed.

A copy says when the first delivery arrived, and is believed where its sender and its content are the same. Two
connections may store theirs in the other order; what was stored first is the first then. Belongs to a store's writing
connection and is used under its lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.delivery import COPY_OF as _COPY_OF
from clacks_monitor.core.delivery import SENDER as _SENDER
from clacks_monitor.core.delivery import without_mark
from clacks_monitor.core.event import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import Entry

REMEMBERED: Final = 10_000
"""Messages of which a copy may still come: at least as many as are remembered on arrival."""


class Deliveries:
    """Remembers the numbers of messages that have a sender: others are never copies."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._earlier: dict[int, int] = {}
        """Numbers of the entries that were stored first, by the arrival of the first delivery and what it says.

        The first half of them are forgotten at once: taking single ones away costs more than all the rest.
        """

    def repeated(self, first: int, entries: Sequence[Entry]) -> list[tuple[int, int]]:
        """Return (number, that of the first one) of each that repeats an entry; ``first`` is the first one's number.

        Entries may come again with other numbers: a transaction may fail.
        """
        found = []
        known, earlier = self._first, self._earlier
        for sequence, entry in enumerate(entries, first):
            if type(entry) is not Event:
                continue
            raw, properties = entry.raw, entry.raw.properties
            sender = properties.get(_SENDER)
            if not sender:
                continue
            said = hash((sender, without_mark(raw.body)))
            arrival = properties.get(_COPY_OF, raw.wall_ns)
            key = said ^ arrival if type(arrival) is int else said
            stored = known.get(key) or earlier.get(key)
            if stored is not None and stored < sequence:
                found.append((sequence, stored))
            else:
                known[key] = sequence
        if len(known) > REMEMBERED:
            self._earlier, self._first = known, {}
        return found
