"""The dock of the statistics: built on first use, updated while it is visible. Owner: the main window; its thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from clacks_monitor.gui.captures.statistics_pane import StatisticsPane
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.side_dock import bring_up, side_dock
from clacks_monitor.session.work.answers import StoreAnswer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDockWidget, QMainWindow

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.timeline.timing import Timing
    from clacks_monitor.session.notices import Counted
    from clacks_monitor.session.session import Session

_MAX_BARS = 20_000


class StatisticsActions(QObject):
    """Shows how often and how many over time, for the span that the timeline is limited to, else for the capture."""

    def __init__(self, session: Session, timing: Timing, commands: Commands, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._session, self._timing, self._theme, self._window = session, timing, theme, window
        self._dock: QDockWidget | None = None
        self.pane: StatisticsPane | None = None
        self._seconds = 0.0
        self._asked: StoreAnswer[tuple[int, int]] = StoreAnswer()
        timing.span_changed.connect(self.ask)
        commands.on("statistics", self.show)

    @Slot()
    def show(self) -> None:
        """Show the statistics, or bring them to the front."""
        if self._dock is None:
            self._dock = self._make()
        bring_up(self._dock)
        if self.pane is not None:
            self.pane.by.setFocus()

    def _make(self) -> QDockWidget:
        self.pane = StatisticsPane(self._theme, self._window)
        self.pane.offer_fields(info.name for info in self._session.catalogue.vocabulary())
        self.pane.wanted.connect(self.ask)
        return side_dock(self._window, self.tr("Statistics"), "statisticsDock", self.pane)

    @Slot()
    def ask(self) -> None:
        """Ask for the counts of the pane's subject, in the span of time that is shown."""
        pane = self.pane
        if pane is None or not pane.isVisible() or not pane.subject:
            return
        self._asked.give_up()
        span = self._timing.span
        self._asked = StoreAnswer.known(span) if span is not None else self._session.rows.time_span()
        self._asked.then(partial(self._ask, pane))

    def _ask(self, pane: StatisticsPane, times: tuple[int, int]) -> None:
        first, last = times
        self._seconds = max(0, last - first) / formats.NS
        bucket = pane.bucket_ns
        while (last - first) // bucket > _MAX_BARS:
            bucket *= 60
        question = self._session.statistics.ask_counts(pane.subject, first, last + 1, bucket)
        span = " – ".join(formats.span(first, last)) if last else ""
        text = self.tr("Selected: %1") if self._timing.span else self.tr("Whole capture: %1")
        pane.expect(question, text.replace("%1", span) if span else "")

    @Slot(object)
    def on_counted(self, notice: Counted) -> None:
        """Show an answer."""
        if self.pane is not None:
            self.pane.show_counts(notice, self._seconds)
