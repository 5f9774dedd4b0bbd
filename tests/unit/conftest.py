"""A capture for each test that wants one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.captures.writer import Capture


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    """An empty capture."""
    with captures.create(tmp_path / "shift.capture") as made:
        yield made


@pytest.fixture
def reader(capture: Capture) -> Iterator[CaptureReader]:
    """A reader of ``capture``."""
    with capture.reader() as made:
        yield made
