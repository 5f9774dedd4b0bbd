"""Rows read from the capture, a page at a time, for the few that are on screen. Owner: the event model; its thread."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.core.event import GONE, NOT_READ, Row, RowKind
from clacks_monitor.core.storage_errors import StoreUnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from clacks_monitor.core.columns import AddedColumn
    from clacks_monitor.session.work.answers import StoreAnswer

PAGE = 64
KEPT = 4_096
MOST_AWAITED = 2
"""Pages that are asked for at a time: what is still on the screen when they come asks for the next ones."""


class RowCache:
    """``fetch`` answers with the rows of sequence numbers; those that are gone from the capture are left out.

    ``on_broken`` is called with each problem once: the text of the OSError of an answer. ``on_later`` is called when
    rows have come that were not there when they were wanted, ``on_read`` with all rows that were read.
    """

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], StoreAnswer[list[Row]]],
        on_broken: Callable[[str], object],
        on_later: Callable[[], object] = lambda: None,
        on_read: Callable[[Sequence[Row]], object] = lambda _rows: None,
    ) -> None:
        self._fetch = fetch
        self._on_broken = on_broken
        self._on_later = on_later
        self._on_read = on_read
        self._problems: set[str] = set()
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._awaited: dict[StoreAnswer[list[Row]], Sequence[int]] = {}
        """The answers that have not come yet, with what they were asked for."""

    def get(self, sequence: int, page: Callable[[], Sequence[int]]) -> Row:
        """Return a row; when it is not at hand, read the page around it. One that is still read is NOT_READ.

        This runs while the table paints: it never raises.
        """
        row = self._rows.get(sequence)
        if row is not None:
            return row
        if not self._is_awaited(sequence):
            if len(self._awaited) >= MOST_AWAITED:
                return _bare_row(sequence, NOT_READ)
            self._read([s for s in page() if s not in self._rows])
        row = self._rows.get(sequence)
        if row is None:
            if self._is_awaited(sequence):
                return _bare_row(sequence, NOT_READ)
            row = self._rows[sequence] = _bare_row(sequence, GONE)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        return row

    def _is_awaited(self, sequence: int) -> bool:
        return any(sequence in wanted for wanted in self._awaited.values())

    def _read(self, wanted: Sequence[int]) -> None:
        """Ask for a page; of a damaged one, for each row by itself."""
        answer = self._fetch(wanted)
        self._awaited[answer] = wanted
        asking = True

        def arrived(rows: Iterable[Row]) -> None:
            read = list(rows)
            self._rows.update((row.sequence, row) for row in read)
            self._on_read(read)
            if self._awaited.pop(answer, None) is not None and not asking:
                self._on_later()

        def failed(error: OSError) -> None:
            if isinstance(error, StoreUnreachableError):
                # Another part of the window says so. They are asked for again when the server is there.
                arrived(_bare_row(sequence, NOT_READ) for sequence in wanted)
                return
            self._notify(str(error))
            if len(wanted) == 1:
                arrived(() if asking else [_bare_row(wanted[0], GONE)])
            else:
                self._awaited.pop(answer, None)
                for sequence in wanted:
                    self._read([sequence])

        answer.then(arrived, failed)
        asking = False

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

    def forget_all(self, sequences: Iterable[int]) -> bool:
        """Read these rows again when they are next wanted; return whether one of them was at hand."""
        return sum(self._rows.pop(sequence, None) is not None for sequence in sequences) > 0

    def add_values(self, values: Mapping[int, Mapping[AddedColumn, str]]) -> None:
        """Add values of computed columns to the rows that are at hand."""
        for sequence, found in values.items():
            row = self._rows.get(sequence)
            if row is not None:
                self._rows[sequence] = replace(row, values={**row.values, **found})

    def clear(self) -> None:
        """Forget everything."""
        self._rows.clear()
        for answer in self._awaited:
            answer.give_up()
        self._awaited.clear()


def _bare_row(sequence: int, size: int) -> Row:
    return Row(sequence, RowKind.EVENT, 0, "", "", "", size)
