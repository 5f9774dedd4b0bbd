"""Widgets that lie on each other: one that no layout has a place for stands in the corner, on the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAVES = (
    "QAbstractItemView", "QTabBar", "QToolBar", "QMenuBar", "QComboBox", "QAbstractSpinBox", "QLineEdit",
    "QPlainTextEdit", "QSplitterHandle", "QCalendarWidget", "QMainWindow", "QDockWidget",
)  # fmt: skip
"""Qt places what is in these by itself, or a program draws over it on purpose."""


def overlapping(top: QWidget) -> list[str]:
    """Return the pairs of visible siblings below a widget that share more than a pixel at their edges."""
    QApplication.sendPostedEvents()
    return list(_pairs(top))


def _pairs(widget: QWidget) -> Iterator[str]:
    children = [
        child
        for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.isVisible() and not child.isWindow() and not child.geometry().isEmpty()
    ]
    inside = not any(widget.inherits(name) for name in _LEAVES)
    for place, one in enumerate(children):
        for other in children[place + 1 :] if inside else ():
            common = one.geometry().intersected(other.geometry())
            if common.width() > 1 and common.height() > 1:
                yield f"{_name(one)} and {_name(other)} in {_name(widget)}"
        yield from _pairs(one)


def _name(widget: QWidget) -> str:
    said = next((str(widget.property(name)) for name in ("text", "title") if widget.property(name)), "")
    return " ".join(filter(None, (type(widget).__name__, widget.objectName(), repr(said) if said else "")))
