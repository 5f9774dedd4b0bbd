"""Which subscriptions get an event: two lanes, one order, and no query that stops the others."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.testbed.broker import QueryRefusedError
from clacks_monitor.testbed.query_engine import PROMPT_BYTES, QuerySelection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NS = "declare namespace f='http://www.gonicus.de/Events'; "
EVENT = b'<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus><Status>%s</Status></PhoneStatus></Event>'
BUSY, FREE = EVENT % b"busy", EVENT % b"free"
BIG = BUSY + b" " * PROMPT_BYTES
PROMPT = NS + "./f:Event/f:PhoneStatus[f:Status = 'busy']"
SLOW = NS + "for $s in ./f:Event/f:PhoneStatus where $s/f:Status = 'busy' order by $s return $s"
ALWAYS = "for $x in (2, 1) order by $x return <a/>"
ENDLESS = "every $x in 1 to 1000000, $y in 1 to 1000000 satisfies $x + $y > 0"


class Harness:
    """A selection, and the calls that its other thread wants made on this one."""

    def __init__(self) -> None:
        self.calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self.selection = QuerySelection(self.calls.put)
        self.delivered: list[tuple[bytes, int]] = []

    def offer(self, body: bytes, *numbers: int) -> None:
        self.selection.offer(body, {}, numbers, lambda number: self.delivered.append((body, number)))

    def until(self, ready: Callable[[], bool]) -> None:
        while not ready():
            self.calls.get(timeout=60)()


@pytest.fixture
def harness() -> Iterator[Harness]:
    made = Harness()
    yield made
    made.selection.close()


def test_a_short_query_is_decided_at_once(harness: Harness) -> None:
    harness.selection.add(1, PROMPT)
    harness.selection.add(2, "true()")
    harness.offer(BUSY, 1, 2)
    harness.offer(FREE, 1, 2)
    assert sorted(harness.delivered) == sorted([(BUSY, 1), (BUSY, 2), (FREE, 2)])
    assert harness.calls.empty()


def test_only_those_who_are_asked_for_get_it(harness: Harness) -> None:
    harness.selection.add(1, PROMPT)
    harness.selection.add(2, PROMPT)
    harness.offer(BUSY, 2)
    assert harness.delivered == [(BUSY, 2)]


def test_a_long_query_is_decided_later_and_as_well(harness: Harness) -> None:
    harness.selection.add(1, SLOW)
    harness.selection.add(2, ALWAYS)
    for body in (BUSY, FREE):
        harness.offer(body, 1, 2)
    assert harness.delivered == []
    harness.until(lambda: len(harness.delivered) >= 3)
    assert sorted(harness.delivered) == sorted([(BUSY, 1), (BUSY, 2), (FREE, 2)])


def test_order_is_kept_when_a_big_event_takes_the_slow_lane(harness: Harness) -> None:
    harness.selection.add(1, PROMPT)
    for body in (BUSY, BIG, BUSY, FREE, BUSY):
        harness.offer(body, 1)
    harness.until(lambda: len(harness.delivered) >= 4)
    assert [body for body, _number in harness.delivered] == [BUSY, BIG, BUSY, BUSY]
    harness.offer(FREE, 1)
    harness.offer(BUSY, 1)
    assert len(harness.delivered) == 5, "with nothing left in the slow lane, small events are decided at once again"


def test_it_tells_when_all_is_decided(harness: Harness) -> None:
    harness.selection.add(1, PROMPT)
    harness.selection.add(2, SLOW)
    told: list[str] = []
    assert harness.selection.when_decided(2, lambda: told.append("nothing was offered"))
    harness.offer(FREE, 1, 2)
    assert harness.selection.when_decided(1, lambda: told.append("decided at once"))
    assert not harness.selection.when_decided(2, lambda: told.append("decided"))
    harness.until(lambda: bool(told))
    assert told == ["decided"], "although nothing was to be delivered"
    assert harness.selection.when_decided(2, lambda: told.append("again"))


def test_an_endless_query_is_taken_out_of_service_and_said(harness: Harness, caplog: pytest.LogCaptureFixture) -> None:
    harness.selection.add(1, ENDLESS)
    harness.selection.add(2, PROMPT)
    harness.selection.add(3, ALWAYS)
    harness.offer(BUSY, 1, 2, 3)
    assert harness.delivered == [(BUSY, 2)], "who has a short query does not wait"
    harness.until(lambda: (BUSY, 3) in harness.delivered)
    assert (BUSY, 1) not in harness.delivered
    assert "out of service" in caplog.text


def test_a_subscription_that_has_gone_is_not_asked(harness: Harness) -> None:
    harness.selection.add(1, PROMPT)
    harness.selection.add(2, PROMPT)
    harness.selection.remove(1)
    harness.offer(BUSY, 2)
    assert harness.delivered == [(BUSY, 2)]


@pytest.mark.parametrize(
    "query", ["./Event[", "./nowhere:Event", "map { 'a': 1 }", "'x' || 'y'", "1 " + "+ 1" * 30_000, "(" * 10_000]
)
def test_a_query_that_qpid_would_refuse_is_refused(harness: Harness, query: str) -> None:
    with pytest.raises(QueryRefusedError) as refused:
        harness.selection.add(1, query)
    assert str(refused.value)
