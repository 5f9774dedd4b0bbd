"""Waiting for what others append and note, with servers that go away, stop, and come back."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import psutil
import pytest

from clacks_monitor import archive
from clacks_monitor.archive import reading, watching
from clacks_monitor.core.storage_errors import CaptureError, ReadingStoppedError, StorageError
from clacks_monitor.core.store import StoreChange
from tests.helpers.archives import execute
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.store import EventStore, StoreWatch
    from tests.helpers.archives import Databases

pytestmark = pytest.mark.postgresql
_OURS = "pg_stat_activity WHERE application_name = 'clacks-monitor' AND datname = current_database()"


@pytest.fixture
def store(databases: Databases) -> Iterator[EventStore]:
    with archive.open_archive(databases.new()) as made:
        made.append(some_events(3))
        yield made


@pytest.fixture
def watch(store: EventStore) -> Iterator[StoreWatch]:
    """A watch that has seen what is there."""
    made = store.watch()
    assert made is not None
    assert made.wait() == StoreChange(3)
    yield made
    made.close()


def test_what_is_appended_and_noted_is_a_change(store: EventStore, watch: StoreWatch) -> None:
    store.append(some_events(2))
    assert watch.wait() == StoreChange(5)
    store.notes.annotate(2, comment="Look here")
    assert watch.wait() == StoreChange(5, (2,))
    store.notes.mark_all([1, 2], mark=True)
    change = watch.wait()
    assert (change.last, sorted(change.noted)) == (5, [1, 2])
    store.notes.annotate(2, mark=False, comment="")
    assert watch.wait().noted == (2,)


@pytest.mark.parametrize("standby", [False, True])
def test_a_change_wakes_one_that_waits(
    store: EventStore, watch: StoreWatch, monkeypatch: pytest.MonkeyPatch, *, standby: bool
) -> None:
    """A standby is looked at again and again: it has no notifications."""
    monkeypatch.setattr(watching, "LOOK_S", 3_600.0)
    monkeypatch.setattr(watch, "_standby", standby)
    found = list[StoreChange]()
    waiting = threading.Thread(target=lambda: found.append(watch.wait()), daemon=True)
    waiting.start()
    store.append(some_events(1))
    waiting.join(20)
    assert found == [StoreChange(4)]


def test_after_a_lost_connection_the_next_call_has_what_came_meanwhile(store: EventStore, watch: StoreWatch) -> None:
    execute(store.address, f"SELECT pg_terminate_backend(pid) FROM {_OURS}")
    with pytest.raises(CaptureError):
        store.append(some_events(1))
    store.append(some_events(1))
    store.notes.annotate(4, comment="Meanwhile")
    with pytest.raises(CaptureError):
        watch.wait()
    assert watch.wait() == StoreChange(4, (4,))


def test_closing_ends_the_wait(store: EventStore, watch: StoreWatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_S", 3_600.0)
    del store
    ended = list[StorageError]()

    def wait() -> None:
        try:
            watch.wait()
        except StorageError as error:
            ended.append(error)

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    watch.close()
    waiting.join(20)
    assert [type(error) for error in ended] == [ReadingStoppedError]


@contextlib.contextmanager
def _standing_still(url: str) -> Iterator[None]:
    """Let the server's processes for this database stand still, as those of a machine that is overloaded."""
    processes = [psutil.Process(pid) for (pid,) in execute(url, f"SELECT pid FROM {_OURS}")]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


def test_a_server_that_owes_an_answer_is_given_up(
    store: EventStore, watch: StoreWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "ANSWER_S", 0.0)
    ended = threading.Event()

    def wait() -> None:
        with pytest.raises(CaptureError):
            watch.wait()
        ended.set()

    with _standing_still(store.address):
        waiting = threading.Thread(target=wait, daemon=True)
        waiting.start()
        while not ended.wait(0.05):
            watch.check()
    waiting.join(20)
    assert watch.wait() == StoreChange(3)


def test_a_reader_whose_server_stands_still_is_interrupted(store: EventStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CANCEL_S", 0.1)
    with store.reader() as reader:
        ended = threading.Event()

        def read() -> None:
            with pytest.raises(ReadingStoppedError):
                reader.entry(1)
            ended.set()

        with _standing_still(store.address):
            working = threading.Thread(target=read, daemon=True)
            working.start()
            while not ended.wait(0.05):
                reader.interrupt()
        working.join(20)
        assert reader.count() == 3, "it connects again"
