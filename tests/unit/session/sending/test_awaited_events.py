"""Sent events are known when they come back: by message id, by body where there is none of ours, each once."""

from __future__ import annotations

from dataclasses import replace

from clacks_monitor.core.event import RawMessage
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.session.sending.awaited_events import Awaited, AwaitedEvents


def awaited(ticket: int, body: bytes = b"<a/>", message_id: str = "") -> Awaited:
    return Awaited(body, SendResult(ticket, SendOutcome.ACCEPTED, final=False), message_id)


def arrival(body: bytes = b"<a/>", message_id: str = "") -> RawMessage:
    return RawMessage("bus", 1, 1, body, message_id=message_id)


def test_by_message_id_and_by_nothing_else_where_there_is_one() -> None:
    events = AwaitedEvents()
    events[1] = awaited(1, message_id="ours-1")
    events[2] = awaited(2, message_id="ours-2")
    assert events.find(arrival(message_id="ours-2")) == 2
    assert events.find(arrival(message_id="theirs")) is None


def test_by_body_where_the_agent_published_it_equal_ones_in_their_order() -> None:
    events = AwaitedEvents()
    for ticket in (1, 2):
        events[ticket] = awaited(ticket, b"\n<a/>\n")
    assert events.find(arrival(message_id="the agent's")) == 1
    events[1] = replace(events[1], result=replace(events[1].result, returned_ns=5))
    assert events.find(arrival()) == 2
    assert events.pop(2) is not None
    assert events.find(arrival()) is None
    assert 1 in events


def test_one_that_learns_its_message_id_is_found_by_it_from_then_on() -> None:
    events = AwaitedEvents()
    events[1] = awaited(1)
    assert events.find(arrival()) == 1
    events[1] = replace(events[1], message_id="ours-1")
    assert events.find(arrival()) is None
    assert events.find(arrival(message_id="ours-1")) == 1
    assert len(events) == 1


def test_nothing_stays_behind() -> None:
    events = AwaitedEvents()
    for ticket in range(100):
        events[ticket] = awaited(ticket, str(ticket % 7).encode(), f"ours-{ticket}" if ticket % 2 else "")
    for ticket in range(100):
        assert events.pop(ticket) is not None
        assert events.pop(ticket) is None
    assert not len(events)
    assert events.find(arrival(b"1")) is None
    assert not events._by_body
    assert not events._by_id


def test_what_has_come_back_waits_only_for_its_outcome() -> None:
    events = AwaitedEvents()
    events[1] = awaited(1, message_id="ours-1")
    events[1] = replace(events[1], result=replace(events[1].result, returned_ns=5))
    assert events.find(arrival(message_id="ours-1")) is None
    assert [len(events), 1 in events, 2 in events] == [1, True, False]
    assert [item.result.returned_ns for item in events.values()] == [5]


def test_an_id_comes_before_a_body_and_white_space_around_a_body_is_nothing() -> None:
    events = AwaitedEvents()
    events[1] = awaited(1)
    events[2] = awaited(2, message_id="ours-2")
    assert events.find(arrival(b" <a/>\n", "ours-2")) == 2
    assert events.find(arrival(b" <a/>\n", "theirs")) == 1
    assert events.find(arrival(b"<b/>")) is None
