"""What we rely on in the toolkit itself."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage, QPainter


def test_calls_that_return_nothing_keep_none_alive() -> None:
    """PySide6 6.12.0 gave away a reference to None with each; before Python 3.12 the process then aborts."""
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter, colour, thing = QPainter(image), QColor("red"), QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        painter.fillRect(0, 0, 8, 8, colour)
        thing.setObjectName("x")
    after = sys.getrefcount(None)
    painter.end()
    assert after > before - 100
