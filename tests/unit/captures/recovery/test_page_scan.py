"""Rows read out of pages: the same as SQLite reads them, and what is left when the way to them is damaged."""

from __future__ import annotations

import io
import sqlite3
import tempfile
import tracemalloc
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clacks_monitor import captures
from clacks_monitor.captures import layout, recover
from clacks_monitor.captures.layout import PAGE_BYTES as PAGE
from clacks_monitor.captures.recovery.btree_pages import PageReader
from clacks_monitor.captures.recovery.page_scan import rebuild
from clacks_monitor.core.event import Entry, Event, Gap, GapCause
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import CaptureError, ReadingStoppedError
from clacks_monitor.core.store import Retention, SnapshotKind
from tests.helpers.entries import a_gap, an_event, entries, some_events

TABLES = ("entry", "body", "source", "type")


def _content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as db:
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}


def _go_on(_done: int, _total: int) -> bool:
    return True


@given(st.lists(entries, max_size=5))
@settings(deadline=None, max_examples=40)
def test_pages_give_the_rows_that_sqlite_gives(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[Entry]]
) -> None:
    folder = tmp_path_factory.mktemp("pages")
    with captures.create(folder / "a") as capture:
        for batch in batches:
            capture.append(batch)
    assert rebuild(folder / "a", folder / "b", _go_on)
    assert _content(folder / "b") == _content(folder / "a")


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A capture of 2,000 events, some with bodies that lie on many pages."""
    path = tmp_path / "damaged.capture"
    found = some_events(2000)
    for number in range(0, 2000, 100):
        body = b"<a>" + bytes(range(32, 127)) * 300 + str(number).encode() * 3000 + b"</a>"
        found[number] = replace(found[number], raw=replace(found[number].raw, body=body))
    with captures.create(path) as capture:
        capture.append(found)
    return path


def _roots(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'").fetchall())


@pytest.mark.parametrize("table", ["entry", "body"])
def test_without_the_root_of_a_table_nothing_is_lost(damaged: Path, tmp_path: Path, table: str) -> None:
    with captures.open_readonly(damaged) as capture, capture.reader() as reader:
        whole = [entry for _s, entry in reader.entries(range(1, 2001))]
    root = _roots(damaged)[table]
    content = bytearray(damaged.read_bytes())
    content[(root - 1) * layout.PAGE_BYTES : root * layout.PAGE_BYTES] = b"\xff" * layout.PAGE_BYTES
    damaged.write_bytes(content)
    report = recover(damaged, tmp_path / "saved.capture")
    assert (report.saved, report.lost) == (2000, ())
    assert "page by page" in report.notes[0]
    assert all(isinstance(note, Message) for note in report.notes)
    with captures.open_readonly(report.path) as capture, capture.reader() as reader:
        assert [entry for _s, entry in reader.entries(range(1, 2001))] == whole
    assert damaged.read_bytes() == bytes(content)


@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_whatever_bytes_are_damaged_what_is_saved_is_true(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("random")
    path, found = folder / "a", [an_event(n, body=b"<a>%d</a>" % n * (1 + n % 700)) for n in range(300)]
    with captures.create(path) as capture:
        capture.append(found)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        noise = data.draw(st.binary(min_size=1, max_size=64)) * data.draw(st.sampled_from([1, 40, 300]))
        content[start : start + len(noise)] = noise[: len(content) - start]
    path.write_bytes(content)
    try:
        report = recover(path, folder / "saved")
    except CaptureError:
        return
    known = {event.raw.monotonic_ns for event in found}
    with captures.open_readonly(report.path) as saved, saved.reader() as reader:
        events = [e for _s, e in reader.entries(range(1, reader.last_sequence() + 1)) if isinstance(e, Event)]
    assert len(events) == report.saved
    # A byte inside a text or a body may be another; most events must be just as they were.
    assert sum(event.raw.monotonic_ns in known for event in events) >= len(events) - 10
    assert path.read_bytes() == bytes(content)


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A capture of 1,500 entries with gaps, marks, comments, a snapshot and a limit: every kind of page there is."""
    path = tmp_path_factory.mktemp("annotated") / "a.capture"
    with captures.create(path) as capture:
        for start in range(0, 1500, 100):
            capture.append([*some_events(99, start), a_gap(start)])
        for n in range(1, 1500, 3):
            capture.notes.annotate(n, mark=n % 2 == 0, comment=f"what I say of {n}" + " and more" * (n % 20))
        capture.notes.snapshot(SnapshotKind.PROFILE, "telephones", b"<a profile>")
        capture.remember_retention(Retention(max_count=1_000_000))
    return path


