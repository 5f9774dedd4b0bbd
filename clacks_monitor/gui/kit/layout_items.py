"""What a layout holds, without leaving wrappers of its items behind. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtWidgets import QFormLayout, QLayout, QWidgetItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QLayoutItem, QWidget

_ROLES = (QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole)
"""What spans both columns of a form has the role of a field as well."""


def parts(layout: QLayout) -> Iterator[QWidget | QLayout]:
    """Yield the widgets and layouts that a layout holds, row by row.

    PySide keeps the wrapper of an item as long as the layout's, even when Qt has deleted the item: the next object that
    Qt places there would be taken for it. So each wrapper of Qt's own layouts is given up at once.
    """
    of_qt = type(layout).__module__.startswith("PySide6.")
    for item in _items(layout):
        if isinstance(item, QLayout):
            yield item
            continue
        widget = item.widget()
        if of_qt and type(item) is QWidgetItem:
            shiboken6.invalidate(item)
        if widget is not None:
            yield widget


def _items(layout: QLayout) -> Iterator[QLayoutItem]:
    if isinstance(layout, QFormLayout):
        found = (layout.itemAt(row, role) for row in range(layout.rowCount()) for role in _ROLES)
    else:
        found = (layout.itemAt(index) for index in range(layout.count()))
    return (item for item in found if item is not None)
