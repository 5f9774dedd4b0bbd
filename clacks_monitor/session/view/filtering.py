"""Decides what is shown: live events as they come, and the whole capture again when the filter changes.

One thread owns it. It refilters newest first, in chunks, looking between two chunks at what has come in meanwhile:
live events, a newer filter, the end. Answers carry the generation they belong to; whoever gets a stale one drops it.
Nothing is lost to a full mailbox: what it had to leave out is read from the capture.
"""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import Stop, alive
from clacks_monitor.core.event import NO_PROPERTIES, Entry, Gap, Properties
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.session.notices import FilterFault, Notice, Trouble, ViewReset, ViewRows
from clacks_monitor.session.view.live_inbox import LiveInbox
from clacks_monitor.session.view.older_rows import OlderRows
from clacks_monitor.xquery import Guard, MatchOutcome, MatchResult, Query, QuerySet

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from clacks_monitor.core.store import EventReader, EventStore

FIRST_CHUNK = 200
CHUNK = 4_000
REMEMBERED = 1_000
"""Lists of verdicts for which it is remembered what they mean."""


@dataclass(frozen=True, slots=True)
class Judge:
    """One query with whom it belongs to: "" for the filter bar, else the profile; ``tint`` 0 colours nothing.

    ``watched`` says that somebody wants to know of each new event that matches.
    """

    source: str
    query: Query
    tint: int = 0
    active: bool = False
    watched: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be shown: one generation. Entries up to ``floor`` were cleared from the view.

    With a ``ceiling`` above 0, entries above it are not shown: the user looks at a span of time.
    """

    generation: int
    judges: tuple[Judge, ...] = ()
    floor: int = 0
    ceiling: int = 0
    nothing: bool = False


Call = tuple[int, int, bytes]
"""New events that matched: how many, and the latest one's sequence number and body."""

Matched = Callable[[str, int, int, bytes], None]
"""Takes a profile's id and a Call."""


def nobody(_source: str, _count: int, _sequence: int, _body: bytes) -> None:
    """Nobody wants to know."""


Item = tuple[int, str | None, bytes, Properties]
"""Sequence, type (None for a gap, "" for what is no event), body, properties."""


def _types_of(judges: Sequence[Judge]) -> frozenset[str] | None:
    """Return the types of events that have to be read to judge all, None for every one.

    An event of another type is matched by no query, which hides it when the filter bar or an active profile decides,
    and when a query needs nothing but the event. What has no type, because it is no event, has to be asked.
    """
    if not any(judge.active or judge.source == "" for judge in judges):
        return None
    wanted = {""}
    for judge in judges:
        names = judge.query.requirements.event_names
        if names is None or judge.query.requirements.externals:
            return None
        wanted |= names
    return frozenset(wanted)


