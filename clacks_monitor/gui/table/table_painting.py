"""Paints the rows of an event table that lie in one area and no others: new rows come in twice a second, all day.

Owner: the event table. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from clacks_monitor.core.columns import RelativeColumn
from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHeaderView

    from clacks_monitor.gui.table.event_model import EventModel
    from clacks_monitor.gui.table.fixed_rows import FixedRowsView
    from clacks_monitor.gui.table.row_painter import RowPainter, Section
    from clacks_monitor.gui.table.selected_rows import SelectedRows

_MINUTE_NS = 60 * formats.NS


def paint_table(view: FixedRowsView, model: EventModel, selection: SelectedRows, rows: RowPainter, area: QRect) -> None:
    """Paint an area of the view's viewport; a thin line parts the minutes, and a stronger one the days."""
    viewport, store, theme = view.viewport(), model.store, rows.theme
    height, offset = view.row_height, view.verticalScrollBar().value()
    painter = QPainter(viewport)
    painter.fillRect(area, theme.base)
    width, line = viewport.width(), theme.line
    reference = model.offsets.reference
    rows.reference = reference.sequence if reference is not None else 0
    sections = _sections(view.horizontalHeader(), model)
    relative = [column for column, _left, _width in sections if isinstance(column, RelativeColumn)]
    rows.begin(sections, width, viewport.devicePixelRatioF())
    first = max(0, (area.top() + offset) // height)
    last = min(len(store) - 1, (area.bottom() + offset) // height)
    selected = selection.between(first, last)
    # Rows may have gone that the scroll bar does not know of yet: then no row is painted, and none is above.
    above = model.row(first - 1) if 0 < first <= last and store.order is None else None
    for position in range(first, last + 1):
        rect = QRect(0, position * height - offset, width, height)
        row, tint = model.row(position), store.tint_at(position)
        offsets = {column: model.text(position, column) for column in relative}
        rows.paint(painter, rect, row, tint, offsets, selected=position in selected)
        if above is not None and above.wall_ns // _MINUTE_NS != row.wall_ns // _MINUTE_NS:
            days = {formats.day_of(one.wall_ns // formats.NS) for one in (above, row)}
            painter.fillRect(QRect(0, rect.top(), width, 1), line if len(days) == 1 else theme.muted)
        above = None if store.order is not None else row
    painter.end()


def _sections(header: QHeaderView, model: EventModel) -> list[Section]:
    """Return the visible columns as they lie on the screen."""
    order = [header.logicalIndex(place) for place in range(header.count())]
    return [
        (model.columns[index], header.sectionViewportPosition(index), header.sectionSize(index))
        for index in order
        if not header.isSectionHidden(index)
    ]
