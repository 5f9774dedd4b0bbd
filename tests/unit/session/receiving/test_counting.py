"""Counting: sums that are right, and types that cannot fill the memory."""

from __future__ import annotations

from clacks_monitor.core.event import Event, Problem, ProblemKind, RawMessage
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
