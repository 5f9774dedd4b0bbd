"""From one invalid event or gap to the next: what needs an operator's eye is one key away.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.event import RowKind
from clacks_monitor.gui.kit.key_names import with_keys
from clacks_monitor.session.work.answers import StoreAnswer

if TYPE_CHECKING:
    from collections.abc import Collection

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.window.bars.status_bar import StatusBar
    from clacks_monitor.session.view.rows import Rows

_INVALID = frozenset({RowKind.INVALID})
_GAPS = frozenset({RowKind.GAP})
_ANY = _INVALID | _GAPS
_MAX_SEQUENCE = 2**63 - 1
_MAX_PAGES = 40
"""How many pages of hidden ones to pass over before giving up: each costs a few milliseconds."""


@dataclass(frozen=True, slots=True)
class _Walk:
    """A search for the next one, and where it is; ``hidden`` is whether any was passed over."""

    kinds: Collection[RowKind]
    forward: bool
    begin: int
    at: int
    pages: int = 0
    hidden: bool = False
    wrapped: bool = False


class TroubleWalk(QObject):
    """Goes to the next one that is shown, from the row the user is on; past the end it begins again."""

    notified = Signal(str)

    def __init__(self, rows: Rows, table: EventTable, status: StatusBar, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._rows, self._table = rows, table
        self._asked: StoreAnswer[list[int]] = StoreAnswer()
        commands.on("trouble.next", self.next)
        commands.on("trouble.previous", self.previous)
        status.invalid_wanted.connect(self.previous_invalid)
        status.gap_wanted.connect(self.previous_gap)

    @Slot()
    def next(self) -> None:
        """Go to the next invalid event or gap."""
        self._go(_ANY, forward=True)

    @Slot()
    def previous(self) -> None:
        """Go to the invalid event or gap before."""
        self._go(_ANY, forward=False)

    @Slot()
    def previous_invalid(self) -> None:
        """Go to the newest invalid event, then to the one before it."""
        self._go(_INVALID, forward=False)

    @Slot()
    def previous_gap(self) -> None:
        """Go to the newest gap, then to the one before it."""
        self._go(_GAPS, forward=False)

    def _go(self, kinds: Collection[RowKind], *, forward: bool) -> None:
        here = self._table.current_sequence or (0 if forward else _MAX_SEQUENCE)
        self._asked.give_up()
        self._look(_Walk(kinds, forward, here, here))

    def _look(self, walk: _Walk) -> None:
        self._asked = self._rows.troubles(walk.at, walk.kinds, forward=walk.forward)
        self._asked.then(partial(self._look_through, walk))

    def _look_through(self, walk: _Walk, page: list[int]) -> None:
        """Go to the first one of a page that is in the table; else look at the next page, from the other end once."""
        found = next((s for s in page if self._table.events.store.position_of(s) >= 0), 0)
        hidden = walk.hidden or bool(page)
        if found:
            if walk.wrapped and found != walk.begin:
                self.notified.emit(self.tr("Search wrapped"))
            self._table.go_to(found)
        elif page and walk.pages + 1 < _MAX_PAGES:
            self._look(replace(walk, at=page[-1], pages=walk.pages + 1, hidden=True))
        elif not walk.wrapped:
            end = 0 if walk.forward else _MAX_SEQUENCE
            self._look(replace(walk, at=end, pages=0, hidden=hidden, wrapped=True))
        elif hidden:
            self.notified.emit(with_keys(self.tr("Hidden by the filter. %1 shows all."), "Alt+0"))
        else:
            self.notified.emit(self.tr("None found"))
