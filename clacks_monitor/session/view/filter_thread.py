"""The filter thread: decides what is shown, live events as they come and the whole capture when the filter changes.

It filters the capture again newest first, in parts, and checks between two parts for live events, a newer filter and
a request to stop. Answers carry their generation, so that stale ones can be dropped. Entries that a full inbox had to
drop are read from the capture.
"""

from __future__ import annotations

import threading
from collections import deque
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.ending import Stop, alive
from clacks_monitor.core.event import NO_PROPERTIES, Entry, Gap
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import Trouble, ViewReset, ViewRows
from clacks_monitor.session.view.filter_counts import FilterCounts
from clacks_monitor.session.view.filter_evaluation import FilterEvaluation, Item
from clacks_monitor.session.view.filter_workers import FilterWorkers
from clacks_monitor.session.view.folding import NONE_FOLDED, fold
from clacks_monitor.session.view.live_inbox import LiveInbox
from clacks_monitor.session.view.match_memory import MatchMemory
from clacks_monitor.session.view.refilter import CHUNK, Refilter, RefilterParts
from clacks_monitor.xquery import Guard

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Sequence

    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.view.filter_rules import FilterSpec
    from clacks_monitor.session.view.filter_workers import LocationOf


class MatchListener(Protocol):
    """Is called on the filter thread when new events match a watched profile."""

    def matched(self, profile_id: str, count: int, sequence: int, body: bytes) -> None:
        """Handle ``count`` new matches, the latest with its sequence number and body."""
        ...


