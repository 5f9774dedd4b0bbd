"""Queries as XPath 1.0 for other processors: the same result by plain lxml, and nothing where processors differ."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clacks_monitor.xquery import Document, QueryError, compile_query
from clacks_monitor.xquery.limits import Limits
from tests.helpers.effort import effort
from tests.helpers.random_queries import PLAIN_PROLOG, conditions, events

XML = b'<a xmlns="urn:e" k="1"><b>x</b><b> y </b><c xml:lang="de">it\'s</c><d xmlns="">z</d></a>'
HTML_ASCII = "http://www.w3.org/2005/xpath-functions/collation/html-ascii-case-insensitive"
PROLOG = "declare namespace e='urn:e'; "


def by_lxml(expression: str, body: bytes) -> bool:
    """Evaluate as another processor does: without prefixes, variables or anything else from outside."""
    found = etree.XPath(expression, regexp=False)(etree.fromstring(body).getroottree())
    assert isinstance(found, bool)
    return found


_STEPS = st.builds(
    lambda axis, name: axis + name,
    st.sampled_from(["", "", "", "child::", "descendant::", "self::", "descendant-or-self::", "parent::"]),
    st.sampled_from(["e:a", "e:b", "e:c", "a", "b", "*", "*:a", "e:*", "Q{}b", "node()"]),
) | st.sampled_from(["..", ".", "@a", "@b", "@e:a", "@*", "@*:a", "@xml:lang"])
_LITERALS = st.sampled_from(
    ["''", "'a'", "'b'", "'red'", "' a '", "'1'", '"x\'y"', "'x\"y'", "'\u00e9'", "'\U0001f600'"]
)


@st.composite
def _paths(draw: st.DrawFn, depth: int = 0) -> str:
    found = draw(st.sampled_from(["", "/", "//", "./", ".//", "/e:a/"])) + draw(_STEPS)
    for _ in range(draw(st.integers(0, 2))):
        found += draw(st.sampled_from(["/", "//"])) + draw(_STEPS)
    if depth < 2 and draw(st.integers(0, 2)) == 0:
        found += draw(st.sampled_from(["[1]", "[last()]", f"[{draw(_wanted(depth + 1))}]"]))
    return found


@st.composite
def _wanted(draw: st.DrawFn, depth: int = 0) -> str:
    """Conditions that only use what has an expression; some are too much work for another processor."""
    path = _paths(depth + 1)
    forms = [
        lambda: draw(path),
        lambda: f"{draw(path)} {draw(st.sampled_from(['=', '!=']))} {draw(_LITERALS)}",
        lambda: f"{draw(path)} = {draw(path)}",
        lambda: f"count({draw(path)}) {draw(st.sampled_from(['=', '<', '>=']))} {draw(st.integers(0, 3))}",
        lambda: f"contains(string(({draw(path)})[1]), {draw(_LITERALS)})",
        lambda: f"normalize-space(({draw(path)})[last()]) = {draw(_LITERALS)}",
    ]
    if depth < 2:
        inner = _wanted(depth + 1)
        forms += [
            lambda: f"({draw(inner)}) {draw(st.sampled_from(['and', 'or']))} ({draw(inner)})",
            lambda: f"{draw(st.sampled_from(['not', 'boolean', 'exists']))}({draw(path)})",
            lambda: f"(some $x in {draw(path)} satisfies $x = {draw(_LITERALS)})",
            lambda: f"(every $x in {draw(path)} satisfies starts-with($x, {draw(_LITERALS)}))",
            lambda: f"(for $x in {draw(path)} where $x = {draw(_LITERALS)} return $x)",
            lambda: f"(if ({draw(inner)}) then {draw(path)} else {draw(inner)})",
        ]
    return forms[draw(st.integers(0, len(forms) - 1))]()


def same_by_lxml(condition: str, bodies: list[bytes], results: Counter[bool | None]) -> None:
    """Compare the expression of a query, if it has one, with the query itself."""
    try:
        query = compile_query(PLAIN_PROLOG + condition)
    except QueryError:
        return  # it asks for an external variable
    if not query.portable.xpath:
        results[None] += 1
        return
    for body in bodies:
        found = by_lxml(query.portable.xpath, body)
        results[found] += 1
        assert found is query._program.boolean(Document(body), {}, Limits(seconds=5)), (condition, body)


def test_random_queries_get_the_same_result_by_another_processor() -> None:
    results: Counter[bool | None] = Counter()

    @effort(500, fixed=True)  # few of them match, and how many is left to chance otherwise
    @given(_wanted() | conditions(), st.lists(events(), min_size=1, max_size=4))
    def both_ways(condition: str, bodies: list[bytes]) -> None:
        same_by_lxml(condition, bodies, results)

    both_ways()
    assert results[True] > 20, results
    assert results[False] > 20, results


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("./e:a/e:b", True),
        ("./e:a/e:z", False),
        ("/e:a/e:b = 'x'", True),
        ('/e:a/e:c = "it\'s"', True),
        ("//e:b[normalize-space(.) = 'y']", True),
        ("./*:a/@k = '1'", True),
        ("./e:*/d", True),
        ("./e:a/@xml:lang", False),
        (".//@xml:lang = 'de'", True),
        ("count(//e:b) = 2", True),
        ("/e:a/e:b[2] = ' y '", True),
        ("/e:a/e:b[last()][. = 'x']", False),
        ("/e:a/@* = '1'", True),
        ("some $x in //e:b satisfies contains($x, 'y')", True),
        ("every $x in //e:b satisfies $x = 'x'", False),
        ("let $e := ./e:a return $e/e:b or $e/e:z", True),
        ("for $x in /e:a/e:b where $x = 'x' return $x", True),
        ("declare default element namespace 'urn:e'; ./a/b", True),
        ("not(//e:z)", True),
        ("true()", True),
    ],
)
def test_what_people_write_has_an_expression(text: str, *, matches: bool) -> None:
    query = compile_query(text if text.startswith("declare") else PROLOG + text)
    expression = query.portable.xpath
    assert expression
    assert by_lxml(expression, XML) is matches
    assert query.matches(XML).matches is matches


@pytest.mark.parametrize(
    "text",
    [
        "//text()",
        "//comment()",
        "//processing-instruction()",
        "string-length(/e:a) = 3",
        "/e:a/e:b/following-sibling::e:b",
        "//e:b/preceding::e:b",
        "//e:b/ancestor::e:a",
        "(//@*)[1] = 'a'",
        "(/e:a/(@a | @b))[last()] = 'a'",
        "/e:a/@*[position() = 1] = 'a'",
        "/e:a/@*[1] = 'a'",
        "/e:a/e:b > 1",
        "/e:a/e:b = 1",
        "/e:a/e:c = concat('x', \"'\")",
        "/e:a/e:c = 'a\"b''c'",
        "matches(string((//e:b)[1]), 'x')",
        "declare variable $n external; /e:a/e:b = $n",
        "for $x in //e:b order by $x return $x",
        "//e:b = //e:c and //e:b[//e:b[//e:b]]",
        "<a/>",
        "1",
    ],
)
def test_what_processors_differ_about_has_none(text: str) -> None:
    assert compile_query(PROLOG + text).portable.xpath == ""


def test_a_collation_changes_comparisons() -> None:
    collation = (
        "declare default collation 'http://www.w3.org/2005/xpath-functions/collation/html-ascii-case-insensitive'; "
    )
    assert compile_query(collation + PROLOG + "/e:a = 'X'").portable.xpath == ""
