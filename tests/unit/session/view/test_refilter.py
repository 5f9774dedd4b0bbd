"""Filtering again in blocks, here or by processes, shows what reading event by event shows; nothing is asked twice."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import archive, captures
from clacks_monitor.app import load_ports
from clacks_monitor.captures.reader import CaptureReader
from clacks_monitor.core.ports import StoreLocation
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.session.notices import FilterFault, FilterProgress, Notice, Trouble, ViewRows
from clacks_monitor.session.view import filter_workers, match_memory, refilter
from clacks_monitor.session.view.filter_rules import FilterRule, FilterSpec
from clacks_monitor.session.view.filter_thread import FilterThread
from clacks_monitor.session.view.match_bits import SpanEvaluation
from clacks_monitor.xquery import compile_query
from tests.helpers.ending import end
from tests.helpers.entries import a_gap, an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.core.confined import Confined
    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.view.filter_workers import LocationOf
    from clacks_monitor.session.view.match_bits import SpanMatches
    from clacks_monitor.xquery import Guard, Query
    from tests.helpers.archives import Databases

PHONES, POLLS = "./*:Event/*:PhoneStatus", "./*:Event/*:ClientPoll"
FAILS = "./*:Event/*:PhoneStatus and xs:integer('x') = 1"
SETS: dict[str, tuple[tuple[str, str, int, bool], ...]] = {
    "nothing": (),
    "the bar": (("", PHONES, 0, False),),
    "a colour": (("a", POLLS, 2, False),),
    "colours that overlap": (("a", "exists(//*:Id)", 2, False), ("b", PHONES, 3, False), ("c", POLLS, 0, False)),
    "active profiles": (("a", PHONES, 1, True), ("b", POLLS, 2, True), ("c", "true()", 4, False)),
    "all of it": (("", f"not({PHONES})", 0, False), ("a", POLLS, 1, True), ("b", PHONES, 2, True)),
    "twice the same": (("", PHONES, 0, False), ("a", PHONES, 1, False), ("b", PHONES, 2, True)),
    "a property": (("", f"declare variable $n as xs:integer external; {PHONES} and $n > 10", 0, False),),
    "an error": (("", FAILS, 0, False), ("a", PHONES, 1, False)),
}
SMALL = 8


def rules_of(name: str) -> tuple[FilterRule, ...]:
    return tuple(FilterRule(source, compile_query(text), tint, active) for source, text, tint, active in SETS[name])


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    """A capture of three types, of what is no event, and of a gap in the middle of a block."""
    with captures.create(tmp_path / "a.capture") as made:
        made.append(some_events(30))
        made.append([a_gap()])
        made.append([an_event(number, body=b"<x", kind="") for number in range(31, 35)])
        made.append(some_events(40, 40))
        yield made


@dataclass
class Shown:
    rows: dict[int, int] = field(default_factory=dict)
    faults: set[tuple[str, str]] = field(default_factory=set)
    hits: dict[str, int] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)


class Filters:
    """A filter thread and what it shows of each set of rules."""

    def __init__(self, capture: EventStore, location_of: LocationOf | None = None) -> None:
        self._changed = threading.Condition()
        self.notices: list[Notice] = []
        self.thread = FilterThread(capture, self._notify, None, location_of)
        self.thread.start()
        self._generation = 0

    def _notify(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            self.notices.extend(notices)
            self._changed.notify_all()

    def _finished(self) -> bool:
        ends = (n for n in self.notices if isinstance(n, FilterProgress) and n.finished)
        return any(n.generation == self._generation for n in ends)

    def show(self, rules: Sequence[FilterRule], only: frozenset[int] | None = None) -> Shown:
        self._generation += 1
        self.notices.clear()
        self.thread.set_filter(FilterSpec(self._generation, tuple(rules), only=only))
        with self._changed:
            assert self._changed.wait_for(self._finished, 60)
        found = Shown(hits=self.thread.counts.hits())
        for notice in self.notices:
            if isinstance(notice, ViewRows):
                found.rows.update(zip(notice.sequences, notice.tints, strict=True))
                found.order += reversed(notice.sequences)
            elif isinstance(notice, FilterFault):
                found.faults.add((notice.source, notice.text))
        found.hits.pop("", None)
        assert self.thread.counts.shown() == len(found.rows)
        assert self.thread.counts.waiting() == 0
        return found


@pytest.fixture
def in_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match_memory, "BLOCK", SMALL)
    monkeypatch.setattr(refilter, "FEW", 0)


def location_of(address: str) -> StoreLocation:
    return StoreLocation(captures.__name__, address)


@pytest.mark.parametrize("name", SETS)
def test_blocks_show_what_reading_event_by_event_shows(
    capture: Capture, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    rules, only = rules_of(name), frozenset(range(5, 60, 3))
    plain = Filters(capture)
    expected, limited = plain.show(rules), plain.show(rules, only)
    end(plain.thread)
    monkeypatch.setattr(match_memory, "BLOCK", SMALL)
    blocks = Filters(capture)
    assert blocks.show(rules) == expected
    assert blocks.show(rules) == expected, "from what is remembered"
    assert blocks.show(rules, only) == limited
    end(blocks.thread)
    assert expected.order == sorted(expected.order, reverse=True)


@pytest.mark.usefixtures("in_small_blocks")
def test_processes_show_the_same(capture: Capture) -> None:
    here, there = Filters(capture), Filters(capture, location_of)
    for name in SETS:
        assert there.show(rules_of(name)) == here.show(rules_of(name)), name
    end(here.thread)
    end(there.thread)


@pytest.mark.postgresql
@pytest.mark.usefixtures("in_small_blocks")
def test_processes_read_an_archive(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    url = databases.new()
    with archive.open_archive(url) as writing:
        writing.append([*some_events(200), a_gap(1)])
    found: list[SpanMatches | None] = []
    answered = filter_workers.FilterWorkers.answered

    def note(self: filter_workers.FilterWorkers, work: object, span: tuple[int, int], answer: SpanMatches) -> None:
        found.append(answer)
        answered(self, work, span, answer)  # type: ignore[arg-type] # as it came

    monkeypatch.setattr(filter_workers.FilterWorkers, "answered", note)
    with archive.open_readonly(url) as store:
        here, there = Filters(store), Filters(store, load_ports().location)
        for name in SETS:
            assert there.show(rules_of(name)) == here.show(rules_of(name)), name
        end(here.thread)
        end(there.thread)
    assert len(found) > len(SETS)
    assert None not in found


@pytest.mark.postgresql
@pytest.mark.usefixtures("in_small_blocks")
def test_only_blocks_are_read_in_which_an_index_finds_something(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.new()
    with archive.open_archive(url) as writing:
        writing.append([*some_events(200), a_gap(1)])
    rules = [FilterRule("", compile_query(f"{PHONES}[*:Id = '51']"))]
    with archive.open_readonly(url) as store:
        plain = Filters(store)
        expected = plain.show(rules)
        end(plain.thread)
        archive.add_field(url, "PhoneStatus", "Id", progress=lambda _done, _total: True)
        read: list[int] = []
        evaluate = SpanEvaluation.evaluate

        def note(self: SpanEvaluation, reader: EventReader, first: int, last: int) -> object:
            read.append(first)
            return evaluate(self, reader, first, last)

        monkeypatch.setattr(SpanEvaluation, "evaluate", note)
        indexed = Filters(store)
        assert indexed.show(rules) == expected
        end(indexed.thread)
    assert sorted(expected.rows) == [52, 201], "the event and the gap"
    assert read == [52 // SMALL * SMALL]


@pytest.mark.usefixtures("in_small_blocks")
def test_processes_that_have_nothing_to_do_end_and_are_started_again(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    discard = filter_workers._Lane._discard

    def note(self: filter_workers._Lane) -> None:
        had = self._child is not None
        discard(self)
        if had:
            ended.set()

    monkeypatch.setattr(filter_workers, "IDLE_S", 0.01)
    monkeypatch.setattr(filter_workers._Lane, "_discard", note)
    here, there = Filters(capture), Filters(capture, location_of)
    assert there.show(rules_of("the bar")) == here.show(rules_of("the bar"))
    assert ended.wait(60)
    assert there.show(rules_of("a colour")) == here.show(rules_of("a colour"))
    end(here.thread)
    end(there.thread)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The texts of the queries that were evaluated on blocks."""
    found: list[list[str]] = []

    class Noted(SpanEvaluation):
        def __init__(self, queries: Sequence[Query], guard: Guard) -> None:
            found.append(sorted(query.text for query in queries))
            super().__init__(queries, guard)

    monkeypatch.setattr(refilter, "SpanEvaluation", Noted)
    return found


