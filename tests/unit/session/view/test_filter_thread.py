"""Filtering again reads only the types of events that a query can match, and shows what reading all shows."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures.reader import CaptureReader
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.session.notices import FilterProgress, Notice, Trouble, ViewRows
from clacks_monitor.session.view.filter_evaluation import FilterEvaluation, Item
from clacks_monitor.session.view.filter_rules import FilterRule, FilterSpec
from clacks_monitor.session.view.filter_thread import FilterThread
from clacks_monitor.session.view.refilter import FIRST_CHUNK
from clacks_monitor.xquery import Guard, compile_query
from tests.helpers.ending import end
from tests.helpers.entries import a_gap, an_event, some_events

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture

PHONES = "./*:Event/*:PhoneStatus"
POLLS = "./*:Event/*:ClientPoll"
ANY = "exists(//*:Id)"
NO_EVENTS = (b"", b"no XML", b"<Event><PhoneStatus/></Event>", b"<x><PhoneStatus/></x>")


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    """A capture of three types, of what is no event, and of a gap."""
    with captures.create(tmp_path / "a.capture") as made:
        made.append(some_events(30))
        made.append([a_gap()])
        made.append([an_event(number, body=body, kind="") for number, body in enumerate(NO_EVENTS, 31)])
        made.append([an_event(40, kind="NodeStatus")])
        yield made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Collection[str] | None]:
    """The types that were asked of the capture."""
    found: list[Collection[str] | None] = []
    scan = CaptureReader.scan_spans

    def noted(self: CaptureReader, *args: int, **options: object) -> object:
        found.append(options.get("types"))  # type: ignore[arg-type]  # as the method has it
        return scan(self, *args, **options)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(CaptureReader, "scan_spans", noted)
    return found


def shown(capture: Capture, *rules: FilterRule) -> tuple[list[int], dict[str, int]]:
    """Return the rows that a filter shows, and the hits of its profiles."""
    rows: list[int] = []
    finished = threading.Event()

    def notify(notices: Iterable[Notice]) -> None:
        for notice in notices:
            if isinstance(notice, ViewRows):
                rows.extend(notice.sequences)
            elif isinstance(notice, FilterProgress) and notice.finished:
                finished.set()

    thread = FilterThread(capture, notify)
    thread.start()
    thread.set_filter(FilterSpec(1, rules))
    assert finished.wait(20)
    hits = thread.counts.hits()
    end(thread)
    return sorted(rows), hits


def rule(source: str, query: str, *, active: bool = False) -> FilterRule:
    return FilterRule(source, compile_query(query), 1, active)


def test_a_filter_by_type_reads_that_type_and_what_has_none(
    capture: Capture, asked: list[Collection[str] | None]
) -> None:
    found, _hits = shown(capture, rule("", PHONES))
    assert found == [*range(1, 31, 3), 31, 34]
    assert [set(types or ()) for types in asked] == [{"PhoneStatus", ""}]


def test_active_profiles_read_the_types_of_all_queries(capture: Capture, asked: list[Collection[str] | None]) -> None:
    _found, hits = shown(capture, rule("a", PHONES, active=True), rule("b", POLLS))
    assert hits == {"a": 11, "b": 10}
    assert [set(types or ()) for types in asked] == [{"PhoneStatus", "ClientPoll", ""}]


@pytest.mark.parametrize(
    "rules",
    [
        (rule("", ANY),),
        (rule("", PHONES), rule("a", ANY)),
        (rule("a", PHONES), rule("b", POLLS)),
        (rule("", f"declare variable $n external; {PHONES}"),),
    ],
    ids=["any type", "a profile of any type", "colours only", "a property"],
)
def test_everything_is_read_where_any_event_may_count(
    capture: Capture, asked: list[Collection[str] | None], rules: tuple[FilterRule, ...]
) -> None:
    shown(capture, *rules)
    assert asked == [None]


def test_a_property_decides_on_stored_events(capture: Capture) -> None:
    asked = f"declare variable $n as xs:integer external; {PHONES} and $n > 10"
    found, _hits = shown(capture, rule("", asked))
    assert [n for n in found if n <= 30] == [16]  # of the telephones 1, 4, 7 ... only 1 and 16 have properties


@pytest.mark.parametrize("query", [PHONES, POLLS, f"{PHONES}/*:Id = '3'", f"not({PHONES})", "true()", "./*:Event"])
def test_what_is_shown_is_what_reading_everything_shows(
    capture: Capture, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    narrowed = shown(capture, rule("", query), rule("a", PHONES))
    monkeypatch.setattr("clacks_monitor.session.view.filter_evaluation.types_of", lambda _rules: None)
    assert shown(capture, rule("", query), rule("a", PHONES)) == narrowed


def test_what_waits_for_its_look_is_neither_shown_nor_hidden(capture: Capture) -> None:
    told = threading.Event()

    def notify(notices: Iterable[Notice]) -> None:
        if any(isinstance(notice, FilterProgress) and notice.finished for notice in notices):
            told.set()

    thread = FilterThread(capture, notify)
    first = capture.append(some_events(3, 50))
    thread.stored(first, some_events(3, 50))
    assert thread.counts.waiting() == first + 2
    thread.start()
    thread.set_filter(FilterSpec(1, ()))
    assert told.wait(20)
    assert thread.counts.waiting() == 0
    with captures.create(capture.path.with_name("other.capture")) as other:
        thread.set_filter(FilterSpec(2, ()), other)
        assert thread.counts.waiting() == 0
        end(thread)


class _Live:
    """A filter thread that has looked at all of a capture, and what it tells from then on."""

    def __init__(self, capture: Capture, *rules: FilterRule) -> None:
        self._changed = threading.Condition()
        self.notices: list[Notice] = []
        self.thread = FilterThread(capture, self._notify)
        self.thread.start()
        self.thread.set_filter(FilterSpec(1, rules))
        self.wait_for(lambda told: any(isinstance(n, FilterProgress) and n.finished for n in told))
        self.notices.clear()

    def _notify(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            self.notices.extend(notices)
            self._changed.notify_all()

    def wait_for(self, condition: Callable[[list[Notice]], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self.notices), 20)

    def rows(self) -> list[int]:
        return [sequence for notice in self.notices if isinstance(notice, ViewRows) for sequence in notice.sequences]


def test_what_is_being_decided_on_is_neither_shown_nor_hidden(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = _Live(capture)
    waiting: list[int] = []
    rows = FilterEvaluation.rows

    def noted(self: FilterEvaluation, items: Sequence[Item]) -> tuple[array[int], bytearray]:
        waiting.append(live.thread.counts.waiting())
        return rows(self, items)

    monkeypatch.setattr(FilterEvaluation, "rows", noted)
    live.thread.stored(capture.append(some_events(3, 50)), some_events(3, 50), at_once=True)
    live.wait_for(lambda _told: len(live.rows()) == 3)
    assert waiting == [3]
    end(live.thread)
    assert live.thread.counts.waiting() == 0


def test_what_a_refilter_has_not_come_to_is_neither_shown_nor_hidden(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture.append(some_events(1_000, 100))
    live = _Live(capture)
    waiting: list[int] = []
    rows = FilterEvaluation.rows

    def noted(self: FilterEvaluation, items: Sequence[Item]) -> tuple[array[int], bytearray]:
        waiting.append(live.thread.counts.waiting())
        return rows(self, items)

    monkeypatch.setattr(FilterEvaluation, "rows", noted)
    live.thread.set_filter(FilterSpec(2, (rule("", PHONES),)))
    live.wait_for(lambda told: any(isinstance(n, FilterProgress) and n.finished for n in told))
    assert waiting[0] == 1_036
    assert len(waiting) > 1
    assert waiting == sorted(waiting, reverse=True)
    assert live.thread.counts.waiting() == 0
    end(live.thread)


def test_what_the_mailbox_left_out_is_read_in_its_place(capture: Capture) -> None:
    live = _Live(capture, rule("", PHONES))
    events = some_events(30, 60)
    first = capture.append(events)
    live.thread.stored(first, events[:3], at_once=True)
    live.thread.stored(first + 27, events[27:], at_once=True)
    phones = [first + number for number, event in enumerate(events) if event.type == "PhoneStatus"]
    live.wait_for(lambda _told: len(live.rows()) == len(phones))
    assert live.rows() == phones
    end(live.thread)


def test_what_cannot_be_read_of_what_was_left_out_is_shown_and_told(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = _Live(capture, rule("", PHONES))
    events = some_events(30, 60)
    first = capture.append(events)

    def broken(*_args: object, **_options: object) -> object:
        raise CaptureError("it is damaged")

    monkeypatch.setattr(CaptureReader, "scan", broken)
    live.thread.stored(first + 20, events[20:], at_once=True)
    phones = [first + number for number in range(20, 30) if events[number].type == "PhoneStatus"]
    live.wait_for(lambda _told: len(live.rows()) == 20 + len(phones))
    assert live.rows() == [*range(first, first + 20), *phones]
    assert [notice.detail for notice in live.notices if isinstance(notice, Trouble)] == ["it is damaged"]
    end(live.thread)


def test_a_capture_that_goes_while_it_is_begun_with_does_not_end_the_filter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another capture is shown, and the first one is closed and removed, between two looks at the first one."""
    notices: list[Notice] = []
    finished = threading.Event()

    def notify(some: Iterable[Notice]) -> None:
        notices.extend(some)
        if any(isinstance(n, FilterProgress) and n.finished and n.generation == 2 for n in notices):
            finished.set()

    gone = captures.create(tmp_path / "gone.capture")
    gone.append(some_events(3))
    bounds = CaptureReader.bounds
    with captures.create(tmp_path / "other.capture") as other:
        other.append(some_events(5))
        thread = FilterThread(gone, notify)

        def going(self: CaptureReader) -> tuple[int, int]:
            found = bounds(self)
            if gone.path.exists():
                thread.set_filter(FilterSpec(2, ()), other)
                gone.close()
                gone.path.unlink()
            return found

        monkeypatch.setattr(CaptureReader, "bounds", going)
        thread.start()
        thread.set_filter(FilterSpec(1, ()))
        assert finished.wait(20)
        end(thread)
    rows = [sequence for n in notices if isinstance(n, ViewRows) and n.generation == 2 for sequence in n.sequences]
    assert sorted(rows) == [1, 2, 3, 4, 5]
    assert not [notice for notice in notices if isinstance(notice, Trouble)]


