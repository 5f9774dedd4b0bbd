"""Expressions: which production begins at a place, and the parser of all of them.

Owner: xquery. Thread: the one that parses. Source: the grammar of XQuery 3.1, appendix A.1, ExprSingle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery.parsing.control import if_expr, quantified_expr, switch_expr, try_catch_expr, typeswitch_expr
from clacks_monitor.xquery.parsing.flwor import flwor_expr, for_ahead
from clacks_monitor.xquery.parsing.operators import operator_expr
from clacks_monitor.xquery.parsing.parser import QueryParser
from clacks_monitor.xquery.parsing.static_context import StaticContext

if TYPE_CHECKING:
    from clacks_monitor.xquery import syntax as s


def parser_of(text: str, static: StaticContext | None = None) -> QueryParser:
    """Return a parser at the start of a text that knows every kind of expression."""
    return QueryParser(text, static or StaticContext(), _expr_single)


def _expr_single(p: QueryParser) -> s.Expr:
    found = _keyword_expr(p)
    return operator_expr(p, 1) if found is None else found


def _keyword_expr(p: QueryParser) -> s.Expr | None:
    """FLWOR, quantified, switch, typeswitch, if and try; None when none of them stands here."""
    start = p.space()
    match p.next_name():
        case "for" if p.keyword_ahead("for", "$", "tumbling", "sliding"):
            return flwor_expr(p, start) if for_ahead(p) else None
        case "let" if p.keyword_ahead("let", "$"):
            return flwor_expr(p, start)
        case "some" | "every" as word if p.keyword_ahead(word, "$"):
            return quantified_expr(p, start)
        case "switch" if p.keyword_ahead("switch", "("):
            return switch_expr(p, start)
        case "typeswitch" if p.keyword_ahead("typeswitch", "("):
            return typeswitch_expr(p, start)
        case "if" if p.keyword_ahead("if", "("):
            return if_expr(p, start)
        case "try" if p.keyword_ahead("try", "{"):
            return try_catch_expr(p, start)
        case _:
            return None
