"""What was appended is read back exactly, in the order and shape that the table and the filters ask for."""

from __future__ import annotations

import math
import sqlite3
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings

from clacks_monitor import captures
from clacks_monitor.captures import layout
from clacks_monitor.captures.guarding import Purpose, connect
from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import Entry, Event, Gap, Problem, ProblemKind, RowKind
from clacks_monitor.core.storage_errors import (
    CaptureError,
    CaptureReadOnlyError,
    CaptureTooNewError,
    ReadingStoppedError,
)
from clacks_monitor.core.store import SnapshotKind
from tests.helpers.entries import SECOND, START, a_gap, an_event, entries, some_events

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.captures.writer import Capture


def same(left: Entry | None, right: Entry) -> bool:
    """Whether two entries are equal, NaN being equal to itself."""
    if isinstance(left, Event) and isinstance(right, Event):
        there, here = dict(left.raw.properties), dict(right.raw.properties)
        nan = {k for k, v in here.items() if isinstance(v, float) and math.isnan(v)}
        alike = {k: v for k, v in there.items() if k not in nan} == {k: v for k, v in here.items() if k not in nan}
        kinds = (
            [type(there[k]) for k in here] == [type(here[k]) for k in here] if there.keys() == here.keys() else False
        )
        bare = replace(left, raw=replace(left.raw, properties={}))
        return alike and kinds and bare == replace(right, raw=replace(right.raw, properties={}))
    return left == right


