"""Computed columns: values by a process, an expression that takes too much is out of service, sorting and exporting."""

from __future__ import annotations

import threading
from array import array
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.core.columns import Column, ComputedColumn, FieldColumn
from clacks_monitor.core.ports import StoreLocation
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import Notice, Ordered
from clacks_monitor.session.view import computing, ordering
from clacks_monitor.session.view.computed_values import Computed, OrderProgress
from clacks_monitor.session.view.computing import Computer, Computing, computed
from clacks_monitor.session.view.ordering import ordered_by_values
from clacks_monitor.session.view.rows import Rows
from clacks_monitor.session.work.session_thread import SessionThread
from clacks_monitor.transfer.table import write_csv
from tests.helpers.ending import end
from tests.helpers.entries import a_gap, an_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.core.store import EventStore

SECONDS = ComputedColumn("Seconds", "number(./a/s) * 2")
NAME = ComputedColumn("Name", "upper-case(./a/n)")


def body(seconds: object, name: str) -> bytes:
    return f"<a><s>{seconds}</s><n>{name}</n></a>".encode()


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    """Five events with a gap among them, and what is no XML."""
    with captures.create(tmp_path / "a.capture") as made:
        made.append([an_event(0, body=body(5, "eva")), an_event(2, body=body(30, "bo")), a_gap()])
        made.append([an_event(4, body=body("x", "cy")), an_event(5, body=b"<no"), an_event(6, body=body(4, "di"))])
        yield made


def computer_for(store: EventStore) -> Computer:
    return Computer(StoreLocation(captures.__name__, store.address))


def test_values_are_those_of_the_expression(capture: Capture) -> None:
    with computer_for(capture) as computer:
        found = computer.values([SECONDS, NAME], [1, 2, 3, 4, 6, 99])
    assert found == {
        1: {SECONDS: "10", NAME: "EVA"},
        2: {SECONDS: "60", NAME: "BO"},
        4: {SECONDS: "NaN", NAME: "CY"},
        6: {SECONDS: "8", NAME: "DI"},
    }


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("./a/*", "5 eva"),
        ("map { 'n': string(./a/n) }", '{"n":"eva"}'),
        ("()", ""),
        ("xs:integer(./a/n)", "(FORG0001)"),
        ("1 +", "(XPST0003)"),
        ("doc('file:///etc/passwd')", "(FODC0002)"),
        ("xs:date('2026-03-01') - xs:date('2026-02-27')", "P2D"),
        ("ev:type() || ' ' || ev:connection() || ' ' || ev:sequence(.)", "PhoneStatus office 1"),
        ("ev:property('n')", "0"),
        ("ev:gaps()", "(CLACKS0010)"),
        ("declare variable $n as xs:integer external; $n + 1", "1"),
    ],
)
def test_whatever_an_expression_gives_is_a_text(capture: Capture, expression: str, expected: str) -> None:
    column = ComputedColumn("c", expression)
    with computer_for(capture) as computer:
        assert computer.values([column], [1]) == {1: {column: expected}}


def test_an_event_that_is_not_xml_has_no_elements_but_what_the_bus_knows(capture: Capture) -> None:
    known = ComputedColumn("n", "ev:sequence()")
    with computer_for(capture) as computer:
        assert computer.values([NAME, known], [5]) == {5: {NAME: "", known: "5"}}


def test_a_value_of_a_giant_event_is_not_computed(capture: Capture) -> None:
    capture.append([an_event(7, body=body("1" * 1_100_000, "eva")), an_event(8, body=body(1, "flo"))])
    with computer_for(capture) as computer:
        assert computer.values([NAME], [7, 8]) == {7: {NAME: "…"}, 8: {NAME: "FLO"}}


@pytest.mark.parametrize(
    "expression",
    [
        "declare function local:f($n) { local:f($n + 1) }; local:f(1)",
        "matches(string-join((1 to 40) ! 'a') || '!', '^(a+)+$')",
        "count(for $a in 1 to 100000, $b in 1 to 100000 return 1)",
    ],
    ids=["recursion", "pattern", "loops"],
)
def test_an_expression_that_takes_too_much_is_out_of_service_and_others_go_on(
    capture: Capture, monkeypatch: pytest.MonkeyPatch, expression: str
) -> None:
    monkeypatch.setattr(computing, "EVENT_S", 0.5)
    bad = ComputedColumn("bad", expression)
    with computer_for(capture) as computer:
        found = computer.values([bad, NAME], [1, 2])
        again = computer.values([bad, NAME], [6])
    assert [found[n][NAME] for n in (1, 2)] + [again[6][NAME]] == ["EVA", "BO", "DI"]
    assert {found[1][bad], found[2][bad], again[6][bad]} <= {"(takes too long)", "(needs too much memory)"}


