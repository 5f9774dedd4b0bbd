"""The query engine of the embedded broker: selects the subscriptions of an event.

Queries that are proved to be short are evaluated at once, in a batch, on an event that is parsed once. All others are
evaluated by a thread with the guard, a process that can be killed, so that one subscriber's query does not keep events
from the others. A query that the guard had to stop matches nothing from then on, which is logged.

Owner: ``XmlExchange``. Thread: the broker's; the slow lane has one of its own.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from clacks_monitor import xquery
from clacks_monitor.core.ending import wait_for
from clacks_monitor.testbed.broker import QueryRefusedError
from clacks_monitor.xquery.fastpath import USUAL_READS, is_inline
from clacks_monitor.xquery.matching.guard.guard import Guard
from clacks_monitor.xquery.matching.query_set import QuerySet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    Property = str | int | float | bool
    Deliver = Callable[[int], None]

log = logging.getLogger(__name__)

MAX_QUERY: Final = 64 * 1024
"""Characters that a subscription's query may have."""

PROMPT_DEGREE: Final = 2
"""Queries whose work grows at most with this power of an event's size are evaluated at once."""

PROMPT_BYTES: Final = 256 * 1024
SURELY_PROMPT: Final = 1400
"""Sizes of events in bytes: above the first none is parsed here, below the second all short queries are prompt."""

LANE_EVENTS: Final = 20_000
LANE_BYTES: Final = 64 * 1024 * 1024
CLOSING_S: Final = 0.4
_BATCH: Final = 64


class QuerySelection:
    """The compiled queries of an exchange's subscriptions, by number."""

    def __init__(self, call_soon: Callable[[Callable[[], None]], object]) -> None:
        self._queries: dict[int, xquery.Query] = {}
        self._prompt: dict[int, xquery.Query] = {}
        self._numbers: tuple[int, ...] = ()
        self._set = QuerySet(())
        self._lane: SlowLane | None = None
        self._call_soon = call_soon

    def add(self, number: int, query: str) -> None:
        """Add a subscription's query. Raises QueryRefusedError for one that Qpid's broker would refuse as well."""
        if len(query) > MAX_QUERY:
            raise QueryRefusedError(f"the query has more than {MAX_QUERY} characters")
        try:
            compiled = xquery.compile_query(query)
        except xquery.QueryError as error:
            raise QueryRefusedError(str(error)) from None
        refusal = compiled.broker_would_refuse
        if refusal is not None:
            raise QueryRefusedError(f"{refusal.reason} (line {refusal.line}, column {refusal.column})")
        self._queries[number] = compiled
        fast = compiled.fast
        if fast is not None and fast.degree <= PROMPT_DEGREE and fast.reads <= USUAL_READS:
            self._prompt[number] = compiled
            self._renew()

    def remove(self, number: int) -> None:
        """Remove a subscription."""
        self._queries.pop(number, None)
        if self._prompt.pop(number, None) is not None:
            self._renew()

    def _renew(self) -> None:
        self._numbers = tuple(self._prompt)
        self._set = QuerySet(tuple(self._prompt.values()))

    def offer(
        self, body: bytes, properties: Mapping[str, Property], numbers: Collection[int], deliver: Deliver
    ) -> None:
        """Call ``deliver`` for those whose query matches; later for those that need the slow lane."""
        decided = self._decide(body, properties)
        late: list[int] = []
        for number in numbers:
            matches = decided.get(number)
            if matches is None or (self._lane is not None and self._lane.holds(number)):
                late.append(number)
            elif matches:
                deliver(number)
        if late:
            self._offer_late(late, decided, body, properties, deliver)

    def _decide(self, body: bytes, properties: Mapping[str, Property]) -> dict[int, bool]:
        if not self._numbers or len(body) > PROMPT_BYTES:
            return {}
        if len(body) <= SURELY_PROMPT:
            found = self._set.evaluate(body, properties)
        else:
            document = xquery.Document(body)
            if document.problem is None and not is_inline(document, PROMPT_DEGREE):
                return {}
            found = self._set.evaluate(document, properties)
        return {number: result.matches for number, result in zip(self._numbers, found, strict=True)}

    def _offer_late(
        self,
        numbers: list[int],
        decided: Mapping[int, bool],
        body: bytes,
        properties: Mapping[str, Property],
        deliver: Deliver,
    ) -> None:
        """Pass an event to the slow lane; matches that are already decided keep their place in the order."""
        known = [number for number in numbers if decided.get(number)]
        asked = {number: self._queries[number] for number in numbers if number not in decided}
        if not known and not asked:
            return
        if self._lane is None:
            self._lane = SlowLane(self._call_soon)
        self._lane.put(_Task(body, properties, asked, known, deliver))

    def when_decided(self, number: int, call: Callable[[], None]) -> bool:
        """Return whether all that was offered is decided for a subscription; if not, ``call`` is made once it is."""
        return self._lane is None or self._lane.when_decided(number, call)

    def close(self) -> None:
        """Remove all subscriptions, and end the slow lane."""
        self._queries.clear()
        self._prompt.clear()
        self._renew()
        lane, self._lane = self._lane, None
        if lane is not None:
            lane.close()


