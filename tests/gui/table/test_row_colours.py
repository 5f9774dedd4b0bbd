"""Rows are readable in every colour: 4.5:1 of text on tint in both themes, measured on what is painted with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.event import RowKind
from clacks_monitor.gui.kit.contrast import MIN_CONTRAST, contrast
from clacks_monitor.gui.kit.theme import Scheme, Theme
from clacks_monitor.gui.table.row_painter import RowPainter

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("kind", RowKind)
@pytest.mark.parametrize("selected", [False, True])
def test_the_text_of_a_row_stands_out_from_its_tint(
    qapp: QApplication,
    scheme: Scheme,
    colour: str,
    kind: RowKind,
    selected: bool,
) -> None:
    theme = Theme(qapp, scheme)
    background, ink = RowPainter(theme)._colours(kind, COLOURS.index(colour), selected)
    assert contrast(background, ink) >= MIN_CONTRAST
    theme.deleteLater()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_tints_differ_from_each_other_and_from_no_tint(qapp: QApplication, scheme: Scheme) -> None:
    theme = Theme(qapp, scheme)
    assert len({tint.name() for tint in theme.tints}) == len(COLOURS)
    theme.deleteLater()
