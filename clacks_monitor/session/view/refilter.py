"""Filters what is stored again, newest first: the newest events one by one, all others in blocks of a fixed size.

Of a block, only the queries are evaluated that were not evaluated on it before, where there are many blocks by
processes on all cores. A block that cannot be read is read once more in small parts, so that as much as possible of it
is shown. Owner: the filter thread.
"""

from __future__ import annotations

from array import array
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from clacks_monitor.core.event import NO_PROPERTIES
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.wanted_events import candidates_of, has_candidate
from clacks_monitor.session.view.folding import NONE_FOLDED, fold
from clacks_monitor.session.view.match_bits import SpanEvaluation, SpanMatches
from clacks_monitor.session.view.match_memory import MatchMemory, block_of, blocks
from clacks_monitor.session.view.older_rows import OlderRows

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from clacks_monitor.core.declared_fields import Candidates
    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.view.filter_counts import FilterCounts
    from clacks_monitor.session.view.filter_evaluation import FilterEvaluation, Item
    from clacks_monitor.session.view.filter_workers import FilterWorkers
    from clacks_monitor.xquery import Guard, Query

FIRST_CHUNK = 200
CHUNK = 4_000
FEW = 4
"""Blocks that are evaluated here rather than by processes, which take longer to start."""
LARGE = 16_384
"""Bytes of an event, on average, from which on a block takes long: such captures are read in small parts throughout."""


class RefilterParts(NamedTuple):
    """What every refilter of a filter thread uses.

    ``failed`` reports damage, ``matched`` what watched profiles match.
    """

    notify: Notify
    guard: Guard
    counts: FilterCounts
    memory: MatchMemory
    workers: FilterWorkers | None
    failed: Callable[[StorageError], object]
    matched: Callable[[FilterEvaluation], object]


