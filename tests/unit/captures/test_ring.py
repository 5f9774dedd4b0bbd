"""A bounded capture lets the oldest go, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.captures import ring
from clacks_monitor.core.store import Retention
from tests.helpers.entries import an_event, some_events

if TYPE_CHECKING:
    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.captures.writer import Capture


def test_by_count(capture: Capture, reader: CaptureReader) -> None:
    capture.set_retention(Retention(max_count=1000))
    for number in range(0, 5000, 100):
        capture.append(some_events(100, number))
        assert reader.count() <= 1000 + ring.CHECK_EVERY + 100
    first, last = reader.bounds()
    assert last == 5000
    assert last - first + 1 >= 1000
    assert reader.entry(first) == an_event(first - 1)
    assert len([item for part in reader.scan() for item in part]) == reader.count()


def test_by_size(capture: Capture, reader: CaptureReader) -> None:
    capture.set_retention(Retention(max_bytes=2_000_000))
    body = b"<Event>" + bytes(range(32, 127)) * 10 + b"</Event>"
    for number in range(0, 10_000, 250):
        capture.append([an_event(n, body=body) for n in range(number, number + 250)])
    assert ring.used_bytes(capture._file.db) < 2_500_000
    assert capture.path.stat().st_size < 4_000_000
    assert 500 < reader.count() < 4000
    assert reader.last_sequence() == 10_000


def test_a_ring_made_much_smaller_gets_there_in_steps(capture: Capture, reader: CaptureReader) -> None:
    capture.append(some_events(20_000))
    capture.set_retention(Retention(max_count=100))
    assert reader.count() == 20_000 - ring.STEP
    for number in range(20):
        capture.append(some_events(ring.CHECK_EVERY, number))
    assert reader.count() <= 100 + ring.CHECK_EVERY
