"""Primary expressions and postfix expressions.

Owner: xquery. Thread: the one that parses. Source: the grammar of XQuery 3.1, appendix A.1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.parsing.annotations import PRIVATE, PUBLIC, annotation_list
from clacks_monitor.xquery.parsing.constructors import constructor
from clacks_monitor.xquery.parsing.literals import numeric_literal, string_literal
from clacks_monitor.xquery.parsing.names import braced_uri, eqname, lexical_qname
from clacks_monitor.xquery.parsing.parser import comma_list, enclosed_expr, expr
from clacks_monitor.xquery.parsing.types import KIND_TESTS, optional_type

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.parser import QueryParser

RESERVED_FUNCTIONS = KIND_TESTS | {
    "array", "empty-sequence", "function", "if", "item", "map", "switch", "typeswitch",
}  # fmt: skip  # a table, by rows
_MAX_ARITY = 1_000_000
_AFTER_NAME = re.compile(r"[ \t\n]*(\(|#)")


def postfix_expr(p: QueryParser, base: s.Expr) -> s.Expr:
    """Predicates, argument lists and lookups behind a primary expression."""
    while True:
        at = p.space()
        sign = p.text[at : at + 1]
        if sign == "[":
            p.pos += 1
            base = s.Filter(at, base, expr(p))
            p.expect("]")
        elif sign == "(" and not p.text.startswith("(#", at):
            p.needs_version_3(Message("a call of a function value"), at)
            base = s.DynamicCall(at, base, argument_list(p))
        elif sign == "?":
            p.pos += 1
            p.needs_version_3(Message("the lookup operator ?"), at)
            base = s.Lookup(at, base, _key_specifier(p))
        else:
            return base


def _key_specifier(p: QueryParser) -> s.Expr | None:
    at = p.space()
    if p.accept("*"):
        return None
    if p.accept("("):
        p.pos -= 1
        return _parenthesized_expr(p, at)
    word = p.next_name()
    if word:
        p.pos += len(word)
        return s.Literal(at, word)
    number = numeric_literal(p)
    if isinstance(number, int):
        return s.Literal(at, number)
    raise p.unexpected(Message("a key: a name, a number, * or an expression in parentheses"))


def argument_list(p: QueryParser) -> tuple[s.Expr, ...]:
    """ArgumentList."""
    p.expect("(")
    if p.accept(")"):
        return ()
    found = comma_list(p, _argument)
    p.expect(")")
    return tuple(found)


def _argument(p: QueryParser) -> s.Expr:
    at = p.space()
    if p.accept("?"):
        if p.ahead(",") or p.ahead(")"):
            p.needs_version_3(Message("partial application of a function"), at)
            return s.Placeholder(at)
        p.pos = at
    return p.single()


def _parenthesized_expr(p: QueryParser, start: int) -> s.Expr:
    p.expect("(")
    if p.accept(")"):
        return s.Sequence(start, ())
    inner = expr(p)
    p.expect(")")
    # A step in parentheses is not a step any more: `(a)[1]` filters the whole sequence.
    return s.Sequence(start, (inner,)) if isinstance(inner, s.Step) else inner


def primary_expr(p: QueryParser) -> s.Expr | None:
    """PrimaryExpr; None when a name test stands here instead."""
    start = p.space()
    text = p.text
    sign = text[start : start + 1]
    if sign in ('"', "'"):
        return s.Literal(start, string_literal(p))
    if sign.isdigit() or (sign == "." and text[start + 1 : start + 2].isdigit()):
        return s.Literal(start, numeric_literal(p))
    if sign == "$":
        p.pos += 1
        return s.Variable(start, eqname(p, ""))
    if sign == "(":
        return _parenthesized_expr(p, start)
    if sign == ".":
        p.pos += 1
        return s.ContextItem(start)
    if sign == "?":
        p.pos += 1
        p.needs_version_3(Message("the lookup operator ?"), start)
        return s.Lookup(start, None, _key_specifier(p))
    return _named_primary(p, start)


def _named_primary(p: QueryParser, start: int) -> s.Expr | None:
    found = constructor(p)
    if found is not None:
        return found
    if p.keyword_ahead("ordered", "{") or p.keyword_ahead("unordered", "{"):
        p.ncname()
        return _grouped(enclosed_expr(p))
    if p.ahead("%") or p.keyword_ahead("function", "("):
        return _inline_function_expr(p, start)
    return _function_by_name(p, start)


def _grouped(inner: s.Expr) -> s.Expr:
    return s.Sequence(inner.at, (inner,)) if isinstance(inner, s.Step) else inner


def _function_by_name(p: QueryParser, start: int) -> s.Expr | None:
    braced = p.text.startswith("Q{", start)
    word = p.next_name()
    if not word and not braced:
        return None
    noted = len(p.newer)
    if braced:
        braced_uri(p)
        lexical_qname(p) if p.next_name() else None
    else:
        lexical_qname(p)
    match = _AFTER_NAME.match(p.text, p.space())
    p.pos = start
    del p.newer[noted:]
    if match is None:
        return None
    if match.group(1) == "#":
        if p.text.startswith("#)", match.end() - 1):
            return None
        return _named_function_ref(p, start)
    name = function_name(p)
    return s.FunctionCall(start, name, argument_list(p))


def function_name(p: QueryParser) -> s.Name:
    """An EQName in the place of a function's name."""
    start = p.space()
    braced = p.text.startswith("Q{", start)
    prefixed = braced or p.text[start + len(p.next_name()) :].startswith(":")
    if not prefixed and p.next_name() in RESERVED_FUNCTIONS:
        raise p.error(Message("'{0}' cannot be the name of a function.", p.next_name()))
    return eqname(p, p.static.default_function)


def _named_function_ref(p: QueryParser, start: int) -> s.Expr:
    p.needs_version_3(Message("a reference to a function, name#arity"), start)
    name = function_name(p)
    p.expect("#")
    p.space()
    arity = numeric_literal(p)
    if not isinstance(arity, int):
        raise p.unexpected(Message("the number of arguments"))
    if arity > _MAX_ARITY:
        raise p.error(Message("No function has so many arguments."), "FOAR0002", start)
    return s.FunctionReference(start, name, arity)


def _inline_function_expr(p: QueryParser, start: int) -> s.Expr:
    p.needs_version_3(Message("an inline function"), start)
    annotated = annotation_list(p)
    if any(annotation.name in (PUBLIC, PRIVATE) for annotation in annotated):
        raise p.error(Message("An inline function is neither public nor private."), "XQST0125", start)
    p.expect_keywords("function")
    parameters = param_list(p)
    result = optional_type(p)
    return s.InlineFunction(start, parameters, result, enclosed_expr(p), annotated)


def param_list(p: QueryParser) -> tuple[s.Parameter, ...]:
    """The parameter list of a declared or inline function."""
    p.expect("(")
    found: dict[s.Name, s.Parameter] = {}
    if p.accept(")"):
        return ()
    while True:
        at = p.expect("$")
        name = eqname(p, "")
        if name in found:
            raise p.error(Message("The parameter ${0} appears twice.", name), "XQST0039", at)
        found[name] = s.Parameter(name, optional_type(p))
        if not p.accept(","):
            break
    p.expect(")")
    return tuple(found.values())
