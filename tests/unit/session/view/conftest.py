"""A small capture, and the parts that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from tests.helpers.entries import a_gap, an_event, some_events
from tests.helpers.view_parts import ViewParts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    with captures.create(tmp_path / "a.capture") as made:
        made.append([*some_events(6), a_gap(10), an_event(11)])
        yield made


@pytest.fixture
def view(capture: Capture) -> Iterator[ViewParts]:
    made = ViewParts(capture)
    made.filtering.start()
    made.settled()
    yield made
    made.close()
