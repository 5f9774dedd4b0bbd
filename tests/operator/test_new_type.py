"""A new event type by three actions, from what the screen says; what is wrong with its schema is said there too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton

from clacks_monitor.gui.kit.shortcuts import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.operator_desk import Operator

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(180)]


class _Editor(QObject):
    """Takes the place of the system's editor."""

    def __init__(self) -> None:
        super().__init__()
        self.path = ""
        QDesktopServices.setUrlHandler("file", self, "edit")  # type: ignore[arg-type]  # it takes a str only

    @Slot(QUrl)
    def edit(self, url: QUrl) -> None:
        self.path = url.toLocalFile()

    def replace(self, old: str, new: str) -> None:
        """Change the file and save it."""
        file = Path(self.path)
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.fixture
def editor() -> Iterator[_Editor]:
    yield _Editor()
    QDesktopServices.unsetUrlHandler("file")


def _menu(operator: Operator, menu: str, text: str) -> None:
    """Click on a menu, and on one of its entries."""
    bar = operator.window.menuBar()
    title = next(action for action in bar.actions() if plain(action.text()) == menu)
    operator.click(bar, bar.actionGeometry(title).center())
    popup = title.menu()
    assert isinstance(popup, QMenu)
    entry = next(action for action in popup.actions() if plain(action.text()).startswith(text))
    operator.click(popup, popup.actionGeometry(entry).center())


def _lines(operator: Operator) -> list[str]:
    return [line.text.text() for line in operator.window.controllers.jobs.bar.lines()]


def _buttons(operator: Operator) -> list[QPushButton]:
    found = operator.window.controllers.jobs.bar.findChildren(QPushButton)
    return [button for button in found if button.isVisible() and button.text() == "Compose DoorOpened"]


def test_a_new_event_type_can_be_used_after_three_actions(operator: Operator, editor: _Editor) -> None:
    def name(dialog: QInputDialog) -> None:
        operator.fill("DoorOpened")
        operator.press(Qt.Key.Key_Return, target=dialog)

    operator.in_dialog(QInputDialog, name)
    _menu(operator, "Event", "New event type")
    operator.until(lambda: _lines(operator) == ["DoorOpened.xsd: the event type DoorOpened can be used."])
    assert operator.actions <= 3

    editor.replace('type="xs:integer"', 'type="xs:whole"')
    operator.until(lambda: any(line.startswith("DoorOpened.xsd: line 11,") for line in _lines(operator)))
    editor.replace('type="xs:whole"', 'type="xs:integer"')
    operator.until(lambda: _lines(operator) == ["DoorOpened.xsd: the event type DoorOpened can be used."])

    operator.until(lambda: bool(_buttons(operator)))
    operator.click(_buttons(operator)[0])
    compose = operator.application.compose
    operator.until(lambda: compose.window is not None and compose.window.draft.type_name == "DoorOpened")
