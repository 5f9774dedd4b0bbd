"""Contrast of colours as WCAG 2.2 defines it, and colours laid on each other. Thread: any."""

from __future__ import annotations

from PySide6.QtGui import QColor

MIN_CONTRAST = 4.5
"""Of text and what is behind it (WCAG 2.2, 1.4.3)."""
_LINEAR_LIMIT = 0.04045


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
