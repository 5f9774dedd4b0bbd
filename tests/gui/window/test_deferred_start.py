"""From the first frame to a session: nothing heavy before it, and nothing that was typed or commanded is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from clacks_monitor.core.columns import Column
from clacks_monitor.gui.application import Application, Options
from clacks_monitor.gui.query.filter_state import FilterPhase
from clacks_monitor.gui.table.headings import Headings
from clacks_monitor.gui.window.deferred_start import ComposePreload, DeferredStart
from clacks_monitor.gui.window.main_window import MainWindow
from tests.helpers import fake_sender
from tests.helpers.ending import end
from tests.helpers.fake_session import FakeSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.session import Session

FIRST_FRAME = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from clacks_monitor.app import SessionBuilder
from clacks_monitor.gui.application import Application, Options
app = QApplication([])
folder = Path(sys.argv[1])
application = Application(app, SessionBuilder(None, None, None), Options(folder, language="de", size=(1280, 800)))
application.start()
application.window.grab()
print(" ".join(sys.modules))
application.stop()
"""
QUERY = "declare namespace f='http://www.gonicus.de/Events'; ./f:Event/f:PhoneStatus"
HEAVY = (
    "clacks_monitor.amqp", "clacks_monitor.cli.bus", "clacks_monitor.forms", "clacks_monitor.session.session",
    "clacks_monitor.session.notices", "clacks_monitor.captures", "clacks_monitor.config", "clacks_monitor.xquery",
    "PySide6.QtUiTools", "cproton", "elementpath", "html", "keyring", "lxml", "platformdirs", "proton", "sqlite3",
    "ssl", "xmlschema",
)  # fmt: skip


class Source:
    """Gives the fake session."""

    def __init__(self, folder: Path) -> None:
        self.session = FakeSession(folder=folder)
        self.prepared = False

    def prepare(self) -> None:
        self.prepared = True

    def build(self, wake: Callable[[], None], _language: str) -> Session:
        assert self.prepared
        self.session.wake = wake
        return cast("Session", self.session)

    def demonstrate(self) -> str:
        return "amqp://127.0.0.1:1"


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path)


@pytest.fixture
def application(qapp: QApplication, source: Source, tmp_path: Path) -> Iterator[Application]:
    made = Application(qapp, source, Options(tmp_path, language="en", theme="light", size=(1280, 800)))
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, tmp_path: Path) -> MainWindow:
    """A window in its first frame."""
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings)
    qtbot.addWidget(window)
    window.show()
    return window


def test_the_first_frame_needs_nothing_heavy(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FIRST_FRAME, str(tmp_path)]
    loaded = subprocess.check_output(command, text=True, stderr=subprocess.DEVNULL).split()
    assert "clacks_monitor.gui.window.main_window" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_the_session_follows_the_first_frame(qtbot: QtBot, application: Application) -> None:
    with qtbot.waitSignal(application.ready):
        application.start()
    assert application.window.begun
    assert application.session.filtering.filter_text == ""


def test_a_filter_typed_and_applied_in_the_first_frame_is_in_force(
    qtbot: QtBot, frame: MainWindow, source: Source
) -> None:
    frame.focus_filter()
    QTest.keyClicks(frame.frame.filter_bar.line, QUERY)
    QTest.keyClick(frame.frame.filter_bar.line, Qt.Key.Key_Return)
    assert phase(frame) is FilterPhase.BUSY
    begin(frame, source)
    assert source.session.filtering.filter_text == QUERY
    assert frame.frame.filter_bar.line.toPlainText() == QUERY
    qtbot.waitUntil(lambda: phase(frame) is FilterPhase.APPLIED)


def test_a_filter_only_typed_in_the_first_frame_is_checked_and_not_applied(
    qtbot: QtBot, frame: MainWindow, source: Source
) -> None:
    QTest.keyClicks(frame.frame.filter_bar.line, "1 +")
    begin(frame, source)
    qtbot.waitUntil(lambda: phase(frame) is FilterPhase.INVALID)
    assert source.session.filtering.filter_text == ""
    assert frame.frame.filter_bar.line.toPlainText() == "1 +"


