"""Captures out of captures: saved under a name, selected, merged, split, recovered."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures import abandoned, layout, merge, recover, save_selection, split
from clacks_monitor.captures.recovery.tolerant_reader import TolerantReader
from clacks_monitor.core.event import Event, Gap, GapCause
from clacks_monitor.core.storage_errors import CaptureError, ReadingStoppedError
from clacks_monitor.core.store import SnapshotKind
from tests.helpers.entries import SECOND, START, a_gap, an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.core.event import Entry


def content(path: Path) -> list[Entry]:
    """Return all entries of a capture."""
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        return [entry for _s, entry in reader.entries(range(1, reader.last_sequence() + 1))]


# -- saving --------------------------------------------------------------------------------------------------------


def test_a_temporary_capture_vanishes_unless_it_is_saved(tmp_path: Path) -> None:
    with captures.create_temporary(tmp_path / "unsaved") as capture:
        capture.append(some_events(3))
        assert capture.is_temporary
        assert abandoned(tmp_path / "unsaved") == []
    assert list((tmp_path / "unsaved").iterdir()) == []


def test_saving_moves_writer_and_readers_to_the_new_file(tmp_path: Path) -> None:
    target = tmp_path / "kept.capture"
    with captures.create_temporary(tmp_path / "unsaved") as capture, capture.reader() as reader:
        capture.append([*some_events(100), a_gap()])
        capture.notes.annotate(7, mark=True, comment="here")
        assert reader.count() == 101
        capture.save_as(target)
        assert (capture.path, capture.is_temporary) == (target, False)
        assert list((tmp_path / "unsaved").iterdir()) == []
        assert capture.append(some_events(5, 100)) == 102
        assert (reader.count(), reader.notes.comments()) == (106, {7: "here"})
    assert content(target) == [*some_events(100), a_gap(), *some_events(5, 100)]
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def test_events_that_arrive_while_saving_are_in_the_saved_file(tmp_path: Path, capture: Capture) -> None:
    capture.append(some_events(20_000))
    stop = threading.Event()
    added = 20_000

    def go_on() -> None:
        nonlocal added
        while not stop.is_set():
            capture.append(some_events(10, added))
            added += 10

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        capture.save_as(tmp_path / "kept.capture")
    finally:
        stop.set()
        thread.join()
    with capture.reader() as reader:
        assert reader.count() == added
        assert reader.entry(added) == an_event(added - 1)
        assert [len(part) for part in reader.scan(chunk=added)] == [added]


def test_saving_can_be_cancelled_and_leaves_everything_as_it_was(tmp_path: Path, capture: Capture) -> None:
    capture.append(some_events(20_000))
    with pytest.raises(ReadingStoppedError, match="cancelled"):
        capture.save_as(tmp_path / "kept.capture", progress=lambda _done, _total: False)
    assert [path.name for path in tmp_path.iterdir() if "kept" in path.name] == []
    assert capture.append(some_events(1)) == 20_001


def test_saving_where_nothing_can_be_written_says_why(tmp_path: Path, capture: Capture) -> None:
    with pytest.raises(CaptureError, match="missing"):
        capture.save_as(tmp_path / "missing" / "kept.capture")
    assert capture.append(some_events(1)) == 1


# -- selections, merging, splitting --------------------------------------------------------------------------------


def test_what_a_filter_shows_is_saved_with_its_notes(tmp_path: Path, capture: Capture, reader: CaptureReader) -> None:
    capture.append([*some_events(10), a_gap()])
    capture.notes.annotate(4, mark=True, comment="four")
    capture.notes.annotate(5, mark=True)
    capture.notes.snapshot(SnapshotKind.PROFILE, "Telephones", b"{}")
    target = tmp_path / "chosen.capture"
    steps = list(save_selection(reader, [2, 4, 11], target))
    assert (steps[-1].done, steps[-1].total) == (3, 3)
    assert content(target) == [an_event(1), an_event(3), a_gap()]
    with captures.open_capture(target) as chosen, chosen.reader() as found:
        assert (found.notes.marks(), found.notes.comments()) == ([2], {2: "four"})
        assert [snapshot.name for snapshot in found.notes.snapshots(SnapshotKind.PROFILE)] == ["Telephones"]


def test_a_cancelled_selection_leaves_no_file(tmp_path: Path, capture: Capture, reader: CaptureReader) -> None:
    capture.append(some_events(5000))
    before = set(tmp_path.iterdir())
    work = save_selection(reader, range(1, 5001), tmp_path / "chosen.capture")
    next(work)
    next(work)
    work.close()
    assert set(tmp_path.iterdir()) == before


def test_merging_orders_by_time_and_keeps_notes(tmp_path: Path) -> None:
    with ExitStack() as stack:
        readers = []
        for name, numbers in (("a", (0, 3, 4)), ("b", (1, 2, 5))):
            capture = stack.enter_context(captures.create(tmp_path / name))
            capture.append([an_event(n, connection=name) for n in numbers])
            capture.notes.annotate(2, comment=f"second of {name}")
            readers.append(stack.enter_context(capture.reader()))
        assert list(merge(readers, tmp_path / "both"))[-1].done == 6
    with captures.open_capture(tmp_path / "both") as both, both.reader() as reader:
        rows = reader.rows(range(1, 7))
    assert [row.connection for row in rows] == ["a", "b", "b", "a", "a", "b"]
    assert [row.comment for row in rows] == ["", "", "second of b", "second of a", "", ""]


@pytest.mark.parametrize(("second", "before"), [(-5, 0), (0, 0), (4, 4), (9, 9), (100, 10)])
def test_splitting_puts_each_entry_into_one_part(
    tmp_path: Path, capture: Capture, reader: CaptureReader, second: int, before: int
) -> None:
    capture.append(some_events(10))
    for _step in split(reader, START + second * SECOND, tmp_path / "early", tmp_path / "late"):
        pass
    assert content(tmp_path / "early") == some_events(before)
    assert content(tmp_path / "late") == some_events(10 - before, before)


def test_splitting_an_empty_capture_gives_two_empty_ones(tmp_path: Path, reader: CaptureReader) -> None:
    for _step in split(reader, START, tmp_path / "early", tmp_path / "late"):
        pass
    assert content(tmp_path / "early") == content(tmp_path / "late") == []


# -- recovery ------------------------------------------------------------------------------------------------------


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A capture of 3000 events, about to be damaged."""
    path = tmp_path / "damaged.capture"
    with captures.create(path) as capture:
        for number in range(0, 3000, 100):
            capture.append(some_events(100, number))
        capture.notes.annotate(10, mark=True, comment="kept")
    return path


