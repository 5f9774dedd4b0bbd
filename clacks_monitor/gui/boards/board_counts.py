"""How many rows of a board are in which state, with the sign of each: a click shows only those rows.

Owner: the board's view. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolBar, QToolButton, QWidget

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.plain_text import as_caption, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.gui.boards.board_model import BoardModel

_MAX_NAME = 30


class BoardCounts(QWidget):
    """``chosen`` carries the state whose rows are to be shown, "" for all."""

    chosen = Signal(str)

    def __init__(self, model: BoardModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._counts: Mapping[str, int] = {}
        self.bar, self.message = QToolBar(self), ElidedLabel(self)
        self.bar.setIconSize(QSize(16, 16))
        self.bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar.setAccessibleName(self.tr("States"))
        self.message.setForegroundRole(self.message.palette().ColorRole.PlaceholderText)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 8, 0)
        row.setSpacing(4)
        row.addWidget(self.bar, 3)
        row.addWidget(self.message, 1)

    @property
    def state(self) -> str:
        """The state whose rows are shown, "" for all."""
        return next((str(action.data()) for action in self.bar.actions() if action.isChecked()), "")

    def text(self) -> str:
        """Return what can be read."""
        parts = [action.iconText() for action in self.bar.actions()]
        return self.message.text() or "  ·  ".join(parts)

    def show_counts(self, counts: Mapping[str, int], message: str) -> None:
        """Show how many rows are in each state, and what else there is to say, "" for nothing."""
        if counts.keys() != self._counts.keys():
            self._fill(counts)
        for action in self.bar.actions():
            state = str(action.data())
            if counts[state] != self._counts.get(state) or not action.iconText():
                text = f"{as_caption(self._model.word(state), _MAX_NAME)} {formats.number(counts[state])}"
                action.setText(text)
                action.setIconText(text)
        self._counts = dict(counts)
        if self.message.text() != message:
            self.message.show_text(message)
        self.message.setVisible(bool(message))

    def _fill(self, counts: Mapping[str, int]) -> None:
        """Make an entry for each state."""
        state = self.state
        self.bar.clear()
        self._counts = {}
        for name in counts:
            action = QAction("", self.bar)
            action.setCheckable(True)
            action.setChecked(name == state)
            action.setData(name)
            action.setIcon(self._model.icon_of(name))
            tip = self.tr("Show only the rows that are %1, or all again").replace("%1", self._model.word(name))
            action.setToolTip(plain_tip(tip))
            action.triggered.connect(self._choose)
            self.bar.addAction(action)
            button = self.bar.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setAccessibleDescription(spoken(tip))
        if state and state not in counts:
            self.chosen.emit("")

    @Slot()
    def recolour(self) -> None:
        """Draw the signs in the theme's present colours."""
        for action in self.bar.actions():
            action.setIcon(self._model.icon_of(str(action.data())))

    @Slot(bool)
    def _choose(self, on: bool) -> None:
        chosen = self.sender()
        for action in self.bar.actions():
            if action is not chosen:
                action.setChecked(False)
        self.chosen.emit(self.state if on else "")
