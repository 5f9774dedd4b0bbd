"""Which documents a query can need: by the names and values of elements that it looks for. Pure; any thread.

A document without such an element contributes nothing; what is not understood may need any document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.analysis import required_names
from clacks_monitor.xquery.compiling.streams import is_collection, steps_of
from clacks_monitor.xquery.compiling.value_tests import named, of_items, of_tuples, tests_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.declared_fields import ValueTest

    Labels = Callable[[s.Expr, s.Expr], frozenset[str] | None]
    """What a condition wants a document's label to be, by an expression that is the document; None for any."""

_DOCUMENT = s.ContextItem(0)
_Names = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Needed:
    """Local names of the root's children of which a document must have one, and labels, None for any.

    ``tests`` are what its elements must meet besides.
    """

    names: frozenset[str] | None = None
    labels: frozenset[str] | None = None
    tests: frozenset[ValueTest] = frozenset()

    def both(self, other: Needed) -> Needed:
        """What both conditions need."""
        return Needed(_both(self.names, other.names), _both(self.labels, other.labels), self.tests | other.tests)


def _both(one: _Names, other: _Names) -> _Names:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def needed_by(node: s.Expr, labels: Labels) -> Needed:
    """Return what a document must have to contribute to an expression over a collection that spreads."""
    match node:
        case s.Sequence(_, (inner,)) | s.SimpleMap(_, inner, _):
            return needed_by(inner, labels)
        case s.Filter(_, base, predicate):
            own = _by_condition(predicate, {}, _DOCUMENT, labels) if _is_plain(base) else Needed()
            return needed_by(base, labels).both(own)
        case s.Path():
            base, around = steps_of(node)
            rest = _behind(around)
            return needed_by(base, labels).both(Needed(required_names(rest, {}), tests=of_items(rest, "", {})))
        case s.Flwor(_, clauses, _):
            return needed_by_clauses(clauses, labels)
    return Needed()


def _behind(around: list[s.Path]) -> s.Expr:
    """Return the path behind a collection, from one of its documents."""
    rest: s.Expr = _DOCUMENT
    for one in around:
        rest = s.Path(one.at, rest, one.right)
    return rest


def needed_by_clauses(clauses: tuple[s.Clause, ...], labels: Labels) -> Needed:
    """Return what a document must have to contribute to the tuples of FLWOR clauses that spread."""
    first, *rest = clauses
    if not isinstance(first, s.ForClause):
        return Needed()
    found = needed_by(first.source, labels)
    base, around = steps_of(first.source)
    if not first.allowing_empty and _is_plain(base):
        known = {first.name: named(_behind(around), "", {})}
        found = found.both(Needed(tests=of_tuples(tuple(rest), None, known)[0]))
    if around or not _is_plain(base):
        return found
    bound: dict[s.Name, s.Expr] = {first.name: _DOCUMENT}
    document = s.Variable(0, first.name)
    for clause in rest:
        if isinstance(clause, s.WhereClause):
            found = found.both(_by_condition(clause.condition, bound, document, labels))
        elif isinstance(clause, s.LetClause | s.ForClause):
            if clause.name in bound:
                break
            source = clause.value if isinstance(clause, s.LetClause) else clause.source
            if isinstance(clause, s.ForClause) and not clause.allowing_empty:
                found = found.both(Needed(required_names(source, bound)))
            if isinstance(source, s.Path | s.Step):
                bound[clause.name] = source
    return found


def _is_plain(base: s.Expr) -> bool:
    while isinstance(base, s.Filter):
        base = base.base
    return is_collection(base)


def _by_condition(condition: s.Expr, bound: dict[s.Name, s.Expr], document: s.Expr, labels: Labels) -> Needed:
    if isinstance(condition, s.And):
        left = _by_condition(condition.left, bound, document, labels)
        return left.both(_by_condition(condition.right, bound, document, labels))
    tests = tests_of(condition, "", {}) if document is _DOCUMENT else frozenset()
    return Needed(required_names(condition, bound), labels(condition, document), tests)
