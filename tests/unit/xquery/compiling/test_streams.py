"""Queries over a collection: the same result whether its documents come one by one or not."""

from __future__ import annotations

import pytest

from clacks_monitor.xquery import LimitError, Limits, QueryError, compile_query
from clacks_monitor.xquery.environment import NO_ENVIRONMENT
from tests.helpers.collections import Documents, shown, six


def answer(text: str, collection: Documents | None = None) -> list[str]:
    query = compile_query(text, environment=NO_ENVIRONMENT)
    return shown(query.over_collection(collection or six(), {}))


CASES = {
    "count(collection())": ["6"],
    "fn:collection()/a/b/string()": [f'"{n}"' for n in range(6)],
    "collection()/a[t = 'x']/b": ["0", "2", "4"],
    "collection()[a/b > 3]/a/b": ["4", "5"],
    "collection()//b[. = 3]": ["3"],
    "collection()/a/*[2]": ["x", "y"] * 3,
    "collection()/a/(t | b)[1]": list("012345"),
    "collection()[3]/a/b": ["2"],
    "collection()[0]": [],
    "collection()[last()]/a/b": ["5"],
    "collection()[position() < 3]/a/b": ["0", "1"],
    "collection()[last() - 1]/a/b": ["4"],
    "collection() ! position()": list("123456"),
    "(collection() ! a/b)[2]": ["1"],
    "collection() ! (position() = last())": ["false()"] * 5 + ["true()"],
    "(collection()/a/b)[last()]": ["5"],
    "(collection()[2], 'z', collection()/a/b[. = 0])": ["1y", '"z"', "0"],
    "for $e in collection() where $e/a/t = 'y' return $e/a/b": ["1", "3", "5"],
    "for $e at $n in collection()/a/b where $n > 4 return $e": ["4", "5"],
    "for $e in collection() order by number($e/a/b) descending return $e/a/b": list("543210"),
    "for $e in collection() group by $t := $e/a/t order by $t return sum($e/a/b)": ["6.0e0", "9.0e0"],
    "for $e in collection() count $n return $n": list("123456"),
    "for $a in collection(), $b in collection() where $a is $b return $a/a/b": list("012345"),
    "for $e allowing empty in collection()[a/b = 7] return count($e)": ["0"],
    "for tumbling window $w in collection() start at $s when $s mod 2 = 1 return count($w)": ["2", "2", "2"],
    "let $c := collection() return (count($c), $c[2]/a/b)": ["6", "1"],
    "declare variable $c := collection(); count($c) + count(collection())": ["12"],
    "declare function local:all() { collection() }; count(local:all()/a)": ["6"],
    "sum(collection()/a/b)": ["1.5e1"],
    "max(collection()/a/b ! xs:integer(.))": ["5"],
    "string-join(collection()/a/t, '')": ['"xyxyxy"'],
    "distinct-values(collection()/a/t)": ['"x"', '"y"'],
    "some $e in collection() satisfies $e/a/b = 5": ["true()"],
    "every $e in collection() satisfies $e/a/b < 5": ["false()"],
    "exists(collection()/a/c), empty(collection()/a/c)": ["false()", "true()"],
    "if (collection()/a/b = 3) then 'there' else ()": ['"there"'],
    "boolean(collection()/a)": ["true()"],
    "count(collection()/a union collection()/a)": ["6"],
    "(collection()/a)[1] is collection()[1]/a": ["true()"],
    "collection()[1]/a << collection()[2]/a, <x/> << collection()[1]": ["true()", "false()"],
    "fold-left(collection(), 0, function($n, $e) { $n + $e/a/b })": ["1.5e1"],
    "subsequence(collection(), 5)/a/b": ["4", "5"],
    "reverse(collection())[1]/a/b": ["5"],
    "1 to 3": list("123"),
}


@pytest.mark.parametrize("text", CASES)
def test_the_result_is_that_of_xquery(text: str) -> None:
    assert answer(text) == CASES[text]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("collection()[2]", 2),
        ("exists(collection()/a)", 1),
        ("some $e in collection() satisfies $e/a/b = 2", 3),
        ("(collection()/a/b)[1]", 1),
        ("boolean(collection()[a/b = 1])", 2),
    ],
)
def test_no_more_documents_are_taken_than_are_needed(text: str, taken: int) -> None:
    documents = six()
    answer(text, documents)
    assert documents.taken == taken


def test_the_first_results_come_before_the_last_documents() -> None:
    documents = six()
    found = compile_query("for $e in collection() return $e/a/b", environment=NO_ENVIRONMENT).over_collection(
        documents, {}
    )
    next(found)
    assert documents.taken == 1


def test_without_a_collection_there_is_none() -> None:
    with pytest.raises(QueryError, match="nothing but the event"):
        compile_query("collection()").evaluate(b"<a/>")
    with pytest.raises(QueryError, match="nothing but the event") as caught:
        compile_query("1, collection()", environment=NO_ENVIRONMENT).evaluate(b"<a/>")
    assert (caught.value.code, caught.value.line, caught.value.column) == ("FODC0002", 1, 4)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("collection('file:///etc')", "FODC0002"),
        ("uri-collection()", "FODC0002"),
        ("doc('file:///etc/passwd')", "FODC0002"),
        ("unparsed-text('file:///etc/passwd')", "FOUT1170"),
        ("json-doc('file:///etc/passwd')", "FOUT1170"),
        ("collection#0()", "FODC0002"),
        ("collection()/a/b/c + 'x'", ""),
        ("collection() + 1", "XPTY0004"),
        (".", "XPDY0002"),
    ],
)
def test_nothing_else_is_reached(text: str, code: str) -> None:
    try:
        found = answer(text)
    except QueryError as error:
        assert error.code == code
        assert error.line == 1
    else:
        assert (code, found) == ("", [])


def test_limits_hold_within_a_collection() -> None:
    query = compile_query("for $a in collection(), $n in 1 to 1000000 return $n", environment=NO_ENVIRONMENT)
    with pytest.raises(LimitError, match="too long"):
        list(query.over_collection(six(), {}, Limits(seconds=0.0)))
    query = compile_query("let $c := (collection()/a, 1) return count($c)", environment=NO_ENVIRONMENT)
    with pytest.raises(LimitError, match="more than 3 items"):
        list(query.over_collection(six(), {}, Limits(items=3)))
