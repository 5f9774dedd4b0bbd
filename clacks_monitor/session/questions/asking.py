"""Asks a store a question in worker processes, and yields rows as they are found.

Owner: whoever asks. Thread: one calls run(); any may call cancel().
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.core.confined import ChildGoneError, Confined
from clacks_monitor.core.messages import unpacked
from clacks_monitor.core.store import BEGIN_OF_TIME, END_OF_TIME
from clacks_monitor.session.questions import ending, protocol
from clacks_monitor.session.questions.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from clacks_monitor.session.questions.ending import Ending
    from clacks_monitor.session.questions.question import Request, StoreLocation
    from clacks_monitor.session.questions.rows import ResultRow


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """Rows that were found since the last one; ``done`` of ``total`` entries of the store are looked through."""

    rows: list[ResultRow]
    done: int
    total: int


_GRACE_S: Final = 10.0
"""Seconds beyond the limit of a question that a worker has to report that it was met."""


class _EndedError(Exception):
    """The answer has ended."""

    def __init__(self, how: Ending) -> None:
        super().__init__(how.message)
        self.how = how


class Asking:
    """One question that is being answered. Use it once: a loop over run(), then ``ending``."""

    def __init__(self, location: StoreLocation, request: Request) -> None:
        self._location = location
        self._request = request
        self._lock = threading.Lock()
        self._workers: list[Confined] = []
        self._cancelled = False
        self._rows = self._characters = 0
        self.ending: Ending | None = None
        """How it ended; None until run() has."""

    @property
    def workers(self) -> list[int]:
        """The process ids of the workers that run."""
        with self._lock:
            return [worker.pid for worker in self._workers]

    def cancel(self) -> None:
        """End the worker processes at once: run() ends with the rows that there are. Any thread; idempotent."""
        with self._lock:
            self._cancelled = True
            for worker in self._workers:
                worker.kill()

    def run(self) -> Generator[AnswerPart, None, None]:
        """Yield rows and progress until the answer is complete, a bound is hit, or it is cancelled."""
        try:
            yield from self._run()
            self.ending = ending.COMPLETE
        except _EndedError as error:
            self.ending = error.how
        except ChildGoneError as error:
            self.ending = ending.of_child(error)
        finally:
            if self.ending is None:  # the loop was left
                self.ending = ending.CANCELLED
            with self._lock:
                workers, self._workers = self._workers, []
            for worker in workers:
                worker.close()

    def _run(self) -> Iterator[AnswerPart]:
        worker = self._start()
        first, last, from_ns, to_ns = self._open(worker)
        yield AnswerPart([], 0, last - first + 1 if last else 0)
        self._ask(worker, from_ns, to_ns)
        worker.send(("scan", first, last), self._request.limits.seconds)
        yield from self._parts(worker, first, last)

    def _parts(self, worker: Confined, first: int, last: int) -> Iterator[AnswerPart]:
        total = last - first + 1 if last else 0
        while (answer := self._receive(worker))[0] == "part":
            _part, reached, plain = answer
            kept = self._kept(plain)
            rows = [row_of(one, self._request.form) for one in kept]
            yield AnswerPart(rows, min(total, max(0, reached - first + 1)), total)
            if len(kept) < len(plain):
                limits = self._request.limits
                raise _EndedError(
                    ending.too_many_rows(limits.rows) if self._rows >= limits.rows else ending.too_much_text()
                )
        yield AnswerPart([], total, total)

    def _kept(self, plain: list[tuple[int | None, Any]]) -> list[tuple[int | None, Any]]:
        """Return the rows that the limits allow, and count them."""
        limits = self._request.limits
        for place, (_sequence, found) in enumerate(plain):
            texts = [found] if isinstance(found, str) else [text for text in found.values() if isinstance(text, str)]
            self._characters += sum(map(len, texts))
            if self._rows >= limits.rows or self._characters > limits.characters:
                return plain[:place]
            self._rows += 1
        return plain

    def _start(self) -> Confined:
        with self._lock:
            if self._cancelled:
                raise _EndedError(ending.CANCELLED)
            worker = Confined(protocol.MODULE, protocol.MEMORY)
            self._workers.append(worker)
            return worker

    def _open(self, worker: Confined) -> tuple[int, int, int, int]:
        location = self._location
        worker.send(("open", location.module, location.address, location.password), protocol.OPEN_SECONDS)
        _store, first, last, from_ns, to_ns = self._receive(worker)
        return first, last, from_ns, to_ns

    def _ask(self, worker: Confined, from_ns: int, to_ns: int) -> None:
        request, selection = self._request, self._request.selection
        begin = from_ns if selection.from_ns == BEGIN_OF_TIME else selection.from_ns
        end = to_ns if selection.to_ns == END_OF_TIME else selection.to_ns
        types = None if selection.types is None else sorted(selection.types)
        variables = {"times": {"from": begin, "to": end}, "parameters": dict(request.parameters)}
        chosen = (types, selection.from_ns, selection.to_ns)
        details = (request.question.text, chosen, variables, str(request.form), float(request.limits.seconds))
        worker.send(("ask", *details), protocol.COMPILE_SECONDS)
        self._receive(worker)

    def _receive(self, worker: Confined) -> tuple[Any, ...]:
        """Return an answer that is not an error."""
        answer: tuple[Any, ...] = worker.receive(self._request.limits.seconds + _GRACE_S)
        match answer:
            case ("error", code, reason, line, column):
                raise _EndedError(ending.of_error(code, unpacked(reason), line, column))
            case ("unreadable", text):
                raise _EndedError(ending.unreadable(text))
        return answer
