"""How questions are answered: by counts, by several workers, or as a whole; always with the same result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.session.questions import (
    EVERYTHING,
    Asking,
    EndKind,
    EventSelection,
    QuestionLimits,
    Request,
    asking,
    compile_question,
)
from tests.helpers.entries import SECOND, START, a_gap, an_event, some_events
from tests.helpers.questions import ask, location_of

if TYPE_CHECKING:
    from pathlib import Path

TWO = QuestionLimits(workers=2)
PATHS = "declare namespace f='http://www.gonicus.de/Events'; "


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ways") / "shift.capture"
    with captures.create(made) as capture:
        capture.append([*some_events(600), a_gap(600), an_event(601, body=b"no XML", kind="")])
    return made


@pytest.fixture(autouse=True)
def _small_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ALONE", 10)
    monkeypatch.setattr(asking, "SPAN", 100)


def explained(path: Path, text: str, selection: EventSelection = EVERYTHING) -> str:
    return "\n".join(Asking(location_of(path), Request(compile_question(text), selection, limits=TWO)).explain())


COUNTED = {
    "count(collection())": [601],
    "for $e in collection() group by $t := ev:type($e) order by $t return $t || ' ' || count($e)": [
        " 1", "ClientPoll 200", "NodeStatus 200", "PhoneStatus 200",
    ],
}  # fmt: skip  # a table
SPREAD = {
    PATHS + "collection()/f:Event/f:PhoneStatus/f:Id ! xs:integer(.)": list(range(0, 600, 3)),
    "for $e in collection() where ev:type($e) = ('PhoneStatus', '') return ev:sequence($e)": [*range(1, 601, 3), 602],
}
FOLDED = {
    PATHS + "count(collection()/f:Event/f:PhoneStatus[f:Id > 300])": [99],
    PATHS + "for $e in collection() group by $t := ev:type($e) order by $t return max($e/f:Event/*/f:Id)": [
        598.0, 599.0, 597.0,
    ],
    "for $e in collection() where ev:type($e) eq 'NodeStatus' group by $c := ev:connection($e)"
    " return $c || count($e)": ["office200"],
    "count(ev:gaps()) + count(collection()[ev:problem(.)])": [1],
}  # fmt: skip  # a table
WHOLE = {
    "collection()[last()] ! ev:sequence(.)": [602],
    "for $e in collection() order by ev:sequence($e) descending return ev:type($e)": None,
}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        *((text, "own counts") for text in COUNTED),
        *((text, "2 worker processes evaluate") for text in SPREAD),
        *((text, "2 worker processes aggregate") for text in FOLDED),
        *((text, "One worker process") for text in WHOLE),
    ],
)
def test_the_way_is_explained(path: Path, text: str, sentence: str) -> None:
    assert sentence in explained(path, text)


@pytest.mark.parametrize("text", [*COUNTED, *SPREAD, *FOLDED, *WHOLE])
def test_every_way_gives_the_answer(path: Path, text: str) -> None:
    found = ask(path, text, limits=TWO)
    assert found.ending.kind is EndKind.COMPLETE
    expected = {**COUNTED, **SPREAD, **FOLDED, **WHOLE}[text]
    assert expected is None or found.items == expected
    done = [part.done for part in found.progress]
    assert done == sorted(done)
    assert done[-1] == 602


@pytest.mark.parametrize("text", [*SPREAD, *FOLDED])
def test_a_small_store_is_read_by_one_worker(path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ALONE", 601)
    assert "2 worker processes" in explained(path, text)
    monkeypatch.setattr(asking, "ALONE", 602)
    assert "One worker process evaluates the query on the parts" in explained(path, text)


def test_types_are_found_by_the_index(path: Path) -> None:
    empty = "'' stands for what is not an event."
    assert f"types are read: '', 'PhoneStatus'. {empty}" in explained(
        path, PATHS + "collection()/f:Event/f:PhoneStatus"
    )
    assert explained(path, "collection()[ev:type() = 'NodeStatus']").endswith("types are read: 'NodeStatus'.")
    chosen = EventSelection(types=frozenset({"ClientPoll"}))
    assert "types are read: 'ClientPoll'." in explained(path, "collection()[ev:connection()]", chosen)
    assert "All events" in explained(path, "collection()[ev:connection()]")


def test_counts_follow_the_selection(path: Path) -> None:
    chosen = EventSelection(frozenset({"PhoneStatus"}), START + 30 * SECOND, START + 60 * SECOND)
    assert "own counts" in explained(path, "count(collection())", chosen)
    assert ask(path, "count(collection())", selection=chosen).items == [10]
    assert ask(path, "count(collection()/*)", selection=chosen).items == [10]


def test_the_rows_of_several_workers_come_in_order_up_to_a_bound(path: Path) -> None:
    found = ask(path, "collection() ! ev:sequence(.)[. != 0]", limits=QuestionLimits(workers=2, rows=250))
    assert (found.ending.kind, found.items) == (EndKind.ROWS, list(range(1, 251)))


def test_an_error_in_a_part_is_one_only_where_the_query_gets_there(path: Path) -> None:
    text = "if (count(collection()) > 0) then 'some' else sum(collection() ! xs:integer(ev:type(.)))"
    assert ask(path, text, limits=TWO).items == ["some"]
    wrong = ask(path, "sum(collection() ! xs:integer(ev:type(.)))", limits=TWO)
    assert (wrong.ending.kind, wrong.ending.code) == (EndKind.ERROR, "FORG0001")
