"""--capture FILE: what is in the file is read before the session is built, and not on the window's thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.app import SessionBuilder
from clacks_monitor.core.folders import Folders
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the threads on which captures are opened."""
    found: list[str] = []
    was = captures.open_capture

    def noted(path: Path) -> Capture:
        found.append(threading.current_thread().name)
        return was(path)

    monkeypatch.setattr(captures, "open_capture", noted)
    return found


def prepared(source: SessionBuilder) -> None:
    preparing = threading.Thread(target=source.prepare, name="loading")
    preparing.start()
    preparing.join()


def test_it_is_opened_and_counted_beside_the_window(tmp_path: Path, threads: list[str]) -> None:
    path = tmp_path / "x.capture"
    with captures.create(path) as capture:
        capture.append(some_events(30))
    with SessionBuilder(Folders.below(tmp_path / "user"), path, None) as source:
        prepared(source)
        session = source.build(lambda: None, "en")
        assert (session.capture.path, session.counters().received) == (path, 30)
        for thread in session.close():
            thread.join()
    assert threads == ["loading"]
    assert not path.with_name("x.capture-wal").exists()


def test_one_that_no_session_takes_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "x.capture"
    captures.create(path).close()
    with SessionBuilder(Folders.below(tmp_path / "user"), path, None) as source:
        prepared(source)
        assert path.with_name("x.capture-shm").exists()
    assert not path.with_name("x.capture-shm").exists()


@pytest.mark.parametrize("content", [b"no capture at all", None])
def test_one_that_cannot_be_read_is_told_and_one_that_is_not_there_is_made(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "x.capture"
    if content is not None:
        path.write_bytes(content)
    with SessionBuilder(Folders.below(tmp_path / "user"), path, None) as source:
        prepared(source)
        session = source.build(lambda: None, "en")
        unreadable = session.capture.unreadable
        assert (unreadable is not None and unreadable.path == path) is (content is not None)
        assert session.capture.temporary is (content is not None)
        for thread in session.close():
            thread.join()
