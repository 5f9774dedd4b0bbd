"""How the filter in force is doing: how far it is, and whether it fails.

Owner: the filter state. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from clacks_monitor.session.notices import FilterFault, FilterProgress


class FilterRun(QObject):
    """``progress`` and ``fault`` are texts, "" for none."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.progress = self.fault = ""

    def begin(self) -> None:
        """Forget what was said of the filter before."""
        self.progress = self.fault = ""

    @Slot(object)
    def on_progress(self, notice: FilterProgress) -> None:
        """Say how far filtering is."""
        text = ""
        if notice.total and not notice.finished:
            share = str(round(100 * notice.done / notice.total))
            text = self.tr("filtering: %1 %, %2 found so far").replace("%1", share)
            text = text.replace("%2", formats.number(notice.found))
        if text != self.progress:
            self.progress = text
            self.changed.emit()

    @Slot(object)
    def on_fault(self, notice: FilterFault) -> None:
        """Say that the filter raises errors or was taken out of service."""
        if notice.source == "":
            self.fault = one_line(translated(notice.text))
            self.changed.emit()
