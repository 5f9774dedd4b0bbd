"""The dock of the charts, above the timeline: built on first use, brought up to date while it is visible.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget

from clacks_monitor.core.chart import MAX_COLUMNS, ChartSpan
from clacks_monitor.core.chart_subjects import subject_for
from clacks_monitor.core.event import Event
from clacks_monitor.core.paths import local
from clacks_monitor.gui.charts.chart_pane import ChartPane
from clacks_monitor.gui.detail.fields import leaves
from clacks_monitor.gui.kit import formats, xml_text
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.side_dock import bring_up, put_above_timeline
from clacks_monitor.gui.timeline.time_scale import BAR

if TYPE_CHECKING:
    from clacks_monitor.core.chart import ChartShown
    from clacks_monitor.core.event import Excerpt
    from clacks_monitor.core.paths import Path
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.timeline.timeline import Timeline
    from clacks_monitor.gui.timeline.timing import Timing
    from clacks_monitor.session.session import Session

MAX_CHARTS: Final = 3
PATIENCE: Final = 20
"""Refreshes after which an answer is taken for lost, as when the capture could not be read for a moment."""
_HEIGHT: Final = 150
_BYTES, _LEAVES = 32 * 1024, 500
"""Of a body that are looked through for keys, which the window waits for."""


@dataclass(slots=True)
class _Open:
    """A chart that is open, and what it was last asked for.

    It waits for the answer for so many refreshes, and is asked ``again`` when there was one meanwhile.
    """

    pane: ChartPane
    asked: ChartSpan | None = None
    waiting: int = 0
    again: bool = False


class ChartsView(QWidget):
    """The charts one below the other, or how to open one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = PlainLabel(self, self.tr("Choose “Chart over time” in the menu of a number in an event."))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setForegroundRole(self._hint.palette().ColorRole.PlaceholderText)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._hint)

    def add(self, pane: ChartPane) -> None:
        """Show a chart below the others."""
        self._hint.hide()
        self._column.addWidget(pane, 1)
        pane.show()

    def remove(self, pane: ChartPane, *, last: bool) -> None:
        """Remove a chart."""
        self._column.removeWidget(pane)
        pane.hide()
        pane.deleteLater()
        self._hint.setVisible(last)


class ChartActions(QObject):
    """Opens charts; ``notified`` carries what to say."""

    notified = Signal(str)

    def __init__(
        self,
        session: Session,
        table: EventTable,
        timing: Timing,
        timeline: Timeline,
        commands: Commands,
        theme: Theme,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session, self._table, self._timing, self._timeline = session, table, timing, timeline
        self._theme, self._window = theme, window
        self._dock: QDockWidget | None = None
        self._view: ChartsView | None = None
        self._open: dict[int, _Open] = {}
        self._numbers = count(1)
        commands.on("charts", self.show)
        timeline.shown.connect(self.refresh)

    @property
    def panes(self) -> list[ChartPane]:
        """The charts that are open, the topmost first."""
        return [found.pane for found in self._open.values()]

    @Slot()
    def show(self) -> None:
        """Show the charts, or bring them to the front."""
        if self._dock is None:
            self._dock = self._make()
        bring_up(self._dock)
        for pane in self.panes[-1:]:
            pane.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timing.ask()

    def _make(self) -> QDockWidget:
        """Make the dock between the table and the timeline, as wide as that: so both have the same axis."""
        window = self._window
        view = self._view = ChartsView(window)
        dock = QDockWidget(self.tr("Charts"), window)
        dock.setObjectName("chartsDock")
        dock.setWidget(view)
        self._timing.widgets.append(view)
        put_above_timeline(window, dock, _HEIGHT)
        return dock

    # -- opening and closing -------------------------------------------------------------------------------------

    @Slot(object)
    def open(self, path: Path) -> None:
        """Open a chart of the field at a path of the selected event."""
        if len(self._open) >= MAX_CHARTS:
            text = self.tr("At most %1 charts are shown. Close one first.")
            self.notified.emit(text.replace("%1", formats.number(MAX_CHARTS)))
            self.show()
            return
        self._session.rows.excerpt(self._table.current_sequence).then(partial(self._open_chart, path))

    def _open_chart(self, path: Path, excerpt: Excerpt | None) -> None:
        found: list[tuple[Path, str]] = []
        if excerpt is not None and isinstance(excerpt.entry, Event):
            root = xml_text.parsed(excerpt.entry.raw.body[:_BYTES], whole=excerpt.size <= _BYTES)
            found = leaves(root, _LEAVES) if root is not None else []
        fields = [(tuple(local(step) for step in steps[1:]), text) for steps, text in found]
        number = next(self._numbers)
        pane = ChartPane(subject_for(path, fields), fields, self._theme, self._timeline, self._window)
        self._open[number] = _Open(pane)
        pane.changed.connect(partial(self._ask, number))
        pane.closed.connect(partial(self._close, number))
        pane.row_wanted.connect(self._go_to)
        self.show()
        if self._view is not None:
            self._view.add(pane)
        if self._dock is not None:
            self._window.resizeDocks([self._dock], [_HEIGHT * len(self._open)], Qt.Orientation.Vertical)
        pane.forget()
        self.show()

    def _close(self, number: int) -> None:
        closed = self._open.pop(number)
        self._session.charts.drop(number)
        if self._view is not None:
            self._view.remove(closed.pane, last=not self._open)
        if self._dock is not None and not self._open:
            self._dock.hide()

    @Slot()
    def hide(self) -> None:
        """Hide the charts, as at first."""
        if self._dock is not None:
            self._dock.setFloating(False)
            self._dock.hide()

    @Slot(int)
    def _go_to(self, sequence: int) -> None:
        if not self._table.go_to(sequence):
            self.notified.emit(self.tr("The event is hidden by the filter"))

    # -- numbers -------------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Ask for what is shown now; a question is not asked again while its answer is on its way."""
        for number, chart in self._open.items():
            chart.waiting -= 1
            chart.again = True
            if chart.pane.isVisible() and (chart.waiting <= 0 or self._span(chart.pane) != chart.asked):
                self._ask(number)

    def _span(self, pane: ChartPane) -> ChartSpan:
        scale = pane.plot.scale
        return ChartSpan(scale.from_ns, scale.bucket_ns // BAR, min(scale.count * BAR, MAX_COLUMNS))

    def _ask(self, number: int) -> None:
        chart = self._open[number]
        span = self._span(chart.pane)
        if chart.asked is not None and span.column_ns != chart.asked.column_ns:
            chart.pane.forget()
        chart.asked, chart.waiting, chart.again = span, PATIENCE, False
        self._session.charts.ask(number, chart.pane.subject, span)

    @Slot(object)
    def on_chart(self, notice: ChartShown) -> None:
        """Show an answer, and ask for the rest."""
        chart = self._open.get(notice.number)
        if chart is None or notice.span != chart.asked:
            return
        chart.waiting = 0
        chart.pane.show_chart(notice)
        if (notice.left or chart.again) and chart.pane.isVisible():
            self._ask(notice.number)

    @Slot()
    def capture_changed(self) -> None:
        """Begin anew with another capture."""
        for chart in self._open.values():
            chart.asked = None
            chart.pane.forget()
