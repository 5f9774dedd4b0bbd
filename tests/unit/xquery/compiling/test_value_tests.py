"""Values that a query needs: what is found for some queries, and that every event that matches has them."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clacks_monitor.core.declared_fields import ValueTest
from clacks_monitor.xquery import MatchOutcome, compile_query

COLLATION = 'declare default collation "http://www.w3.org/2013/collation/UCA"; '
KNOWN = {
    "//CallerId = 'x'": [("CallerId", "x")],
    "'x' = //CallerId": [("CallerId", "x")],
    "*:Event/*:Phone/*:CallerId eq 'x'": [("CallerId", "x")],
    "//Phone[CallerId = ('x', 'y')]": [("CallerId", "xy")],
    "//Phone[CallerId = 'x'][Id = 'y']/Name": [("CallerId", "x"), ("Id", "y")],
    "//Phone[CallerId = 'x' and Id = 'y']": [("CallerId", "x"), ("Id", "y")],
    "//Phone[CallerId = 'x' or CallerId = 'y']": [("CallerId", "xy")],
    "//Phone[CallerId = 'x' or Id = 'y']": [],
    "//CallerId[. = 'x']": [("CallerId", "x")],
    "//*[self::CallerId = 'x']": [("CallerId", "x")],
    "//CallerId/string() = 'x'": [("CallerId", "x")],
    "string((//CallerId)[1]) = 'x'": [("CallerId", "x")],
    "string((//CallerId)[1]) = ''": [],
    "exists(//Phone[CallerId = 'x'])": [("CallerId", "x")],
    "empty(//Phone[CallerId = 'x'])": [],
    "not(//CallerId = 'x')": [],
    "//CallerId != 'x'": [],
    "//Phone[CallerId = 'x'] != 'y'": [("CallerId", "x")],
    "//@CallerId = 'x'": [],
    "//CallerId/text() = 'x'": [],
    "//CallerId = 5": [],
    "//CallerId = //Id": [],
    "<CallerId>x</CallerId> = 'x'": [],
    "('x')[. = 'x']": [],
    "for $p in //Phone where $p/CallerId = 'x' return $p": [("CallerId", "x")],
    "for $p in //Phone let $c := $p/CallerId where $c = 'x' return $p": [("CallerId", "x")],
    "for $p in //Phone for $p in ('x') where $p = 'x' return $p": [],
    "for $p allowing empty in //Phone[CallerId = 'x'] return 1": [],
    "for $p at $n in //Id where $n = 'x' return $p": [],
    "some $c in //CallerId satisfies $c = 'x'": [("CallerId", "x")],
    "every $c in //CallerId satisfies $c = 'x'": [],
    "let $c := //CallerId return $c = 'x'": [],
    "declare variable $c external; //CallerId = 'x' and $c": [("CallerId", "x")],
    "declare variable $c := //CallerId; $c = 'x'": [],
    "declare function local:f() { true() }; //CallerId = 'x'": [],
    COLLATION + "//CallerId = 'x'": [],
    "true()": [],
}


@pytest.mark.parametrize("text", KNOWN)
def test_what_values_a_query_needs(text: str) -> None:
    expected = {ValueTest(name, frozenset(values)) for name, values in KNOWN[text]}
    assert compile_query(text).requirements.tests == expected


CONDITIONS = st.recursive(
    st.sampled_from(
        [
            "//a = 'x'",
            "a/b = ('x', 'y')",
            "//b[. = 'y']",
            "//a/string() eq 'x'",
            "//c",
            "not(//a = 'x')",
            "a/b/c = ''",
            "(//b)[1] = 'x'",
            "string(a/b) = 'x'",
            "a != 'x'",
        ]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda text: f"//b[{text}]"),
        inner.map(lambda text: f"exists(/a[{text}]/*)"),
        inner.map(lambda text: f"(for $n in //b where {text} and $n = 'x' return $n)"),
        inner.map(lambda text: f"(some $n in //* satisfies ({text} and $n/b = 'y'))"),
        inner.map(lambda text: f"(let $n := //c return for $m in $n where {text} return $m)"),
    ),
    max_leaves=5,
)
EVENTS = [
    f"<a>{one}<b>{two}</b><b>y<c>{three}</c></b></a>".encode()
    for one, two, three in product(["", "x"], ["x", "y", "<a>x</a>", "<![CDATA[x]]><!--y-->"], ["", "x", "<b>x</b>"])
]


@given(CONDITIONS)
def test_an_event_that_matches_has_the_values(text: str) -> None:
    query = compile_query(text)
    for body in EVENTS:
        if query.matches(body).outcome is MatchOutcome.MATCH:
            root = etree.fromstring(body)
            for test in query.requirements.tests:
                values = {str(element.xpath("string()")) for element in root.iter(f"{{*}}{test.name}")}
                assert values & test.values, (text, body, test)
