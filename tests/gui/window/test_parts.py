"""What the main window gives its parts: commands, colours, and the order of rows after another filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolBar, QToolButton

from clacks_monitor.core.columns import Column
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.session import notices

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow


def commands_of(widget: QWidget) -> list[str]:
    buttons = widget.findChildren(QToolButton)
    return [action.objectName() for button in buttons for action in button.actions() if action.objectName()]


def test_the_toolbar_and_the_docks_have_their_commands(window: MainWindow) -> None:
    bar = next(bar for bar in window.findChildren(QToolBar) if bar.objectName() == "toolbar")
    assert [key for key in commands_of(bar) if not key.startswith("filter.")] == ["pause", "clear", "compose"]
    assert commands_of(window.panes.profiles) == ["profile.new", "profile.edit", "profile.delete"]
    assert {"copy", "follow"} <= {action.objectName() for action in window.panes.table.actions()}
    assert "profile.up" in {action.objectName() for action in window.panes.profiles.actions()}


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_a_trouble_has_its_sign_in_the_theme_of_the_moment(window: MainWindow, theme: Theme, scheme: Scheme) -> None:
    theme.use(scheme)
    window.panes.trouble.notify("The disk is full.")
    bar = window.panes.trouble
    assert bar.isVisible()
    assert not bar.sign.pixmap().isNull()
    assert bar.palette().window().color() == theme.washed(theme.bad, 0.14)


def test_rows_of_another_filter_come_in_the_order_that_was_chosen(
    window: MainWindow, feed: Callable[..., None]
) -> None:
    feed(3)
    window.panes.table.sortByColumn(cells.COLUMNS.index(Column.SIZE), Qt.SortOrder.DescendingOrder)
    asked = list[tuple[Column, bool]]()
    window.panes.model.order_wanted.connect(lambda column, descending: asked.append((column, descending)))
    generation = window.panes.model.generation
    for finished in (False, True):
        window.bridge.notify(notices.FilterProgress(generation, 3, 3, 3, finished))
        assert asked == [(Column.SIZE, True)] * finished
