"""Asks for a connection's password. Owner: its opener. Thread: the window's."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QWidget

from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.ui.ui_dialog_password import Ui_PasswordPrompt


class PasswordPrompt(QDialog):
    """``password`` and ``remember`` are the answers; the password is in no other place."""

    def __init__(self, name: str, user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ui_PasswordPrompt().setupUi(self)
        text = self.tr("&Password of {0} on {1}:").format(as_caption(user), as_caption(name))
        ask = text if user else self.tr("&Password for {0}:").format(as_caption(name))
        child(self, PlainLabel, "ask").setText(ask)
        self.line = child(self, QLineEdit, "password")
        self._box = child(self, QCheckBox, "remember")
        buttons = child(self, QDialogButtonBox, "buttons")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.line.setFocus()

    @property
    def password(self) -> str:
        """What was typed."""
        return self.line.text()

    @property
    def remember(self) -> bool:
        """Whether it shall be kept in the system's keyring."""
        return self._box.isChecked()
