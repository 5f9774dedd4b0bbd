"""Asking: progress, parameters, every bound, cancelling, and what is there of the answer then."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.session.questions import (
    Asking,
    EndKind,
    QuestionLimits,
    Request,
    compile_question,
)
from clacks_monitor.xquery.errors import QueryError
from tests.helpers.entries import an_event, some_events
from tests.helpers.questions import ask, location_of

if TYPE_CHECKING:
    from pathlib import Path

ENDLESS = "declare function local:f($n) { if ($n < 0) then 0 else local:f($n + 1) }; "


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("questions") / "shift.capture"
    with captures.create(made) as capture:
        capture.append(some_events(3_000))
    return made


def test_progress_grows_to_the_whole(path: Path) -> None:
    found = ask(path, "count(collection()/*)")
    assert found.items == [3_000]
    done = [one.done for one in found.progress]
    assert done == sorted(done)
    assert (done[0], done[-1], {one.total for one in found.progress}) == (0, 3_000, {3_000})


def test_parameters_have_their_types(path: Path) -> None:
    text = "declare variable $n as xs:integer external; declare variable $s external := 'x'; $n + 1, $s"
    assert ask(path, text, parameters={"n": "41"}).items == [42, "x"]
    assert ask(path, text, parameters={"n": "41", "s": "y"}).items == [42, "y"]
    wrong = ask(path, text, parameters={"n": "many"})
    assert (wrong.ending.kind, wrong.ending.code) == (EndKind.ERROR, "FORG0001")
    assert ask(path, text).ending.code == "XPDY0002"
    with pytest.raises(QueryError):
        compile_question("$n")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ENDLESS + "local:f(0)", EndKind.TIME),
        ("declare function local:f($n) { 1 + local:f($n + 1) }; local:f(0)", EndKind.MEMORY),
        ("count(for $a in collection(), $b in collection(), $c in collection() return 1)", EndKind.TIME),
        ("matches(string-join((1 to 40) ! 'a') || '!', '^(a|aa)+$')", EndKind.TIME),
        ("fold-left(1 to 40, 'xx', function($a, $b) { $a || $a })", EndKind.MEMORY),
        ("1 to 1000000000", EndKind.ROWS),
        ("string-join((1 to 20) ! 'x')\n, (1 to 30) ! string-join((1 to 1000) ! 'text')", EndKind.ROWS),
        ("1, error(xs:QName('local:own'), 'mine')", EndKind.ERROR),
    ],
)
def test_a_bad_question_is_stopped_and_says_by_which_bound(path: Path, text: str, kind: EndKind) -> None:
    found = ask(path, text, limits=QuestionLimits(seconds=1, rows=1_000, characters=20_000))
    assert found.ending.kind is kind, found.ending
    assert found.ending.message
    if kind is EndKind.ROWS:
        assert 0 < len(found.rows) <= 1_000


def test_the_rows_before_a_bound_are_there(path: Path) -> None:
    found = ask(path, ENDLESS + "(1 to 300, local:f(0))", limits=QuestionLimits(seconds=1))
    assert (found.ending.kind, found.items) == (EndKind.TIME, list(range(1, 301)))


def test_it_is_cancelled_from_another_thread(path: Path) -> None:
    asking = Asking(location_of(path), Request(compile_question(ENDLESS + "collection()[1], local:f(0)")))
    rows = []
    for progress in asking.run():
        rows += progress.rows
        if rows:
            thread = threading.Thread(target=asking.cancel)
            thread.start()
            thread.join()
    assert asking.ending is not None
    assert asking.ending.kind is EndKind.CANCELLED
    assert len(rows) == 1


def test_what_is_cancelled_before_it_begins_starts_nothing(path: Path) -> None:
    asking = Asking(location_of(path), Request(compile_question("1")))
    asking.cancel()
    assert list(asking.run()) == []
    assert asking.ending is not None
    assert asking.ending.kind is EndKind.CANCELLED


def test_a_worker_that_the_system_kills_is_reported(path: Path) -> None:
    asking = Asking(location_of(path), Request(compile_question("1 to 300, collection()[last()], " + "1")))
    for _progress in asking.run():
        for worker in asking.workers:
            os.kill(worker, signal.SIGKILL)
    assert asking.ending is not None
    assert asking.ending.kind is EndKind.KILLED
    assert "system" in asking.ending.message


def test_leaving_the_loop_ends_the_workers(path: Path) -> None:
    asking = Asking(location_of(path), Request(compile_question(ENDLESS + "local:f(0)")))
    running = asking.run()
    next(running)
    running.close()
    assert asking.ending is not None
    assert asking.ending.kind is EndKind.CANCELLED
    assert asking.workers == []


def test_a_store_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "none.capture"
    found = ask(missing, "1")
    assert found.ending.kind is EndKind.STORE
    assert "none.capture" in found.ending.message


def test_a_capture_that_is_being_written_can_be_asked(tmp_path: Path) -> None:
    with captures.create(tmp_path / "now.capture") as capture:
        capture.append(some_events(3))
        assert ask(capture.path, "count(collection())").items == [3]
        capture.append([an_event(4)])
        assert ask(capture.path, "count(collection())").items == [4]
