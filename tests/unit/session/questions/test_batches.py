"""Aggregates that are read from many events at once are those of the engine, whatever the events are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clacks_monitor import captures
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.session.questions import asking
from clacks_monitor.session.questions.batches import Batches
from clacks_monitor.session.questions.functions import ENVIRONMENT
from clacks_monitor.xquery import compile_query
from tests.helpers.entries import an_event
from tests.helpers.questions import ask

if TYPE_CHECKING:
    from pathlib import Path

PROLOG = "declare namespace f='http://www.gonicus.de/Events'; "
READ = (
    "count(collection()/f:Event/f:Call[f:State = 'busy'])",
    "sum(collection()/f:Event/f:Call/f:Seconds)",
    "max(collection()/*:Event/*:Call/*:Seconds), min(collection()/f:Event/f:Call/f:Seconds)",
    "for $c in collection()/f:Event/f:Call group by $s := $c/f:State order by $s return $s || count($c)",
    (
        "for $c in collection()/f:Event/f:Call group by $s := $c/*:State/string() order by $s"
        " return string-join(($s, count($c), count($c/f:Seconds), avg($c/f:Seconds), max($c/*:Seconds)), '|')"
    ),
)
NOT_READ = (
    "count(collection())",
    "count(collection()[f:Event/f:Call])",
    "sum(collection()//f:Seconds ! xs:integer(.))",
    "for $e in collection() group by $s := $e/f:Event/f:Call/f:State return count($e)",
    "for $c in collection()/f:Event/f:Call where $c/f:State group by $s := $c/f:State return count($c)",
    "for $c in collection()/f:Event/f:Call group by $s := upper-case($c/f:State) return count($c)",
    "for $c in collection()/f:Event/f:Call group by $s := $c/f:State return count($c/f:State/f:Code)",
    "declare variable $x := 1; count(collection()/f:Event/f:Call[f:Seconds = $x])",
)


def batches_of(text: str) -> list[Batches | None]:
    split = compile_query(PROLOG + text, environment=ENVIRONMENT).split()
    assert split is not None
    return [Batches.of(part, split.module) for part in split.plan.parts]


@pytest.mark.parametrize("text", READ)
def test_plain_paths_are_read_at_once(text: str) -> None:
    assert all(batches_of(text))


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_more_than_paths_is_not(text: str) -> None:
    prolog, _semicolon, rest = text.rpartition("; ")
    assert batches_of(f"{prolog}; {rest}" if prolog else text) == [None]


STATE = st.sampled_from(["<State>busy</State>", "<State>free</State>", "<State/>", "", "<State><b>bu</b>sy</State>"])
SECONDS = st.lists(
    st.sampled_from(
        [
            *("<Seconds>12</Seconds>", "<Seconds> 7 </Seconds>", "<Seconds>1e2</Seconds>", "<Seconds>0.5</Seconds>"),
            *("<Seconds>1<!-- x -->2</Seconds>", "<Seconds><![CDATA[3]]></Seconds>", "<Seconds>NaN</Seconds>"),
            "<x:Seconds xmlns:x='o'>4</x:Seconds>",
        ]
    ),
    max_size=3,
)
HEAD = st.sampled_from(["", "<?xml version='1.0' encoding='UTF-8'?>", "<!-- first -->", "\n"])
BODIES = st.lists(st.tuples(HEAD, STATE, SECONDS, st.sampled_from(["", "<!-- last -->", " "])), min_size=3, max_size=12)


def body(head: str, state: str, seconds: list[str], tail: str) -> bytes:
    return f"{head}<Event xmlns='{EVENT_NAMESPACE}'><Call>{state}{''.join(seconds)}</Call></Event>{tail}".encode()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(BODIES)
def test_the_values_are_those_of_the_engine(
    tmp_path_factory: pytest.TempPathFactory, found: list[tuple[str, str, list[str], str]]
) -> None:
    path: Path = tmp_path_factory.mktemp("batches") / "some.capture"
    with captures.create(path) as capture:
        capture.append([an_event(n, body=body(*one), kind="Call") for n, one in enumerate(found)])
        capture.append([an_event(99, body=b"<Event>no event</Event>", kind="")])
    text = PROLOG + ", ".join(f"({one})" for one in READ)
    at_once = ask(path, text)
    # A function in the prolog keeps the engine from taking the short way.
    slowly = ask(path, PROLOG + "declare function local:f() { 1 }; " + text.removeprefix(PROLOG))
    assert at_once.ending == slowly.ending
    assert repr(at_once.items) == repr(slowly.items)  # NaN is not equal to itself


def test_an_event_that_is_unusual_is_evaluated_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ALONE", 10)
    two = body("", "<State>busy</State><State>free</State>", [], "")
    with captures.create(tmp_path / "two.capture") as capture:
        capture.append([an_event(1, body=two, kind="Call")])
    found = ask(tmp_path / "two.capture", PROLOG + READ[3])
    assert found.ending.code == "XPTY0004"
