"""An operator at the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.operator_desk import Operator, at_work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.folders import Folders


@pytest.fixture
def operator(qtbot: QtBot, qapp: QApplication, folders: Folders, tmp_path: Path) -> Iterator[Operator]:
    with at_work(qtbot, qapp, folders, tmp_path) as found:
        yield found
