"""The capture in use: one that cannot be read is told, and what arrives meanwhile is kept all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.session.capture_use import CaptureUse
from clacks_monitor.session.counting import Counting
from clacks_monitor.storage import Capture
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.storage import Folders


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A file that begins as a capture does and goes on as none."""
    path = tmp_path / "damaged.capture"
    with Capture.create(path) as capture:
        capture.append(some_events(200))
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes(4000) + whole[4100:])
    return path


def told(found: CaptureUse) -> str:
    return found.unreadable.reason if found.unreadable is not None else ""


def use(folders: Folders, path: Path | None) -> CaptureUse:
    return CaptureUse(folders, path, Counting(), lambda _notices: None)


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


def test_an_unreadable_capture_that_is_opened_later_is_told_and_the_old_one_stays(
    folders: Folders, damaged: Path
) -> None:
    found = use(folders, None)
    first = found.current
    reason = found.open(damaged)
    assert found.unreadable is not None
    assert (found.unreadable.path, found.unreadable.reason) == (damaged, reason)
    assert found.current is first
    assert found.new() == ""
    assert told(found) == ""
    found.current.close()


def test_a_capture_that_can_be_read_is_shown(folders: Folders, tmp_path: Path) -> None:
    with Capture.create(tmp_path / "good.capture") as capture:
        capture.append(some_events(2))
    found = use(folders, tmp_path / "good.capture")
    assert found.unreadable is None
    assert found.path == tmp_path / "good.capture"
    found.current.close()
