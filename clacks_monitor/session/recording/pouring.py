"""Whether entries are in a store already: asked after a commit of which the outcome is not known. Pure; any thread.

An arrival is recorded by one process, with its time in nanoseconds: name of the source and time tell it apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.store import EventReader


def stored_count(reader: EventReader, entries: Sequence[Entry]) -> int:
    """Return how many of the first ``entries``, which are stored in one transaction, are in the store."""
    if not entries or not reader.count():
        return 0
    first = reader.sequence_at(entries[0].wall_ns)
    rows = reader.rows(range(first, first + len(entries)))
    count = 0
    for entry, row in zip(entries, rows, strict=False):
        if (entry.wall_ns, entry.connection) != (row.wall_ns, row.connection):
            break
        count += 1
    return count