class _Deciding:
    """The filter of one generation at work: verdicts to rows, hits and faults."""

    def __init__(self, spec: Filter, guard: Guard, notify: Callable[[Iterable[Notice]], None], old: int) -> None:
        self.spec = spec
        self._notify = notify
        self._old = old
        self._watched = [place for place, judge in enumerate(spec.judges) if judge.watched]
        self._calls: dict[str, Call] = {}
        self._set = QuerySet([judge.query for judge in spec.judges], guard=guard) if spec.judges else None
        self._restricts = any(judge.active for judge in spec.judges)
        self.types = _types_of(spec.judges)
        self.properties = any(judge.query.requirements.externals for judge in spec.judges)
        self._faulty: set[str] = set()
        self._decided: dict[int, tuple[Sequence[MatchResult], int, tuple[str, ...]]] = {}
        self.hits = {judge.source: 0 for judge in spec.judges}
        self.shown = 0

    def rows(self, items: Sequence[Item]) -> tuple[array[int], bytearray]:
        """Return the sequences and tints of what is shown, in the order of ``items``."""
        sequences = array("q")
        tints = bytearray()
        if self._set is None:
            sequences.extend(item[0] for item in items)
            tints.extend(bytes(len(items)))
        else:
            events = [(body, properties) for _sequence, kind, body, properties in items if kind is not None]
            types = [kind for _sequence, kind, _body, _properties in items if kind is not None]
            verdicts = iter(self._set.evaluate_many(events, types))
            for sequence, kind, body, _properties in items:
                tint = 0
                if kind is not None:
                    verdict = next(verdicts)
                    tint = self._decide(verdict)
                    if self._watched and sequence > self._old:
                        self._watch(verdict, sequence, body)
                if tint >= 0:
                    sequences.append(sequence)
                    tints.append(tint)
        self.shown += len(sequences)
        return sequences, tints

    def below_ceiling(self, sequences: array[int], tints: bytearray) -> tuple[array[int], bytearray]:
        """Return of new rows those that are to be shown; all are counted and call."""
        ceiling = self.spec.ceiling
        if not ceiling or not sequences or sequences[-1] <= ceiling:
            return sequences, tints
        kept = bisect_right(sequences, ceiling)
        self.shown -= len(sequences) - kept
        return sequences[:kept], tints[:kept]

    def undecided(self, first: int, last: int) -> tuple[array[int], bytearray]:
        """Return the rows of entries that cannot be read together: a monitor shows what it cannot decide."""
        self.shown += last - first + 1
        return array("q", range(first, last + 1)), bytearray(last - first + 1)

    def _decide(self, verdicts: Sequence[MatchResult]) -> int:
        """Return the tint of a shown event, -1 for a hidden one.

        The same few lists of verdicts come again and again. One that is remembered lives on, so its id stays its own.
        """
        known = self._decided.get(id(verdicts))
        if known is None:
            if len(self._decided) >= REMEMBERED:
                self._decided.clear()
            known = self._decided[id(verdicts)] = (verdicts, *self._decision(verdicts))
        _verdicts, tint, matched = known
        for source in matched:
            self.hits[source] += 1
        return tint

    def _decision(self, verdicts: Sequence[MatchResult]) -> tuple[int, tuple[str, ...]]:
        """Return the tint, -1 for a hidden event, and the profiles that match."""
        tint, chosen = 0, not self._restricts
        passed = True
        matched: list[str] = []
        for judge, verdict in zip(self.spec.judges, verdicts, strict=True):
            if verdict.outcome is MatchOutcome.ERROR:
                self._fault(judge, verdict)
            matches = verdict.outcome is MatchOutcome.MATCH
            if judge.source == "":
                passed = matches
            elif matches:
                matched.append(judge.source)
                tint = tint or judge.tint
                chosen = chosen or judge.active
        return tint if passed and chosen else -1, tuple(matched)

    def _watch(self, verdicts: Sequence[MatchResult], sequence: int, body: bytes) -> None:
        for place in self._watched:
            if verdicts[place].outcome is MatchOutcome.MATCH:
                source = self.spec.judges[place].source
                count, last, _body = self._calls.get(source, (0, 0, b""))
                self._calls[source] = (count + 1, sequence, body) if sequence > last else (count + 1, last, _body)

    def take_calls(self) -> dict[str, Call]:
        """Return what new events matched a watched profile since the last call, by its id."""
        calls, self._calls = self._calls, {}
        return calls

    def _fault(self, judge: Judge, verdict: MatchResult) -> None:
        if judge.source not in self._faulty:
            self._faulty.add(judge.source)
            place = f" (line {verdict.line}, column {verdict.column})" if verdict.line else ""
            self._notify([FilterFault(judge.source, f"{verdict.code}: {one_line(verdict.reason)}{place}")])


