"""Finding in the table: from match to match, how many there are, what the map along the scroll bar shows of them.

Owner: the main window. Thread: the window's; the search runs in a process of its own and tells what it finds.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.table.find_answer import FindAnswer
from clacks_monitor.gui.table.match_set import MatchSet
from clacks_monitor.gui.table.match_walk import next_match

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.table.find_bar import FindBar
    from clacks_monitor.session.notices import FilterProgress, Matches
    from clacks_monitor.session.view.searching import Searching

FURTHER_MS = 1_000


class Finding(QObject):
    """``matches`` are those of the present search."""

    def __init__(
        self, searching: Searching, table: EventTable, bar: FindBar, commands: Commands, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._searching, self._table, self._bar = searching, table, bar
        self.matches = MatchSet()
        self._folded = array("q")
        """Matches for which other rows stand: gone to where nothing else matches, as by the comment on a copy."""

        self._search = 0
        self._asked = ("", "text", False)
        self._answer = FindAnswer()
        self._pending: bool | None = None
        self._from = self._origin = 0
        bar.changed.connect(self._begin)
        bar.step_wanted.connect(self.step)
        bar.closed.connect(self.end)
        commands.on("find", self.open)
        commands.on("find.next", self.next)
        commands.on("find.previous", self.previous)
        self._timer = QTimer(self, interval=FURTHER_MS)
        self._timer.timeout.connect(self._look_further)

    # -- beginning and ending ------------------------------------------------------------------------------------

    @Slot()
    def open(self) -> None:
        """Show the find bar; the search begins at the row that the user is on."""
        self._from = self._table.current_sequence
        self._bar.open()

    @Slot()
    def end(self) -> None:
        """Forget the search."""
        self._searching.stop()
        self._timer.stop()
        self._search, self._pending = 0, None
        self.matches = MatchSet()
        self._table.map.show_matches(self.matches)

    def _question(self) -> tuple[str, str, bool]:
        return self._bar.text, self._bar.kind_key, self._bar.match_case

    @Slot()
    def _begin(self) -> None:
        """Search for what stands in the bar now, beginning where the user was; go to the first match."""
        self.end()
        text, kind, match_case = self._asked = self._question()
        if not text:
            self._bar.show_message("")
            return
        self._origin = self._from or self._table.current_sequence
        start = max(0, self._origin - 1)
        self._answer = FindAnswer()
        self.matches = MatchSet(start)
        self._folded = array("q")
        self._pending = True
        self._search = self._searching.start(text, kind, start=start, match_case=match_case)
        self._timer.start()
        self._show_message()

    @Slot()
    def _look_further(self) -> None:
        if self._search and not self._bar.isHidden():
            self._searching.look_further()

    @Slot(object)
    def on_progress(self, notice: FilterProgress) -> None:
        """Search again when another filter shows other rows."""
        if notice.finished and self._search and (self._answer.hidden or len(self.matches)):
            self._begin()
            self._pending = None

    @Slot(object)
    def on_matches(self, notice: Matches) -> None:
        """Take what was found; what the filter hides is counted only."""
        if notice.search != self._search:
            return
        store = self._table.events.store
        found = list(filter(store.shows, notice.sequences))
        self._answer.hidden += len(notice.sequences) - len(found)
        shown = [sequence for sequence in found if not store.is_folded(sequence)]
        self._folded.extend(filter(store.is_folded, found))
        if notice.finished and not shown and not len(self.matches):
            shown = list(self._folded)
        self._answer.slow = notice.slow
        self._answer.share = 100 * notice.done // notice.total if notice.total else 100
        self.matches.add(shown)
        self.matches.finished = notice.finished
        if notice.problem:
            self._pending, self._search = None, 0
            self._bar.show_message(translated(notice.problem), bad=True)
            return
        self._show_message()
        if self._pending is not None:
            self._go(forward=self._pending, first=True)
        if shown:
            self._table.map.show_matches(self.matches)

    # -- from match to match -------------------------------------------------------------------------------------

    @Slot()
    def next(self) -> None:
        """Go to the next match, downwards."""
        self.step(True)

    @Slot()
    def previous(self) -> None:
        """Go to the match before, upwards."""
        self.step(False)

    @Slot(bool)
    def step(self, forward: bool) -> None:
        """Go to the next match in a direction; open the bar when nothing is searched for."""
        if not self._bar.text:
            self.open()
        elif not self._search or self._asked != self._question():
            self._from = self._table.current_sequence
            self._begin()
            self._pending = forward
        else:
            self._go(forward=forward, first=False)

    def _go(self, *, forward: bool, first: bool) -> None:
        here = self._origin if first else self._table.current_sequence
        found, wrapped = next_match(self._table.events.store, self.matches, here, forward=forward, or_here=first)
        self._pending = forward if found < 0 else None
        if found > 0:
            self._answer.wrapped = wrapped
            self._table.go_to(found)
        self._show_message()

    # -- the answer ---------------------------------------------------------------------------------------------------

    def _show_message(self) -> None:
        if self._search:
            here, finished = self._table.current_sequence, self.matches.finished
            text = self._answer.text(self.matches, here)
            self._bar.show_message(text, bad=finished and not len(self.matches))
