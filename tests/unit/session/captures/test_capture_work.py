"""Long work on captures: what it makes, that it can be cancelled, and what it says when it cannot be done."""

from __future__ import annotations

import errno
import os
import threading
from array import array
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures import save_selection
from clacks_monitor.core.columns import Column
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.captures.capture_use import Retention, Unreadable
from clacks_monitor.session.captures.capture_work import MAX_CLIPBOARD, ExportFormat
from clacks_monitor.session.captures.offered_captures import OfferedCaptures
from clacks_monitor.session.notices import JobEnded, JobKind, JobResult, Notice
from clacks_monitor.session.view.noted_rows import Annotated
from clacks_monitor.session.work.jobs import Jobs, follow
from tests.helpers.ending import end
from tests.helpers.entries import a_gap, an_event, some_events
from tests.helpers.session import running_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.folders import Folders
    from clacks_monitor.session.work.jobs import Report
    from tests.helpers.session import Watched


@pytest.fixture
def watched(folders: Folders, tmp_path: Path) -> Iterator[Watched]:
    """A session on a capture of 500 events and a gap, one of them marked and commented."""
    path = tmp_path / "shift.capture"
    with captures.create(path) as capture:
        capture.append([*some_events(500), a_gap(600)])
        capture.notes.annotate(3, mark=True, comment="look here")
    with running_session(folders, path) as made:
        made.settled()
        yield made


def _entries(path: Path) -> list[Entry]:
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        return [entry for _s, entry in reader.entries(range(1, reader.last_sequence() + 1))]


def test_saving_moves_on_into_the_new_file(watched: Watched, tmp_path: Path) -> None:
    kept = tmp_path / "kept.capture"
    ended = watched.ended(watched.session.work.save_as(kept))
    assert (ended.kind, ended.problem, ended.cancelled) == (JobKind.SAVE, "", False)
    assert watched.session.capture.path == kept
    assert _entries(kept) == [*some_events(500), a_gap(600)]


