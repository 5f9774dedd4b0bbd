"""An excerpt is the beginning of an event, read without the rest of it."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.core.event import EXCERPT_BYTES, Event, Excerpt, RawMessage, excerpt_of
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.storage.encoding import pack
from tests.helpers.entries import a_gap, some_events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture

NOISE = random.Random(1).randbytes(3 * EXCERPT_BYTES)


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    with captures.create(tmp_path / "a.capture") as made:
        yield made


def _event(body: bytes = b"<a/>", **more: object) -> Event:
    return Event(replace(RawMessage("office", 1, 1, body), **more), "A", "said", None)  # type: ignore[arg-type]  # passed through


def _excerpt(capture: Capture, event: Event) -> Excerpt:
    sequence = capture.append([event])
    with capture.reader() as reader:
        found = reader.excerpt(sequence)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "event",
    [
        _event(),
        _event(b""),
        _event(b"<a>" + b"x" * 10_000, properties={"p": 1, "q": "ä"}, message_id="m", subject="s"),
        _event(b"x" * 3 * EXCERPT_BYTES),
        _event(NOISE),
        _event(properties={"p": "x" * (EXCERPT_BYTES + 1)}),
        *some_events(3),
    ],
)
def test_an_excerpt_from_the_file_is_that_from_memory(capture: Capture, event: Event) -> None:
    found, wanted = _excerpt(capture, event), excerpt_of(event)
    assert found.entry == wanted.entry
    assert found.size == wanted.size == len(event.raw.body)
    assert found.cut == wanted.cut
    assert bool(found.unlisted) == bool(wanted.unlisted)


def test_the_bodies_here_are_stored_in_both_ways() -> None:
    assert pack(NOISE)[0] == 0
    assert pack(b"x" * 3 * EXCERPT_BYTES)[0] == 3 * EXCERPT_BYTES


def test_gaps_are_whole_and_what_is_not_there_is_none(capture: Capture) -> None:
    gap = a_gap(5)
    capture.append([gap])
    with capture.reader() as reader:
        assert reader.excerpt(1) == Excerpt(gap)
        assert reader.excerpt(2) is None


def test_a_damaged_body_is_said(capture: Capture, tmp_path: Path) -> None:
    import sqlite3

    capture.append([_event(b"x" * 10_000)])
    capture.close()
    with sqlite3.connect(tmp_path / "a.capture") as db:
        db.execute("UPDATE body SET body = zeroblob(50)")
    db.close()
    again = captures.open_capture(tmp_path / "a.capture")
    with again, again.reader() as reader, pytest.raises(CaptureError, match="damaged"):
        reader.excerpt(1)
