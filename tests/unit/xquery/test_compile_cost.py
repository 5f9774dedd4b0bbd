"""What compiling and evaluating cost, counted in steps: nesting must add to the work, not double it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.xquery import MATCH, Limits, compile_query
from clacks_monitor.xquery.compiling.scope import Compiler
from clacks_monitor.xquery.datamodel.nodes import Element
from clacks_monitor.xquery.parsing.parser import QueryParser

if TYPE_CHECKING:
    from clacks_monitor.xquery import syntax as s
    from clacks_monitor.xquery.evaluation.frame import Code

NESTED = [
    ("not(", ")"), ("boolean(", ")"), ("exists(", ")"), ("count((", "))"), ("empty((1, ", "))"),
    ("let $x := (", ") return $x"), ("let $x := 1 return (", ")"), ("for $x in (", ") return $x"),
    ("some $x in (", ") satisfies $x"), ("if (", ") then 1 else 2"), ("(", ") or 1"), ("1[", "]"),
    ('<a b="{', '}"/>'), ("<a>{", "}</a>"), ("<a xmlns:p='u' b=\"{", '}"/>'), ("element a {", "}"),
    ("try {", "} catch * {1}"), ("switch (", ") case 1 return 1 default return 2"), ("[", "]"),
    ("map{1: ", "}"), ("function() {", "}"), ("``[`{", "}`]``"), ("abs(", ")"), ("a/(", ")"), ("(", ") = 1"),
]  # fmt: skip


def steps(monkeypatch: pytest.MonkeyPatch, text: str) -> int:
    """Count the expressions that are parsed and compiled."""
    count = 0
    parse, compiled = QueryParser.single, Compiler.compile

    def single(self: QueryParser) -> s.Expr:
        nonlocal count
        count += 1
        return parse(self)

    def compile_one(self: Compiler, node: s.Expr, *, tail: s.FunctionDeclaration | None = None) -> Code:
        nonlocal count
        count += 1
        return compiled(self, node, tail=tail)

    with monkeypatch.context() as patch:
        patch.setattr(QueryParser, "single", single)
        patch.setattr(Compiler, "compile", compile_one)
        compile_query(text)
    return count


@pytest.mark.parametrize(("opening", "closing"), NESTED)
def test_nesting_does_not_double_the_work(monkeypatch: pytest.MonkeyPatch, opening: str, closing: str) -> None:
    few, many = (steps(monkeypatch, opening * depth + "1" + closing * depth) for depth in (6, 18))
    # Attributes are read twice at the outermost level, so that the work may grow with the square.
    assert many <= few * 9 + 40


def test_truth_needs_the_first_node_only() -> None:
    event = b"<r>" + b"<a/>" * 50 + b"</r>"
    for text in (
        "for $x in //a order by string($x) return if ($x is (//a)[1]) then <hit/> else error()",
        "if (true()) then //a/(.[1]) else error()",
    ):
        assert compile_query(text).matches(event) is MATCH


def test_two_values_are_neither_true_nor_false() -> None:
    result = compile_query("for $x in (1, 2) return $x").matches(b"<a/>")
    assert (result.code, result.line, result.column) == ("FORG0006", 1, 1)


def test_a_copy_is_made_when_it_is_looked_into() -> None:
    (copy,) = compile_query("<hit>{/r}</hit>").evaluate(b"<r xmlns:p='u'><a b='1'>x<c/>y</a></r>")
    assert isinstance(copy, Element)
    inner = copy.kids[0]
    assert isinstance(inner, Element)
    assert inner.source is not None
    assert inner.parent is copy
    assert inner.string_value == "xy"
    assert [n.kind for n in inner.descendants()] == ["element", "text", "element", "text"]
    assert all(n.root() is copy for n in inner.descendants())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("let $c := <n xmlns:q='v'>{/r}</n> return in-scope-prefixes($c//a)", {"p", "q", "xml"}),
        ("let $c := <n xmlns='v'>{/*}</n> return in-scope-prefixes($c/*:r)", {"p", "xml"}),
        (
            "let $c := <n xmlns:q='v'>{<m xmlns:s='w'>{/r}</m>}</n> return in-scope-prefixes($c//a)",
            {"p", "q", "s", "xml"},
        ),
        (
            "declare copy-namespaces no-preserve, inherit; in-scope-prefixes(<n xmlns:q='v'>{/r}</n>//a)",
            {"q", "xml"},
        ),
        ("declare copy-namespaces preserve, no-inherit; in-scope-prefixes(<n xmlns:q='v'>{/r}</n>//a)", {"p", "xml"}),
    ],
)
def test_copies_inherit_namespaces(text: str, expected: set[str]) -> None:
    assert set(compile_query(text).evaluate(b"<r xmlns:p='u'><a/></r>")) == expected


def test_copies_count_as_nodes() -> None:
    event = b"<r>" + b"<a/>" * 2000 + b"</r>"
    result = compile_query("count(for $i in 1 to 2000 return <c>{/r}</c>) > 0").matches(
        event, {}, Limits(nodes=100_000)
    )
    assert result.code == "CLACKS0002"


def test_tail_calls_need_no_depth_but_time() -> None:
    endless = "declare function local:f($n) { local:f($n + 1) }; local:f(1)"
    assert compile_query(endless).matches(b"<a/>", {}, Limits(seconds=0.2)).code == "CLACKS0001"
    through_others = (
        "declare function local:a($n) as xs:integer { if ($n = 0) then 0 else let $m := $n - 1 return local:b($m) }; "
        "declare function local:b($n) as xs:integer { switch ($n) case 0 return 0 default return local:a($n - 1) }; "
        "local:a(30001)"
    )
    assert compile_query(through_others).evaluate(b"<a/>") == [0]


def test_the_type_of_a_result_is_checked_behind_a_tail_call() -> None:
    text = (
        "declare function local:a($n) as xs:integer { local:b($n) }; declare function local:b($n) { 'x' }; local:a(1)"
    )
    assert compile_query(text).matches(b"<a/>").code == "XPTY0004"


def test_maps_share_their_entries() -> None:
    text = (
        "let $m := map:merge((1 to 3000) ! map:entry(., .)) return "
        "sum(for $i in 1 to 3000 return map:size(map:remove(map:put($m, 'x', 1), $i)))"
    )
    assert compile_query(text).evaluate(b"<a/>") == [3000 * 3000]


def test_a_map_keeps_what_it_had() -> None:
    text = (
        "let $a := map{'x': 1, 'y': 2}, $b := map:put($a, 'x', 3), $c := map:remove($b, 'y'), "
        "$d := fold-left(1 to 100, $c, function($m, $i) { map:put($m, $i, $i) }), $e := map:remove($d, 1 to 50) "
        "return (map:size($a), $a?x, $b?x, $b?y, map:size($c), $c?x, map:size($d), map:size($e), $e?51, count($e?1))"
    )
    assert compile_query(text).evaluate(b"<a/>") == [2, 1, 3, 2, 1, 3, 101, 51, 51, 0]
