"""Pictures of rows: the table is painted several times a second, and most of its rows are as they were.

A row is drawn straight away the first time, and kept as a picture the second: what rushes by is never drawn twice.
Owner: the row painter. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QColor

    from clacks_monitor.core.event import Row

KEPT = 200
"""Rows; a screen shows fewer."""

Key = tuple[int, int, bool, tuple[str, ...]]
"""Sequence number, tint, whether it is selected, and the texts that depend on other rows."""


class RowImages:
    """Keeps pictures for as long as ``circumstances`` are the same: columns, width, colours, the day."""

    def __init__(self) -> None:
        self._circumstances: object = None
        self._seen: dict[Key, Row] = {}
        self._pictures: dict[Key, tuple[Row, QPixmap]] = {}

    def begin(self, circumstances: object) -> None:
        """Begin to paint the table."""
        if circumstances != self._circumstances:
            self._circumstances = circumstances
            self._pictures.clear()

    def find(self, key: Key, row: Row) -> QPixmap | None:
        """Return the picture of a row, None when there is none of this very row."""
        found = self._pictures.get(key)
        return found[1] if found is not None and found[0] is row else None

    def wanted(self, key: Key, row: Row) -> bool:
        """Tell whether a row is worth a picture: it was painted before."""
        before = self._seen.get(key) is row
        if not before:
            self._seen[key] = row
            if len(self._seen) > KEPT:
                self._seen.pop(next(iter(self._seen)))
        return before

    def make(self, key: Key, row: Row, size: QSize, ratio: float, base: QColor) -> QPixmap:
        """Return a picture to paint a row on. It is opaque, so that text looks as it does straight on the table."""
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(base)
        self._pictures.pop(key, None)
        self._pictures[key] = (row, picture)
        if len(self._pictures) > KEPT:
            self._pictures.pop(next(iter(self._pictures)))
        return picture
