"""Docks that are made on first use, beside the event that is selected. Thread: the window's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget


def side_dock(window: QMainWindow, title: str, name: str, pane: QWidget, *, below: bool = False) -> QDockWidget:
    """Return a dock with the pane: as a tab with the dock of the selected event, or ``below`` it."""
    dock = QDockWidget(title, window)
    dock.setObjectName(name)
    dock.setWidget(pane)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    detail = window.findChild(QDockWidget, "detailDock")
    if detail is not None and below:
        window.splitDockWidget(detail, dock, Qt.Orientation.Vertical)
    elif detail is not None:
        window.tabifyDockWidget(detail, dock)
    return dock


def bring_up(dock: QDockWidget) -> None:
    """Show a dock, in front of those that share its place."""
    dock.show()
    dock.raise_()
