"""The user's comment on the event that is shown, with its sign. Owner: the detail pane. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.notes import WrappedLabel

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme

_MAX_TEXT = 2_000


class EventComment(QFrame):
    """Hidden where there is no comment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = PlainLabel(self)
        self.label = WrappedLabel(self, _MAX_TEXT)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setAccessibleName(self.tr("Comment"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self.setAutoFillBackground(True)
        self.setVisible(False)

    def show_text(self, text: str) -> None:
        """Show a comment."""
        self.label.setText(text)
        self.setVisible(bool(text))

    def recolour(self, theme: Theme) -> None:
        """Take the theme's colours as they are now."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.washed(theme.accent, 0.10))
        palette.setColor(QPalette.ColorRole.WindowText, theme.text)
        self.setPalette(palette)
        self._sign.setPixmap(theme.icons.pixmap("comment", theme.accent))
