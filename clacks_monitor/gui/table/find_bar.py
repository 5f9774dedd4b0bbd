"""The bar for what is searched: text, regular expression or XQuery. Owner: the main window; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.labels import PlainLabel

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme

DEBOUNCE_MS = 300


class FindBar(QFrame):
    """``changed`` comes when something else is to be searched, ``step_wanted`` carries whether forward."""

    changed = Signal()
    step_wanted = Signal(bool)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.kind = QComboBox(self)
        self.case = QToolButton(self)
        self.answer = ElidedLabel(self)
        self._next, self._previous, self._close = QToolButton(self), QToolButton(self), QToolButton(self)
        self._theme: Theme | None = None
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self.changed)
        self._lay_out()
        self.line.textEdited.connect(self._typed)
        self.kind.activated.connect(self._choose)
        self.case.toggled.connect(self._choose)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.setSpacing(4)
        label = PlainLabel(self, self.tr("Fin&d"))
        label.setBuddy(self.line)
        row.addWidget(label)
        row.addSpacing(4)
        row.addWidget(self.line, 2)
        for text, kind in ((self.tr("Text"), "text"), (self.tr("Regular expression"), "regex"), ("XQuery", "xquery")):
            self.kind.addItem(text, kind)
        self.case.setText("Aa")
        self.case.setCheckable(True)
        self.case.setToolTip(self.tr("Match case"))
        self.case.setAccessibleName(self.case.toolTip())
        for widget in (self.kind, self.case, self._previous, self._next):
            row.addWidget(widget)
        for button in (self.case, self._previous, self._next, self._close):
            button.setAutoRaise(True)
        row.addSpacing(4)
        self.answer.setMinimumWidth(180)
        row.addWidget(self.answer, 1)
        row.addWidget(self._close)
        self.line.setClearButtonEnabled(True)
        self.line.setAccessibleName(self.tr("Search text"))
        self.kind.setAccessibleName(self.tr("Search mode"))
        self.answer.setAccessibleName(self.tr("Search result"))
        self._close.setAccessibleName(self.tr("Close the find bar"))
        self._close.setToolTip(self.tr("Close the find bar (Esc)"))
        self._close.clicked.connect(self.dismiss)
        self.setVisible(False)

    def set_up(self, theme: Theme, commands: Commands) -> None:
        """Give it colours and commands; to be called once."""
        self._theme = theme
        self._next.setDefaultAction(commands["find.next"])
        self._previous.setDefaultAction(commands["find.previous"])
        commands["find.next"].setIcon(theme.icons.icon("down"))
        commands["find.previous"].setIcon(theme.icons.icon("up"))
        theme.changed.connect(self._recolour)
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        if self._theme is not None:
            self._close.setIcon(self._theme.icons.icon("close"))
            self._next.setIcon(self._theme.icons.icon("down"))
            self._previous.setIcon(self._theme.icons.icon("up"))

    # -- what is searched ----------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What is to be found."""
        return self.line.text()

    @property
    def kind_key(self) -> str:
        """How: "text", "regex" or "xquery"."""
        return str(self.kind.currentData())

    @property
    def match_case(self) -> bool:
        """Whether capital letters count."""
        return self.case.isChecked()

    @Slot()
    def _typed(self) -> None:
        self._timer.start()

    @Slot()
    def _choose(self) -> None:
        self.case.setEnabled(self.kind_key != "xquery")
        self._timer.stop()
        self.changed.emit()

    @Slot()
    def open(self) -> None:
        """Show the bar and let the user type."""
        self.setVisible(True)
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Close the bar."""
        self._timer.stop()
        self.setVisible(False)
        self.closed.emit()

    def show_message(self, text: str, *, bad: bool = False) -> None:
        """Say what came of it."""
        self.answer.show_text(text)
        if self._theme is not None:
            palette = self.answer.palette()
            palette.setColor(QPalette.ColorRole.WindowText, self._theme.bad if bad else self._theme.muted)
            self.answer.setPalette(palette)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._timer.isActive():
                self._timer.stop()
                self.changed.emit()
            else:
                self.step_wanted.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)
