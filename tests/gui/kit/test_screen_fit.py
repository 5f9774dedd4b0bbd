"""Windows fit onto their screens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from clacks_monitor.gui.kit.screen_fit import FRAME, TITLE, fitted
from tests.helpers.effort import effort

AREA = QRect(0, 0, 1280, 800)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (QRect(100, 100, 640, 480), QRect(100, 100, 640, 480)),
        (QRect(0, 0, 1280, 800), QRect(FRAME, TITLE, 1280 - 2 * FRAME, 800 - TITLE - FRAME)),
        (QRect(900, 500, 640, 480), QRect(1280 - FRAME - 640, 800 - FRAME - 480, 640, 480)),
        (QRect(-300, -300, 640, 480), QRect(FRAME, TITLE, 640, 480)),
    ],
)
def test_a_window_is_moved_and_made_smaller_as_far_as_needed(window: QRect, expected: QRect) -> None:
    assert fitted(window, AREA) == expected


@effort(100)
@given(*[st.integers(-5_000, 5_000)] * 2, *[st.integers(1, 5_000)] * 2)
def test_the_whole_frame_is_on_the_screen(left: int, top: int, width: int, height: int) -> None:
    area = QRect(200, 100, 1024, 700)
    found = fitted(QRect(left, top, width, height), area)
    assert area.contains(found.adjusted(-FRAME, -TITLE, FRAME, FRAME))
