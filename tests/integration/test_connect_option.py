"""The window that is opened on a bus by --connect asks for the password that the URL does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.app import SessionBuilder, main
from clacks_monitor.core.connection import ConnectionState, from_url
from clacks_monitor.core.folders import Folders
from clacks_monitor.gui.application import Application, Options
from clacks_monitor.gui.connections.password_dialog import PasswordPrompt
from tests.helpers.broker import running_broker

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(120)]


def test_it_asks_for_the_password_and_connects(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(prompt: PasswordPrompt) -> bool:
        asked.append(prompt.windowTitle())
        monkeypatch.setattr(PasswordPrompt, "password", "secret")
        return True

    monkeypatch.setattr(PasswordPrompt, "exec", answer)
    users = tmp_path / "users"
    users.write_text("admin:secret\n", encoding="utf-8")
    with running_broker("--users", str(users)) as broker:
        folders = Folders.below(tmp_path / "config")
        settings, _none = from_url(broker.url.replace("amqp://", "amqp://admin@"))
        options = Options(folders.state, language="en", awaits=True, opens=(settings.id,))
        with SessionBuilder(folders, None, (settings, None)) as source:
            application = Application(qapp, source, options)
            application.start()
            application.deferred.finish()
            try:
                statuses = application.session.connections.statuses
                qtbot.waitUntil(
                    lambda: [s.state for s in statuses().values()] == [ConnectionState.CONNECTED], timeout=30_000
                )
            finally:
                application.stop()
                application.deleteLater()
    assert len(asked) == 1


def test_a_wrong_url_is_told_before_any_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--connect", "http://bus.example"]) == 2
    assert "amqp://" in capsys.readouterr().err
