"""The capture in use: one that cannot be read is told, and what arrives meanwhile is kept all the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.captures import Capture, CaptureReader, Ring
from clacks_monitor.core.event import Problem, ProblemKind
from clacks_monitor.session.captures.capture_use import CaptureUse
from clacks_monitor.session.receiving.counting import Counting
from tests.helpers.entries import a_gap, an_event, some_events

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.captures import TypeCount
    from clacks_monitor.core.folders import Folders


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


@pytest.mark.parametrize("ring", [None, Ring(max_count=300)])
def test_what_another_monitor_records_is_counted_as_it_comes(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ring: Ring | None
) -> None:
    """Its whole past is added up once, and again only when its beginning has gone."""
    wrong = replace(an_event(7), problem=Problem(ProblemKind.NOT_XML, "It is no XML."))
    with Capture.create(tmp_path / "other.capture") as other:
        other.set_ring(ring)
        other.append(some_events(600))
        counting = Counting()
        found = CaptureUse(folders, None, counting, lambda _notices: None)
        assert found.open(other.path, read_only=True) == ""
        summed = 0
        original = CaptureReader.type_counts

        def counted(reader: CaptureReader, *span: int) -> list[TypeCount]:
            nonlocal summed
            summed += 1
            return original(reader, *span)

        monkeypatch.setattr(CaptureReader, "type_counts", counted)
        for start in range(0, 500, 100):
            other.append([*some_events(100, start), wrong, a_gap()])
            found.look_for_more()
            with other.reader() as reader:
                wanted = {kind.type: kind.count for kind in original(reader)}
                assert counting.received == sum(wanted.values())
                assert {kind.type: kind.count for kind in counting.types() if kind.count} == wanted
                assert (counting.invalid, counting.gaps) == (reader.invalid_count(), reader.gap_count())
        assert bool(summed) == bool(ring)
        assert counting.rate() > 0 or ring
        found.current.close()


def test_a_capture_that_can_be_read_is_shown(folders: Folders, tmp_path: Path) -> None:
    with Capture.create(tmp_path / "good.capture") as capture:
        capture.append(some_events(2))
    found = use(folders, tmp_path / "good.capture")
    assert found.unreadable is None
    assert found.path == tmp_path / "good.capture"
    found.current.close()
