"""Limits that a capture brings are obeyed where this user has set them, and told where somebody else has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.config import SettingsStore
from clacks_monitor.core.store import Retention
from clacks_monitor.session.captures.capture_use import CaptureUse
from clacks_monitor.session.notices import Notice, Trouble
from clacks_monitor.session.receiving.counting import Counting
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.core.folders import Folders


def _brings_limits(path: Path, ring: Retention = Retention(max_count=300)) -> str:  # noqa: B008 - a value
    """Make a capture as a colleague hands it over; return its id."""
    with captures.create(path) as made:
        made.append(some_events(600))
        made.remember_retention(ring)
        return made.id


@pytest.mark.parametrize("known", [None, (0, 0.0, 301), (1, 0.0, 300), (0, 0.0, 300)])
@pytest.mark.parametrize("way", ["at the start", "later"])
def test_limits_that_a_capture_brings_are_obeyed_only_as_they_were_set_here(
    folders: Folders, tmp_path: Path, way: str, known: tuple[int, float, int] | None
) -> None:
    path = tmp_path / "colleague.capture"
    identity, settings, told = _brings_limits(path), SettingsStore(folders.settings_file), list[Notice]()
    if known is not None:
        settings.remember_limits(identity, Retention(*known))
    begins = path if way == "at the start" else None
    use = CaptureUse(captures, folders, begins, Counting(), told.extend, settings=settings)
    if way == "later":
        use.offered.open(path)
        assert use.adopt(path) == ""
    use.current.append(some_events(600))
    obeyed = known == (0, 0.0, 300)
    with use.current.reader() as reader:
        assert (reader.count() < 1200) is obeyed
    words = "colleague.capture has limits that were not set on this computer. They are ignored and nothing is deleted."
    assert [notice.text for notice in told if isinstance(notice, Trouble)] == ([] if obeyed else [words])
    use.discard()
    use.close()
    with captures.open_capture(path) as left:
        assert left.stored_retention == Retention(max_count=300)


def test_limits_that_are_set_hold_when_the_capture_is_opened_again_and_go_with_it(
    folders: Folders, tmp_path: Path
) -> None:
    settings, told = SettingsStore(folders.settings_file), list[Notice]()
    use = CaptureUse(captures, folders, None, Counting(), told.extend, settings=settings)
    assert use.limits.set(use.current, Retention(max_count=300), new_ones_too=True) == ""
    use.current.append(some_events(10))
    use.current.save_as(tmp_path / "mine.capture")
    assert use.adopt(use.offered.make()) == ""
    assert use.ring.max_count == 300
    use.offered.open(tmp_path / "mine.capture")
    assert use.adopt(tmp_path / "mine.capture") == ""
    assert use.ring.max_count == 300
    assert use.limits.set(use.current, Retention(), new_ones_too=False) == ""
    assert settings.limits_of(use.current.id) is None
    assert not [notice for notice in told if isinstance(notice, Trouble)]
    use.close()
