"""Asks for the name and the description of a question. Owner: its opener. Thread: the window's."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from clacks_monitor.core.files import MAX_NAME
from clacks_monitor.session.questions.questions import MAX_DESCRIPTION


class QuestionDialog(QDialog):
    """``values()`` are what was entered."""

    def __init__(self, name: str, description: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save question"))
        self.resize(460, 220)
        self.name = QLineEdit(name[:MAX_NAME], self)
        self.name.setMaxLength(MAX_NAME)
        self.description = QPlainTextEdit(self)
        self.description.setPlainText(description[:MAX_DESCRIPTION])
        self.description.setTabChangesFocus(True)
        form, column = QFormLayout(), QVBoxLayout(self)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Description"), self.description)
        column.addLayout(form)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.save_button = buttons.button(QDialogButtonBox.StandardButton.Save)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.name.textChanged.connect(self._show_whether)
        self.name.selectAll()
        self._show_whether()

    @Slot()
    def _show_whether(self) -> None:
        self.save_button.setEnabled(bool(self.name.text().strip()) and self.name.text().isprintable())

    def values(self) -> tuple[str, str]:
        """Return the name and the description."""
        return self.name.text().strip(), self.description.toPlainText()[:MAX_DESCRIPTION].strip()
