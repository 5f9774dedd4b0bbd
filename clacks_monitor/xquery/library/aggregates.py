"""Aggregates: sum, avg, max and min.

Owner: xquery. Thread: any. Source: F&O 3.1, section 14.4.
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import dates as d
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import cast
from clacks_monitor.xquery.datamodel.operators import calculate, category, compare, promoted
from clacks_monitor.xquery.datamodel.types import type_name
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.sequences import collation_of
from clacks_monitor.xquery.library.table import function

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame, Items


def _numbers(arg: Items) -> list[Any]:
    return [cast(x, "double") if isinstance(x, v.Untyped) else x for x in arg]


def _check_sum(values: list[Any]) -> None:
    kinds = {type_name(x) if isinstance(x, d.Duration) else category(x) for x in values}
    if len(kinds) > 1 or not kinds <= {"number", "yearMonthDuration", "dayTimeDuration"}:
        raise QueryError("FORG0006", Message("These values cannot be added."))


@function("fn:sum($arg as xs:anyAtomicType*, $zero as xs:anyAtomicType?) as xs:anyAtomicType?", least=1)
def _sum(f: Frame, arg: Items, *zero: Any) -> Any:
    if not arg:
        return zero[0] if zero else 0
    if isinstance(arg, range):
        return (arg[0] + arg[-1]) * len(arg) // 2
    values = _numbers(arg)
    _check_sum(values)
    total = values[0]
    for value in values[1:]:
        f.run.budget.step()
        total = calculate("+", total, value)
    return int(total) if isinstance(total, int) else total


@function("fn:avg($arg as xs:anyAtomicType*) as xs:anyAtomicType?")
def _avg(f: Frame, arg: Items) -> Any:
    if not arg:
        return None
    return calculate("div", _sum(f, arg), len(arg))


def _extreme(f: Frame, arg: Items, collation: str | None, op: str) -> Any:
    if not arg:
        return None
    values = _numbers(arg) if not isinstance(arg, range) else [arg[0], arg[-1]]
    by = collation_of(f, collation)
    kinds = {category(x) for x in values}
    if (
        len(kinds) > 1
        or kinds & {"QName", "hexbinary"}
        or any(isinstance(x, d.DateTimeValue) and x.name[0] == "g" for x in values)
    ):
        raise QueryError("FORG0006", Message("These values have no common order."))
    if kinds == {"number"}:
        return extreme_number(values, "max" if op == "gt" else "min")
    best = values[0]
    for value in values:
        f.run.budget.step()
        try:
            if compare(op, value, best, by):
                best = value
        except QueryError as error:
            raise QueryError("FORG0006", Message("These values have no common order.")) from error
    return str(best) if type(best) is v.AnyURI and any(type(x) is not v.AnyURI for x in values) else best


def extreme_number(values: list[Any], name: str) -> Any:
    """Return the ``max`` or ``min`` of numbers, in their common type where some are floating-point ones."""
    common = values[0]
    for value in values[1:]:
        common = promoted(common, value)[0] if type(value) is not type(common) else common
    # Integers and decimals are compared as they are: the one that is found keeps its own type.
    floats = isinstance(common, float) and len({type(x) for x in values}) > 1
    made = [promoted(x, common)[0] for x in values] if floats else values
    for value in made:
        if isinstance(value, float) and isnan(value):
            return value
    return (max if name == "max" else min)(made)


@function("fn:max($arg as xs:anyAtomicType*, $collation as xs:string) as xs:anyAtomicType?", least=1)
def _max(f: Frame, arg: Items, collation: str | None = None) -> Any:
    return _extreme(f, arg, collation, "gt")


@function("fn:min($arg as xs:anyAtomicType*, $collation as xs:string) as xs:anyAtomicType?", least=1)
def _min(f: Frame, arg: Items, collation: str | None = None) -> Any:
    return _extreme(f, arg, collation, "lt")
