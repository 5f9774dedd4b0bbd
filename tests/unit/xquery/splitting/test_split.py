"""Queries in parts: the same result as the whole, for every way to cut the collection."""

from __future__ import annotations

import itertools
import marshal
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clacks_monitor.xquery import compile_query
from clacks_monitor.xquery.environment import NO_ENVIRONMENT
from clacks_monitor.xquery.limits import DEFAULT_LIMITS
from clacks_monitor.xquery.splitting.split import FoldedPart
from tests.helpers.collections import Documents, shown, six
from tests.unit.xquery.compiling.test_streams import CASES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.xquery.splitting.split import Split

FOLDED = (
    "count(collection())",
    "sum(collection()/a/b)",
    "count(collection()) div count(collection()/a[b > 2])",
    "<r>{count(collection()[a/t = 'x'])}</r>",
    "declare variable $x := 3; count(collection()[a/b > $x])",
    "min(collection()/a/b ! xs:integer(.)), sum(()), avg(collection()/a/c), sum(collection()/a/c)",
    "max(collection()/a/b), min(collection()/a/t ! string(.)), avg(collection()/a/b)",
    "for $e in collection() group by $t := $e/a/t order by $t return sum($e/a/b)",
    "for $e in collection() group by $t := $e/a/t return map { 't': $t, 'n': count($e), 'm': max($e/a/b) }",
    "for $e in collection() group by $t := $e/a/t return map { 't': $t, 'x': count($e[a/b > 2]) }",
    (
        "for $e in collection() let $b := $e/a/b where $b > 1 group by $t := $e/a/t let $n := count($e) where $n > 0"
        " order by $n, $t return avg($b ! xs:integer(.))"
    ),
    "for $a in collection()/a group by $k := $a/b mod 3, $t := $a/t return string-join(($k, $t, count($a)), '-')",
    "for $a in collection()/a group by $k := $a/c return count($a)",
    "for $a in collection()/a let $k := $a/t group by $k return ($k, sum($a/b ! xs:dayTimeDuration('PT' || . || 'S')))",
    "let $n := 2 return count(collection()) * $n",
)
SPREAD = (
    "collection()/a[t = 'x']/b",
    "for $e in collection() where $e/a/t = 'y' return $e/a/b",
    "for $a in collection()/a, $n in 1 to 2 return $a/b + $n",
    "collection() ! a/b",
    "collection()[a/b > 3]",
)
WHOLE = (
    "collection()[3]",
    "collection()[last()]",
    "collection() ! position()",
    "for $e at $n in collection() return $n",
    "for $e in collection() order by $e/a/b return $e",
    "for $e in collection() group by $t := $e/a/t return $e/a/b",
    "for $a in collection(), $b in collection() return 1",
    "let $x := 3 return count(collection()[a/b > $x])",
    "for $e in collection(), $n in (1, 1) group by $t := $e/a/t return count($e/a/b)",
    "declare variable $x := 5; let $x := 1 return count(collection()[a/b = $x])",
    "fold-left(collection(), 0, function($n, $e) { $n + 1 })",
    "declare function local:all() { collection() }; count(local:all())",
    "1 + 1",
)


def in_parts(text: str, parts: Sequence[Documents]) -> list[str]:
    """Return the result of a query from those of parts."""
    query = compile_query(text, environment=NO_ENVIRONMENT)
    split = query.split()
    assert split is not None
    if split.plan.spread:
        return [one for part in parts for one in shown(query.over_collection(part, {}))]
    results = [joined(split, place, parts).result() for place in range(len(split.plan.parts))]
    whole = Documents.of([node for part in parts for node in part.nodes])
    return shown(split.final(results, whole, {}, DEFAULT_LIMITS))


def joined(split: Split, place: int, parts: Sequence[Documents]) -> FoldedPart:
    total = FoldedPart(split.plan.parts[place])
    for part in parts:
        folded = FoldedPart(split.plan.parts[place])
        folded.add(split.items(place, part, {}, DEFAULT_LIMITS))
        total.join(marshal.loads(marshal.dumps(folded.plain())))
    return total


