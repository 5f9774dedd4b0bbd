"""Every capture of the hostile corpus is opened, read and recovered: in words where it cannot be, and never more."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from array import array
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clacks_monitor import captures
from clacks_monitor.captures import queries, recover
from clacks_monitor.captures.recovery import disk_space
from clacks_monitor.captures.recovery.work_folder import remove_left, work_folder
from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import Event, RowKind
from clacks_monitor.core.storage_errors import CaptureError, StorageError
from clacks_monitor.core.store import Retention, SnapshotKind
from clacks_monitor.storage import weighing
from tests.helpers.entries import an_event, some_events
from tests.hostile.bait import Lures
from tests.hostile.corpus.captures import COUNT, HostileCapture, by_value, columns, sound, values
from tests.hostile.corpus.captures import captures as hostile_captures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.captures.writer import Capture

ROOT = Path(__file__).parents[4]
OTHERS = [case for case in hostile_captures(Lures()) if case.kind != "large"]
"""But for those that take minutes to be read whole; the window meets them in tests/hostile."""
OPENED = {
    "number/bodies without entries",
    "number/entries without bodies",
    "number/marks on what is not there",
    "number/gaps that are not there",
    "number/counts of a type that is not there",
    "number/counts of a type without entries",
    "number/entries of no type",
    "number/entries of no source",
    "number/100,000 types",
}
"""Odd captures of which every question has an answer."""


def questions(reader: CaptureReader) -> Iterator[Callable[[], object]]:
    """Yield everything that the program asks a capture."""
    first, last = reader.bounds()
    some = range(first, min(last, first + 300) + 1)
    yield lambda: reader.rows(some)
    yield lambda: reader.rows([last, first])
    yield lambda: [entry for _sequence, entry in reader.entries(some)]
    yield lambda: list(reader.scan())
    yield lambda: list(reader.texts())
    yield from (
        reader.statistics.type_counts,
        reader.statistics.invalid_count,
        reader.statistics.gap_count,
        reader.gaps,
        reader.notes.gap_sequences,
    )
    yield from (reader.notes.marks, reader.notes.comments, reader.time_span)
    yield from (partial(reader.order_by, column) for column in queries.ORDERS)
    yield lambda: [found for kind in SnapshotKind for found in reader.notes.snapshots(kind)]
    yield lambda: [
        list(reader.statistics.counts_by_column(by)) for by in (Column.TYPE, Column.CONNECTION, Column.PROBLEM)
    ]
    yield lambda: list(reader.statistics.counts_by_field("Id"))
    yield lambda: reader.statistics.rates(10**18)
    yield lambda: reader.troubles(0, {RowKind.INVALID, RowKind.GAP})
    yield lambda: (reader.sequence_at(0), reader.sequence_at(2**63 - 1))


def ask_everything(path: Path) -> list[str]:
    """Open a capture to look at it, ask everything, and return what it was refused with."""
    said = []
    try:
        with captures.open_readonly(path) as capture, capture.reader() as reader:
            for question in questions(reader):
                try:
                    question()
                except StorageError as error:
                    said.append(str(error))
    except StorageError as error:
        said.append(str(error))
    return said


@pytest.mark.parametrize("case", OTHERS, ids=lambda case: case.name)
def test_it_is_read_or_refused_in_words_and_left_as_it_is(case: HostileCapture, tmp_path: Path) -> None:
    path = tmp_path / "x.capture"
    case.make(path)
    before = sorted(tmp_path.iterdir())
    said = ask_everything(path)
    assert all(str(path) in words for words in said)
    assert bool(said) or case.kind not in {"layout", "schema"}
    assert not said or case.name not in OPENED
    if case.name not in {"file/a damaged log beside it", "log of strangers"}:
        assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("case", [c for c in OTHERS if c.kind in {"layout", "schema", "number"}], ids=lambda c: c.name)
def test_when_it_is_continued_nothing_of_it_runs(case: HostileCapture, tmp_path: Path) -> None:
    path = tmp_path / "x.capture"
    case.make(path)
    try:
        capture = captures.open_capture(path)
    except CaptureError as error:
        assert str(path) in str(error)  # the other way is as good
        return
    with capture, capture.reader() as reader:
        first = capture.append(some_events(5))
        assert [entry for _sequence, entry in reader.entries(range(first, first + 5))] == some_events(5)
        assert reader.bounds()[0] == 1


def writes(capture: Capture) -> Iterator[Callable[[], object]]:
    """Yield everything that the program writes into a capture."""
    with capture.reader() as reader:
        first, last = reader.bounds()
    yield lambda: capture.notes.annotate(first, mark=True, comment="x")
    yield lambda: capture.notes.annotate(first, mark=False, comment="")
    yield lambda: capture.notes.mark_all([first, last], mark=True)
    yield lambda: capture.notes.mark_all([first, last], mark=False)
    yield lambda: capture.notes.annotate_all([(last, True, "y")])
    yield lambda: capture.notes.snapshot(SnapshotKind.PROFILE, "p", b"{}")
    yield lambda: capture.append(some_events(5))
    yield lambda: capture.set_retention(Retention(max_count=3, max_bytes=1_000, max_age_s=1))
    yield lambda: capture.append(some_events(300))


@pytest.mark.parametrize("case", [c for c in OTHERS if c.kind not in {"layout", "schema"}], ids=lambda c: c.name)
def test_writing_into_it_comes_to_an_end(case: HostileCapture, tmp_path: Path) -> None:
    """A connection's thread waits for whatever is written before its own event."""
    path = tmp_path / "x.capture"
    case.make(path)
    try:
        with captures.open_capture(path) as capture:
            for write in writes(capture):
                try:
                    write()
                except StorageError as error:
                    assert str(path) in str(error)
    except StorageError as error:
        assert str(path) in str(error)


