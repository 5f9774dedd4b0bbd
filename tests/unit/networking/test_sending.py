"""Sending: in order, as much as the broker takes, an outcome for each event, and what is said of one that is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.networking.clock import Clock
from clacks_monitor.networking.loop import Loop
from clacks_monitor.networking.sending import EventSender, OutgoingEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECOND = 1_000_000_000
MEBIBYTE = 1_048_576


class Outlet:
    """Takes so many bytes at a time from a sender, and so many events."""

    def __init__(self, capacity: int = 1_000, credit: int = 100) -> None:
        self.capacity, self.credit = capacity, credit
        self.taken: list[int] = []
        self.closed = False

    @property
    def has_credit(self) -> bool:
        return self.credit > 0

    def send(self, outgoing: OutgoingEvent) -> None:
        self.credit -= 1
        self.taken.append(outgoing.ticket)

    def close(self) -> None:
        self.closed = True


class Session:
    """A session whose outlets are given."""

    def __init__(self, *outlets: Outlet, is_open: bool = True) -> None:
        self._outlets = list(outlets)
        self.is_open = is_open

    def open_outlet(self, sender: EventSender) -> Outlet:
        del sender
        return self._outlets.pop(0)


class Desk:
    """A sender on a clock that stands still until it is turned, and what it reports."""

    def __init__(self) -> None:
        self.now_ns = 1_000 * SECOND
        clock = Clock(wall_ns=lambda: self.now_ns, monotonic=lambda: self.now_ns / SECOND)
        self.loop = Loop("test", clock, lambda: None)
        self.results: list[SendResult] = []
        self.sender = EventSender(self.loop, clock, self.results.extend)

    def put(self, ticket: int, content: bytes = bytes(10)) -> None:
        self.sender.put(OutgoingEvent(ticket, f"id {ticket}", content, self.now_ns))

    def outcomes(self) -> list[tuple[int, SendOutcome]]:
        self.sender.flush()
        return [(result.ticket, result.outcome) for result in self.results]

    def turn(self, seconds: float) -> None:
        self.now_ns += int(seconds * SECOND)

    def in_turns(self, *steps: Callable[[], None]) -> None:
        """Do each step in a turn of the loop of its own: what is due rings behind it."""
        left = list(steps)

        def step() -> None:
            if left:
                left.pop(0)()
                self.loop.call(step)
            else:
                self.loop.stop()

        self.loop.call(step)
        self.loop.run()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.loop.stop()
    made.loop.run()


def test_events_wait_for_a_session_and_go_in_their_order(desk: Desk) -> None:
    outlet = Outlet()
    for ticket in (3, 1, 2):
        desk.put(ticket)
    desk.sender.connected(Session(outlet))
    desk.put(4)
    assert outlet.taken == [3, 1, 2, 4]
    assert desk.outcomes() == []


def test_nothing_is_sent_over_a_session_that_is_not_open(desk: Desk) -> None:
    session = Session(Outlet(), is_open=False)
    desk.sender.connected(session)
    desk.put(1)
    session.is_open = True
    desk.sender.pump()
    assert not desk.sender.close_if_done()
    desk.sender.settled(1, SendOutcome.ACCEPTED, "")
    assert desk.outcomes() == [(1, SendOutcome.ACCEPTED)]


def test_as_much_is_sent_as_the_outlet_takes(desk: Desk) -> None:
    outlet = Outlet(capacity=25)
    desk.sender.connected(Session(outlet))
    for ticket in range(1, 6):
        outlet.capacity = 25 if ticket == 1 else 0
        desk.put(ticket)
    assert outlet.taken == [1]
    outlet.capacity = 11
    desk.sender.flush()
    assert outlet.taken == [1, 2, 3], "the event with which it is full goes, too"
    outlet.credit = 1
    outlet.capacity = 1_000
    desk.sender.flush()
    assert outlet.taken == [1, 2, 3, 4]


def test_an_outcome_says_when_it_was_sent_and_settled(desk: Desk) -> None:
    desk.sender.connected(Session(Outlet()))
    desk.put(1)
    desk.turn(2)
    desk.sender.settled(1, SendOutcome.ACCEPTED, "fine")
    desk.sender.settled(1, SendOutcome.REJECTED, "told again")
    desk.sender.settled(9, SendOutcome.ACCEPTED, "of nothing known")
    desk.sender.flush()
    assert desk.results == [
        SendResult(1, SendOutcome.ACCEPTED, "fine", 1_000 * SECOND, 1_002 * SECOND, message_id="id 1")
    ]


def test_without_a_connection_nothing_is_known_of_what_was_sent_and_the_rest_was_not(desk: Desk) -> None:
    desk.sender.connected(Session(Outlet(credit=1)))
    desk.put(1)
    desk.put(2)
    desk.sender.disconnected("It is gone.")
    desk.sender.flush()
    sent, waited = desk.results
    assert (sent.ticket, sent.outcome, sent.sent_ns, sent.settled_ns) == (
        1, SendOutcome.NOT_CONNECTED, 1_000 * SECOND, 0,
    )  # fmt: skip
    assert "not known whether the event arrived" in sent.detail
    assert (waited.ticket, waited.outcome, waited.detail) == (2, SendOutcome.NOT_CONNECTED, "It is gone.")
    desk.put(3)
    assert len(desk.outcomes()) == 2, "what comes later waits for the next connection"
    later = Outlet()
    desk.sender.connected(Session(later))
    assert later.taken == [3]


def test_an_outlet_that_was_refused_fails_what_waits_and_the_next_event_tries_again(desk: Desk) -> None:
    first, second = Outlet(credit=1), Outlet()
    desk.sender.connected(Session(first, second))
    desk.put(1)
    desk.put(2)
    desk.sender.outlet_closed(SendOutcome.REJECTED, "No such exchange.")
    assert desk.outcomes() == [(1, SendOutcome.REJECTED), (2, SendOutcome.REJECTED)]
    assert {result.detail for result in desk.results} == {"No such exchange."}
    desk.put(3)
    assert (first.taken, second.taken) == ([1], [3])


def test_the_outlet_is_closed_when_nothing_waits_any_more(desk: Desk) -> None:
    outlet = Outlet()
    assert desk.sender.close_if_done()
    desk.sender.connected(Session(outlet))
    desk.put(1)
    assert not desk.sender.close_if_done(), "its outcome is not known"
    desk.sender.settled(1, SendOutcome.ACCEPTED, "")
    assert not desk.sender.close_if_done(), "its outcome was not reported"
    desk.sender.flush()
    assert desk.sender.close_if_done()
    assert outlet.closed


def test_what_is_not_confirmed_within_half_a_minute_is_told_once_and_its_outcome_later(desk: Desk) -> None:
    told: list[list[tuple[int, SendOutcome]]] = []
    desk.sender.connected(Session(Outlet()))
    desk.in_turns(
        lambda: desk.put(1),
        lambda: desk.turn(29),
        lambda: told.append(desk.outcomes()),
        lambda: desk.turn(15),
        lambda: told.append(desk.outcomes()),
        lambda: desk.turn(100),
        lambda: desk.sender.settled(1, SendOutcome.ACCEPTED, ""),
        lambda: told.append(desk.outcomes()),
    )
    assert told == [
        [],
        [(1, SendOutcome.TIMED_OUT)],
        [(1, SendOutcome.TIMED_OUT), (1, SendOutcome.ACCEPTED)],
    ]
    late = desk.results[0]
    assert (late.final, late.sent_ns, late.settled_ns) == (False, 1_000 * SECOND, 0)
    assert late.detail == "Not confirmed by the broker within 30 s."
    assert desk.results[1].final


def test_what_cannot_be_sent_for_half_a_minute_is_told(desk: Desk) -> None:
    desk.sender.connected(Session(Outlet(credit=0)))
    desk.in_turns(lambda: desk.put(1), lambda: desk.turn(15), lambda: desk.turn(15), lambda: desk.turn(15))
    assert desk.outcomes() == [(1, SendOutcome.TIMED_OUT)]
    assert desk.results[0].detail == "The broker has accepted no events for 30 s; this one still waits."
    assert desk.results[0].sent_ns == 0
    assert not desk.results[0].final


def test_more_than_so_much_does_not_wait(desk: Desk) -> None:
    each = bytes(64 * MEBIBYTE - 500)
    for ticket in range(1, 5):
        desk.put(ticket, each)
    desk.put(5)
    assert desk.outcomes() == [], "256 MiB wait, and no more than that"
    desk.put(6)
    assert desk.outcomes() == [(6, SendOutcome.TIMED_OUT)]
    assert desk.results[0].detail.startswith("5 events are already waiting")
    desk.sender.disconnected("gone")
    desk.put(7)
    assert [result.ticket for result in desk.results][1:] == []
    assert desk.outcomes()[1:] == [(ticket, SendOutcome.NOT_CONNECTED) for ticket in range(1, 6)]
