"""Questions to a capture: the latest is answered, whatever becomes of it; those before are not."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.core.storage_errors import ReadingStoppedError, StorageError
from clacks_monitor.session.notices import Notice, Trouble
from clacks_monitor.session.work.latest_question import LatestQuestion
from tests.helpers.ending import end
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.core.ending import Stop
    from clacks_monitor.core.store import EventReader

UNREADABLE = "The capture cannot be read."


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    with captures.create(tmp_path / "a.capture") as made:
        made.append(some_events(3))
        yield made


@pytest.fixture
def told() -> list[Notice]:
    return []


@pytest.fixture
def latest(told: list[Notice]) -> LatestQuestion:
    def notify(notices: Iterable[Notice]) -> None:
        told.extend(notices)

    return LatestQuestion("question", notify)


def test_it_is_answered_from_the_capture_on_a_thread_of_its_name(capture: Capture, told: list[Notice]) -> None:
    def work(reader: EventReader, _stop: Stop) -> Notice:
        return Trouble(threading.current_thread().name, str(reader.last_sequence()))

    answered = threading.Event()

    def notify(notices: Iterable[Notice]) -> None:
        told.extend(notices)
        answered.set()

    latest = LatestQuestion("question", notify)
    latest.ask(capture, work)
    assert answered.wait(20)
    assert told == [Trouble("question", "3")]
    end(latest)


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (StorageError("It is damaged."), [Trouble(UNREADABLE, "It is damaged.")]),
        (KeyError("row"), [Trouble(UNREADABLE, "KeyError: 'row'")]),
        (ReadingStoppedError("stopped"), []),
        (None, []),
    ],
)
def test_what_goes_wrong_is_told(
    error: Exception | None, answer: list[Notice], latest: LatestQuestion, capture: Capture, told: list[Notice]
) -> None:
    threads: list[threading.Thread] = []

    def work(_reader: EventReader, _stop: Stop) -> Notice | None:
        threads.append(threading.current_thread())
        begun.set()
        if error is not None:
            raise error
        return None

    begun = threading.Event()
    latest.ask(capture, work)
    assert begun.wait(20)
    threads[0].join(20)
    assert told == answer
    assert latest.stop() == []


def test_a_newer_question_ends_the_one_before(latest: LatestQuestion, capture: Capture, told: list[Notice]) -> None:
    begun, ended, answered = threading.Event(), threading.Event(), threading.Event()

    def endless(_reader: EventReader, stop: Stop) -> Notice:
        with stop.calling(ended.set):
            begun.set()
            assert ended.wait(20)
        return Trouble("too late", "")

    def quick(_reader: EventReader, stop: Stop) -> Notice:
        answered.set()
        assert not stop.is_set
        return Trouble("quick", "")

    latest.ask(capture, endless)
    assert begun.wait(20)
    latest.ask(capture, quick)
    assert answered.wait(20)
    assert ended.is_set()
    end(latest)
    assert Trouble("too late", "") not in told


def test_what_is_under_way_is_named(latest: LatestQuestion, capture: Capture, told: list[Notice]) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_reader: EventReader, _stop: Stop) -> Notice:
        begun.set()
        assert go_on.wait(20)
        return Trouble("too late", "")

    latest.ask(capture, slow)
    assert begun.wait(20)
    (thread,) = latest.stop()
    assert thread.daemon
    go_on.set()
    thread.join(20)
    assert latest.stop() == []
    assert told == []