def whole(text: str, documents: Documents) -> list[str]:
    return shown(compile_query(text, environment=NO_ENVIRONMENT).over_collection(documents, {}))


def cut(documents: Documents, places: Sequence[int]) -> list[Documents]:
    bounds = [0, *sorted(places), len(documents.nodes)]
    return [Documents.of(documents.nodes[a:b]) for a, b in itertools.pairwise(bounds)]


@pytest.mark.parametrize("text", FOLDED + SPREAD)
@settings(max_examples=15, deadline=None)
@given(places=st.lists(st.integers(0, 6), max_size=4))
def test_parts_give_the_result_of_the_whole(text: str, places: list[int]) -> None:
    assert in_parts(text, cut(six(), places)) == whole(text, six())


@pytest.mark.parametrize("text", FOLDED + SPREAD + WHOLE)
def test_what_can_be_split_is(text: str) -> None:
    split = compile_query(text, environment=NO_ENVIRONMENT).split()
    assert (split is None) == (text in WHOLE)
    if split is not None:
        assert split.plan.spread == (text in SPREAD)


@pytest.mark.parametrize("text", CASES)
def test_whatever_is_split_stays_the_same(text: str) -> None:
    if compile_query(text, environment=NO_ENVIRONMENT).split() is not None:
        assert in_parts(text, cut(six(), [1, 4])) == CASES[text]


NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20).map(str), st.decimals(-1000, 1000, places=3).map(lambda n: f"{n:f}"),
    st.sampled_from(["xs:double('NaN')", "1e0", "-2.5e3", "xs:double('INF')", "-0e0", "16777217e0"]),
    st.sampled_from(["NaN", "0.1", "-2.5", "-INF", "16777218", "0"]).map(lambda n: f"xs:float('{n}')"),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@example(["16777217", "xs:float('0.1')", "1e0"], "max", 2)
@given(st.lists(NUMBERS, min_size=1, max_size=6), st.sampled_from(["min", "max", "count"]), st.integers(0, 6))
def test_extremes_are_those_of_the_library(numbers: list[str], function: str, place: int) -> None:
    values = compile_query(f"({', '.join(n if n[0] != '-' else f'({n})' for n in numbers)})").evaluate(b"<a/>")
    split = compile_query(f"{function}(collection())", environment=NO_ENVIRONMENT).split()
    assert split is not None
    total = FoldedPart(split.plan.parts[0])
    for some in (values[:place], values[place:]):
        folded = FoldedPart(split.plan.parts[0])
        folded.add([len(some)] if function == "count" else some)
        total.join(marshal.loads(marshal.dumps(folded.plain())))
    expected = compile_query(f"{function}(({', '.join(f'({n})' for n in numbers)}))").evaluate(b"<a/>")
    assert shown(total.result()) == shown(expected)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("collection()/f/a", {"a"}),
        ("collection()[f/a]", {"a"}),
        ("collection()/f/a[b = 1] ! string(.)", {"a"}),
        ("for $e in collection() where $e/f/a = 'x' return 1", {"a"}),
        ("for $e in collection() where $e/f/a or $e/f/b return 1", {"a", "b"}),
        ("for $e in collection()[f/a] where $e/f/(a | b) return 1", {"a"}),
        ("for $e in collection() for $a in $e/f/a return 1", {"a"}),
        ("for $e in collection() let $a := $e/f/a where $a > 1 return 1", {"a"}),
        ("for $e in collection() let $a := $e/f/a return count($a)", None),
        ("collection()[not(f/a)]", None),
        ("collection()//a", None),
        ("collection()/f/*", None),
        ("for $e in collection() where $e/f/a[1] is $e/f/b[1] return 1", None),
    ],
)
def test_the_names_that_documents_need_are_found(text: str, names: set[str] | None) -> None:
    split = compile_query(text, environment=NO_ENVIRONMENT).split()
    assert split is not None
    assert split.plan.needed.names == names
