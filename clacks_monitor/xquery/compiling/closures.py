"""Common parts of the closures of all families.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.xquery.errors import QueryError

if TYPE_CHECKING:
    from clacks_monitor.xquery import syntax as s
    from clacks_monitor.xquery.compiling.scope import Compiler
    from clacks_monitor.xquery.evaluation.frame import Code, Frame, Items


TRUE: Items = (True,)
FALSE: Items = (False,)


def located(code: Code, at: int) -> Code:
    """The same closure, whose errors know where they are."""

    def run(f: Frame) -> Items:
        try:
            return code(f)
        except QueryError as error:
            if error.at is None:
                error.at = at
            raise

    return run


def listed(c: Compiler, node: s.Expr) -> Code | None:
    """The closure of an expression that has a stream: its items in a list."""
    stream = c.stream(node)
    if stream is None:
        return None

    def run(f: Frame) -> Items:
        out: list[Any] = []
        budget = f.run.budget
        for item in stream(f):
            out.append(item)
            budget.check_items(len(out))
        return out

    return run
