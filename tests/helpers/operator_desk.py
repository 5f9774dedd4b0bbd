"""The real window on a demonstration bus, and an operator whose clicks and keys are counted; typing a value is not."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from clacks_monitor.app import build_session
from clacks_monitor.core.connection import from_url
from clacks_monitor.gui.application import Application, Options
from clacks_monitor.testbed.demonstration import Demo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.event import Row
    from clacks_monitor.core.folders import Folders
    from clacks_monitor.session.session import Session

D = TypeVar("D", bound=QDialog)
PATIENCE_MS = 40_000
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
CONTROL_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


class Source:
    """Builds a session on a capture that is connected to a bus, where there is a URL; ``demo`` starts another bus."""

    def __init__(self, folders: Folders, capture: Path | None, url: str, demo: Callable[[], str] | None = None) -> None:
        self._folders, self._capture, self._url = folders, capture, url
        self._demo = demo

    def prepare(self) -> None:
        """Everything is imported already."""

    def build(self, wake: Callable[[], None], language: str) -> Session:
        session = build_session(self._folders, wake=wake, language=language, capture=self._capture)
        if self._url:
            settings, password = from_url(self._url, name="test bus")
            session.connections.add_for_this_run(settings)
            assert session.connections.open(settings.id, password) == ""
        return session

    def demonstrate(self) -> str:
        assert self._demo is not None
        return self._demo()


@contextmanager
def monitor(
    qapp: QApplication, folders: Folders, capture: Path | None, url: str = "", demo: Callable[[], str] | None = None
) -> Iterator[Application]:
    """The application with its window, ready for use; without a capture as at the first start."""
    options = Options(folders.state, language="en", theme="light", size=(1280, 800), awaits=True)
    application = Application(qapp, Source(folders, capture, url, demo), options)
    application.start()
    application.deferred.finish()
    try:
        yield application
    finally:
        application.stop()
        application.deleteLater()


class Operator:
    """Sends keys and clicks to the window; ``actions`` counts them."""

    def __init__(self, application: Application, qtbot: QtBot) -> None:
        self.application, self.window = application, application.window
        self._qtbot = qtbot
        self.actions = 0
        self.bus: Demo | None = None

    @property
    def rows(self) -> list[Row]:
        """The rows of the table."""
        return self.application.session.rows.read(self.window.panes.table.events.store.sequences).value

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, target: QWidget | None = None) -> None:
        """Press a key."""
        self.actions += 1
        QTest.keyClick(target or self.window, key, modifier)

    def write(self, target: QWidget, text: str) -> None:
        """Type a value, which is not counted."""
        QTest.keyClicks(target, text)

    def fill(self, *texts: str) -> None:
        """Type values one after the other where the focus is, Tab between them, which is not counted."""
        for number, text in enumerate(texts):
            if number:
                QTest.keyClick(self.focused, Qt.Key.Key_Tab)
            QTest.keyClicks(self.focused, text)

    @property
    def focused(self) -> QWidget:
        """The widget that takes the keys."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def return_to_window(self) -> None:
        """Activate the main window, as a window manager does when a dialog has been closed."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def in_dialog(self, kind: type[D], answer: Callable[[D], None]) -> None:
        """Answer the next modal dialog of a kind, when it is there."""
        timer = QTimer(self.window)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            focused = QApplication.focusWidget()
            if isinstance(dialog, kind) and focused is not None and dialog.isAncestorOf(focused):
                timer.stop()
                try:
                    answer(dialog)
                except BaseException:
                    dialog.reject()
                    raise

        timer.timeout.connect(look)
        timer.start(10)

    def click(self, target: QWidget, at: QPoint | None = None) -> None:
        """Click on something that can be seen."""
        assert target.isVisible()
        assert target.isEnabled()
        self.actions += 1
        where = at if at is not None else target.rect().center()
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=where)


@contextmanager
def at_work(qtbot: QtBot, qapp: QApplication, folders: Folders, tmp_path: Path) -> Iterator[Operator]:
    """An operator at a window that shows busy telephones, among others."""
    with Demo(rate=60, seed=3) as demo, monitor(qapp, folders, tmp_path / "shift.capture", demo.url) as application:
        operator = Operator(application, qtbot)
        operator.bus = demo
        operator.until(lambda: any(row.summary.endswith("busy") for row in operator.rows))
        yield operator
