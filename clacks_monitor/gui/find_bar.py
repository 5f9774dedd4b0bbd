"""Find in what was received: text, regular expression or XQuery. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from clacks_monitor.gui.commands import Commands
    from clacks_monitor.gui.theme import Theme


class FindBar(QFrame):
    """``wanted`` carries text, kind and whether forward."""

    wanted = Signal(str, str, bool)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.kind = QComboBox(self)
        self.answer = QLabel(self)
        self._next, self._previous, self._close = QToolButton(self), QToolButton(self), QToolButton(self)
        self._theme: Theme | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.setSpacing(4)
        label = QLabel(self.tr("Fin&d"), self)
        label.setBuddy(self.line)
        row.addWidget(label)
        row.addSpacing(4)
        row.addWidget(self.line, 1)
        for text, kind in ((self.tr("Text"), "text"), (self.tr("Regular expression"), "regex"), ("XQuery", "xquery")):
            self.kind.addItem(text, kind)
        row.addWidget(self.kind)
        for button in (self._previous, self._next):
            button.setAutoRaise(True)
            row.addWidget(button)
        self.answer.setMinimumWidth(180)
        row.addWidget(self.answer)
        self._close.setAutoRaise(True)
        row.addWidget(self._close)
        self.line.setClearButtonEnabled(True)
        self.line.setAccessibleName(self.tr("Text to find"))
        self.kind.setAccessibleName(self.tr("How to find"))
        self.answer.setAccessibleName(self.tr("Result of the search"))
        self._close.setAccessibleName(self.tr("Close the find bar"))
        self._close.setToolTip(self.tr("Close the find bar (Esc)"))
        self._close.clicked.connect(self.dismiss)
        self.setVisible(False)

    def set_up(self, theme: Theme, commands: Commands) -> None:
        """Give it colours and commands; to be called once."""
        self._theme = theme
        self._next.setDefaultAction(commands["find.next"])
        self._previous.setDefaultAction(commands["find.previous"])
        commands["find.next"].setIcon(theme.icon("down"))
        commands["find.previous"].setIcon(theme.icon("up"))
        theme.changed.connect(self._recolour)
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        if self._theme is not None:
            self._close.setIcon(self._theme.icon("close"))
            self._next.setIcon(self._theme.icon("down"))
            self._previous.setIcon(self._theme.icon("up"))

    @Slot()
    def open(self) -> None:
        """Show the bar and let the user type."""
        self.setVisible(True)
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Close the bar."""
        self.setVisible(False)
        self.closed.emit()

    @Slot()
    def next(self) -> None:
        """Look for the next match."""
        self._ask(forward=True)

    @Slot()
    def previous(self) -> None:
        """Look for the previous match."""
        self._ask(forward=False)

    def _ask(self, *, forward: bool) -> None:
        if not self.line.text():
            self.open()
            return
        self.say(self.tr("searching…"))
        self.wanted.emit(self.line.text(), str(self.kind.currentData()), forward)

    def say(self, words: str, *, bad: bool = False) -> None:
        """Say what came of it."""
        self.answer.setText(words)
        self.answer.setToolTip(words)
        if self._theme is not None:
            palette = self.answer.palette()
            palette.setColor(QPalette.ColorRole.WindowText, self._theme.bad if bad else self._theme.muted)
            self.answer.setPalette(palette)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._ask(forward=event.modifiers() != Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)
