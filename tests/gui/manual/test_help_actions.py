from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QVBoxLayout

from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.manual import help_actions
from clacks_monitor.gui.manual.manual_window import ManualWindow

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow


class ReplayDialog(QDialog):
    """A modal dialog with the name of one that has a place."""


def test_the_key_opens_the_place_of_the_focus(window: MainWindow) -> None:
    window.activateWindow()
    window.frame.filter_bar.line.setFocus()
    QTest.keyClick(window.frame.filter_bar.line, Qt.Key.Key_F1)
    (manual,) = window.findChildren(ManualWindow)
    assert manual.place == "filters.md"
    manual.close()
    window.activateWindow()
    window.panes.timeline.setFocus()
    QTest.keyClick(window.panes.timeline, Qt.Key.Key_F1)
    assert window.findChildren(ManualWindow) == [manual]
    assert (manual.place, manual.isVisible()) == ("statistics.md#timeline", True)


def test_over_a_modal_dialog_the_manual_can_be_read(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ReplayDialog(window)
    line = QLineEdit(dialog)
    QVBoxLayout(dialog).addWidget(line)
    places: list[str] = []

    def press() -> None:
        try:
            dialog.activateWindow()
            qtbot.waitUntil(line.hasFocus)
            QTest.keyClick(line, Qt.Key.Key_F1)
            (manual,) = dialog.findChildren(ManualWindow)
            places.append(manual.place)
            QTest.mouseClick(manual.contents, Qt.MouseButton.LeftButton)
            places.append(manual.place)
        finally:
            dialog.reject()

    QTimer.singleShot(0, press)
    dialog.exec()
    assert places == ["replay.md", "index.md"]
    dialog.deleteLater()


def test_about_names_licence_versions_and_folders(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(message_boxes, "about", lambda _parent, _title, name, text: said.extend((name, text)))
    window.frame.commands["about"].trigger()
    name, text = said
    assert name.startswith("Clacks Event Monitor ")
    assert "Apache License 2.0" in text
    assert f"Python {sys.version.split()[0]}" in text
    for package in ("Qt 6", "python-qpid-proton 0", "lxml ", "libxml2 2"):
        assert package in text
    assert f"Schemas: {window.session.folders.schemas}" in text
    assert len(text) < message_boxes.MAX_TEXT * 2


def test_about_is_shown_whole(window: MainWindow) -> None:
    texts: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            texts.append(box.informativeText().replace("\u200b", ""))
            box.reject()

    QTimer.singleShot(0, read)
    window.frame.commands["about"].trigger()
    assert str(window.session.folders.state) in texts[0]


def test_the_first_steps_follow_the_language() -> None:
    assert help_actions.FIRST_STEPS.keys() == {"en", "de"}
