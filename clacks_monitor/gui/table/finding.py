"""Finding in the table: from match to match, how many there are, what the map along the scroll bar shows of them.

Owner: the main window. Thread: the window's; the search runs in a process of its own and tells what it finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.table.match_set import MatchSet

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.table.find_bar import FindBar
    from clacks_monitor.session.notices import FilterProgress, Matches
    from clacks_monitor.session.view.searching import Searching

FURTHER_MS = 1_000
_FEW = 20_000
"""Matches whose places are looked up one by one when the table is in a column's order."""


class Finding(QObject):
    """``matches`` are those of the present search."""

    def __init__(
        self, searching: Searching, table: EventTable, bar: FindBar, commands: Commands, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._searching, self._table, self._bar = searching, table, bar
        self.matches = MatchSet()
        self._search = 0
        self._asked = ("", "text", False)
        self._hidden = 0
        self._slow = 0
        self._share = 0
        self._wrapped = False
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
        self._hidden = self._slow = self._share = 0
        self._wrapped = False
        self.matches = MatchSet(start)
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
        if notice.finished and self._search and (self._hidden or len(self.matches)):
            self._begin()
            self._pending = None

    @Slot(object)
    def on_matches(self, notice: Matches) -> None:
        """Take what was found; what the filter hides is counted only."""
        if notice.search != self._search:
            return
        position = self._table.events.store.position_of
        shown = [sequence for sequence in notice.sequences if position(sequence) >= 0]
        self._hidden += len(notice.sequences) - len(shown)
        self._slow = notice.slow
        self._share = 100 * notice.done // notice.total if notice.total else 100
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
        found, wrapped = self._next(here, forward=forward, or_here=first)
        self._pending = forward if found < 0 else None
        if found > 0:
            self._wrapped = wrapped
            self._table.go_to(found)
        self._show_message()

    def _next(self, here: int, *, forward: bool, or_here: bool) -> tuple[int, bool]:
        """Return the next match from ``here`` (0: none, -1: not known yet), and whether it is round the end."""
        if self._table.events.store.ordered:
            known = self.matches.finished
            return self._next_in_order(here, forward=forward, or_here=or_here) if known else (-1, False)
        upwards = forward is not self._table.events.store.newest_first
        found = self.matches.above(max(0, here - or_here)) if upwards else self.matches.below(here + or_here)
        if found:
            return found, False
        return (self.matches.first() if upwards else self.matches.last()), here > 0

    def _next_in_order(self, here: int, *, forward: bool, or_here: bool) -> tuple[int, bool]:
        """Return the next match in a column's order: few are looked up, of many one is near."""
        model, matches = self._table.events, self.matches
        place, step = model.store.position_of(here), 1 if forward else -1
        if not len(matches):
            return 0, False
        if len(matches) > _FEW:
            count = model.rowCount()
            for distance in range(0 if or_here else 1, count + 1):
                position = (place + step * distance) % count
                if model.store.sequence_at(position) in matches:
                    return model.store.sequence_at(position), not 0 <= place + step * distance < count
            return 0, False
        places = sorted(step * model.store.position_of(sequence) for sequence in matches.sampled(_FEW))
        further = next((p for p in places if p > step * place or (or_here and p == step * place)), None)
        return model.store.sequence_at(step * (places[0] if further is None else further)), further is None and here > 0

    # -- words ---------------------------------------------------------------------------------------------------

    def _show_message(self) -> None:
        if not self._search:
            return
        count = len(self.matches)
        parts = [self._counted(count)] if count or self.matches.finished else []
        if self._hidden:
            parts.append(self.tr("%Ln hidden", "", self._hidden))
        if self._slow:
            parts.append(self.tr("%Ln not evaluated (too slow)", "", self._slow))
        if not self.matches.finished:
            parts.append(self.tr("searching %1 %").replace("%1", str(self._share)))
        elif self._wrapped:
            parts.append(self.tr("search wrapped"))
        self._bar.show_message(", ".join(parts), bad=self.matches.finished and not count)

    def _counted(self, count: int) -> str:
        if not count:
            return self.tr("only in hidden events") if self._hidden else self.tr("not found")
        total, here = formats.number(count), self._table.current_sequence
        if here not in self.matches:
            return self.tr("%Ln match(es)", "", count)
        rank = formats.number(self.matches.count_between(0, here) + 1)
        return self.tr("%1 of %2").replace("%1", rank).replace("%2", total)
