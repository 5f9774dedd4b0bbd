"""Work on other threads ends when it is told to, and nothing waits for it without a bound."""

from __future__ import annotations

import ast
import threading
from functools import partial
from pathlib import Path

import pytest

import clacks_monitor
from clacks_monitor.core.ending import Stop, Worker, wait_for
from tests.helpers.ending import end

PACKAGE = Path(clacks_monitor.__file__).parent


def test_actions_are_called_once_when_it_is_set_and_only_while_their_context_is_open() -> None:
    stop, called = Stop(), []
    with stop.calling(lambda: called.append("over")):
        pass
    with stop.calling(lambda: called.append("one")), stop.calling(lambda: called.append("two")):
        assert not called
        stop.set()
        stop.set()
        assert called == ["one", "two"]
    assert stop.is_set


def test_an_action_that_comes_too_late_is_called_at_once() -> None:
    stop, called = Stop(), []
    stop.set()
    with stop.calling(lambda: called.append("late")):
        assert called == ["late"]


def test_nothing_is_told_that_is_not_wanted_any_more() -> None:
    stop, told = Stop(), []
    stop.unless_set(lambda: told.append("before"))
    stop.set()
    stop.unless_set(lambda: told.append("after"))
    assert told == ["before"]


def test_a_worker_does_calls_in_order_and_none_after_it_was_stopped() -> None:
    worker, done = Worker("test"), []
    busy, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        busy.set()
        assert go_on.wait(20)
        done.append("held")

    worker.submit(lambda: done.append("first"))
    worker.submit(hold)
    worker.submit(lambda: done.append("waits"))
    assert busy.wait(20)
    (thread,) = worker.stop()
    worker.submit(lambda: done.append("too late"))
    go_on.set()
    end(worker)
    assert not thread.is_alive()
    assert done == ["first", "held"]


def test_a_worker_that_finishes_does_what_it_was_given_and_nothing_more() -> None:
    worker, done, go_on = Worker("test"), list[str](), threading.Event()
    worker.submit(lambda: go_on.wait(20))
    for name in ("first", "second"):
        worker.submit(partial(done.append, name))
    threads = worker.finish()
    worker.submit(partial(done.append, "too late"))
    assert done == []
    go_on.set()
    assert wait_for(threads, 20.0) == []
    assert done == ["first", "second"]


def test_a_worker_that_was_never_used_has_no_thread() -> None:
    assert Worker("test").stop() == []


def test_what_does_not_end_in_time_is_named() -> None:
    go_on = threading.Event()
    stuck = threading.Thread(target=go_on.wait, name="stuck", daemon=True)
    quick = threading.Thread(target=lambda: None, daemon=True)
    stuck.start()
    quick.start()
    quick.join(20)
    assert wait_for([stuck, quick], 0.0) == [stuck]
    go_on.set()
    assert wait_for([stuck, quick], 20.0) == []


def test_the_calling_thread_does_not_wait_for_itself() -> None:
    assert wait_for([threading.current_thread()], 20.0) == [threading.current_thread()]


def _calls() -> list[tuple[str, ast.Call]]:
    return [
        (f"{path.relative_to(PACKAGE)}:{node.lineno}", node)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


def test_no_thread_is_waited_for_without_a_bound() -> None:
    unbounded = [
        where
        for where, call in _calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr == "join" and not call.args and not call.keywords
    ]
    assert not unbounded


def test_every_thread_is_a_daemon() -> None:
    threads = [
        (where, {word.arg: word.value for word in call.keywords})
        for where, call in _calls()
        if ast.unparse(call.func) in {"threading.Thread", "Thread", "super().__init__"}
        and any(word.arg in {"target", "daemon"} for word in call.keywords)
    ]
    assert len(threads) > 10  # as many as there are: the search finds them
    for where, given in threads:
        assert ast.unparse(given.get("daemon", ast.Constant(value=None))) == "True", where


@pytest.mark.parametrize("name", ["ThreadPoolExecutor", "ProcessPoolExecutor"])
def test_no_pool_is_used_whose_threads_the_interpreter_waits_for(name: str) -> None:
    assert [str(path) for path in PACKAGE.rglob("*.py") if name in path.read_text(encoding="utf-8")] == []


def test_an_action_may_ask_whether_it_is_set() -> None:
    stop, found = Stop(), list[bool]()
    assert not stop.is_set
    with stop.calling(lambda: found.append(stop.is_set)):
        stop.set()
    assert found == [True]


def test_a_worker_has_one_thread_of_its_name() -> None:
    worker, names = Worker("a name"), list[str]()
    for _call in range(3):
        worker.submit(lambda: names.append(threading.current_thread().name))
    done = threading.Event()
    worker.submit(done.set)
    assert done.wait(20)
    assert names == ["a name"] * 3
    end(worker)
    assert worker.stop() == []
