"""The chip that says that a large archive is limited to its newest entries. Owner: the main window; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from clacks_monitor.gui.window.bars.chip_bar import ChipBar
    from clacks_monitor.session.view.filtering import Filtering

_KEY: Final = "newest"


class NewestChip(QObject):
    """Shows a chip while older entries of an archive are left out; a click on it shows them."""

    def __init__(self, filtering: Filtering, chips: ChipBar, parent: QObject) -> None:
        super().__init__(parent)
        self._filtering, self._chips = filtering, chips
        chips.removed.connect(self._remove)

    @Slot()
    def refresh(self) -> None:
        """Show whether entries are left out by the filter in force."""
        count = self._filtering.counts.left_out
        if not count:
            self._chips.hide_chip(_KEY)
            return
        text = self.tr("Without %Ln older entries", "", formats.plural(count))
        tip = self.tr("A span of time on the timeline shows entries of any age.")
        self._chips.show_chip(_KEY, text, tip, self.tr("Show all entries of the archive; that may take minutes"))

    @Slot(str)
    def _remove(self, key: str) -> None:
        if key == _KEY:
            self._filtering.show_old()
