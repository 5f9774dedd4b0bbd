"""What completion and lint know in texts that are not filters: questions, and expressions of computed columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clacks_monitor.session.questions.dialects import EXPRESSION, QUESTION
from clacks_monitor.xquery.editor.complete import complete
from clacks_monitor.xquery.editor.lint import lint
from clacks_monitor.xquery.editor.vocabulary import FILTER, EditorDialect, ElementWord, Vocabulary

WORDS = Vocabulary("urn:e", (ElementWord("Event", (ElementWord("PhoneStatus", (ElementWord("Status"),)),)),))


def offered(text: str, dialect: EditorDialect) -> list[str]:
    return [item.text for item in complete(text, len(text), replace(WORDS, dialect=dialect)).items]


def warned(text: str, dialect: EditorDialect) -> list[str]:
    return [text[w.start : w.end] for w in lint(text, replace(WORDS, dialect=dialect))]


@pytest.mark.parametrize("dialect", [EXPRESSION, QUESTION])
def test_functions_of_events_are_offered(dialect: EditorDialect) -> None:
    assert offered("ev:ti", dialect) == ["ev:time("]
    assert "ev:" in offered("", dialect)
    assert "ev:summary(" in offered("summ", dialect)


def test_a_filter_does_not_have_them() -> None:
    assert offered("ev:ti", FILTER) == []


def test_a_question_has_the_store_and_its_times() -> None:
    assert offered("coll", QUESTION)[:1] == ["collection()"]
    assert {"$from", "$to"} <= set(offered("$", QUESTION))
    assert "ev:gaps()" in offered("ev:g", QUESTION)
    assert offered("coll", EXPRESSION) == offered("coll", FILTER)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("collection()/*:Event/*:PhoneStats", ["*:PhoneStats"]),
        ("for $e in collection() return $e/*:Event/*:PhoneStats", ["*:PhoneStats"]),
        ("collection()[ev:mark(.)]/*:Event/*:PhoneStatus[*:Statu = 'busy']", ["*:Statu"]),
        ("count(collection()/*:Event/*:PhoneStatus)", []),
        ("ev:gaps()?from", []),
        ("1", []),
        ("'a' || 'b'", []),
        ("collection('x')/*:Evnt", []),
    ],
)
def test_paths_behind_the_collection_are_examined(text: str, wrong: list[str]) -> None:
    found = lint(text, replace(WORDS, dialect=QUESTION))
    assert [text[w.start : w.end] for w in found] == wrong
    assert not any(w.never for w in found)


def test_paths_beside_functions_of_events_are_examined() -> None:
    assert warned("ev:summary() || ./*:Event/*:PhoneStats", EXPRESSION) == ["*:PhoneStats"]
    assert warned("string-length(./*:Event/*:PhoneStatus)", EXPRESSION) == []
