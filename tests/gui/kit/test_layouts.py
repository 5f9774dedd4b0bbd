"""What a form has built: found by its name, and placeholders replaced where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.gui.kit.layout_items import parts
from clacks_monitor.gui.kit.layouts import LayoutError, child, put

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def root(qtbot: QtBot) -> QMainWindow:
    """A window with a placeholder in each kind of parent, each between two others."""
    window = QMainWindow()
    qtbot.addWidget(window)
    middle = QWidget()
    window.setCentralWidget(middle)
    column, splitter, stack = QVBoxLayout(middle), QSplitter(), QStackedWidget()
    for holder in (splitter, stack):
        column.addWidget(holder)
        for name in ("first", "place", "last"):
            holder.addWidget(named(QWidget(), f"{name} in {type(holder).__name__}"))
    column.addWidget(named(QWidget(), "place in layout"))
    column.addWidget(named(QLineEdit(), "last in layout"))
    dock = QDockWidget(window)
    dock.setWidget(named(QWidget(), "place in QDockWidget"))
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    child(window, QStackedWidget, "").setCurrentIndex(1)
    return window


def named(widget: QWidget, name: str) -> QWidget:
    widget.setObjectName(name)
    return widget


@pytest.mark.parametrize("holder", ["layout", "QSplitter", "QStackedWidget", "QDockWidget"])
def test_a_widget_takes_the_place_of_its_placeholder(root: QMainWindow, holder: str) -> None:
    name = f"place in {holder}"
    place = child(root, QWidget, name)
    parent, before = place.parentWidget(), [w.objectName() for w in siblings(place)]
    widget = put(root, name, QPushButton(root))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert child(root, QPushButton, name) is widget
    assert widget.parentWidget() is parent
    assert [w.objectName() for w in siblings(widget)] == before


def siblings(widget: QWidget) -> list[QWidget]:
    """Return what is beside a widget in its parent, in order."""
    parent = widget.parentWidget()
    if isinstance(parent, QSplitter | QStackedWidget):
        held = [parent.widget(index) for index in range(parent.count())]
        return [found for found in held if found is not None]
    layout = parent.layout() if parent is not None else None
    return [part for part in parts(layout) if isinstance(part, QWidget)] if layout is not None else []


def test_the_page_that_is_shown_stays_shown(root: QMainWindow) -> None:
    stack = child(root, QStackedWidget, "")
    widget = put(root, "place in QStackedWidget", QLabel(root))
    assert stack.currentWidget() is widget
    put(root, "last in QStackedWidget", QLabel(root))
    assert stack.currentWidget() is widget


def test_the_focus_stays_in_the_place(root: QMainWindow, qtbot: QtBot) -> None:
    root.show()
    qtbot.waitExposed(root)
    root.activateWindow()
    child(root, QLineEdit, "last in layout").setFocus()
    qtbot.waitUntil(child(root, QLineEdit, "last in layout").hasFocus)
    other = put(root, "place in layout", QLineEdit(root))
    assert not other.hasFocus()
    line = put(root, "last in layout", QLineEdit(root))
    qtbot.waitUntil(line.hasFocus)


def test_a_name_that_the_form_does_not_have_is_refused(root: QMainWindow) -> None:
    with pytest.raises(LayoutError, match="QMainWindow has no QLabel named nothing"):
        child(root, QLabel, "nothing")
    with pytest.raises(LayoutError, match="no QPushButton named last in layout"):
        child(root, QPushButton, "last in layout")
