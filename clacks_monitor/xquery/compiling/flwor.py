"""FLWOR expressions: each clause passes its tuples to the next one.

Owner: xquery. Thread: any. A tuple is the set of slots of the frame at that moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.basics import boolean
from clacks_monitor.xquery.compiling.closures import located
from clacks_monitor.xquery.compiling.tuples import Stage, check, group_by, order_by
from clacks_monitor.xquery.compiling.windows import window
from clacks_monitor.xquery.datamodel.nodes import Node
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import effective_boolean_value
from clacks_monitor.xquery.evaluation.frame import EMPTY, Code, Frame, Items, Test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.xquery.compiling.scope import Compiler


def flwor(c: Compiler, node: s.Flwor) -> Code:
    if all(isinstance(clause, s.LetClause) for clause in node.clauses):
        return _only_lets(c, node)
    stage, result = compiled_clauses(c, node)

    def run(f: Frame) -> Items:
        out: list[Any] = []
        budget = f.run.budget
        for _ in stage(f):
            budget.step()
            out.extend(result(f))
            budget.check_items(len(out))
        return out

    return run


def compiled_clauses(c: Compiler, node: s.Flwor) -> tuple[Stage, Code]:
    """Compile the clauses to one stage, and the result."""
    outer = c.scope
    first_slot = c.slots
    stage: Stage = _single
    for clause in node.clauses:
        stage = _STAGES[type(clause)](c, clause, stage, first_slot)
    result = c.compile(node.result)
    c.scope = outer
    return stage, result


def flwor_test(c: Compiler, node: s.Flwor) -> Test:
    """The effective boolean value of a FLWOR expression: a node as its first item is enough."""
    if all(isinstance(clause, s.LetClause) for clause in node.clauses):
        return _only_lets_test(c, node)
    stage, result = compiled_clauses(c, node)

    def run(f: Frame) -> bool:
        found: Items = EMPTY
        for _ in stage(f):
            f.run.budget.step()
            more = result(f)
            if more:
                found = [*found, *more] if found else more
                if isinstance(found[0], Node) or len(found) > 1:
                    break
        return effective_boolean_value(found)

    def located_run(f: Frame) -> bool:
        try:
            return run(f)
        except QueryError as error:
            error.at = node.at if error.at is None else error.at
            raise

    return located_run


def _only_lets_test(c: Compiler, node: s.Flwor) -> Test:
    outer = c.scope
    bindings = _bindings(c, node)
    result = boolean(c, node.result)
    c.scope = outer

    def run(f: Frame) -> bool:
        for slot, value in bindings:
            f.vars[slot] = value(f)
        return result(f)

    return run


def _bindings(c: Compiler, node: s.Flwor) -> list[tuple[int, Code]]:
    bindings = []
    for clause in node.clauses:
        if isinstance(clause, s.LetClause):
            value = _let_value(c, clause)
            bindings.append((c.bind(clause.name), value))
    return bindings


def _only_lets(c: Compiler, node: s.Flwor) -> Code:
    # `let ... return` is the usual form of filters: no tuples, no generators.
    outer, tail = c.scope, c.tail
    bindings = _bindings(c, node)
    result = c.compile(node.result, tail=tail)
    c.scope = outer

    def run(f: Frame) -> Items:
        for slot, value in bindings:
            f.vars[slot] = value(f)
        return result(f)

    return run


def _single(_f: Frame) -> Iterator[None]:
    yield


def _for(c: Compiler, clause: s.ForClause, before: Stage, _first: int) -> Stage:
    wanted = clause.type
    # A stream is not held as a whole, so whether it is empty is known too late for `allowing empty`.
    source = (None if clause.allowing_empty else c.stream(clause.source)) or c.compile(clause.source)
    c.check_type(wanted, clause.at)
    slot = c.bind(clause.name)
    position_slot = c.bind(clause.position) if clause.position is not None else None
    allowing, at = clause.allowing_empty, clause.at

    def run(f: Frame) -> Iterator[None]:
        for _ in before(f):
            found = source(f)
            if allowing and not found:
                check(EMPTY, wanted)
                f.vars[slot] = EMPTY
                if position_slot is not None:
                    f.vars[position_slot] = (0,)
                yield
            for position, item in enumerate(found, 1):
                f.run.budget.step()
                if wanted is not None:
                    try:
                        check((item,), wanted)
                    except QueryError as error:
                        error.at = at
                        raise
                f.vars[slot] = (item,)
                if position_slot is not None:
                    f.vars[position_slot] = (position,)
                yield

    return run


def _let_value(c: Compiler, clause: s.LetClause) -> Code:
    value, wanted = c.compile(clause.value), clause.type
    c.check_type(wanted, clause.at)
    if wanted is None:
        return value

    def run(f: Frame) -> Items:
        found = value(f)
        check(found, wanted)
        return found

    return located(run, clause.at)


def _let(c: Compiler, clause: s.LetClause, before: Stage, _first: int) -> Stage:
    value = _let_value(c, clause)
    slot = c.bind(clause.name)

    def run(f: Frame) -> Iterator[None]:
        for _ in before(f):
            f.vars[slot] = value(f)
            yield

    return run


def _where(c: Compiler, clause: s.WhereClause, before: Stage, _first: int) -> Stage:
    test = boolean(c, clause.condition)

    def run(f: Frame) -> Iterator[None]:
        for _ in before(f):
            f.run.budget.step()
            if test(f):
                yield

    return run


def _count(c: Compiler, clause: s.CountClause, before: Stage, _first: int) -> Stage:
    slot = c.bind(clause.name)

    def run(f: Frame) -> Iterator[None]:
        for number, _ in enumerate(before(f), 1):
            f.vars[slot] = (number,)
            yield

    return run


_STAGES: dict[type, Any] = {
    s.ForClause: _for, s.LetClause: _let, s.WhereClause: _where, s.CountClause: _count,
    s.OrderByClause: order_by, s.GroupByClause: group_by, s.WindowClause: window,
}  # fmt: skip  # a table, by rows
TESTS: dict[type, Any] = {s.Flwor: flwor_test}
HANDLERS: dict[type, Any] = {s.Flwor: flwor}
__all__ = ["HANDLERS", "TESTS"]
