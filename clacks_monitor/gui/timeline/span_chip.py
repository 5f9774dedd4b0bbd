"""The chip of the span of time that the table is limited to. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from clacks_monitor.gui.timeline.timing import Timing
    from clacks_monitor.gui.window.bars.chip_bar import ChipBar

_KEY: Final = "span"


class SpanChip(QObject):
    """Shows a chip while the table has a part of the times only."""

    def __init__(self, timing: Timing, chips: ChipBar, parent: QObject) -> None:
        super().__init__(parent)
        self._timing, self._chips = timing, chips
        timing.span_changed.connect(self.show_span)
        chips.removed.connect(self._remove)

    @Slot(object, object)
    def show_span(self, from_ns: int, to_ns: int) -> None:
        """Show a span of time, two zeros for none."""
        if not to_ns:
            self._chips.hide_chip(_KEY)
            return
        first, last = formats.span(from_ns, to_ns)
        tip = f"{formats.full_time(from_ns)}\n– {formats.full_time(to_ns)}"
        self._chips.show_chip(_KEY, f"{first} – {last}", tip, self.tr("Show all times again"))

    @Slot(str)
    def _remove(self, key: str) -> None:
        if key == _KEY:
            self._timing.show_all_times()