@pytest.mark.usefixtures("in_small_blocks")
def test_another_filter_asks_nothing_about_the_profiles(capture: Capture, asked: list[list[str]]) -> None:
    filters = Filters(capture)
    profiles = rules_of("colours that overlap")
    first = filters.show(profiles)
    filters.show((FilterRule("", compile_query(PHONES + "/*:Id = '3'")), *profiles))
    back = filters.show(profiles)
    end(filters.thread)
    assert asked == [sorted({PHONES, POLLS, "exists(//*:Id)"}), [PHONES + "/*:Id = '3'"]]
    assert back == first


@pytest.mark.usefixtures("in_small_blocks")
def test_what_is_known_of_one_capture_says_nothing_of_another(capture: Capture, tmp_path: Path) -> None:
    filters = Filters(capture)
    filters.show(rules_of("the bar"))
    with captures.create(tmp_path / "other.capture") as other:
        other.append(some_events(40, 1))
        filters.thread.set_filter(FilterSpec(99), other)
        found = filters.show(rules_of("the bar"))
        plain = Filters(other)
        assert found == plain.show(rules_of("the bar"))
        end(plain.thread)
    end(filters.thread)


@pytest.mark.usefixtures("in_small_blocks")
def test_a_query_that_knows_the_time_is_asked_each_time(capture: Capture, asked: list[list[str]]) -> None:
    filters = Filters(capture)
    rule = FilterRule("", compile_query(f"{PHONES} and current-dateTime() gt xs:dateTime('2020-01-01T00:00:00Z')"))
    filters.show((rule,))
    filters.show((rule,))
    end(filters.thread)
    assert len(asked) == 2


