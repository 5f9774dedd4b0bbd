"""The questions of a session: answers as notices, one question at a time, files, and the end of the session."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from clacks_monitor import captures
from clacks_monitor.config.questions import QuestionStore, StoredQuestion
from clacks_monitor.core.ending import wait_for
from clacks_monitor.session.questions import EndKind, Request, ResultForm, ResultRow, compile_question
from clacks_monitor.session.questions.answers import AnswerEnded, AnswerRows, QuestionsRead, ResultWritten
from clacks_monitor.session.questions.exporting import ResultFormat, row_text, rows_as_table, write_result
from clacks_monitor.session.questions.questions import Questions
from tests.helpers.entries import some_events
from tests.helpers.questions import ask, location_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from clacks_monitor.session.notices import Notice

ENDLESS = "declare function local:f($n) { if ($n < 0) then 0 else local:f($n + 1) }; "
PATIENCE_S = 60.0


class Inbox:
    """Collects notices, and lets a test wait for one."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self._changed = threading.Condition()

    def __call__(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            self.notices += notices
            self._changed.notify_all()

    def wait(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, PATIENCE_S)

    def ended(self) -> list[AnswerEnded]:
        return [one for one in self.notices if isinstance(one, AnswerEnded)]

    def rows(self, number: int) -> list[ResultRow]:
        found = [one for one in self.notices if isinstance(one, AnswerRows) and one.number == number]
        return [row for one in found for row in one.rows]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("questions") / "shift.capture"
    with captures.create(made) as capture:
        capture.append(some_events(300))
    return made


@pytest.fixture
def questions(path: Path, tmp_path: Path, inbox: Inbox) -> Iterator[Questions]:
    made = Questions(QuestionStore(tmp_path / "questions"), "en", lambda: location_of(path), inbox)
    yield made
    assert wait_for(made.stop(), PATIENCE_S) == []


def request(text: str, form: ResultForm = ResultForm.BOTH) -> Request:
    return Request(compile_question(text), form=form)


def test_an_answer_comes_as_rows_and_its_end(questions: Questions, inbox: Inbox) -> None:
    number = questions.ask(request("collection()[ev:sequence(.) < 4] ! ev:sequence(.)"))
    inbox.wait(lambda: bool(inbox.ended()))
    assert [row.values["value"] for row in inbox.rows(number)] == [1, 2, 3]
    (end,) = inbox.ended()
    assert (end.number, end.ending.kind) == (number, EndKind.COMPLETE)
    assert end.seconds > 0


def test_the_next_question_cancels_the_one_before(questions: Questions, inbox: Inbox) -> None:
    first = questions.ask(request(ENDLESS + "collection()[1] ! ev:sequence(.), local:f(0)"))
    inbox.wait(lambda: bool(inbox.rows(first)))
    second = questions.ask(request("1"))
    inbox.wait(lambda: len(inbox.ended()) == 2)
    assert {end.number: end.ending.kind for end in inbox.ended()} == {
        first: EndKind.CANCELLED, second: EndKind.COMPLETE,
    }  # fmt: skip  # a table
    assert len(inbox.rows(first)) == 1


def test_stopping_ends_a_running_question(questions: Questions, inbox: Inbox) -> None:
    number = questions.ask(request(ENDLESS + "collection()[1] ! ev:sequence(.), local:f(0)"))
    inbox.wait(lambda: bool(inbox.rows(number)))
    assert wait_for(questions.stop(), PATIENCE_S) == []
    assert [end.ending.kind for end in inbox.ended()] == [EndKind.CANCELLED]


def test_files_are_read_changed_and_told(questions: Questions, inbox: Inbox, tmp_path: Path) -> None:
    def read(number: int) -> QuestionsRead:
        inbox.wait(lambda: sum(isinstance(one, QuestionsRead) for one in inbox.notices) >= number)
        return [one for one in inbox.notices if isinstance(one, QuestionsRead)][number - 1]

    questions.read()
    assert (len(read(1).shipped), read(1).own) == (7, ())
    questions.save(StoredQuestion("mine", "1"))
    (own,) = read(2).own
    assert read(2).chosen == own.id
    questions.export(own, tmp_path / "mine.json")
    questions.delete(own)
    assert read(3).own == ()
    questions.undo_delete()
    assert read(4).own == (own,)
    questions.import_files([tmp_path / "mine.json", tmp_path / "missing.json"])
    assert [one.name for one in read(5).own] == ["mine", "mine 2"]
    assert "missing.json" in read(6).problem


RESULT = """
  map { "a": 1, "b": "=x, y" }, map { "b": ("é", 2.5), "c": map { "d": true() } },
  <r n="1"><v>&lt;</v></r>, collection()[1]/*
"""


def test_a_result_is_written_in_three_formats(path: Path, tmp_path: Path) -> None:
    rows = ask(path, RESULT, form=ResultForm.BOTH).rows
    headings = [("a", "A"), ("b", "B"), ("c", "c")]
    for style in ResultFormat:
        write_result(tmp_path / style, style, headings, rows)
    lines = (tmp_path / "csv").read_bytes().decode().split("\r\n")
    assert lines[:3] == ["A,B,c", '1,"\'=x, y",', ',"[""é"", 2.5]","{""d"": true}"']
    found = json.loads((tmp_path / "json").read_text(encoding="utf-8"))
    assert found[:2] == [{"a": 1, "b": "=x, y"}, {"b": ["é", 2.5], "c": {"d": True}}]
    root = etree.parse(tmp_path / "xml").getroot()
    assert [etree.QName(child).localname for child in root] == ["row", "row", "r", "Event"]
    assert root[0].xpath("string(value[@name = 'b'])") == "=x, y"
    assert root[2].xpath("string(v)") == "<"


def test_rows_are_text_and_a_table_for_the_clipboard(path: Path) -> None:
    rows = ask(path, RESULT, form=ResultForm.BOTH).rows
    assert row_text(rows[0]) == '{"a": 1, "b": "=x, y"}'
    assert row_text(rows[2]) == '<r n="1"><v>&lt;</v></r>'
    assert rows_as_table([("a", "A"), ("b", "B")], rows[:1]) == "A\tB\n1\t'=x, y\n"
    assert row_text(ResultRow({"value": "x"})) == "x"


def test_what_xml_cannot_hold_is_replaced(tmp_path: Path) -> None:
    write_result(tmp_path / "x", ResultFormat.XML, [], [ResultRow({"a\x01": "\x00b", '"': "<"})])
    (row,) = etree.parse(tmp_path / "x").getroot()
    assert [(value.get("name"), value.text) for value in row] == [("a\ufffd", "\ufffdb"), ('"', "<")]


def test_why_a_result_cannot_be_written_is_told(questions: Questions, inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    questions.write_result(tmp_path / "file" / "x.csv", ResultFormat.CSV, [], [])
    inbox.wait(lambda: any(isinstance(one, ResultWritten) for one in inbox.notices))
    (told,) = [one for one in inbox.notices if isinstance(one, ResultWritten)]
    assert "cannot be written" in told.problem