def test_what_cannot_be_read_when_all_is_filtered_is_shown_untinted_and_counted(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest entries can be read; in the span before them the capture is damaged."""
    capture.append(some_events(FIRST_CHUNK, 100))
    scan = CaptureReader.scan_spans
    last = 36 + FIRST_CHUNK

    def damaged(self: CaptureReader, first: int, upper: int, **options: object) -> object:
        if upper < last:
            raise CaptureError("it is damaged")
        return scan(self, first, upper, **options)  # type: ignore[arg-type]  # passed through

    live = _Live(capture)
    monkeypatch.setattr(CaptureReader, "scan_spans", damaged)
    live.thread.set_filter(FilterSpec(2, (rule("a", PHONES), rule("b", PHONES, active=True))))
    live.wait_for(lambda told: any(isinstance(n, FilterProgress) and n.finished for n in told))
    tints = {
        sequence: tint
        for n in live.notices
        if isinstance(n, ViewRows) and n.generation == 2
        for sequence, tint in zip(n.sequences, n.tints, strict=True)
    }
    events = some_events(FIRST_CHUNK, 100)
    phones = [37 + number for number, event in enumerate(events) if event.type == "PhoneStatus"]
    assert tints == {**dict.fromkeys(range(1, 37), 0), **dict.fromkeys(phones, 1)}
    assert live.thread.counts.shown() == 36 + len(phones)
    assert [notice.detail for notice in live.notices if isinstance(notice, Trouble)] == ["it is damaged"]
    end(live.thread)


def test_undecided_rows_are_counted_and_have_no_tint() -> None:
    with Guard() as guard:
        evaluation = FilterEvaluation(FilterSpec(1, (rule("a", PHONES),)), guard, lambda _notices: None, 0)
        evaluation.shown = 5
        sequences, tints = evaluation.undecided(3, 6)
    assert (list(sequences), bytes(tints), evaluation.shown) == ([3, 4, 5, 6], bytes(4), 9)


def test_a_capture_that_cannot_be_read_is_told_once_and_the_next_filter_tries_again(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = _Live(capture)
    with monkeypatch.context() as patch:

        def broken(_capture: Capture) -> object:
            raise CaptureError("it is damaged")

        patch.setattr(type(capture), "reader", broken)
        for generation in (2, 3):
            live.thread.set_filter(FilterSpec(generation, (rule("", PHONES),)))
            live.wait_for(lambda told: any(isinstance(notice, Trouble) for notice in told))
            with live.thread._lock:
                pass
    live.thread.set_filter(FilterSpec(4, (rule("", PHONES),)))
    live.wait_for(lambda told: any(isinstance(n, FilterProgress) and n.finished and n.generation == 4 for n in told))
    end(live.thread)
    assert [notice for notice in live.notices if isinstance(notice, Trouble)] == [
        Trouble("The capture is damaged.", "it is damaged")
    ]
    assert sorted(live.rows()) == [*range(1, 31, 3), 31, 34]


@pytest.mark.parametrize("gap_at", [0, 5, 20])
def test_a_gap_among_what_was_left_out_stands_in_its_place(capture: Capture, gap_at: int) -> None:
    live = _Live(capture)
    events = some_events(20, 60)
    first = capture.append([*events[:gap_at], a_gap(70), *events[gap_at:]])
    following = capture.append(some_events(1, 90))
    live.thread.stored(following, some_events(1, 90), at_once=True)
    live.wait_for(lambda _told: len(live.rows()) == 22)
    assert live.rows() == list(range(first, first + 22))
    end(live.thread)


def test_new_rows_above_the_ceiling_are_not_shown_or_counted(capture: Capture) -> None:
    live = _Live(capture)
    live.thread.set_filter(FilterSpec(2, (rule("", PHONES),), ceiling=40))
    live.wait_for(lambda told: any(isinstance(n, FilterProgress) and n.finished and n.generation == 2 for n in told))
    before = live.thread.counts.shown()
    live.notices.clear()
    events = some_events(12, 60)
    first = capture.append(events)
    assert first == 37
    live.thread.stored(first, events, at_once=True)
    live.wait_for(lambda _told: live.thread.counts.waiting() == 0)
    end(live.thread)
    phones = [first + number for number, event in enumerate(events) if event.type == "PhoneStatus"]
    below = [sequence for sequence in phones if sequence <= 40]
    assert live.rows() == below
    assert len(phones) > len(below) > 0
    assert live.thread.counts.shown() == before + len(below)


def test_decisions_are_remembered_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clacks_monitor.session.view.filter_evaluation.REMEMBERED", 1)
    items: list[Item] = [(n, e.type, e.raw.body, e.raw.properties) for n, e in enumerate(some_events(9), 1)]
    with Guard() as guard:
        rules = (rule("a", PHONES, active=True), rule("b", POLLS))
        evaluation = FilterEvaluation(FilterSpec(1, rules), guard, lambda _notices: None, 0)
        sequences, tints = evaluation.rows(items)
        assert len(evaluation._decided) == 1
    assert (list(sequences), bytes(tints), evaluation.hits) == ([1, 4, 7], b"\1\1\1", {"a": 3, "b": 3})
