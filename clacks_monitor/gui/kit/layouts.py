"""Finds and replaces what the form of Qt Designer has built in a window or dialog.

Owner: the window being built. Thread: the window's.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QSplitter, QStackedWidget, QWidget

T = TypeVar("T", bound=QObject)
W = TypeVar("W", bound=QWidget)


class LayoutError(RuntimeError):
    """A form has no object of a name: it was changed without its window."""


def put(root: QWidget, name: str, widget: W) -> W:
    """Replace the form's placeholder of that name by a widget, which takes over its focus; return the widget."""
    place = child(root, QWidget, name)
    focused = place.hasFocus()
    parent = place.parentWidget()
    layout = parent.layout() if parent is not None else None
    if isinstance(parent, QDockWidget):
        parent.setWidget(widget)
    elif isinstance(parent, QSplitter):
        parent.replaceWidget(parent.indexOf(place), widget)
    elif isinstance(parent, QStackedWidget):
        shown = parent.currentWidget() is place
        parent.insertWidget(parent.indexOf(place), widget)
        if shown:
            parent.setCurrentWidget(widget)
        parent.removeWidget(place)
    elif layout is not None:
        layout.replaceWidget(place, widget)
    widget.setObjectName(name)
    place.setObjectName("")
    if focused:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
    place.setVisible(False)  # it lies on the widget until the event loop deletes it
    place.deleteLater()
    return widget


def child(root: QObject, kind: type[T], name: str) -> T:
    """Return the object of that name below ``root``. Raises LayoutError when the form has no such object."""
    found = root.findChild(kind, name)
    if found is None:
        raise LayoutError(f"the form of {type(root).__name__} has no {kind.__name__} named {name}")
    return found
