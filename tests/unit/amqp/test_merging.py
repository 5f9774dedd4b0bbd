"""Which of two equal events is shown, and in which order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.amqp import merging
from clacks_monitor.amqp.codec import AmqpMessage
from clacks_monitor.amqp.merging import Merge, Side
from clacks_monitor.core.event import NO_PROPERTIES, BodyKind, RawMessage

if TYPE_CHECKING:
    from collections.abc import Iterable


def message(body: bytes, **properties: str) -> AmqpMessage:
    return AmqpMessage(body, BodyKind.DATA, properties or NO_PROPERTIES)


class Arrivals:
    """A merge, and what it has passed on; each delivery arrives a nanosecond after the last."""

    def __init__(self) -> None:
        self.merge = Merge()
        self.shown: list[bytes] = []
        self._now = 0

    def put(self, side: Side, found: AmqpMessage) -> list[bytes]:
        """Deliver a message; return what is passed on because of it."""
        self._now += 1
        raw = RawMessage("bus", self._now, self._now, found.body, creation_ns=found.creation_ns)
        return self._add(self.merge.put(side, found, raw))

    def old(self, *bodies: str) -> list[bytes]:
        return [shown for body in bodies for shown in self.put(Side.OLD, message(body.encode()))]

    def new(self, *bodies: str) -> list[bytes]:
        return [shown for body in bodies for shown in self.put(Side.NEW, message(body.encode()))]

    def release(self) -> list[bytes]:
        return self._add(self.merge.release())

    def _add(self, raws: Iterable[RawMessage]) -> list[bytes]:
        bodies = [raw.body for raw in raws]
        self.shown += bodies
        return bodies


@pytest.fixture
def arrivals() -> Arrivals:
    return Arrivals()


EVENTS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["old", "new", "both"])), max_size=60)


def bodies_of(events: list[tuple[str, str]], *, numbered: bool) -> dict[Side, list[str]]:
    """Return what each link delivers: what only one filter matches differs in something from what both match."""
    named = [
        (f"{number:03} " if numbered else "") + body + ("" if who == "both" else who)
        for number, (body, who) in enumerate(events)
    ]
    return {
        side: [body for body, (_kind, who) in zip(named, events, strict=True) if who != other]
        for side, other in ((Side.OLD, "new"), (Side.NEW, "old"))
    }


def delivered(arrivals: Arrivals, queues: dict[Side, list[str]], data: st.DataObject) -> None:
    while queues[Side.OLD] or queues[Side.NEW]:
        side = data.draw(st.sampled_from([side for side in Side if queues[side]]))
        arrivals.put(side, message(queues[side].pop(0).encode()))


@given(EVENTS, st.integers(0, 60), st.data())
def test_each_event_is_shown_once_in_whatever_order_the_links_deliver(
    events: list[tuple[str, str]], held: int, data: st.DataObject
) -> None:
    """Equal events are legitimate: as many are shown as were sent, also when holding back ends in between."""
    arrivals, queues = Arrivals(), bodies_of(events, numbered=False)
    expected = Counter((Counter(queues[Side.OLD]) | Counter(queues[Side.NEW])).elements())
    first = {side: queue[:held] for side, queue in queues.items()}
    rest = {side: queue[held:] for side, queue in queues.items()}
    delivered(arrivals, first, data)
    arrivals.release()
    delivered(arrivals, rest, data)
    assert Counter(body.decode() for body in arrivals.shown) == expected


@given(EVENTS, st.data())
def test_each_link_keeps_its_order_and_what_both_deliver_divides_the_rest(
    events: list[tuple[str, str]], data: st.DataObject
) -> None:
    arrivals, queues = Arrivals(), bodies_of(events, numbered=True)
    sides = {side: list(queue) for side, queue in queues.items()}
    delivered(arrivals, queues, data)
    arrivals.release()
    shown = [body.decode() for body in arrivals.shown]
    for expected in sides.values():
        assert [body for body in shown if body in expected] == expected
    common = [number for number, (_kind, who) in enumerate(events) if who == "both"]
    for number in common:
        at = next(at for at, body in enumerate(shown) if body.startswith(f"{number:03}"))
        assert all(int(body[:3]) < number for body in shown[:at])
        assert all(int(body[:3]) > number for body in shown[at + 1 :])


def test_where_one_filter_contains_the_other_the_order_is_that_of_the_larger(arrivals: Arrivals) -> None:
    assert arrivals.old("1", "2", "3") == []
    assert arrivals.new("2") == [b"1", b"2"]
    assert arrivals.new("4", "5") == []
    assert arrivals.old("5") == [b"3", b"4", b"5"]


def test_what_both_deliver_goes_on_at_once_and_the_rest_waits_for_the_end(arrivals: Arrivals) -> None:
    assert arrivals.old("a") == []
    assert arrivals.new("b") == []
    assert arrivals.release() == [b"a", b"b"]
    assert arrivals.old("c") == [b"c"], "nothing is held back any more"
    assert arrivals.new("c") == []
    assert arrivals.merge.duplicates == 1


def test_links_that_deliver_in_different_orders_lose_nothing(arrivals: Arrivals) -> None:
    """Events of different publishers are in different orders in two queues of a broker with many threads."""
    arrivals.old("a", "b")
    assert arrivals.new("b") == [b"a", b"b"]
    assert arrivals.new("a") == []
    assert arrivals.old("c", "d") == []
    assert arrivals.new("d", "c") == [b"c", b"d"]


@pytest.mark.parametrize(
    ("first", "second", "order"), [(7, 5, "new old"), (5, 7, "old new"), (7, 0, "old new"), (5, 5, "old new")]
)
def test_between_common_events_the_times_of_creation_decide_then_those_of_arrival(
    arrivals: Arrivals, first: int, second: int, order: str
) -> None:
    arrivals.put(Side.OLD, message(b"old")._replace(creation_ns=first))
    arrivals.put(Side.NEW, message(b"new")._replace(creation_ns=second))
    arrivals.release()
    assert b" ".join(arrivals.shown).decode() == order


@pytest.mark.parametrize("met", [False, True])
def test_within_the_same_millisecond_the_times_of_arrival_decide(arrivals: Arrivals, *, met: bool) -> None:
    """Two exchanges have no event in common, and a publisher may send several events in a millisecond."""
    if met:
        arrivals.old("common")
        arrivals.new("common")
    names = [(Side.NEW, "1"), (Side.OLD, "2"), (Side.NEW, "3"), (Side.NEW, "4"), (Side.OLD, "5")]
    for side, name in names:
        arrivals.put(side, message(name.encode())._replace(creation_ns=1_000_000))
    assert [body.decode() for body in arrivals.release()] == [name for _side, name in names]


def test_before_the_first_common_event_what_the_old_link_delivered_late_is_older(arrivals: Arrivals) -> None:
    """A message that a thread of the broker routed late stands behind younger ones of other publishers."""
    for side, name, created in (
        *((Side.OLD, "q", 200), (Side.OLD, "p 1", 100), (Side.NEW, "p 2", 150), (Side.NEW, "common", 210)),
        *((Side.OLD, "common", 210), (Side.NEW, "r", 220), (Side.NEW, "s 2", 205), (Side.OLD, "s 1", 204)),
    ):
        arrivals.put(side, message(name.encode())._replace(creation_ns=created))
    arrivals.release()
    assert arrivals.shown == [b"q", b"p 1", b"p 2", b"common", b"s 1", b"r", b"s 2"]


def test_messages_that_differ_in_anything_are_no_duplicates(arrivals: Arrivals) -> None:
    first = message(b"a", key="1")
    others = [message(b"a", key="2"), message(b"a"), first._replace(message_id="x"), first._replace(creation_ns=5)]
    arrivals.put(Side.OLD, first)
    assert [arrivals.put(Side.NEW, other) for other in others] == [[]] * 4
    arrivals.put(Side.NEW, first)
    assert arrivals.merge.duplicates == 1
    assert len(arrivals.shown) == len(others) + 1


def test_what_the_new_link_was_ahead_with_is_forgotten_with_the_old_link(arrivals: Arrivals) -> None:
    arrivals.new("a")
    arrivals.merge.old_ended()
    arrivals.new("a")
    assert arrivals.release() == [b"a", b"a"]
    assert not arrivals.merge.overflowing


def test_it_overflows_with_one_more_that_waits_than_may(arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MAX_WAITING", 3)

    def after(side: Side, body: bytes) -> bool:
        arrivals.put(side, message(body))
        return arrivals.merge.overflowing

    assert not any(after(Side.OLD if body == b"1" else Side.NEW, body) for body in (b"0", b"1", b"2"))
    assert after(Side.OLD, b"3")
    assert not after(Side.OLD, b"0"), "a duplicate has come"
    assert after(Side.NEW, b"4")
    arrivals.merge.old_ended()
    assert not after(Side.OLD, b"5"), "what the new side was ahead with waits no more"


@pytest.mark.parametrize(("limit", "value"), [("MAX_HELD", 2), ("MAX_HELD_BYTES", 2)])
def test_what_is_held_back_is_bounded_and_then_passed_on_as_it_comes(
    arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(merging, limit, value)
    assert arrivals.old("a", "b") == []
    assert arrivals.new("c") == [b"a", b"b", b"c"]
    assert arrivals.old("d") == [b"d"]
    assert arrivals.new("a", "e") == [b"e"]


def test_what_was_passed_on_counts_no_longer_as_held(arrivals: Arrivals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MAX_HELD_BYTES", 3)
    for name in "abcdef":
        assert arrivals.old(name) == []
        assert arrivals.new(name) == [name.encode()]
