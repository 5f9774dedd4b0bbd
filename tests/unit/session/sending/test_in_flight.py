"""Events in flight: what is counted, whose outcomes they are, and what is waited for."""

from __future__ import annotations

from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.session.sending.in_flight import MAX_BYTES, EventsInFlight

ACCEPTED, REJECTED = SendOutcome.ACCEPTED, SendOutcome.REJECTED


def test_what_was_not_accepted_is_counted_and_said() -> None:
    events = EventsInFlight()
    for ticket in range(1, 4):
        events.add(ticket, 10)
    assert events.settle([SendResult(1, REJECTED, "too large"), SendResult(2, ACCEPTED)]) == []
    assert (len(events), events.failed, events.wait_settled(0)) == (1, 1, 2)
    assert events.last == SendResult(2, ACCEPTED)
    assert events.last_failure == SendResult(1, REJECTED, "too large")


def test_an_early_outcome_counts_like_any_other() -> None:
    events = EventsInFlight()
    early = SendResult(1, REJECTED, "too large")
    assert events.settle([early]) == [early]
    events.add(1, 10)
    assert (len(events), events.failed, events.last_failure) == (0, 1, early)


def test_an_early_outcome_of_another_sender_is_forgotten_at_the_next_event() -> None:
    events = EventsInFlight()
    events.settle([SendResult(7, REJECTED)])
    events.add(1, 10)
    events.add(7, 10)
    assert (len(events), events.failed) == (2, 0)


def test_a_final_outcome_replaces_a_provisional_one_and_nothing_replaces_a_final_one() -> None:
    events = EventsInFlight()
    events.add(1, 10)
    assert events.settle([SendResult(1, SendOutcome.TIMED_OUT, final=False)]) == []
    assert (len(events), events.failed) == (0, 1)
    assert events.settle([SendResult(1, ACCEPTED)]) == []
    assert events.failed == 0
    again = SendResult(1, REJECTED)
    assert events.settle([again]) == [again]
    assert events.failed == 0


def test_it_is_full_by_number_or_bytes() -> None:
    events = EventsInFlight(2)
    full: list[bool] = []
    for ticket, size in ((1, 0), (2, 0)):
        events.add(ticket, size)
        full.append(events.full)
    events.settle([SendResult(1, ACCEPTED), SendResult(2, ACCEPTED)])
    events.add(3, MAX_BYTES)
    full.append(events.full)
    events.settle([SendResult(3, ACCEPTED)])
    assert [*full, events.full] == [False, True, True, False]


def test_outcomes_on_another_connection_and_after_the_end_are_those_of_others() -> None:
    events = EventsInFlight(1)
    events.begin("office")
    events.add(1, 10)
    result = SendResult(1, REJECTED)
    assert events.settle([result], "home") == [result]
    events.cancel()
    events.wait_for_capacity()
    assert events.wait_settled(20) == 1
    assert events.settle([result], "office") == [result]
    events.begin("office")
    assert (len(events), events.failed) == (0, 0)


def test_what_was_received_again_is_counted_once() -> None:
    events = EventsInFlight()
    for ticket in (1, 2, 3):
        events.add(ticket, 10)
    events.settle([SendResult(1, ACCEPTED, final=False), SendResult(2, ACCEPTED, final=False)])
    assert (events.returned, events.awaited) == (0, 2)
    events.settle(
        [SendResult(1, ACCEPTED, returned_ns=5), SendResult(2, ACCEPTED), SendResult(3, ACCEPTED, returned_ns=9)]
    )
    assert (events.returned, events.awaited) == (2, 0)
