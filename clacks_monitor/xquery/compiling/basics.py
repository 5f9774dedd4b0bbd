"""The closures of literals, variables and conditions.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.closures import FALSE, TRUE, located
from clacks_monitor.xquery.datamodel.nodes import Node
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import effective_boolean_value
from clacks_monitor.xquery.evaluation.frame import EMPTY, Code, Frame, Items, Stream, Test
from clacks_monitor.xquery.evaluation.program import global_value

if TYPE_CHECKING:
    from clacks_monitor.xquery.compiling.scope import Compiler


def literal(_c: Compiler, node: s.Literal) -> Code:
    found = (node.value,)
    return lambda _f: found


def sequence(c: Compiler, node: s.Sequence) -> Code:
    if len(node.items) == 1:
        return c.compile(node.items[0], tail=c.tail)
    parts = [c.compile(item) for item in node.items]
    if not parts:
        return lambda _f: EMPTY

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
        raise QueryError("XPST0008", Message("The variable ${0} is not declared.", name), at=node.at)
    declaration = c.globals[name]
    return lambda f: global_value(f, declaration)


def context_item(_c: Compiler, node: s.ContextItem) -> Code:
    return located(lambda f: (f.context(),), node.at)


def boolean(c: Compiler, node: s.Expr) -> Test:
    """A closure for the effective boolean value of an expression."""
    test = c.tests.get(type(node))
    if test is not None:
        return test(c, node)
    stream, at = c.stream(node), node.at
    code = c.compile(node) if stream is None else _deciding(stream)

    def run(f: Frame) -> bool:
        found = code(f)
        try:
            return effective_boolean_value(found)
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise

    return run


def _deciding(stream: Stream) -> Code:
    """As many items as decide on a truth: a node, or two."""

    def run(f: Frame) -> Items:
        found: list[Any] = []
        for item in stream(f):
            found.append(item)
            if len(found) > 1 or isinstance(item, Node):
                break
        return found

    return run


def _either(c: Compiler, node: s.Or) -> Test:
    a, b = boolean(c, node.left), boolean(c, node.right)
    return lambda f: a(f) or b(f)


def _both(c: Compiler, node: s.And) -> Test:
    a, b = boolean(c, node.left), boolean(c, node.right)
    return lambda f: a(f) and b(f)


def _conditional(c: Compiler, node: s.If) -> Test:
    test, then, otherwise = boolean(c, node.condition), boolean(c, node.then), boolean(c, node.otherwise)
    return lambda f: then(f) if test(f) else otherwise(f)


def logical(c: Compiler, node: s.Or | s.And) -> Code:
    test = boolean(c, node)
    return lambda f: TRUE if test(f) else FALSE


def condition(c: Compiler, node: s.If) -> Code:
    tail = c.tail
    test, then, otherwise = (
        boolean(c, node.condition),
        c.compile(node.then, tail=tail),
        c.compile(node.otherwise, tail=tail),
    )
    return lambda f: then(f) if test(f) else otherwise(f)


def unsupported(_c: Compiler, node: s.Unsupported) -> Code:
    raise QueryError(node.code, node.reason, at=node.at)


TESTS: dict[type, Any] = {s.Or: _either, s.And: _both, s.If: _conditional}
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
__all__ = ["HANDLERS", "TESTS", "boolean"]
