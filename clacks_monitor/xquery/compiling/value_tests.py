"""Values that elements of an event must have for a query to be true: what an index of a store can be asked.

Conservative: of an expression that is not understood nothing is known. Pure; any thread.

A context is what the context item is: None where that may be outside the event, else the local name that elements have
for certain, "" for any node of the event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.declared_fields import ValueTest
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.namespaces import CODEPOINT, FN_NS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.xquery.parsing.module import Parsed

    Context = str | None
    Bound = Mapping[s.Name, Context]

Tests = frozenset[ValueTest]
NOTHING: Tests = frozenset()
_STRINGS = ("string", "data")


def value_tests_of(parsed: Parsed) -> Tests:
    """Return the tests that an event must pass for a query about one event to be true."""
    module = parsed.module
    valued = any(variable.value is not None for variable in module.variables)
    if module.functions or module.context_item is not None or valued or parsed.static.collation != CODEPOINT:
        return NOTHING
    return tests_of(module.body, "", {})


def tests_of(node: s.Expr, context: Context, bound: Bound) -> Tests:
    """Return what must hold for the effective boolean value of ``node`` to be true."""
    match node:
        case s.And(_, left, right):
            return tests_of(left, context, bound) | tests_of(right, context, bound)
        case s.Or(_, left, right):
            return _either(tests_of(left, context, bound), tests_of(right, context, bound))
        case s.Sequence(_, (inner,)):
            return tests_of(inner, context, bound)
        case s.FunctionCall(_, name, (argument,)) if name.uri == FN_NS and name.local in {"exists", "boolean"}:
            return tests_of(argument, context, bound)
        case s.GeneralComparison(_, operator, left, right):
            found = _of_pair(left, right, context, bound) if operator == "=" else NOTHING
            return found | of_items(left, context, bound) | of_items(right, context, bound)
        case s.ValueComparison(_, operator, left, right):
            found = _of_pair(left, right, context, bound) if operator == "eq" else NOTHING
            return found | of_items(left, context, bound) | of_items(right, context, bound)
        case s.Quantified(_, "some", bindings, condition):
            return _quantified(bindings, condition, context, bound)
    return of_items(node, context, bound)


def of_items(node: s.Expr, context: Context, bound: Bound) -> Tests:
    """Return what must hold for ``node`` to have any item."""
    return _items(node, context, bound)[0]


def _items(node: s.Expr, context: Context, bound: Bound) -> tuple[Tests, Context]:
    """Return what must hold for ``node`` to have any item, and what its items are: both in one walk along a path."""
    match node:
        case s.Sequence(_, (inner,)):
            return _items(inner, context, bound)
        case s.Path(_, left, right):
            found, between = _items(left, context, bound)
            more, last = _items(right, between, bound)
            return found | more, last
        case s.Step(_, _, _, predicates):
            inside = named(node, context, bound)
            return NOTHING.union(*(tests_of(predicate, inside, bound) for predicate in predicates)), inside
        case s.Filter(_, base, predicate):
            found, inside = _items(base, context, bound)
            return found | tests_of(predicate, inside, bound), inside
        case s.Flwor(_, clauses, _):
            return of_tuples(clauses, context, bound)[0], None
    return NOTHING, named(node, context, bound)


def of_tuples(clauses: tuple[s.Clause, ...], context: Context, bound: Bound) -> tuple[Tests, Bound]:
    """Return what must hold for FLWOR clauses to have a tuple, and what their variables are."""
    inner, found = dict(bound), NOTHING
    for clause in clauses:
        match clause:
            case s.ForClause(_, name, _, allowing_empty, position, source):
                if not allowing_empty:
                    found |= of_items(source, context, inner)
                inner[name] = named(source, context, inner)
                if position is not None:
                    inner[position] = None
            case s.LetClause(_, name, _, value):
                inner[name] = named(value, context, inner)
            case s.WhereClause(_, condition):
                found |= tests_of(condition, context, inner)
            case _:
                break
    return found, inner


def named(node: s.Expr, context: Context, bound: Bound) -> Context:
    """Return what the items of ``node`` are, as a context."""
    match node:
        case s.ContextItem():
            return context
        case s.Root():
            return None if context is None else ""
        case s.Step(_, axis, test, _):
            is_element = axis not in {"attribute", "namespace"} and isinstance(test, s.NameTest)
            local = test.local if is_element and isinstance(test, s.NameTest) else None
            return None if context is None else local or ""
        case s.Path(_, left, right):
            return named(right, named(left, context, bound), bound)
        case s.Filter(_, base, _) | s.Sequence(_, (base,)):
            return named(base, context, bound)
        case s.Variable(_, name):
            return bound.get(name)
        case s.FunctionCall(_, name, arguments) if name.uri == FN_NS and name.local in _STRINGS:
            return named(arguments[0], context, bound) if arguments else context
    return None


def _of_pair(left: s.Expr, right: s.Expr, context: Context, bound: Bound) -> Tests:
    for one, other in ((left, right), (right, left)):
        values, name = _strings(other), named(one, context, bound)
        # Without an element, string() gives "" as well.
        if values is not None and name and "" not in values:
            return frozenset((ValueTest(name, values),))
    return NOTHING


def _strings(node: s.Expr) -> frozenset[str] | None:
    items = node.items if isinstance(node, s.Sequence) else (node,)
    found = frozenset(item.value for item in items if isinstance(item, s.Literal) and isinstance(item.value, str))
    return found if len(found) == len(items) and found else None


def _either(one: Tests, other: Tests) -> Tests:
    """Return what holds where one of two conditions does: tests of the same name."""
    return frozenset(ValueTest(a.name, a.values | b.values) for a in one for b in other if a.name == b.name)


def _quantified(bindings: tuple[s.Binding, ...], condition: s.Expr, context: Context, bound: Bound) -> Tests:
    inner, found = dict(bound), NOTHING
    for binding in bindings:
        found |= of_items(binding.source, context, inner)
        inner[binding.name] = named(binding.source, context, inner)
    return found | tests_of(condition, context, inner)
