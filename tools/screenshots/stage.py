"""Carries out the steps of a scene on the real window, connected to a demonstration. Thread: main.

Steps are generators that yield while they wait; a timer drives them, so that they go on while a modal dialog is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from clacks_monitor.app import build_session
from clacks_monitor.core.connection import ConnectionState, from_url
from clacks_monitor.gui.application import Application, Options
from clacks_monitor.gui.profiles.profile_alert import AlertPage
from clacks_monitor.gui.profiles.profile_webhook import WebhookPage
from clacks_monitor.testbed.demonstration import Demo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QPixmap

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.session.session import Session
    from tools.screenshots.scenes import Scene

_TICK_MS = 50
_MOST_TICKS = 1_200


class SceneError(RuntimeError):
    """A scene could not be set up; the text says which, and where it was."""


class Source:
    """Builds a session that is connected to the demonstration."""

    def __init__(self, folders: Folders, url: str) -> None:
        self._folders, self._url = folders, url

    def prepare(self) -> None:
        """Everything is imported already."""

    def build(self, wake: Callable[[], None], language: str) -> Session:
        """Return the session."""
        session = build_session(self._folders, wake=wake, language=language)
        settings, password = from_url(self._url, name="Office bus")
        session.connections.add_for_this_run(settings)
        session.connections.open(settings.id, password)
        return session

    def demonstrate(self) -> str:
        """Return the demonstration that is there already."""
        return self._url


class Stage(QObject):
    """Plays one scene; ``done`` comes with its picture."""

    done = Signal(object)

    def __init__(self, scene: Scene, theme: str, folders: Folders) -> None:
        super().__init__()
        self._scene = scene
        self._demo = Demo(rate=40, seed=7)
        self._demo.__enter__()
        qt = cast("QApplication", QApplication.instance())
        options = Options(folders.state, language="en", theme=theme, size=scene.size, awaits=True)
        self.application = Application(qt, Source(folders, self._demo.url), options)
        self.application.start()
        self.application.deferred.finish()
        self._ticks = 0
        self._play = self._played()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    @Slot()
    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks > _MOST_TICKS:
            self._timer.stop()
            self.done.emit(None)
            return
        try:
            next(self._play)
        except StopIteration:
            self._timer.stop()
        except Exception:
            self._timer.stop()
            self.done.emit(None)
            raise

    def close(self) -> None:
        """End the program and its demonstration."""
        self.application.stop()
        self.application.deleteLater()
        self._demo.__exit__(None, None, None)

    def _played(self) -> Iterator[None]:
        while self._rows() < self._scene.events:
            yield
        for step, value in self._scene.steps:
            yield from getattr(self, step)(value)
        while (window := self._window()) is None:
            yield
        yield from self.settle(6)
        picture: QPixmap = window.grab()
        for dialog in self._all():
            if isinstance(dialog, QDialog):
                dialog.reject()
        self.done.emit(picture)

    # -- the steps -----------------------------------------------------------------------------------------------

    def settle(self, ticks: object) -> Iterator[None]:
        """Let the window finish what it does."""
        for _tick in range(cast("int", ticks)):
            yield

    def command(self, key: object) -> Iterator[None]:
        """Give a command; it may open a dialog that waits."""
        action = self.application.window.frame.commands[str(key)]
        QTimer.singleShot(0, action, action.trigger)
        yield

    def type(self, text: object) -> Iterator[None]:
        """Type a filter without applying it."""
        line = self.application.window.frame.filter_bar.line
        line.setFocus()
        QTest.keyClicks(line, str(text))
        yield

    def filter(self, text: object) -> Iterator[None]:
        """Apply a filter, and wait until something matches."""
        self.application.window.frame.filter.set(str(text))
        yield from self.settle(4)
        while self._rows() < 3:
            yield

    def select(self, type_name: object) -> Iterator[None]:
        """Select the newest event of a type, and hold the table."""
        window = self.application.window
        while True:
            sequences = window.panes.table.events.store.sequences
            rows = self.application.session.rows.read(sequences[-40:]).value
            found = [row for row in rows if not type_name or row.type == type_name]
            if found:
                break
            yield
        window.panes.table.go_to(found[-1].sequence)
        yield from self.settle(10)

    def check(self, name: object) -> Iterator[None]:
        """Check a profile."""
        profiles = self.application.session.profiles.all()
        self.application.window.panes.profiles.toggle([profile.name for profile in profiles].index(str(name)))
        yield from self.settle(4)

    def profile(self, name: object) -> Iterator[None]:
        """Select a profile."""
        (found,) = (p for p in self.application.session.profiles.all() if p.name == name)
        self.application.window.panes.profiles.select(found.id)
        yield

    def tab(self, title: object) -> Iterator[None]:
        """Show a tab of the dialog."""
        while (window := self._window()) is None:
            yield
        for tabs in window.findChildren(QTabWidget):
            for index in range(tabs.count()):
                if tabs.tabText(index).replace("&", "").startswith(str(title)):
                    tabs.setCurrentIndex(index)
        yield from self.settle(6)

    def alert(self, _value: object) -> Iterator[None]:
        """Have the profile of the dialog alert at a match."""
        while (window := self._window()) is None:
            yield
        (page,) = window.findChildren(AlertPage)
        page.on_match.setChecked(True)
        yield

    def webhook(self, url: object) -> Iterator[None]:
        """Enter the URL of a webhook into the dialog."""
        while (window := self._window()) is None:
            yield
        (page,) = window.findChildren(WebhookPage)
        page.url.setFocus()
        QTest.keyClicks(page.url, str(url))
        yield from self.settle(6)

    def board(self, board_id: object) -> Iterator[None]:
        """Show a board."""
        self.application.window.controllers.boards.open(str(board_id))
        yield from self.settle(8)

    def chart(self, path: object) -> Iterator[None]:
        """Show a chart of a field of the newest event of its type, with the shortest span of time."""
        steps = str(path).split("/")
        yield from self.select(steps[0])
        controllers = self.application.window.controllers
        controllers.charts.open(tuple(steps))
        controllers.timing.zoom(1)
        yield from self.settle(20)

    def spans(self, source: object) -> Iterator[None]:
        """Show the spans of a board, with the shortest span of time."""
        controllers = self.application.window.controllers
        controllers.spans.show()
        while (pane := controllers.spans.pane) is None:
            yield
        pane.choose(str(source))
        controllers.timing.zoom(1)
        yield from self.settle(20)

    def compose(self, body: object) -> Iterator[None]:
        """Compose an event from a body."""
        self.application.window.compose_wanted.emit(body)
        while (window := self.application.compose.window) is None:
            yield
        window.resize(*self._scene.size)
        yield from self.settle(15)

    def send(self, _value: object) -> Iterator[None]:
        """Send it, and wait until it has come back."""
        window = self.application.compose.window
        if window is None:
            raise SceneError(f"{self._scene.name}: there is no compose window")
        window.send()
        while "received after" not in window.outcome.text():
            yield

    def compose_tab(self, title: object) -> Iterator[None]:
        """Show a pane of the compose window."""
        yield from self.tab(title)

    def lose(self, _value: object) -> Iterator[None]:
        """End the broker."""
        self._demo.__exit__(None, None, None)
        while self._state() is not ConnectionState.LOST:
            yield

    def disconnect(self, _value: object) -> Iterator[None]:  # type: ignore[override]  # QObject's takes other things
        """Disconnect, and start over with an empty capture."""
        (connection,) = self.application.session.connections.all()
        self.application.session.connections.close(connection.id)
        yield from self.command("capture.new")
        yield from self.settle(20)

    # -- what there is -------------------------------------------------------------------------------------------

    def _rows(self) -> int:
        return self.application.window.panes.table.events.rowCount()

    def _state(self) -> ConnectionState | None:
        (connection,) = self.application.session.connections.all()
        status = self.application.session.connections.statuses().get(connection.id)
        return status.state if status else None

    def _all(self) -> list[QWidget]:
        return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]

    def _window(self) -> QWidget | None:
        return next((widget for widget in self._all() if type(widget).__name__ == self._scene.shows), None)
