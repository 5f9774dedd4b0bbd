"""Questions, warnings and short inputs, with plain and bounded text. Use no QMessageBox and QInputDialog beside them.

Thread: the window's.
"""

from __future__ import annotations

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QInputDialog, QLabel, QMessageBox, QWidget

from clacks_monitor.core.untrusted import breakable, paragraph
from clacks_monitor.gui.kit.plain_text import as_title

MAX_TEXT = 1_000
Button = QMessageBox.StandardButton
Icon = QMessageBox.Icon


def _plain(dialog: QDialog) -> None:
    """Have the dialog's own labels show text as it is, on as many lines as it takes."""
    for label in dialog.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(label.wordWrap() or len(label.text()) > MAX_TEXT // 10)


class PlainBox(QMessageBox):
    """A message box that takes no text for markup."""

    def __init__(self, parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str, more: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(as_title(title))
        self.setIcon(icon)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(breakable(paragraph(text, MAX_TEXT)))
        if more:
            self.setInformativeText(breakable(paragraph(more, MAX_TEXT)))
        _plain(self)

    def ask(
        self, buttons: QMessageBox.StandardButton, default: QMessageBox.StandardButton
    ) -> QMessageBox.StandardButton:
        """Show the box and return the button that was chosen."""
        self.setStandardButtons(buttons)
        self.setDefaultButton(default)
        answer = Button(self.exec())
        self.deleteLater()
        return answer


def agrees(parent: QWidget | None, title: str, question: str) -> bool:
    """Ask a question of yes or no."""
    return PlainBox(parent, Icon.Question, title, question).ask(Button.Yes | Button.No, Button.No) is Button.Yes


def about(parent: QWidget | None, title: str, name: str, text: str) -> None:
    """Say what the program is."""
    box = PlainBox(parent, Icon.NoIcon, title, name, text)
    if parent is not None:
        box.setIconPixmap(parent.windowIcon().pixmap(48, 48))
    head = box.findChild(QLabel, "qt_msgbox_label")
    if head is not None:
        head.setStyleSheet("font-weight: bold")
    box.ask(Button.Ok, Button.Ok)


class PlainInput(QInputDialog):
    """Asks for one value; takes no text for markup."""

    def __init__(self, parent: QWidget | None, title: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(as_title(title))
        self.setLabelText(breakable(paragraph(text, MAX_TEXT)))
        _plain(self)

    def ask(self) -> str | None:
        """Show the dialog and return what was entered, None when it was cancelled."""
        done = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return self.textValue() if done else None


def ask_line(parent: QWidget | None, title: str, text: str) -> str | None:
    """Ask for a line of text."""
    return PlainInput(parent, title, text).ask()


def ask_text(parent: QWidget | None, title: str, text: str, value: str) -> str | None:
    """Ask for a text of several lines, of which ``value`` stands there already."""
    dialog = PlainInput(parent, title, text)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
    dialog.setTextValue(value)
    return dialog.ask()


def ask_choice(parent: QWidget | None, title: str, text: str, choices: list[str]) -> int | None:
    """Ask for one of some; return its place among them."""
    dialog = PlainInput(parent, title, text)
    dialog.setComboBoxItems([as_title(choice) for choice in choices])
    dialog.setComboBoxEditable(False)
    _plain(dialog)
    box = dialog.findChild(QComboBox)
    return box.currentIndex() if dialog.ask() is not None and box is not None else None
