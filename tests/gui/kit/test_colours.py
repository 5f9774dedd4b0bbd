"""The colours of both schemes, as hand-written values: what is laid on what, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.gui.kit.colour_names import colour_name
from clacks_monitor.gui.kit.colours import DARK, LIGHT, Colours, disabled_text, hues, palette_of, swatch

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

ROLE, GROUP = QPalette.ColorRole, QPalette.ColorGroup


def test_each_name_has_a_hue_and_none_is_the_base() -> None:
    found = dict(zip(COLOURS, hues(DARK), strict=True))
    assert found["none"] == QColor(DARK.base)
    assert len({hue.name() for hue in found.values()}) == len(COLOURS)
    assert (swatch(LIGHT, "none"), swatch(LIGHT, "no such")) == (QColor("#ffffff"), QColor("#ffffff"))


@pytest.mark.parametrize(("colours", "strong", "faint"), [(LIGHT, "#4e92dc", "#939698"), (DARK, "#2c70bb", "#797c80")])
def test_strong_and_faint_colours(colours: Colours, strong: str, faint: str) -> None:
    assert (swatch(colours, "blue").name(), disabled_text(colours).name()) == (strong, faint)


@pytest.mark.parametrize(
    ("colours", "shades"),
    [
        (LIGHT, {
            ROLE.Window: "#f4f5f6", ROLE.WindowText: "#1d2125", ROLE.Base: "#ffffff", ROLE.AlternateBase: "#fbfbfc",
            ROLE.Button: "#fafafb", ROLE.Highlight: "#1f5f96", ROLE.HighlightedText: "#ffffff", ROLE.Link: "#1f5f96",
            ROLE.Light: "#fdfdfd", ROLE.Mid: "#d5d9dd", ROLE.Dark: "#a7abaf", ROLE.Shadow: "#000000",
        }),
        (DARK, {
            ROLE.Window: "#23262a", ROLE.WindowText: "#e3e6e8", ROLE.Base: "#1b1e21", ROLE.AlternateBase: "#2c3035",
            ROLE.Button: "#303337", ROLE.Highlight: "#2f6ea8", ROLE.HighlightedText: "#ffffff", ROLE.Link: "#7fb4e6",
            ROLE.Light: "#35373b", ROLE.Mid: "#3a4046", ROLE.Dark: "#646a6f", ROLE.Shadow: "#000000",
        }),
    ],
    ids=["light", "dark"],
)  # fmt: skip
def test_the_palette_of_a_scheme(qapp: QApplication, colours: Colours, shades: dict[QPalette.ColorRole, str]) -> None:
    del qapp
    palette = palette_of(colours)
    assert {role: palette.color(role).name() for role in shades} == shades
    assert palette.color(GROUP.Inactive, ROLE.Highlight) == palette.color(ROLE.Highlight)
    texts = (ROLE.Text, ROLE.WindowText, ROLE.ButtonText, ROLE.HighlightedText)
    disabled = {palette.color(GROUP.Disabled, role).name() for role in texts}
    assert disabled == {disabled_text(colours).name()}
    assert palette.color(GROUP.Disabled, ROLE.Highlight) == QColor(colours.line)


def test_a_colour_has_a_name_and_what_is_not_one_stays(qapp: QApplication) -> None:
    del qapp
    assert [colour_name(colour) for colour in (*COLOURS, "mauve")] == [
        "No colour", "Blue", "Green", "Yellow", "Orange", "Red", "Purple", "Teal", "Grey", "mauve",
    ]  # fmt: skip
