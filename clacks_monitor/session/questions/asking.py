"""Asks a store a question in worker processes, and yields rows as they are found.

Owner: the caller. Thread: one calls run(); any may call cancel().
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.core.confined import ChildGoneError
from clacks_monitor.session.questions import ending
from clacks_monitor.session.questions.crew import Crew
from clacks_monitor.session.questions.ending import EndedError, EndKind
from clacks_monitor.session.questions.explaining import explanation
from clacks_monitor.session.questions.protocol import Strategy
from clacks_monitor.session.questions.rows import characters_of, row_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from clacks_monitor.core.confined import Confined
    from clacks_monitor.core.ports import StoreLocation
    from clacks_monitor.session.questions.crew import Span, StoreFacts
    from clacks_monitor.session.questions.ending import Ending
    from clacks_monitor.session.questions.protocol import Reading
    from clacks_monitor.session.questions.question import Request
    from clacks_monitor.session.questions.rows import ResultRow

ALONE: Final = 20_000
"""Entries up to which one worker is faster than several, each of which takes a moment to start."""
SPAN: Final = 20_000
"""Sequence numbers that a worker is given at once."""


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """Rows that were found since the last one; ``done`` of ``total`` entries of the store are looked through."""

    rows: list[ResultRow]
    done: int
    total: int


PlainRows = list[tuple[int | None, Any]]


class Asking:
    """One question that is being answered. Use it once: a loop over run(), then ``ending``."""

    def __init__(self, location: StoreLocation, request: Request) -> None:
        self._request = request
        self._crew = Crew(location, request)
        self._rows = self._characters = 0
        self.ending: Ending | None = None
        """How it ended; None until run() has."""

    @property
    def workers(self) -> list[int]:
        """The process ids of the workers that run."""
        return self._crew.pids

    def cancel(self) -> None:
        """End the worker processes at once: run() ends with the rows that there are. Any thread; idempotent."""
        self._crew.kill()

    def run(self) -> Generator[AnswerPart, None, None]:
        """Yield rows and progress until the answer is complete, a bound is hit, or it is cancelled."""
        try:
            yield from self._run()
            self.ending = ending.COMPLETE
        except EndedError as error:
            self.ending = ending.CANCELLED if self._crew.killed else error.how
        except ChildGoneError as error:
            self.ending = ending.of_child(error)
        finally:
            if self.ending is None:  # the loop was left
                self.ending = ending.CANCELLED
            self._crew.close()

    def explain(self) -> list[str]:
        """Return how the question is answered, in sentences; instead of run(). Raises EndedError, ChildGoneError."""
        try:
            (worker,) = self._crew.start(1)
            facts = self._crew.facts(worker)
            strategy, readings, facts = self._crew.ask(worker, facts)
            return explanation(strategy, readings, self._wanted(strategy, facts, _indexed(readings)))
        finally:
            self._crew.close()

    def _wanted(self, strategy: Strategy, facts: StoreFacts, indexed: int) -> int:
        """Return the number of workers for a store."""
        read = facts.total if not indexed else indexed - facts.first
        if strategy not in {Strategy.SPREAD, Strategy.FOLDED} or read <= ALONE:
            return 1
        return self._request.limits.workers or os.cpu_count() or 1

    def _run(self) -> Iterator[AnswerPart]:
        (first,) = self._crew.start(1)
        facts = self._crew.facts(first)
        yield AnswerPart([], 0, facts.total)
        strategy, readings, facts = self._crew.ask(first, facts)
        indexed = _indexed(readings)
        if strategy is Strategy.WHOLE:
            yield from self._scanned(first, "scan", facts)
        elif strategy is Strategy.COUNTED:
            yield from self._scanned(first, "count", facts)
        else:
            workers = [first, *self._more(self._wanted(strategy, facts, indexed) - 1)]
            answer = self._spread if strategy is Strategy.SPREAD else self._folded
            yield from answer(workers, facts, facts.spans(SPAN, indexed))

    def _more(self, count: int) -> list[Confined]:
        """Start further workers and give them the question."""
        if count <= 0:
            return []
        started = self._crew.start(count)
        for worker in started:
            self._crew.ask(worker, self._crew.facts(worker))
        return started

    def _scanned(self, worker: Confined, verb: str, facts: StoreFacts) -> Iterator[AnswerPart]:
        """Let one worker evaluate the whole query."""
        span: tuple[int, ...] = (facts.first, facts.last) if verb == "scan" else ()
        worker.send((verb, *span), self._request.limits.seconds)
        while (answer := self._crew.receive(worker))[0] == "part":
            _part, reached, plain = answer
            done = max(0, reached - facts.first + 1) if verb == "scan" else facts.total
            yield from self._accepted(plain, min(facts.total, done), facts.total)
        yield AnswerPart([], facts.total, facts.total)

    def _spread(self, workers: list[Confined], facts: StoreFacts, spans: list[Span]) -> Iterator[AnswerPart]:
        """Let workers evaluate the query on spans; the rows of a span come when those before it have."""
        waiting: dict[int, PlainRows] = {}
        ended: set[int] = set()
        done, current = _Done(spans), 0
        for number, answer in self._crew.deal("scan", spans, workers):
            if answer[0] == "part":
                done.reach(number, answer[1])
                waiting.setdefault(number, []).extend(answer[2])
            else:
                done.end(number)
                ended.add(number)
            while True:
                yield from self._accepted(waiting.pop(current, []), done.count, facts.total)
                if current not in ended:
                    break
                current += 1

    def _folded(self, workers: list[Confined], facts: StoreFacts, spans: list[Span]) -> Iterator[AnswerPart]:
        """Let workers aggregate spans, and one of them join the aggregates in their order."""
        states: dict[int, list[Any]] = {}
        done = _Done(spans)
        try:
            for number, answer in self._crew.deal("fold", spans, workers):
                if answer[0] == "part":
                    done.reach(number, answer[1])
                else:
                    done.end(number)
                    states[number] = answer[1]
                yield AnswerPart([], done.count, facts.total)
        except EndedError as error:
            if error.how.kind is not EndKind.ERROR:
                raise
            # Perhaps the query does not get there: evaluated as it is written, it says so itself.
            self._crew.close()
            yield from self._scanned(self._more(1)[0], "scan", facts)
            return
        for number in sorted(states):
            workers[0].send(("join", states[number]), self._request.limits.seconds)
        yield from self._scanned(workers[0], "final", facts)

    def _accepted(self, plain: PlainRows, done: int, total: int) -> Iterator[AnswerPart]:
        """Yield the rows that the limits allow, and end the answer where that are not all."""
        kept = self._kept(plain)
        yield AnswerPart([row_of(one, self._request.form) for one in kept], done, total)
        if len(kept) < len(plain):
            limit = self._request.limits.rows
            raise EndedError(ending.too_many_rows(limit) if self._rows >= limit else ending.too_much_text())

    def _kept(self, plain: PlainRows) -> PlainRows:
        """Return the rows that the limits allow, and count them."""
        limits = self._request.limits
        for place, (_sequence, found) in enumerate(plain):
            self._characters += characters_of(found)
            if self._rows >= limits.rows or self._characters > limits.characters:
                return plain[:place]
            self._rows += 1
        return plain


def _indexed(readings: Sequence[Reading]) -> int:
    """Return from which entry on an index finds all that is read, 0 where it does not."""
    places = [place for _types, place in readings]
    return max((place[0] for place in places if place is not None), default=0) if None not in places else 0


class _Done:
    """How many entries are looked through, of spans that several workers have."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = spans
        self._reached = [0] * len(spans)

    def reach(self, number: int, sequence: int) -> None:
        """Note up to which entry of a span a worker has come."""
        first, last = self._spans[number]
        self._reached[number] = max(self._reached[number], min(sequence, last) - first + 1)

    def end(self, number: int) -> None:
        """Note that a span is looked through."""
        self.reach(number, self._spans[number][1])

    @property
    def count(self) -> int:
        """The number of entries."""
        return sum(self._reached)
