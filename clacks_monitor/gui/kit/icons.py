"""Icons of resources/icons, drawn in the colours of the theme. Owner: the theme. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from clacks_monitor import assets
from clacks_monitor.gui.kit.colours import swatch
from clacks_monitor.gui.kit.contrast import blend

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

    from clacks_monitor.gui.kit.colours import Colours

ICON_SIZE = 16


class Icons:
    """Draws each icon once in each colour."""

    def __init__(self, app: QGuiApplication) -> None:
        self._app = app
        self._sources: dict[str, bytes] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._pixmaps: dict[tuple[str, int, int], QPixmap] = {}

    def recolour(self, colours: Colours, *, complete: bool) -> None:
        """Draw in other colours from now on.

        Icons that are not ``complete`` have no pictures for selected and disabled actions.
        """
        self._colours, self._complete = colours, complete
        self._icons.clear()
        self._pixmaps.clear()

    def icon(self, name: str, colour: QColor | None = None) -> QIcon:
        """Return resources/icons/<name>.svg in the text's colour, or in ``colour``."""
        text = QColor(self._colours.text)
        shade = colour or text
        key = (name, shade.name())
        if key not in self._icons:
            icon = QIcon()
            faint = blend(QColor(self._colours.window), text, 0.40)
            for size in (ICON_SIZE, ICON_SIZE * 2)[: 1 if self._app.devicePixelRatio() == 1 else 2]:
                icon.addPixmap(self._drawn(name, shade, size), QIcon.Mode.Normal)
                if not self._complete:
                    continue
                icon.addPixmap(self._drawn(name, QColor(self._colours.accent_text), size), QIcon.Mode.Selected)
                icon.addPixmap(self._drawn(name, faint, size), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def pixmap(self, name: str, colour: QColor, size: int = ICON_SIZE) -> QPixmap:
        """Return an icon as a picture of ``size`` logical pixels."""
        key = (name, colour.rgba(), size)
        picture = self._pixmaps.get(key)
        if picture is None:
            ratio = self._app.devicePixelRatio()
            picture = self._pixmaps[key] = self._drawn(name, colour, round(size * ratio))
            picture.setDevicePixelRatio(ratio)
        return picture

    def square(self, colour: str) -> QIcon:
        """Return a square of a profile's colour; an empty frame for "none"."""
        picture = QPixmap(QSize(ICON_SIZE, ICON_SIZE))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setPen(QColor(self._colours.line if colour != "none" else self._colours.muted))
        painter.setBrush(swatch(self._colours, colour) if colour != "none" else Qt.GlobalColor.transparent)
        painter.drawRoundedRect(QRectF(2.5, 2.5, 11, 11), 2, 2)
        painter.end()
        return QIcon(picture)

    def _drawn(self, name: str, colour: QColor, size: int) -> QPixmap:
        if name not in self._sources:
            self._sources[name] = assets.path("resources", "icons", f"{name}.svg").read_bytes()
        source = self._sources[name].replace(b"currentColor", colour.name().encode())
        picture = QPixmap(QSize(size, size))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(source)).render(painter)
        painter.end()
        return picture
