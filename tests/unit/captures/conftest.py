"""A capture for each test that wants one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.captures import Capture, CaptureReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    """An empty capture."""
    with Capture.create(tmp_path / "shift.capture") as made:
        yield made


@pytest.fixture
def reader(capture: Capture) -> Iterator[CaptureReader]:
    """A reader of ``capture``."""
    with capture.reader() as made:
        yield made
