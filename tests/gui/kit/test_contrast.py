"""Contrast as WCAG 2.2 defines it, against values from its definition."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from clacks_monitor.gui.kit.contrast import blend, contrast, luminance, readable_on

BLACK, WHITE = QColor("#000000"), QColor("#ffffff")


@pytest.mark.parametrize(
    ("name", "light"),
    [
        ("#000000", 0.0),
        ("#ffffff", 1.0),
        ("#ff0000", 0.2126),
        ("#00ff00", 0.7152),
        ("#0000ff", 0.0722),
        ("#0a0a0a", 0.003035),  # the last that is linear
        ("#0b0b0b", 0.003347),
        ("#808080", 0.215861),
    ],
)
def test_luminance(name: str, light: float) -> None:
    assert luminance(QColor(name)) == pytest.approx(light, abs=2e-6)


@pytest.mark.parametrize(("name", "ratio"), [("#000000", 21.0), ("#777777", 4.478), ("#767676", 4.542), ("#ffffff", 1)])
def test_contrast_is_the_same_both_ways(name: str, ratio: float) -> None:
    assert contrast(WHITE, QColor(name)) == pytest.approx(ratio, abs=1e-3)
    assert contrast(QColor(name), WHITE) == contrast(WHITE, QColor(name))


def test_a_colour_laid_on_another_takes_its_share_of_each_part() -> None:
    assert blend(QColor("#000000"), QColor("#ff8000"), 0.25).name() == "#402000"
    assert blend(QColor("#102030"), WHITE, 0.0).name() == "#102030"
    assert blend(QColor("#204060"), BLACK, 0.5).name() == "#102030"


def test_the_first_colour_that_can_be_read_is_taken_else_black_or_white() -> None:
    grey = QColor("#777777")  # 4.478:1 on white
    darker, blue = QColor("#767676"), QColor("#0000ff")
    assert readable_on(WHITE, grey, darker, blue) is darker
    assert readable_on(WHITE, blue, darker) is blue
    assert readable_on(WHITE, grey) == BLACK
    assert readable_on(QColor("#222222"), QColor("#444444")) == WHITE
    assert readable_on(WHITE) == BLACK