class FilterThread:
    """The filter thread: takes stored entries and filters, tells rows."""

    def __init__(
        self, capture: EventStore, notify: Callable[[Iterable[Notice]], None], matched: Matched = nobody
    ) -> None:
        self._capture = capture
        self._notify = notify
        self._matched = matched
        self._filtered: EventStore | None = None
        self._inbox = LiveInbox()
        self._lock = threading.Lock()
        self._next: tuple[EventStore, Filter] | None = None
        self._stop = Stop()
        self._deciding: _Deciding | None = None
        self._damage: set[str] = set()
        self._reader: EventReader | None = None
        self._seen = self._stored = 0
        self._unreached = 0
        """Entries that the refilter under way has not come to."""
        self._thread = threading.Thread(target=self._run, name="filter", daemon=True)

    def start(self) -> None:
        """Begin; set_filter() gives it something to do."""
        self._thread.start()

    def set_filter(self, spec: Filter, capture: EventStore | None = None) -> None:
        """Show by another filter, or another capture, from now on. Any thread."""
        with self._lock:
            if capture is not None and capture is not self._capture:
                self._capture, self._stored = capture, 0
            self._next = (self._capture, spec)
        self._inbox.hurry()

    def stored(self, first: int, entries: Sequence[Entry], *, at_once: bool = False) -> None:
        """Take entries that were just stored; somebody waits for them if ``at_once``. Any thread, in order."""
        self._stored = first + len(entries) - 1
        self._inbox.put(first, entries, at_once=at_once)

    def stop(self) -> list[threading.Thread]:
        """End it, in the middle of whatever it decides; return the thread as long as it is about."""
        self._stop.set()
        self._inbox.close()
        return alive([self._thread])

    def shown(self) -> int:
        """Return how many entries the present generation shows so far."""
        deciding = self._deciding
        return deciding.shown if deciding else 0

    def newest(self) -> int:
        """Return the sequence number of the newest entry that was looked at, 0 for none."""
        return self._seen

    def waiting(self) -> int:
        """Return how many entries were not looked at yet by the filter in force: neither shown nor hidden."""
        return max(0, self._stored - self._seen) + self._unreached

    def hits(self) -> dict[str, int]:
        """Return how many events each profile matched in this generation, by its id."""
        deciding = self._deciding
        return dict(deciding.hits) if deciding else {}

    # From here on: the filter thread.

    def _run(self) -> None:
        with Guard() as guard, self._stop.calling(guard.kill):
            refilter: Iterator[None] = iter(())
            while not self._stop.is_set:
                begun = self._begin(guard)
                refilter = begun if begun is not None else refilter
                self._live()
                if next(refilter, self) is self and not self._changed():
                    self._inbox.wait()
        if self._reader is not None:
            self._reader.close()

    def _changed(self) -> bool:
        with self._lock:
            return self._next is not None or self._stop.is_set or len(self._inbox) > 0

    def _begin(self, guard: Guard) -> Iterator[None] | None:
        with self._lock:
            following, self._next = self._next, None
        if following is None:
            return None
        capture, spec = following
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        try:
            self._reader = capture.reader()
            first, last = self._reader.bounds()
        except StorageError as error:
            self._tell_damage(error)
            return None
        # What came in since the last look is new, although it is found by filtering all again.
        old = self._seen if capture is self._filtered else last
        self._deciding = _Deciding(spec, guard, self._notify, old)
        self._notify([ViewReset(spec.generation)])
        self._seen, self._filtered = last, capture
        return self._refilter(self._deciding, self._reader, first, last)

    def _refilter(self, deciding: _Deciding, reader: EventReader, first: int, last: int) -> Iterator[None]:
        first = max(first, deciding.spec.floor + 1)
        last = min(last, deciding.spec.ceiling or last)
        total, done, upper, size = max(0, last - first + 1), 0, last, FIRST_CHUNK
        self._unreached = total
        older = OlderRows(self._notify, deciding.spec.generation, total)
        while upper >= first:
            lower = max(first, upper - size + 1)
            sequences, tints = array("q"), bytearray()
            try:
                lower, items = self._newest(reader, lower, upper, deciding)
                sequences, tints = deciding.rows(items)
                self._call(deciding)
            except StorageError as error:
                self._tell_damage(error)
                deciding.shown -= len(sequences)
                sequences, tints = deciding.undecided(lower, upper)
            done += upper - lower + 1
            self._unreached = total - done
            older.add(sequences, bytes(tints))
            older.progress(done, deciding.shown)
            upper, size = lower - 1, CHUNK
            yield
        older.finish(done, deciding.shown)

    @staticmethod
    def _newest(reader: EventReader, lower: int, upper: int, deciding: _Deciding) -> tuple[int, list[Item]]:
        """Return the end of a span in order, as much of it as the reader gives at once, and where that begins."""
        parts = reader.scan_spans(
            lower,
            upper,
            newest_first=True,
            chunk=upper - lower + 1,
            types=deciding.types,
            properties=deciding.properties,
        )
        (first, _last), found = next(parts, ((lower, upper), []))
        items: list[Item] = [
            *found[::-1],
            *((sequence, None, b"", NO_PROPERTIES) for sequence, _gap in reader.gaps(first, upper)),
        ]
        items.sort(key=itemgetter(0))
        return first, items

    def _tell_damage(self, error: StorageError) -> None:
        """Say what is wrong with the capture, once for each thing that is; of one that was left nothing is wrong."""
        with self._lock:
            left = self._next is not None and self._next[0] is not self._filtered
        if left:
            return
        if str(error) not in self._damage:
            self._damage.add(str(error))
            self._notify([Trouble(Message("The capture is damaged."), str(error))])

    @staticmethod
    def _read(
        reader: EventReader,
        first: int,
        last: int,
        types: Collection[str] | None = None,
        *,
        properties: bool = True,
    ) -> Iterator[list[Item]]:
        """Yield what is to be decided on, in order; as the reader does, in parts that hold so many bytes at most."""
        gaps: deque[Item] = deque((sequence, None, b"", NO_PROPERTIES) for sequence, _gap in reader.gaps(first, last))
        for chunk in reader.scan(first, last, chunk=CHUNK, types=types, properties=properties):
            items: list[Item] = list(chunk)
            while gaps and items and gaps[0][0] < items[-1][0]:
                items.append(gaps.popleft())
                items.sort(key=itemgetter(0))
            yield items
        if gaps:
            yield list(gaps)

    def _live(self) -> None:
        deciding = self._deciding
        if deciding is None:
            return
        items: list[Item] = []
        seen = self._seen
        for stored in self._inbox.take():
            if stored.first > seen + 1:
                self._show_live(deciding, items)
                self._show_missing(deciding, seen + 1, stored.first - 1)
                items, seen = [], stored.first - 1
            for sequence, entry in enumerate(stored.entries, stored.first):
                if sequence > seen:
                    items.append(_item(sequence, entry))
                    seen = sequence
        self._show_live(deciding, items)
        self._seen = seen  # only now: what is being decided on is neither shown nor hidden yet

    def _show_missing(self, deciding: _Deciding, first: int, last: int) -> None:
        """Show what the mailbox had to leave out, from the capture."""
        if self._reader is None:
            return
        decided = first - 1
        try:
            for items in self._read(self._reader, first, last):
                self._show_live(deciding, items)
                decided = items[-1][0] if items else decided
        except StorageError as error:
            self._tell_damage(error)
            self._tell_rows(deciding, *deciding.undecided(decided + 1, last))

    def _show_live(self, deciding: _Deciding, items: Sequence[Item]) -> None:
        if not items:
            return
        sequences, tints = deciding.rows(items)
        self._call(deciding)
        self._tell_rows(deciding, sequences, tints)

    def _tell_rows(self, deciding: _Deciding, sequences: array[int], tints: bytearray) -> None:
        sequences, tints = deciding.below_ceiling(sequences, tints)
        if sequences:
            self._notify([ViewRows(deciding.spec.generation, sequences, bytes(tints), at_start=False)])

    def _call(self, deciding: _Deciding) -> None:
        for source, call in deciding.take_calls().items():
            self._matched(source, *call)


def _item(sequence: int, entry: Entry) -> Item:
    if isinstance(entry, Gap):
        return sequence, None, b"", NO_PROPERTIES
    return sequence, entry.type, entry.raw.body, entry.raw.properties
