"""Passes rows from the session to the table's model: at once, or after a pause, or when the pointer is released.

Owner: the main window. Thread: the window's. While the view is paused, new rows wait and are counted; while the pointer
holds something, everything waits, so that no row moves under it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.gui.table.row_store import WaitingRows

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from clacks_monitor.gui.table.event_model import EventModel
    from clacks_monitor.session.notices import Ordered, ViewReset, ViewRows


class ModelUpdates(QObject):
    """``waiting_changed`` carries how many rows wait while paused."""

    waiting_changed = Signal(int)

    def __init__(self, model: EventModel) -> None:
        super().__init__(model)
        self.model = model
        self._waiting = WaitingRows()
        self._postponed: list[Callable[[], None]] = []
        self._holding = False
        self._paused_at: int | None = None
        self._last = 0

    # -- what comes from the session -----------------------------------------------------------------------------

    def on_reset(self, notice: ViewReset) -> None:
        """Forget all rows: a new generation begins."""
        if self._keep(partial(self.on_reset, notice)):
            return
        self._waiting.clear()
        self.model.reset(notice.generation)
        self.waiting_changed.emit(0)

    def on_rows(self, notice: ViewRows) -> None:
        """Show a batch; rows of another generation are ignored."""
        if self._keep(partial(self.on_rows, notice)):
            return
        if notice.generation != self.model.generation or not notice.sequences:
            return
        sequences, tints, folded = notice.sequences, notice.tints, notice.folded
        if self._paused_at is not None and sequences[-1] > self._paused_at:
            sequences, tints, folded = self._set_aside(sequences, tints, folded)
        if not sequences:
            return
        self._last = max(self._last, sequences[-1])
        self.model.add(sequences, tints, folded, at_start=notice.at_start)
        self.model.count_again(notice.repeated)

    def _set_aside(
        self, sequences: array[int], tints: bytes, folded: Sequence[int]
    ) -> tuple[array[int], bytes, Sequence[int]]:
        """Keep what is newer than the pause; return the rest."""
        limit = self._paused_at or 0
        old = bisect_right(sequences, limit)
        old_folded = bisect_right(folded, limit)
        self._waiting.add(sequences[old:], tints[old:], folded[old_folded:])
        self.waiting_changed.emit(len(self._waiting))
        return sequences[:old], tints[:old], folded[:old_folded]

    def on_ordered(self, notice: Ordered) -> None:
        """Show the rows in another order; one of another generation is ignored."""
        if self._keep(partial(self.on_ordered, notice)):
            return
        if notice.generation == self.model.generation:
            self.model.order_as(notice)

    # -- pausing and holding -------------------------------------------------------------------------------------

    @property
    def paused(self) -> bool:
        """Whether new rows wait."""
        return self._paused_at is not None

    def pause(self) -> None:
        """Let new rows wait from now on."""
        if self._paused_at is None:
            self._paused_at = self._last

    def resume(self) -> None:
        """Show the rows that waited, and those that come."""
        self._paused_at = None
        sequences, tints, folded = self._waiting.clear()
        if sequences:
            self._last = max(self._last, sequences[-1])
            self.model.add(sequences, tints, folded, at_start=False)
            self.model.read_again()
        self.waiting_changed.emit(0)

    @Slot()
    def hold(self) -> None:
        """Let everything wait: the pointer is pressed, or a menu is open."""
        self._holding = True

    @Slot()
    def release(self) -> None:
        """Pass on what waited since hold()."""
        if not self._holding:
            return
        self._holding = False
        postponed, self._postponed = self._postponed, []
        for pass_on in postponed:
            pass_on()

    def _keep(self, pass_on: Callable[[], None]) -> bool:
        if self._holding:
            self._postponed.append(pass_on)
        return self._holding
