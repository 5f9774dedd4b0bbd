"""What may be evaluated for parts of a collection, or of a group, with the results one behind the other.

Conservative: what is not understood is not split. Pure; any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.paths import is_boolean
from clacks_monitor.xquery.compiling.streams import calls, is_collection, steps_of, yields_documents
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from collections.abc import Collection

_DOWNWARDS = frozenset({"child", "attribute", "self"})


def collections_in(*nodes: object) -> int:
    """Return how often the default collection may be read, counting what might be a call of it."""
    return sum(
        isinstance(found, s.FunctionCall | s.FunctionReference)
        and found.name.uri == FN_NS
        and found.name.local in {"collection", "uri-collection", "function-lookup", "apply"}
        for node in nodes
        for found in s.walk(node)
    )


class Spreading:
    """Finds what spreads. ``truths`` are functions, not of F&O, whose results are not numbers, and so no positions."""

    def __init__(self, truths: Collection[s.Name] = ()) -> None:
        self._truths = truths

    def is_test(self, node: s.Expr) -> bool:
        """Whether a predicate is true or false by itself, whatever the position is."""
        if isinstance(node, s.Path):
            return isinstance(node.right, s.Step) and not calls(node.left, "position", "last")
        if isinstance(node, s.FunctionCall) and node.name in self._truths:
            return True
        return is_boolean(node)

    def spreads(self, node: s.Expr) -> bool:
        """Whether a query over a collection is the same as that over its parts, the results one behind the other."""
        match node:
            case s.Sequence(_, (inner,)):
                return self.spreads(inner)
            case s.Path():
                base, around = steps_of(node)
                steps = all(isinstance(one.right, s.Step) or not calls(one.right, "position", "last") for one in around)
                return steps and yields_documents(base) and self.spreads(base)
            case s.Filter(_, base, predicate):
                return self.spreads(base) and self.is_test(predicate)
            case s.SimpleMap(_, left, right):
                return self.spreads(left) and not calls(right, "position", "last")
            case s.Flwor(_, clauses, _):
                return self.clauses_spread(clauses)
        return is_collection(node)

    def clauses_spread(self, clauses: tuple[s.Clause, ...]) -> bool:
        """Whether FLWOR clauses make tuples document by document."""
        first, *rest = clauses
        if not isinstance(first, s.ForClause) or first.allowing_empty or first.position is not None:
            return False
        return self.spreads(first.source) and all(
            isinstance(one, s.ForClause | s.LetClause | s.WhereClause) for one in rest
        )

    def group_spreads(self, node: s.Expr, grouped: Collection[s.Name], roots: Collection[s.Name]) -> bool:
        """Whether an expression of grouped variables is that of each tuple, the results one behind the other.

        ``roots`` are those whose nodes differ, and do not contain each other, from tuple to tuple: only behind them a
        path finds no node twice.
        """
        match node:
            case s.Variable(_, name):
                return name in grouped
            case s.Path():
                base, around = steps_of(node)
                if isinstance(base, s.Filter):
                    base = base.base if self.is_test(base.predicate) else base
                steps = all(isinstance(one.right, s.Step) for one in around)
                return steps and isinstance(base, s.Variable) and base.name in roots
            case s.Filter(_, base, predicate):
                return self.is_test(predicate) and self.group_spreads(base, grouped, roots)
            case s.SimpleMap(_, left, right):
                return self.group_spreads(left, grouped, roots) and not calls(right, "position", "last")
        return False


def roots_of(clauses: tuple[s.Clause, ...]) -> set[s.Name]:
    """Return the variables whose nodes are apart from each other in all tuples: behind one ``for`` only."""
    first, *rest = clauses
    if not isinstance(first, s.ForClause) or any(isinstance(one, s.ForClause) for one in rest):
        return set()
    found = {first.name} if _apart(first.source) else set()
    for clause in rest:
        if isinstance(clause, s.LetClause):
            base, around = steps_of(clause.value)
            if (
                isinstance(base, s.Variable)
                and base.name in found
                and all(isinstance(one.right, s.Step) and one.right.axis in _DOWNWARDS for one in around)
            ):
                found.add(clause.name)
    return found


def _apart(source: s.Expr) -> bool:
    base, around = steps_of(source)
    return yields_documents(base) and all(
        isinstance(one.right, s.Step) and one.right.axis in _DOWNWARDS for one in around
    )
