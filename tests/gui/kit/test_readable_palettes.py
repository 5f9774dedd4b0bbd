"""Text is readable on everything that the window puts behind it, in both themes and in every state of a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QTabWidget, QWidget

from clacks_monitor.gui.kit.colours import DARK, LIGHT, Colours, hues, palette_of
from clacks_monitor.gui.kit.contrast import MIN_CONTRAST, blend, contrast
from clacks_monitor.gui.kit.theme import Scheme
from tests.helpers.compose_widgets import shown

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme

ROLE = QPalette.ColorRole
GROUP = QPalette.ColorGroup
SURFACES: Final = (ROLE.Window, ROLE.Base, ROLE.AlternateBase, ROLE.Button, ROLE.ToolTipBase)
TEXTS: Final = (
    *(ROLE.WindowText, ROLE.Text, ROLE.ButtonText, ROLE.ToolTipText, ROLE.PlaceholderText),
    *(ROLE.Link, ROLE.LinkVisited, ROLE.BrightText),
)
WASHED: Final = 0.20
"""The strongest wash that text stands on."""
SCHEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


@SCHEMES
@pytest.mark.parametrize("group", [GROUP.Active, GROUP.Inactive], ids=["active", "inactive"])
def test_text_is_readable_on_every_surface(colours: Colours, group: QPalette.ColorGroup) -> None:
    palette = palette_of(colours)
    ratios = {
        (text.name, surface.name): contrast(palette.color(group, text), palette.color(group, surface))
        for text in TEXTS
        for surface in SURFACES
    }
    ratios["selected", ""] = contrast(palette.color(group, ROLE.HighlightedText), palette.color(group, ROLE.Highlight))
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < MIN_CONTRAST} == {}


@SCHEMES
def test_what_says_good_bad_or_a_warning_is_readable_on_every_surface(colours: Colours) -> None:
    palette = palette_of(colours)
    ratios = {
        (name, surface.name): contrast(QColor(getattr(colours, name)), palette.color(surface))
        for name in ("good", "bad", "warn", "muted")
        for surface in SURFACES
    }
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < MIN_CONTRAST} == {}


@SCHEMES
def test_text_is_readable_on_the_tint_of_every_profile(colours: Colours) -> None:
    base, text = QColor(colours.base), QColor(colours.text)
    ratios = [contrast(text, blend(base, hue, colours.tint_share)) for hue in hues(colours)]
    assert min(ratios) >= MIN_CONTRAST


@SCHEMES
@pytest.mark.parametrize("tone", ["accent", "good", "bad", "warn"])
def test_text_is_readable_on_the_wash_of_every_tone(colours: Colours, tone: str) -> None:
    for surface in (colours.base, colours.window):
        wash = blend(QColor(surface), QColor(getattr(colours, tone)), WASHED)
        assert contrast(QColor(colours.text), wash) >= MIN_CONTRAST


def test_the_measure_finds_what_is_not_readable() -> None:
    assert contrast(QColor("#9aa1a8"), QColor("#ffffff")) < MIN_CONTRAST


@SCHEMES
def test_text_is_readable_on_the_page_of_a_tab(colours: Colours, theme: Theme) -> None:
    """The style draws it lighter than any colour of the palette."""
    theme.use(Scheme.DARK if colours is DARK else Scheme.LIGHT)
    with shown(QTabWidget()) as tabs:
        tabs.addTab(QWidget(), "page")
        tabs.resize(200, 150)
        page = tabs.grab().toImage().pixelColor(100, 100)
    palette = palette_of(colours)
    ratios = {name: contrast(QColor(getattr(colours, name)), page) for name in ("good", "bad", "warn", "muted")}
    ratios |= {role.name: contrast(palette.color(role), page) for role in TEXTS}
    assert {name: round(ratio, 2) for name, ratio in ratios.items() if ratio < MIN_CONTRAST} == {}
