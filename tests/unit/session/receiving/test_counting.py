"""Counting: sums that are right, and types that cannot fill the memory."""

from __future__ import annotations

import pytest

from clacks_monitor.core.event import Event, Gap, GapCause, Problem, ProblemKind, RawMessage
from clacks_monitor.session.receiving.counting import MAX_TYPES, MAX_UNKNOWN, Counting

UNKNOWN = Problem(ProblemKind.UNKNOWN_TYPE, "no schema")


def _event(name: str, problem: Problem | None = None) -> Event:
    return Event(RawMessage("bus", 5, 5, b""), name, "", problem)


def test_types_that_are_made_up_are_counted_together_beyond_a_bound() -> None:
    counting = Counting()
    counting.add([_event(f"T{number}", UNKNOWN) for number in range(20_000)])
    found = counting.types()
    assert len(found) == MAX_UNKNOWN + 1
    assert found[-1].folded
    assert (found[-1].count, found[-1].last_ns) == (20_000 - MAX_UNKNOWN, 5)
    assert sum(kind.count for kind in found) == counting.received == 20_000


def test_a_type_with_a_schema_is_counted_by_itself_however_many_others_there_are() -> None:
    counting = Counting()
    counting.add([_event(f"T{number}", UNKNOWN) for number in range(5_000)])
    counting.add([_event("PhoneStatus"), _event(""), _event("", UNKNOWN)])
    counts = {kind.type: kind.count for kind in counting.types() if not kind.folded}
    assert counts["PhoneStatus"] == 1
    assert counts[""] == 2


def test_even_types_that_seem_good_are_bounded() -> None:
    counting = Counting()
    counting.add([_event(f"T{number}") for number in range(5_000)])
    assert len(counting.types()) == MAX_TYPES + 1


def test_of_a_capture_the_most_frequent_types_are_counted_by_themselves() -> None:
    counting = Counting()
    counting.start({f"T{number}": (10_000 - number, number) for number in range(5_000)}, invalid=0, gaps=0)
    found = counting.types()
    assert {kind.type for kind in found if not kind.folded} == {f"T{number}" for number in range(MAX_UNKNOWN)}
    assert (found[-1].count, found[-1].last_ns) == (sum(10_000 - n for n in range(MAX_UNKNOWN, 5_000)), 4_999)


def test_what_came_from_one_connection_alone_is_known_since_the_capture_was_empty() -> None:
    counting = Counting()
    counting.start({}, invalid=0, gaps=0)
    assert counting.all_from("bus")
    counting.add([_event("PhoneStatus"), Gap("bus", 1, 2, GapCause.CONNECTION_LOST)])
    assert counting.all_from("bus")
    counting.add([Gap("other bus", 1, 2, GapCause.CONNECTION_LOST)])
    assert not counting.all_from("bus")
    counting.start({"PhoneStatus": (1, 5)}, invalid=0, gaps=0)
    assert not counting.all_from("bus")
    counting.start({}, invalid=0, gaps=1)
    assert not counting.all_from("bus")


def test_a_capture_that_names_many_connections_does_not_have_them_all_kept() -> None:
    counting = Counting()
    counting.start({}, invalid=0, gaps=0)
    for number in range(1_000):
        counting.add([Gap(f"bus {number}", 1, 2, GapCause.CONNECTION_LOST)])
    assert len(counting._connections) == 2
    assert not counting.all_from("bus 0")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which a test sets."""
    now = [100.0]
    monkeypatch.setattr("clacks_monitor.session.receiving.counting.time.monotonic", lambda: now[0])
    return now


def test_the_rate_is_that_of_the_last_five_seconds(clock: list[float]) -> None:
    counting = Counting()
    assert counting.rate() == 0
    for second, count in ((100.0, 3), (100.9, 2), (102.0, 10)):
        clock[0] = second
        counting.add([_event("A")] * count)
    assert counting.rate() == 15 / 5
    clock[0] = 104.9
    assert counting.rate() == 15 / 5
    clock[0] = 105.0
    assert counting.rate() == 10 / 5, "what came in the sixth second before is forgotten"
    assert [kind.rate for kind in counting.types()] == [10 / 5]
    clock[0] = 107.0
    counting.add([_event("B")])
    assert counting.rate() == 1 / 5
    assert [(kind.type, kind.rate) for kind in counting.types()] == [("A", 0), ("B", 1 / 5)]


def test_events_gaps_problems_and_losses_are_counted_apart() -> None:
    counting = Counting()
    counting.add([_event("A"), _event("A", UNKNOWN), Gap("bus", 1, 2, GapCause.CONNECTION_LOST)])
    counting.add_gap()
    counting.drop(3)
    counting.drop(4)
    assert (counting.received, counting.invalid, counting.gaps, counting.dropped) == (2, 1, 2, 7)
    counting.start({"B": (5, 50), "A": (2, 70)}, invalid=4, gaps=6)
    assert (counting.received, counting.invalid, counting.gaps, counting.dropped) == (7, 4, 6, 0)
    assert [(kind.type, kind.count, kind.last_ns, kind.folded) for kind in counting.types()] == [
        ("A", 2, 70, False),
        ("B", 5, 50, False),
    ]


def test_the_bound_of_what_a_capture_holds_is_exact() -> None:
    counting = Counting()
    counts = {f"T{number}": (1, number) for number in range(MAX_UNKNOWN)}
    counting.start(counts, invalid=0, gaps=0)
    assert len(counting.types()) == MAX_UNKNOWN
    counting.start(counts | {"X": (7, 3), "Y": (5, 9)}, invalid=0, gaps=0)
    found = counting.types()
    assert len(found) == MAX_UNKNOWN + 1
    assert (found[-1].folded, found[-1].count, found[-1].last_ns, counting.received) == (True, 12, 9, MAX_UNKNOWN + 12)


def test_what_breaks_its_schema_is_of_a_type_that_has_one() -> None:
    counting = Counting()
    counting.add([_event(f"T{number}", UNKNOWN) for number in range(MAX_UNKNOWN)])
    broken = Problem(ProblemKind.BREAKS_SCHEMA, "no")
    counting.add([_event("Broken", broken), _event("New", UNKNOWN)])
    assert [(kind.type, kind.count) for kind in counting.types() if kind.folded or kind.type == "Broken"] == [
        ("Broken", 1),
        ("", 1),
    ]
