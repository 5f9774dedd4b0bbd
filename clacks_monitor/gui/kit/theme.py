"""Colours of the window: a light and a dark palette, row tints with readable text, and icons drawn in them.

Contrast is computed: the text on any tint has at least 4.5:1 (WCAG 2.2, 1.4.3).
Owner: the application, which hands one Theme to the windows. Thread: the window's.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from clacks_monitor import assets
from clacks_monitor.core.colours import COLOURS

ICON_SIZE = 16
MIN_CONTRAST = 4.5
_LINEAR_LIMIT = 0.04045


class Scheme(StrEnum):
    """Which colours the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class _Colours(NamedTuple):
    """The colours of a scheme; ``tint_share`` is the share of a tint in the base of a row."""

    window: str
    base: str
    raised: str
    text: str
    muted: str
    line: str
    accent: str
    good: str
    bad: str
    warn: str
    tint_share: float
    accent_text: str = "#ffffff"


_LIGHT = _Colours(
    window="#f4f5f6",
    base="#ffffff",
    raised="#fbfbfc",
    text="#1d2125",
    muted="#5b636b",
    line="#d5d9dd",
    accent="#1f5f96",
    good="#1d6f42",
    bad="#b3261e",
    warn="#8a5a00",
    tint_share=0.16,
)
_DARK = _Colours(
    window="#23262a",
    base="#1b1e21",
    raised="#2c3035",
    text="#e3e6e8",
    muted="#a2abb3",
    line="#3a4046",
    accent="#2f6ea8",
    good="#7cc796",
    bad="#f2908a",
    warn="#e0b45c",
    tint_share=0.24,
)
_HUES = {
    "blue": "#2f7fd6", "green": "#2f9e5b", "yellow": "#d9b400", "orange": "#e07b1a", "red": "#d93a34",
    "purple": "#8a55c8", "teal": "#149a9a", "grey": "#808890",
}  # fmt: skip