@pytest.mark.parametrize(("table", "column"), [(t, c) for t, names in columns().items() for c in names])
def test_a_value_that_no_capture_has_is_told_wherever_it_is(table: str, column: str, tmp_path: Path) -> None:
    """Of the nine odd values each column has three, the next column the next three: all are met in each table."""
    turn = columns()[table].index(column) % 3
    cases = [case for case in values() if case.name.startswith(f"value/{table}.{column} ")][turn::3]
    assert len(cases) == 3
    for number, case in enumerate(cases):
        path = tmp_path / f"{number}.capture"
        case.make(path)
        assert all(str(path) in words for words in ask_everything(path)), case.name


@given(data=st.data())
@settings(deadline=None, max_examples=20)
def test_any_value_in_any_column(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    table = data.draw(st.sampled_from(sorted(columns())))
    column = data.draw(st.sampled_from(columns()[table]))
    value = data.draw(
        st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.binary(max_size=99) | st.text(max_size=99)
    )
    if isinstance(value, str):
        value = value.encode("utf-8", "replace").decode()
    path = tmp_path_factory.mktemp("any") / "x.capture"
    by_value(table, column, value)(path)
    assert all(str(path) in words for words in ask_everything(path))


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("number/a negative number", COUNT),
        ("number/all negative", COUNT),
        ("number/zero", COUNT),
        ("body/properties that nest", COUNT),
        ("body/one that says it unpacks to a terabyte", COUNT),
        ("layout/a trigger", COUNT),
        ("schema/two tables on the same page", COUNT),
    ],
)
def test_what_is_odd_does_not_cost_the_rest(name: str, saved: int, tmp_path: Path) -> None:
    (case,) = [case for case in OTHERS if case.name == name]
    case.make(tmp_path / "x.capture")
    report = recover(tmp_path / "x.capture", tmp_path / "saved.capture")
    assert report.saved >= saved - 1
    assert report.saved + sum(last - first + 1 for first, last in report.lost) >= saved
    with captures.open_readonly(report.path) as capture, capture.reader() as reader:
        assert reader.count() - len(reader.gaps()) >= saved - 2
    assert {path.name for path in tmp_path.iterdir()} == {"x.capture", "saved.capture"}


@pytest.mark.parametrize("name", ["file/a pipe", "file/a folder", "file/a link to a device", "file/a socket"])
def test_only_files_are_recovered(name: str, tmp_path: Path) -> None:
    (case,) = [case for case in OTHERS if case.name == name]
    case.make(tmp_path / "x.capture")
    with pytest.raises(CaptureError, match=r"x\.capture is"):
        recover(tmp_path / "x.capture", tmp_path / "saved.capture")


def test_without_room_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound(tmp_path / "x.capture")
    monkeypatch.setattr(disk_space, "RESERVE", 2**60)
    with pytest.raises(CaptureError, match=r"no room .* Make room"):
        recover(tmp_path / "x.capture", tmp_path / "saved.capture")
    assert [path.name for path in tmp_path.iterdir()] == ["x.capture"]


def test_room_that_gets_scarce_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound(tmp_path / "x.capture")
    asked = array("i")

    def progress(_done: int, _total: int) -> bool:
        asked.append(1)
        monkeypatch.setattr(disk_space, "RESERVE", 2**60)
        return True

    with pytest.raises(CaptureError, match="almost full"):
        recover(tmp_path / "x.capture", tmp_path / "saved.capture", progress=progress)
    assert len(asked) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["x.capture"]


