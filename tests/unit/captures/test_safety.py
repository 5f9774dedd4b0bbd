"""What append() returned for survives: a killed process, a copy taken at any moment, a full disk."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures import abandoned, remove
from clacks_monitor.captures.temporary import files_of
from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.core.storage_errors import CaptureFull
from tests.helpers.entries import a_gap, an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.captures.writer import Capture

ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from pathlib import Path
from clacks_monitor import captures
from tests.helpers.entries import some_events

kind, path = sys.argv[1], Path(sys.argv[2])
capture = captures.create_temporary(path) if kind == "temporary" else captures.create(path)
print(capture.path, flush=True)
number = 0
while True:
    last = capture.append(some_events(7, number)) + 6
    number += 7
    print(last, flush=True)
"""


def _killed_writer(kind: str, path: Path, commits: int) -> tuple[Path, int]:
    """Let a process append, kill it with SIGKILL in the middle; return the file and the last number it had said."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, kind, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        made = Path(process.stdout.readline().strip())
        for _ in range(commits):
            last = int(process.stdout.readline())
        os.kill(process.pid, signal.SIGKILL)
        said = process.stdout.read().split("\n")
        complete = [int(line) for line in said[:-1] if line]
    return made, max([last, *complete])


@pytest.mark.parametrize("commits", [1, 40])
def test_a_killed_process_loses_nothing_it_had_committed(tmp_path: Path, commits: int) -> None:
    path, last = _killed_writer("named", tmp_path / "a.capture", commits)
    with captures.open_capture(path) as capture, capture.reader() as reader:
        assert reader.last_sequence() >= last
        found = list(reader.entries(range(1, last + 1)))
        assert [entry for _sequence, entry in found] == some_events(last)
        assert capture.append([an_event(0)]) == reader.last_sequence()


def test_a_temporary_capture_of_a_killed_process_is_found_again(tmp_path: Path) -> None:
    path, last = _killed_writer("temporary", tmp_path, 3)
    with captures.create_temporary(tmp_path) as mine:
        assert abandoned(tmp_path) == [path]
        assert mine.path.exists()
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        assert reader.last_sequence() >= last
    remove(path)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_taken_at_any_moment_opens_with_all_that_was_committed(tmp_path: Path, capture: Capture) -> None:
    capture._file.db.execute("PRAGMA wal_autocheckpoint = 20")
    for number in range(60):
        last = capture.append([an_event(n) for n in range(number * 5, number * 5 + 5)]) + 4
        copy = tmp_path / "copy"
        for original, copied in zip(files_of(capture.path)[:2], files_of(copy)[:2], strict=True):
            copied.unlink(missing_ok=True)
            if original.exists():
                shutil.copyfile(original, copied)
        with captures.open_capture(copy) as opened, opened.reader() as reader:
            assert reader.bounds() == (1, last)
            assert reader.entry(last) == an_event(last - 1)
        remove(copy)


def test_a_log_cut_anywhere_gives_whole_transactions_only(tmp_path: Path, capture: Capture) -> None:
    """Power loss: of the log, only its beginning reached the disk."""
    for number in range(20):
        capture.append([an_event(n) for n in range(number * 5, number * 5 + 5)])
    file, log = (path.read_bytes() for path in files_of(capture.path)[:2])
    counts = []
    for cut in range(0, len(log), max(1, len(log) // 60)):
        copy = tmp_path / "copy"
        copy.write_bytes(file)
        copy.with_name("copy-wal").write_bytes(log[:cut])
        with closing(sqlite3.connect(copy)) as db:
            tables = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'entry'").fetchone()[0]
            count = db.execute("SELECT count(*) FROM entry").fetchone()[0] if tables else 0
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert count % 5 == 0
        counts.append(count)
        remove(copy)
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def _fill(capture: Capture) -> int:
    """Append until there is no room; return how many events found some."""
    stored = 0

    def fill() -> None:
        nonlocal stored
        while stored < 1_000_000:
            capture.append(some_events(200, stored))
            stored += 200

    with pytest.raises(CaptureFull) as caught:
        fill()
    assert (caught.value.first, caught.value.waiting, caught.value.missed) == (stored + 1, 200, 0)
    assert caught.value.since_ns == an_event(stored).wall_ns
    return stored


def _check_full_disk(capture: Capture, reader: CaptureReader, make_room: Iterator[None]) -> None:
    stored = _fill(capture)
    with pytest.raises(CaptureFull, match="600 entries wait in memory") as caught:
        capture.append([*some_events(399, stored + 200), a_gap()])
    assert caught.value.first == stored + 201
    # The monitor goes on showing, filtering and opening what has no room on the disk.
    wanted = [*some_events(stored + 599), a_gap()]
    assert (reader.bounds(), capture.waiting) == ((1, stored + 600), 600)
    rows = reader.rows(range(stored - 1, stored + 601))
    assert [row.sequence for row in rows] == list(range(stored - 1, stored + 601))
    assert rows[2].summary == an_event(stored).summary
    assert [entry for _s, entry in reader.entries(range(1, stored + 601))] == wanted
    for newest_first in (False, True):
        scanned = [item[0] for part in reader.scan(newest_first=newest_first) for item in part]
        assert scanned == sorted(range(1, stored + 600), reverse=newest_first)
    assert reader.gaps() == [(stored + 600, a_gap())]
    next(make_room)
    assert capture.append(some_events(2)) == stored + 602
    assert (capture.waiting, capture.missed) == (0, 0)
    gap = reader.entry(stored + 601)
    assert isinstance(gap, Gap)
    assert (gap.cause, gap.lost, gap.from_ns) == (GapCause.DISK_FULL, 0, an_event(stored).wall_ns)
    assert capture.append([an_event(0)]) == stored + 604
    capture.close()
    with captures.open_capture(capture.path) as again, again.reader() as found:
        assert [entry for _s, entry in found.entries(range(1, stored + 601))] == wanted
        assert found.count() == stored + 604


def test_a_file_that_may_not_grow_says_so_and_goes_on_when_it_may(capture: Capture, reader: CaptureReader) -> None:
    (pages,) = capture._file.db.execute("PRAGMA page_count").fetchone()
    capture._file.db.execute(f"PRAGMA max_page_count = {pages + 30}")

    def make_room() -> Iterator[None]:
        capture._file.db.execute("PRAGMA max_page_count = 1000000")
        yield

    _check_full_disk(capture, reader, make_room())


def test_beyond_the_memory_for_it_events_are_counted_as_lost(
    capture: Capture, reader: CaptureReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clacks_monitor.captures.overflow.MAX_ENTRIES", 450)
    (pages,) = capture._file.db.execute("PRAGMA page_count").fetchone()
    capture._file.db.execute(f"PRAGMA max_page_count = {pages + 30}")
    stored = _fill(capture)
    for first, missed in ((stored + 201, 0), (0, 200), (0, 400)):
        with pytest.raises(CaptureFull) as caught:
            capture.append(some_events(200, stored + 200))
        assert (caught.value.first, caught.value.missed) == (first, missed)
    assert reader.last_sequence() == stored + 400
    capture._file.db.execute("PRAGMA max_page_count = 1000000")
    assert capture.append(some_events(1)) == stored + 402
    gap = reader.entry(stored + 401)
    assert isinstance(gap, Gap)
    assert (gap.cause, gap.lost) == (GapCause.DISK_FULL, 400)
    assert "400 events were lost" in gap.detail


def test_closing_writes_what_was_held_if_there_is_room_now(capture: Capture) -> None:
    (pages,) = capture._file.db.execute("PRAGMA page_count").fetchone()
    capture._file.db.execute(f"PRAGMA max_page_count = {pages + 30}")
    stored = _fill(capture)
    capture._file.db.execute("PRAGMA max_page_count = 1000000")
    capture.close()
    with captures.open_capture(capture.path) as again, again.reader() as reader:
        assert reader.count() == stored + 201
        assert reader.entry(stored + 200) == an_event(stored + 199)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(folder)]
    try:
        done = subprocess.run(mount, check=False, capture_output=True)
    except OSError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_says_so_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with _small_disk(tmp_path / "disk") as disk:
        ballast = disk / "ballast"
        with captures.create(disk / "a.capture") as capture, capture.reader() as reader:
            ballast.write_bytes(bytes(1_500_000))

            def make_room() -> Iterator[None]:
                ballast.unlink()
                yield

            _check_full_disk(capture, reader, make_room())


def test_without_room_for_a_mark_the_capture_stays_usable(capture: Capture, reader: CaptureReader) -> None:
    stored = 20
    capture.append(some_events(stored))
    (pages,) = capture._file.db.execute("PRAGMA page_count").fetchone()
    capture._file.db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CaptureFull):
        capture.notes.annotate(1, comment="x" * 50_000)
    capture.notes.annotate(2, mark=True)
    assert (reader.notes.marks(), reader.count()) == ([2], stored)
