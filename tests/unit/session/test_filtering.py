"""Filtering again reads only the types of events that a query can match, and shows what reading all shows."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.session.filtering import Filter, FilterThread, Judge
from clacks_monitor.session.notices import FilterProgress, Notice, ViewRows
from clacks_monitor.storage import Capture, CaptureReader
from clacks_monitor.xquery import compile_query
from tests.helpers.ending import end
from tests.helpers.entries import a_gap, an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

PHONES = "./*:Event/*:PhoneStatus"
POLLS = "./*:Event/*:ClientPoll"
ANY = "exists(//*:Id)"
NO_EVENTS = (b"", b"no XML", b"<Event><PhoneStatus/></Event>", b"<x><PhoneStatus/></x>")


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    """A capture of three types, of what is no event, and of a gap."""
    with Capture.create(tmp_path / "a.capture") as made:
        made.append(some_events(30))
        made.append([a_gap()])
        made.append([an_event(number, body=body, kind="") for number, body in enumerate(NO_EVENTS, 31)])
        made.append([an_event(40, kind="NodeStatus")])
        yield made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Collection[str] | None]:
    """The types that were asked of the capture."""
    found: list[Collection[str] | None] = []
    scan = CaptureReader.scan

    def noted(self: CaptureReader, *args: int, **options: object) -> object:
        found.append(options.get("types"))  # type: ignore[arg-type]  # as the method has it
        return scan(self, *args, **options)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(CaptureReader, "scan", noted)
    return found


def shown(capture: Capture, *judges: Judge) -> tuple[list[int], dict[str, int]]:
    """Return the rows that a filter shows, and the hits of its profiles."""
    rows: list[int] = []
    finished = threading.Event()

    def tell(notices: Iterable[Notice]) -> None:
        for notice in notices:
            if isinstance(notice, ViewRows):
                rows.extend(notice.sequences)
            elif isinstance(notice, FilterProgress) and notice.finished:
                finished.set()

    thread = FilterThread(capture, tell)
    thread.start()
    thread.set_filter(Filter(1, judges))
    assert finished.wait(20)
    hits = thread.hits()
    end(thread)
    return sorted(rows), hits


def judge(source: str, query: str, *, active: bool = False) -> Judge:
    return Judge(source, compile_query(query), 1, active)


def test_a_filter_by_type_reads_that_type_and_what_has_none(
    capture: Capture, asked: list[Collection[str] | None]
) -> None:
    found, _hits = shown(capture, judge("", PHONES))
    assert found == [*range(1, 31, 3), 31, 34]
    assert [set(types or ()) for types in asked] == [{"PhoneStatus", ""}]


def test_active_profiles_read_the_types_of_all_queries(capture: Capture, asked: list[Collection[str] | None]) -> None:
    _found, hits = shown(capture, judge("a", PHONES, active=True), judge("b", POLLS))
    assert hits == {"a": 11, "b": 10}
    assert [set(types or ()) for types in asked] == [{"PhoneStatus", "ClientPoll", ""}]


@pytest.mark.parametrize(
    "judges",
    [
        (judge("", ANY),),
        (judge("", PHONES), judge("a", ANY)),
        (judge("a", PHONES), judge("b", POLLS)),
        (judge("", f"declare variable $n external; {PHONES}"),),
    ],
    ids=["any type", "a profile of any type", "colours only", "a property"],
)
def test_everything_is_read_where_any_event_may_count(
    capture: Capture, asked: list[Collection[str] | None], judges: tuple[Judge, ...]
) -> None:
    shown(capture, *judges)
    assert asked == [None]


def test_a_property_decides_on_stored_events(capture: Capture) -> None:
    asked = f"declare variable $n as xs:integer external; {PHONES} and $n > 10"
    found, _hits = shown(capture, judge("", asked))
    assert [n for n in found if n <= 30] == [16]  # of the telephones 1, 4, 7 ... only 1 and 16 have properties


@pytest.mark.parametrize("query", [PHONES, POLLS, f"{PHONES}/*:Id = '3'", f"not({PHONES})", "true()", "./*:Event"])
def test_what_is_shown_is_what_reading_everything_shows(
    capture: Capture, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    narrowed = shown(capture, judge("", query), judge("a", PHONES))
    monkeypatch.setattr("clacks_monitor.session.filtering._types_of", lambda _judges: None)
    assert shown(capture, judge("", query), judge("a", PHONES)) == narrowed


def test_what_waits_for_its_look_is_neither_shown_nor_hidden(capture: Capture) -> None:
    told = threading.Event()

    def tell(notices: Iterable[Notice]) -> None:
        if any(isinstance(notice, FilterProgress) and notice.finished for notice in notices):
            told.set()

    thread = FilterThread(capture, tell)
    first = capture.append(some_events(3, 50))
    thread.stored(first, some_events(3, 50))
    assert thread.waiting() == first + 2
    thread.start()
    thread.set_filter(Filter(1, ()))
    assert told.wait(20)
    assert thread.waiting() == 0
    with Capture.create(capture.path.with_name("other.capture")) as other:
        thread.set_filter(Filter(2, ()), other)
        assert thread.waiting() == 0
        end(thread)
