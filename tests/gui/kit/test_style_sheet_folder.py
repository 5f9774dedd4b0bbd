"""The style sheet, where the program lies in a folder whose name is difficult."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox

from clacks_monitor import assets
from clacks_monitor.gui.kit.theme import Scheme, Theme

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    "name", ["plain", "Müllers 'neue' Clacks", 'a "b"', "back\\slash", "a) { b } ; (c", "a#b?c%20"]
)
def test_a_checked_box_looks_checked_in_every_folder(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shutil.copytree(assets.folder("resources", "icons"), tmp_path / name / "resources" / "icons")
    monkeypatch.setattr(assets, "ROOT", tmp_path / name)
    theme = Theme(qapp, Scheme.LIGHT)
    box = QCheckBox("Verify the certificate")
    qtbot.addWidget(box)
    unchecked = box.grab().toImage()
    box.setChecked(True)
    checked = box.grab().toImage()
    theme.deleteLater()
    assert checked != unchecked
    assert _white_on_accent(checked), "the tick is drawn too"


def _white_on_accent(image: QImage) -> bool:
    """Whether there is white left and right of which the colour of a checked box lies."""
    accent, white = QColor("#1f5f96"), QColor("#ffffff")
    for y in range(image.height()):
        row = [image.pixelColor(x, y) for x in range(image.width())]
        marked = [x for x, colour in enumerate(row) if colour == accent]
        if marked and white in row[marked[0] : marked[-1]]:
            return True
    return False
