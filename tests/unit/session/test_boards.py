"""Boards from a capture: all of it at first, then what has come since, anew with another capture."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.config import read_boards
from clacks_monitor.session import boards
from clacks_monitor.session.boards import Boards, board_query
from clacks_monitor.session.notices import BoardShown, Notice, Trouble
from clacks_monitor.xquery import compile_query
from tests.helpers.ending import end
from tests.helpers.entries import a_gap, an_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from clacks_monitor.core.event import Event


def phone(number: int, caller: str, status: str) -> Event:
    body = (
        '<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus>'
        f"<CallerId>{caller}</CallerId><ReceiverId>99</ReceiverId><Status>{status}</Status></PhoneStatus></Event>"
    )
    return an_event(number, kind="PhoneStatus", body=body.encode())


class Desk:
    """Who looks at a board."""

    def __init__(self, folder: Path) -> None:
        self.capture = captures.create(folder / "one.capture")
        self.boards = Boards(folder / "boards", "en", lambda: self.capture, self._notify)
        self.troubles: list[Trouble] = []
        self._shown: list[BoardShown] = []
        self._changed = threading.Condition()

    def _notify(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            for notice in notices:
                if isinstance(notice, BoardShown):
                    self._shown.append(notice)
                elif isinstance(notice, Trouble):
                    self.troubles.append(notice)
            self._changed.notify_all()

    def look(self, of: str = "") -> BoardShown:
        before = len(self._shown)
        self.boards.ask("calls", of)
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._shown) > before, timeout=20)
        return self._shown[-1]

    def states(self) -> dict[str, str]:
        return {row.key: row.state for row in self.look().rows}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    end(made.boards)
    made.capture.close()


def test_a_board_is_built_from_what_is_there_and_goes_on(desk: Desk) -> None:
    desk.capture.append([phone(1, "11", "busy"), an_event(2, kind="ClientPoll"), phone(3, "22", "ringing")])
    assert desk.states() == {"11": "busy", "22": "ringing", "99": "ringing"}
    desk.capture.append([phone(4, "11", "free")])
    shown = desk.look()
    assert {row.key: row.state for row in shown.rows}["11"] == "free"
    assert shown.gap_ns == 0
    (eleven,) = [row for row in shown.rows if row.key == "11"]
    assert (eleven.since_ns, eleven.sequence) == (phone(4, "", "").wall_ns, 4)


def test_a_large_capture_is_read_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "BUDGET", 3)
    monkeypatch.setattr(boards, "CHUNK", 2)
    desk.capture.append([phone(number, str(number), "busy") for number in range(8)])
    assert [desk.look().left for _time in range(4)] == [5, 2, 0, 0]
    assert len(desk.look().rows) == 9


def test_a_gap_says_until_when_something_could_have_been_missed(desk: Desk) -> None:
    desk.capture.append([phone(1, "11", "busy"), a_gap(10)])
    assert desk.look().gap_ns == a_gap(10).to_ns


def test_another_capture_begins_anew(desk: Desk, tmp_path: Path) -> None:
    desk.capture.append([phone(1, "11", "busy")])
    assert set(desk.states()) == {"11", "99"}
    desk.capture.close()
    desk.capture = captures.create(tmp_path / "two.capture")
    assert desk.states() == {}


def test_a_board_that_is_broken_or_not_there_harms_nobody(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "boards").mkdir()
    (tmp_path / "boards" / "bad.json").write_text("{", encoding="utf-8")
    assert {"calls", "clients"} <= {board.id for board in desk.boards.definitions()}
    assert "bad.json" in desk.troubles[0].detail
    desk.boards.ask("nothing")
    assert desk.boards.query("nothing", ["x"]) == ""


@pytest.mark.parametrize("board_id", ["calls", "clients"])
def test_the_events_of_a_key_are_found_fast(tmp_path: Path, board_id: str) -> None:
    definition = next(board for board in read_boards(tmp_path, "en")[0] if board.id == board_id)
    query = board_query(definition, ["it's 1"])
    compiled = compile_query(query)
    assert compiled.explain().startswith("Fast path")
    assert compiled.broker_would_refuse is None
    assert query.count("declare namespace") == 1


def test_the_query_finds_the_key_in_each_place(tmp_path: Path) -> None:
    definition = next(board for board in read_boards(tmp_path, "en")[0] if board.id == "calls")
    query = compile_query(board_query(definition, ["11"]))
    assert query.matches(phone(1, "11", "busy").raw.body).matches
    assert not query.matches(phone(1, "12", "busy").raw.body).matches
    assert compile_query(board_query(definition, ["99"])).matches(phone(1, "12", "busy").raw.body).matches


def test_the_query_finds_a_key_in_each_of_its_spellings(tmp_path: Path) -> None:
    definition = next(board for board in read_boards(tmp_path, "en")[0] if board.id == "calls")
    query = compile_query(board_query(definition, ["11", "+4911"]))
    assert query.matches(phone(1, "11", "busy").raw.body).matches
    assert query.matches(phone(1, "+4911", "busy").raw.body).matches
    assert not query.matches(phone(1, "12", "busy").raw.body).matches


def test_the_history_of_a_key_comes_with_the_board(desk: Desk) -> None:
    desk.capture.append([phone(1, "11", "busy"), phone(10, "11", "free"), a_gap(20), phone(30, "11", "busy")])
    assert desk.look().history == ()
    shown = desk.look("11")
    assert shown.of == "11"
    assert [(span.state, span.seconds(0), span.doubted) for span in shown.history[:2]] == [
        ("busy", 9, False), ("free", 20, True),
    ]  # fmt: skip
    assert (shown.history[2].sequence, shown.history[2].to_ns) == (4, 0)
    (eleven,) = [row for row in shown.rows if row.key == "11"]
    assert (eleven.before, eleven.before_s) == ("free", 20)
    assert desk.look("nothing").history == ()
