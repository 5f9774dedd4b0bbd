"""Building many widgets in a window that is shown, and laying them out once.

Qt lays out a widget and all that is around it whenever a child is shown, and each of these layouts squeezes what it
holds into the room that it had before: a form of 170 values was laid out 190 times while it was built.

Owner: what builds. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from clacks_monitor.gui.kit.layout_items import parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QScrollArea


class LayoutHold:
    """Keeps the layouts around some widgets of a scroll area still, and then has them done from the outside in."""

    def __init__(self, area: QScrollArea) -> None:
        self._area = area
        self._held: list[tuple[QWidget, QLayout]] = []

    def hold(self, widget: QWidget) -> None:
        """Keep the layout of a widget, and those around it, from doing anything."""
        step: QWidget | None = widget
        while step is not None and step is not self._area:
            layout = step.layout()
            if layout is not None:
                if not layout.isEnabled():
                    return
                layout.setEnabled(False)
                self._held.append((step, layout))
            step = step.parentWidget()

    def release(self) -> None:
        """Lay out what was held."""
        held, self._held = [(widget, layout) for widget, layout in self._held if shiboken6.isValid(layout)], []
        for _widget, layout in held:
            layout.setEnabled(True)
        for widget, layout in held:
            _invalidate(layout)
            widget.updateGeometry()
        if held:
            QCoreApplication.sendEvent(self._area, QEvent(QEvent.Type.LayoutRequest))


def _invalidate(layout: QLayout) -> None:
    """Have a layout, and those in it, forget the sizes that they know."""
    for part in parts(layout):
        if not isinstance(part, QWidget):
            _invalidate(part)
    layout.invalidate()
