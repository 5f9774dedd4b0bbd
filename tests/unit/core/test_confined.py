"""A confined child: what it may use, how it ends when that is too much, and that nothing is left of it."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core import confined
from clacks_monitor.core.confined import ChildGoneError, Confined

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 256 * 1024 * 1024
SECONDS = 20.0


@pytest.fixture
def child() -> Iterator[Confined]:
    made = Confined("tests.helpers.confined_child", MEMORY)
    yield made
    made.close()


def test_requests_are_answered_one_after_the_other(child: Confined) -> None:
    large = b"x" * 3_000_000
    assert child.ask(("echo", 1, "ä", None, large), SECONDS) == [1, "ä", None, large]
    assert child.ask(("echo",), SECONDS) == []
    assert child.alive


def test_what_prints_gets_not_between_the_frames(child: Confined) -> None:
    assert child.ask(("print",), SECONDS) is True
    assert child.ask(("echo", 2), SECONDS) == [2]


def test_it_may_use_little(child: Confined) -> None:
    found = child.ask(("limits",), SECONDS)
    assert found["limits"] == [(0, 0), (0, 0)]
    assert found["memory"] == (MEMORY, MEMORY)
    assert found["interrupt ignored"]
    assert found["recursion"] == 20_000
    assert SECONDS / 2 < found["alarm"] < 2 * SECONDS
    assert found["session"]


def test_one_that_takes_too_much_time_is_ended(child: Confined) -> None:
    with pytest.raises(ChildGoneError, match="too slow") as gone:
        child.ask(("spin",), 0.1)
    assert (gone.value.slow, gone.value.closed) == (True, False)
    assert not child.alive
    with pytest.raises(ChildGoneError):
        child.ask(("echo",), SECONDS)


def test_time_counts_for_each_request_by_itself(child: Confined) -> None:
    child.ask(("echo",), 0.2)
    with pytest.raises(ChildGoneError):
        child.ask(("spin",), 0.2)


def test_one_that_takes_too_much_memory_is_ended(child: Confined) -> None:
    assert child.ask(("fill", 1000), SECONDS) == 1000
    with pytest.raises(ChildGoneError, match="too large") as gone:
        child.ask(("fill", MEMORY), SECONDS)
    assert (gone.value.slow, gone.value.closed) == (False, False)
    assert child._process.returncode == confined.OUT_OF_MEMORY


def test_a_child_knows_when_its_memory_is_nearly_all_used(child: Confined) -> None:
    assert child.ask(("full", 10), SECONDS) == (10, False)


def test_one_that_ends_by_itself_was_not_slow(child: Confined) -> None:
    with pytest.raises(ChildGoneError) as gone:
        child.ask(("end",), SECONDS)
    assert not gone.value.slow


def test_one_that_somebody_else_kills_counts_as_slow(child: Confined) -> None:
    child.ask(("echo",), SECONDS)
    os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(ChildGoneError) as gone:
        child.ask(("echo", b"x" * 10_000_000), SECONDS)
    assert (gone.value.slow, gone.value.closed) == (True, False)


def test_its_owner_may_end_it_while_another_thread_waits(child: Confined) -> None:
    child.ask(("echo",), SECONDS)
    failures: list[ChildGoneError] = []

    def ask() -> None:
        try:
            child.ask(("spin",), SECONDS)
        except ChildGoneError as error:
            failures.append(error)

    waiting = threading.Thread(target=ask)
    waiting.start()
    child.kill()
    child.kill()
    waiting.join(20)
    assert [(str(error), error.closed) for error in failures] == [("closed", True)]


def test_a_child_that_is_stopped_is_given_up_by_the_wall_clock(
    child: Confined, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confined, "PATIENCE", 1)
    child.ask(("echo",), SECONDS)
    os.kill(child.pid, signal.SIGSTOP)
    with pytest.raises(ChildGoneError) as gone:
        child.ask(("echo",), 0.1)
    assert gone.value.slow
    assert not child.alive


def test_a_child_that_does_not_read_is_given_up(child: Confined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "PATIENCE", 1)
    child.ask(("echo",), SECONDS)
    os.kill(child.pid, signal.SIGSTOP)
    with pytest.raises(ChildGoneError):
        child.ask(("echo", b"x" * 10_000_000), 0.1)


def descriptors() -> set[Path]:
    return set(Path("/proc/self/fd").iterdir())


@pytest.mark.parametrize("how", ["close", "forget"])
def test_nothing_is_left_of_it(how: str) -> None:
    before = descriptors()
    child = Confined("tests.helpers.confined_child", MEMORY)
    pid = child.pid
    if how == "close":
        child.close()
        child.close()
    else:
        del child
    assert not Path(f"/proc/{pid}").exists()
    assert descriptors() == before


def test_the_figures() -> None:
    assert (confined.START_S, confined.PATIENCE, confined.OUT_OF_MEMORY) == (30.0, 20, 77)


def test_where_the_system_does_not_say_how_much_is_used_the_limit_was_not_met(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise FileNotFoundError

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.read_text", fail)
        assert confined.out_of_memory() is False