def test_saving_where_nothing_may_be_written_says_where(watched: Watched, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "kept.capture"
    ended = watched.ended(watched.session.work.save_as(target))
    assert str(target) in ended.problem
    assert watched.session.capture.path.name == "shift.capture"


def test_what_is_shown_becomes_a_capture_with_its_notes(watched: Watched, tmp_path: Path) -> None:
    target = tmp_path / "part.capture"
    ended = watched.ended(watched.session.work.save_entries(target, array("q", [2, 3, 501])))
    assert ended.result == JobResult((target,), 3)
    with captures.open_readonly(target) as capture, capture.reader() as reader:
        assert (reader.count(), reader.notes.marks(), reader.notes.comments()) == (3, [2], {2: "look here"})
    assert watched.session.capture.path.name == "shift.capture"


@pytest.mark.parametrize("form", list(ExportFormat))
def test_every_format_is_written(watched: Watched, tmp_path: Path, form: ExportFormat) -> None:
    target = tmp_path / f"out.{form}"
    job = watched.session.work.export(target, form, array("q", [3, 1]), columns=[Column.SUMMARY], bodies=True)
    assert watched.ended(job).problem == ""
    text = target.read_text()
    assert text.index("number 2") < text.index("number 0")
    assert "number 1<" not in text


@pytest.mark.parametrize("form", [ExportFormat.XML, ExportFormat.JSON_LINES])
def test_an_import_is_a_new_capture_that_can_be_shown(watched: Watched, tmp_path: Path, form: ExportFormat) -> None:
    target = tmp_path / f"out.{form}"
    everything = array("q", range(1, 502))
    watched.ended(watched.session.work.export(target, form, everything))
    ended = watched.ended(watched.session.work.import_file(target))
    assert (ended.problem, ended.result.count) == ("", 501)
    assert watched.session.capture.adopt(ended.result.paths[0]) == ""
    assert watched.session.capture.temporary
    watched.settled()
    assert [watched.session.rows.whole(s) for s in (1, 500, 501)] == [
        some_events(1)[0],
        some_events(500)[-1],
        a_gap(600),
    ]
    assert watched.session.counters().received == 500


def test_a_broken_import_names_the_line_and_leaves_nothing(watched: Watched, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    watched.ended(watched.session.work.export(target, ExportFormat.JSON_LINES, array("q", range(1, 100))))
    lines = target.read_text().splitlines()
    lines[40] = lines[40][:30]
    target.write_text("\n".join(lines))
    ended = watched.ended(watched.session.work.import_file(target))
    assert "line 41" in ended.problem
    assert str(target) in ended.problem
    assert list(watched.session.capture.offered.folder.iterdir()) == []


def test_merging_and_splitting(watched: Watched, tmp_path: Path) -> None:
    before, after, both = (tmp_path / f"{name}.capture" for name in ("before", "after", "both"))
    events = some_events(500)
    ended = watched.ended(watched.session.work.split(events[100].wall_ns, before, after))
    assert ended.result == JobResult((before, after), 501)
    ended = watched.ended(watched.session.work.merge([after, before], both))
    assert (ended.problem, ended.result.count) == ("", 501)
    assert sorted(e.wall_ns for e in _entries(both)) == [e.wall_ns for e in _entries(both)]


@pytest.mark.parametrize("work", ["save_entries", "export", "split", "split before", "merge", "recover"])
def test_nothing_is_written_over_what_is_read(watched: Watched, work: str) -> None:
    path, do = watched.session.capture.path, watched.session.work
    job = {
        "save_entries": lambda: do.save_entries(path, array("q", [1])),
        "export": lambda: do.export(path, ExportFormat.XML, array("q", [1])),
        "split": lambda: do.split(0, path.with_name("a"), path),
        "split before": lambda: do.split(0, path, path.with_name("a")),
        "merge": lambda: do.merge([path], path),
        "recover": lambda: do.recover(path, path),
    }[work]()
    assert "choose another name" in watched.ended(job).problem
    assert len(_entries(path)) == 501
    assert not path.with_name("a").exists()


def test_one_file_cannot_be_both_parts(watched: Watched, tmp_path: Path) -> None:
    both = tmp_path / "both.capture"
    ended = watched.ended(watched.session.work.split(0, both, both))
    assert ended.problem.startswith(f"{both} is what is to be read: choose another name")
    assert not both.exists()


def test_a_damaged_capture_gives_a_report(watched: Watched, tmp_path: Path) -> None:
    damaged, target = tmp_path / "damaged.capture", tmp_path / "saved.capture"
    with captures.create(damaged) as capture:
        capture.append(some_events(2000))
    content = bytearray(damaged.read_bytes())
    content[-40 * 8192 : -5 * 8192] = b"\xff" * 35 * 8192
    damaged.write_bytes(content)
    ended = watched.ended(watched.session.work.recover(damaged, target))
    lost = sum(last - first + 1 for first, last in ended.result.lost)
    assert ended.problem == ""
    assert ended.result.count + lost == 2000
    assert lost > 0
    assert damaged.read_bytes() == bytes(content)


def test_what_is_cancelled_leaves_nothing(watched: Watched, tmp_path: Path) -> None:
    told: list[Notice] = []
    jobs = Jobs(told.extend)
    target = tmp_path / "never.capture"

    def run(report: Report) -> JobResult:
        jobs.cancel(1)
        with watched.session.capture.current.reader() as reader:
            follow(save_selection(reader, range(1, 500), target), report)
        return JobResult((target,))

    assert jobs.start(JobKind.SAVE_ENTRIES, run) == 1
    end(jobs)
    assert told[-1] == JobEnded(1, JobKind.SAVE_ENTRIES, "", True, JobResult())
    assert not [path for path in tmp_path.iterdir() if "never" in path.name]


def test_whatever_goes_wrong_is_told(tmp_path: Path) -> None:
    told: list[Notice] = []
    jobs = Jobs(told.extend)

    def full(_report: Report) -> JobResult:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path))

    def mistaken(_report: Report) -> JobResult:
        raise KeyError("surprise")

    for run, said in ((full, "No space left"), (mistaken, "surprise")):
        jobs.start(JobKind.EXPORT, run)
        end(jobs)
        assert isinstance(told[-1], JobEnded)
        assert said in told[-1].problem


# -- the capture in use --------------------------------------------------------------------------------------------


