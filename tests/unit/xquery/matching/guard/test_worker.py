"""The guard's worker, run here: what it answers, whatever compiling and evaluating do."""

from __future__ import annotations

import io
import mmap
from typing import TYPE_CHECKING, Any, cast

import pytest

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import MATCH, NO_MATCH, MatchOutcome, MatchResult, Query, QueryError, compile_query
from clacks_monitor.xquery.errors import TOO_LARGE
from clacks_monitor.xquery.matching.guard import worker
from clacks_monitor.xquery.matching.guard.protocol import FAIR_BYTES, IDLE, PAGE_BYTES, PROGRESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Serve = Callable[[Callable[[str], Any]], "Serving"]


class Answering:
    """A query that does what a test wants; ``asked`` counts."""

    def __init__(self, *results: MatchResult | Exception) -> None:
        self._results = list(results)
        self.asked = 0

    def matches(self, _document: object, _properties: object) -> MatchResult:
        self.asked += 1
        result = self._results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result


class Serving:
    """A worker whose queries are compiled by a test."""

    def __init__(self, compile_: Callable[[str], Any]) -> None:
        self.shared = mmap.mmap(-1, PAGE_BYTES)
        self._answers: list[list[Any]] = []
        self._worker = worker._QueryWorker(cast("Callable[[str], Query]", compile_), self._answers.append, self.shared)

    def ask(self, *numbers: int, body: bytes = b"<e/>", jobs: int = 1) -> list[list[Any]]:
        """Return the answers, a list for each time that some were sent."""
        self._answers.clear()
        self._worker.serve(("events", 5.0, [(list(numbers), body, {})] * jobs))
        return self._answers.copy()

    def define(self, number: int, text: str) -> None:
        self._worker.serve(("define", number, text))


@pytest.fixture
def serving() -> Iterator[Serve]:
    made: list[Serving] = []

    def serve(compile_: Callable[[str], Any]) -> Serving:
        made.append(Serving(compile_))
        return made[-1]

    yield serve
    for server in made:
        server.shared.close()


def test_results_are_answered_in_order(serving: Serve) -> None:
    server = serving(compile_query)
    server.define(1, "e")
    server.define(2, "f")
    server.define(3, "1, 2")
    server.define(4, "1 +")
    ((first, second, third, fourth),) = server.ask(1, 2, 3, 4)
    assert (first, second) == (True, False)
    assert third[0] == "FORG0006"
    assert (fourth[0], fourth[2]) == ("XPST0003", 1)
    assert PROGRESS.unpack_from(server.shared, 0) == (IDLE, 0)


@pytest.mark.parametrize("error", [MemoryError(), RecursionError()])
def test_a_query_that_is_too_large_to_compile_is_an_error_of_its_own(serving: Serve, error: Exception) -> None:
    def refuse(_text: str) -> Query:
        raise error

    server = serving(refuse)
    server.define(1, "1")
    assert server.ask(1) == [[(TOO_LARGE, ("The query is too large to compile.", ()), 1, 1)]]


@pytest.mark.parametrize("error", [MemoryError(), RecursionError()])
def test_a_query_without_room_is_not_tried_again_in_the_batch(serving: Serve, error: Exception) -> None:
    query = Answering(error, MATCH)
    server = serving(lambda _text: query)
    server.define(1, "1")
    answer = (TOO_LARGE, ("The query needs more memory than a filter may have.", ()), 1, 1)
    assert [found for sent in server.ask(1, jobs=3) for found in sent] == [answer] * 3
    assert query.asked == 1


def test_without_room_for_a_giant_event_it_is_tried_on_the_next(
    serving: Serve,
) -> None:
    query = Answering(MemoryError(), MATCH)
    server = serving(lambda _text: query)
    server.define(1, "1")
    (((code, *_rest),),) = server.ask(1, body=b"x" * (FAIR_BYTES + 1))
    assert code == TOO_LARGE
    assert server.ask(1) == [[True]]


def test_another_error_is_tried_again(serving: Serve) -> None:
    failed = MatchResult(MatchOutcome.ERROR, "FOER0000", Message.verbatim("No."), 2, 3)
    query = Answering(failed, NO_MATCH)
    server = serving(lambda _text: query)
    server.define(1, "1")
    assert server.ask(1, jobs=2) == [[("FOER0000", ("{0}", ("No.",)), 2, 3), False]]


def test_what_takes_long_is_answered_in_between(serving: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.0, worker.FLUSH_SECONDS + 1, worker.FLUSH_SECONDS + 1])
    monkeypatch.setattr("clacks_monitor.xquery.matching.guard.worker.time.monotonic", lambda: next(now))
    server = serving(lambda _text: Answering(MATCH, NO_MATCH, MATCH))
    server.define(1, "1")
    assert server.ask(1, jobs=3) == [[True, False], [True]]


def test_where_the_system_does_not_say_how_much_is_mapped_it_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker.address_space() > 10_000_000
    for content in (OSError("no such file"), "", "many pages"):

        def opened(*_anything: object, content: object = content, **_more: object) -> io.StringIO:
            if isinstance(content, Exception):
                raise content
            return io.StringIO(str(content) or " x")

        monkeypatch.setattr("builtins.open", opened)
        found = worker.address_space()
        monkeypatch.undo()
        assert found == 0
    with pytest.raises(QueryError):
        compile_query("1 +")
