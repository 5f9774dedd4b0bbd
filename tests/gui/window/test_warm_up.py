"""The warm-up: the first form's wait is over before anybody asks for it, and it never outlives the window."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.gui.window.warm_up import CompositionWarmUp
from tests.helpers.ending import end
from tests.helpers.fake_sender import FakeSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def session(tmp_path: Path) -> Iterator[FakeSession]:
    session = FakeSession(tmp_path)
    yield session
    session.close()


def test_schemas_are_read_on_a_thread_once_the_window_is_idle(session: FakeSession, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    session.sender.warm_up = lambda: threads.append(threading.current_thread())  # type: ignore[method-assign]  # watched
    warm_up = CompositionWarmUp(session.composing, idle_ms=0)
    warm_up.start()
    qtbot.waitUntil(lambda: bool(threads))
    end(warm_up)
    assert threads[0] is not threading.main_thread()
    assert not threads[0].is_alive()


def test_a_window_that_goes_at_once_starts_nothing(session: FakeSession) -> None:
    before = threading.active_count()
    warm_up = CompositionWarmUp(session.composing)
    warm_up.start()
    end(warm_up)
    assert threading.active_count() == before