@dataclass(slots=True)
class _Task:
    """One event for the slow lane: queries to evaluate by number, and numbers that are known to match."""

    body: bytes
    properties: Mapping[str, Property]
    asked: dict[int, xquery.Query]
    known: list[int]
    deliver: Deliver
    matched: list[int] = field(default_factory=list)

    def numbers(self) -> list[int]:
        """Return the subscriptions that wait for this event."""
        return [*self.asked, *self.known]


class SlowLane:
    """A thread that evaluates with the guard, one batch of events after the other, in order.

    When it cannot keep up, the oldest events are dropped for the subscriptions that use it, and counted.
    """

    def __init__(self, call_soon: Callable[[Callable[[], None]], object]) -> None:
        self._call_soon = call_soon
        self._guard = Guard()
        self._tasks: deque[_Task] = deque()
        self._bytes = 0
        self._held: Counter[int] = Counter()
        self._callers: dict[int, Callable[[], None]] = {}
        self._changed = threading.Condition()
        self._closing = False
        self.left_out = 0
        self._thread = threading.Thread(target=self._run, name="queries", daemon=True)
        self._thread.start()

    # On the broker's thread

    def holds(self, number: int) -> bool:
        """Return whether a subscription has events here that are not decided, behind which later ones must wait."""
        return number in self._held

    def when_decided(self, number: int, call: Callable[[], None]) -> bool:
        """Return whether nothing is held for a subscription; if something is, ``call`` is made when that is decided."""
        if self.holds(number):
            self._callers[number] = call
            return False
        return True

    def put(self, task: _Task) -> None:
        """Add an event."""
        self._held.update(task.numbers())
        with self._changed:
            self._tasks.append(task)
            self._bytes += len(task.body)
            dropped = self._drop()
            self._changed.notify()
        for old in dropped:
            self._call_back(self._release(old))
        if dropped and not self.left_out:
            log.warning("Queries that take long cannot keep up; their subscriptions lose events.")
        self.left_out += len(dropped)

    def _drop(self) -> list[_Task]:
        dropped = []
        while len(self._tasks) > LANE_EVENTS or (self._bytes > LANE_BYTES and len(self._tasks) > 1):
            dropped.append(self._tasks.popleft())
            self._bytes -= len(dropped[-1].body)
        return dropped

    def _release(self, task: _Task) -> list[int]:
        """Count a task as decided; return the subscriptions that wait for nothing more."""
        freed = []
        for number in task.numbers():
            self._held[number] -= 1
            if self._held[number] <= 0:
                del self._held[number]
                freed.append(number)
        return freed

    def _deliver(self, tasks: Sequence[_Task]) -> None:
        if self._closing:
            return
        freed: list[int] = []
        for task in tasks:
            freed += self._release(task)
            for number in task.matched:
                task.deliver(number)
        self._call_back(freed)

    def _call_back(self, freed: Sequence[int]) -> None:
        for number in freed:
            call = self._callers.pop(number, None)
            if call is not None:
                call()

    def close(self) -> None:
        """End the thread and the guard's process; events that wait are dropped."""
        with self._changed:
            self._closing = True
            self._tasks.clear()
            self._changed.notify()
        self._guard.close()
        wait_for([self._thread], CLOSING_S)

    # On its own thread

    def _run(self) -> None:
        while tasks := self._next_tasks():
            stopped = set(self._guard.out_of_service)
            jobs = [(list(task.asked.values()), task.body, task.properties) for task in tasks]
            for task, results in zip(tasks, self._guard.evaluate_many(jobs), strict=True):
                found = [number for number, result in zip(task.asked, results, strict=True) if result.matches]
                task.matched = task.known + found
            for text, result in self._guard.out_of_service.items():
                if text not in stopped:
                    log.warning("A query was taken out of service: %s It is: %.200r", result.reason, text)
            self._call_soon(partial(self._deliver, tasks))

    def _next_tasks(self) -> list[_Task]:
        with self._changed:
            self._changed.wait_for(lambda: self._tasks or self._closing)
            tasks = [self._tasks.popleft() for _ in range(min(_BATCH, len(self._tasks)))]
            self._bytes -= sum(len(task.body) for task in tasks)
        return tasks
