"""The search's own process, run here: what it answers to each span, and how it ends."""

from __future__ import annotations

import io
import json
import signal
import sys
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor import captures
from clacks_monitor.captures.reader import CaptureReader
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.view import search_worker
from clacks_monitor.session.view.search_worker import MAX_SLOW, TooSlowError
from tests.helpers.entries import an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _timer() -> Iterator[None]:
    before = signal.getsignal(signal.SIGVTALRM)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.capture"
    with captures.create(made) as capture:
        capture.append([*some_events(9), an_event(9, body=b"<Event><Odd>ABC</Odd></Event>")])
    return made


def _answers(
    monkeypatch: pytest.MonkeyPatch, path: Path, kind: str, text: str, *spans: tuple[int, int], case: bool = False
) -> list[dict[str, Any]]:
    request = {"address": str(path), "kind": kind, "text": text, "case": case}
    lines = "".join(json.dumps(line) + "\n" for line in (request, *spans))
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    monkeypatch.setattr(sys, "stdout", said)
    search_worker.main(captures)
    monkeypatch.undo()
    return [json.loads(line) for line in said.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("text", "Number 3", [4]),
        ("text", "<odd>abc", [10]),
        ("regex", "number [24]", [3, 5]),
        ("regex", "<odd>", [10]),
        ("xquery", "//*:Id = (3, 5)", [4, 6]),
        ("xquery", "if (//*:Id = 3) then xs:integer('x') else //*:Id = 4", [5]),
    ],
)
def test_each_span_is_answered_and_ended(
    kind: str, text: str, found: list[int], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = _answers(monkeypatch, path, kind, text, (1, 10))
    assert answers[-1] == {"end": 10}
    assert [number for answer in answers[:-1] for number in answer["found"]] == found
    assert answers[-2]["done"] == 10


@pytest.mark.parametrize("kind", ["text", "regex"])
def test_capital_letters_count_on_request(kind: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _answers(monkeypatch, path, kind, "<Odd>ABC", (1, 10), case=True)[0]["found"] == [10]
    assert _answers(monkeypatch, path, kind, "<odd>abc", (1, 10), case=True)[0]["found"] == []


def test_only_the_spans_that_are_asked_for_are_looked_at(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = _answers(monkeypatch, path, "text", "number", (8, 9), (1, 2))
    assert [answer["end"] for answer in answers if "end" in answer] == [9, 2]
    assert [answer["found"] for answer in answers if "found" in answer] == [[8, 9], [1, 2]]
    assert _answers(monkeypatch, path, "text", "number") == []


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("regex", "a(", {"problem": "missing ), unterminated subpattern", "at": 1}),
        ("regex", "[", {"problem": "unterminated character set", "at": 0}),
        ("xquery", "1 +", None),
        ("regex", "(" * 5_000 + ")" * 5_000, None),
    ],
)
def test_what_is_wrong_with_the_question_is_said(
    kind: str, text: str, problem: dict[str, object] | None, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (answer,) = _answers(monkeypatch, path, kind, text, (1, 10))
    assert answer == problem if problem is not None else set(answer) == {"problem"}
    assert answer["problem"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (answer,) = _answers(monkeypatch, tmp_path / "none.capture", "text", "a", (1, 10))
    assert "none.capture" in answer["problem"]


def test_a_file_that_is_damaged_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def texts(*_anything: object, **_more: object) -> Iterator[object]:
        raise StorageError("It is damaged.")

    monkeypatch.setattr(CaptureReader, "texts", texts)
    assert _answers(monkeypatch, path, "text", "a", (1, 10)) == [{"problem": "It is damaged."}]


def test_it_ends_quietly_when_nobody_listens(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    request = {"address": str(path), "kind": "text", "text": "a", "case": False}
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{json.dumps(request)}\n[1, 2]\n"))
    monkeypatch.setattr(sys, "stdout", Gone())
    search_worker.main(captures)


def _slow_on(monkeypatch: pytest.MonkeyPatch, path: Path, slow: range) -> list[dict[str, Any]]:
    """Search with an expression that takes too long on some events: there the clock rings twice."""

    class Pattern:
        def search(self, text: str) -> object:
            if any(f"<Id>{number}</Id>" in text for number in slow):
                signal.raise_signal(signal.SIGVTALRM)
                signal.raise_signal(signal.SIGVTALRM)
            return None if "<Id>1</Id>" in text else text

    monkeypatch.setattr("clacks_monitor.session.view.search_worker.re.compile", lambda _text, _flags: Pattern())
    monkeypatch.setattr(search_worker, "TICK_S", 1_000)
    return _answers(monkeypatch, path, "regex", "any", (1, 9))


def test_an_event_that_takes_too_long_is_given_up_and_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _slow_on(monkeypatch, path, range(3, 5)) == [
        {"slow": 4},
        {"slow": 5},
        {"done": 9, "found": [1, 3, 6, 7, 8, 9]},
        {"end": 9},
    ]


def test_too_many_of_them_end_it_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.capture"
    with captures.create(path) as capture:
        capture.append(some_events(MAX_SLOW))
    answers = _slow_on(monkeypatch, path, range(MAX_SLOW))
    assert answers == [
        *({"slow": number} for number in range(1, 10)),
        {"done": 9, "found": []},
        {"end": 9},
    ]
    monkeypatch.setattr(search_worker, "MAX_SLOW", 9)
    answers = _slow_on(monkeypatch, path, range(MAX_SLOW))
    assert answers[-1] == {"problem": "The expression takes too long on many events: make it simpler."}
    assert len(answers) == 9


def test_the_same_event_has_to_be_met_twice() -> None:
    watch = search_worker._Watch()
    for at in (0, 0, 1, 2, 3, 0, 3):
        watch.at = at
        watch(0, None)
    watch.at = 3
    with pytest.raises(TooSlowError):
        watch(0, None)
    watch(0, None)
    with pytest.raises(TooSlowError):
        watch(0, None)
