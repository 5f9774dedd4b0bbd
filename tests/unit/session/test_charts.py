"""Charts from a capture or an archive: the newest first, in parts, then what has come since, anew with another one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import archive, captures
from clacks_monitor.core.chart import ChartShown, ChartSpan, ChartSubject
from clacks_monitor.session import charts
from clacks_monitor.session.charts import Charts
from clacks_monitor.session.notices import Notice, Trouble
from tests.helpers.ending import end
from tests.helpers.entries import SECOND, START, a_gap, an_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from clacks_monitor.core.event import Event
    from clacks_monitor.core.store import EventStore

SUBJECT = ChartSubject("NodeStatus", ("NodeStatus", "Load"), ("NodeStatus", "Id"), first="a")
SPAN = ChartSpan(START // SECOND * SECOND, SECOND, 500)


def load(number: int, value: float, node: str = "a") -> Event:
    text = f'<Event xmlns="http://www.gonicus.de/Events"><NodeStatus><Load>{value}</Load><Id>{node}</Id></NodeStatus>'
    return an_event(number, kind="NodeStatus", body=f"{text}</Event>".encode())


class Desk:
    """Asks for charts of a store."""

    def __init__(self, store: EventStore) -> None:
        self.store = store
        self.charts = Charts(lambda: self.store, self._notify)
        self.troubles: list[Trouble] = []
        self._shown: list[ChartShown] = []
        self._changed = threading.Condition()

    def _notify(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            for notice in notices:
                if isinstance(notice, ChartShown):
                    self._shown.append(notice)
                elif isinstance(notice, Trouble):
                    self.troubles.append(notice)
            self._changed.notify_all()

    def ask(self, span: ChartSpan = SPAN, subject: ChartSubject = SUBJECT, number: int = 1) -> ChartShown:
        before = len(self._shown)
        self.charts.ask(number, subject, span)
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._shown) > before, timeout=20)
        return self._shown[-1]

    def values(self, span: ChartSpan = SPAN) -> dict[str, list[float]]:
        return {line.name: list(line.firsts) for line in self.ask(span).lines}


@pytest.fixture(params=["capture", pytest.param("archive", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventStore]:
    """An empty store of each kind."""
    if request.param == "capture":
        with captures.create(tmp_path / "one.capture") as made:
            yield made
        return
    with archive.open_archive(request.getfixturevalue("databases").new()) as made:
        yield made


@pytest.fixture
def desk(store: EventStore) -> Iterator[Desk]:
    made = Desk(store)
    yield made
    end(made.charts)


def test_a_line_for_each_agent_goes_on_with_new_events(desk: Desk) -> None:
    desk.store.append([load(1, 1.5), an_event(2, kind="ClientPoll"), load(3, 2.5, "b"), load(4, 3.5)])
    assert desk.values() == {"a": [1.5, 3.5], "b": [2.5]}
    desk.store.append([load(5, 4.5), a_gap(10)])
    shown = desk.ask()
    assert [list(line.firsts) for line in shown.lines] == [[1.5, 3.5, 4.5], [2.5]]
    assert (shown.left, shown.total, shown.refused) == (0, 6, 0)
    assert list(shown.lines[0].low_at) == [1, 4, 5]
    assert list(shown.lines[0].columns) == [START // SECOND + number for number in (1, 4, 5)]


def test_the_newest_are_read_first_and_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "BUDGET", 4)
    monkeypatch.setattr(charts, "CHUNK", 2)
    desk.store.append([load(number, number) for number in range(1, 11)])
    first = desk.ask()
    assert (list(first.lines[0].firsts), first.left, first.total) == ([7, 8, 9, 10], 6, 10)
    desk.store.append([load(11, 11)])
    assert [desk.ask().left for _time in range(3)] == [2, 0, 0]
    assert desk.values()["a"] == list(range(1, 12))


def test_many_events_of_the_type_end_a_part_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "EVENTS", 2)
    monkeypatch.setattr(charts, "CHUNK", 2)
    desk.store.append([load(1, 1), *(an_event(number, kind="ClientPoll") for number in range(2, 6)), load(6, 6)])
    assert [desk.ask().left for _time in range(2)] == [0, 0]
    desk.charts.drop(1)
    desk.store.append([load(number, number) for number in range(7, 11)])
    assert [desk.ask().left for _time in range(4)] == [8, 6, 0, 0]


def test_a_span_that_begins_later_goes_on_and_one_that_begins_earlier_begins_anew(desk: Desk) -> None:
    desk.store.append([load(number, number) for number in range(1, 11)])
    later = ChartSpan(SPAN.from_ns + 5 * SECOND, SECOND, 500)
    assert desk.values(later)["a"] == [5, 6, 7, 8, 9, 10]
    assert desk.values(ChartSpan(SPAN.from_ns + 8 * SECOND, SECOND, 500))["a"] == [8, 9, 10]
    assert desk.values()["a"] == list(range(1, 11))
    assert desk.values(ChartSpan(SPAN.from_ns, SECOND, 3))["a"] == [1, 2]


def test_a_span_after_all_events_is_empty_until_some_come(desk: Desk) -> None:
    desk.store.append([load(1, 1)])
    late = ChartSpan(SPAN.from_ns + 100 * SECOND, SECOND, 500)
    assert desk.values(late) == {}
    desk.store.append([load(101, 7)])
    assert desk.values(late) == {"a": [7]}


def test_another_subject_and_another_store_begin_anew(desk: Desk, tmp_path: Path) -> None:
    desk.store.append([load(1, 1)])
    assert desk.values() == {"a": [1]}
    workers = ChartSubject("NodeStatus", ("NodeStatus", "Workers"))
    assert desk.ask(subject=workers).lines == ()
    with captures.create(tmp_path / "two.capture") as other:
        desk.store = other
        assert desk.values() == {}


def test_what_is_not_an_event_of_that_form_is_left_out(desk: Desk) -> None:
    desk.store.append([load(1, float("nan")), an_event(2, kind="NodeStatus", body=b"<broken"), load(3, 3.0)])
    assert desk.values() == {"a": [3.0]}
    assert desk.troubles == []
