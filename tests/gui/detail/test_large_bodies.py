"""What is done with whole events is read beside the window's work, and only what was asked for last is done."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.event import Entry
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

FIRST, SECOND = phone("1", "2", "busy"), phone("3", "4", "free")


class Slow:
    """A session's view that reads whole entries only on other threads, and the first one only when it is let go."""

    def __init__(self, session: FakeSession, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[int] = []
        self.reached, self.go = threading.Event(), threading.Event()
        self._real, self._window = session.rows.whole, threading.get_ident()
        monkeypatch.setattr(session.rows, "whole", self._whole)

    def _whole(self, sequence: int) -> Entry | None:
        assert threading.get_ident() != self._window
        self.read.append(sequence)
        if len(self.read) == 1:
            self.reached.set()
            self.go.wait(60)
        return self._real(sequence)


def test_composing_takes_the_event_that_was_asked_for_last(
    window: MainWindow,
    session: FakeSession,
    feed: Callable[..., None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    feed(bodies=[FIRST, SECOND])
    slow, composed = Slow(session, monkeypatch), list[bytes]()
    window.compose_wanted.connect(composed.append)
    window.panes.table.go_to(1)
    window.frame.commands["compose.from"].trigger()
    assert slow.reached.wait(60)
    window.panes.table.go_to(2)
    window.frame.commands["compose.from"].trigger()
    slow.go.set()
    qtbot.waitUntil(lambda: bool(composed), timeout=60_000)
    assert composed == [SECOND]
    assert slow.read == [1, 2]


def test_copying_reads_beside_the_window(
    window: MainWindow,
    session: FakeSession,
    feed: Callable[..., None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    feed(bodies=[FIRST])
    slow = Slow(session, monkeypatch)
    slow.go.set()
    window.panes.table.go_to(1)
    with qtbot.waitSignal(window.controllers.events.notified, timeout=60_000) as told:
        window.frame.commands["copy.xml"].trigger()
    assert told.args == ["XML copied"]
    assert QGuiApplication.clipboard().text() == FIRST.decode()
    assert slow.read == [1]
