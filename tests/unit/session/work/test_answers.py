"""Questions to a store: answered at once by a file, and without standing still by a server."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor import captures
from clacks_monitor.core.storage_errors import CaptureError, StorageError
from clacks_monitor.session.work import answers
from clacks_monitor.session.work.answers import StoreAnswer, questions_to
from tests.helpers.ending import end
from tests.helpers.entries import some_events
from tests.helpers.held_store import HeldStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.work.answers import Questions


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[EventStore]:
    with captures.create(tmp_path / "a.capture") as made:
        made.append(some_events(9))
        yield made


class Server:
    """A store on a server, and what asks it; calls for the session's thread wait in ``submitted``."""

    def __init__(self, capture: EventStore) -> None:
        self.store: Any = HeldStore(capture)
        self.submitted: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self.questions: Questions = questions_to(self.store, self.submitted.put)

    def deliver(self) -> None:
        """Run the next call on this thread."""
        self.submitted.get(timeout=20)()


@pytest.fixture
def server(capture: EventStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(answers, "WAIT_S", 0.0)
    made = Server(capture)
    yield made
    made.store.gate.release()
    end(made.questions)


def _fail(found: object) -> None:
    pytest.fail(f"nothing was expected: {found}")


def _bounds(reader: EventReader) -> tuple[int, int]:
    return reader.bounds()


def test_a_file_answers_at_once(capture: EventStore) -> None:
    questions = questions_to(capture, lambda _call: pytest.fail("nothing is submitted"))
    assert questions.ask(_bounds).value == (1, 9)
    assert questions.stop() == []


def test_a_server_answers_later_on_the_thread_that_asked(server: Server) -> None:
    server.store.gate.hold()
    found = list[tuple[int, int]]()
    answer = server.questions.ask(_bounds).then(found.append)
    with pytest.raises(LookupError):
        _ = answer.value
    server.store.gate.release()
    server.deliver()
    assert found == [answer.value] == [(1, 9)]


def test_one_that_answers_quickly_has_answered_at_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "WAIT_S", 3_600)
    answer = server.questions.ask(_bounds)
    assert answer.value == (1, 9)
    server.deliver()
    assert answer.value == (1, 9), "that it is delivered once more changes nothing"


def test_while_one_question_waits_the_next_ones_are_not_waited_for(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.store.gate.hold()
    first = server.questions.ask(_bounds)
    monkeypatch.setattr(answers, "WAIT_S", 3_600)
    second = server.questions.ask(lambda reader: reader.count())
    server.store.gate.release()
    server.deliver()
    server.deliver()
    assert (first.value, second.value) == ((1, 9), 9)


def test_what_is_given_up_is_not_asked(server: Server) -> None:
    server.store.gate.hold()
    asked = list[int]()
    first = server.questions.ask(_bounds)
    server.questions.ask(lambda _reader: asked.append(1)).give_up()
    server.store.gate.release()
    server.deliver()
    server.deliver()
    assert (first.value, asked) == ((1, 9), [])


def test_an_error_is_the_answer(server: Server) -> None:
    def refuse(_reader: EventReader) -> int:
        raise CaptureError("It is damaged.")

    errors = list[StorageError]()
    answer = server.questions.ask(refuse).then(_fail, errors.append)
    server.deliver()
    assert [str(error) for error in errors] == ["It is damaged."]
    with pytest.raises(CaptureError, match="damaged"):
        _ = answer.value
    late = list[StorageError]()
    answer.then(_fail, late.append)
    assert late == errors


def test_closing_interrupts_what_is_asked_and_answers_nothing_more(server: Server) -> None:
    server.questions.ask(_bounds)
    server.deliver()
    server.store.gate.hold()
    answers_of = [server.questions.ask(_bounds).then(_fail, _fail) for _ in range(3)]
    end(server.questions)
    assert server.submitted.empty()
    assert all(answer.given_up for answer in answers_of[1:])


def test_an_answer_is_settled_once() -> None:
    answer: StoreAnswer[int] = StoreAnswer()
    found = list[int]()
    answer.then(found.append)
    answer.settle(1, None)
    answer.settle(2, None)
    answer.then(found.append)
    assert found == [1, 1]
