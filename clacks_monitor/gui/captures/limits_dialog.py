"""Asks how large, old or long a capture may become. Owner: its opener. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QSpinBox, QWidget

from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.ui.ui_dialog_limits import Ui_LimitsDialog
from clacks_monitor.session.captures.capture_use import Retention

if TYPE_CHECKING:
    from clacks_monitor.session.captures.capture_use import CaptureUse

MEGABYTE = 1024 * 1024
HOUR_S = 3600


class LimitsDialog(QDialog):
    """``limits`` are those that were chosen, ``always`` whether captures that are begun later have them too."""

    def __init__(self, capture: CaptureUse, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ui_LimitsDialog().setupUi(self)
        now = capture.ring
        self._size, self._age = child(self, QSpinBox, "size"), child(self, QSpinBox, "age")
        self._count, self._always = child(self, QSpinBox, "count"), child(self, QCheckBox, "always")
        # A limit below one unit is shown as one: nothing must look like "no limit" that is one.
        self._size.setValue(-(-now.max_bytes // MEGABYTE))
        self._age.setValue(-(-round(now.max_age_s) // HOUR_S))
        self._count.setValue(now.max_count)
        for box in (self._size, self._age, self._count):
            box.setGroupSeparatorShown(True)
        buttons = child(self, QDialogButtonBox, "buttons")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    @property
    def limits(self) -> Retention:
        """Bytes, seconds, entries; 0 for no limit."""
        return Retention(self._size.value() * MEGABYTE, float(self._age.value() * HOUR_S), self._count.value())

    @property
    def always(self) -> bool:
        """Whether captures that are begun later have these limits too."""
        return self._always.isChecked()
