"""Everything that takes the focus has a name for screen readers: in the windows, their panes and dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDockWidget,
    QTabWidget,
    QWidget,
)

from clacks_monitor.gui.compose.window import ComposeWindow
from tests.gui.test_overlaps import MAKERS
from tests.helpers.compose_schemas import session_with_schemas
from tests.helpers.compose_widgets import complete, shown
from tests.helpers.window_dialogs import WINDOW_DIALOGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def nameless(top: QWidget) -> set[str]:
    """Return what Tab comes to below a widget, on every page of its tabs, and has no name."""
    found = set[str]()
    tabs = top.findChildren(QTabWidget)
    for place in range(max([1, *(tab.count() for tab in tabs)])):
        for tab in tabs:
            tab.setCurrentIndex(min(place, tab.count() - 1))
        QApplication.sendPostedEvents()
        for widget in top.findChildren(QWidget):
            inner = isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox | QCalendarWidget)
            if inner or isinstance(widget, QTabWidget):
                continue  # Qt's own pieces are read with what they belong to, tabs by their titles
            reached = widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            interface = QAccessible.queryAccessibleInterface(widget) if reached else None
            if interface is not None and not interface.text(QAccessible.Text.Name):
                parent = widget.parentWidget()
                found.add(f"{type(widget).__name__} {widget.objectName()} in {type(parent).__name__}")
    return found


@pytest.mark.parametrize("name", [name for name in MAKERS if name not in {"bytes", "text", "list", "date", "duration"}])
def test_a_dialog_has_names(name: str, theme: Theme) -> None:
    with shown(MAKERS[name](theme)) as widget:
        assert nameless(widget) == set()


@pytest.mark.parametrize("name", WINDOW_DIALOGS)
def test_a_dialog_of_the_window_has_names(name: str, window: MainWindow) -> None:
    with shown(WINDOW_DIALOGS[name](window)) as dialog:
        assert nameless(dialog) == set()


def test_the_main_window_has_names(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(30)
    window.panes.table.selectRow(3)
    window.frame.commands["filter.editor"].trigger()
    window.frame.commands["find"].trigger()
    for dock in window.findChildren(QDockWidget):
        dock.show()
    assert nameless(window) == set()


def test_the_compose_window_has_names(theme: Theme, tmp_path: Path) -> None:
    session = session_with_schemas(tmp_path)
    with shown(ComposeWindow(session, theme)) as window:
        window.compose_new("Kinds")
        complete(window.form_view)
        found = nameless(window)
    session.close()
    assert found == set()
