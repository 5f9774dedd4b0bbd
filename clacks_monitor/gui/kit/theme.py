"""The theme: which colours and which size of text the window has, row tints with readable text, and icons.

Contrast is computed: the text on any tint has at least 4.5:1 (WCAG 2.2, 1.4.3).
Owner: the application, which hands one Theme to the windows. Thread: the window's.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from clacks_monitor.gui.kit.colours import DARK, LIGHT, hues, palette_of, swatch
from clacks_monitor.gui.kit.contrast import blend, readable_on
from clacks_monitor.gui.kit.icons import Icons
from clacks_monitor.gui.kit.style_sheet import headings, style_sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


class Scheme(StrEnum):
    """Which colours the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


ZOOMS = (70, 80, 90, 100, 110, 125, 150, 175, 200, 250)
"""The sizes of text that can be chosen, in per cent of the system's."""


class Theme(QObject):
    """``changed`` comes after colours or fonts have changed; icons, tints and fonts are to be fetched again then.

    ``line`` is for thin rules, ``base`` stands behind data, ``muted`` is for text that is second in importance and
    readable on window and base, ``good``, ``bad`` and ``warn`` for what is right, wrong or needs a look, ``accent`` for
    what is selected, ``active`` for what is going on.
    With ``first_frame`` it does without what the window's first frame does not show, until complete().
    """

    changed = Signal()

    def __init__(
        self, app: QApplication, scheme: Scheme = Scheme.SYSTEM, *, zoom: int = 100, first_frame: bool = False
    ) -> None:
        super().__init__(app)
        self._app = app
        self.icons = Icons(app)
        self._scheme = scheme
        self._complete = False
        self._size = app.font().pointSizeF()
        self._zoom = 100
        self._still = {"wanted": False, "system": False}
        self._blinking_ms = QGuiApplication.styleHints().cursorFlashTime()
        self._scale(zoom)
        self._complete = not first_frame
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def scheme(self) -> Scheme:
        """What the user asked for."""
        return self._scheme

    def use(self, scheme: Scheme) -> None:
        """Use other colours."""
        if scheme is not self._scheme:
            self._scheme = scheme
            self._apply()
            self.changed.emit()

    @property
    def zoom(self) -> int:
        """The size of text in per cent of the system's."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Show text in another size, within the bounds of ZOOMS."""
        if self._scale(percent):
            self.changed.emit()

    def _scale(self, percent: int) -> bool:
        """Set the application's font; return whether it is another now."""
        wanted = max(ZOOMS[0], min(percent, ZOOMS[-1]))
        if wanted == self._zoom:
            return False
        self._zoom = wanted
        font = self._app.font()
        font.setPointSizeF(self._size * wanted / 100)
        self._app.setFont(font)
        if self._complete:
            # Widgets that a style sheet has polished take the font when they are polished anew, once it is known.
            QCoreApplication.sendPostedEvents()
            self._app.setStyleSheet(style_sheet(self._colours))
        return True

    @property
    def still(self) -> bool:
        """Whether nothing is to move by itself: no busy bars, no blinking cursor."""
        return any(self._still.values())

    def keep_still(self, *, wanted: bool | None = None, system: bool | None = None) -> None:
        """Let nothing move by itself if the user ``wanted`` that in the preferences, or for the whole ``system``."""
        before = self.still
        changes = {"wanted": wanted, "system": system}
        self._still |= {key: value for key, value in changes.items() if value is not None}
        if self.still != before:
            self._app.setCursorFlashTime(0 if self.still else self._blinking_ms)

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self._colours is DARK

    @Slot()
    def _system_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        system_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        dark = self._scheme is Scheme.DARK or (self._scheme is Scheme.SYSTEM and system_dark)
        self._colours = named = DARK if dark else LIGHT
        self.line, self.muted, self.accent = QColor(named.line), QColor(named.muted), QColor(named.accent)
        self.good, self.bad, self.warn = QColor(named.good), QColor(named.bad), QColor(named.warn)
        self.base, self.text = QColor(named.base), QColor(named.text)
        palette = palette_of(named)
        self.active = palette.color(QPalette.ColorRole.Link)
        self.tints = [blend(self.base, hue, named.tint_share) for hue in hues(named)]
        self.tint_texts = [readable_on(tint, self.text) for tint in self.tints]
        self.icons.recolour(named, complete=self._complete)
        self._app.setPalette(palette)
        if self._complete:
            self._app.setStyleSheet(style_sheet(named))

    def complete(self) -> None:
        """Add what the first frame does without: the style sheet, and icons of selected and disabled actions."""
        self._complete = True
        self.icons.recolour(self._colours, complete=True)
        self._app.setStyleSheet(style_sheet(self._colours))

    def heading_sheet(self) -> str:
        """Return how the headings of tables look."""
        return headings(self._colours)

    def swatch(self, colour: str) -> QColor:
        """Return a strong colour by its name in COLOURS."""
        return swatch(self._colours, colour)

    def washed(self, colour: QColor, share: float = 0.10) -> QColor:
        """Return a light wash of ``colour`` over the base, for the background of a line of text."""
        return blend(self.base, colour, share)


def digits_font() -> QFont:
    """Return the font of times, numbers and code: the system's monospaced one.

    It has the size of the rest, and a widget that is given it follows when that changes.
    """
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font = QFont()
    font.setFamilies(system.families())
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    return font


def title_font(points: float) -> QFont:
    """Return a bold font that is ``points`` larger than the rest; it is to be fetched again with ``Theme.changed``."""
    font = QFont()
    font.setPointSizeF(font.pointSizeF() + points)
    font.setBold(True)
    return font
