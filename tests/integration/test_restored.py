"""The whole program, started twice: the second run goes on where the first one ended, unless that is switched off."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from clacks_monitor.app import build_session
from clacks_monitor.core.connection import ConnectionState, from_url
from clacks_monitor.core.folders import Folders
from clacks_monitor.gui.application import Application, Options
from tests.helpers.broker import running_broker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from clacks_monitor.session.session import Session

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(180)]
QUERY = "declare namespace f='http://www.gonicus.de/Events';\n./f:Event/f:PhoneStatus"
DRAFT = (
    b'<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus><CallerId>1</CallerId><ReceiverId>2</ReceiverId>'
    b"<Status>unsent</Status></PhoneStatus></Event>"
)
PATIENCE_MS = 40_000


class Source:
    """Builds a session in a folder, as a plain start does."""

    def __init__(self, folder: Path) -> None:
        self._folders = Folders.below(folder)

    def prepare(self) -> None:
        """Everything is imported already."""

    def build(self, wake: Callable[[], None], language: str) -> Session:
        return build_session(self._folders, wake=wake, language=language)

    def demonstrate(self) -> str:
        raise AssertionError("nobody asks for a demonstration here")


@contextmanager
def started(qapp: QApplication, folder: Path) -> Iterator[Application]:
    options = Options(Folders.below(folder).state, language="en", theme="light", size=(1280, 800))
    application = Application(qapp, Source(folder), options)
    application.start()
    application.deferred.finish()
    try:
        yield application
    finally:
        application.stop()
        application.deleteLater()


def _connected(application: Application) -> bool:
    states = {status.state for status in application.session.connections.statuses().values()}
    return states == {ConnectionState.CONNECTED}


def test_the_second_run_goes_on_where_the_first_one_ended(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with running_broker() as broker:
        with started(qapp, tmp_path) as first:
            settings, _password = from_url(broker.url, name="office")
            assert first.session.connections.save(settings) == ""
            first.window.controllers.connections.open(settings.id)
            qtbot.waitUntil(lambda: _connected(first), timeout=PATIENCE_MS)
            first.window.frame.filter.set(QUERY)
            profile = first.session.profiles.all()[0]
            first.window.controllers.profiles.activate([profile.id])
            first.compose.open(DRAFT)
        with started(qapp, tmp_path) as second:
            assert second.window.frame.filter.text == QUERY
            assert second.session.filtering.filter_text == QUERY
            assert [p.id for p in second.session.profiles.all() if p.active] == [profile.id]
            qtbot.waitUntil(lambda: _connected(second), timeout=PATIENCE_MS)
            assert second.compose.window is not None
            assert second.compose.window.draft.body == DRAFT
            second.compose.window.close()
            second.window.frame.commands["restore"].trigger()
        with started(qapp, tmp_path) as third:
            assert third.session.filtering.filter_text == ""
            assert not any(p.active for p in third.session.profiles.all())
            assert third.session.connections.statuses() == {}
            assert third.compose.window is None


def test_closing_the_main_window_ends_the_program_although_compose_is_open(qapp: QApplication, tmp_path: Path) -> None:
    with started(qapp, tmp_path) as application:
        application.compose.open(DRAFT)
        QTimer.singleShot(0, application.window.close)
        assert qapp.exec() == 0
    loop = QEventLoop()
    QTimer.singleShot(0, lambda: loop.exit(7))
    assert loop.exec() == 7, "a second request to quit ends the next event loop"
    with started(qapp, tmp_path) as again:
        assert again.session.restore.drafts() == [DRAFT]
