"""Work on a thread of which only the latest counts."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QTimer

from clacks_monitor.gui.kit.latest_task import LatestTask, UnwantedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.latest_task import Wanted


@pytest.fixture
def task(qtbot: QtBot) -> Iterator[LatestTask]:
    del qtbot
    owner = QObject()
    made = LatestTask("a test's work", owner)
    yield made
    for thread in made.stop():
        thread.join(5)


@pytest.fixture
def answers(task: LatestTask) -> list[object]:
    found = list[object]()
    task.done.connect(found.append)
    return found


def test_only_the_latest_work_is_answered(task: LatestTask, answers: list[object], qtbot: QtBot) -> None:
    may_go_on, begun, done = threading.Event(), threading.Event(), list[str]()

    def first(wanted: Wanted) -> str:
        begun.set()
        may_go_on.wait(10)
        wanted()
        return "first"

    task.ask(first)
    assert task.busy
    assert begun.wait(10)
    task.ask(lambda _wanted: done.append("skipped"))
    task.ask(lambda _wanted: "latest")
    may_go_on.set()
    qtbot.waitUntil(lambda: not task.busy)
    assert (answers, done) == (["latest"], [])
    task.ask(lambda _wanted: "another")
    qtbot.waitUntil(lambda: answers == ["latest", "another"])


def test_an_answer_that_came_too_late_is_dropped(task: LatestTask, answers: list[object], qtbot: QtBot) -> None:
    task.ask(lambda _wanted: "first")
    for thread in task.stop():  # its answer waits in the mailbox now
        thread.join(5)
    task.ask(lambda _wanted: "second")
    qtbot.waitUntil(lambda: not task.busy)
    assert answers == ["second"]


@pytest.mark.parametrize("end", [LatestTask.give_up, LatestTask.stop])
def test_work_that_is_dropped_ends_and_is_not_answered(
    task: LatestTask, answers: list[object], qtbot: QtBot, end: object
) -> None:
    begun, raised, failures = threading.Event(), threading.Event(), list[object]()
    task.failed.connect(failures.append)

    def work(wanted: Wanted) -> str:
        begun.set()
        try:
            while True:
                wanted()
        except UnwantedError:
            raised.set()
            raise

    task.ask(work)
    assert begun.wait(10)
    assert callable(end)
    end(task)
    assert not task.busy
    assert raised.wait(10)
    task.ask(lambda _wanted: "another")
    qtbot.waitUntil(lambda: answers == ["another"])
    assert failures == []


def test_stopping_returns_the_thread_as_long_as_it_is_alive(task: LatestTask) -> None:
    assert task.stop() == []
    begun, may_go_on = threading.Event(), threading.Event()

    def work(_wanted: Wanted) -> None:
        begun.set()
        may_go_on.wait(10)

    task.ask(work)
    assert begun.wait(10)
    (thread,) = task.stop()
    may_go_on.set()
    thread.join(5)
    assert task.stop() == []


def test_an_error_of_the_work_is_emitted_and_then_raised(task: LatestTask, answers: list[object], qtbot: QtBot) -> None:
    failures = list[object]()
    task.failed.connect(failures.append)

    def work(_wanted: Wanted) -> object:
        raise ValueError("it does not add up")

    with qtbot.captureExceptions() as caught:
        task.ask(work)
        qtbot.waitUntil(lambda: bool(caught))
    assert [error for _kind, error, _trace in caught] == failures
    assert str(failures[0]) == "it does not add up"
    assert not task.busy
    task.ask(lambda _wanted: "another")
    qtbot.waitUntil(lambda: answers == ["another"])


def test_answers_are_looked_for_only_while_one_is_expected(task: LatestTask, qtbot: QtBot) -> None:
    (timer,) = task.findChildren(QTimer)
    states = [timer.isActive()]
    for end in (task.give_up, task.stop):
        task.ask(lambda _wanted: "an answer")
        states.append(timer.isActive())
        end()
        states.append(timer.isActive())
    assert states == [False, True, False, True, False]
    task.ask(lambda _wanted: "an answer")
    qtbot.waitUntil(lambda: not task.busy)
    assert not timer.isActive()
