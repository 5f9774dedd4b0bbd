"""Paints the rows of an event table that lie in an area, and nothing else: new rows come twice a second, all day.

Owner: the event table. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelectionModel

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.table.row_painter import RowPainter, Section

_MINUTE_NS = 60 * formats.NS


def paint_table(table: EventTable, rows: RowPainter, theme: Theme, area: QRect) -> None:
    """Paint an area of the table's viewport; a thin line parts the minutes."""
    viewport, events = table.viewport(), table.events
    height, offset = table.verticalHeader().defaultSectionSize(), table.verticalScrollBar().value()
    painter = QPainter(viewport)
    painter.fillRect(area, theme.base)
    width, line = viewport.width(), theme.line
    rows.begin(_sections(table), width, viewport.devicePixelRatioF())
    first = max(0, (area.top() + offset) // height)
    last = min(events.rowCount() - 1, (area.bottom() + offset) // height)
    selected = selected_between(table.selectionModel(), first, last)
    # Rows may have gone that the scroll bar does not know of yet: then nothing is painted, and nothing is above.
    above = events.row(first - 1) if 0 < first <= last and not events.ordered else None
    for position in range(first, last + 1):
        rect = QRect(0, position * height - offset, width, height)
        row, tint = events.row(position), events.tint(position)
        rows.paint(painter, rect, row, tint, selected=position in selected)
        if above is not None and above.wall_ns // _MINUTE_NS != row.wall_ns // _MINUTE_NS:
            painter.fillRect(QRect(0, rect.top(), width, 1), line)
        above = None if events.ordered else row
    painter.end()


def selected_between(selection: QItemSelectionModel, first: int, last: int) -> set[int]:
    """Return which of some rows are selected: Qt's own question costs seconds when a million rows are."""
    found: set[int] = set()
    for part in selection.selection().toList():
        found.update(range(max(first, part.top()), min(last, part.bottom()) + 1))
    return found


def _sections(table: EventTable) -> list[Section]:
    """Return the visible columns as they lie on the screen."""
    header, columns = table.horizontalHeader(), table.events.columns
    order = [header.logicalIndex(place) for place in range(header.count())]
    return [
        (columns[index], header.sectionViewportPosition(index), header.sectionSize(index))
        for index in order
        if not header.isSectionHidden(index)
    ]
