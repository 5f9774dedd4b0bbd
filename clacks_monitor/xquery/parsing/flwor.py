"""FLWOR expressions and their clauses.

Owner: xquery. Thread: the one that parses. Source: XQuery 3.1, section 3.12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.parsing.literals import collation_literal
from clacks_monitor.xquery.parsing.names import variable_name
from clacks_monitor.xquery.parsing.parser import comma_list
from clacks_monitor.xquery.parsing.types import optional_type

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.parser import QueryParser


def for_ahead(p: QueryParser) -> bool:
    """Whether ``for`` begins a clause here, and is not the name of a step."""
    start = p.pos
    p.expect_keywords("for")
    found = p.ahead("$") or any(p.keyword_ahead(kind, "window") for kind in ("tumbling", "sliding"))
    p.pos = start
    return found


def flwor_expr(p: QueryParser, start: int) -> s.Expr:
    """FLWORExpr."""
    clauses: list[s.Clause] = []
    while not p.accept_keyword("return"):
        found = _clause(p, first=not clauses)
        if found is None:
            raise p.unexpected(Message("'return' or another clause"))
        clauses += found
    return s.Flwor(start, tuple(clauses), p.single())


def _clause(p: QueryParser, *, first: bool) -> list[s.Clause] | None:
    at = p.space()
    match p.next_name():
        case "for" if for_ahead(p):
            p.expect_keywords("for")
            if p.ahead("$"):
                return comma_list(p, _for_binding)
            p.needs_version_3(Message("a window clause"), at)
            return [_window_clause(p, at)]
        case "let" if p.keyword_ahead("let", "$"):
            p.expect_keywords("let")
            return comma_list(p, _let_binding)
        case "where":
            p.expect_keywords("where")
            return [s.WhereClause(at, p.single())]
        case "order" | "stable":
            return [_order_by(p, at)]
        case "group" if not first:
            p.needs_version_3(Message.verbatim("group by"), at)
            return [_group_by(p, at)]
        case "count" if not first and p.keyword_ahead("count", "$"):
            p.needs_version_3(Message("the count clause"), at)
            p.expect_keywords("count")
            return [s.CountClause(at, variable_name(p))]
    return None


def _for_binding(p: QueryParser) -> s.Clause:
    at = p.space()
    name = variable_name(p)
    declared = optional_type(p)
    allowing = p.accept_keyword("allowing")
    if allowing:
        p.needs_version_3(Message.verbatim("allowing empty"), at)
        p.expect_keywords("empty")
    position = None
    if p.accept_keyword("at"):
        position_at = p.space()
        position = variable_name(p)
        if position == name:
            raise p.error(Message("${0} is bound twice here.", name), "XQST0089", position_at)
    p.expect_keywords("in")
    return s.ForClause(at, name, declared, allowing, position, p.single())


def _let_binding(p: QueryParser) -> s.Clause:
    at = p.space()
    name = variable_name(p)
    declared = optional_type(p)
    p.expect(":=")
    return s.LetClause(at, name, declared, p.single())


def _collation(p: QueryParser) -> str:
    """``collation "uri"`` if it stands here, else the default one."""
    if not p.accept_keyword("collation"):
        return p.static.collation
    return collation_literal(p, "XQST0076")


def _order_by(p: QueryParser, at: int) -> s.Clause:
    p.accept_keyword("stable")
    p.expect_keywords("order", "by")
    return s.OrderByClause(at, tuple(comma_list(p, _order_spec)))


def _order_spec(p: QueryParser) -> s.OrderKey:
    key = p.single()
    descending = p.accept_keyword("descending")
    if not descending:
        p.accept_keyword("ascending")
    empty = p.static.empty_order
    if p.accept_keyword("empty"):
        empty = "greatest" if p.accept_keyword("greatest") else "least"
        if empty == "least":
            p.expect_keywords("least")
    return s.OrderKey(key, descending, empty, _collation(p))


def _group_by(p: QueryParser, at: int) -> s.Clause:
    p.expect_keywords("group", "by")
    return s.GroupByClause(at, tuple(comma_list(p, _grouping_spec)))


def _grouping_spec(p: QueryParser) -> s.GroupKey:
    at = p.space()
    name = variable_name(p)
    declared, value = optional_type(p), None
    if p.accept(":="):
        value = p.single()
    elif declared is not None:
        raise p.unexpected(Message.verbatim("':='"))
    return s.GroupKey(name, declared, value, _collation(p), at)


def _window_clause(p: QueryParser, at: int) -> s.Clause:
    sliding = p.accept_keyword("sliding")
    if not sliding:
        p.expect_keywords("tumbling")
    p.expect_keywords("window")
    name = variable_name(p)
    declared = optional_type(p)
    p.expect_keywords("in")
    source = p.single()
    p.expect_keywords("start")
    start = _window_condition(p)
    only = p.keyword_ahead("only", "end")
    end = None
    if only:
        p.expect_keywords("only")
    if p.accept_keyword("end"):
        end = _window_condition(p)
    elif sliding:
        raise p.unexpected(Message.verbatim("'end'"))
    _distinct_window_names(p, name, start, end, at)
    return s.WindowClause(at, sliding, name, declared, source, start, end, only)


def _window_condition(p: QueryParser) -> s.WindowCondition:
    item = variable_name(p) if p.ahead("$") else None
    position = variable_name(p) if p.accept_keyword("at") else None
    previous = variable_name(p) if p.accept_keyword("previous") else None
    following = variable_name(p) if p.accept_keyword("next") else None
    p.expect_keywords("when")
    return s.WindowCondition(item, position, previous, following, p.single())


def _distinct_window_names(
    p: QueryParser, name: s.Name, start: s.WindowCondition, end: s.WindowCondition | None, at: int
) -> None:
    names = [name]
    for condition in (start, end):
        if condition is not None:
            names += [
                n for n in (condition.item, condition.position, condition.previous, condition.next) if n is not None
            ]
    if len(set(names)) < len(names):
        raise p.error(Message("A window clause binds the same variable twice."), "XQST0103", at)
