"""The light and the dark colours of the window. Thread: any."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.gui.kit.contrast import blend


class Colours(NamedTuple):
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


LIGHT = Colours(
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
DARK = Colours(
    window="#23262a",
    base="#1b1e21",
    raised="#2c3035",
    text="#e3e6e8",
    muted="#a9b2ba",
    line="#3a4046",
    accent="#2f6ea8",
    good="#7cc796",
    bad="#f4968f",
    warn="#e0b45c",
    tint_share=0.24,
)
_HUES = {
    "blue": "#2f7fd6", "green": "#2f9e5b", "yellow": "#d9b400", "orange": "#e07b1a", "red": "#d93a34",
    "purple": "#8a55c8", "teal": "#149a9a", "grey": "#808890",
}  # fmt: skip


def hues(colours: Colours) -> list[QColor]:
    """Return the hue of each name in COLOURS; that of "none" is the base."""
    return [QColor(_HUES.get(name, colours.base)) for name in COLOURS]


@lru_cache
def swatch(colours: Colours, name: str) -> QColor:
    """Return a strong colour by its name in COLOURS."""
    base = QColor(colours.base)
    return blend(base, QColor(_HUES[name]), 0.85) if name in _HUES else base


def disabled_text(colours: Colours) -> QColor:
    """Return the colour of text that is disabled."""
    return blend(QColor(colours.window), QColor(colours.text), 0.45)


def palette_of(colours: Colours) -> QPalette:
    """Return the colours as Qt's widgets take them."""
    palette, role, dark = QPalette(), QPalette.ColorRole, colours is DARK
    window, base, text = QColor(colours.window), QColor(colours.base), QColor(colours.text)
    line, muted = QColor(colours.line), QColor(colours.muted)
    shades = {
        role.Window: window, role.WindowText: text, role.Base: base, role.AlternateBase: QColor(colours.raised),
        role.Text: text, role.Button: blend(window, QColor("#ffffff"), 0.06 if dark else 0.5),
        role.ButtonText: text, role.BrightText: QColor(colours.bad), role.PlaceholderText: muted,
        role.Highlight: QColor(colours.accent), role.HighlightedText: QColor(colours.accent_text),
        role.Accent: QColor(colours.accent), role.Link: QColor(colours.accent) if not dark else QColor("#7fb4e6"),
        role.LinkVisited: muted, role.ToolTipBase: QColor(colours.raised), role.ToolTipText: text,
        role.Light: blend(window, QColor("#ffffff"), 0.08 if dark else 0.8), role.Midlight: line,
        role.Mid: line, role.Dark: blend(line, text, 0.25), role.Shadow: QColor("#000000"),
    }  # fmt: skip
    for which, colour in shades.items():
        palette.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, disabled_text(colours))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, line)
    return palette
