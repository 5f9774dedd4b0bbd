"""Operators, by precedence climbing over the levels of the grammar's table.

Owner: xquery. Thread: the one that parses. Source: the grammar of XQuery 3.1, appendix A.1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.lexical import NCNAME
from clacks_monitor.xquery.parsing.names import eqname
from clacks_monitor.xquery.parsing.parser import enclosed_expr, expr
from clacks_monitor.xquery.parsing.paths import path_expr
from clacks_monitor.xquery.parsing.primaries import argument_list, function_name, primary_expr
from clacks_monitor.xquery.parsing.types import sequence_type

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.parser import QueryParser

_WORD_OPERATORS = {
    "or": 1, "and": 2, "eq": 3, "ne": 3, "lt": 3, "le": 3, "gt": 3, "ge": 3, "is": 3, "to": 5,
    "div": 7, "idiv": 7, "mod": 7, "union": 8, "intersect": 9, "except": 9,
    "instance": 10, "treat": 11, "castable": 12, "cast": 13,
}  # fmt: skip  # a table, by rows
_SYMBOL_OPERATORS = {
    "=": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "<<": 3, ">>": 3, "||": 4,
    "+": 6, "-": 6, "*": 7, "|": 8, "=>": 14,
}  # fmt: skip  # a table, by rows
_COMPARISON, _ARROW = 3, 14
_OF_TYPES = range(10, 14)
# `a = b = c` is not an expression: after one of these the next operator must bind more loosely.
_NOT_ASSOCIATIVE = frozenset((3, 5, 10, 11, 12, 13))
_OPERATOR = re.compile(rf"(=>|!=|<=|>=|<<|>>|\|\||[=<>+\-*|])|({NCNAME})")


def operator_expr(p: QueryParser, least: int) -> s.Expr:
    """An expression of operators that bind at least as tightly as ``least``."""
    left = _unary_expr(p)
    ceiling = 99
    while True:
        start = p.space()
        match = _OPERATOR.match(p.text, start)
        if match is None:
            return left
        symbol, word = match.groups()
        level = _SYMBOL_OPERATORS.get(symbol) if symbol else _WORD_OPERATORS.get(word)
        if level is None or level < least:
            return left
        if level > ceiling:
            raise p.error(Message("'{0}' cannot follow here without parentheses.", symbol or word))
        ceiling = level - 1 if level in _NOT_ASSOCIATIVE else level
        p.pos = match.end()
        left = _operation(p, symbol or word, level, left, start)


def _operation(p: QueryParser, operator: str, level: int, left: s.Expr, at: int) -> s.Expr:
    if level == _ARROW:
        return _arrow_expr(p, left, at)
    if level in _OF_TYPES:
        return _type_operation(p, operator, left, at)
    right = operator_expr(p, level + 1)
    if level == _COMPARISON:
        if operator in ("is", "<<", ">>"):
            return s.NodeComparison(at, operator, left, right)
        kind = s.ValueComparison if operator[0].isalpha() else s.GeneralComparison
        return kind(at, operator, left, right)
    if operator in ("or", "and"):
        return (s.Or if operator == "or" else s.And)(at, left, right)
    if operator == "||":
        p.needs_version_3(Message("the operator ||"), at)
        return s.Concatenation(at, left, right)
    if operator == "to":
        return s.Range(at, left, right)
    if operator in ("union", "|", "intersect", "except"):
        return s.SetOperation(at, operator.replace("|", "union"), left, right)
    return s.Arithmetic(at, operator, left, right)


def _type_operation(p: QueryParser, operator: str, left: s.Expr, at: int) -> s.Expr:
    if operator == "instance":
        p.expect_keywords("of")
        return s.InstanceOf(at, left, sequence_type(p))
    p.expect_keywords("as")
    if operator == "treat":
        return s.TreatAs(at, left, sequence_type(p))
    name = eqname(p, p.static.default_element)
    if p.ahead("("):
        raise p.error(Message("A value can only be cast to an atomic type."))
    optional = p.accept("?")
    return (s.CastAs if operator == "cast" else s.CastableAs)(at, left, name, optional)


def _arrow_expr(p: QueryParser, left: s.Expr, at: int) -> s.Expr:
    p.needs_version_3(Message("the operator =>"), at)
    start = p.space()
    if p.ahead("$") or p.ahead("("):
        function = primary_expr(p)
        if function is None:
            raise p.unexpected(Message("a function"))
        return s.DynamicCall(start, function, (left, *argument_list(p)))
    name = function_name(p)
    return s.FunctionCall(start, name, (left, *argument_list(p)))


def _unary_expr(p: QueryParser) -> s.Expr:
    """UnaryExpr; the sign of ``--1`` is counted, not nested."""
    start = p.space()
    signs = []
    while p.text[p.pos : p.pos + 1] in ("+", "-") and p.pos < len(p.text):
        signs.append(p.text[p.pos])
        p.pos += 1
        p.space()
    operand = _simple_map_expr(p)
    if not signs:
        return operand
    return s.Unary(start, "-" if signs.count("-") % 2 else "+", operand)


def _simple_map_expr(p: QueryParser) -> s.Expr:
    """SimpleMapExpr, or one of the expressions that stand in the place of a path."""
    left = _value_expr(p)
    while True:
        at = p.space()
        if not p.text.startswith("!", at) or p.text.startswith("!=", at):
            return left
        p.pos += 1
        p.needs_version_3(Message("the operator !"), at)
        left = s.SimpleMap(at, left, path_expr(p))


def _value_expr(p: QueryParser) -> s.Expr:
    """ValueExpr: validate, an extension expression, or a path."""
    start = p.space()
    if p.text.startswith("(#", start):
        return _extension_expr(p)
    if p.keyword_ahead("validate", "{", "lax", "strict", "type"):
        return _validate_expr(p, start)
    return path_expr(p)


def _validate_expr(p: QueryParser, start: int) -> s.Expr:
    p.expect_keywords("validate")
    if p.accept_keyword("type"):
        eqname(p, p.static.default_element)
    elif not p.accept_keyword("lax"):
        p.accept_keyword("strict")
    enclosed_expr(p)
    return s.Unsupported(start, "XQST0075", Message("Validation needs schemas, which are not offered."))


def _extension_expr(p: QueryParser) -> s.Expr:
    """ExtensionExpr: pragmas that are not known are skipped (there are no known ones)."""
    start = p.space()
    while p.accept("(#"):
        _pragma(p)
    p.expect("{")
    if p.accept("}"):
        raise p.error(Message("No pragma here is known, and there is no expression."), "XQST0079", start)
    body = expr(p)
    p.expect("}")
    return body


def _pragma(p: QueryParser) -> None:
    # White space is allowed before the name, comments are not.
    while p.text[p.pos : p.pos + 1] in (" ", "\t", "\n"):
        p.pos += 1
    if p.text.startswith("(:", p.pos):
        raise p.unexpected(Message("the name of a pragma"))
    eqname(p, "")
    if p.text[p.pos : p.pos + 1] not in (" ", "\t", "\n", "#"):
        raise p.unexpected(Message("white space after the name of the pragma"))
    end = p.text.find("#)", p.pos)
    if end < 0:
        raise p.error(Message("This pragma is never closed."))
    p.pos = end + 2
