"""FLWOR expressions: each clause hands the tuples it makes to the next one.

Owner: xquery. Thread: any. A tuple is the set of slots of the frame at that moment; the clauses
that need all tuples at once (order by, group by) keep copies of the slots that the FLWOR binds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cmp_to_key
from math import isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery import values as v
from clacks_monitor.xquery.collations import Collation, find_collation
from clacks_monitor.xquery.dates import Moment
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.expressions import boolean, located
from clacks_monitor.xquery.functions import same_key
from clacks_monitor.xquery.operators import category, compare
from clacks_monitor.xquery.runtime import EMPTY, Code, Frame, Items, convert, described, one_atom
from clacks_monitor.xquery.types import matches, type_string

if TYPE_CHECKING:
    from clacks_monitor.xquery.scope import Compiler

# A stage takes a frame and yields once for each tuple, the frame's slots being the tuple.
Stage = Callable[[Frame], Iterator[None]]


def flwor(c: Compiler, node: s.Flwor) -> Code:
    outer = c.scope
    first_slot = c.slots
    stage: Stage = _single
    for clause in node.clauses:
        stage = _STAGES[type(clause)](c, clause, stage, first_slot)
    result = c.compile(node.result)
    c.scope = outer

    def run(f: Frame) -> Items:
        out: list[Any] = []
        budget = f.run.budget
        for _ in stage(f):
            budget.step()
            out.extend(result(f))
            budget.check_items(len(out))
        return out

    if all(isinstance(clause, s.LetClause) for clause in node.clauses):
        return _only_lets(c, node, outer)
    return run


def _only_lets(c: Compiler, node: s.Flwor, outer: dict[s.Name, int]) -> Code:
    # `let ... return` is the usual form of filters: no tuples, no generators.
    c.scope = outer
    bindings = []
    for clause in node.clauses:
        if isinstance(clause, s.LetClause):
            value = _let_value(c, clause)
            bindings.append((c.bind(clause.name), value))
    result = c.compile(node.result)
    c.scope = outer

    def run(f: Frame) -> Items:
        for slot, value in bindings:
            f.vars[slot] = value(f)
        return result(f)

    return run


def _single(_f: Frame) -> Iterator[None]:
    yield


def _check(items: Items, wanted: s.SequenceType | None) -> None:
    if wanted is not None and not matches(items, wanted):
        raise QueryError("XPTY0004", f"Expected {type_string(wanted)}, but got {described(items)}.")


def _for(c: Compiler, clause: s.ForClause, before: Stage, _first: int) -> Stage:
    source, wanted = c.compile(clause.source), clause.type
    c.check_type(wanted, clause.at)
    slot = c.bind(clause.name)
    position_slot = c.bind(clause.position) if clause.position is not None else None
    allowing, at = clause.allowing_empty, clause.at

    def run(f: Frame) -> Iterator[None]:
        for _ in before(f):
            found = source(f)
            if not found and allowing:
                _check(EMPTY, wanted)
                f.vars[slot] = EMPTY
                if position_slot is not None:
                    f.vars[position_slot] = (0,)
                yield
            for position, item in enumerate(found, 1):
                f.run.budget.step()
                if wanted is not None:
                    try:
                        _check((item,), wanted)
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
        _check(found, wanted)
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


# ---------------------------------------------------------------- order by
@dataclass(frozen=True, slots=True)
class _Key:
    code: Code
    descending: bool
    empty_least: bool
    collation: Collation


def _order_by(c: Compiler, clause: s.OrderByClause, before: Stage, first: int) -> Stage:
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

        def compared(a: tuple[list[Any], Any], b: tuple[list[Any], Any]) -> int:
            f.run.budget.step()
            for key, x, y in zip(keys, a[0], b[0], strict=True):
                found = _ordered(key, x, y)
                if found:
                    return -found if key.descending else found
            return 0

        try:
            _check_order_types(keys, tuples)
            tuples.sort(key=cmp_to_key(compared))
        except QueryError as error:
            error.at = at if error.at is None else error.at
            raise
        for _, values in tuples:
            f.vars[first:last] = values
            yield

    return run


def _order_value(items: Items) -> Any:
    value = one_atom(items, "A key of order by")
    return str(value) if isinstance(value, v.Untyped) else value


def _check_order_types(keys: list[_Key], tuples: list[tuple[list[Any], Any]]) -> None:
    # Each key's values must be of one kind even when the comparison would not meet them all.
    for i in range(len(keys)):
        kinds = {category(values[i]) for values, _ in tuples if values[i] is not None}
        if len(kinds) > 1 or kinds & {"QName", "gYear", "gMonth", "gDay", "gMonthDay", "gYearMonth"}:
            raise QueryError("XPTY0004", "These values cannot be put in order with each other.")


def _ordered(key: _Key, x: Any, y: Any) -> int:
    rank_x, rank_y = _rank(x, key.empty_least), _rank(y, key.empty_least)
    if rank_x != rank_y:
        return -1 if rank_x < rank_y else 1
    if x is None or (isinstance(x, float) and isnan(x)):
        return 0
    if compare("lt", x, y, key.collation):
        return -1
    return 1 if compare("gt", x, y, key.collation) else 0


def _rank(value: Any, empty_least: bool) -> int:  # noqa: FBT001 - private
    missing = value is None
    nan = isinstance(value, float) and isnan(value)
    if not missing and not nan:
        return 0
    rank = 2 if missing else 1
    return -rank if empty_least else rank


# ---------------------------------------------------------------- group by
def _group_by(c: Compiler, clause: s.GroupByClause, before: Stage, first: int) -> Stage:
    keys = []
    for key in clause.keys:
        c.check_type(key.type, key.at)
        if key.value is not None:
            value = c.compile(key.value)
        elif c.scope.get(key.name, -1) < first:
            raise QueryError("XQST0094", f"${key.name} is not bound in this expression.", at=key.at)
        else:
            value = c.compile(s.Variable(key.at, key.name))
        keys.append((value, c.bind(key.name), key.type, find_collation(key.collation)))
    last, at = c.slots, clause.at
    key_slots = {slot for _, slot, _, _ in keys}

    def run(f: Frame) -> Iterator[None]:
        groups: dict[object, tuple[list[Items], list[list[Any]]]] = {}
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
            same = tuple(_same(x, k[3]) for x, k in zip(values, keys, strict=True))
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
    value = one_atom(items, "A key of group by")
    if value is None:
        found: Items = EMPTY
    else:
        found = (str(value) if isinstance(value, v.Untyped) and wanted is None else value,)
    if wanted is not None:
        _check(found, wanted)
    return found


def _same(items: Items, collation: Collation | None) -> object:
    if not items:
        return None
    value = items[0]
    if isinstance(value, Moment):
        return (value.name, value.timeline())
    if isinstance(value, str):
        return ("s", collation.sort_key(str(value)) if collation else str(value))
    return (category(value), same_key(value))


# ---------------------------------------------------------------- windows
_Slots = tuple[int | None, int | None, int | None, int | None]


def _window(c: Compiler, clause: s.WindowClause, before: Stage, _first: int) -> Stage:
    source, wanted = c.compile(clause.source), clause.type
    c.check_type(wanted, clause.at)
    outer = c.scope
    start_slots, start = _window_condition(c, clause.start)
    inside = c.scope
    end_slots: _Slots = (None, None, None, None)
    end = None
    if clause.end is not None:
        end_slots, end = _window_condition(c, clause.end)
        inside = c.scope
    # The window's own variable is not in scope of the conditions.
    c.scope = {**inside} if outer is not inside else outer
    slot = c.bind(clause.name)
    sliding, only, at = clause.sliding, clause.only_end, clause.at

    def run(f: Frame) -> Iterator[None]:
        for _ in before(f):
            items = source(f)
            count = len(items)
            position = 0
            while position < count:
                f.run.budget.step()
                _set(f, start_slots, items, position)
                if not start(f):
                    position += 1
                    continue
                stop = _end_of(f, items, position, end, end_slots, start, start_slots)
                open_end = stop is None
                last = count - 1 if stop is None else stop
                _set(f, start_slots, items, position)
                _set(f, end_slots, items, last)
                if not (open_end and only and end is not None):
                    window = items[position : last + 1]
                    if wanted is not None and not matches(window, wanted):
                        raise QueryError("XPTY0004", f"Expected {type_string(wanted)}.", at=at)
                    f.vars[slot] = window
                    yield
                position = position + 1 if sliding else last + 1

    return run


def _window_condition(c: Compiler, condition: s.WindowCondition) -> tuple[_Slots, Callable[[Frame], bool]]:
    names = (condition.item, condition.position, condition.previous, condition.next)
    slots = tuple(c.bind(name) if name is not None else None for name in names)
    return (slots[0], slots[1], slots[2], slots[3]), boolean(c, condition.condition)


def _set(f: Frame, slots: _Slots, items: Items, position: int) -> None:
    item, at, previous, following = slots
    if item is not None:
        f.vars[item] = (items[position],)
    if at is not None:
        f.vars[at] = (position + 1,)
    if previous is not None:
        f.vars[previous] = (items[position - 1],) if position else EMPTY
    if following is not None:
        f.vars[following] = items[position + 1 : position + 2]


def _end_of(
    f: Frame,
    items: Items,
    position: int,
    end: Callable[[Frame], bool] | None,
    end_slots: _Slots,
    start: Callable[[Frame], bool],
    start_slots: _Slots,
) -> int | None:
    """The position of the window's last item; None when its end condition was never met."""
    if end is None:
        for other in range(position + 1, len(items)):
            f.run.budget.step()
            _set(f, start_slots, items, other)
            if start(f):
                return other - 1
        return len(items) - 1
    for other in range(position, len(items)):
        f.run.budget.step()
        _set(f, end_slots, items, other)
        if end(f):
            return other
    return None


_STAGES: dict[type, Any] = {
    s.ForClause: _for, s.LetClause: _let, s.WhereClause: _where, s.CountClause: _count,
    s.OrderByClause: _order_by, s.GroupByClause: _group_by, s.WindowClause: _window,
}  # fmt: skip
HANDLERS: dict[type, Any] = {s.Flwor: flwor}
__all__ = ["HANDLERS", "convert"]
