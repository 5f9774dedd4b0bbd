"""Entries wait in the spool and are poured into the store, in order, once, also when the process is killed between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.core.event import Event, Gap
from clacks_monitor.core.storage_errors import CaptureError, TermOverError
from clacks_monitor.session.recording import sources, spool
from clacks_monitor.session.recording.metrics import RecorderMetrics
from clacks_monitor.session.recording.pouring import stored_count
from clacks_monitor.session.recording.sink import EntrySink
from clacks_monitor.session.recording.spool import Spool
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.store import EventStore
    from tests.helpers.archives import Databases

ROOM = 1024 * 1024 * 1024


@pytest.fixture(params=["capture", pytest.param("archive", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventStore]:
    """An empty store of each kind."""
    if request.param == "capture":
        with captures.create(tmp_path / "store.capture") as made:
            yield made
        return
    from clacks_monitor import archive

    databases: Databases = request.getfixturevalue("databases")
    with archive.open_archive(databases.new()) as opened:
        yield opened


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Transactions of 10 entries, files of 25."""
    monkeypatch.setattr(spool, "MAX_BATCH", 10)
    monkeypatch.setattr(spool, "FILE_ENTRIES", 25)
    assert sources.MAX_BATCH > 10


def _never() -> EventStore:
    raise CaptureError("It is away.")


def _sink(waiting: Spool | None, lead_again: Callable[[], EventStore] = _never) -> tuple[EntrySink, list[str]]:
    texts: list[str] = []
    return EntrySink(waiting, lead_again, RecorderMetrics(), texts.append), texts


def _stored(store: EventStore) -> list[Entry]:
    with store.reader() as reader:
        return [entry for _sequence, entry in reader.entries(range(1, reader.last_sequence() + 1))]


def _bodies(entries: list[Entry]) -> list[bytes]:
    return [entry.raw.body for entry in entries if isinstance(entry, Event)]


def _pour_all(sink: EntrySink) -> None:
    while sink.pour():
        pass


def test_what_comes_while_the_store_is_away_follows_in_order(store: EventStore, tmp_path: Path) -> None:
    waiting = Spool(captures, tmp_path / "spool", ROOM)
    sink, texts = _sink(waiting)
    events = some_events(95)
    sink.put(events[:40])
    sink.put(events[40:60])
    assert (waiting.entries, sink.waits) == (60, True)
    sink.use(store)
    sink.pour()
    sink.put(events[60:90])
    assert len(_stored(store)) == 10, "the order is kept: new entries wait behind the old ones"
    _pour_all(sink)
    sink.put(events[90:])
    assert _bodies(_stored(store)) == [event.raw.body for event in events]
    assert list((tmp_path / "spool").iterdir()) == []
    assert texts == ["The spool is empty: all of it is in the store."]


@pytest.mark.parametrize("poured", range(7))
def test_a_process_that_is_killed_between_commit_and_removal_doubles_nothing(
    store: EventStore, tmp_path: Path, poured: int
) -> None:
    folder = tmp_path / "spool"
    events = some_events(60)
    waiting = Spool(captures, folder, ROOM)
    for first in range(0, 60, 20):
        waiting.append(events[first : first + 20])
    sink, _texts = _sink(waiting)
    sink.use(store)
    for _ in range(poured):
        sink.pour()
    if found := waiting.first():
        store.append(found)  # committed, but not forgotten: the process ends here
    waiting.close()
    after, _texts = _sink(Spool(captures, folder, ROOM))
    after.use(store)
    _pour_all(after)
    assert _bodies(_stored(store)) == [event.raw.body for event in events]


def test_a_commit_whose_answer_was_lost_is_not_repeated(store: EventStore, tmp_path: Path) -> None:
    events = some_events(20)

    class Lossy:
        """Commits, and loses the answer."""

        def append(self, entries: list[Entry]) -> int:
            store.append(entries)
            raise CaptureError("The connection is lost.")

        def close(self) -> None:
            """Do nothing."""

    sink, texts = _sink(None, lambda: store)
    sink.store = Lossy()  # type: ignore[assignment]  # all that the sink uses
    sink.put(events[:15])
    sink.put(events[15:])
    assert _bodies(_stored(store)) == [event.raw.body for event in events]
    assert texts == ["The connection is lost."]
    waiting = Spool(captures, tmp_path / "spool", ROOM)
    sink, _texts = _sink(waiting)
    sink.store = Lossy()  # type: ignore[assignment]  # as above
    more = some_events(12, 20)
    sink.put(more)
    sink.use(store)
    _pour_all(sink)
    assert _bodies(_stored(store)) == [event.raw.body for event in [*events, *more]]


def test_without_a_spool_the_error_is_passed_on_and_a_term_that_is_over_always(tmp_path: Path) -> None:
    def other() -> EventStore:
        raise TermOverError("Another recorder leads now.")

    with captures.create(tmp_path / "x.capture") as closed:
        pass
    sink, _texts = _sink(None)
    sink.store = closed
    with pytest.raises(CaptureError, match="It is away"):
        sink.put(some_events(1))
    waiting = Spool(captures, tmp_path / "spool", ROOM)
    sink, _texts = _sink(waiting, other)
    sink.store = closed
    with pytest.raises(TermOverError):
        sink.put(some_events(1))
    assert waiting.is_empty(), "what another recorder gets as well is not kept here"


def test_what_has_no_room_is_counted_and_a_gap_says_so(store: EventStore, tmp_path: Path) -> None:
    waiting = Spool(captures, tmp_path / "spool", 1)
    events = some_events(30)
    waiting.append(events[:10])
    assert waiting.entries == 10
    waiting.append(events[10:15])
    waiting.append(events[15:20])
    assert (waiting.losses.count, waiting.losses.in_all) == (10, 10)
    sink, _texts = _sink(waiting)
    sink.use(store)
    _pour_all(sink)
    sink.put(events[20:])
    found = _stored(store)
    (gap,) = (entry for entry in found if isinstance(entry, Gap))
    assert (gap.lost, found.index(gap)) == (10, 10)
    assert gap.from_ns == events[10].wall_ns
    assert _bodies(found) == [event.raw.body for event in [*events[:10], *events[20:]]]
    assert waiting.is_empty()


def test_the_gap_is_stored_before_what_fits_again(tmp_path: Path) -> None:
    waiting = Spool(captures, tmp_path / "spool", 1)
    waiting.append(some_events(1))
    waiting.append(some_events(3))
    waiting._max_bytes = ROOM
    waiting.append(some_events(1, 5))
    assert [type(entry) for entry in waiting.first()] == [Event, Gap, Event]
    assert [type(entry) for entry in waiting.newest(2)] == [Gap, Event]
    waiting.close()


def test_only_the_beginning_that_is_stored_counts(store: EventStore) -> None:
    events = some_events(20)
    with store.reader() as reader:
        assert stored_count(reader, events) == 0
        store.append(events[:12])
        assert stored_count(reader, events) == 12
        assert stored_count(reader, events[5:]) == 7
        assert stored_count(reader, events[12:]) == 0
        assert stored_count(reader, []) == 0