def _sound(path: Path, without: set[int]) -> dict[str, dict[int, object]]:
    """Return by table and number what lies on the pages other than ``without``."""
    found: dict[str, dict[int, object]] = {"entry": {}, "body": {}, "note": {}, "gap": {}}
    with path.open("rb") as file:
        pages = PageReader(file, path.stat().st_size)
        for number in set(range(2, pages.count + 1)) - without - pages.free():
            for row in pages.rows(number):
                table = {11: "entry", 8: "body", 5: "gap", 4: "note"}.get(len(row.values))
                if table is not None and row.number is not None:
                    found[table][row.number] = row.values[2]
    return found


@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_whatever_lies_on_a_sound_page_comes_back(annotated: Path, data: st.DataObject) -> None:
    content = bytearray(annotated.read_bytes())
    count = len(content) // layout.PAGE_BYTES
    hurt = data.draw(st.sets(st.integers(1, count), min_size=1, max_size=count))
    junk = data.draw(st.sampled_from([b"\xa5", b"\x00", b"\xff", b"\x0d\x00\x00\x00\x05"]))
    for number in hurt:
        content[(number - 1) * layout.PAGE_BYTES : number * layout.PAGE_BYTES] = (junk * layout.PAGE_BYTES)[
            : layout.PAGE_BYTES
        ]
    sound = _sound(annotated, hurt)
    known = sound["entry"].keys() | sound["body"].keys() | sound["gap"].keys()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(content)
        if not sound["entry"] and not sound["body"]:
            return
        report = recover(path, Path(folder) / "saved")
        with captures.open_readonly(report.path) as saved, saved.reader() as reader:
            comments = "\n".join(reader.notes.comments().values())
            found = [e for _s, e in reader.entries(range(1, reader.last_sequence() + 1))]
    assert report.saved >= len(known)
    assert sum(isinstance(entry, Gap) and entry.cause is GapCause.CONNECTION_LOST for entry in found) >= len(
        sound["gap"]
    )
    assert all(str(comment) in comments for comment in sound["note"].values())


@pytest.mark.parametrize("table", ["entry", "body", "gap", "note", "snapshot"])
def test_without_a_tables_root_what_an_operator_put_in_comes_back(annotated: Path, tmp_path: Path, table: str) -> None:
    path = tmp_path / "damaged"
    content = bytearray(annotated.read_bytes())
    root = _roots(annotated)[table]
    with annotated.open("rb") as file:
        leaf = PageReader(file, len(content)).read(root)[0] == 0x0D
    content[(root - 1) * layout.PAGE_BYTES : root * layout.PAGE_BYTES] = b"\xff" * layout.PAGE_BYTES
    path.write_bytes(content)
    report = recover(path, tmp_path / "saved")
    with (
        captures.open_readonly(annotated) as whole,
        whole.reader() as expected,
        captures.open_capture(report.path) as saved,
    ):
        assert saved.stored_retention == Retention(max_count=1_000_000)
        with saved.reader() as reader:
            assert (report.saved, report.lost) == (1500, ())
            if table != "note" or not leaf:
                assert (reader.notes.marks(), reader.notes.comments()) == (
                    expected.notes.marks(),
                    expected.notes.comments(),
                )
            if table != "snapshot" or not leaf:
                assert list(reader.notes.snapshots(SnapshotKind.PROFILE)) == list(
                    expected.notes.snapshots(SnapshotKind.PROFILE)
                )


@pytest.mark.parametrize("number", [1, 1499])
def test_without_the_first_or_the_last_leaves_the_others_come_back(
    annotated: Path, tmp_path: Path, number: int
) -> None:
    """Neither table tells then at which number the capture begins, or ends."""
    path, content = tmp_path / "damaged", bytearray(annotated.read_bytes())
    hurt = set()
    with annotated.open("rb") as file:
        pages = PageReader(file, len(content))
        for page in range(2, pages.count + 1):
            if any(row.number == number and len(row.values) in {8, 11} for row in pages.rows(page)):
                hurt.add(page)
                content[(page - 1) * layout.PAGE_BYTES : page * layout.PAGE_BYTES] = b"\xa5" * layout.PAGE_BYTES
    path.write_bytes(content)
    sound = _sound(annotated, hurt)
    report = recover(path, tmp_path / "saved")
    assert len(hurt) == 2
    assert report.saved >= len(sound["entry"].keys() | sound["body"].keys()) > 1000
    assert "page by page" in report.notes[0]


def test_a_comment_on_a_lost_entry_is_kept_where_the_entry_was(annotated: Path, tmp_path: Path) -> None:
    """Both pages of some entries are gone, the page with their comments is not."""
    path, content = tmp_path / "damaged", bytearray(annotated.read_bytes())
    with annotated.open("rb") as file:
        pages = PageReader(file, len(content))
        for number in range(2, pages.count + 1):
            if any(row.number == 703 and len(row.values) in {8, 11} for row in pages.rows(number)):
                content[(number - 1) * layout.PAGE_BYTES : number * layout.PAGE_BYTES] = bytes(layout.PAGE_BYTES)
    path.write_bytes(content)
    report = recover(path, tmp_path / "saved")
    with captures.open_readonly(report.path) as saved, saved.reader() as reader:
        gaps = {s for s, gap in reader.gaps() if gap.cause is GapCause.FILE_DAMAGED}
        told = [text for sequence, text in reader.notes.comments().items() if sequence in gaps]
    assert any("703: what I say of 703" in text for text in told)