def test_a_computer_that_was_killed_says_so(capture: Capture) -> None:
    computer = computer_for(capture)
    computer.kill()
    with pytest.raises(StorageError):
        computer.values([NAME], [1])
    computer.close()


def test_a_store_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with Computer(StoreLocation(captures.__name__, str(tmp_path / "none"))) as computer, pytest.raises(StorageError):
        computer.values([NAME], [1])


class Notices:
    """What was sent, and a way to wait for it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.all: list[Notice] = []

    def __call__(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            self.all.extend(notices)
            self._changed.notify_all()

    def wait(self, condition: Callable[[Sequence[Notice]], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self.all), 60)


def test_the_window_is_sent_values_and_blanks_for_what_has_none(capture: Capture) -> None:
    notices = Notices()
    part = Computing(capture, computer_for, notices)
    part.ask([NAME], [1, 3])
    notices.wait(bool)
    end(part)
    assert notices.all == [Computed({1: {NAME: "EVA"}, 3: {NAME: ""}})]


def test_questions_beyond_the_bound_are_given_back(capture: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computing, "WAITING", 1)
    notices, held = Notices(), threading.Event()

    def slow(store: EventStore) -> Computer:
        held.wait(60)
        return computer_for(store)

    part = Computing(capture, slow, notices)
    for sequence in (1, 2, 6):
        part.ask([NAME], [sequence])
    assert notices.all == [Computed({}, dropped=(1,)), Computed({}, dropped=(2,))]
    held.set()
    notices.wait(lambda sent: len(sent) == 3)
    end(part)
    assert notices.all[2] == Computed({6: {NAME: "DI"}})


def test_rows_are_sorted_by_values_with_progress(capture: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "NOTIFY_S", 0.0)
    monkeypatch.setattr(ordering, "PAGE", 2)
    notices = Notices()
    rows = Rows(capture, notices, SessionThread(lambda: None).submit, computer_for)
    rows.order_by(SECONDS, array("q", [1, 2, 3, 4, 6]), 7, descending=False)
    notices.wait(lambda sent: isinstance(sent[-1], Ordered) if sent else False)
    end(rows)
    ordered = notices.all[-1]
    assert isinstance(ordered, Ordered)
    assert (ordered.generation, ordered.column) == (7, SECONDS)
    assert list(ordered.sequences) == [3, 6, 1, 2, 4], "8, 10, 60, and what is not a number last"
    progress = [notice.done for notice in notices.all if isinstance(notice, OrderProgress)]
    assert progress == [0, 2, 4, 5]


def test_descending_is_the_same_the_other_way_round(capture: Capture) -> None:
    with computer_for(capture) as computer:
        found = ordered_by_values(computer, NAME, array("q", [1, 2, 4, 6]), 1, lambda _: None, descending=True)
    assert (list(found.sequences), list(found.places)) == ([1, 6, 4, 2], [0, 3, 2, 1])


def test_an_export_has_the_values(capture: Capture, tmp_path: Path) -> None:
    field = FieldColumn("n", ("n",))
    columns = (Column.SEQUENCE, field, NAME)
    target = tmp_path / "a.csv"
    with capture.reader() as own, computed(capture, own, columns, computer_for) as reader, target.open("w") as stream:
        list(write_csv(reader, [1, 2, 3], stream, columns=columns))
    assert target.read_text().split() == ["sequence,n,Name", "1,eva,EVA", "2,bo,BO", "3,,"]


def test_without_computed_columns_no_process_is_started(capture: Capture) -> None:
    def never(_store: EventStore) -> Computer:
        raise AssertionError("nothing is to be computed")

    with capture.reader() as own, computed(capture, own, (Column.TIME,), never) as reader:
        assert reader is own
