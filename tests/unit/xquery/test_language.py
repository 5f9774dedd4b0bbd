"""The language: what each kind of expression yields on a phone event."""

from __future__ import annotations

import pytest

from clacks_monitor.xquery import QueryError, compile_query
from clacks_monitor.xquery.datamodel.nodes import Node
from clacks_monitor.xquery.evaluation.conversion import string_value

EVENT = (
    b"<Event xmlns='http://www.gonicus.de/Events'><PhoneStatus a='1'><CallerId>012</CallerId>"
    b"<ReceiverId>345</ReceiverId><Status>busy</Status></PhoneStatus></Event>"
)
F = "declare default element namespace 'http://www.gonicus.de/Events'; "


def result(query: str) -> str:
    """The items of the result as strings, separated by blanks."""
    return " ".join(string_value(item) for item in compile_query(query).evaluate(EVENT))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("1 + 2 * 3, 7 idiv 2, -7 mod 3, 1 div 4", "7 3 -1 0.25"),
        (F + "./Event/PhoneStatus/Status", "busy"),
        (F + "/Event//CallerId/following-sibling::*[last()]/local-name()", "Status"),
        (F + "count(//*[@a = '1'])", "1"),
        ("for $x in (3, 1, 2) order by $x descending return $x", "3 2 1"),
        ("for $x at $i in ('a', 'b') let $y := $i return $x || $y", "a1 b2"),
        ("for $x allowing empty in () return count($x)", "0"),
        ("for $x in 1 to 6 group by $k := $x mod 2 return sum($x)", "9 12"),
        ("for $x in 1 to 3 count $c where $c > 1 return $c", "2 3"),
        (
            "for tumbling window $w in 1 to 5 start at $s when true() end at $e when $e - $s = 1 return sum($w)",
            "3 7 5",
        ),
        (
            "for sliding window $w in 1 to 4 start at $s when true() only end at $e when $e - $s = 1 return sum($w)",
            "3 5 7",
        ),
        ("some $x in (1, 2) satisfies $x = 2", "true"),
        ("every $x in (1, 2) satisfies $x = 2", "false"),
        ("switch (2) case 1 return 'a' case 2 case 3 return 'b' default return 'c'", "b"),
        ("typeswitch (1.5) case xs:integer return 'i' case $d as xs:decimal return $d default return 0", "1.5"),
        ("try { 1 div 0 } catch err:FOAR0001 { local-name-from-QName($err:code) }", "FOAR0001"),
        ("string(<a b='{1 + 1}'>x{2, 3}<!-- c --><![CDATA[<]]>&amp;</a>)", "x2 3<&"),
        ("<a> <b/> </a>/count(node())", "1"),
        ("declare boundary-space preserve; <a> <b/> </a>/count(node())", "3"),
        ("element {'a'} {attribute b {1}, text {'x'}}/concat(name(), @b, .)", "a1x"),
        ("``[1`{1 + 1}`3]``", "123"),
        ("map { 'a': 1, 'b': 2 }?b, [4, 5](2), array { 1 to 3 }?*", "2 5 1 2 3"),
        ("(1, 2) ! (. + 1), 'a' => upper-case()", "2 3 A"),
        ("let $f := concat('a', ?, 'c') return $f('b')", "abc"),
        ("for-each(1 to 3, function($x) { $x * $x })", "1 4 9"),
        (
            "declare function local:f($n as xs:integer) { if ($n < 2) then 1 else $n * local:f($n - 1) }; local:f(5)",
            "120",
        ),
        ("declare variable $a := $b; declare variable $b := 3; $a", "3"),
        ("xs:date('2024-02-29') + xs:yearMonthDuration('P1Y')", "2025-02-28"),
        ("format-number(1234.5, '#,##0.00'), format-integer(14, 'I')", "1,234.50 XIV"),
        ("(# x:y z #) { 1 }", "1"),
        ("ordered { 1 }, unordered { 2 }", "1 2"),
        ("json-to-xml('[1]')/*/*/string(), parse-json('{\"a\": [true]}')?a?1", "1 true"),
    ],
)
def test_expressions(query: str, expected: str) -> None:
    query = "declare namespace x = 'urn:x'; " + query if query.startswith("(#") else query
    assert result(query) == expected


def test_closures_keep_their_own_variables() -> None:
    query = "for $f in (for $x in 1 to 3 return function($y) { $x + $y }) return $f(10)"
    assert result(query) == "11 12 13"


def test_a_constructed_node_is_a_copy() -> None:
    assert result("let $a := <a><b/></a> return <c>{$a/b}</c>/b is $a/b") == "false"


@pytest.mark.parametrize(
    ("query", "code", "line", "column"),
    [
        ("1 +", "XPST0003", 1, 4),
        ("let $a := 1\nreturn $b", "XPST0008", 2, 8),
        ("f:x", "XPST0081", 1, 1),
        ("1,\n  nothing(1)", "XPST0017", 2, 3),
        ("1 cast as xs:unknown", "XQST0052", 1, 3),
        ("<a></b>", "XQST0118", 1, 6),
        ("validate { <a/> }", "XQST0075", 1, 1),
        ("import schema 'x'; 1", "XQST0009", 1, 1),
        ("import module 'x'; 1", "XQST0059", 1, 1),
        ("'a\n", "XPST0003", 1, 1),
    ],
)
def test_static_errors_have_code_and_place(query: str, code: str, line: int, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        compile_query(query)
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)
    assert caught.value.reason.endswith((".", "'", ":"))


@pytest.mark.parametrize(
    ("query", "code", "line", "column"),
    [
        ("1,\n 'a' + 1", "XPTY0004", 2, 6),
        ("1 div 0", "FOAR0001", 1, 3),
        ("xs:integer('x')", "FORG0001", 1, 1),
        ("error(QName('urn:x', 'mine'), 'why')", "mine", 1, 1),
        ("if ((1, 2)) then 1 else 2", "FORG0006", 1, 6),
        ("doc('file:///etc/passwd')", "FODC0002", 1, 1),
        ("unparsed-text('file:///etc/passwd')", "FOUT1170", 1, 1),
    ],
)
def test_dynamic_errors_have_code_and_place(query: str, code: str, line: int, column: int) -> None:
    result = compile_query(query).matches(EVENT)
    assert (result.code, result.line, result.column) == (code, line, column)
    assert not result.matches


def test_nothing_outside_the_event_is_reached() -> None:
    assert result("available-environment-variables(), doc-available('/etc/passwd')") == "false"
    assert result("count(environment-variable('HOME'))") == "0"


def test_results_are_nodes_of_the_event() -> None:
    found = compile_query(F + "//Status").evaluate(EVENT)
    assert [type(n).__name__ for n in found] == ["Element"]
    assert isinstance(found[0], Node)
