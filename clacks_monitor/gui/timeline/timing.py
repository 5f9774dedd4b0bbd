"""What the timeline shows: which span of time, how many entries lie in each bar, how many are shown in what colour.

The capture is only asked for the entries at the bars' edges; how many of them are shown is counted in the table's
arrays. So a month is as quick as a minute. Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

import time
from array import array
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.timeline.time_scale import NS, Stack, TimeScale, scale_for, scale_up_to
from clacks_monitor.session.work.answers import StoreAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.timeline.timeline import Timeline
    from clacks_monitor.session.notices import Edges
    from clacks_monitor.session.session import Session

_LENGTHS_NS = tuple(seconds * NS for seconds in (60, 600, 3_600, 6 * 3_600, 86_400, 7 * 86_400, 31 * 86_400))
_FIRST = 1
"""The first length: ten minutes."""


class Timing(QObject):
    """``span_changed`` carries the span of time that the table is limited to, two zeros for none."""

    span_changed = Signal(object, object)
    notified = Signal(str)

    def __init__(
        self, session: Session, table: EventTable, timeline: Timeline, commands: Commands, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._table, self._timeline = session, table, timeline
        self._length = _FIRST
        self._whole = False
        self._scaling: StoreAnswer[tuple[int, int]] = StoreAnswer()
        self.span: tuple[int, int] | None = None
        self._edges: array[int] | None = None
        """The first entry at or after each bar's begin, and the last one's end; None while it is asked for."""
        self._asked = TimeScale(0, NS, 1)
        self._stacks: list[Stack] = []
        self._counted = (0, 0)
        self._gap_count = 0
        self.widgets: list[QWidget] = [timeline]
        """What shows the timeline's span: the times are up to date while one of these can be seen."""
        timeline.selection.span_chosen.connect(self.limit)
        timeline.selection.span_cleared.connect(self.show_all_times)
        timeline.zoomed.connect(self.zoom)
        timeline.resized.connect(self.ask)
        commands.on("time.all", self.show_all_times)
        commands.on("time.focus", self._focus)
        self.begin()

    @Slot()
    def begin(self) -> None:
        """Begin with a capture: its last minutes when events are arriving, else all of it."""
        self.span, self._edges = None, None
        self._timeline.clear()
        self._whole, self._length = False, _FIRST

        def begin_at(times: tuple[int, int]) -> None:
            _first, newest = times
            self._whole = bool(newest) and time.time_ns() - newest > _LENGTHS_NS[_FIRST]
            self.ask()

        self._session.rows.time_span().then(begin_at)

    @Slot()
    def _focus(self) -> None:
        self._timeline.window().show()
        self._timeline.setFocus()

    # -- which span ----------------------------------------------------------------------------------------------

    def _with_scale(self, then: Callable[[TimeScale], object]) -> None:
        """Call ``then`` with the span of time that is to be shown now."""
        width = max(50, self._timeline.width())
        self._scaling.give_up()
        if self._whole:
            self._scaling = self._session.rows.time_span().then(lambda times: then(scale_for(*times, width)))
        else:
            then(scale_up_to(time.time_ns(), _LENGTHS_NS[self._length], width))

    @Slot()
    def ask(self) -> None:
        """Ask for the bars; what is not seen is not asked for."""
        if _any_visible(self.widgets):
            self._with_scale(self._ask)

    def _ask(self, scale: TimeScale) -> None:
        self._asked, self._edges = scale, None
        self._session.statistics.ask_edges(scale.from_ns, scale.bucket_ns, scale.count)

    def tick(self) -> None:
        """Show what has come since; the capture is only asked when there is another bar, or another gap."""
        gaps = self._session.counters().gaps
        if gaps != self._gap_count:
            self._gap_count = gaps
            self.ask()
        state = self._state()
        known = self._edges is not None and state == self._counted
        if not _any_visible(self.widgets) or (self._whole and known):
            return

        def follow(scale: TimeScale) -> None:
            if scale != self._asked:
                self._ask(scale)
            elif self._edges is not None and not known:
                self._grow(self._edges, state[0])

        self._with_scale(follow)

    def _state(self) -> tuple[int, int]:
        """Return the newest entry and the number of rows: the bars are the same while these are."""
        return self._session.filtering.counts.seen, self._table.events.rowCount()

    def _grow(self, edges: array[int], newest: int) -> None:
        """Let the bars that are not over yet end behind the newest entry."""
        now, edge = time.time_ns(), len(edges) - 1
        while edge > 0 and self._asked.start_of(edge) > now:
            edges[edge] = max(edges[edge], newest + 1)
            edge -= 1
        self._count_from(edge)

    @Slot(int)
    def zoom(self, step: int) -> None:
        """Show a shorter span of time (1) or a longer one (-1), at last the whole capture."""
        if self._whole and step > 0:
            self._whole = False
        elif self._length - step >= len(_LENGTHS_NS):
            self._whole = True
        elif not self._whole:
            self._length = max(0, self._length - step)
        shown = formats.duration(_LENGTHS_NS[self._length] / NS)
        self.notified.emit(
            self.tr("Timeline: whole capture") if self._whole else self.tr("Timeline: last %1").replace("%1", shown)
        )
        self.ask()

    @Slot(object, object)
    def limit(self, from_ns: int, to_ns: int) -> None:
        """Show only a span of time in the table."""
        self.span = (from_ns, to_ns)
        self._timeline.selection.show_span(self.span)
        self._session.filtering.show_span(from_ns, to_ns)
        text = self.tr("Only %1 to %2. To show all: Escape in the timeline, or View > Show all times")
        text = text.replace("%1", formats.clock_short(from_ns)).replace("%2", formats.clock_short(to_ns))
        self.notified.emit(text)
        self.span_changed.emit(from_ns, to_ns)

    @Slot()
    def show_all_times(self) -> None:
        """Show all times in the table again."""
        if self.span is not None:
            self.span = None
            self._timeline.selection.show_span(None)
            self._session.filtering.show_span(0, 0)
            self.notified.emit(self.tr("All times shown"))
            self.span_changed.emit(0, 0)

    # -- the bars ------------------------------------------------------------------------------------------------

    @Slot(object)
    def on_edges(self, notice: Edges) -> None:
        """Count what lies between the edges, and show it."""
        if (notice.from_ns, notice.bucket_ns) == (self._asked.from_ns, self._asked.bucket_ns):
            self._edges = array("q", notice.sequences)
            self._timeline.show_gaps(gaps=notice.gaps)
            self.count()

    @Slot()
    def count(self) -> None:
        """Count again with the rows that the table has now."""
        self._count_from(0)

    def _count_from(self, first: int) -> None:
        """Count in the bars from a number on, and show all."""
        edges = self._edges
        if edges is None:
            return
        rows, tints = self._table.events.store.sequences, self._table.events.store.tints
        places = [bisect_left(rows, sequence) for sequence in edges[first:]]
        stacks: list[Stack] = []
        for bar, (left, right) in enumerate(pairwise(places), first):
            part = tints[left:right]
            shown = [part.count(tint) for tint in range(len(COLOURS))] if part else ()
            stacks.append((edges[bar + 1] - edges[bar], *shown))
        self._counted = self._state()
        self._stacks = self._stacks[:first] + stacks
        self._timeline.show_bars(replace(self._asked, count=len(self._stacks)), self._stacks)


def _any_visible(widgets: Iterable[QWidget]) -> bool:
    return any(widget.isVisible() for widget in widgets)
