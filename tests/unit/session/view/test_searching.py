"""Searching beside the window: every way to search, whatever the expression does, and new entries as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.core.messages import Message
from clacks_monitor.session.notices import Matches
from tests.helpers.entries import a_gap, an_event, some_events
from tests.helpers.session import running_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.core.folders import Folders
    from tests.helpers.session import Watched

CATASTROPHE = "(a+)+b"


@pytest.fixture
def watched(folders: Folders, tmp_path: Path) -> Iterator[Watched]:
    path = tmp_path / "shift.capture"
    with captures.create(path) as capture:
        capture.append([*some_events(30), a_gap(40), an_event(31, body=b"<x>" + b"a" * 5000 + b"</x>")])
        capture.notes.annotate(5, comment="Look HERE")
    with running_session(folders, path) as made:
        yield made


def _search(watched: Watched, text: str, kind: str, *, start: int = 0, match_case: bool = False) -> list[Matches]:
    number = watched.session.searching.start(text, kind, start=start, match_case=match_case)

    def mine() -> list[Matches]:
        return [told for told in watched.told if isinstance(told, Matches) and told.search == number]

    watched.until(lambda: mine() and mine()[-1].finished, "the search ends")
    return mine()


def _found(told: list[Matches]) -> list[int]:
    return [sequence for notice in told for sequence in notice.sequences]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("number 12", "text", [13]),
        ("NUMBER 12", "text", [13]),
        ("look here", "text", [5]),
        ("broker closed", "text", [31]),
        ("number 1[0-2]\\b", "regex", [11, 12, 13]),
        ("^<event", "regex", list(range(1, 31))),
        ("./*:Event/*:PhoneStatus/*:Id = '12'", "xquery", [13]),
    ],
)
def test_every_way_to_search(watched: Watched, text: str, kind: str, found: list[int]) -> None:
    told = _search(watched, text, kind)
    assert (_found(told), told[-1].problem) == (found, "")
    assert told[-1].done == told[-1].total == 32


def test_capital_letters_count_on_request(watched: Watched) -> None:
    assert _found(_search(watched, "NUMBER 12", "text", match_case=True)) == []
    assert _found(_search(watched, "HERE", "regex", match_case=True)) == [5]
    assert _found(_search(watched, "here", "regex", match_case=True)) == []


def test_it_begins_where_the_user_is_and_goes_round(watched: Watched) -> None:
    assert _found(_search(watched, "number", "text", start=20)) == [*range(21, 31), 32, *range(1, 21)]


def test_what_is_no_expression_is_said(watched: Watched) -> None:
    for text, kind in (("(", "regex"), ("./*:Event[", "xquery")):
        told = _search(watched, text, kind)
        assert told[-1].problem
        assert _found(told) == []


def test_a_broken_expression_is_told_in_words_that_can_be_translated(watched: Watched) -> None:
    problem = _search(watched, "number (", "regex")[-1].problem
    assert isinstance(problem, Message)
    assert problem == "Not a valid regular expression: missing ), unterminated subpattern (character 8)."


def test_an_expression_that_never_ends_is_given_up_for_that_event_only(watched: Watched) -> None:
    """Backtracking without end holds the interpreter: only another process keeps the window alive."""
    told = _search(watched, f"{CATASTROPHE}|number 3\\b", "regex")
    assert (_found(told), told[-1].slow, told[-1].problem) == ([4], 1, "")


def test_an_expression_that_is_too_slow_everywhere_ends_with_a_reason(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "slow.capture"
    with captures.create(path) as capture:
        capture.append([an_event(n, body=b"<x>" + b"a" * 3000 + b"</x>") for n in range(40)])
    with running_session(folders, path) as watched:
        assert "make it simpler" in _search(watched, CATASTROPHE, "regex")[-1].problem


def test_a_search_is_ended_at_once_by_the_next_one(watched: Watched) -> None:
    first = watched.session.searching.start(CATASTROPHE, "regex")
    assert _found(_search(watched, "number 3", "text"))
    assert not any(isinstance(told, Matches) and told.search == first and told.finished for told in watched.told)


def test_what_arrives_later_is_looked_at_too(watched: Watched) -> None:
    told = _search(watched, "number 7", "text")
    assert _found(told) == [8]
    watched.session.capture.current.append([an_event(7), an_event(8)])
    watched.session.searching.look_further()
    watched.until(lambda: 33 in _found([t for t in watched.told if isinstance(t, Matches)]), "the new one is found")
    watched.until(lambda: [t for t in watched.told if isinstance(t, Matches)][-1].finished, "it is at the end")
    everything = [t for t in watched.told if isinstance(t, Matches)]
    assert _found(everything) == [8, 33]
    assert (everything[-1].done, everything[-1].total) == (34, 34)
    watched.session.searching.look_further()
    watched.session.searching.stop()
    watched.session.capture.current.append([an_event(7)])
    watched.session.searching.look_further()
    assert _found(_search(watched, "number 7", "text")) == [8, 33, 35], "a search that was ended looks no further"
