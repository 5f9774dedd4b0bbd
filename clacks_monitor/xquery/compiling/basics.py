"""The closures of literals, variables and conditions.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import (
    truth,
)
from clacks_monitor.xquery.evaluation.frame import EMPTY, Code, Frame, Items

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.xquery.compiling.scope import Compiler
from clacks_monitor.xquery.compiling.closures import FALSE, TRUE, located
from clacks_monitor.xquery.compiling.comparisons import general_test


def literal(_c: Compiler, node: s.Literal) -> Code:
    found = (node.value,)
    return lambda _f: found


def sequence(c: Compiler, node: s.Sequence) -> Code:
    parts = [c.compile(item) for item in node.items]
    if not parts:
        return lambda _f: EMPTY
    if len(parts) == 1:
        return parts[0]

    def run(f: Frame) -> Items:
        out: list[Any] = []
        for part in parts:
            found = part(f)
            f.run.budget.check_items(len(out) + len(found))
            out.extend(found)
        return out

    return run


def variable(c: Compiler, node: s.Variable) -> Code:
    slot = c.scope.get(node.name)
    if slot is not None:
        index = slot
        return lambda f: f.vars[index]
    name = node.name
    if name not in c.visible_globals:
        raise QueryError("XPST0008", f"The variable ${name} is not declared.", at=node.at)
    from clacks_monitor.xquery.evaluation.program import global_value  # noqa: PLC0415 - cycle

    declaration = c.globals[name]
    return lambda f: global_value(f, declaration)


def context_item(_c: Compiler, node: s.ContextItem) -> Code:
    return located(lambda f: (f.context(),), node.at)


def boolean(c: Compiler, node: s.Expr) -> Callable[[Frame], bool]:
    """A closure for the effective boolean value of an expression."""
    match node:
        case s.Or(_, left, right):
            a, b = boolean(c, left), boolean(c, right)
            return lambda f: a(f) or b(f)
        case s.And(_, left, right):
            a, b = boolean(c, left), boolean(c, right)
            return lambda f: a(f) and b(f)
        case s.GeneralComparison():
            return general_test(c, node)
    code, at = c.compile(node), node.at

    def run(f: Frame) -> bool:
        found = code(f)
        try:
            return truth(found)
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise

    return run


def logical(c: Compiler, node: s.Or | s.And) -> Code:
    test = boolean(c, node)
    return lambda f: TRUE if test(f) else FALSE


def condition(c: Compiler, node: s.If) -> Code:
    test, then, otherwise = boolean(c, node.condition), c.compile(node.then), c.compile(node.otherwise)
    return lambda f: then(f) if test(f) else otherwise(f)


def unsupported(_c: Compiler, node: s.Unsupported) -> Code:
    raise QueryError(node.code, node.reason, at=node.at)


HANDLERS: dict[type, Any] = {
    s.Literal: literal,
    s.Sequence: sequence,
    s.Variable: variable,
    s.ContextItem: context_item,
    s.Or: logical,
    s.And: logical,
    s.If: condition,
    s.Unsupported: unsupported,
}
__all__ = ["HANDLERS", "boolean"]
