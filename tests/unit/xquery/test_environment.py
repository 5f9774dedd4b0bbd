"""Functions and variables that are given to a query from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.xquery import QueryError, compile_query
from clacks_monitor.xquery.environment import Environment, functions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.xquery.datamodel.nodes import DocumentNode, Node


class Nothing:
    def documents(self) -> Iterator[DocumentNode]:
        return iter(())


def _length(_frame: object, text: str) -> int:
    return len(text)


def _name(_frame: object, node: Node) -> str:
    return node.local


OWN = Environment(
    namespaces={"own": "urn:own"},
    functions=functions_of(
        "own",
        "urn:own",
        [("own:length($text as xs:string) as xs:integer", _length), ("own:name($node as node()) as xs:string", _name)],
    ),
    variables={"when": "integer"},
)


def answer(text: str, **variables: object) -> list[object]:
    query = compile_query(text, environment=OWN)
    values = {"when": 1, **variables}
    return list(query.over_collection(Nothing(), {name: (value,) for name, value in values.items()}))


def test_functions_are_called_referred_to_and_looked_up() -> None:
    assert answer("own:length('four')") == [4]
    assert answer("('a', 'bb') ! own:length(.)") == [1, 2]
    assert answer("for-each(('a', 'bb'), own:length#1)") == [1, 2]
    assert answer("function-lookup(xs:QName('own:length'), 1)('abc')") == [3]
    assert answer("own:length(?)('abcde')") == [5]


def test_a_node_may_be_the_context_item() -> None:
    assert answer("<a/>/own:name(), own:name(<b/>)") == ["a", "b"]


def test_arguments_are_checked() -> None:
    with pytest.raises(QueryError) as caught:
        answer("own:length(1)")
    assert caught.value.code == "XPTY0004"
    for wrong in ("own:length()", "own:length('a', 'b')", "own:other('a')"):
        with pytest.raises(QueryError) as caught:
            answer(wrong)
        assert caught.value.code == "XPST0017"


def test_variables_are_declared_unless_the_query_does() -> None:
    assert answer("$when + 1", when=4) == [5]
    assert answer("declare variable $when external := 7; $when + 1", when=4) == [5]
    assert answer("let $when := 3 return $when", when=4) == [3]
    assert answer("1") == [1]
    with pytest.raises(QueryError) as caught:
        answer("$then")
    assert caught.value.code == "XPST0008"


def test_other_queries_do_not_have_them() -> None:
    with pytest.raises(QueryError):
        compile_query("own:length('a')")
    with pytest.raises(QueryError):
        compile_query("declare namespace own='urn:own'; own:length('a')")


def test_parameters_are_the_external_variables() -> None:
    query = compile_query(
        "declare variable $a external; declare variable $n as xs:integer external := 4; $a", environment=OWN
    )
    assert [(p.name, p.type, p.required) for p in query.parameters] == [("a", "string", True), ("n", "integer", False)]
