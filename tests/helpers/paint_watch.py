"""Sees what of a widget is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent, QRegion
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PaintWatch(QObject):
    """``areas`` are the regions that were painted since it was made."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.areas: list[QRegion] = []
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(QRegion(event.region()))
        return False
