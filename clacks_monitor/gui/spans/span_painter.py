"""Paints spans as bars in lanes, on any thread: thousands of bars take longer than the window may wait.

States are told apart by colour, by pattern, and by a word where there is room for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QImage, QPainter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.board_spans import SpanBar

HEAD: Final = 2
"""Pixels above the first lane."""
_SPACE: Final = 2
_WIDEST_LABEL: Final = 180
TEXT_FROM: Final = 48
"""Pixels of a bar that is wide enough for a text."""
PATTERNS: Final = {
    "good": Qt.BrushStyle.SolidPattern,
    "warn": Qt.BrushStyle.FDiagPattern,
    "bad": Qt.BrushStyle.DiagCrossPattern,
    "quiet": Qt.BrushStyle.NoBrush,
}


@dataclass(frozen=True, slots=True)
class BarStyle:
    """How the bars of a state look: its word, the colour of the outline, the fill with its pattern."""

    word: str
    colour: QColor
    fill: QColor
    pattern: Qt.BrushStyle


@dataclass(frozen=True, slots=True)
class SpanPicture:
    """What is painted: bars with their style and text, and the labels of the lanes, each ``lane_px`` high."""

    bars: Sequence[tuple[SpanBar, BarStyle, str]]
    labels: Sequence[str]
    lane_px: int
    size: QSize
    ratio: float
    font: QFont
    text: QColor
    ground: QColor


def lane_height(metrics: QFontMetrics) -> int:
    """Return the pixels of a lane."""
    return metrics.height() + 2 * _SPACE


def paint(picture: SpanPicture, wanted: Callable[[], None] = lambda: None) -> QImage:
    """Return the bars on a transparent ground; ``wanted`` is called now and then, and may raise."""
    image = QImage(picture.size * picture.ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(picture.ratio)
    image.fill(Qt.GlobalColor.transparent)
    metrics = QFontMetrics(picture.font)
    with QPainter(image) as painter:
        painter.setFont(picture.font)
        for number, (bar, style, text) in enumerate(picture.bars):
            if number % 100 == 0:
                wanted()
            shape = shape_of(bar, picture.lane_px)
            paint_bar(painter, shape, style)
            if text:
                painter.setPen(picture.text)
                inner = shape.adjusted(4, 0, -3, 0)
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
                behind = QRect(
                    inner.left() - 2, shape.top() + 1, metrics.horizontalAdvance(shown) + 4, shape.height() - 3
                )
                painter.fillRect(behind, style.fill)
                painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return image


def shape_of(bar: SpanBar, lane_px: int, moved: int = 0) -> QRect:
    """Return where a bar is painted."""
    return QRect(bar.left + moved, HEAD + bar.lane * lane_px + 1, bar.right - bar.left - 1, lane_px - 3)


def paint_bar(painter: QPainter, shape: QRect, style: BarStyle) -> None:
    """Paint one bar, without a text."""
    painter.fillRect(shape, style.fill)
    if style.pattern not in {Qt.BrushStyle.SolidPattern, Qt.BrushStyle.NoBrush} and shape.width() > 2:
        painter.fillRect(shape, QBrush(style.colour, style.pattern))
    if shape.width() <= 2:
        painter.fillRect(shape, style.colour)
        return
    painter.setPen(style.colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(shape.adjusted(0, 0, -1, -1))


def paint_labels(painter: QPainter, picture: SpanPicture) -> None:
    """Write the names of the lanes at the left, over the bars."""
    painter.setFont(picture.font)
    metrics = QFontMetrics(picture.font)
    back = QColor(picture.ground)
    back.setAlpha(215)
    for lane, label in enumerate(picture.labels):
        shown = metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, _WIDEST_LABEL)
        place = QRect(0, HEAD + lane * picture.lane_px, metrics.horizontalAdvance(shown) + 12, picture.lane_px - 1)
        painter.fillRect(place, back)
        painter.setPen(picture.text)
        painter.drawText(place.adjusted(6, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
