"""The table's columns as the user has them: which, in what order, how wide.

Owner: the event table. Thread: the window's. The model's columns are those of every row, then the fields that were
added; the header knows order, widths and what is hidden.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView

from clacks_monitor.core.columns import DEFAULT_COLUMNS, Column, FieldColumn, column_from, fields_of
from clacks_monitor.gui.kit import cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.columns import AddedColumn, ShownColumn
    from clacks_monitor.gui.table.event_model import EventModel
    from clacks_monitor.gui.table.row_painter import RowPainter

MAX_FIELDS = 20
MIN_SUMMARY = 160
"""The least width of the summary, in pixels."""
GOOD_SUMMARY = 260
"""The width of the summary below which less important columns give way."""
_TIME = cells.COLUMNS.index(Column.TIME)
_SUMMARY = cells.COLUMNS.index(Column.SUMMARY)


class TableColumns(QObject):
    """Which of a model's columns a header shows; ``refused`` carries why a column could not be added."""

    refused = Signal(str)

    def __init__(self, header: QHeaderView, model: EventModel, painter: RowPainter) -> None:
        super().__init__(header)
        self._model, self._painter = model, painter
        self._header = header
        self._header.setSectionsMovable(True)
        self._header.setFirstSectionMovable(True)
        self._header.setHighlightSections(False)
        self._header.setMinimumSectionSize(48)
        self._header.setStretchLastSection(False)
        self._header.sectionResized.connect(self.fit)
        self._header.setAccessibleName(self.tr("Columns"))
        self._width = header.width()
        self._line = header.fontMetrics().height()
        self._fitting = self._alone = False
        self._yielded: dict[Column, int] = {}
        self.reset()

    # -- which ---------------------------------------------------------------------------------------------------

    @property
    def header(self) -> QHeaderView:
        """The header that shows the columns."""
        return self._header

    @property
    def all(self) -> tuple[ShownColumn, ...]:
        """Every column that there is, shown or not."""
        return self._model.columns

    def shown(self) -> list[ShownColumn]:
        """Return the columns that are shown, from left to right."""
        header = self._header
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [column for index in order if self.is_shown(column := self._model.columns[index])]

    def show(self, columns: Sequence[ShownColumn]) -> None:
        """Show exactly these, in this order; widths stay as they are. The summary is always among them."""
        wanted = list(columns) if Column.SUMMARY in columns else [*columns, Column.SUMMARY]
        self._set_fields(fields_of(wanted))
        self._hide_meanwhile({})
        self._fitting = True
        for index, column in enumerate(self._model.columns):
            self._header.setSectionHidden(index, column not in wanted)
        for place, column in enumerate(wanted):
            self._header.moveSection(self._header.visualIndex(self._model.columns.index(column)), place)
        self._fitting = False
        self.fit()

    def is_shown(self, column: ShownColumn) -> bool:
        """Tell whether a column of the model is shown, or would be if there was room."""
        return column in self._yielded or not self._header.isSectionHidden(self._model.columns.index(column))

    def set_shown(self, column: ShownColumn, *, on: bool) -> None:
        """Show or hide a column of the model."""
        self._yielded = {other: width for other, width in self._yielded.items() if other is not column}
        self._header.setSectionHidden(self._model.columns.index(column), not on)

    def show_beside_times(self, column: ShownColumn) -> None:
        """Show a column right behind that of the times."""
        index = self._model.columns.index(column)
        self._header.setSectionHidden(index, False)
        here, times = self._header.visualIndex(index), self._header.visualIndex(_TIME)
        self._header.moveSection(here, times + (here > times))

    def move(self, column: ShownColumn, step: int) -> None:
        """Move a column past its shown neighbour: to the left for -1, to the right for 1."""
        shown = self.shown()
        if column in shown and 0 <= shown.index(column) + step < len(shown):
            neighbour = shown[shown.index(column) + step]
            places = [self._header.visualIndex(self._model.columns.index(c)) for c in (column, neighbour)]
            self._header.moveSection(*places)

    def add(self, column: AddedColumn) -> None:
        """Add a column, right behind the summary; one of the same path or expression is shown again instead."""
        there = next((c for c in self._model.fields if replace(c, name="") == replace(column, name="")), None)
        if there is not None:
            self.set_shown(there, on=True)
        elif len(self._model.fields) >= MAX_FIELDS:
            self.refused.emit(self.tr("There are already %Ln such columns. Remove one first.", "", MAX_FIELDS))
        else:
            names = {cells.heading(c) for c in self._model.columns}
            named = column if column.name not in names else replace(column, name=_other_name(column))
            self._set_fields((*self._model.fields, named))
            last = self._header.visualIndex(len(self._model.columns) - 1)
            self._header.moveSection(last, self._header.visualIndex(_SUMMARY) + 1)

    def remove(self, column: AddedColumn) -> None:
        """Remove a column that was added."""
        self._set_fields(tuple(c for c in self._model.fields if c != column))

    def rename(self, column: AddedColumn, name: str) -> None:
        """Give a column that was added another heading."""
        renamed = column_from(str(replace(column, name=name)))
        if renamed is not None and renamed.field is not None:
            self._model.rename_field(column, renamed.field)

    def _set_fields(self, fields: Sequence[AddedColumn]) -> None:
        sorted_by = self._model.columns[max(0, self._header.sortIndicatorSection())]
        old = set(self._model.fields)
        self._model.set_fields(fields)
        for index, column in enumerate(self._model.columns):
            if column.field is not None and column not in old:
                self._header.setSectionResizeMode(index, QHeaderView.ResizeMode.Interactive)
                self._header.resizeSection(index, self._painter.width_for(column))
        if sorted_by not in self._model.columns:
            self._header.setSortIndicator(_TIME, Qt.SortOrder.AscendingOrder)
        self.fit()

    @Slot()
    def reset(self) -> None:
        """Show the usual columns in their usual order and width."""
        header = self._header
        self._set_fields(())
        self._hide_meanwhile({})
        self._fitting = True
        for index, column in enumerate(cells.TABLE_COLUMNS):
            header.moveSection(header.visualIndex(index), index)
            header.setSectionHidden(index, column not in DEFAULT_COLUMNS)
            header.setSectionResizeMode(index, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(index, self._painter.width_for(column))
        self._fitting = False
        self.fit()
        header.setSortIndicator(_TIME, Qt.SortOrder.AscendingOrder)

    def know_connections(self, count: int) -> None:
        """Take note of how many connections there are: where there is one, its name is the same in all rows."""
        if self._alone != (count == 1):
            self._alone = count == 1
            self.fit()

    def fit_to(self, width: int) -> None:
        """Fill a viewport of another width."""
        self._width = width
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Let the summary fill what the others leave, but never less than can be read: then the table scrolls."""
        if self._fitting:
            return
        self._fitting = True
        header = self._header
        self._give_way()
        others = header.length() - header.sectionSize(_SUMMARY)
        header.resizeSection(_SUMMARY, max(MIN_SUMMARY, self._width - others))
        self._fitting = False

    def _give_way(self) -> None:
        """Hide the connection where there is one, then the size, where the summary would be cut off; show them else."""
        header, widths = self._header, dict(self._yielded)
        left = self._width - (header.length() - header.sectionSize(_SUMMARY)) - sum(widths.values())
        yielding = set[Column]()
        for column in (Column.CONNECTION, Column.SIZE):
            if not self.is_shown(column) or (column is Column.CONNECTION and not self._alone):
                continue
            if left >= GOOD_SUMMARY:
                break
            widths.setdefault(column, header.sectionSize(self._model.columns.index(column)))
            left += widths[column]
            yielding.add(column)
        self._hide_meanwhile({column: widths[column] for column in yielding})

    def _hide_meanwhile(self, widths: dict[Column, int]) -> None:
        """Hide these columns, of these widths, and show those that were hidden before for want of width."""
        fitting, self._fitting = self._fitting, True
        before, self._yielded = self._yielded, widths
        for column in before.keys() ^ widths.keys():
            self._header.setSectionHidden(self._model.columns.index(column), column in widths)
        self._fitting = fitting

    def scale(self) -> None:
        """Make the columns as much wider or narrower as the text has become."""
        line, before = self._header.fontMetrics().height(), self._line
        self._line = line
        for index in range(self._header.count()):
            if index != _SUMMARY:
                self._header.resizeSection(index, round(self._header.sectionSize(index) * line / before))

    def fit_times(self) -> None:
        """Give the time's column the width that its times need."""
        self._header.resizeSection(_TIME, self._painter.width_for(Column.TIME))
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, _TIME, _TIME)

    def make_room_for_times(self, text: str) -> None:
        """Widen the time's column where a text does not fit; a wider one stays as it is."""
        needed = self._painter.width_of(Column.TIME, text)
        self._header.resizeSection(_TIME, max(self._header.sectionSize(_TIME), needed))

    # -- keeping -------------------------------------------------------------------------------------------------

    def state(self) -> tuple[str, QByteArray]:
        """Return which columns there are, and order, widths and visibility of all columns, to be kept."""
        self._hide_meanwhile({})
        state = self._header.saveState()
        self.fit()
        return json.dumps([str(column) for column in self._model.columns]), state

    def restore(self, columns: str, state: QByteArray) -> None:
        """Take columns as they were; what cannot be read is ignored. The order of rows is always that of arrival.

        ``columns`` are their keys: a state that was stored for others would belong to the wrong ones.
        """
        self._hide_meanwhile({})
        stored = _read(columns)
        self._set_fields(fields_of(stored)[:MAX_FIELDS])
        with QSignalBlocker(self._header):  # the stored sort indicator must not sort
            restored = tuple(stored) == self._model.columns and self._header.restoreState(state)
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        if restored:
            self._header.setSortIndicator(_TIME, Qt.SortOrder.AscendingOrder)
        self.set_shown(Column.SUMMARY, on=True)
        self.fit()


def _other_name(column: AddedColumn) -> str:
    """Return a heading for a column whose own one is there already."""
    return " ".join(column.path[-2:]) if isinstance(column, FieldColumn) else f"{column.name} *"


def _read(text: str) -> tuple[ShownColumn, ...]:
    try:
        keys = json.loads(text) if text else []
    except ValueError:
        return ()
    columns = [column_from(key) for key in keys if isinstance(key, str)] if isinstance(keys, list) else []
    return tuple(column for column in columns if column is not None)
