"""The usual mistakes of an operator: each message says where it is, and what to write instead."""

from __future__ import annotations

import pytest

from clacks_monitor.xquery import QueryError, compile_query
from clacks_monitor.xquery.matching.guard.guard import Guard

PROLOG = "declare namespace f='urn:e'; "
MISTAKES = [
    ("f:a == 'x'", 6, "Write one = to compare."),
    ("f:a <> 'x'", 6, "Write != for values that differ."),
    ("f:a && f:b", 5, "Write and between two conditions."),
    ("f:a & f:b", 5, "Write and between two conditions."),
    ("f:a = 'x & y'", 7, "Write &amp; for the character itself."),
    ("f:a AND f:b", 5, "written small: and, or, not."),
    ("not f:a", 5, "Write not(...), with parentheses."),
    ("!f:a", 1, "Write not(...) for the opposite."),
    ("f:a like 'x%'", 5, "contains(a, 'b')"),
    ("f:a in ('x', 'y')", 5, "a = ('b', 'c')"),
    ("f:a between 1 and 2", 5, "a >= 1 and a <= 9"),
    ("let x := f:a return x", 5, "A variable begins with a $."),
    ("for x in f:a return x", 5, "A variable begins with a $."),
    ("f:a = \u201cx\u201d", 7, "straight quotes"),
    ("f:a = 'x", 7, "Write the same quote again where it ends."),
    ("f:a = x'", 8, "the same quote at both ends"),
    ("f:a\\f:b", 4, "Write / between the steps of a path."),
    ("# new\nf:a", 1, "(: like this :)"),
    ("f:a)", 4, "It closes nothing that was opened."),
    ("f:a;", 4, "Only a declaration ends with a semicolon."),
    ("if (f:a) then f:b", 18, "Every if has its else: else false()."),
    ("f:a f:b", 5, "Write and or or between two conditions."),
    ("f:a and", 8, "Expected an expression, but the query ends here."),
    ("f:a = ", 7, "Expected an expression, but the query ends here."),
    ("(: f:a", 1, "Write :) where it ends."),
    ("contain(f:a, 'x')", 1, "There is no function contain with 2 arguments. Did you mean contains()?"),
    ("starts-with(f:a)", 1, "There is no function starts-with with 1 argument. It takes 2 to 3 arguments."),
    ("concat('a')", 1, "It takes 2 or more arguments."),
    ("exists(f:a, f:b)", 1, "It takes 1 argument."),
]


@pytest.mark.parametrize(("text", "column", "advice"), MISTAKES, ids=[text for text, _, _ in MISTAKES])
def test_a_mistake_is_told_with_its_place_and_what_to_do(text: str, column: int, advice: str) -> None:
    with pytest.raises(QueryError) as found:
        compile_query(PROLOG + text)
    assert advice in found.value.reason
    assert (found.value.line, found.value.column) == (1, len(PROLOG) + column)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("xs:date('28.02.2024') < current-date()", "2024-02-28"),
        ("//a > xs:dateTime('2024-01-01')", "2024-02-28T13:45:00"),
        ("xs:boolean('yes')", "true or false"),
    ],
)
def test_a_value_that_is_written_otherwise_shows_how(text: str, written: str) -> None:
    with Guard() as guard:
        [result] = guard.evaluate([compile_query(text)], b"<a/>", {})
    assert result.reason.endswith(f"It is written like {written}.")
