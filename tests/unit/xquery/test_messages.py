"""Every error of the engine is a Message whose English is in templates, so that the window can translate all of it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import clacks_monitor.xquery
from clacks_monitor.core.messages import Message, packed, translated, unpacked
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.fastpath.xpath import NotProvableError
from clacks_monitor.xquery.match_result import MatchOutcome
from clacks_monitor.xquery.matching.guard.guard import Guard
from clacks_monitor.xquery.query import compile_query

PACKAGE = Path(clacks_monitor.xquery.__file__).parent
PROSE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
NOT_TRANSLATED = {"AssertionError", "ValueError", "NotImplementedError", "function", "_refused", "verbatim"}
"""Calls whose texts are not translated: errors of the program, signatures of functions, symbols."""
NOT_PROSE = {
    "fastpath/paths.py": "XPath",
    "library/markup.py": "the prolog of a document",
    "library/options.py": "a type",
    "match_result.py": "the value of an enumeration",
    "matching/guard/worker.py": "a query",
    "parsing/prolog.py": "keywords of the language",
}
"""Modules with texts of several words that are no messages, and what these are."""
BODY = b"<Event xmlns='http://www.gonicus.de/Events'><PhoneStatus><Status>busy</Status></PhoneStatus></Event>"

FILE = Path(__file__).with_name("wrong_queries.txt")
STATIC, DYNAMIC = (part.splitlines()[1:] for part in FILE.read_text(encoding="utf-8").split("\n\n"))


def _docstrings(tree: ast.AST) -> set[int]:
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _untranslatable(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in NOT_TRANSLATED:
            skipped |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.Call) and _called(node) == "Message":
            skipped.add(id(node.args[0]))
    return [
        f"{path.relative_to(PACKAGE)}, line {node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in skipped and PROSE.search(node.value)
    ]


def test_no_message_of_the_engine_is_written_outside_a_template() -> None:
    """When this fails: put the text into a Message, with its values as arguments."""
    modules = [p for p in sorted(PACKAGE.rglob("*.py")) if "editor" not in p.parts]
    found = [text for path in modules for text in _untranslatable(path)]
    known = (*NOT_PROSE, "suggestions.py")  # which looks at the beginning of a reason in English
    assert len(modules) > 100
    assert [text for text in found if not text.startswith(known)] == []
    assert {name for name in NOT_PROSE if not any(text.startswith(name) for text in found)} == set()


def _left(message: Message, query: str) -> list[str]:
    """Return the words of a message that are neither of a template nor of the query or the language."""
    pseudo = translated(message, lambda template: re.sub(r"(\{[^{}]*\})|[^\W\d_]", lambda m: m[1] or "#", template))
    words = set(re.findall(r"[A-Za-z]{2,}", pseudo))
    known = set(re.findall(r"[A-Za-z]{2,}", query)) | NAMES
    return sorted(words - known)


NAMES = {"xs", "amp", "not", "item", "node", "element", "document", "schema", "else", "case", "catch", "end"}
NAMES |= {"function", "map", "array", "string", "integer", "double", "boolean", "untypedAtomic", "dayTimeDuration"}
NAMES |= {"return", "preserve", "strip", "numeric"}
"""Names of types, functions and keywords, which are the same in every language."""


@pytest.mark.parametrize("query", [*STATIC, "(" * 300 + "1", "f" * 500_000], ids=lambda query: query[:40])
def test_nothing_of_a_static_error_is_left_in_english(query: str) -> None:
    try:
        compile_query(query)
    except QueryError as error:
        assert isinstance(error.reason, Message)
        assert _left(error.reason, query) == []
        assert re.search(r"[A-Z]{4}\d{4}", translated(error.message, lambda _template: "{0}"))
    else:
        pytest.fail("the query has no static error")


@pytest.mark.parametrize("query", DYNAMIC)
def test_nothing_of_a_dynamic_error_is_left_in_english(query: str) -> None:
    try:
        result = compile_query(query).matches(BODY)
    except QueryError as error:
        reason = error.reason
    else:
        assert result.outcome is MatchOutcome.ERROR
        reason = result.reason
    assert isinstance(reason, Message)
    foreign = {"parse-xml('<a')", "parse-xml('<a>&x;</a>')"}  # libxml2's own words
    assert query in foreign or _left(reason, query) == []


def test_why_a_query_is_evaluated_the_general_way_is_a_message() -> None:
    for query in ("count(//a)", "for $x in //a order by $x return $x", "//a + 1", "some $x in //e satisfies a[. = $x]"):
        explanation = compile_query(query).explain()
        assert isinstance(explanation, Message)
        assert isinstance(explanation.arguments[0], Message)
    assert isinstance(NotProvableError(Message("x"), 0).reason, Message)


def test_the_reason_of_an_error_comes_whole_out_of_the_worker() -> None:
    query = compile_query("xs:integer(string-join((1 to 2) ! 'busy'))")
    with Guard() as guard:
        result = guard.evaluate([query], BODY, {})[0]
    assert isinstance(result.reason, Message)
    assert result.reason.template == "'{0}' is not a valid xs:{1}."
    assert result.reason == "'busybusy' is not a valid xs:integer."


def test_a_packed_message_keeps_its_numbers_and_bounds_its_texts() -> None:
    message = Message("{0:,} of {1}: {2}", 1234, Message("a map"), "x" * 100)
    again = unpacked(packed(message, 10))
    assert again.template == message.template
    assert again.arguments[0] == 1234
    assert isinstance(again.arguments[1], Message)
    assert len(again.arguments[2]) <= 10
