"""The view: what is filtered by, which part of the capture is shown, and what it answers about entries."""

from __future__ import annotations

import threading
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest

from clacks_monitor import captures
from clacks_monitor.captures.writer import Capture
from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.columns import Column, FieldColumn
from clacks_monitor.core.event import Event, Gap, RowKind
from clacks_monitor.core.hardened import MAX_PARSED
from clacks_monitor.core.profile import Expected, Profile, Sample
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import (
    Annotated,
    DryRun,
    FilterFault,
    FilterProgress,
    Notice,
    Ordered,
    SamplesTried,
    Verdicts,
    ViewReset,
    ViewRows,
)
from clacks_monitor.session.view.view import View, query_of
from tests.helpers.ending import end
from tests.helpers.entries import SECOND, START, a_gap, an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

N = TypeVar("N", bound=Notice)
UNDECIDED = "if (//*:Id = 3) then xs:integer('x') else //*:Id = 1"


class Shown:
    """A view, the rows that it has told, and its other notices."""

    def __init__(self, capture: Capture) -> None:
        self.rows: list[int] = []
        self.tints: dict[int, int] = {}
        self.notices: list[Notice] = []
        self._filtered = -1
        self._changed = threading.Condition()
        self.view = View(capture, self._notify)

    def _notify(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            for notice in notices:
                if isinstance(notice, ViewReset):
                    self.rows, self.tints = [], {}
                elif isinstance(notice, ViewRows):
                    self.rows = sorted({*self.rows, *notice.sequences})
                    self.tints |= dict(zip(notice.sequences, notice.tints, strict=True))
                elif isinstance(notice, FilterProgress) and notice.finished:
                    self._filtered = notice.generation
                self.notices.append(notice)
            self._changed.notify_all()

    def settled(self) -> list[int]:
        with self._changed:
            assert self._changed.wait_for(lambda: self._filtered == self.view.generation, 20)
            return self.rows

    def answer(self, kind: type[N], when: Callable[[N], bool] = lambda _notice: True) -> N:
        def found() -> N | None:
            return next((n for n in reversed(self.notices) if isinstance(n, kind) and when(n)), None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, 20)
            answer = found()
            assert answer is not None
            return answer


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    with captures.create(tmp_path / "a.capture") as made:
        made.append([*some_events(6), a_gap(10), an_event(11)])
        yield made


@pytest.fixture
def shown(capture: Capture) -> Iterator[Shown]:
    made = Shown(capture)
    made.view.start()
    made.settled()
    yield made
    end(made.view)
    made.view.close()


# -- the filter ----------------------------------------------------------------------------------------------------


def test_a_filter_hides_what_does_not_match_and_an_empty_one_nothing(shown: Shown) -> None:
    assert shown.rows == [1, 2, 3, 4, 5, 6, 7, 8]
    assert shown.view.apply("//*:Id = (1, 4)") is None
    assert shown.settled() == [2, 5, 7], "a gap is always shown"
    assert shown.view.filter_text == "//*:Id = (1, 4)"
    assert (shown.view.shown(), shown.view.waiting(), shown.view.newest()) == (3, 0, 8)
    assert shown.view.apply("  ") is None
    assert len(shown.settled()) == 8


def test_a_broken_filter_is_said_and_the_last_good_one_stays(shown: Shown) -> None:
    shown.view.apply("//*:Id = 1")
    generation = shown.view.generation
    error = shown.view.apply("//*:Id = ")
    assert error is not None
    assert error.code == "XPST0003"
    assert (shown.view.filter_text, shown.view.generation) == ("//*:Id = 1", generation)


def test_a_query_is_checked_without_being_applied(shown: Shown) -> None:
    generation = shown.view.generation
    assert shown.view.check("") is None
    assert shown.view.check(" \n") is None
    assert shown.view.check("true()") is None
    error = shown.view.check("1 +")
    assert error is not None
    assert (error.code, shown.view.generation) == ("XPST0003", generation)


def test_it_is_explained_which_way_a_query_goes_and_whether_a_broker_takes_it(shown: Shown) -> None:
    quick = shown.view.explain("//*:Id = 1")
    assert quick
    assert "Qpid" not in quick
    refused = shown.view.explain("'x' ! true()")
    assert refused.startswith("A Qpid broker would refuse it: ")
    assert "(line 1). " in refused
    assert shown.view.explain("1 +").startswith("XPST0003")


def test_profiles_colour_count_and_choose(shown: Shown) -> None:
    red = Profile("Red", "//*:Id = (1, 2)", colour=COLOURS[3])
    all_ = Profile("All", " ", colour=COLOURS[5])
    shown.view.use_profiles([red, all_])
    assert len(shown.settled()) == 8
    assert {n: shown.tints[n] for n in (2, 3, 4)} == {2: 3, 3: 3, 4: 5}
    assert shown.view.hits() == {red.id: 2, all_.id: 7}
    shown.view.use_profiles([replace(red, active=True), all_])
    assert shown.settled() == [2, 3, 7]
    assert query_of(all_) == "true()"


def test_only_what_decides_filters_anew(shown: Shown) -> None:
    profile = Profile("P", "//*:Id = 1")
    shown.view.use_profiles([profile])
    generation = shown.view.generation
    shown.view.use_profiles([replace(profile, name="Q", description="other", columns=("time",))])
    assert shown.view.generation == generation
    for number, changed in enumerate(
        (replace(profile, colour=COLOURS[2]), replace(profile, active=True), replace(profile, query="true()")), 1
    ):
        shown.view.use_profiles([changed])
        assert shown.view.generation == generation + number


def test_a_profile_that_cannot_be_read_is_told_and_decides_nothing(shown: Shown) -> None:
    broken = Profile("Broken", "1 +", active=True)
    shown.view.use_profiles([broken, Profile("Good", "//*:Id = 1", active=True)])
    assert shown.settled() == [2, 7]
    fault = shown.answer(FilterFault)
    assert fault.source == broken.id
    assert fault.text.startswith("XPST0003")


# -- the part that is shown ----------------------------------------------------------------------------------------


def test_what_is_cleared_comes_back(shown: Shown, capture: Capture) -> None:
    shown.view.clear()
    assert shown.settled() == []
    assert shown.view.cleared
    first = capture.append(some_events(1, 20))
    shown.view.stored(first, some_events(1, 20))
    shown.answer(ViewRows, lambda rows: 9 in rows.sequences)
    shown.view.unclear()
    assert shown.settled() == list(range(1, 10))
    assert not shown.view.cleared


@pytest.mark.parametrize(
    ("first", "end_", "rows"),
    [
        (0, 3, [1, 2, 3]),
        (2, 4, [3, 4]),
        (3, 99, [4, 5, 6, 7, 8]),
        (11, 12, [8]),
        (-9, 0, []),
        (3, 3, []),
        (50, 99, []),
    ],
)
def test_a_span_of_time_is_shown(first: int, end_: int, rows: list[int], shown: Shown) -> None:
    shown.view.show_span(START + first * SECOND, START + end_ * SECOND)
    assert shown.settled() == rows
    shown.view.show_span(0, 0)
    assert len(shown.settled()) == 8


def test_the_same_span_again_filters_nothing(shown: Shown) -> None:
    shown.view.show_span(0, 0)
    assert shown.view.generation == 1
    shown.view.show_span(START, START + SECOND)
    shown.view.show_span(START, START + SECOND)
    assert shown.view.generation == 2


def test_the_span_lies_above_what_was_cleared(shown: Shown) -> None:
    shown.view.clear()
    shown.view.show_span(START, START + 99 * SECOND)
    assert shown.settled() == []


def test_another_capture_is_shown_whole(shown: Shown, tmp_path: Path) -> None:
    shown.view.clear()
    shown.view.show_span(START, START + SECOND)
    with captures.create(tmp_path / "b.capture") as other:
        other.append(some_events(3, 40))
        shown.view.use_capture(other)
        assert shown.settled() == [1, 2, 3]
        assert not shown.view.cleared
        (row,) = shown.view.rows([1])
        assert row.summary == "ClientPoll number 40"
        shown.view.close()


# -- reading -------------------------------------------------------------------------------------------------------


def test_entries_are_read_back(shown: Shown) -> None:
    view = shown.view
    assert [row.sequence for row in view.rows([2, 99, 5])] == [2, 5]
    (row,) = view.rows([3], [FieldColumn("Id", ("NodeStatus", "Id"))])
    assert (row.summary, list(row.values.values())) == ("NodeStatus number 2", ["2"])
    assert view.bounds() == (1, 8)
    event = view.whole(2)
    assert isinstance(event, Event)
    assert event.raw.body == an_event(1).raw.body
    assert isinstance(view.whole(7), Gap)
    assert [view.whole(99), view.excerpt(99)] == [None] * 2
    excerpt = view.excerpt(2)
    assert excerpt is not None
    assert excerpt.size == len(event.raw.body)
    assert [view.sequence_at(START + n * SECOND) for n in (-5, 2, 11, 50)] == [1, 3, 8, 8]
    assert view.gaps() == [7]
    assert view.troubles(0, [RowKind.GAP], forward=True) == [7]
    assert view.troubles(8, [RowKind.GAP], forward=False) == [7]
    assert view.rates(10 * SECOND, START, START + 60 * SECOND) == [(START, 6), (START + 10 * SECOND, 1)]


def test_marks_are_set_where_one_lacks_and_taken_away_where_all_have_one(shown: Shown) -> None:
    for chosen, marks in (([2, 5], [2, 5]), ([5, 6], [2, 5, 6]), ([5, 2], [6]), ([6], [])):
        shown.view.toggle_marks(chosen)
        assert shown.answer(Annotated) == Annotated(tuple(chosen))
        assert shown.view.marks() == marks


def test_comments_are_written_and_removed(shown: Shown, capture: Capture) -> None:
    for text, comments in (("why?", {3: "why?"}), ("", {})):
        shown.view.set_comment(3, text)
        assert shown.answer(Annotated) == Annotated((3,))
        with capture.reader() as reader:
            assert reader.notes.comments() == comments


def test_what_cannot_be_written_is_told(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_anything: object, **_more: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(Capture, "mark_all", refuse)
    monkeypatch.setattr(Capture, "annotate", refuse)
    shown.view.toggle_marks([2, 5])
    assert shown.answer(Annotated) == Annotated((2, 5), "The disk is full.")
    shown.view.set_comment(3, "why?")
    assert shown.answer(Annotated) == Annotated((3,), "The disk is full.")


def test_queries_are_made_from_values_and_types(shown: Shown) -> None:
    shown.view.apply("//*:Id = 1")
    whole = shown.view.value_query(("Event", "A"), "x", "equals")
    joined = shown.view.value_query(("Event", "A"), "x", "equals", "and")
    other = shown.view.value_query(("Event", "A"), "x", "equals", "and", "//*:Id = 7")
    assert "//*:Id" not in whole
    assert "//*:Id = 1" in joined
    assert "//*:Id = 7" in other
    assert "//*:Id = 1" in shown.view.type_query("PhoneStatus", join="and")
    wanted, others = (shown.view.type_query("PhoneStatus", wanted=wanted) for wanted in (True, False))
    shown.view.apply(wanted)
    phones = shown.settled()
    shown.view.apply(others)
    assert phones == [1, 4, 7]
    assert shown.settled() == [2, 3, 5, 6, 7, 8]


# -- work beside the window ------------------------------------------------------------------------------------------


def test_a_query_is_tried_on_the_last_events(shown: Shown) -> None:
    shown.view.dry_run(UNDECIDED)
    assert shown.answer(DryRun) == DryRun(UNDECIDED, 1, 1, 7)
    shown.view.dry_run("//*:Id = 11", last=1)
    assert shown.answer(DryRun, lambda told: told.text == "//*:Id = 11") == DryRun("//*:Id = 11", 1, 0, 1)
    shown.view.dry_run("//*:Id = 4", last=4)
    assert shown.answer(DryRun, lambda told: told.text == "//*:Id = 4") == DryRun("//*:Id = 4", 1, 0, 3)


def test_every_query_in_force_is_asked_about_one_event(shown: Shown) -> None:
    profile = Profile("P", "//*:Id = 2")
    shown.view.use_profiles([profile])
    shown.view.judge(2)
    alone = shown.answer(Verdicts)
    assert [(verdict.source, verdict.verdict.matches) for verdict in alone.verdicts] == [(profile.id, False)]
    shown.view.apply("//*:Id = 1")
    shown.view.judge(2)
    both = shown.answer(Verdicts, lambda told: len(told.verdicts) == 2)
    assert [(verdict.source, verdict.verdict.matches) for verdict in both.verdicts] == [
        ("", True),
        (profile.id, False),
    ]
    shown.view.judge(7)
    assert shown.answer(Verdicts, lambda told: told.sequence == 7) == Verdicts(7, ())
    shown.view.judge(99)
    assert shown.answer(Verdicts, lambda told: told.sequence == 99) == Verdicts(99, ())


@pytest.mark.parametrize(("size", "too_large"), [(MAX_PARSED, False), (MAX_PARSED + 1, True)])
def test_an_event_that_is_too_large_is_not_read_again(
    size: int,
    too_large: bool,
    shown: Shown,
    capture: Capture,
) -> None:
    capture.append([an_event(20, body=b"x" * size)])
    shown.view.apply("true()")
    shown.view.judge(9)
    told = shown.answer(Verdicts)
    assert (told.too_large, len(told.verdicts)) == (too_large, 0 if too_large else 1)


def test_samples_are_tried_for_who_asks(shown: Shown) -> None:
    sample = Sample("one", an_event(1).raw.body, Expected.MATCH)
    shown.view.try_samples("a dialog", "//*:Id = 1", [sample])
    shown.view.try_samples("another", "//*:Id = 2", [sample])
    one = shown.answer(SamplesTried, lambda found: found.asker == "a dialog")
    other = shown.answer(SamplesTried, lambda found: found.asker == "another")
    assert (one.query, [result.found for result in one.results]) == ("//*:Id = 1", [Expected.MATCH])
    assert (other.query, [result.found for result in other.results]) == ("//*:Id = 2", [Expected.NO_MATCH])


def test_rows_are_sorted_for_the_generation_in_view(shown: Shown) -> None:
    shown.view.order_by(Column.TYPE, array("q", [1, 2, 3, 4]), descending=False)
    told = shown.answer(Ordered)
    assert list(told.sequences) == [2, 3, 1, 4]
    assert (told.generation, told.descending) == (shown.view.generation, False)
    shown.view.order_by(Column.TYPE, array("q", [1, 2, 3, 4]), descending=True)
    assert list(shown.answer(Ordered, lambda found: found.descending).sequences)[-1] == 2
