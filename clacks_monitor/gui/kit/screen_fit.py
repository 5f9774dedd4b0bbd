"""Keeps a window, with its frame, inside of what its screen has beside panels and docks. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FRAME, TITLE = 4, 32
"""Pixels of a frame, which a window that is not shown yet does not know."""


def fit_screen(window: QWidget) -> None:
    """Make a window that is not shown yet as small as its screen wants, and move it there."""
    screen = window.screen()
    if screen is not None:
        window.setGeometry(fitted(window.geometry(), screen.availableGeometry()))


def fitted(window: QRect, area: QRect) -> QRect:
    """Return the place of a window in an area that holds its frame too; one that fits stays where it is."""
    inner = area.adjusted(FRAME, TITLE, -FRAME, -FRAME)
    width, height = min(window.width(), inner.width()), min(window.height(), inner.height())
    left = max(inner.left(), min(window.left(), inner.right() + 1 - width))
    top = max(inner.top(), min(window.top(), inner.bottom() + 1 - height))
    return QRect(left, top, width, height)
