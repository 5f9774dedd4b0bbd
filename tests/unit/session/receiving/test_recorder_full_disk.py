"""On a full disk the recorder says so once, and what arrives is counted and passed on all the same."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from clacks_monitor import captures
from clacks_monitor.captures.writer import Capture
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.summary import Summaries
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.notices import Trouble
from clacks_monitor.session.receiving.counting import Counting
from clacks_monitor.session.receiving.recorder import Recorder
from tests.helpers.entries import a_gap, an_event, some_events
from tests.helpers.session import Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import pytest

    from clacks_monitor.core.event import Entry
    from clacks_monitor.session.notices import Notice


def _recorder(
    capture: Capture,
    counting: Counting,
    stored: Callable[[int, Sequence[Entry]], None],
    trouble: Callable[[str, str], None],
) -> Recorder:
    def notify(notices: Iterable[Notice]) -> None:
        for notice in notices:
            assert isinstance(notice, Trouble)
            trouble(notice.text, notice.detail)

    return Recorder(capture, counting, Summaries({}, ""), Catalogue([]), SimpleNamespace(on_stored=stored), notify)


def test_what_waits_is_written_when_there_is_room_although_nothing_comes(tmp_path: Path) -> None:
    stored: list[tuple[int, int]] = []
    troubles: list[str] = []
    counting = Counting()
    with captures.create(tmp_path / "a.capture") as capture, capture.reader() as reader:
        recorder = _recorder(
            capture,
            counting,
            lambda first, entries: stored.append((first, len(entries))),
            lambda title, _detail: troubles.append(title),
        )
        (pages,) = capture._file.db.execute("PRAGMA page_count").fetchone()
        capture._file.db.execute(f"PRAGMA max_page_count = {pages + 4}")
        for number in range(0, 500, 100):
            recorder.store(some_events(100, number))
        assert recorder.waits
        held = capture.waiting
        assert held > 0
        recorder.try_again()
        assert (recorder.waits, capture.waiting, len(troubles)) == (True, held, 1)
        capture._file.db.execute("PRAGMA max_page_count = 100000")
        recorder.try_again()
        assert (recorder.waits, capture.waiting) == (False, 0)
        assert "Disk space available again" in troubles[1]
        # The 501st entry is the gap that says when the disk was full; who shows entries is told where the next begins.
        assert reader.last_sequence() == counting.received + counting.gaps == 501
        assert stored[-1] == (502, 0)
        recorder.try_again()
        assert len(stored) == 6


def test_a_session_tries_by_itself_and_shows_the_gap(tmp_path: Path) -> None:
    watched = Watched(Folders.below(tmp_path), tmp_path / "a.capture")
    session, capture = watched.session, watched.session.capture.current
    assert isinstance(capture, Capture)
    db = capture._file.db
    with capture._file.lock:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + 4}")
    for number in range(0, 500, 100):
        session.recorder.store(some_events(100, number))
    watched.until(lambda: len(watched.rows) == 500, "every event is shown")
    assert session.capture.current.waiting > 0
    with capture._file.lock:
        db.execute("PRAGMA max_page_count = 100000")
    watched.until(lambda: len(watched.rows) == 501, "the gap is shown")
    assert not session.recorder.waits
    session.close()


def test_a_full_disk_is_told_once_and_showing_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clacks_monitor.captures.overflow.MAX_ENTRIES", 500)
    passed_on: list[int] = []
    troubles: list[str] = []
    details: list[str] = []

    def notify(title: str, detail: str) -> None:
        troubles.append(title)
        details.append(detail)

    counting = Counting()
    with captures.create(tmp_path / "a.capture") as capture, capture.reader() as reader:
        recorder = _recorder(
            capture, counting, lambda first, entries: passed_on.extend(range(first, first + len(entries))), notify
        )
        (pages,) = capture._file.db.execute("PRAGMA page_count").fetchone()
        capture._file.db.execute(f"PRAGMA max_page_count = {pages + 4}")
        for number in range(0, 2000, 100):
            recorder.store(some_events(100, number))
        assert passed_on == list(range(1, reader.last_sequence() + 1))
        assert len(reader.rows(passed_on)) == len(passed_on) > 500
        assert capture.missed == 2000 - len(passed_on) > 0
        assert [trouble.partition(".")[0] for trouble in troubles] == [
            "Disk full",
            "Disk and memory buffer are full",
        ]
        assert details == [str(capture.path)] * 2
        assert counting.gaps == 0
        missed = capture.missed
        capture._file.db.execute("PRAGMA max_page_count = 100000")
        recorder.store(some_events(100, 2000))
        assert len(passed_on) == len(set(passed_on))
        assert passed_on[-1] == reader.last_sequence()
        assert "Disk space available again" in troubles[2]
        assert f"Lost events: {missed:,}. The gap in the table shows when." in details[2]
        assert counting.gaps == 1
        assert counting.received + counting.gaps == reader.last_sequence()
        recorder.store(some_events(100, 2100))
        assert len(troubles) == 3
        assert all(isinstance(words, Message) for words in troubles)


def test_a_file_that_was_deleted_is_told_once_and_nothing_is_lost(tmp_path: Path) -> None:
    troubles: list[tuple[str, str]] = []
    path, counting = tmp_path / "a.capture", Counting()
    with captures.create(path) as capture:
        recorder = _recorder(capture, counting, lambda *_: None, lambda *told: troubles.append(told))
        recorder.store(some_events(10))
        path.unlink()
        for number in range(1, 4):
            recorder.store(some_events(10, 10 * number))
        assert [(str(path) == detail, "Save the capture" in title) for title, detail in troubles] == [(True, True)]
        capture.save_as(tmp_path / "b.capture")
        with capture.reader() as reader:
            assert reader.last_sequence() == counting.received == 40
        recorder.store(some_events(10, 40))
        assert len(troubles) == 1


def test_a_file_that_cannot_be_written_is_told_once_and_what_is_lost_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[int] = []
    troubles: list[tuple[str, str]] = []
    counting = Counting()

    def refuse(_capture: Capture, _entries: Sequence[Entry]) -> int:
        raise StorageError("It is damaged.")

    with captures.create(tmp_path / "a.capture") as capture:
        recorder = _recorder(
            capture,
            counting,
            lambda first, _entries: stored.append(first),
            lambda title, detail: troubles.append((title, detail)),
        )
        with monkeypatch.context() as patch:
            patch.setattr(Capture, "append", refuse)
            recorder.store(some_events(2))
            recorder.store(some_events(3))
        assert troubles == [
            (
                "Events can no longer be stored. Recover the data or start a new capture.",
                "It is damaged.",
            )
        ]
        assert (counting.dropped, counting.received, stored, recorder.waits) == (5, 0, [], False)
        recorder.store(some_events(1))
        assert (counting.received, stored, len(troubles)) == (1, [1], 1)


def test_of_another_capture_everything_is_told_anew(tmp_path: Path) -> None:
    troubles: list[str] = []
    with captures.create(tmp_path / "a.capture") as first, captures.create(tmp_path / "b.capture") as second:
        recorder = _recorder(first, Counting(), lambda *_: None, lambda title, _detail: troubles.append(title))
        for capture in (first, second):
            recorder.use_capture(capture)
            capture.path.unlink()
            recorder.store(some_events(1))
        assert len(troubles) == 2
        (pages,) = second._file.db.execute("PRAGMA page_count").fetchone()
        second._file.db.execute(f"PRAGMA max_page_count = {pages + 4}")
        for number in range(0, 500, 100):
            recorder.store(some_events(100, number))
        waits = [recorder.waits]
        second._file.db.execute("PRAGMA max_page_count = 100000")
        recorder.use_capture(first)
        assert [*waits, recorder.waits] == [True, False]
        recorder.store(some_events(1))
        assert [title for title in troubles if "available again" in title] == []


def test_a_gap_is_recorded_like_an_event(tmp_path: Path) -> None:
    stored: list[tuple[int, Sequence[Entry]]] = []
    counting = Counting()
    with captures.create(tmp_path / "a.capture") as capture, capture.reader() as reader:
        recorder = _recorder(capture, counting, lambda *told: stored.append(told), lambda *_told: None)
        recorder.gap(a_gap())
        recorder.store([])
        recorder.receive([an_event(3).raw])
        assert stored[0] == (1, [a_gap()])
        assert [(first, entries[0].raw.body) for first, entries in stored[1:]] == [(2, an_event(3).raw.body)]  # type: ignore[union-attr]
        assert (counting.gaps, counting.received, reader.last_sequence()) == (1, 1, 2)
