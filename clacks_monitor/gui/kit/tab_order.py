"""The order in which Tab walks: the order in which things are seen.

Qt appends a new widget at the end of a window's order; a form builds its rows when they are wanted.
Pure functions. Thread: the window's.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROLES = (QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole, QFormLayout.ItemRole.SpanningRole)


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widgets at and below ``widget`` that take the focus by Tab, as their layouts place them."""
    takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    if takes_tab == Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
        return
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    if isinstance(layout, QFormLayout):
        found = [layout.itemAt(row, role) for row in range(layout.rowCount()) for role in _ROLES]
    else:
        found = [layout.itemAt(index) for index in range(layout.count())]
    for item in found:
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from stops(widget)
        elif inner is not None:
            yield from _in_layout(inner)


def walk(chain: Sequence[QWidget]) -> None:
    """Let Tab walk through these widgets one after the other."""
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)
