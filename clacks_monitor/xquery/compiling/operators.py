"""The closures of arithmetic, strings, ranges, sets of nodes and ``!``.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.closures import listed, located
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.nodes import Node
from clacks_monitor.xquery.datamodel.operators import calculate, category, number_operand
from clacks_monitor.xquery.datamodel.trees import in_document_order
from clacks_monitor.xquery.datamodel.types import INTEGER_ONE, type_name
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import atomize, convert, one_atom
from clacks_monitor.xquery.evaluation.frame import EMPTY, Code, Frame, Items

if TYPE_CHECKING:
    from clacks_monitor.xquery.compiling.scope import Compiler


def arithmetic(c: Compiler, node: s.Arithmetic) -> Code:
    left, right, op, at = c.compile(node.left), c.compile(node.right), node.operator, node.at
    simple = {"+": operator.add, "-": operator.sub}.get(op)

    def run(f: Frame) -> Items:
        try:
            a, b = left(f), right(f)
            if simple is not None and len(a) == 1 == len(b) and type(a[0]) is int and type(b[0]) is int:
                return (simple(a[0], b[0]),)
            x, y = one_atom(a, Message("Each operand")), one_atom(b, Message("Each operand"))
            if x is None or y is None:
                return EMPTY
            return (calculate(op, x, y),)
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise

    return run


def unary(c: Compiler, node: s.Unary) -> Code:
    operand, negative = c.compile(node.operand), node.operator == "-"

    def run(f: Frame) -> Items:
        value = one_atom(operand(f), Message("The operand"))
        if value is None:
            return EMPTY
        value = number_operand(value)
        if category(value) != "number":
            raise QueryError("XPTY0004", Message("There is no sign for xs:{0}.", type_name(value)))
        if not negative:
            if isinstance(value, float):
                return (value,)
            return (int(value) if type(value) in v.DERIVED.values() else +value,)
        if isinstance(value, float):
            return (type(value)(-value),)
        if isinstance(value, int):
            return (-value,)
        return (value.copy_negate() if value else value,)

    return located(run, node.at)


def range_of(c: Compiler, node: s.Range) -> Code:
    left, right = c.compile(node.left), c.compile(node.right)
    wanted = s.SequenceType(INTEGER_ONE.item, "?")

    def run(f: Frame) -> Items:
        a, b = convert(left(f), wanted), convert(right(f), wanted)
        if not a or not b or a[0] > b[0]:
            return EMPTY
        if b[0] - a[0] >= 2**62:
            raise QueryError("FOAR0002", Message("This range is too long."))
        return range(int(a[0]), int(b[0]) + 1)

    return located(run, node.at)


def concatenation(c: Compiler, node: s.Concatenation) -> Code:
    left, right = c.compile(node.left), c.compile(node.right)

    def text(items: Items) -> str:
        value = one_atom(items, Message("Each operand"))
        return "" if value is None else v.string_of(value)

    def run(f: Frame) -> Items:
        a, b = text(left(f)), text(right(f))
        f.run.budget.check_characters(len(a) + len(b))
        return (a + b,)

    return located(run, node.at)


def set_operation(c: Compiler, node: s.SetOperation) -> Code:
    left, right, op = c.compile(node.left), c.compile(node.right), node.operator

    def run(f: Frame) -> Items:
        a, b = left(f), right(f)
        for items in (a, b):
            if not all(isinstance(i, Node) for i in items):
                raise QueryError("XPTY0004", Message("{0} works on nodes only.", op))
        if op == "union":
            return in_document_order([*a, *b])
        others = {id(n) for n in b}
        keep = op == "intersect"
        return in_document_order([n for n in a if (id(n) in others) == keep])

    return located(run, node.at)


def string_constructor(c: Compiler, node: s.StringConstructor) -> Code:
    parts = [p if isinstance(p, str) else c.compile(p) for p in node.parts]

    def run(f: Frame) -> Items:
        out = [p if isinstance(p, str) else " ".join(v.string_of(a) for a in atomize(p(f))) for p in parts]
        f.run.budget.check_characters(sum(map(len, out)))
        return ("".join(out),)

    return located(run, node.at)


def simple_map(c: Compiler, node: s.SimpleMap) -> Code:
    streamed = listed(c, node)
    if streamed is not None:
        return streamed
    left, right = c.compile(node.left), c.compile(node.right)

    def run(f: Frame) -> Items:
        found = left(f)
        inner = f.focus(None, 0, len(found))
        out: list[Any] = []
        budget = f.run.budget
        for position, item in enumerate(found, 1):
            budget.step()
            inner.item, inner.position = item, position
            out.extend(right(inner))
            budget.check_items(len(out))
        return out

    return run


HANDLERS: dict[type, Any] = {
    s.Arithmetic: arithmetic,
    s.Unary: unary,
    s.Range: range_of,
    s.Concatenation: concatenation,
    s.SetOperation: set_operation,
    s.StringConstructor: string_constructor,
    s.SimpleMap: simple_map,
}
__all__ = ["HANDLERS"]
