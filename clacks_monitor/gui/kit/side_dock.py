"""Docks that are made on first use: beside the event that is selected, or above the timeline. Thread: the window's."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
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


def put_above_timeline(window: QMainWindow, dock: QDockWidget, height: int) -> None:
    """Put a dock between the table and the timeline, where that is shown; both are as wide as each other."""
    timeline = window.findChild(QDockWidget, "timelineDock")
    if timeline is None or timeline.isHidden():
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        return
    heights = [height, timeline.height()]
    window.splitDockWidget(timeline, dock, Qt.Orientation.Vertical)
    window.splitDockWidget(dock, timeline, Qt.Orientation.Vertical)
    # Share the height once the window has laid out the new pane.
    QTimer.singleShot(0, window, partial(window.resizeDocks, [dock, timeline], heights, Qt.Orientation.Vertical))
