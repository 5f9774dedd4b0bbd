"""Batches of messages: bounded by their number and their size."""

from __future__ import annotations

from clacks_monitor.core.event import Gap, RawMessage
from clacks_monitor.networking.batch import MAX_BATCH_BYTES, Batch
from clacks_monitor.networking.clock import SYSTEM_CLOCK
from clacks_monitor.networking.gap_tracker import GapTracker


def batch_of(received: list[int]) -> Batch:
    gaps = GapTracker("bus", SYSTEM_CLOCK, list[Gap]().append)
    return Batch(gaps, lambda messages: received.append(len(messages)))


def test_large_messages_are_passed_on_before_they_are_many() -> None:
    received: list[int] = []
    batch = batch_of(received)
    for _ in range(10):
        batch.add(RawMessage("bus", 1, 1, b"x" * (MAX_BATCH_BYTES // 2)))
    assert received == [2] * 5


def test_many_messages_are_passed_on_before_the_turn_ends() -> None:
    received: list[int] = []
    batch = batch_of(received)
    for _ in range(1_001):
        batch.add(RawMessage("bus", 1, 1, b""))
    assert received == [500, 500]
    batch.flush()
    batch.flush()
    assert received == [500, 500, 1]
