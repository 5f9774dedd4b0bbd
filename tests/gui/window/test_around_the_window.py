"""Beside the window: the demonstration, session restore, work on threads, signals, the bridge, the language."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from clacks_monitor.core.connection import DEMONSTRATION
from clacks_monitor.gui.application import _Reporter, language_of
from clacks_monitor.gui.kit.bridge import Bridge
from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.window.demonstration import Demonstration
from clacks_monitor.gui.window.interrupts import Interrupts
from clacks_monitor.gui.window.session_restore import KEEP_MS, SessionRestore
from clacks_monitor.session import notices
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession


# -- the demonstration -------------------------------------------------------------------------------------------------


@dataclass
class Bus:
    """Starts when it may, and counts how often it was asked to."""

    url: str = "amqp://demo:pw@localhost:5679/org.demo"
    error: Exception | None = None
    begun: int = 0

    def begin(self) -> str:
        self.begun += 1
        if self.error is not None:
            raise self.error
        return self.url


@pytest.fixture
def demonstrate(window: MainWindow, session: FakeSession) -> Iterator[Callable[[Bus], Demonstration]]:
    made = list[Demonstration]()

    def use(bus: Bus) -> Demonstration:
        connections = session.connections
        demo = Demonstration(bus.begin, connections, window.frame.commands, window)  # type: ignore[arg-type]  # the fake's own
        demo.notified.connect(window.frame.status.notify)
        demo.failed.connect(window.panes.trouble.notify)
        made.append(demo)
        return demo

    yield use
    for demo in made:
        for thread in demo.stop():
            thread.join(5)


def test_the_demonstration_is_started_once_and_connected_to(
    demonstrate: Callable[[Bus], Demonstration], window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    bus = Bus()
    demo = demonstrate(bus)
    command = window.frame.commands["demo"]
    command.trigger()
    assert window.frame.status.line.message == "Starting the demo…"
    assert not command.isEnabled()
    demo.start()
    qtbot.waitUntil(lambda: len(session.connections.all()) == 2)
    settings = session.connections.all()[1]
    assert (settings.name, settings.hosts, settings.user) == (DEMONSTRATION, (("localhost", 5679),), "demo")
    assert session.connections.opened[-1] == settings.id
    assert bus.begun == 1
    assert not window.panes.trouble.isVisible()


@pytest.mark.parametrize("error", [OSError("No port is free."), RuntimeError("It ended.")])
def test_a_demonstration_that_does_not_start_is_told_and_can_be_tried_again(
    demonstrate: Callable[[Bus], Demonstration], window: MainWindow, qtbot: QtBot, error: Exception
) -> None:
    bus = Bus(error=error)
    demonstrate(bus)
    command = window.frame.commands["demo"]
    command.trigger()
    qtbot.waitUntil(window.panes.trouble.isVisible)
    assert window.panes.trouble.text.text() == f"The demo did not start: {error}"
    assert command.isEnabled()
    command.trigger()
    qtbot.waitUntil(lambda: bus.begun == 2)


def test_why_the_demonstration_cannot_be_connected_to_is_told(
    demonstrate: Callable[[Bus], Demonstration],
    window: MainWindow,
    session: FakeSession,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(session.connections, "open", lambda *_args: "It hung up.")
    demonstrate(Bus())
    window.frame.commands["demo"].trigger()
    qtbot.waitUntil(window.panes.trouble.isVisible)
    assert window.panes.trouble.text.text() == "It hung up."


# -- session restore ---------------------------------------------------------------------------------------------------


def test_what_the_user_leaves_is_kept_once(window: MainWindow, session: FakeSession) -> None:
    bodies = [b"<one/>"]
    restore = SessionRestore(session.restore, window, lambda: bodies[:1], window)  # type: ignore[arg-type]  # the fake's own
    restore.open([])
    assert (restore._timer.isActive(), restore._timer.interval()) == (True, KEEP_MS)
    restore._timer.timeout.emit()
    assert session.restore.unsent == [b"<one/>"]
    bodies[0] = b"<two/>"
    remembered = session.restore.remembered
    restore.end()
    assert (session.restore.unsent, restore._timer.isActive()) == ([b"<two/>"], False)
    bodies[0] = b"<three/>"
    restore.keep_drafts()
    restore.remember()
    assert (session.restore.unsent, session.restore.remembered) == ([b"<two/>"], remembered)


def test_without_a_draft_nothing_is_asked_for(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    restore = SessionRestore(session.restore, window, list, window)  # type: ignore[arg-type]  # the fake's own
    asked = list[list[bytes]]()
    restore.drafts_wanted.connect(asked.append)
    restore.open([])
    done = list[int]()
    QTimer.singleShot(0, lambda: done.append(1))
    qtbot.waitUntil(lambda: bool(done))
    assert asked == []
    session.restore.unsent = [phone()]
    restore.open([])
    qtbot.waitUntil(lambda: asked == [[phone()]])


@pytest.mark.parametrize("method", ["keep", "remember", "keep_drafts"])
def test_why_the_session_cannot_be_stored_is_shown(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    restore = SessionRestore(session.restore, window, list, window)  # type: ignore[arg-type]  # the fake's own
    monkeypatch.setattr(session.restore, method, lambda *_args, **_more: "The disk is full.")
    if method == "keep":
        window.frame.commands["restore"].trigger()
    else:
        getattr(restore, method)()
    assert window.panes.trouble.text.text() == "The disk is full."


# -- signals of the system ---------------------------------------------------------------------------------------------


def test_a_polite_kill_ends_the_program_and_signals_are_left_alone_afterwards(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    before, ends = signal.getsignal(signal.SIGTERM), list[int]()
    monkeypatch.setattr(qapp, "exit", ends.append, raising=False)
    interrupts = Interrupts(qapp)
    try:
        interrupts.begin()
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: ends == [0])
        assert signal.set_wakeup_fd(-1) != -1
    finally:
        interrupts.stop()
        signal.signal(signal.SIGTERM, before)
        interrupts.deleteLater()
    interrupts.stop()
    assert signal.set_wakeup_fd(-1) == -1


# -- the bridge --------------------------------------------------------------------------------------------------------


def test_the_window_listens_to_every_notice_but_those_of_the_compose_window(window: MainWindow) -> None:
    assert set(window.bridge._channels) == set(get_args(notices.Notice)) - {notices.EventSent}


def test_a_bridge_without_a_session_tells_nothing(qtbot: QtBot) -> None:
    made, taken = Bridge(), list[int]()

    def take() -> list[notices.Notice]:
        taken.append(1)
        return []

    with qtbot.assertNotEmitted(made.delivered):
        made.wake()
        made.deliver()
        QApplication.processEvents()
    made.attach(take)
    qtbot.waitUntil(lambda: taken == [1])
    made.wake()
    qtbot.waitUntil(lambda: taken == [1, 1])
    made.wake()
    made.detach()
    QApplication.processEvents()
    made.deliver()
    assert taken == [1, 1]


# -- language, errors, labels ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "system", "found"),
    [
        ("de", "en_US", "de"),
        ("en", "de_DE", "en"),
        ("fr", "de_DE", "en"),
        (None, "de_AT", "de"),
        (None, "fr_FR", "en"),
        ("", "de_DE", "de"),
    ],
)
def test_the_window_speaks_what_is_wanted_else_what_the_system_speaks(
    monkeypatch: pytest.MonkeyPatch, wanted: str | None, system: str, found: str
) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(system))
    assert language_of(wanted) == found


def test_ctrl_c_is_no_error(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter, ends = _Reporter(), list[int]()
    reporter.window = window
    monkeypatch.setattr(QApplication, "exit", ends.append)
    reporter(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert (ends, capsys.readouterr().err) == ([130], "")
    assert not window.panes.trouble.isVisible()
    window.begun = False
    reporter(ValueError, ValueError("x"), None)
    assert not window.panes.trouble.isVisible()
    assert "ValueError: x" in capsys.readouterr().err


def test_a_label_without_room_ends_in_dots_and_never_asks_for_more(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show_text("some words without end")
    label.resize(400, 20)
    assert (label.shown(), label.toolTip()) == ("some words without end", "some words without end")
    label.resize(40, 20)
    assert label.shown().endswith("…")
    assert label.text() == "some words without end"
    assert label.minimumSizeHint().width() == 0
    assert label.minimumSizeHint().height() > 0
