"""The capture in use: one that cannot be read is told, and what arrives meanwhile is kept all the same."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures.reader import CaptureReader
from clacks_monitor.captures.statistics import SqlStatistics
from clacks_monitor.captures.writer import Capture
from clacks_monitor.core.event import Problem, ProblemKind
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.store import EventStore, Retention, TypeTally
from clacks_monitor.session.captures.capture_use import CaptureUse, OpenedCapture, Unreadable, open_existing
from clacks_monitor.session.captures.unsaved_captures import UnsavedCaptures
from clacks_monitor.session.notices import CaptureChanged
from clacks_monitor.session.receiving.counting import Counting
from tests.helpers.entries import a_gap, an_event, some_events

if TYPE_CHECKING:
    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.folders import Folders


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A file that begins as a capture does and goes on as none."""
    path = tmp_path / "damaged.capture"
    with captures.create(path) as capture:
        capture.append(some_events(200))
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes(4000) + whole[4100:])
    return path


def told(found: CaptureUse) -> str:
    return found.unreadable.reason if found.unreadable is not None else ""


def use(folders: Folders, path: Path | None) -> CaptureUse:
    return CaptureUse(captures, folders, path, Counting(), lambda _notices: None)


def test_an_unreadable_capture_is_told_and_a_temporary_one_takes_its_place(folders: Folders, damaged: Path) -> None:
    before = damaged.read_bytes()
    found = use(folders, damaged)
    assert found.unreadable is not None
    assert found.unreadable.path == damaged
    assert found.unreadable.reason
    assert found.temporary
    assert found.current.append(some_events(3)) == 1
    found.current.close()
    assert damaged.read_bytes() == before


def test_another_capture_takes_the_place_of_an_unreadable_one(folders: Folders, damaged: Path) -> None:
    found = use(folders, damaged)
    with pytest.raises(StorageError):
        found.offered.open(damaged)
    assert found.adopt(found.offered.make()) == ""
    assert told(found) == ""
    found.current.close()


@pytest.mark.parametrize("ring", [None, Retention(max_count=300)])
def test_what_another_monitor_records_is_counted_as_it_comes(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ring: Retention | None
) -> None:
    """Its whole past is added up once, and again only when its beginning has gone."""
    wrong = replace(an_event(7), problem=Problem(ProblemKind.NOT_XML, "It is no XML."))
    with captures.create(tmp_path / "other.capture") as other:
        other.set_retention(ring)
        other.append(some_events(600))
        counting = Counting()
        found = CaptureUse(captures, folders, None, counting, lambda _notices: None)
        found.offered.open(other.path, read_only=True)
        assert found.adopt(other.path) == ""
        summed = 0
        original = SqlStatistics.type_counts

        def counted(reader: SqlStatistics, *span: int) -> list[TypeTally]:
            nonlocal summed
            summed += 1
            return original(reader, *span)

        monkeypatch.setattr(SqlStatistics, "type_counts", counted)
        for start in range(0, 500, 100):
            other.append([*some_events(100, start), wrong, a_gap()])
            found.count_more()
            with other.reader() as reader:
                wanted = {kind.type: kind.count for kind in original(reader.statistics)}
                assert counting.received == sum(wanted.values())
                assert {kind.type: kind.count for kind in counting.types() if kind.count} == wanted
                assert (counting.invalid, counting.gaps) == (
                    reader.statistics.invalid_count(),
                    reader.statistics.gap_count(),
                )
        assert bool(summed) == bool(ring)
        assert counting.rate() > 0 or ring
        found.current.close()


def test_a_capture_that_can_be_read_is_shown(folders: Folders, tmp_path: Path) -> None:
    with captures.create(tmp_path / "good.capture") as capture:
        capture.append(some_events(2))
    found = use(folders, tmp_path / "good.capture")
    assert found.unreadable is None
    assert found.path == tmp_path / "good.capture"
    found.current.close()


def test_a_file_that_cannot_be_made_is_told_and_a_temporary_one_takes_its_place(folders: Folders) -> None:
    path = Path("/nonexistent/folder/a.capture")
    found = use(folders, path)
    assert found.unreadable is not None
    assert found.unreadable.path == path
    assert "/nonexistent/folder" in found.unreadable.reason
    assert found.temporary
    found.close()


def test_a_new_file_and_a_temporary_one_have_the_limits_of_later_ones(folders: Folders, tmp_path: Path) -> None:
    limits = Retention(max_count=7)
    for path in (tmp_path / "new.capture", None):
        found = CaptureUse(captures, folders, path, Counting(), lambda _notices: None, ring=limits)
        assert found.unreadable is None
        assert (found.ring, found.temporary) == (limits, path is None)
        found.close()


