"""Reads rows and entries of the capture in use for the window. Owner: the session's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from clacks_monitor.core.columns import ComputedColumn
from clacks_monitor.core.ending import alive
from clacks_monitor.core.storage_errors import ReadingStoppedError, StoreUnreachableError
from clacks_monitor.session.notices import CaptureDamaged
from clacks_monitor.session.view.computing import Computing
from clacks_monitor.session.view.ordering import ordered, ordered_by_values
from clacks_monitor.session.work.answers import StoreAnswer, questions_to
from clacks_monitor.session.work.latest_question import LatestQuestion

if TYPE_CHECKING:
    import threading
    from array import array
    from collections.abc import Callable, Collection, Sequence

    from clacks_monitor.core.columns import AddedColumn, AnyColumn
    from clacks_monitor.core.ending import Stop
    from clacks_monitor.core.event import Entry, Excerpt, Row, RowKind
    from clacks_monitor.core.storage_errors import StorageError
    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.notices import Notice, Notify
    from clacks_monitor.session.view.computed_values import OrderProgress
    from clacks_monitor.session.view.computing import ComputerFor
    from clacks_monitor.session.work.answers import Submit

Found = TypeVar("Found")

VALUES_BYTES = 1024 * 1024
"""Bytes of bodies that are parsed for the values of a page of rows, which the window waits for: 50 ms of work."""


class Rows:
    """A read model of a capture. From a file, answers are there at once; from an archive they may come later.

    Where a part of the capture cannot be read, a CaptureDamaged says so, and the answer is that of an empty one. While
    the server of an archive is out of reach, the answers are the same, and what reports its connection says why.
    """

    def __init__(
        self, capture: EventStore, notify: Notify, submit: Submit, computer_for: ComputerFor | None = None
    ) -> None:
        """``submit`` has a call run on the session's thread; ``computer_for`` makes what evaluates computed columns."""
        self._capture = capture
        self._notify = notify
        self._submit = submit
        self._questions = questions_to(capture, submit)
        self._sorting = LatestQuestion("sort", notify)
        self._computer_for = computer_for
        self._computing = self._compute_with(capture)
        self._ending: list[threading.Thread] = []

    def _compute_with(self, capture: EventStore) -> Computing | None:
        return None if self._computer_for is None else Computing(capture, self._computer_for, self._notify)

    def use_capture(self, capture: EventStore) -> None:
        """Read another capture."""
        self._questions.close()
        self._sorting.cancel()
        self._ending = [*alive(self._ending), *(self._computing.stop() if self._computing is not None else [])]
        self._computing = self._compute_with(capture)
        self._capture = capture
        self._questions = questions_to(capture, self._submit)

    def stop(self) -> list[threading.Thread]:
        """Stop reading and sorting; return the threads that have not ended yet."""
        computing = self._computing.stop() if self._computing is not None else []
        return [*self._questions.stop(), *self._sorting.stop(), *computing, *alive(self._ending)]

    def _ask(self, read: Callable[[EventReader], Found], otherwise: Found) -> StoreAnswer[Found]:
        answer: StoreAnswer[Found] = StoreAnswer()

        def failed(error: StorageError) -> None:
            if not isinstance(error, StoreUnreachableError | ReadingStoppedError):
                self._notify([CaptureDamaged(str(error))])
            answer.settle(otherwise, None)

        self._questions.ask(read).then(lambda found: answer.settle(found, None), failed)
        return answer

    def read(self, sequences: Sequence[int], fields: Sequence[AddedColumn] = ()) -> StoreAnswer[list[Row]]:
        """Return the rows of ``sequences`` with values of ``fields``; those that a ring has removed are left out.

        An error is the answer's, so that those of a damaged page that can be read are read one by one.
        """
        return self._questions.ask(lambda reader: reader.rows(sequences, fields, most_bytes=VALUES_BYTES))

    def compute(self, columns: Sequence[ComputedColumn], sequences: Sequence[int]) -> None:
        """Have the values of computed columns evaluated; the answer is a Computed, the newest question's first."""
        if self._computing is not None:
            self._computing.ask(columns, sequences)

    def readable(self, sequences: Sequence[int]) -> StoreAnswer[list[Row]]:
        """Return the rows of ``sequences``, none where one cannot be read."""
        return self._ask(lambda reader: reader.rows(sequences), [])

    def deliveries(self, sequence: int) -> StoreAnswer[list[int]]:
        """Return the numbers of all deliveries of an entry's message, in order."""
        return self._ask(lambda reader: reader.deliveries(sequence), [sequence])

    def bounds(self) -> StoreAnswer[tuple[int, int]]:
        """Return the first and last sequence number of the capture, (0, 0) when it is empty."""
        return self._ask(lambda reader: reader.bounds(), (0, 0))

    def time_span(self) -> StoreAnswer[tuple[int, int]]:
        """Return the earliest and the latest time in the capture, wall clock; (0, 0) when it is empty."""
        return self._ask(lambda reader: reader.time_span(), (0, 0))

    def span(self, from_ns: int, to_ns: int) -> StoreAnswer[tuple[int, int]]:
        """Return the first and last sequence number of what arrived in [from_ns, to_ns), wall clock.

        The first is above the last where nothing arrived.
        """

        def read(reader: EventReader) -> tuple[int, int]:
            _oldest, newest = reader.time_span()
            first = reader.sequence_at(from_ns) if from_ns <= newest else reader.last_sequence() + 1
            last = reader.sequence_at(to_ns) - 1 if to_ns <= newest else reader.last_sequence()
            return first, last

        return self._ask(read, (1, 0))

    def whole(self, sequence: int) -> Entry | None:
        """Return one entry whole, None when it is gone. Any thread: it takes as long as the entry is large."""
        with self._capture.reader() as reader:
            return reader.entry(sequence)

    def excerpt(self, sequence: int) -> StoreAnswer[Excerpt | None]:
        """Return as much of one entry as can be shown, read in bounded time; None when it is gone."""
        return self._ask(lambda reader: reader.excerpt(sequence), None)

    def sequence_at(self, wall_ns: int) -> StoreAnswer[tuple[int, bool]]:
        """Return the first entry at or after a time, or the newest and False where all are earlier; 0 for none."""

        def read(reader: EventReader) -> tuple[int, bool]:
            return reader.sequence_at(wall_ns), reader.time_span()[1] >= wall_ns

        return self._ask(read, (0, False))

    def troubles(self, beyond: int, kinds: Collection[RowKind], *, forward: bool) -> StoreAnswer[list[int]]:
        """Return a page of the next invalid events or gaps after or before an entry, the nearest first."""
        return self._ask(lambda reader: reader.troubles(beyond, kinds, forward=forward), [])

    def marks(self) -> StoreAnswer[list[int]]:
        """Return the sequence numbers of marked entries, ascending."""
        return self._ask(lambda reader: reader.notes.marks(), [])

    def gaps(self) -> StoreAnswer[list[int]]:
        """Return the sequence numbers of gaps, ascending."""
        return self._ask(lambda reader: reader.notes.gap_sequences(), [])

    def order_by(self, column: AnyColumn, sequences: array[int], generation: int, *, descending: bool) -> None:
        """Sort the rows of a filter generation by a column; the answer is an Ordered with that generation.

        ``sequences`` must not be changed afterwards: another thread reads them. For a computed column there are
        OrderProgress notices before.
        """
        if isinstance(column, ComputedColumn):
            self._order_by_values(column, sequences, generation, descending=descending)
            return
        self._sorting.ask(
            self._capture, lambda reader, _stop: ordered(reader, column, sequences, generation, descending=descending)
        )

    def _order_by_values(
        self, column: ComputedColumn, sequences: array[int], generation: int, *, descending: bool
    ) -> None:
        capture, computer_for, notify = self._capture, self._computer_for, self._notify
        if computer_for is None:
            return

        def work(_reader: EventReader, stop: Stop) -> Notice | None:
            def report(progress: OrderProgress) -> None:
                stop.unless_set(lambda: notify([progress]))

            with computer_for(capture) as computer, stop.calling(computer.kill):
                return ordered_by_values(computer, column, sequences, generation, report, descending=descending)

        self._sorting.ask(capture, work)
