"""Where things are in the main window: the band of production, the panes in the menu, the empty state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDockWidget

from clacks_monitor.gui.table.empty_state import EmptyState
from clacks_monitor.gui.window.bars.production_band import ProductionBand
from clacks_monitor.gui.window.main_window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme


def test_the_band_of_production_spans_the_window_below_the_toolbar(window: MainWindow) -> None:
    (band,) = window.findChildren(ProductionBand)
    assert window.toolBarArea(band) is Qt.ToolBarArea.TopToolBarArea


def test_the_panes_stand_in_the_view_menu_before_all_commands(window: MainWindow) -> None:
    actions = window.frame.menus["view"].actions()
    names = [action.objectName() for action in actions]
    docks = ("typesDock", "profilesDock", "detailDock", "timelineDock")
    toggles = [window.findChild(QDockWidget, name).toggleViewAction() for name in docks]  # type: ignore[union-attr]  # they are there
    places = [actions.index(toggle) for toggle in toggles]
    assert places == list(range(places[0], places[0] + 4))
    commands = names.index("commands")
    assert places[-1] < commands
    assert any(action.isSeparator() for action in actions[places[-1] + 1 : commands])


@pytest.mark.parametrize(("awaits", "shown"), [(False, 1), (True, 0)])
def test_the_first_frame_says_how_to_begin_unless_something_is_about_to_be_opened(
    theme: Theme, tmp_path: Path, qtbot: QtBot, awaits: bool, shown: int
) -> None:
    window = MainWindow(theme, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), awaits=awaits)
    qtbot.addWidget(window)
    assert len(window.findChildren(EmptyState)) == shown


def test_there_is_one_empty_state(window: MainWindow) -> None:
    assert window.findChildren(EmptyState) == [window.panes.empty]
