"""Chips above the table: each names something that limits what is received or shown, and removes it by a click.

Owner: the chip actions. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from clacks_monitor.gui.kit.plain_text import as_caption, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme

_MAX_TEXT: Final = 60


class ChipBar(QFrame):
    """``removed`` carries the key of a chip whose limit is to be removed; the bar is hidden without chips."""

    removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chips: dict[str, QToolButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 2, 8, 2)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setVisible(False)
        theme.changed.connect(self._recolour)

    @Slot()
    def _recolour(self) -> None:
        for chip in self.chips.values():
            chip.setIcon(self._theme.icons.icon("close"))

    def show_chip(self, key: str, text: str, tip: str, action: str) -> None:
        """Show a chip, or change it; ``action`` says what a click on it does."""
        chip = self.chips.get(key)
        if chip is None:
            chip = self.chips[key] = self._make(key)
        chip.setText(as_caption(text, _MAX_TEXT))
        chip.setToolTip(plain_tip("\n".join(filter(None, (action, tip)))))
        chip.setAccessibleName(spoken(f"{text}: {action}"))
        chip.setAccessibleDescription(spoken(tip))
        self.setVisible(True)

    def _make(self, key: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(key)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the text
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setIcon(self._theme.icons.icon("close"))
        chip.clicked.connect(self._remove)
        self._row.insertWidget(self._row.count() - 1, chip)
        return chip

    def hide_chip(self, key: str) -> None:
        """Remove a chip, where there is one."""
        chip = self.chips.pop(key, None)
        if chip is not None:
            chip.setVisible(False)
            chip.deleteLater()
        self.setVisible(bool(self.chips))

    @Slot()
    def _remove(self) -> None:
        chip = self.sender()
        if isinstance(chip, QToolButton):
            self.removed.emit(chip.objectName())
