"""A query as parts that are evaluated on parts of a collection, and a final query over their results.

Role: syntax tree -> plan. A part is an aggregate, or a FLWOR expression with ``group by`` in which grouped variables
are only aggregated. In the final query, an external variable stands for each part. Pure; any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.namespaces import CODEPOINT, FN_NS
from clacks_monitor.xquery.splitting.folding import FUNCTIONS
from clacks_monitor.xquery.splitting.rewriting import names_bound, names_used, rewritten
from clacks_monitor.xquery.splitting.selecting import Needed, needed_by, needed_by_clauses
from clacks_monitor.xquery.splitting.spreading import (
    Spreading,
    collections_in,
    roots_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from clacks_monitor.xquery.splitting.selecting import Labels

URI: Final = "urn:clacks:split"
"""The namespace of variables that stand for parts, which no query can name by accident."""


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One aggregate (without keys), or groups.

    ``body`` yields the items to aggregate, or for each tuple an array: the keys, then what each aggregate is of.
    ``functions`` are the aggregates. The rest is for those who know a shorter way: ``source`` is the expression over
    which it goes, ``variable`` that of a single ``for`` clause, ``arguments`` those of the aggregates;
    ``counts_documents`` says that each is the variable.
    """

    body: s.Expr
    functions: tuple[str, ...]
    keys: tuple[s.Expr, ...]
    needed: Needed
    source: s.Expr
    variable: s.Name | None = None
    counts_documents: bool = False
    arguments: tuple[s.Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """``spread``: the whole query is evaluated on each part of the collection, and ``parts`` is empty.

    Else ``final`` is its body with variables for the parts.
    """

    spread: bool
    needed: Needed
    parts: tuple[QueryPart, ...] = ()
    final: s.Expr | None = None


def plan_of(module: s.Module, labels: Labels, spreading: Spreading) -> Plan | None:
    """Return the plan of a query, None where it can only be evaluated as a whole."""
    whole = (module.body, *[v.value for v in module.variables if v.value is not None])
    bodies = [f.body for f in module.functions if f.body is not None]
    count = collections_in(*whole, *bodies)
    if module.context_item is not None or not count:
        return None
    if count == 1 and spreading.spreads(module.body):
        return Plan(spread=True, needed=needed_by(module.body, labels))
    if any(v.name in set(names_bound(module.body)) for v in module.variables):
        return None
    parts = _Parts(module, labels, spreading)
    final = rewritten(module.body, parts.replaced)
    if not parts.found:
        return None
    return Plan(spread=False, needed=Needed(), parts=tuple(parts.found), final=final)


class _Parts:
    """Collects the parts of a query, and puts variables in their places."""

    def __init__(self, module: s.Module, labels: Labels, spreading: Spreading) -> None:
        self._globals = {v.name for v in module.variables}
        self._labels = labels
        self._spreading = spreading
        self.found: list[QueryPart] = []

    def replaced(self, node: s.Expr) -> s.Expr | None:
        """Return what stands for an expression that is a part, None for others."""
        if isinstance(node, s.FunctionCall):
            return self._aggregate(node)
        return self._groups(node) if isinstance(node, s.Flwor) else None

    def _is_closed(self, node: s.Expr) -> bool:
        return names_used(node) <= self._globals | set(names_bound(node)) and collections_in(node) == 1

    def _aggregate(self, node: s.FunctionCall) -> s.Expr | None:
        if not _is_aggregate(node) or not self._spreading.spreads(node.arguments[0]) or not self._is_closed(node):
            return None
        source = node.arguments[0]
        body = s.FunctionCall(node.at, s.Name(FN_NS, "count"), (source,)) if node.name.local == "count" else source
        self.found.append(QueryPart(body, (node.name.local,), (), needed_by(source, self._labels), source))
        return self._variable(node.at)

    def _variable(self, at: int) -> s.Variable:
        return s.Variable(at, variable_of(len(self.found) - 1))

    def _groups(self, node: s.Flwor) -> s.Expr | None:
        place = next((i for i, one in enumerate(node.clauses) if isinstance(one, s.GroupByClause)), 0)
        before, after = node.clauses[:place], node.clauses[place + 1 :]
        if not before or not self._spreading.clauses_spread(before) or not self._is_closed(node):
            return None
        group = _Group.of(before, node.clauses[place], self._spreading)
        if group is None:
            return None
        rest = group.rewritten(after, node.result)
        if rest is None:
            return None
        arrays: tuple[s.Expr, ...] = tuple(s.FunctionCall(node.at, s.Name(FN_NS, "data"), (key,)) for key in group.keys)
        arrays += tuple(_taken(function, argument) for function, argument in group.aggregates)
        body = s.Flwor(node.at, before, s.ArrayConstructor(node.at, arrays, curly=False))
        first = before[0]
        source, variable = (first.source, first.name) if isinstance(first, s.ForClause) else (node, None)
        only = variable if len(before) == 1 else None
        functions = tuple(function for function, _argument in group.aggregates)
        alone = all(isinstance(taken, s.Variable) and taken.name == only for _function, taken in group.aggregates)
        arguments = tuple(argument for _function, argument in group.aggregates)
        needed = needed_by_clauses(before, self._labels)
        self.found.append(QueryPart(body, functions, group.keys, needed, source, only, alone, arguments))
        return group.final(node, self._variable(node.at), rest)


def variable_of(place: int) -> s.Name:
    """Return the name of the variable that stands for a part."""
    return s.Name(URI, f"part{place}")


def _is_aggregate(node: s.Expr) -> bool:
    return (
        isinstance(node, s.FunctionCall)
        and node.name.uri == FN_NS
        and node.name.local in FUNCTIONS
        and len(node.arguments) == 1
    )


def _taken(function: str, argument: s.Expr) -> s.Expr:
    """What an aggregate is of in one tuple: the number of items, or their atomic values."""
    return s.FunctionCall(argument.at, s.Name(FN_NS, "count" if function == "count" else "data"), (argument,))


_GROUP: Final = s.Name(URI, "group")


class _Group:
    """A ``group by`` clause, its variables, and the aggregates behind it."""

    def __init__(
        self,
        names: tuple[s.Name, ...],
        keys: tuple[s.Expr, ...],
        grouped: set[s.Name],
        spreads: Callable[[s.Expr, Collection[s.Name]], bool],
    ) -> None:
        self._names = names
        self.keys = keys
        self._grouped = grouped
        self._spreads = spreads
        self.aggregates: list[tuple[str, s.Expr]] = []

    @classmethod
    def of(cls, before: tuple[s.Clause, ...], clause: s.Clause, spreading: Spreading) -> _Group | None:
        """Return the group of a clause, None where its keys are more than codepoint strings, numbers and the like."""
        if not isinstance(clause, s.GroupByClause):
            return None
        bound = {one.name for one in before if isinstance(one, s.ForClause | s.LetClause)}
        if len(bound) < sum(isinstance(one, s.ForClause | s.LetClause) for one in before):
            return None
        if any(key.type is not None or key.collation != CODEPOINT for key in clause.keys):
            return None
        names = tuple(key.name for key in clause.keys)
        keys = tuple(s.Variable(key.at, key.name) if key.value is None else key.value for key in clause.keys)
        # A key sees the variables before the clause only: not the other keys of it.
        hidden = any(names_used(key) & set(names[:place]) for place, key in enumerate(keys))
        if hidden or len(set(names)) < len(names):
            return None
        return cls(
            names, keys, bound - set(names), partial(spreading.group_spreads, roots=roots_of(before) - set(names))
        )

    def rewritten(self, after: tuple[s.Clause, ...], result: s.Expr) -> tuple[tuple[s.Clause, ...], s.Expr] | None:
        """Return the clauses behind and the result with variables for aggregates; None where more is needed."""
        made: tuple[tuple[s.Clause, ...], s.Expr] = (
            rewritten(after, self._replaced),
            rewritten(result, self._replaced),
        )
        if (names_used(made) & self._grouped) or set(names_bound(made)) & (self._grouped | set(self._names)):
            return None
        return made

    def _replaced(self, node: s.Expr) -> s.Expr | None:
        if not isinstance(node, s.FunctionCall) or not _is_aggregate(node):
            return None
        argument = node.arguments[0]
        if not names_used(argument) & self._grouped or not self._spreads(argument, self._grouped):
            return None
        self.aggregates.append((node.name.local, argument))
        return s.Variable(node.at, s.Name(URI, f"aggregate{len(self.aggregates) - 1}"))

    def final(self, node: s.Flwor, groups: s.Variable, rest: tuple[tuple[s.Clause, ...], s.Expr]) -> s.Expr:
        """Return the FLWOR expression over the groups: arrays of the keys and aggregates."""
        at = node.at
        members = [*self._names, *(s.Name(URI, f"aggregate{i}") for i in range(len(self.aggregates)))]
        lets = tuple(
            s.LetClause(at, name, None, s.DynamicCall(at, s.Variable(at, _GROUP), (s.Literal(at, place),)))
            for place, name in enumerate(members, 1)
        )
        clauses = (s.ForClause(at, _GROUP, None, allowing_empty=False, position=None, source=groups), *lets, *rest[0])
        return s.Flwor(at, clauses, rest[1])


def final_module(module: s.Module, plan: Plan) -> s.Module:
    """Return the final query, in which the variables of parts are external."""
    declared = tuple(
        s.VariableDeclaration(variable_of(place), None, None, external=True, at=0) for place in range(len(plan.parts))
    )
    return replace(module, variables=(*module.variables, *declared), body=plan.final or module.body)
