"""The dock of the spans, above the timeline: built on first use, brought up to date while it is visible.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow

from clacks_monitor.gui.kit.side_dock import bring_up, put_above_timeline
from clacks_monitor.gui.spans.spans_pane import SpansPane

if TYPE_CHECKING:
    from clacks_monitor.core.board_spans import SpanBar, SpanLane, SpansShown, SpansWanted
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.timeline.timeline import Timeline
    from clacks_monitor.gui.timeline.timing import Timing
    from clacks_monitor.session.boards import Boards

PATIENCE: Final = 20
"""Refreshes after which an answer is taken for lost, as when the capture could not be read for a moment."""
_HEIGHT: Final = 220


class SpanActions(QObject):
    """``filter_wanted`` carries a query, ``span_wanted`` two times, ``row_wanted`` the number of an event."""

    filter_wanted = Signal(str)
    span_wanted = Signal(object, object)
    row_wanted = Signal(int)

    def __init__(
        self, boards: Boards, timing: Timing, timeline: Timeline, commands: Commands, theme: Theme, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._boards, self._timing, self._timeline = boards, timing, timeline
        self._theme, self._window = theme, window
        self._dock: QDockWidget | None = None
        self.pane: SpansPane | None = None
        self._asked: SpansWanted | None = None
        self._waiting, self._again = 0, False
        commands.on("spans", self.show)
        timeline.shown.connect(self.refresh)

    @Slot()
    def show(self) -> None:
        """Show the spans, or bring them to the front."""
        if self._dock is None or self.pane is None:
            self._dock, self.pane = self._make()
        bring_up(self._dock)
        self.pane.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timing.ask()
        self.ask()

    def _make(self) -> tuple[QDockWidget, SpansPane]:
        """Make the dock between the table and the timeline, as wide as that: so both have the same axis."""
        pane = SpansPane(self._boards.definitions(), self._theme, self._timeline, self._window)
        dock = QDockWidget(self.tr("Spans"), self._window)
        dock.setObjectName("spansDock")
        dock.setWidget(pane)
        self._timing.widgets.append(pane)
        pane.changed.connect(self.ask)
        pane.plot.opened.connect(self._open)
        pane.plot.row_wanted.connect(self.row_wanted)
        put_above_timeline(self._window, dock, _HEIGHT)
        return dock, pane

    @Slot()
    def hide(self) -> None:
        """Hide the spans, as at first."""
        if self._dock is not None:
            self._dock.setFloating(False)
            self._dock.hide()

    # -- numbers -------------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Ask for what is shown now; a question is not asked again while its answer is on its way."""
        self._waiting -= 1
        self._again = True
        if self.pane is not None and self.pane.isVisible() and (self._waiting <= 0 or self.pane.wanted != self._asked):
            self.ask()

    @Slot()
    def ask(self) -> None:
        """Ask for the spans."""
        if self.pane is None or not self.pane.isVisible():
            return
        self._asked, self._waiting, self._again = self.pane.wanted, PATIENCE, False
        self._boards.ask_spans(self._asked)

    @Slot(object)
    def on_spans(self, notice: SpansShown) -> None:
        """Show an answer, and ask for the rest."""
        if self.pane is None or notice.wanted != self._asked:
            return
        self._waiting = 0
        self.pane.show_spans(notice)
        if notice.left or self._again:
            self.ask()

    @Slot(object, object)
    def _open(self, bar: SpanBar, lane: SpanLane) -> None:
        """Show the events of a bar: those of its key, in its time, with the event that ends it."""
        if self._asked is not None:
            self.filter_wanted.emit(self._boards.query(self._asked.source, lane.texts))
            self.span_wanted.emit(bar.from_ns, (bar.to_ns or time.time_ns()) + 1)

    @Slot()
    def capture_changed(self) -> None:
        """Begin anew with another capture."""
        self._asked = None
        if self.pane is not None:
            self.pane.forget()
            self.ask()