KILLED = """
import os, signal, sys
from pathlib import Path
from clacks_monitor.captures.recovery.work_folder import work_folder

with work_folder(Path(sys.argv[1]), Path(sys.argv[2])) as folder:
    (folder / "damaged").write_bytes(bytes(1000))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_work_folder_of_a_killed_process_is_removed_and_no_other(tmp_path: Path) -> None:
    work, state = tmp_path / "work", tmp_path / "state"
    work.mkdir()
    state.mkdir()
    subprocess.run([sys.executable, "-c", KILLED, str(work), str(state)], cwd=ROOT, check=False)
    assert len(list(work.iterdir())) == len(list(state.iterdir())) == 1
    with work_folder(tmp_path / "state", None) as mine:
        (state / ".recovery-mine").symlink_to(work)  # leads to something that is none
        remove_left(state)
        assert list(work.iterdir()) == []
        assert mine.is_dir()
    assert [path.name for path in state.iterdir()] == [".recovery-mine"]


def test_bodies_are_read_by_bytes_and_all_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "BATCH_BYTES", 10_000)
    path = tmp_path / "x.capture"
    with captures.create(path) as capture:
        capture.append([an_event(n, body=b"<a>" + b"x" * (9_000 * (n % 7 == 0)) + b"</a>") for n in range(100)])
        with capture.reader() as reader:
            for newest_first in (False, True):
                parts = list(reader.scan_spans(newest_first=newest_first))
                assert [n for _span, part in parts for n, *_rest in part] == sorted(range(1, 101), reverse=newest_first)
                assert all(first <= n <= last for (first, last), part in parts for n, *_rest in part)
                assert max(sum(len(item[2]) for item in part) for _span, part in parts) <= 10_000
            wanted = [50, 3, 99, *range(1, 40)]
            assert [n for n, _entry in reader.entries(wanted)] == wanted


REPLAY = """
import resource, sys
from clacks_monitor.app import main
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
sys.exit(main(["replay", sys.argv[1], "--speed", "0"]))
"""


def test_bodies_that_unpack_to_more_than_is_received_end_a_replay_in_words(tmp_path: Path) -> None:
    (case,) = [case for case in OTHERS if case.name == "body/200 of 250 MB"]
    case.make(tmp_path / "x.capture")
    done = subprocess.run(
        [sys.executable, "-c", REPLAY, str(tmp_path / "x.capture")], cwd=ROOT, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    assert b"a body has 250,000,000 bytes" in done.stderr
    assert done.returncode == 5


def test_a_file_that_is_deleted_or_replaced_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.capture"
    sound(path)
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        path.rename(tmp_path / "y.capture")
        with pytest.raises(CaptureError, match="deleted or moved away"):
            reader.bounds()
        sound(path)
        with pytest.raises(CaptureError, match="replaced by another file"):
            reader.rows([1])


def test_what_is_only_looked_at_is_followed_when_somebody_continues_it(tmp_path: Path) -> None:
    path = tmp_path / "x.capture"
    sound(path)
    with captures.open_readonly(path) as looked, looked.reader() as reader:
        with captures.open_capture(path) as writer:
            writer.append(some_events(3))
            assert reader.last_sequence() == COUNT + 3
        with captures.open_capture(path) as writer:
            writer.append(some_events(2))
        assert reader.last_sequence() == COUNT + 5


def test_a_trigger_that_comes_later_does_not_run(tmp_path: Path) -> None:
    path = tmp_path / "x.capture"
    sound(path)
    with captures.open_capture(path) as capture:
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry WHERE seq <> NEW.seq; END")
            db.commit()
        with pytest.raises(CaptureError, match="cannot be written"):
            capture.append(some_events(1))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM entry").fetchone() == (COUNT,)


def test_times_and_sizes_at_the_ends_of_what_a_number_holds_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "x.capture"
    sound(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"UPDATE entry SET wall = seq * {10**16} - {2**62} - {2**62}")
        db.execute(f"UPDATE entry SET size = {2**63 - 1} WHERE seq = 1")
        db.execute(f"UPDATE entry SET size = {-(2**63)} WHERE seq = 2")
        db.commit()
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        assert {type(bucket.start_ns) for bucket in reader.statistics.rates(10**18)} == {int}
        shown = [reader.excerpt(number) for number in (1, 2)]
        assert all(0 <= row.size < 2**31 for row in reader.rows([1, 2]))
        assert all(excerpt is not None and 0 < excerpt.size < 2**31 for excerpt in shown)


def test_texts_that_are_not_utf8_are_shown_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.capture"
    by_value("entry", "summary", memoryview(b"a\xffb"))(path)
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        assert [row.summary for row in reader.rows(range(1, 3))] == ["a\ufffdb"] * 2
        assert [entry.summary for _number, entry in reader.entries([1, 2]) if isinstance(entry, Event)] == [
            "a\ufffdb"
        ] * 2
        assert all("a\ufffdb" in text for _end, part in reader.texts() for _number, text in part)


@pytest.mark.parametrize("replaced", [False, True])
def test_what_is_appended_to_a_file_that_is_gone_is_saved_under_another_name(*, replaced: bool, tmp_path: Path) -> None:
    path, saved = tmp_path / "x.capture", tmp_path / "saved.capture"
    with captures.create(path) as capture:
        capture.append(some_events(100))
        gone = [capture.gone]
        path.unlink()
        if replaced:
            path.write_bytes(b"another file")
        gone.append(capture.gone)
        capture.append(some_events(50, 100))
        capture.save_as(saved)
        gone.append(capture.gone)
        assert gone == [False, True, False]
        capture.append(some_events(10, 150))
        with capture.reader() as reader:
            assert [entry for _number, entry in reader.entries(range(1, 161))] == some_events(160)
    assert path.exists() == replaced
    assert {file.name for file in tmp_path.iterdir()} - {"x.capture-wal", "x.capture-shm"} == {
        "saved.capture",
        *(["x.capture"] if replaced else []),
    }
