"""How much waits in memory while the disk is full."""

from __future__ import annotations

from dataclasses import replace

from clacks_monitor.captures.overflow import Overflow
from tests.helpers.entries import a_gap, an_event

MEBIBYTE = 1_048_576
BESIDE = 1_000
"""What an entry counts for beside its body, in bytes."""


def test_entries_wait_up_to_a_number() -> None:
    overflow = Overflow()
    assert overflow.add(7, [a_gap(1)] * 49_999) == 7
    assert overflow.add(1, [a_gap(1)] * 2) == 0
    assert overflow.add(1, [a_gap(1)]) == 7 + 49_999
    assert overflow.add(1, [a_gap(1)]) == 0
    assert len(overflow) == 50_000


def test_entries_wait_up_to_a_size() -> None:
    overflow = Overflow()
    event = an_event(1)
    large = replace(event, raw=replace(event.raw, body=bytes(64 * MEBIBYTE - 2 * BESIDE)))
    assert overflow.add(1, [large]) == 1
    assert overflow.add(1, [a_gap(1), a_gap(1)]) == 0
    assert overflow.add(1, [a_gap(1)]) == 2
    assert overflow.add(1, [a_gap(1)]) == 0


def test_what_was_written_makes_room() -> None:
    overflow = Overflow()
    overflow.add(1, [a_gap(1)] * 50_000)
    overflow.remove(10)
    first, waiting = overflow.view()
    assert (first, len(waiting)) == (11, 49_990)
    assert overflow.add(0, [a_gap(1)] * 11) == 0
    assert overflow.add(0, [a_gap(1)] * 10) == 50_001
