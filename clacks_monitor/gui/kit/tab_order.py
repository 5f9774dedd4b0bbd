"""The order in which Tab walks: the order in which things are seen.

Qt appends a new widget at the end of a window's order; a form builds its rows when they are wanted.
Pure functions. Thread: the window's.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clacks_monitor.gui.kit.layout_items import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QLayout


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
    for part in parts(layout):
        yield from stops(part) if isinstance(part, QWidget) else _in_layout(part)


def walk(chain: Sequence[QWidget]) -> None:
    """Let Tab walk through these widgets one after the other."""
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)