def test_what_was_unmarked_stays_so_although_its_old_page_is_still_there(tmp_path: Path) -> None:
    path = tmp_path / "a.capture"
    with captures.create(path) as capture:
        capture.append(some_events(3000))
        capture.notes.mark_all(range(1, 3001), mark=True)
        capture.notes.mark_all(range(1, 2900), mark=False)
    content = bytearray(path.read_bytes())
    root = _roots(path)["body"]
    content[(root - 1) * layout.PAGE_BYTES : root * layout.PAGE_BYTES] = bytes(layout.PAGE_BYTES)
    path.write_bytes(content)
    report = recover(path, tmp_path / "saved")
    with captures.open_readonly(report.path) as saved, saved.reader() as reader:
        assert reader.notes.marks() == list(range(2900, 3001))


def test_it_can_be_cancelled_and_leaves_nothing(damaged: Path, tmp_path: Path) -> None:
    root = _roots(damaged)["entry"]
    content = bytearray(damaged.read_bytes())
    content[(root - 1) * layout.PAGE_BYTES : root * layout.PAGE_BYTES] = bytes(layout.PAGE_BYTES)
    damaged.write_bytes(content)
    with pytest.raises(ReadingStoppedError):
        recover(damaged, tmp_path / "never", progress=lambda _done, _total: False)
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.capture"]


def test_a_schema_that_is_no_text_any_more_is_damage_like_any_other(damaged: Path, tmp_path: Path) -> None:
    """SQLite quotes it in its message, which Python then cannot decode."""
    content = bytearray(damaged.read_bytes())
    at = content.index(b"CREATE TABLE entry")
    content[at : at + 40] = b"\x80" * 40
    damaged.write_bytes(content)
    for opening in (captures.open_capture, captures.open_readonly):
        with pytest.raises(CaptureError, match=r"damaged\.capture"):
            opening(damaged)
    assert recover(damaged, tmp_path / "saved").saved == 2000


def test_a_forged_file_is_read_a_few_times_however_many_rows_claim_all_of_it() -> None:
    """Each of 100 leaves has 2,000 rows, and each of those has all other pages behind it."""
    leaf = bytearray(PAGE)
    leaf[:8] = b"\x0d" + bytes(2) + (2_000).to_bytes(2, "big") + bytes(3)
    leaf[8:4_008] = (5_000).to_bytes(2, "big") * 2_000
    size = 80 * PAGE
    leaf[5_000:5_003] = bytes([0x80 | size >> 14, 0x80 | size >> 7 & 0x7F, size & 0x7F])
    chain = [(101 + (number + 1) % 100).to_bytes(4, "big") + bytes(PAGE - 4) for number in range(100)]
    read = 0

    class Counted(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            nonlocal read
            found = super().read(size)
            read += len(found)
            return found

    # Where the first overflow page stands depends on how much of the row lies on its leaf: all places lead there.
    for at in range(5_003, PAGE - 4, 4):
        leaf[at : at + 4] = (101).to_bytes(4, "big")
    content = bytes(leaf) * 100 + b"".join(chain)
    pages = PageReader(Counted(content), len(content))
    for number in range(1, pages.count + 1):
        assert list(pages.rows(number)) == []
    assert 2 * len(content) < read < 8 * len(content)


def test_bodies_that_unpack_to_much_are_saved_and_cancelled_a_few_at_a_time(tmp_path: Path) -> None:
    """256 entries are read together where they are small; of 60 that are not, many are reported on the way."""
    damaged = tmp_path / "heavy.capture"
    with captures.create(damaged) as capture:
        capture.append([an_event(number, body=b" " * 4_000_000) for number in range(60)])
    reports: list[tuple[int, int]] = []

    def go_on(done: int, total: int) -> bool:
        reports.append((done, total))
        return True

    tracemalloc.start()
    try:
        report = recover(damaged, tmp_path / "saved.capture", progress=go_on)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (report.saved, report.lost) == (60, ())
    assert len(reports) > 10
    assert peak < 100_000_000

    def few(_done: int, _total: int) -> bool:
        reports.append((0, 0))
        return len(reports) < 5

    reports.clear()
    with pytest.raises(ReadingStoppedError):
        recover(damaged, tmp_path / "never.capture", progress=few)
    assert len(reports) == 5