@pytest.mark.usefixtures("in_small_blocks")
def test_a_block_that_cannot_be_read_is_shown_as_far_as_it_can_be(
    capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = CaptureReader.scan_spans

    def damaged(self: CaptureReader, first: int, last: int, **options: object) -> object:
        if first <= 20 <= last:
            raise CaptureError("it is damaged")
        return scan(self, first, last, **options)  # type: ignore[arg-type]  # passed through

    filters = Filters(capture)
    expected = filters.show(rules_of("the bar"))
    monkeypatch.setattr(CaptureReader, "scan_spans", damaged)
    found = filters.show((FilterRule("", compile_query(f"{PHONES}[1]")),))
    end(filters.thread)
    undecided = set(range(16, 24))
    assert found.rows.keys() - undecided == expected.rows.keys() - undecided
    assert undecided <= found.rows.keys()
    assert [n.detail for n in filters.notices if isinstance(n, Trouble)] == ["it is damaged"]


@pytest.mark.usefixtures("in_small_blocks")
def test_a_process_that_is_killed_costs_its_block_only(capture: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its block is read here; the next one gets another process."""
    ready = filter_workers._Lane._ready
    killed: list[int] = []

    def kill_first(self: filter_workers._Lane) -> Confined:
        child = ready(self)
        if not killed:
            killed.append(child.pid)
            os.kill(child.pid, signal.SIGKILL)
        return child

    monkeypatch.setattr(filter_workers._Lane, "_ready", kill_first)
    plain, filters = Filters(capture), Filters(capture, location_of)
    assert filters.show(rules_of("all of it")) == plain.show(rules_of("all of it"))
    assert len(killed) == 1
    end(plain.thread)
    end(filters.thread)


@pytest.mark.usefixtures("in_small_blocks")
def test_a_capture_that_processes_cannot_open_is_read_here(capture: Capture) -> None:
    plain, filters = (
        Filters(capture),
        Filters(capture, lambda address: StoreLocation("tests.helpers.no_captures", address)),
    )
    assert filters.show(rules_of("all of it")) == plain.show(rules_of("all of it"))
    end(plain.thread)
    end(filters.thread)


@pytest.mark.usefixtures("in_small_blocks")
def test_a_newer_filter_takes_the_processes_from_the_older_one(capture: Capture) -> None:
    capture.append(some_events(2_000, 100))
    plain, filters = Filters(capture), Filters(capture, location_of)
    for number in range(5):
        filters.thread.set_filter(FilterSpec(-number, (FilterRule("", compile_query(f"{PHONES}[{number + 1}]")),)))
    assert filters.show(rules_of("all of it")) == plain.show(rules_of("all of it"))
    end(plain.thread)
    end(filters.thread)


def test_large_events_are_read_in_small_parts(capture: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match_memory, "BLOCK", SMALL)
    monkeypatch.setattr(refilter, "LARGE", 1)
    spans: list[tuple[int, int]] = []
    evaluate = SpanEvaluation.evaluate

    def noted(self: SpanEvaluation, reader: EventReader, first: int, last: int) -> object:
        spans.append((first, last))
        return evaluate(self, reader, first, last)

    monkeypatch.setattr(SpanEvaluation, "evaluate", noted)
    filters = Filters(capture)
    assert filters.show(rules_of("the bar")).rows
    end(filters.thread)
    assert not spans