def test_a_second_monitor_sees_what_the_first_records(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "shift.capture"
    with captures.create(path) as first:
        first.append(some_events(10))
        with running_session(folders) as second:
            second.session.capture.offered.open(path, read_only=True)
            assert second.session.capture.adopt(path) == ""
            second.settled()
            assert (len(second.rows), second.session.capture.read_only) == (10, True)
            first.append([*some_events(5, 10), a_gap(600)])
            second.until(lambda: len(second.rows) == 16, "the new rows come")
            assert second.session.counters().received == 15
            second.session.annotations.toggle_marks([1])
            second.until(lambda: any(isinstance(told, Annotated) for told in second.told), "it is tried")
            assert "reading only" in next(told.problem for told in second.told if isinstance(told, Annotated))


def test_limits_stay_with_the_capture_and_are_kept_for_later_ones(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "ring.capture"
    with running_session(folders, path) as watched:
        assert watched.session.bound_capture(Retention(max_count=300), new_ones_too=True) == ""
    with running_session(folders, path) as again:
        assert again.session.capture.ring.max_count == 300
        again.session.capture.current.append(some_events(1000))
        with again.session.capture.current.reader() as reader:
            assert reader.count() < 900
        assert again.session.capture.adopt(again.session.capture.offered.make()) == ""
        assert again.session.capture.ring.max_count == 300
        assert again.session.bound_capture(Retention(), new_ones_too=True) == ""
        assert again.session.capture.adopt(again.session.capture.offered.make()) == ""
        assert again.session.capture.ring.max_count == 0


def test_an_unsaved_capture_is_offered_by_the_next_run_unless_it_was_discarded(folders: Folders) -> None:
    with running_session(folders) as watched:
        watched.session.capture.current.append(some_events(3))
        watched.session.counting.add(some_events(3))
    with running_session(folders) as again:
        (left,) = again.session.unsaved.abandoned()
        assert len(_entries(left)) == 3
        assert again.session.unsaved.remove(left) == ""
        again.session.capture.current.append(some_events(3))
        again.session.counting.add(some_events(3))
        again.session.capture.discard()
    assert list(folders.unsaved.iterdir()) == []


def test_a_capture_that_cannot_be_read_leaves_the_open_one_open(watched: Watched, tmp_path: Path) -> None:
    broken = tmp_path / "broken.capture"
    broken.write_bytes(b"no capture" * 1000)
    with pytest.raises(StorageError, match=r"broken\.capture"):
        watched.session.capture.offered.open(broken)
    assert watched.session.capture.path.name == "shift.capture"
    watched.session.capture.current.append(some_events(1))


def test_the_capture_in_use_is_not_recovered_below_its_own_locks(watched: Watched, tmp_path: Path) -> None:
    in_use = watched.session.capture.path
    ended = watched.ended(watched.session.work.recover(in_use, tmp_path / "saved.capture"))
    assert "open another capture first" in ended.problem
    assert not (tmp_path / "saved.capture").exists()


def test_a_capture_that_a_job_cannot_open_is_shown_as_unreadable(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "none.capture"
    with running_session(folders) as watched:
        ended = watched.ended(watched.session.work.open(path))
        assert ended.problem
        assert watched.session.capture.unreadable == Unreadable(path, ended.problem)


def test_a_capture_is_opened_to_be_continued_or_only_to_be_read(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "shift.capture"
    with captures.create(path) as made:
        made.append(some_events(7))
    with running_session(folders) as watched:
        for read_only in (True, False):
            ended = watched.ended(watched.session.work.open(path, read_only=read_only))
            assert (ended.kind, ended.problem, ended.result) == (JobKind.OPEN, "", JobResult((path,), 7))
            assert watched.session.capture.adopt(path) == ""
            assert watched.session.capture.read_only is read_only
            watched.session.capture.adopt(watched.session.capture.offered.make())
        ended = watched.ended(watched.session.work.new())
        (new,) = ended.result.paths
        assert (ended.kind, watched.session.capture.adopt(new), watched.session.capture.path) == (JobKind.OPEN, "", new)


def test_a_capture_whose_opening_is_cancelled_is_closed_again(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shift.capture"
    captures.create(path).close()
    begun, go_on = threading.Event(), threading.Event()
    opened = OfferedCaptures.open

    def slow(offered: OfferedCaptures, found: Path, *, read_only: bool = False) -> int:
        begun.set()
        assert go_on.wait(20)
        return opened(offered, found, read_only=read_only)

    monkeypatch.setattr(OfferedCaptures, "open", slow)
    with running_session(folders) as watched:
        busy = [watched.session.work.busy]
        job = watched.session.work.open(path)
        assert begun.wait(20)
        assert [*busy, watched.session.work.busy] == [False, True]
        watched.session.work.cancel(job + 1)
        watched.session.work.cancel(job)
        go_on.set()
        ended = watched.ended(job)
        assert (ended.cancelled, ended.problem, ended.result) == (True, "", JobResult())
        assert watched.session.capture.adopt(path) == f"There is no capture {path}."
        watched.until(lambda: not watched.session.work.busy, "it is done")


@pytest.mark.parametrize("most", [2, 3, 4])
def test_so_many_entries_are_copied(watched: Watched, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    assert MAX_CLIPBOARD == 10_000
    monkeypatch.setattr("clacks_monitor.session.captures.capture_work.MAX_CLIPBOARD", most)
    ended = watched.ended(watched.session.work.copy(ExportFormat.CSV, [3, 1, 2], [Column.SUMMARY]))
    assert (ended.kind, ended.problem, ended.result.count, ended.result.notes) == (JobKind.COPY, "", min(most, 3), ())
    lines = [line for line in ended.result.text.splitlines() if "number" in line]
    assert lines == ["1,NodeStatus number 2,look here", ",PhoneStatus number 0,", ",ClientPoll number 1,"][:most]


@pytest.mark.parametrize(("spare", "count"), [(0, 3), (-1, 2)])
def test_it_is_said_when_the_clipboard_does_not_take_all(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, spare: int, count: int
) -> None:
    body = b"<x>" + b"a" * 993 + b"</x>"
    watched.session.recorder.store([an_event(number, body=body) for number in range(3)])
    monkeypatch.setattr("clacks_monitor.transfer.MAX_TEXT", 3_000 + spare)
    ended = watched.ended(watched.session.work.copy(ExportFormat.XML, [502, 503, 504], [Column.SUMMARY]))
    assert (ended.problem, ended.result.count, ended.result.text.count("aaa</x>")) == ("", count, count)
    left = "The other entries exceed the clipboard limit. Export them to a file."
    assert list(ended.result.notes) == ([left] if count < 3 else [])
