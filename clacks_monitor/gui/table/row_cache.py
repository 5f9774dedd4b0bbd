"""Rows read from the capture, a page at a time, for the few that are on screen. Owner: the event model; its thread."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from typing import TYPE_CHECKING

from clacks_monitor.core.event import Row, RowKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAGE = 64
KEPT = 4_096


class RowCache:
    """``fetch`` returns the rows of sequence numbers; those that are gone from the capture are left out.

    ``on_broken`` is called with each problem once: the text of the OSError that ``fetch`` raised.
    """

    def __init__(self, fetch: Callable[[Sequence[int]], list[Row]], on_broken: Callable[[str], object]) -> None:
        self._fetch = fetch
        self._on_broken = on_broken
        self._problems: set[str] = set()
        self._rows: OrderedDict[int, Row] = OrderedDict()

    def get(self, sequence: int, page: Callable[[], Sequence[int]]) -> Row:
        """Return a row; when it is not at hand, read the page around it."""
        row = self._rows.get(sequence)
        if row is not None:
            return row
        wanted = [s for s in page() if s not in self._rows]
        for found in self._read(wanted):
            self._rows[found.sequence] = found
        row = self._rows.get(sequence)
        if row is None:
            row = self._rows[sequence] = Row(sequence, RowKind.EVENT, 0, "", "", "", -1)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        return row

    def _read(self, wanted: Sequence[int]) -> list[Row]:
        """Read a page; of a damaged one, those rows that can be read. This runs while the table paints: never raise."""
        try:
            return self._fetch(wanted)
        except OSError as error:
            self._notify(str(error))
        found: list[Row] = []
        for sequence in wanted:
            with contextlib.suppress(OSError):
                found += self._fetch([sequence])
        return found

    def _notify(self, problem: str) -> None:
        if problem not in self._problems:
            self._problems.add(problem)
            self._on_broken(problem)

    def forget_problems(self) -> None:
        """Another capture is open."""
        self._problems.clear()

    def forget(self, sequence: int) -> None:
        """Read this row again when it is next wanted: its mark or comment has changed."""
        self._rows.pop(sequence, None)

    def clear(self) -> None:
        """Forget everything."""
        self._rows.clear()
