"""What the style sheet draws can be seen in both schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMenu

from clacks_monitor.gui.kit.contrast import contrast
from clacks_monitor.gui.kit.theme import Scheme

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

LEAST = 3.0
"""Of a control and what is behind it (WCAG 2.2, 1.4.11)."""


@pytest.fixture
def menu(qtbot: QtBot) -> QMenu:
    made = QMenu()
    qtbot.addWidget(made)
    return made


def _box_contrast(theme: Theme, menu: QMenu, action: QAction) -> float:
    """Return the best contrast of what is drawn left of an action's text."""
    image, place = menu.grab().toImage(), menu.actionGeometry(action)
    pixels = (image.pixelColor(x, y) for x in range(2, 22) for y in range(place.top() + 1, place.bottom()))
    return max(contrast(theme.base, pixel) for pixel in pixels)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("checked", [False, True])
def test_the_box_of_a_menu_is_seen_whether_it_is_checked_or_not(
    theme: Theme, menu: QMenu, scheme: Scheme, checked: bool
) -> None:
    theme.use(scheme)
    action = menu.addAction("Type")
    action.setCheckable(True)
    action.setChecked(checked)
    menu.ensurePolished()
    assert _box_contrast(theme, menu, action) >= LEAST


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_an_action_with_a_picture_shows_that_it_is_checked(theme: Theme, menu: QMenu, scheme: Scheme) -> None:
    theme.use(scheme)
    for checked in (False, True):
        action = menu.addAction(theme.icons.square("none"), "Profile")
        action.setCheckable(True)
        action.setChecked(checked)
    first, second = (menu.actionGeometry(action) for action in menu.actions())
    image = menu.grab().toImage()
    assert image.copy(first.left(), first.top(), 24, first.height()) != image.copy(
        second.left(), second.top(), 24, second.height()
    )
