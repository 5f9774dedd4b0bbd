"""The real window on the fake session, one for each test; English texts, light colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSettings, QTranslator

from clacks_monitor import archive, assets, captures
from clacks_monitor.app import build_session
from clacks_monitor.gui.kit.bridge import Bridge
from clacks_monitor.gui.kit.theme import Scheme, Theme
from clacks_monitor.gui.window.main_window import MainWindow
from tests.helpers.entries import a_gap, some_events
from tests.helpers.fake_session import FakeSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.session.captures.capture_use import OpenedCapture
    from clacks_monitor.session.session import Session
    from tests.helpers.archives import Databases


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    """Speak English whatever the machine speaks; plural forms come from the English translation."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    translator = QTranslator()
    assert translator.load("clacks_monitor_en", str(assets.folder("resources", "translations")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def german(_english: None, qapp: QApplication) -> Iterator[None]:
    """Speak German instead."""
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    translator = QTranslator()
    assert translator.load("clacks_monitor_de", str(assets.folder("resources", "translations")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture(autouse=True)
def _no_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask no name server about the domain of the machine that runs the tests."""
    monkeypatch.setattr("clacks_monitor.gui.connections.nearby_brokers.local_domain", lambda: "")


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, Scheme.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture
def session(tmp_path: Path) -> FakeSession:
    return FakeSession(folder=tmp_path)


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Callable[[FakeSession], MainWindow]]:
    """Open a window on a session; all are closed at the end."""
    opened: list[MainWindow] = []

    def open_on(session: FakeSession) -> MainWindow:
        bridge = Bridge()
        session.wake = bridge.wake
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(theme, settings)
        window.begin(cast("Session", session), bridge)
        window.frame.commands.release()
        bridge.setParent(window)
        qtbot.addWidget(window)
        session.start()
        bridge.attach(session.drain)
        bridge.deliver()
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        opened.append(window)
        return window

    yield open_on
    for window in opened:
        window.close()
        window.bridge.detach()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_window: Callable[[FakeSession], MainWindow], session: FakeSession) -> MainWindow:
    """A window, connected, without events."""
    session.connect_office()
    return open_window(session)


@pytest.fixture
def feed(window: MainWindow, session: FakeSession) -> Callable[..., None]:
    """Let events arrive and be shown at once: feed(3), feed(bodies=[...])."""

    def push(count: int = 1, **more: object) -> None:
        session.push(count, **more)  # type: ignore[arg-type]  # passed through
        window.bridge.deliver()

    return push


@pytest.fixture
def open_real(
    qtbot: QtBot, theme: Theme, tmp_path: Path, folders: Folders
) -> Iterator[Callable[[Path | OpenedCapture | None], MainWindow]]:
    """Open a window on a real session with a capture, None for a temporary one; no bus."""
    opened: list[MainWindow] = []

    def open_on(path: Path | OpenedCapture | None) -> MainWindow:
        bridge = Bridge()
        session = build_session(folders, wake=bridge.wake, language="en", capture=path)
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(theme, settings)
        window.begin(session, bridge)
        window.frame.commands.release()
        bridge.setParent(window)
        qtbot.addWidget(window)
        opened.append(window)
        session.start()
        bridge.attach(session.drain)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        wanted = session.counters().received + session.counters().gaps
        qtbot.waitUntil(lambda: window.panes.model.rowCount() == wanted)
        return window

    yield open_on
    for window in opened:
        window.close()
        window.bridge.detach()
        window.session.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def shift(tmp_path: Path) -> Path:
    """A capture of 300 events, one marked and commented, with a gap at the end."""
    path = tmp_path / "shift.capture"
    with captures.create(path) as capture:
        capture.append([*some_events(300), a_gap(320)])
        capture.notes.annotate(7, mark=True, comment="look here")
    return path


@pytest.fixture
def real(open_real: Callable[[Path | None], MainWindow], shift: Path) -> MainWindow:
    """A window on a real session with the capture ``shift``."""
    return open_real(shift)


@pytest.fixture
def archive_url(databases: Databases) -> str:
    """The URL of an archive with 30 events, a comment and a gap."""
    made = databases.new()
    with archive.open_archive(made) as store:
        store.append([*some_events(30), a_gap(40)])
        store.notes.annotate(5, comment="Look HERE")
    return made
