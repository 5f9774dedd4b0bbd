"""The overflow buffer: entries that the full disk cannot hold, kept in memory so that they can still be shown.

The capture's owner adds and removes under its lock; readers in the same process look at them from any thread. Bounded:
what does not fit any more is counted as missed. Sequence numbers go on where the file ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.event import Entry, Event, Gap, Row, RowKind

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_ENTRIES = 50_000
MAX_BYTES = 64 * 1024 * 1024
_EACH = 1000  # bytes that an entry takes beside its body, roughly


class Overflow:
    """Entries with consecutive sequence numbers. Lists are replaced, never shortened: a view() stays true."""

    def __init__(self) -> None:
        self._state: tuple[int, list[Entry]] = (0, [])
        self._bytes = 0

    def add(self, first: int, entries: Sequence[Entry]) -> int:
        """Keep ``entries`` from number ``first`` on (which counts for the first ones only).

        Returns the number of the first, 0 when they do not fit.
        """
        start, kept = self._state
        size = sum(_EACH + (len(entry.raw.body) if isinstance(entry, Event) else 0) for entry in entries)
        if len(kept) + len(entries) > MAX_ENTRIES or self._bytes + size > MAX_BYTES:
            return 0
        self._bytes += size
        start = start if kept else first
        self._state = (start, [*kept, *entries])
        return start + len(kept)

    def view(self) -> tuple[int, list[Entry]]:
        """Return the number of the first and all entries; the list must not be changed."""
        return self._state

    def remove(self, count: int) -> None:
        """Forget the first ``count``: they are in the file now."""
        start, kept = self._state
        self._state = (start + count, kept[count:])
        if len(kept) == count:
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._state[1])


def row_of(sequence: int, entry: Entry) -> Row:
    """Return what the table shows of an entry that is not in the file."""
    if isinstance(entry, Gap):
        cause = str(entry.cause)
        return Row(sequence, RowKind.GAP, entry.from_ns, "", entry.detail, entry.connection, 0, "", cause, entry.to_ns)
    raw, problem = entry.raw, entry.problem
    kind = RowKind.EVENT if problem is None else RowKind.INVALID
    text = "" if problem is None else problem.text
    size = len(raw.body)
    return Row(sequence, kind, raw.wall_ns, entry.type, entry.summary, raw.connection, size, raw.subject, text)