class Refilter:
    """The refilter of one generation in one store."""

    def __init__(
        self, parts: RefilterParts, evaluation: FilterEvaluation, store: EventStore, reader: EventReader
    ) -> None:
        self._parts = parts
        self._evaluation = evaluation
        self._store = store
        self._reader = reader
        self._older = OlderRows(parts.notify, evaluation.spec.generation, 0)
        self._done = self._total = 0
        self._size = FIRST_CHUNK
        self._wanted: dict[str, Query] = {}
        """The queries that are evaluated on blocks, by their texts."""
        self._by_workers = False
        self._candidates: Candidates | None = None
        self._here: SpanEvaluation | None = None

    def steps(self, first: int, last: int, entries: int) -> Iterator[bool]:
        """Filter from ``last`` down to ``first``, yielding after each part: whether it has to wait for a process.

        ``entries`` is how many the store has.
        """
        spec = self._evaluation.spec
        first, last = max(first, spec.floor + 1), min(last, spec.ceiling or last)
        self._total = self._parts.counts.unreached = max(0, last - first + 1)
        self._older = OlderRows(self._parts.notify, spec.generation, self._total)
        spans = self._blocks(first, min(last, self._evaluation.old), entries)
        self._prepare(spans)
        yield from self._chunks(spans[0][1] + 1 if spans else first, last)
        for span in spans:
            yield from self._block(*span)
        if spans:
            yield from self._chunks(first, spans[-1][0] - 1)
        self._older.finish(self._done, self._evaluation.shown)

    def _blocks(self, first: int, last: int, entries: int) -> list[tuple[int, int]]:
        """Return the whole blocks, newest first; none where events are large or only memory holds some.

        ``entries`` is how many the store has.
        """
        try:
            unfit = self._store.waiting or self._store.size() > LARGE * max(1, entries)
        except StorageError:  # which reading will report
            return []
        return [] if unfit else list(blocks(first, last))

    # -- one by one ----------------------------------------------------------------------------------------------

    def _chunks(self, first: int, last: int) -> Iterator[bool]:
        evaluation, upper = self._evaluation, last
        while upper >= first:
            lower = max(first, upper - self._size + 1)
            sequences, tints = array("q"), bytearray()
            try:
                lower, items = _newest(self._reader, lower, upper, evaluation)
                sequences, tints = evaluation.rows(items)
                self._parts.matched(evaluation)
            except StorageError as error:
                self._parts.failed(error)
                evaluation.shown -= len(sequences)
                sequences, tints = evaluation.undecided(lower, upper)
            self._give(sequences, tints, lower, upper)
            upper, self._size = lower - 1, CHUNK
            yield False

    def _give(self, sequences: array[int], tints: bytearray, first: int, last: int) -> None:
        self._done += last - first + 1
        self._parts.counts.unreached = self._total - self._done
        below = NONE_FOLDED
        try:
            below = fold(self._reader, self._evaluation, sequences, first, last)
        except StorageError as error:
            self._parts.failed(error)
        self._older.add(sequences, bytes(tints), below)
        self._older.progress(self._done, self._evaluation.shown)

    # -- blocks --------------------------------------------------------------------------------------------------

    def _prepare(self, spans: list[tuple[int, int]]) -> None:
        """Find out which queries have to be evaluated on which blocks, and have the processes begin."""
        queries = {rule.query.text: rule.query for rule in self._evaluation.spec.rules}
        memory, workers = self._parts.memory, self._parts.workers
        memory.use(queries.values())
        unknown = list[tuple[int, int]]()
        for span in spans:
            missing = [text for text in queries if memory.known(text, block_of(span[0])) is None]
            self._wanted.update((text, queries[text]) for text in missing)
            if missing:
                unknown.append(span)
        self._candidates = self._indexed(unknown)
        if self._candidates is not None:
            unknown = [span for span in unknown if has_candidate(self._candidates, *span)]
        if workers is not None and len(unknown) > FEW:
            self._by_workers = workers.begin(self._store.address, list(self._wanted), unknown)

    def _indexed(self, spans: list[tuple[int, int]]) -> Candidates | None:
        """Return what the store's index of fields finds for the wanted queries in blocks, None for no such index."""
        wanted = [query.requirements.wanted for query in self._wanted.values()]
        try:
            return candidates_of(self._reader, wanted, spans[-1][0], spans[0][1]) if spans else None
        except StorageError:  # which reading will report
            return None

    def _block(self, first: int, last: int) -> Iterator[bool]:
        number, memory = block_of(first), self._parts.memory
        texts = {rule.query.text for rule in self._evaluation.spec.rules}
        known = {text: bits for text in texts if (bits := memory.known(text, number)) is not None}
        found: SpanMatches | None = SpanMatches(first, last, known)
        try:
            if len(known) < len(texts):
                found = yield from self._evaluated(first, last)
            if found is None:
                yield from self._chunks(first, last)
                return
            gaps = sum(1 << sequence - first for sequence, _gap in self._reader.gaps(first, last))
        except StorageError:
            yield from self._chunks(first, last)
            return
        self._report(found, texts)
        rows = self._evaluation.span_rows(known | found.bits, gaps, first, last)
        self._give(*rows, first, last)
        yield False

    def _evaluated(self, first: int, last: int) -> Generator[bool, None, SpanMatches | None]:
        """Return what the wanted queries match in a block, None where it cannot be read. Raises StorageError."""
        if self._candidates is not None and not has_candidate(self._candidates, first, last):
            return SpanMatches(first, last, dict.fromkeys(self._wanted, 0))
        found: SpanMatches | None = None
        if self._by_workers and self._parts.workers is not None:
            ready, found = self._parts.workers.pop(first)
            while not ready:
                yield True
                ready, found = self._parts.workers.pop(first)
        else:
            if self._here is None:
                self._here = SpanEvaluation(list(self._wanted.values()), self._parts.guard)
            found = yield from self._here.evaluate(self._reader, first, last)
        if found is not None:
            self._parts.memory.add(self._wanted.values(), found)
        return found

    def _report(self, found: SpanMatches, texts: Iterable[str]) -> None:
        """Report the errors of queries, also of those that are remembered."""
        for text in texts:
            fault = found.faults.get(text) or self._parts.memory.fault(text, block_of(found.first))
            if fault is not None:
                self._evaluation.report(text, fault)


def _newest(reader: EventReader, lower: int, upper: int, evaluation: FilterEvaluation) -> tuple[int, list[Item]]:
    """Return the end of a span in ascending order, as much as the reader gives at once, and its first number."""
    parts = reader.scan_spans(
        lower,
        upper,
        newest_first=True,
        chunk=upper - lower + 1,
        types=evaluation.types,
        properties=evaluation.properties,
    )
    (first, _last), found = next(parts, ((lower, upper), []))
    items: list[Item] = [
        *found[::-1],
        *((sequence, None, b"", NO_PROPERTIES) for sequence, _gap in reader.gaps(first, upper)),
    ]
    items.sort(key=itemgetter(0))
    return first, items
