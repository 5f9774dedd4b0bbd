"""From one invalid event or gap to the next: what needs an operator's eye is one key away.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.event import RowKind
from clacks_monitor.gui.kit.key_names import with_keys

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


class TroubleWalk(QObject):
    """Goes to the next one that is shown, from the row the user is on; past the end it begins again."""

    notified = Signal(str)

    def __init__(self, rows: Rows, table: EventTable, status: StatusBar, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._rows, self._table = rows, table
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
        found, hidden = self._shown_beyond(here, kinds, forward=forward)
        if not found:
            found, hidden = self._shown_beyond(0 if forward else _MAX_SEQUENCE, kinds, forward=forward)
            if found and found != here:
                self.notified.emit(self.tr("Search wrapped"))
        if found:
            self._table.go_to(found)
        elif hidden:
            self.notified.emit(with_keys(self.tr("Hidden by the filter. %1 shows all."), "Ctrl+0"))
        else:
            self.notified.emit(self.tr("None found"))

    def _shown_beyond(self, here: int, kinds: Collection[RowKind], *, forward: bool) -> tuple[int, bool]:
        """Return the first one beyond ``here`` that is in the table, 0 for none, and whether any was passed over."""
        hidden = False
        for _page in range(_MAX_PAGES):
            page = self._rows.troubles(here, kinds, forward=forward)
            if not page:
                break
            found = next((s for s in page if self._table.events.store.position_of(s) >= 0), 0)
            if found:
                return found, hidden
            hidden, here = True, page[-1]
        return 0, hidden
