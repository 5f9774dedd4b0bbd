"""A window with a few events, and the files that its user chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    """A window with three events."""
    made = Stage(window, session)
    made.feed(3)
    return made


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Answer file dialogs one by one, None for Cancel; returns what they suggested."""

    def use(*answers: Path | None) -> list[str]:
        left, suggested = list(answers), list[str]()

        def choose(_parent: object, _title: str, suggestion: str = "", _kind: str = "") -> tuple[str, str]:
            suggested.append(suggestion)
            answer = left.pop(0)
            return str(answer or ""), ""

        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, choose)
        return suggested

    return use
