"""What is painted and written about numbers: the axis with its labels, the chosen point, values with their unit.

Owner: a plot. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from clacks_monitor.core.quantities import NumberSigns, quantities
from clacks_monitor.gui.charts.line_painter import LineStyle, paint_mark
from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from clacks_monitor.gui.charts.plotted_lines import Spot
    from clacks_monitor.gui.charts.value_axis import ValueAxis
    from clacks_monitor.gui.kit.theme import Theme


def value_text(value: float, unit: str) -> str:
    """Return a number with its unit."""
    locale = QLocale()
    return quantities(f"{value:.6g}", unit, NumberSigns(locale.decimalPoint(), locale.groupSeparator()))


def spot_text(spot: Spot, unit: str, when: str) -> str:
    """Return what a point stands for: its line, its number or numbers, and when."""
    line, place = spot.line, spot.place
    text = value_text(spot.value, unit)
    if line.counts[place] > 1:
        several = QCoreApplication.translate("ChartPlot", "%1 to %2, %3 events")
        low, high = value_text(line.lows[place], unit), value_text(line.highs[place], unit)
        text = several.replace("%1", low).replace("%2", high).replace("%3", formats.number(line.counts[place]))
    return f"{line.name}\n{text}\n{when}".strip()


def paint_rules(painter: QPainter, theme: Theme, axis: ValueAxis, width: int) -> None:
    """Paint a thin rule at each round number."""
    for tick in axis.ticks:
        painter.fillRect(QRect(0, round(axis.y_of(tick)), width, 1), theme.line)


def paint_labels(painter: QPainter, theme: Theme, axis: ValueAxis, unit: str) -> None:
    """Write the round numbers over the lines, each on a patch of the ground."""
    metrics = painter.fontMetrics()
    painter.setPen(theme.muted)
    for tick in axis.ticks:
        text = value_text(tick, unit)
        top = max(0, min(axis.floor - metrics.height(), round(axis.y_of(tick)) - metrics.height() // 2))
        patch = QRect(2, top, metrics.horizontalAdvance(text) + 6, metrics.height())
        painter.fillRect(patch, theme.base)
        painter.drawText(patch, Qt.AlignmentFlag.AlignCenter, text)


def paint_spot(painter: QPainter, theme: Theme, at: QPointF, style: LineStyle, floor: int) -> None:
    """Paint the chosen point, and a rule through its time."""
    painter.fillRect(QRect(round(at.x()), 0, 1, floor), theme.muted)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.text, 1.5))
    painter.setBrush(style.colour)
    paint_mark(painter, at, style, 5.0)
