"""Which part of a large archive is shown: its newest entries, or those around one that was gone to.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.window.bars.chip_bar import ChipBar
    from clacks_monitor.session.view.filtering import Filtering

_KEY: Final = "newest"


class NewestChip(QObject):
    """Shows a chip while entries of an archive are left out, which says how to see them.

    Where the table is to go to an entry that is left out, the part around it is shown.
    """

    def __init__(self, filtering: Filtering, chips: ChipBar, table: EventTable, parent: QObject) -> None:
        super().__init__(parent)
        self._filtering, self._chips, self._table = filtering, chips, table
        self._wanted = 0
        """The entry to go to when the part is shown that it is in, 0 for none."""
        chips.removed.connect(self._remove)
        table.entry_wanted.connect(self._reach)
        table.newest_wanted.connect(filtering.show_newest)

    @Slot(object)
    def _reach(self, sequence: int) -> None:
        self._wanted = sequence if self._filtering.reach(sequence) else 0

    @Slot(bool)
    def on_progress(self, finished: bool) -> None:
        """Go to the entry that is waited for as soon as it is shown."""
        self.refresh()
        shown = self._table.events.store.sequences
        if self._wanted and (finished or (shown and shown[0] <= self._wanted)):
            wanted, self._wanted = self._wanted, 0
            self._table.go_to(wanted)

    @Slot()
    def refresh(self) -> None:
        """Show whether entries are left out by the filter in force."""
        count, end = self._filtering.counts.left_out, self._filtering.part_end
        if end:
            begin = formats.number(self._filtering.counts.begin)
            text = self.tr("Entries %1 to %2 of the archive").replace("%1", begin).replace("%2", formats.number(end))
            tip = self.tr("Going to an entry or a time shows the part of the archive that it is in.")
            self._chips.show_chip(_KEY, text, tip, self.tr("Show the newest entries again"))
            return
        if not count:
            self._chips.hide_chip(_KEY)
            return
        text = self.tr("Without %Ln older entries", "", formats.plural(count))
        tip = self.tr("A span of time on the timeline shows entries of any age.")
        self._chips.show_chip(_KEY, text, tip, self.tr("Show all entries of the archive; that may take minutes"))

    @Slot(str)
    def _remove(self, key: str) -> None:
        if key == _KEY and self._filtering.part_end:
            self._filtering.show_newest()
        elif key == _KEY:
            self._filtering.show_old()
