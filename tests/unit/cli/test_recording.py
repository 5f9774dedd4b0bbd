"""What `listen --capture` says and does when there is no room for what it records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures.writer import Capture
from clacks_monitor.cli.recording import Recording
from clacks_monitor.config import SettingsStore
from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.storage_errors import CaptureError, StorageError
from clacks_monitor.core.store import Retention
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from pathlib import Path


def _limit(recording: Recording, pages: int) -> None:
    """Let the file have so many pages more."""
    assert isinstance(recording._capture, Capture)
    db = recording._capture._file.db
    (count,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {count + pages}")


def _fill(recording: Recording, told: list[str]) -> int:
    count = 0
    while not told:
        recording.append(some_events(100, count))
        count += 100
    return count


def test_a_full_disk_is_told_once_and_so_is_its_end(tmp_path: Path) -> None:
    told: list[str] = []
    recording = Recording(captures, tmp_path / "a.capture", told.extend, Folders.below(tmp_path / "folders"))
    _limit(recording, 20)
    count = _fill(recording, told)
    for later in range(5):
        recording.append(some_events(10, count + 10 * later))
    _limit(recording, 100_000)
    recording.append(some_events(10))
    recording.close()
    assert ["Make room" in told[0], told[1:], recording.lost] == [True, ["recording again; nothing was lost"], 0]
    with captures.open_readonly(tmp_path / "a.capture") as capture, capture.reader() as reader:
        assert reader.count() == count + 61
        ((_sequence, gap),) = reader.gaps()
    assert (gap.cause, gap.lost) == (GapCause.DISK_FULL, 0)
    assert gap.from_ns < gap.to_ns


def test_what_memory_cannot_hold_either_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clacks_monitor.captures.overflow.MAX_ENTRIES", 150)
    told: list[str] = []
    recording = Recording(captures, tmp_path / "a.capture", told.extend, Folders.below(tmp_path / "folders"))
    _limit(recording, 20)
    _fill(recording, told)
    recording.append(some_events(100))
    recording.append(some_events(7))
    _limit(recording, 100_000)
    recording.append(some_events(10))
    recording.close()
    assert told[1:] == ["recording again; 107 events lost"]
    assert recording.lost == 107


def test_what_never_found_room_is_known_at_the_end(tmp_path: Path) -> None:
    told: list[str] = []
    recording = Recording(captures, tmp_path / "a.capture", told.extend, Folders.below(tmp_path / "folders"))
    _limit(recording, 20)
    count = _fill(recording, told)
    recording.close()
    with captures.open_readonly(tmp_path / "a.capture") as capture, capture.reader() as reader:
        assert reader.count() + recording.lost == count
        assert recording.lost == 100


def test_a_file_that_breaks_is_told_once_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    recording = Recording(captures, tmp_path / "a.capture", told.extend, Folders.below(tmp_path / "folders"))

    def broken(_self: Capture, _entries: object) -> int:
        raise CaptureError("It broke.")

    monkeypatch.setattr(Capture, "append", broken)
    recording.append([*some_events(3), Gap("", 1, 2, GapCause.SLEPT)])
    recording.append(some_events(2))
    recording.close()
    assert (told, recording.lost) == (["not recorded: It broke."], 5)


def test_a_file_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="nowhere"):
        Recording(captures, tmp_path / "nowhere" / "a.capture", list[str]().extend, Folders.below(tmp_path / "folders"))


@pytest.mark.parametrize("mine", [True, False])
def test_limits_of_a_capture_are_obeyed_where_they_were_set(tmp_path: Path, *, mine: bool) -> None:
    folders, told = Folders.below(tmp_path / "folders"), list[str]()
    with captures.create(tmp_path / "a.capture") as capture:
        capture.append(some_events(600))
        capture.remember_retention(Retention(max_count=300))
        if mine:
            SettingsStore(folders.settings_file).remember_limits(capture.id, Retention(max_count=300))
    recording = Recording(captures, tmp_path / "a.capture", told.extend, folders)
    recording.append(some_events(600))
    recording.close()
    with captures.open_readonly(tmp_path / "a.capture") as capture, capture.reader() as reader:
        assert (reader.count() == 1200) is not mine
    words = "a.capture has limits that were not set here; they are not obeyed: nothing is deleted"
    assert told == ([] if mine else [words])
