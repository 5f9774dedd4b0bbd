"""A line above the table that says what went wrong, until the user closes it. Owner: the main window; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme


class TroubleBar(QFrame):
    """Shows the newest trouble, and how many came before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._count = 0
        self.sign = PlainLabel(self)
        self.text = PlainLabel(self)
        self._close = QToolButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(self.sign)
        row.addWidget(self.text, 1)
        row.addWidget(self._close)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName(self.tr("Problem"))
        self._close.setAutoRaise(True)
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.dismiss)
        self.setAutoFillBackground(True)
        self.setVisible(False)

    def set_up(self, theme: Theme) -> None:
        """Give it colours; to be called once."""
        self._theme = theme
        theme.changed.connect(self._recolour)
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        if self._theme is None:
            return
        self.sign.setPixmap(self._theme.icons.pixmap("warning", self._theme.bad))
        self._close.setIcon(self._theme.icons.icon("close"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self._theme.washed(self._theme.bad, 0.14))
        self.setPalette(palette)

    def notify(self, text: str, detail: str = "") -> None:
        """Show a trouble; ``detail`` is added and stays in the tooltip in full."""
        self._count += 1
        text, detail = translated(text), translated(detail)
        message = f"{text} {detail}".strip()
        if len(message) > 300:  # two lines in a narrow window
            message = message[:299] + "…"
        if self._count > 1:
            message += "  " + self.tr("(%Ln more)", "", self._count - 1)
        self.text.setText(message)
        self.text.setToolTip(plain_tip(f"{text}\n{detail}".strip()))
        self.setVisible(True)

    @Slot()
    def dismiss(self) -> None:
        """Close it."""
        self._count = 0
        self.setVisible(False)