class FilterThread:
    """Filters what is stored and sends the rows as notices. ``counts`` says how far it is."""

    def __init__(
        self,
        capture: EventStore,
        notify: Notify,
        listener: MatchListener | None = None,
        location_of: LocationOf | None = None,
    ) -> None:
        """``location_of`` says for an address how other processes open that store; None: without them."""
        self._capture = capture
        self._notify = notify
        self._listener = listener
        self.counts = FilterCounts()
        self._filtered: EventStore | None = None
        self._inbox = LiveInbox()
        self._lock = threading.Lock()
        self._next: tuple[EventStore, FilterSpec] | None = None
        self._stop = Stop()
        self._damage: set[str] = set()
        self._memory = MatchMemory()
        self.workers = FilterWorkers(location_of, self._inbox.hurry) if location_of is not None else None
        self._reader: EventReader | None = None
        self._thread = threading.Thread(target=self._run, name="filter", daemon=True)

    def start(self) -> None:
        """Start the thread; it filters from the first set_filter() on."""
        self._thread.start()

    def set_filter(self, spec: FilterSpec, capture: EventStore | None = None) -> None:
        """Filter by ``spec``, in another capture if one is given, from now on. Any thread."""
        with self._lock:
            if capture is not None and capture is not self._capture:
                self._capture, self.counts.stored = capture, 0
                _interrupt(self._reader)
            self._next = (self._capture, spec)
        self._inbox.hurry()

    def stored(self, first: int, entries: Sequence[Entry], *, at_once: bool = False) -> None:
        """Accept entries that were just stored, in order; ``at_once`` decides on them without delay. Any thread."""
        self.counts.stored = first + len(entries) - 1
        self._inbox.put(first, entries, at_once=at_once)

    def stop(self) -> list[threading.Thread]:
        """Stop, even in the middle of an evaluation; return the thread if it has not ended yet."""
        self._stop.set()
        _interrupt(self._reader)
        self._inbox.close()
        return [*alive([self._thread]), *(self.workers.stop() if self.workers is not None else [])]

    # -- on the filter thread --------------------------------------------------------------------------------------

    def _run(self) -> None:
        with Guard() as guard, self._stop.calling(guard.kill):
            refilter: Iterator[bool] = iter(())
            while not self._stop.is_set:
                begun = self._begin(guard)
                refilter = begun if begun is not None else refilter
                self._live()
                if next(refilter, True) and not self._changed():
                    self._inbox.wait()
        if self._reader is not None:
            self._reader.close()

    def _changed(self) -> bool:
        with self._lock:
            return self._next is not None or self._stop.is_set or len(self._inbox) > 0

    def _begin(self, guard: Guard) -> Iterator[bool] | None:
        with self._lock:
            following, self._next = self._next, None
        if following is None:
            return None
        capture, spec = following
        if self.workers is not None:
            self.workers.cancel()
        if capture is not self._filtered:
            self._memory.clear()
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        try:
            self._reader = capture.reader()
            first, last = self._reader.bounds()
        except StorageError as error:
            self._report_damage(error)
            return None
        # Entries stored since the last look are new, although they are found by filtering the capture again.
        old = self.counts.seen if capture is self._filtered else last
        self.counts.evaluation = FilterEvaluation(spec, guard, self._notify, old)
        self._notify([ViewReset(spec.generation)])
        self.counts.seen, self._filtered = last, capture
        limited = spec.newest and names_archive(capture.address)
        begin = max(first, min(last, spec.ceiling or last) - spec.newest + 1) if limited else first
        self.counts.begin, self.counts.left_out = begin, begin - first
        parts = RefilterParts(
            self._notify, guard, self.counts, self._memory, self.workers, self._report_damage, self._report_matches
        )
        return Refilter(parts, self.counts.evaluation, capture, self._reader).steps(begin, last, last - first + 1)

    def _report_damage(self, error: StorageError) -> None:
        """Report damage of the capture once; nothing is reported of a capture that is being left."""
        with self._lock:
            left = self._next is not None and self._next[0] is not self._filtered
        if left or self._stop.is_set:
            return
        if str(error) not in self._damage:
            self._damage.add(str(error))
            self._notify([Trouble(Message("The capture is damaged."), str(error))])

    def _live(self) -> None:
        evaluation = self.counts.evaluation
        if evaluation is None:
            return
        items: list[Item] = []
        seen = self.counts.seen
        for stored in self._inbox.drain():
            if stored.first > seen + 1:
                self._show_live(evaluation, items)
                self._show_missing(evaluation, seen + 1, stored.first - 1)
                items, seen = [], stored.first - 1
            for sequence, entry in enumerate(stored.entries, stored.first):
                if sequence > seen:
                    items.append(_item(sequence, entry))
                    seen = sequence
        self._show_live(evaluation, items)
        self.counts.seen = seen  # only now: what is being decided on is neither shown nor hidden yet

    def _show_missing(self, evaluation: FilterEvaluation, first: int, last: int) -> None:
        """Filter entries from the capture that the inbox had to drop."""
        if self._reader is None:
            return
        decided = first - 1
        try:
            for items in _in_order(self._reader, first, last):
                self._show_live(evaluation, items)
                decided = items[-1][0] if items else decided
        except StorageError as error:
            self._report_damage(error)
            self._send_rows(evaluation, *evaluation.undecided(decided + 1, last))

    def _show_live(self, evaluation: FilterEvaluation, items: Sequence[Item]) -> None:
        if not items:
            return
        sequences, tints = evaluation.rows(items)
        self._report_matches(evaluation)
        self._send_rows(evaluation, sequences, tints)

    def _send_rows(self, evaluation: FilterEvaluation, sequences: array[int], tints: bytearray) -> None:
        sequences, tints = evaluation.below_ceiling(sequences, tints)
        if not sequences:
            return
        below = NONE_FOLDED
        try:
            if self._reader is not None:
                below = fold(self._reader, evaluation, sequences, sequences[0], sequences[-1])
        except StorageError as error:
            self._report_damage(error)
        generation, copies = evaluation.spec.generation, below.folded
        self._notify(
            [ViewRows(generation, sequences, bytes(tints), at_start=False, folded=copies, repeated=below.repeated)]
        )

    def _report_matches(self, evaluation: FilterEvaluation) -> None:
        for source, found in evaluation.new_matches().items():
            if self._listener is not None:
                self._listener.matched(source, *found)


def _interrupt(reader: EventReader | None) -> None:
    """Stop reading from a capture that is being left: a server may take long."""
    if reader is not None:
        reader.interrupt()


def _item(sequence: int, entry: Entry) -> Item:
    if isinstance(entry, Gap):
        return sequence, None, b"", NO_PROPERTIES
    return sequence, entry.type, entry.raw.body, entry.raw.properties


def _in_order(reader: EventReader, first: int, last: int) -> Iterator[list[Item]]:
    """Yield the entries of a span in ascending order, in parts of bounded size as the reader gives them."""
    gaps: deque[Item] = deque((sequence, None, b"", NO_PROPERTIES) for sequence, _gap in reader.gaps(first, last))
    for chunk in reader.scan(first, last, chunk=CHUNK):
        items: list[Item] = list(chunk)
        while gaps and items and gaps[0][0] < items[-1][0]:
            items.append(gaps.popleft())
            items.sort(key=itemgetter(0))
        yield items
    if gaps:
        yield list(gaps)
