"""Asks before something is sent to production: the connection's name has to be typed.

Owner: the caller. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QWidget

from clacks_monitor.core.untrusted import MAX_LINE
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.ui.ui_dialog_confirm import Ui_ConfirmDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton


class ConfirmDialog(QDialog):
    """Says what would happen; sending is possible once ``wanted`` is typed."""

    def __init__(self, what: str, effects: str, wanted: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ui_ConfirmDialog().setupUi(self)
        self._wanted = wanted
        child(self, PlainLabel, "what").setText(what)
        child(self, PlainLabel, "effects").setText(effects)
        child(self, PlainLabel, "ask").setText(self.tr("Type “{0}” to confirm:").format(as_caption(wanted, MAX_LINE)))
        self.typed = child(self, QLineEdit, "typed")
        self.typed.setAccessibleName(self.tr("Name of the connection"))
        buttons = child(self, QDialogButtonBox, "buttons")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.send_button: QPushButton = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.send_button.setText(self.tr("Send to production"))
        self.send_button.setEnabled(False)
        self.typed.textChanged.connect(self._compare)
        self.typed.setFocus()

    def _compare(self, text: str) -> None:
        self.send_button.setEnabled(text.strip() == self._wanted)
