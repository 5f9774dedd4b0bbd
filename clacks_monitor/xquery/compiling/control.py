"""The closures of branches, quantifiers and try/catch.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.basics import boolean
from clacks_monitor.xquery.compiling.closures import FALSE, TRUE, located
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.collations import find_collation
from clacks_monitor.xquery.datamodel.functions import same_key
from clacks_monitor.xquery.datamodel.operators import category
from clacks_monitor.xquery.datamodel.types import matches, type_string
from clacks_monitor.xquery.errors import ERR_NAMESPACE, LimitError, QueryError
from clacks_monitor.xquery.evaluation.conversion import described, one_atom
from clacks_monitor.xquery.evaluation.frame import EMPTY, Code, Frame, Items, Test

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.xquery.compiling.scope import Compiler


def typeswitch(c: Compiler, node: s.Typeswitch) -> Code:
    tail = c.tail
    operand = c.compile(node.operand)
    cases: list[tuple[tuple[s.SequenceType, ...] | None, int | None, Code]] = []
    for case in node.cases:
        for wanted in case.types or ():
            c.check_type(wanted, node.at)
        outer = c.scope
        slot = c.bind(case.variable) if case.variable is not None else None
        cases.append((case.types, slot, c.compile(case.result, tail=tail)))
        c.scope = outer

    def run(f: Frame) -> Items:
        found = operand(f)
        for types, slot, result in cases:
            if types is None or any(matches(found, wanted) for wanted in types):
                if slot is not None:
                    f.vars[slot] = found
                return result(f)
        return EMPTY

    return run


def switch(c: Compiler, node: s.Switch) -> Code:
    tail = c.tail
    operand, default = c.compile(node.operand), c.compile(node.default, tail=tail)
    cases = [([c.compile(o) for o in k.operands], c.compile(k.result, tail=tail)) for k in node.cases]
    collation = find_collation(c.static.collation)

    def key(items: Items) -> object:
        value = one_atom(items, Message("What a switch compares"))
        if value is None:
            return ("empty",)
        if isinstance(value, str):
            return ("s", collation.sort_key(str(value)) if collation else str(value))
        return (category(value), same_key(value))

    def run(f: Frame) -> Items:
        wanted = key(operand(f))
        for operands, result in cases:
            if any(key(o(f)) == wanted for o in operands):
                return result(f)
        return default(f)

    return located(run, node.at)


_ERR_PARTS = ("code", "description", "value", "module", "line-number", "column-number", "additional")


def try_catch(c: Compiler, node: s.TryCatch) -> Code:
    body = c.compile(node.body)
    outer = c.scope
    slots = [c.bind(s.Name(ERR_NAMESPACE, part)) for part in _ERR_PARTS]
    catches = [(clause.errors, c.compile(clause.body)) for clause in node.catches]
    c.scope = outer

    def run(f: Frame) -> Items:
        depth = f.run.budget.depth
        try:
            return body(f)
        except LimitError:
            raise
        except QueryError as error:
            f.run.budget.depth = depth
            name = error.name or s.Name(ERR_NAMESPACE, error.code, "err")
            for tests, handler in catches:
                if any(t.uri in (None, name.uri) and t.local in (None, name.local) for t in tests):
                    values: tuple[Items, ...] = (
                        (v.QName(name.uri, name.local, name.prefix),),
                        (str(error.reason),) if error.reason else EMPTY,
                        error.value,  # type: ignore[assignment]  # Items, given to fn:error
                        EMPTY,
                        EMPTY,
                        EMPTY,
                        EMPTY,
                    )
                    for slot, value in zip(slots, values, strict=True):
                        f.vars[slot] = value
                    return handler(f)
            raise

    return run


def quantified(c: Compiler, node: s.Quantified) -> Code:
    outer = c.scope
    bindings = []
    for b in node.bindings:
        c.check_type(b.type, b.at)
        source = c.stream(b.source) or c.compile(b.source)
        bindings.append((source, c.bind(b.name), b.type))
    test = boolean(c, node.condition)
    c.scope = outer
    some = node.quantifier == "some"
    for source, slot, wanted in reversed(bindings):
        test = _tested(source, slot, wanted, test, some=some)
    return located(lambda f: TRUE if test(f) else FALSE, node.at)


def _tested(
    source: Callable[[Frame], Iterable[Any]], slot: int, wanted: s.SequenceType | None, test: Test, *, some: bool
) -> Test:
    """One binding of a quantified expression; ``test`` is the rest of it."""

    def run(f: Frame) -> bool:
        for item in source(f):
            f.run.budget.step()
            if wanted is not None and not matches((item,), wanted):
                raise QueryError(
                    "XPTY0004", Message("Expected {0}, but got {1}.", type_string(wanted), described((item,)))
                )
            f.vars[slot] = (item,)
            if test(f) == some:
                return some
        return not some

    return run


HANDLERS: dict[type, Any] = {
    s.Typeswitch: typeswitch,
    s.Switch: switch,
    s.TryCatch: try_catch,
    s.Quantified: quantified,
}
__all__ = ["HANDLERS"]