def luminance(colour: QColor) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2)."""
    values = (colour.redF(), colour.greenF(), colour.blueF())
    parts = [value / 12.92 if value <= _LINEAR_LIMIT else ((value + 0.055) / 1.055) ** 2.4 for value in values]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def blend(under: QColor, over: QColor, share: float) -> QColor:
    """Return ``over`` laid on ``under`` with an opacity of ``share``."""
    rest = 1.0 - share
    return QColor.fromRgbF(
        under.redF() * rest + over.redF() * share,
        under.greenF() * rest + over.greenF() * share,
        under.blueF() * rest + over.blueF() * share,
    )


def readable_on(background: QColor, *wanted: QColor) -> QColor:
    """Return the first wanted colour with enough contrast on ``background``, else black or white."""
    for colour in wanted:
        if contrast(background, colour) >= MIN_CONTRAST:
            return colour
    return max((QColor("#000000"), QColor("#ffffff")), key=lambda colour: contrast(background, colour))


class Theme(QObject):
    """``changed`` comes after the colours have changed; icons and tints are to be fetched again then.

    With ``first_frame`` it does without what the window's first frame does not show, until complete().
    """

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM, *, first_frame: bool = False) -> None:
        super().__init__(app)
        self._app = app
        self._renderers: dict[str, bytes] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._pixmaps: dict[tuple[str, int, int], QPixmap] = {}
        self._scheme = scheme
        self._complete = not first_frame
        self._colours = _LIGHT
        self.tints: list[QColor] = []
        self.tint_texts: list[QColor] = []
        self.swatches: list[QColor] = []
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    # -- which ---------------------------------------------------------------------------------------------------

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
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self._colours is _DARK

    @Slot()
    def _system_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        system_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        dark = self._scheme is Scheme.DARK or (self._scheme is Scheme.SYSTEM and system_dark)
        self._colours = _DARK if dark else _LIGHT
        self._icons.clear()
        self._pixmaps.clear()
        base, text = QColor(self._colours.base), QColor(self._colours.text)
        hues = [QColor(_HUES[name]) if name in _HUES else base for name in COLOURS]
        self.tints = [blend(base, hue, self._colours.tint_share) for hue in hues]
        self.tint_texts = [readable_on(tint, text) for tint in self.tints]
        self.swatches = [blend(base, hue, 0.85) for hue in hues]
        self._app.setPalette(self._palette())
        if self._complete:
            self._app.setStyleSheet(self._sheet())

    def complete(self) -> None:
        """Add what the first frame does without: the style sheet, and icons of selected and disabled actions."""
        self._complete = True
        self._icons.clear()
        self._app.setStyleSheet(self._sheet())

    def _palette(self) -> QPalette:
        named, palette, role = self._colours, QPalette(), QPalette.ColorRole
        window, base, text = QColor(named.window), QColor(named.base), QColor(named.text)
        line, muted = QColor(named.line), QColor(named.muted)
        shades = {
            role.Window: window, role.WindowText: text, role.Base: base, role.AlternateBase: QColor(named.raised),
            role.Text: text, role.Button: blend(window, QColor("#ffffff"), 0.06 if self.dark else 0.5),
            role.ButtonText: text, role.BrightText: QColor(named.bad), role.PlaceholderText: muted,
            role.Highlight: QColor(named.accent), role.HighlightedText: QColor(named.accent_text),
            role.Accent: QColor(named.accent), role.Link: QColor(named.accent) if not self.dark else QColor("#7fb4e6"),
            role.LinkVisited: muted, role.ToolTipBase: QColor(named.raised), role.ToolTipText: text,
            role.Light: blend(window, QColor("#ffffff"), 0.08 if self.dark else 0.8), role.Midlight: line,
            role.Mid: line, role.Dark: blend(line, text, 0.25), role.Shadow: QColor("#000000"),
        }  # fmt: skip
        for which, colour in shades.items():
            palette.setColor(which, colour)
        faint = blend(window, text, 0.45)
        for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, faint)
        palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, line)
        return palette

    def _sheet(self) -> str:
        """Return what a palette cannot say: tooltips, and flat headings whose text stands over that of the cells.

        No text is markup, not even in the labels of Qt's own dialogs: a file's name would do.
        """
        named = self._colours
        check = assets.path("resources", "icons", "check-white.svg").as_posix()
        return (
            f"QToolTip {{ color: {named.text}; background: {named.raised}; border: 1px solid {named.line};"
            " padding: 4px; qproperty-textFormat: PlainText; }"
            "QLabel { qproperty-textFormat: PlainText; }"
            "QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }"
            + self.heading_sheet()
            + self._scroll_bar_sheet()
            + "QTreeView::indicator, QCheckBox::indicator { width: 13px; height: 13px; border-radius: 2px;"
            f" border: 1px solid {named.muted}; background: {named.base}; }}"
            "QTreeView::indicator:checked, QCheckBox::indicator:checked {"
            f" background: {named.accent}; border-color: {named.accent}; image: url({check}); }}"
            f"QCheckBox::indicator:focus {{ border-color: {named.accent}; }}"
        )

    def _scroll_bar_sheet(self) -> str:
        """Return how scroll bars look: flat. The style's gradients are the dearest thing that a live table paints."""
        named = self._colours
        window, muted = QColor(named.window), QColor(named.muted)
        handle, held = blend(window, muted, 0.75).name(), muted.name()
        return (
            f"QScrollBar {{ background: {named.window}; border: 0; }}"
            "QScrollBar:vertical { width: 12px; } QScrollBar:horizontal { height: 12px; }"
            f"QScrollBar::handle {{ background: {handle}; border-radius: 3px; margin: 2px; }}"
            f"QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {held}; }}"
            "QScrollBar::handle:vertical { min-height: 28px; } QScrollBar::handle:horizontal { min-width: 28px; }"
            "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
            "QScrollBar::add-page, QScrollBar::sub-page { background: none; }"
        )

    def heading_sheet(self) -> str:
        """Return how the headings of tables look."""
        named = self._colours
        return (
            f"QHeaderView {{ background: {named.window}; }}"
            f"QHeaderView::section {{ color: {named.muted}; background: {named.window}; border: 0; padding: 3px 8px;"
            f" border-right: 1px solid {named.line}; border-bottom: 1px solid {named.line}; }}"
            "QHeaderView::section:last { border-right: 0; }"
        )

    # -- colours -------------------------------------------------------------------------------------------------

    @property
    def line(self) -> QColor:
        """Of thin rules."""
        return QColor(self._colours.line)

    @property
    def muted(self) -> QColor:
        """Of text that is second in importance; readable on window and base."""
        return QColor(self._colours.muted)

    @property
    def good(self) -> QColor:
        """Of what is right."""
        return QColor(self._colours.good)

    @property
    def bad(self) -> QColor:
        """Of what is wrong."""
        return QColor(self._colours.bad)

    @property
    def warn(self) -> QColor:
        """Of what needs a look."""
        return QColor(self._colours.warn)

    @property
    def base(self) -> QColor:
        """Behind data."""
        return QColor(self._colours.base)

    @property
    def text(self) -> QColor:
        """Of text."""
        return QColor(self._colours.text)

    @property
    def accent(self) -> QColor:
        """Of what is selected."""
        return QColor(self._colours.accent)

    def swatch(self, colour: str) -> QColor:
        """Return a strong colour by its name in COLOURS."""
        return self.swatches[COLOURS.index(colour) if colour in COLOURS else 0]

    def washed(self, colour: QColor, share: float = 0.10) -> QColor:
        """Return a light wash of ``colour`` over the base, for the background of a line of text."""
        return blend(self.base, colour, share)

    # -- icons ---------------------------------------------------------------------------------------------------

    def icon(self, name: str, colour: QColor | None = None) -> QIcon:
        """Return resources/icons/<name>.svg in the text's colour, or in ``colour``."""
        shade = colour or self.text
        key = (name, shade.name())
        if key not in self._icons:
            icon = QIcon()
            faint = blend(QColor(self._colours.window), self.text, 0.40)
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

    def colour_icon(self, colour: str) -> QIcon:
        """Return a square of a profile's colour; an empty frame for "none"."""
        picture = QPixmap(QSize(ICON_SIZE, ICON_SIZE))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setPen(self.line if colour != "none" else self.muted)
        painter.setBrush(self.swatch(colour) if colour != "none" else Qt.GlobalColor.transparent)
        painter.drawRoundedRect(QRectF(2.5, 2.5, 11, 11), 2, 2)
        painter.end()
        return QIcon(picture)

    def _drawn(self, name: str, colour: QColor, size: int) -> QPixmap:
        if name not in self._renderers:
            self._renderers[name] = assets.path("resources", "icons", f"{name}.svg").read_bytes()
        source = self._renderers[name].replace(b"currentColor", colour.name().encode())
        picture = QPixmap(QSize(size, size))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(source)).render(painter)
        painter.end()
        return picture


def digits_font() -> QFont:
    """Return the font of times and numbers: the system's monospaced one, in the size of the rest."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QApplication.font().pointSizeF())
    return font
