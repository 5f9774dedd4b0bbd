"""A query that is split, compiled: its parts, what they are folded to, and the final query.

Owner: xquery. Thread: any; states belong to the caller that folds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.module import compile_module
from clacks_monitor.xquery.datamodel.collations import CODEPOINT_COLLATION
from clacks_monitor.xquery.datamodel.equality import Equality
from clacks_monitor.xquery.datamodel.functions import Array
from clacks_monitor.xquery.datamodel.values import Untyped
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import atomize
from clacks_monitor.xquery.namespaces import CODEPOINT
from clacks_monitor.xquery.splitting.folding import Fold, atom_of_plain, plain_atom
from clacks_monitor.xquery.splitting.plan import Plan, QueryPart, final_module, plan_of, variable_of
from clacks_monitor.xquery.splitting.spreading import Spreading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from clacks_monitor.xquery.environment import Environment
    from clacks_monitor.xquery.evaluation.default_collection import Collection
    from clacks_monitor.xquery.evaluation.program import Program
    from clacks_monitor.xquery.limits import Limits
    from clacks_monitor.xquery.parsing.module import Parsed
    from clacks_monitor.xquery.splitting.folding import Plain
    from clacks_monitor.xquery.splitting.selecting import Needed


class FoldedPart:
    """The state of one part: groups by their keys, in the order of their first appearance."""

    def __init__(self, part: QueryPart) -> None:
        self._part = part
        self._groups: dict[tuple[object, ...], tuple[list[Any], list[Fold]]] = {}
        self._by_texts: dict[tuple[str | None, ...], list[Fold]] = {}
        self._equalities = [Equality(CODEPOINT_COLLATION) for _ in part.keys]
        if not part.keys:
            self._group([])

    def _group(self, keys: list[Any]) -> list[Fold]:
        """Return the aggregates of a group; a key is None where it is empty."""
        same = tuple(
            None if key is None else equality.key(key) for key, equality in zip(keys, self._equalities, strict=True)
        )
        found = self._groups.get(same)
        if found is None:
            found = self._groups[same] = (keys, [Fold(function) for function in self._part.functions])
        return found[1]

    def add(self, items: Iterable[Any]) -> None:
        """Add what the part's body yields."""
        if not self._part.keys:
            (fold,) = self._group([])
            for item in items:
                fold.add_all(atomize((item,)))
            return
        size = len(self._part.keys)
        for array in items:
            members = array.members
            folds = self._group([_key(member) for member in members[:size]])
            for fold, values in zip(folds, members[size:], strict=True):
                fold.add_all(values)

    def add_texts(self, keys: tuple[str | None, ...], values: Sequence[Sequence[str]]) -> None:
        """Add a tuple whose keys are strings, and whose values are untyped."""
        folds = self._by_texts.get(keys)
        if folds is None:
            folds = self._by_texts[keys] = self._group(list(keys))
        for fold, texts in zip(folds, values, strict=True):
            fold.add_texts(texts)

    def plain(self) -> Plain:
        """Return the state for a pipe."""
        return [
            ([None if key is None else plain_atom(key) for key in keys], [fold.plain() for fold in folds])
            for keys, folds in self._groups.values()
        ]

    def join(self, plain: Plain) -> None:
        """Add the state of a later part of the collection."""
        for keys, folds in plain:
            own = self._group([None if key is None else atom_of_plain(key) for key in keys])
            for fold, state in zip(own, folds, strict=True):
                fold.join(state)

    def result(self) -> Sequence[Any]:
        """Return what the part's variable stands for in the final query."""
        if not self._part.keys:
            return self._group([])[0].result()
        return [
            Array([[] if key is None else [key] for key in keys] + [fold.result() for fold in folds])
            for keys, folds in self._groups.values()
        ]


def _key(items: Sequence[Any]) -> Any:
    if len(items) > 1:
        raise QueryError(
            "XPTY0004", Message("{0} must be one item, not {1}.", Message("A key of group by"), len(items))
        )
    if not items:
        return None
    return str(items[0]) if isinstance(items[0], Untyped) else items[0]


def named(variables: Mapping[str, Sequence[Any]]) -> dict[s.Name, Sequence[Any]]:
    """Return values by the names of variables, which have no namespace."""
    return {s.Name("", name): items for name, items in variables.items()}


class Split:
    """The compiled parts of a query and its final query."""

    def __init__(self, module: s.Module, plan: Plan, parts: Sequence[Program], final: Program | None) -> None:
        self.module = module
        self.plan = plan
        self._parts = parts
        self._final = final

    def items(
        self, place: int, collection: Collection, variables: Mapping[str, Sequence[Any]], limits: Limits
    ) -> Iterator[Any]:
        """Yield what the body of a part gives for a collection; raises QueryError."""
        return self._parts[place].over_collection(collection, named(variables), limits)

    def final(
        self,
        results: Sequence[Sequence[Any]],
        collection: Collection,
        variables: Mapping[str, Sequence[Any]],
        limits: Limits,
    ) -> Iterator[Any]:
        """Yield the items of the query's result, from those of its parts; raises QueryError."""
        if self._final is None:
            raise AssertionError("a query that spreads has no final query")
        own = {variable_of(place): found for place, found in enumerate(results)}
        return self._final.over_collection(collection, {**named(variables), **own}, limits)


def split(parsed: Parsed, environment: Environment) -> Split | None:
    """Return a query split into parts, None where it can only be evaluated as a whole."""
    plan = plan_of(parsed.module, environment.labels, Spreading(environment.truths))
    if plan is not None and parsed.static.collation != CODEPOINT:
        plan = _without_tests(plan)
    if plan is None or plan.spread:
        return None if plan is None else Split(parsed.module, plan, (), None)
    try:
        parts = [
            compile_module(replace(parsed, module=replace(parsed.module, body=part.body)), environment)
            for part in plan.parts
        ]
        final = compile_module(replace(parsed, module=final_module(parsed.module, plan)), environment)
    except QueryError:
        return None
    return Split(parsed.module, plan, parts, final)


def _without_tests(plan: Plan) -> Plan:
    """Return a plan without what values must be: with another collation, other texts are equal to them."""

    def changed(needed: Needed) -> Needed:
        return replace(needed, tests=frozenset())

    parts = tuple(replace(part, needed=changed(part.needed)) for part in plan.parts)
    return replace(plan, needed=changed(plan.needed), parts=parts)