def test_a_sound_capture_is_recovered_whole(tmp_path: Path, damaged: Path) -> None:
    report = recover(damaged, tmp_path / "saved")
    assert (report.saved, report.lost, report.notes) == (3000, (), ())
    assert content(tmp_path / "saved") == some_events(3000)


def _overwrite(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * layout.PAGE_BYTES)
        file.write(b"\xa5" * layout.PAGE_BYTES)


def _parts(event: Entry) -> tuple[object, object]:
    """Return what the table shows of an event, and what arrived: they lie on different pages of a capture."""
    assert isinstance(event, Event)
    return (event.wall_ns, event.type, event.summary), (
        event.raw.monotonic_ns,
        event.raw.body,
        str(event.raw.properties),
    )


def test_whatever_page_is_overwritten_each_event_is_saved_and_the_report_is_true(tmp_path: Path) -> None:
    damaged, sent = tmp_path / "damaged", some_events(600)
    with captures.create(damaged) as capture:
        capture.append(sent)
    whole = damaged.read_bytes()
    heads, bodies = zip(*map(_parts, sent), strict=True)
    for page in range(len(whole) // layout.PAGE_BYTES):
        damaged.write_bytes(whole)
        _overwrite(damaged, page)
        before = damaged.read_bytes()
        report = recover(damaged, tmp_path / f"saved-{page}")
        found = list(map(_parts, content(tmp_path / f"saved-{page}")))
        assert (report.saved, report.lost, len(found)) == (600, (), 600)
        without_head = {body for head, body in found} - set(bodies)
        without_body = {head for head, body in found} - set(heads)
        assert not without_head or not without_body
        assert bool(without_head) == any("Only the summary" in note for note in report.notes)
        assert bool(without_body) == any("Only the text" in note for note in report.notes)
        assert damaged.read_bytes() == before


def test_an_overwritten_head_is_mended(tmp_path: Path, damaged: Path) -> None:
    _overwrite(damaged, 0)
    with pytest.raises(CaptureError):
        captures.open_capture(damaged)
    report = recover(damaged, tmp_path / "saved")
    assert report.saved == 3000
    assert "first page" in report.notes[0]
    assert content(tmp_path / "saved") == some_events(3000)


def test_a_saved_captures_head_is_mended_too(tmp_path: Path, damaged: Path) -> None:
    with captures.open_capture(damaged) as capture:
        capture.save_as(tmp_path / "moved")
    _overwrite(tmp_path / "moved", 0)
    assert recover(tmp_path / "moved", tmp_path / "saved").saved == 3000
    assert content(tmp_path / "saved") == some_events(3000)


def test_a_cut_off_file_gives_its_beginning(tmp_path: Path, damaged: Path) -> None:
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[: len(whole) // 2])
    report = recover(damaged, tmp_path / "saved")
    assert report.saved > 1000
    assert any("unknown" in note for note in report.notes)
    found = [entry for entry in content(tmp_path / "saved") if not isinstance(entry, Gap)]
    assert len(found) == report.saved
    assert found[0] == an_event(0)


def test_what_holds_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"\xa5" * 100_000)
    with pytest.raises(CaptureError, match=r"Nothing|No entry"):
        recover(tmp_path / "noise", tmp_path / "saved")
    assert not (tmp_path / "saved").exists()


def fail_at(monkeypatch: pytest.MonkeyPatch, numbers: set[int]) -> list[int]:
    """Let every read of these entries fail; returns the sizes of all reads."""
    original, sizes = TolerantReader.entries, list[int]()

    def entries(self: TolerantReader, wanted: Sequence[int]) -> Iterator[tuple[int, Entry]]:
        sizes.append(len(wanted))
        if numbers & set(wanted):
            raise CaptureError("a page cannot be read")
        yield from original(self, wanted)

    monkeypatch.setattr(TolerantReader, "entries", entries)
    return sizes


def test_where_many_entries_cannot_be_read_at_once_their_halves_are_down_to_the_one_that_is_lost(
    tmp_path: Path, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = fail_at(monkeypatch, {1000, 2999, 3000})
    report = recover(damaged, tmp_path / "saved")
    assert report.lost == ((1000, 1000), (2999, 3000))
    assert (report.saved, sum(last - first + 1 for first, last in report.lost)) == (2997, 3)
    assert max(sizes) == 256
    # Of a span of 256 with one bad entry each half is read once more, nine times.
    assert len(sizes) < 100
    saved = content(tmp_path / "saved")
    gaps = [(number, entry) for number, entry in enumerate(saved) if isinstance(entry, Gap)]
    assert [(number, gap.lost) for number, gap in gaps] == [(999, 1), (2998, 2)]
    assert {gap.cause for _number, gap in gaps} == {GapCause.FILE_DAMAGED}
    assert [entry for entry in saved if isinstance(entry, Event)] == [
        event for number, event in enumerate(some_events(3000), 1) if number not in {1000, 2999, 3000}
    ]


def test_what_is_noted_on_a_lost_entry_stays_at_its_place(
    tmp_path: Path, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, {10})
    recover(damaged, tmp_path / "saved")
    monkeypatch.undo()
    with captures.open_capture(tmp_path / "saved") as capture, capture.reader() as reader:
        assert reader.notes.comments() == {10: "10: kept"}
        assert list(reader.notes.marks()) == [10]
        assert isinstance(reader.entry(10), Gap)
