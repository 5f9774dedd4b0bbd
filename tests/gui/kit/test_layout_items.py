"""What a layout holds, and that no wrapper of an item outlives the item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

from clacks_monitor.gui.compose.editors.flow import FlowLayout
from clacks_monitor.gui.kit.layout_items import parts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def wrappers() -> set[int]:
    return {id(found) for found in shiboken6.getAllValidWrappers() if isinstance(found, QWidgetItem)}


@pytest.mark.parametrize("kind", [QVBoxLayout, QHBoxLayout, QGridLayout, QFormLayout, FlowLayout])
def test_widgets_come_in_order_and_leave_nothing_behind(
    window: QWidget, qapp: QApplication, kind: type[QLayout]
) -> None:
    layout = kind()
    window.setLayout(layout)
    labels = [QLabel(str(number), window) for number in range(5)]
    before = wrappers()
    for label in labels:
        layout.addWidget(label)
    assert list(parts(layout)) == labels
    assert list(parts(layout)) == labels
    for label in labels:
        label.deleteLater()
    labels.clear()
    del label
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert list(parts(layout)) == []
    assert wrappers() <= before


def test_layouts_within_and_the_rows_of_a_form(window: QWidget) -> None:
    form = QFormLayout(window)
    first, field, wide, inner = QLabel("first"), QLabel("field"), QLabel("wide"), QHBoxLayout()
    form.addRow(first, field)
    form.addRow(wide)
    form.addRow(inner)
    inner.addSpacing(5)
    assert list(parts(form)) == [first, field, wide, inner]
    assert list(parts(inner)) == []
