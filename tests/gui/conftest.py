"""What the tests of the window share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.gui.theme import Scheme, Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The light colours: one theme for all tests, as one theme serves all windows."""
    return Theme(qapp, Scheme.LIGHT)