def test_a_filter_taken_back_in_the_first_frame_is_forgotten(frame: MainWindow, source: Source) -> None:
    QTest.keyClicks(frame.frame.filter_bar.line, "true()")
    QTest.keyClick(frame.frame.filter_bar.line, Qt.Key.Key_Return)
    QTest.keyClick(frame.frame.filter_bar.line, Qt.Key.Key_Escape)
    begin(frame, source)
    assert source.session.filtering.filter_text == ""
    assert phase(frame) is FilterPhase.EMPTY


def test_commands_of_the_first_frame_are_done_when_they_can_be(frame: MainWindow, source: Source) -> None:
    frame.frame.commands["pause"].trigger()
    wanted: list[bytes] = []
    frame.compose_wanted.connect(wanted.append)
    frame.frame.commands["compose"].trigger()
    assert wanted == []
    begin(frame, source)
    assert frame.panes.updates.paused
    assert wanted == [b""]
    frame.frame.commands["compose"].trigger()
    assert wanted == [b"", b""]


def test_a_window_closed_in_its_first_frame_is_closed(application: Application, source: Source) -> None:
    application.start()
    application.window.frame.commands["quit"].trigger()
    application.stop()
    assert not application.window.begun
    assert not source.prepared or not application.window.isVisible()


def test_steps_come_in_order_and_after_what_is_prepared(qtbot: QtBot, frame: MainWindow) -> None:
    done: list[str] = []
    steps = [lambda: done.append("one"), lambda: done.append("two")]
    deferred = DeferredStart(frame, lambda: done.append("prepared"), steps)
    frame.update()
    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == ["prepared", "one", "two"]
    end(deferred)


def test_a_deferred_start_that_is_stopped_runs_no_step(frame: MainWindow) -> None:
    done: list[str] = []
    deferred = DeferredStart(frame, lambda: done.append("prepared"), [lambda: done.append("one")])
    end(deferred)
    deferred.finish()
    assert "one" not in done


def phase(window: MainWindow) -> FilterPhase:
    return window.frame.filter.phase


def begin(window: MainWindow, source: Source) -> None:
    """Give the window its session as the application does."""
    from clacks_monitor.gui.kit.bridge import Bridge

    bridge = Bridge(window)
    source.session.wake = bridge.wake
    window.begin(cast("Session", source.session), bridge)
    source.session.start()
    bridge.attach(source.session.drain)
    window.frame.commands.release()


def headings(window: MainWindow) -> list[str]:
    table = window.findChild(Headings, "table")
    assert table is not None
    model = table.model()
    return [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(model.columnCount())]


def test_the_first_frame_has_the_headings_of_the_last_run(frame: MainWindow, source: Source, theme: Theme) -> None:
    settings = frame.frame.layout.settings
    begin(frame, source)
    frame.panes.table.columns.show([Column.SUMMARY, Column.TYPE])
    frame.close()
    again = MainWindow(theme, settings, awaits=True)
    assert headings(again) == ["Summary", "Type"]
    again.deleteLater()


@pytest.mark.parametrize("kept", ["", "Time", ["Summary", "wide Time"], ["Zusammenfassung", "100 Zeit"], [3]])
def test_headings_that_are_none_are_not_taken(theme: Theme, tmp_path: Path, kept: object) -> None:
    settings = QSettings(str(tmp_path / "odd.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/headings", kept)
    window = MainWindow(theme, settings, awaits=True)
    assert headings(window) == ["Time", "Type", "Summary"]
    window.deleteLater()


@pytest.fixture
def composing(tmp_path: Path) -> Iterator[fake_sender.FakeSession]:
    made = fake_sender.FakeSession(tmp_path)
    yield made
    made.close()


def test_schemas_are_read_on_a_thread_once_the_window_is_idle(composing: fake_sender.FakeSession, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    composing.catalogue.warm_up = lambda: threads.append(threading.current_thread())  # type: ignore[method-assign]  # watched
    preload = ComposePreload(composing.composing, idle_ms=0)
    preload.start()
    qtbot.waitUntil(lambda: bool(threads))
    end(preload)
    assert threads[0] is not threading.main_thread()
    assert not threads[0].is_alive()


def test_a_window_that_goes_at_once_starts_nothing(composing: fake_sender.FakeSession) -> None:
    before = threading.active_count()
    preload = ComposePreload(composing.composing)
    preload.start()
    end(preload)
    assert threading.active_count() == before
