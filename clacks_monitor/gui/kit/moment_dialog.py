"""Asks for a time, and shows how it is understood while it is typed. Owner: its opener. Thread: the window's."""

from __future__ import annotations

import time

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QWidget

from clacks_monitor.core.moments import moment_from
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.time_format import time_format
from clacks_monitor.gui.ui.ui_dialog_moment import Ui_MomentDialog


class MomentDialog(QDialog):
    """``moment_ns`` is the time that was typed, wall clock, None while it is none."""

    def __init__(self, title: str, button: str, near_ns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ui_MomentDialog().setupUi(self)
        self.setWindowTitle(title)
        self._near = near_ns or time.time_ns()
        self.moment_ns: int | None = None
        self._meaning = child(self, PlainLabel, "meaning")
        self._meaning.setAccessibleName(self.tr("Resulting time"))
        buttons = child(self, QDialogButtonBox, "buttons")
        self.go_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.go_button.setText(button)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.typed = child(self, QLineEdit, "typed")
        self.typed.textChanged.connect(self._understand)
        self.typed.setText(formats.clock_short(self._near))
        self.typed.selectAll()
        self.typed.setFocus()

    @Slot(str)
    def _understand(self, text: str) -> None:
        self.moment_ns = moment_from(text, self._near, time.time_ns(), time_format().zone)
        self.go_button.setEnabled(self.moment_ns is not None)
        if self.moment_ns is not None:
            self._meaning.setText(formats.full_time(self.moment_ns))
        else:
            self._meaning.setText(self.tr("Not a valid time yet.") if text.strip() else " ")
