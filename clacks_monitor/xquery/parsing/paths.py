"""Paths and steps.

Owner: xquery. Thread: the one that parses. Source: the grammar of XQuery 3.1, appendix A.1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.lexical import NAME_START, NCNAME
from clacks_monitor.xquery.parsing.parser import expr
from clacks_monitor.xquery.parsing.primaries import postfix_expr, primary_expr
from clacks_monitor.xquery.parsing.types import KIND_TESTS, kind_test, name_test

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.parser import QueryParser

AXES = frozenset(
    (
        "child", "descendant", "attribute", "self", "descendant-or-self", "following-sibling",
        "following", "parent", "ancestor", "preceding-sibling", "preceding", "ancestor-or-self",
    )
)  # fmt: skip  # a table, by rows
_STEP_START = re.compile(rf"[{NAME_START}*@.($\"'0-9\[?%`<]")
_AXIS = re.compile(rf"({NCNAME})[ \t\n]*::")


def path_expr(p: QueryParser) -> s.Expr:
    """PathExpr."""
    start = p.space()
    if p.accept("//"):
        if not _step_ahead(p):
            raise p.unexpected(Message("a step after //"))
        left: s.Expr = s.Path(start, s.Root(start), _any_descendant(start))
        return _relative_path(p, s.Path(start, left, step_expr(p)))
    if p.accept("/"):
        if not _step_ahead(p):
            return s.Root(start)
        return _relative_path(p, s.Path(start, s.Root(start), step_expr(p)))
    return _relative_path(p, step_expr(p))


def _relative_path(p: QueryParser, left: s.Expr) -> s.Expr:
    while True:
        at = p.space()
        if not p.text.startswith("/", at):
            return left
        if p.accept("//"):
            left = s.Path(at, left, _any_descendant(at))
        else:
            p.pos += 1
        left = s.Path(at, left, step_expr(p))


def _step_ahead(p: QueryParser) -> bool:
    return _STEP_START.match(p.text, p.space()) is not None


def _any_descendant(at: int) -> s.Step:
    return s.Step(at, "descendant-or-self", s.KindTest("node"))


def step_expr(p: QueryParser) -> s.Expr:
    """StepExpr: an axis step or a postfix expression."""
    start = p.space()
    found = _axis_step(p, start)
    if found is not None:
        return found
    base = primary_expr(p)
    if base is None:
        if not p.next_name() and not p.text.startswith(("*", "Q{"), p.pos):
            raise p.unexpected(Message("an expression"))
        return s.Step(start, "child", name_test(p, p.static.default_element), _predicate_list(p))
    return postfix_expr(p, base)


def _axis_step(p: QueryParser, start: int) -> s.Step | None:
    """An axis step that is recognisable as one: by ``@``, ``..``, ``axis::`` or a kind test."""
    text = p.text
    if text.startswith("..", start):
        p.pos += 2
        return s.Step(start, "parent", s.KindTest("node"), _predicate_list(p))
    if text.startswith("@", start):
        p.pos += 1
        return s.Step(start, "attribute", _node_test(p, "attribute"), _predicate_list(p))
    match = _AXIS.match(text, start)
    if match is not None:
        if match.group(1) not in AXES:
            raise p.error(Message("'{0}' is not an axis.", match.group(1)))
        p.pos = match.end()
        axis = match.group(1)
        return s.Step(start, axis, _node_test(p, axis), _predicate_list(p))
    word = p.next_name()
    if word in KIND_TESTS and p.keyword_ahead(word, "("):
        test = kind_test(p)
        by_attribute = test.kind in ("attribute", "schema-attribute")
        axis = "attribute" if by_attribute else "child"
        if test.kind == "namespace-node":
            raise p.error(Message("Queries have no namespace axis."), "XQST0134", start)
        return s.Step(start, axis, test, _predicate_list(p))
    return None


def _node_test(p: QueryParser, axis: str) -> s.NameTest | s.KindTest:
    word = p.next_name()
    if word in KIND_TESTS and p.keyword_ahead(word, "("):
        return kind_test(p)
    return name_test(p, "" if axis == "attribute" else p.static.default_element)


def _predicate_list(p: QueryParser) -> tuple[s.Expr, ...]:
    """Predicates, as many as follow."""
    found = []
    while p.accept("["):
        found.append(expr(p))
        p.expect("]")
    return tuple(found)
