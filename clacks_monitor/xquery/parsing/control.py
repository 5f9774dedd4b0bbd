"""Quantified and conditional expressions, switch, typeswitch, try and catch.

Owner: xquery. Thread: the one that parses. Source: XQuery 3.1, sections 3.14 to 3.18.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.parsing.names import variable_name
from clacks_monitor.xquery.parsing.parser import comma_list, enclosed_expr, expr
from clacks_monitor.xquery.parsing.types import name_test, optional_type, sequence_type

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.parser import QueryParser


def quantified_expr(p: QueryParser, start: int) -> s.Expr:
    """QuantifiedExpr: ``some`` and ``every``."""
    quantifier = p.ncname()
    bindings = comma_list(p, _quantified_binding)
    p.expect_keywords("satisfies")
    return s.Quantified(start, quantifier, tuple(bindings), p.single())


def _quantified_binding(p: QueryParser) -> s.Binding:
    at = p.space()
    name = variable_name(p)
    declared = optional_type(p)
    p.expect_keywords("in")
    return s.Binding(name, declared, p.single(), at)


def if_expr(p: QueryParser, start: int) -> s.Expr:
    """IfExpr."""
    p.expect_keywords("if")
    condition = _in_parentheses(p)
    p.expect_keywords("then")
    then = p.single()
    p.expect_keywords("else")
    return s.If(start, condition, then, p.single())


def _in_parentheses(p: QueryParser) -> s.Expr:
    p.expect("(")
    found = expr(p)
    p.expect(")")
    return found


def switch_expr(p: QueryParser, start: int) -> s.Expr:
    """SwitchExpr."""
    p.needs_version_3(Message.verbatim("switch"), start)
    p.expect_keywords("switch")
    operand = _in_parentheses(p)
    cases = []
    while p.next_name() == "case":
        operands = []
        while p.accept_keyword("case"):
            operands.append(p.single())
        p.expect_keywords("return")
        cases.append(s.SwitchCase(tuple(operands), p.single()))
    if not cases:
        raise p.unexpected(Message.verbatim("'case'"))
    p.expect_keywords("default", "return")
    return s.Switch(start, operand, tuple(cases), p.single())


def typeswitch_expr(p: QueryParser, start: int) -> s.Expr:
    """TypeswitchExpr."""
    p.expect_keywords("typeswitch")
    operand = _in_parentheses(p)
    cases = []
    while p.accept_keyword("case"):
        cases.append(_case_clause(p))
    if not cases:
        raise p.unexpected(Message.verbatim("'case'"))
    p.expect_keywords("default")
    variable = variable_name(p) if p.ahead("$") else None
    p.expect_keywords("return")
    cases.append(s.TypeCase(variable, None, p.single()))
    return s.Typeswitch(start, operand, tuple(cases))


def _case_clause(p: QueryParser) -> s.TypeCase:
    variable = None
    if p.ahead("$"):
        variable = variable_name(p)
        p.expect_keywords("as")
    types = [sequence_type(p)]
    while p.ahead("|"):
        p.needs_version_3(Message("several types in one case"), p.pos)
        p.expect("|")
        types.append(sequence_type(p))
    p.expect_keywords("return")
    return s.TypeCase(variable, tuple(types), p.single())


def try_catch_expr(p: QueryParser, start: int) -> s.Expr:
    """TryCatchExpr."""
    p.needs_version_3(Message.verbatim("try/catch"), start)
    p.expect_keywords("try")
    body = enclosed_expr(p)
    catches = []
    while p.accept_keyword("catch"):
        errors = [name_test(p, "")]
        while p.accept("|"):
            errors.append(name_test(p, ""))
        catches.append(s.CatchClause(tuple(errors), enclosed_expr(p)))
    if not catches:
        raise p.unexpected(Message.verbatim("'catch'"))
    return s.TryCatch(start, body, tuple(catches))
