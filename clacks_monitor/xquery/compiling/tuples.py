"""Clauses of FLWOR that need all tuples at once, or several items: order by, group by, windows.

Owner: xquery. Thread: any. These keep copies of the slots that the FLWOR expression binds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cmp_to_key
from math import isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.collations import CODEPOINT_COLLATION, Collation, find_collation
from clacks_monitor.xquery.datamodel.equality import Equality
from clacks_monitor.xquery.datamodel.operators import category, compare
from clacks_monitor.xquery.datamodel.types import matches, type_string
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import described, one_atom
from clacks_monitor.xquery.evaluation.frame import EMPTY, Code, Frame, Items

if TYPE_CHECKING:
    from clacks_monitor.xquery.compiling.scope import Compiler


# A stage takes a frame and yields once for each tuple, the frame's slots being the tuple.
Stage = Callable[[Frame], Iterator[None]]


def check(items: Items, wanted: s.SequenceType | None) -> None:
    """Raise XPTY0004 unless the items have the wanted type, if there is one."""
    if wanted is not None and not matches(items, wanted):
        raise QueryError("XPTY0004", Message("Expected {0}, but got {1}.", type_string(wanted), described(items)))


@dataclass(frozen=True, slots=True)
class _Key:
    code: Code
    descending: bool
    empty_least: bool
    collation: Collation


def order_by(c: Compiler, clause: s.OrderByClause, before: Stage, first: int) -> Stage:
    """Compile an order by clause."""
    keys = []
    for key in clause.keys:
        collation = find_collation(key.collation)
        if collation is None:
            raise AssertionError("the parser checks collations")
        keys.append(_Key(c.compile(key.key), key.descending, key.empty == "least", collation))
    last, at = c.slots, clause.at

    def run(f: Frame) -> Iterator[None]:
        tuples: list[tuple[list[Any], list[Any]]] = []
        for _ in before(f):
            f.run.budget.step()
            tuples.append(([_order_value(k.code(f)) for k in keys], f.vars[first:last]))
            f.run.budget.check_items(len(tuples))

        try:
            _check_order_types(keys, tuples)
            # From the last key to the first; each sort keeps the order that the one before made.
            for i in range(len(keys) - 1, -1, -1):
                _sort(tuples, i, keys[i], f)
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise
        for _, values in tuples:
            f.vars[first:last] = values
            yield

    return run


def _sort(tuples: list[tuple[list[Any], Any]], i: int, key: _Key, f: Frame) -> None:
    f.run.budget.spend(len(tuples))
    kinds = {type(values[i]) for values, _ in tuples}
    if kinds == {str} and key.collation.key is None:
        tuples.sort(key=lambda t: t[0][i], reverse=key.descending)
        return

    def compared(a: tuple[list[Any], Any], b: tuple[list[Any], Any]) -> int:
        f.run.budget.step()
        return _ordered(key, a[0][i], b[0][i])

    tuples.sort(key=cmp_to_key(compared), reverse=key.descending)


def _order_value(items: Items) -> Any:
    value = one_atom(items, Message("A key of order by"))
    return str(value) if isinstance(value, v.Untyped) else value


def _check_order_types(keys: list[_Key], tuples: list[tuple[list[Any], Any]]) -> None:
    # Each key's values must be of one kind even when the comparison would not meet them all.
    for i in range(len(keys)):
        kinds = {category(values[i]) for values, _ in tuples if values[i] is not None}
        if len(kinds) > 1 or kinds & {"QName", "gYear", "gMonth", "gDay", "gMonthDay", "gYearMonth"}:
            raise QueryError("XPTY0004", Message("These values cannot be put in order with each other."))


def _ordered(key: _Key, x: Any, y: Any) -> int:
    rank_x, rank_y = _rank(x, empty_least=key.empty_least), _rank(y, empty_least=key.empty_least)
    if rank_x != rank_y:
        return -1 if rank_x < rank_y else 1
    if x is None or (isinstance(x, float) and isnan(x)):
        return 0
    if compare("lt", x, y, key.collation):
        return -1
    return 1 if compare("gt", x, y, key.collation) else 0


def _rank(value: Any, *, empty_least: bool) -> int:
    missing = value is None
    nan = isinstance(value, float) and isnan(value)
    if not missing and not nan:
        return 0
    rank = 2 if missing else 1
    return -rank if empty_least else rank


def group_by(c: Compiler, clause: s.GroupByClause, before: Stage, first: int) -> Stage:
    """Compile a group by clause."""
    keys = []
    for key in clause.keys:
        c.check_type(key.type, key.at)
        if key.value is not None:
            value = c.compile(key.value)
        elif c.scope.get(key.name, -1) < first:
            raise QueryError("XQST0094", Message("${0} is not bound in this expression.", key.name), at=key.at)
        else:
            value = c.compile(s.Variable(key.at, key.name))
        keys.append((value, c.bind(key.name), key.type, find_collation(key.collation) or CODEPOINT_COLLATION))
    last, at = c.slots, clause.at
    key_slots = {slot for _, slot, _, _ in keys}

    def run(f: Frame) -> Iterator[None]:
        groups: dict[object, tuple[list[Items], list[list[Any]]]] = {}
        equalities = [Equality(collation) for _, _, _, collation in keys]
        for _ in before(f):
            f.run.budget.step()
            try:
                values: list[Items] = []
                for code, slot, wanted, _c in keys:
                    values.append(_group_value(code(f), wanted))
                    f.vars[slot] = values[-1]
            except QueryError as error:
                error.at = at if error.at is None else error.at
                raise
            same = tuple(e.key(x[0]) if x else None for x, e in zip(values, equalities, strict=True))
            groups.setdefault(same, (values, []))[1].append(f.vars[first:last])
        for values, members in groups.values():
            for slot in range(first, last):
                if slot not in key_slots:
                    f.vars[slot] = _joined(f, [m[slot - first] for m in members])
            for (_, slot, _, _), found in zip(keys, values, strict=True):
                f.vars[slot] = found
            yield

    return run


def _joined(f: Frame, parts: list[Any]) -> Items:
    out: list[Any] = []
    for part in parts:
        out.extend(part or ())
        f.run.budget.check_items(len(out))
    return out


def _group_value(items: Items, wanted: s.SequenceType | None) -> Items:
    value = one_atom(items, Message("A key of group by"))
    if value is None:
        found: Items = EMPTY
    else:
        found = (str(value) if isinstance(value, v.Untyped) and wanted is None else value,)
    if wanted is not None:
        check(found, wanted)
    return found
