"""The closures of comparisons.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.closures import FALSE, TRUE, located
from clacks_monitor.xquery.datamodel.collations import find_collation
from clacks_monitor.xquery.datamodel.functions import Function
from clacks_monitor.xquery.datamodel.nodes import Node
from clacks_monitor.xquery.datamodel.operators import GENERAL, compare, general_pair
from clacks_monitor.xquery.datamodel.trees import order_key
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import atom_of, atomize, described, one_atom
from clacks_monitor.xquery.evaluation.frame import EMPTY, Code, Frame, Items

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.xquery.compiling.scope import Compiler


def general_test(c: Compiler, node: s.GeneralComparison) -> Callable[[Frame], bool]:
    """Compile a general comparison to its boolean value."""
    left, right = c.compile(node.left), c.compile(node.right)
    op, at = GENERAL[node.operator], node.at
    namespaces = {**c.namespaces, "": c.default_element}
    collation = find_collation(c.static.collation)
    if collation is None:
        raise AssertionError("the parser checks collations")

    def run(f: Frame) -> bool:
        try:
            a, b = left(f), right(f)
            if not a or not b:
                return False
            if len(a) == 1 == len(b) and not isinstance(a[0], Function) and not isinstance(b[0], Function):
                return general_pair(op, atom_of(a[0]), atom_of(b[0]), collation, namespaces)
            return pairs(f.run.budget.step, *(x if isinstance(x, range) else atomize(x) for x in (a, b)))
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise

    def pairs(step: Callable[[], None], a: Items, b: Items) -> bool:
        if op == "eq" and isinstance(a, range) and len(b) < len(a):
            a, b = b, a
        # An integer is looked up in a range at once.
        lookup = op == "eq" and isinstance(b, range)
        for x in a:
            if lookup and type(x) is int:
                step()
                if x in b:
                    return True
                continue
            for y in b:
                step()
                if general_pair(op, x, y, collation, namespaces):
                    return True
        return False

    return run


def general(c: Compiler, node: s.GeneralComparison) -> Code:
    test = general_test(c, node)
    return lambda f: TRUE if test(f) else FALSE


def value_comparison(c: Compiler, node: s.ValueComparison) -> Code:
    left, right, op = c.compile(node.left), c.compile(node.right), node.operator
    collation = find_collation(c.static.collation)
    if collation is None:
        raise AssertionError("the parser checks collations")

    def run(f: Frame) -> Items:
        a, b = one_atom(left(f), Message("Each operand")), one_atom(right(f), Message("Each operand"))
        if a is None or b is None:
            return EMPTY
        return (compare(op, a, b, collation),)

    return located(run, node.at)


def node_comparison(c: Compiler, node: s.NodeComparison) -> Code:
    left, right, op = c.compile(node.left), c.compile(node.right), node.operator

    def run(f: Frame) -> Items:
        a, b = _one_node(left(f)), _one_node(right(f))
        if a is None or b is None:
            return EMPTY
        if op == "is":
            return (a is b,)
        if a is b:
            return FALSE
        first = order_key(a) < order_key(b)
        return (first if op == "<<" else not first,)

    return located(run, node.at)


def _one_node(items: Items) -> Node | None:
    if not items:
        return None
    if len(items) > 1 or not isinstance(items[0], Node):
        raise QueryError("XPTY0004", Message("Expected one node, but got {0}.", described(items)))
    return items[0]


TESTS: dict[type, Any] = {s.GeneralComparison: general_test}
HANDLERS: dict[type, Any] = {
    s.GeneralComparison: general,
    s.ValueComparison: value_comparison,
    s.NodeComparison: node_comparison,
}
__all__ = ["HANDLERS", "TESTS"]