@pytest.fixture
def uncountable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Captures open, but what is in them cannot be counted."""

    def refuse(_reader: CaptureReader, *_span: int) -> list[TypeTally]:
        raise StorageError("It is damaged further on.")

    monkeypatch.setattr(SqlStatistics, "type_counts", refuse)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.capture"
    with captures.create(path) as capture:
        capture.append(some_events(4))
    return path


@pytest.mark.usefixtures("uncountable")
def test_what_cannot_be_counted_is_closed_and_told(good: Path) -> None:
    found = open_existing(captures, good)
    assert found == Unreadable(good, "It is damaged further on.")
    captures.open_capture(good).close()  # nothing holds it any more


def test_what_is_opened_before_there_is_a_session_is_used(folders: Folders, good: Path, tmp_path: Path) -> None:
    assert open_existing(captures, None) is None
    assert open_existing(captures, tmp_path / "none") == tmp_path / "none"
    opened = open_existing(captures, good)
    assert isinstance(opened, OpenedCapture)
    counting = Counting()
    found = CaptureUse(captures, folders, opened, counting, lambda _notices: None)
    assert found.current is opened.capture
    assert (counting.received, found.path, found.temporary) == (4, good, False)
    found.close()


def test_a_capture_is_prepared_offered_and_adopted_or_refused(folders: Folders, good: Path) -> None:
    told: list[object] = []
    changed: list[EventStore] = []
    counting = Counting()
    found = CaptureUse(captures, folders, None, counting, told.extend)
    found.add_listener(SimpleNamespace(use_capture=changed.append))
    assert found.offered.open(good) == 4
    assert (counting.received, told) == (0, [])
    assert found.adopt(good) == ""
    assert (found.path, counting.received, told, changed) == (good, 4, [CaptureChanged()], [found.current])
    assert found.adopt(good) == f"There is no capture {good}."
    made = found.offered.make()
    found.offered.refuse(made)
    assert not made.exists()
    assert found.adopt(made) == f"There is no capture {made}."
    found.offered.refuse(made)
    assert found.offered.open(good, read_only=True) == 4
    first = found.offered._offered[good][0]
    assert isinstance(first, Capture)
    assert found.offered.open(good, read_only=True) == 4
    with pytest.raises(sqlite3.ProgrammingError):
        first._file.db.execute("select 1")
    found.close()
    assert found.offered._offered == {}


@pytest.mark.usefixtures("uncountable")
def test_what_cannot_be_counted_is_closed_and_not_offered(folders: Folders, good: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqlStatistics, "type_counts", lambda _reader: [])
        found = use(folders, None)
    for path, words in ((good, "further on"), (tmp_path / "none", "none")):
        with pytest.raises(StorageError, match=words):
            found.offered.open(path)
        assert found.offered._offered == {}
    assert found.current.append(some_events(1)) == 1
    captures.open_capture(good).close()
    found.close()


def test_what_is_left_of_earlier_runs_is_found_and_removed(folders: Folders, tmp_path: Path) -> None:
    first = use(folders, None)
    first.current.append(some_events(1))
    first._tally._counting.add(some_events(1))
    first.close()
    found = use(folders, None)
    unsaved = UnsavedCaptures(captures, folders.unsaved)
    (left,) = unsaved.abandoned()
    assert left == first.path
    assert unsaved.remove(left) == ""
    assert not left.exists()
    assert unsaved.abandoned() == []
    folder = tmp_path / "a folder"
    folder.mkdir()
    (folder / "in it").touch()
    assert unsaved.remove(folder) != ""
    found.close()


@pytest.mark.parametrize(
    ("events", "gaps", "discard", "kept"),
    [(0, 0, False, False), (1, 0, False, True), (0, 1, False, True), (1, 1, True, False)],
)
def test_a_temporary_capture_stays_when_there_is_something_in_it(
    events: int,
    gaps: int,
    discard: bool,
    kept: bool,
    folders: Folders,
) -> None:
    counting = Counting()
    found = CaptureUse(captures, folders, None, counting, lambda _notices: None)
    entries: list[Entry] = [*some_events(events), *[a_gap()] * gaps]
    if entries:
        found.current.append(entries)
        counting.add(entries)
    if discard:
        found.discard()
    found.close()
    assert found.path.exists() == kept


def test_limits_are_for_this_capture_or_for_later_ones_too(folders: Folders, good: Path) -> None:
    found = use(folders, None)
    limits = Retention(max_count=9)
    assert found.ring == Retention()
    assert found.limits.set(found.current, limits, new_ones_too=False) == ""
    assert found.ring == limits
    assert found.adopt(found.offered.make()) == ""
    assert found.ring == Retention()
    assert found.limits.set(found.current, limits, new_ones_too=True) == ""
    assert found.adopt(found.offered.make()) == ""
    assert found.ring == limits
    assert found.limits.set(found.current, Retention(), new_ones_too=True) == ""
    assert found.adopt(found.offered.make()) == ""
    assert found.ring == Retention()
    found.offered.open(good, read_only=True)
    assert found.adopt(good) == ""
    assert found.read_only
    assert found.limits.set(found.current, limits, new_ones_too=False) != "", "others record into it"
    found.close()


def test_a_moment_in_which_another_monitor_closes_the_file_is_passed_over(
    folders: Folders, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Counting()
    found = CaptureUse(captures, folders, None, counting, lambda _notices: None)
    assert found.count_more() == 0
    found.offered.open(good, read_only=True)
    assert found.adopt(good) == ""
    with captures.open_capture(good) as other:
        other.append(some_events(2, 4))
    with monkeypatch.context() as patch:

        def refuse(_reader: CaptureReader) -> tuple[int, int]:
            raise StorageError("It is locked.")

        patch.setattr(CaptureReader, "bounds", refuse)
        assert found.count_more() == 0
    assert counting.received == 4
    assert [found.count_more(), found.count_more()] == [6, 0]
    assert counting.received == 6
    found.close()