@given(entries)
# What fails is told as it was found: making it smaller takes minutes, a file for each attempt.
@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_every_entry_comes_back_exactly(found: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder, captures.create(Path(folder) / "a") as capture:
        first = capture.append(found)
        with capture.reader() as reader:
            back = list(reader.entries(range(first, first + len(found))))
            assert [sequence for sequence, _entry in back] == list(range(1, len(found) + 1))
            assert all(same(entry, wanted) for (_sequence, entry), wanted in zip(back, found, strict=True))
            assert [row.summary for row in reader.rows(range(1, len(found) + 1))] == [
                entry.detail if isinstance(entry, Gap) else entry.summary for entry in found
            ]


def test_text_that_is_no_unicode_is_kept_readable(capture: Capture, reader: CaptureReader) -> None:
    event = an_event(1)
    capture.append([event, replace(event, summary="half \ud800", raw=replace(event.raw, subject="\udfff"))])
    assert [row.summary for row in reader.rows([1, 2])] == [event.summary, "half \\ud800"]
    assert reader.rows([2])[0].subject == "\\udfff"


def test_a_claimed_time_beyond_all_bounds_is_kept_within_them(capture: Capture, reader: CaptureReader) -> None:
    event = an_event(1)
    capture.append([replace(event, raw=replace(event.raw, creation_ns=10**30))])
    found = reader.entry(1)
    assert isinstance(found, Event)
    assert found.raw.creation_ns == 2**63 - 1


def test_the_size_is_that_of_what_is_kept_not_of_the_log(capture: Capture) -> None:
    for number in range(1, 301):
        capture.append([an_event(number)])
    log = capture.path.with_name(capture.path.name + "-wal")
    assert log.stat().st_size > 2**21
    assert 300 * len(an_event(1).raw.body) < capture.size() < 2**19


def test_large_bodies_take_less_room_than_they_have_bytes(capture: Capture, reader: CaptureReader) -> None:
    body = b"<Event>" + b"<Level>info</Level>" * 200_000 + b"</Event>"
    capture.append([an_event(1, body=body)])
    assert capture.size() < len(body) / 4
    [[(_sequence, _type, scanned, _properties)]] = reader.scan()
    assert scanned == body
    assert reader.rows([1])[0].size == len(body)


def test_sequence_numbers_go_on_after_opening_again(tmp_path: Path) -> None:
    path = tmp_path / "a.capture"
    with captures.create(path) as capture:
        assert capture.append(some_events(3)) == 1
    with captures.open_capture(path) as capture:
        assert capture.append(some_events(2, 3)) == 4
        with capture.reader() as reader:
            assert (reader.bounds(), reader.count()) == ((1, 5), 5)


def test_rows_say_what_the_table_shows(capture: Capture, reader: CaptureReader) -> None:
    problem = Problem(ProblemKind.NOT_XML, "The body is not XML.", 1, 2)
    capture.append([an_event(1), replace(an_event(2, kind=""), problem=problem), a_gap(3)])
    capture.notes.annotate(1, mark=True, comment="look here")
    good, bad, gap = reader.rows([1, 2, 3])
    assert (good.kind, good.type, good.mark, good.comment) == (RowKind.EVENT, "ClientPoll", True, "look here")
    assert (bad.kind, bad.type, bad.problem) == (RowKind.INVALID, "", "The body is not XML.")
    assert (gap.kind, gap.wall_ns, gap.until_ns) == (RowKind.GAP, START - 2 * SECOND, START + 3 * SECOND)
    assert (gap.connection, gap.problem) == ("office", "connection-lost")


def test_rows_come_in_the_order_asked_for(capture: Capture, reader: CaptureReader) -> None:
    capture.append(some_events(20))
    assert [row.sequence for row in reader.rows([7, 3, 99, 3, 15])] == [7, 3, 3, 15]
    assert reader.rows([]) == []


def test_a_reader_sees_what_was_appended_after_it_was_made(capture: Capture, reader: CaptureReader) -> None:
    assert reader.count() == 0
    assert (reader.entry(1), reader.sequence_at(0), reader.time_span()) == (None, 0, (0, 0))
    capture.append([an_event(0, kind="Brandnew")])
    assert reader.rows([1])[0].type == "Brandnew"


def test_scanning_covers_a_range_in_both_directions(capture: Capture, reader: CaptureReader) -> None:
    capture.append([*some_events(10), a_gap(), *some_events(10, 10)])
    forwards = [item for part in reader.scan(3, 18, chunk=4) for item in part]
    backwards = [item for part in reader.scan(3, 18, chunk=4, newest_first=True) for item in part]
    assert [item[0] for item in forwards] == [n for n in range(3, 19) if n != 11]
    assert backwards == forwards[::-1]
    assert forwards[0][1:] == ("NodeStatus", an_event(2).raw.body, {})
    assert forwards[3][3] == {"n": 5, "even": False}


def test_scanning_some_types_leaves_out_others(capture: Capture, reader: CaptureReader) -> None:
    capture.append(some_events(30))
    found = [item for part in reader.scan(types={"ClientPoll", "Unheard"}) for item in part]
    assert [item[0] for item in found] == list(range(2, 31, 3))
    assert [item for part in reader.scan(types=()) for item in part] == []


def test_scanning_without_properties(capture: Capture, reader: CaptureReader) -> None:
    capture.append(some_events(10))
    [with_properties] = reader.scan()
    [without] = reader.scan(properties=False)
    assert any(item[3] for item in with_properties)
    assert without == [(*item[:3], {}) for item in with_properties]


ORDERS: dict[Column, Callable[[Event], tuple[object, ...]]] = {
    Column.TIME: lambda e: (e.wall_ns,),
    Column.TYPE: lambda e: (e.type,),
    Column.SUMMARY: lambda e: (e.summary,),
    Column.CONNECTION: lambda e: (e.connection,),
    Column.SIZE: lambda e: (len(e.raw.body),),
    Column.SUBJECT: lambda e: (e.raw.subject,),
    Column.PROBLEM: lambda e: (e.problem.text if e.problem else "",),
    Column.COMMENT: lambda _e: (),
    Column.SEQUENCE: lambda _e: (),
}


@pytest.mark.parametrize("column", list(Column))
def test_sorting_by_a_column_is_stable(capture: Capture, reader: CaptureReader, column: Column) -> None:
    found = [an_event(n * 7 % 40, connection=("b", "a", "c")[n % 3]) for n in range(40)]
    found[5] = replace(found[5], problem=Problem(ProblemKind.NOT_XML, "no"))
    capture.append(found)
    wanted = sorted(range(1, 41), key=lambda sequence: ORDERS[column](found[sequence - 1]))
    assert list(reader.order_by(column)) == wanted


def test_gaps_are_part_of_every_order(capture: Capture, reader: CaptureReader) -> None:
    capture.append([an_event(1), a_gap(2), an_event(3)])
    for column in Column:
        assert sorted(reader.order_by(column)) == [1, 2, 3], column


def test_going_to_a_time(capture: Capture, reader: CaptureReader) -> None:
    capture.append(some_events(10))
    assert reader.sequence_at(START + 3 * SECOND) == 4
    assert reader.sequence_at(START + 3 * SECOND + 1) == 5
    assert reader.sequence_at(0) == 1
    assert reader.sequence_at(2**62) == 10


def test_finding_text_in_bodies_summaries_and_comments(capture: Capture, reader: CaptureReader) -> None:
    capture.append([an_event(1, body="<a>Grüße</a>".encode("utf-16")), an_event(2), an_event(3), a_gap(4)])
    capture.notes.annotate(2, comment="GRÜSSE an alle")

    texts = {sequence: text for _at, part in reader.texts(chunk=2) for sequence, text in part}
    assert "Grüße" in texts[1]
    assert "GRÜSSE an alle" in texts[2]
    assert "number 3" in texts[3]
    assert "the broker closed" in texts[4]
    assert [at for at, _part in reader.texts(2, 4, chunk=2)] == [3, 4]
    assert reader.notes.gap_sequences() == [4]


def test_marks_and_comments_are_set_and_cleared_apart(capture: Capture, reader: CaptureReader) -> None:
    capture.append(some_events(3))
    capture.notes.annotate(2, mark=True)
    capture.notes.annotate(2, comment="why")
    capture.notes.annotate(3, comment="only words")
    assert (reader.notes.marks(), reader.notes.comments()) == ([2], {2: "why", 3: "only words"})
    capture.notes.annotate(2, mark=False)
    assert (reader.notes.marks(), reader.notes.comments()) == ([], {2: "why", 3: "only words"})
    capture.notes.annotate(2, comment="")
    capture.notes.annotate(3, comment="")
    assert (reader.notes.marks(), reader.notes.comments()) == ([], {})
    with pytest.raises(CaptureError, match="no entry 99"):
        capture.notes.annotate(99, mark=True)


def test_troubles_are_found_from_any_place_in_both_directions(capture: Capture, reader: CaptureReader) -> None:
    invalid = replace(an_event(1), problem=Problem(ProblemKind.NOT_XML, "no XML"))
    capture.append([an_event(1), invalid, a_gap(3), an_event(4), invalid, a_gap(6)])
    both = {RowKind.INVALID, RowKind.GAP}
    assert reader.troubles(0, both) == [2, 3, 5, 6]
    assert reader.troubles(2, both) == [3, 5, 6]
    assert reader.troubles(6, both, forward=False) == [5, 3, 2]
    assert reader.troubles(6, {RowKind.INVALID}, forward=False) == [5, 2]
    assert reader.troubles(0, {RowKind.GAP}, limit=1) == [3]
    assert reader.troubles(6, both) == []


def test_gaps_are_listed_with_their_places(capture: Capture, reader: CaptureReader) -> None:
    capture.append([an_event(1), a_gap(5, lost=7), an_event(6), a_gap(9)])
    assert reader.gaps() == [(2, a_gap(5, lost=7)), (4, a_gap(9))]
    assert reader.gaps(3) == [(4, a_gap(9))]


def test_snapshots_keep_each_content_once(capture: Capture, reader: CaptureReader) -> None:
    for content in (b"<old/>", b"<new/>", b"<old/>"):
        capture.notes.snapshot(SnapshotKind.SCHEMA, "PhoneStatus.xsd", content)
    assert [found.content for found in reader.notes.snapshots(SnapshotKind.SCHEMA)] == [b"<old/>", b"<new/>"]
    assert list(reader.notes.snapshots(SnapshotKind.PROFILE)) == []


def test_several_threads_append_without_losing_or_mixing(capture: Capture, reader: CaptureReader) -> None:
    def work(name: str) -> None:
        for n in range(20):
            first = capture.append([an_event(m, connection=name) for m in range(n * 5, n * 5 + 5)])
            with capture.reader() as own:
                assert [row.connection for row in own.rows(range(first, first + 5))] == [name] * 5

    threads = [threading.Thread(target=work, args=(f"bus {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reader.count() == 400
    for n in range(4):
        mine = [row for row in reader.rows(range(1, 401)) if row.connection == f"bus {n}"]
        assert [row.wall_ns for row in mine] == [an_event(m).wall_ns for m in range(100)]


def test_two_processes_worth_of_writers_do_not_overwrite_each_other(capture: Capture, reader: CaptureReader) -> None:
    with captures.open_capture(capture.path) as second:
        assert [capture.append(some_events(2)), second.append(some_events(2)), capture.append(some_events(1))] == [
            1,
            3,
            5,
        ]
    assert reader.count() == 5


def test_read_only_follows_a_live_capture_and_refuses_to_write(capture: Capture) -> None:
    capture.append(some_events(2))
    with captures.open_readonly(capture.path) as other, other.reader() as reader:
        assert reader.count() == 2
        capture.append(some_events(3))
        assert reader.count() == 5
        for change in (lambda: other.append(some_events(1)), lambda: other.notes.annotate(1, mark=True)):
            with pytest.raises(CaptureReadOnlyError, match="reading only"):
                change()


def test_interrupting_stops_a_long_read(capture: Capture, reader: CaptureReader) -> None:
    capture.append(some_events(20_000))
    stopper = threading.Event()

    def stop() -> None:
        while not stopper.is_set():
            reader.interrupt()

    thread = threading.Thread(target=stop)
    thread.start()

    def sort_for_ever() -> None:
        while True:
            reader.order_by(Column.SUMMARY)

    try:
        with pytest.raises(ReadingStoppedError):
            sort_for_ever()
    finally:
        stopper.set()
        thread.join()
    assert reader.count() == 20_000


def test_what_is_no_capture_is_refused_with_its_reason(tmp_path: Path) -> None:
    other, text, empty = tmp_path / "other.db", tmp_path / "text.capture", tmp_path / "empty.capture"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE entry (seq)")
    db.close()
    text.write_text("this is a letter, not a capture\n" * 100)
    empty.touch()
    for path, reason in ((other, "no capture"), (text, "another kind"), (empty, "no capture")):
        for opening in (captures.open_capture, captures.open_readonly):
            with pytest.raises(CaptureError, match=reason):
                opening(path)
    with pytest.raises(CaptureError, match="There is no capture"):
        captures.open_capture(tmp_path / "missing")
    with pytest.raises(CaptureError, match="exists already"):
        captures.create(other)


def test_a_capture_of_a_later_version_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.capture"
    captures.create(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {layout.FORMAT + 1}")
    db.close()
    for opening in (captures.open_capture, captures.open_readonly):
        with pytest.raises(CaptureTooNewError, match="Install a newer one"):
            opening(path)


def test_migrations_run_in_order_and_all_or_none(tmp_path: Path) -> None:
    path = tmp_path / "a.capture"
    captures.create(path).close()
    db = connect(path, "mode=rw", purpose=Purpose.BUILDING)

    def one(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE extra (word TEXT)")

    def two(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO extra VALUES ('moved')")

    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO missing VALUES (1)")

    with pytest.raises(sqlite3.OperationalError):
        layout.migrate(db, 1, target=3, migrations={1: one, 2: broken})
    assert db.execute("SELECT name FROM sqlite_schema WHERE name = 'extra'").fetchone() is None
    layout.migrate(db, 1, target=3, migrations={1: one, 2: two})
    assert db.execute("SELECT word FROM extra").fetchall() == [("moved",)]
    assert db.execute("PRAGMA user_version").fetchone() == (3,)
    db.close()


def test_every_older_format_has_its_migration() -> None:
    assert set(layout.MIGRATIONS) == set(range(1, layout.FORMAT))


def test_a_senders_invented_subjects_do_not_pile_up_in_memory(
    capture: Capture, reader: CaptureReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clacks_monitor.captures.interning.REMEMBERED", 10)
    event = an_event(1)
    capture.append([replace(event, type=f"T{n}", raw=replace(event.raw, subject=f"s{n}")) for n in range(100)])
    capture.append([replace(event, type=f"T{n}", raw=replace(event.raw, subject=f"s{n}")) for n in range(100)])
    assert [(r.type, r.subject) for r in reader.rows(range(101, 201))] == [(f"T{n}", f"s{n}") for n in range(100)]
    assert len(reader.statistics.type_counts()) == 100
