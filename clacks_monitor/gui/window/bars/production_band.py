"""The band across the window that says: this is production. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QSizePolicy, QToolBar

from clacks_monitor.gui.kit.contrast import readable_on
from clacks_monitor.gui.kit.labels import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.kit.theme import Theme


class ProductionBand(QToolBar):
    """A row of the toolbar area, so that it spans the window; hidden unless a connection is marked production."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("productionBand")
        self.setWindowTitle(self.tr("Production"))
        self.setMovable(False)
        self.setFloatable(False)
        self.toggleViewAction().setEnabled(False)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        self.label = PlainLabel(self)
        self.label.setAutoFillBackground(True)
        self.label.setBackgroundRole(QPalette.ColorRole.Window)  # a toolbar's children take its role otherwise
        self.label.setForegroundRole(QPalette.ColorRole.WindowText)
        self.label.setContentsMargins(8, 3, 8, 3)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addWidget(self.label)
        self.setVisible(False)

    def show_message(self, text: str, colour: str) -> None:
        """Show a text in a colour of COLOURS; "" hides the band."""
        self.setVisible(bool(text))
        self.label.setText(text)
        if text:
            background = self._theme.swatch(colour if colour != "none" else "red")
            palette = self.label.palette()
            palette.setColor(QPalette.ColorRole.Window, background)
            palette.setColor(QPalette.ColorRole.WindowText, readable_on(background, self._theme.text))
            self.label.setPalette(palette)
