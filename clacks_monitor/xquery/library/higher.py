"""Functions on functions.

Owner: xquery. Thread: any. Source: F&O 3.1, section 16.
"""

from __future__ import annotations

from functools import cmp_to_key
from math import isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import cast
from clacks_monitor.xquery.datamodel.operators import compare
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import atomize, call_converted, wrong_number
from clacks_monitor.xquery.library.sequences import collation_of
from clacks_monitor.xquery.library.table import CallSite, function
from clacks_monitor.xquery.syntax import Name

if TYPE_CHECKING:
    from clacks_monitor.xquery.datamodel.collations import Collation
    from clacks_monitor.xquery.datamodel.functions import Array, Function
    from clacks_monitor.xquery.evaluation.frame import Frame, Items

_ITEMS = "item()*"


@function(f"fn:for-each($seq as {_ITEMS}, $action as function(item()) as item()*) as item()*")
def _for_each(f: Frame, seq: Items, action: Function) -> Items:
    out: list[Any] = []
    for item in seq:
        out.extend(call_converted(action, [(item,)], f.run))
        f.run.budget.check_items(len(out))
    return out


def one_boolean(items: Items) -> bool:
    """The xs:boolean that a predicate function must return."""
    found = atomize(items)
    if len(found) == 1 and isinstance(found[0], v.Untyped):
        return bool(cast(found[0], "boolean"))
    if len(found) != 1 or not isinstance(found[0], bool):
        raise QueryError("XPTY0004", Message("The function must return one xs:boolean."))
    return found[0]


@function("fn:filter($seq as item()*, $f as function(item()) as xs:boolean) as item()*")
def _filter(f: Frame, seq: Items, test: Function) -> Items:
    return [item for item in seq if one_boolean(call_converted(test, [(item,)], f.run))]


@function("fn:fold-left($seq as item()*, $zero as item()*, $f as function(item()*, item()) as item()*) as item()*")
def _fold_left(f: Frame, seq: Items, zero: Items, do: Function) -> Items:
    for item in seq:
        zero = call_converted(do, [zero, (item,)], f.run)
    return zero


@function("fn:fold-right($seq as item()*, $zero as item()*, $f as function(item(), item()*) as item()*) as item()*")
def _fold_right(f: Frame, seq: Items, zero: Items, do: Function) -> Items:
    for item in seq[::-1]:
        zero = call_converted(do, [(item,), zero], f.run)
    return zero


@function("fn:for-each-pair($a as item()*, $b as item()*, $f as function(item(), item()) as item()*) as item()*")
def _for_each_pair(f: Frame, a: Items, b: Items, do: Function) -> Items:
    out: list[Any] = []
    for x, y in zip(a, b, strict=False):
        out.extend(call_converted(do, [(x,), (y,)], f.run))
        f.run.budget.check_items(len(out))
    return out


@function("fn:apply($function as function(*), $array as array(*)) as item()*")
def _apply(f: Frame, do: Function, array: Array) -> Items:
    if len(array.members) != do.arity:
        raise wrong_number(do, len(array.members), "FOAP0001")
    return call_converted(do, array.members, f.run)


@function("fn:function-name($func as function(*)) as xs:QName?")
def _function_name(_f: Frame, func: Function) -> v.QName | None:
    name = func.name
    return None if name is None else v.QName(name.uri, name.local, name.prefix)


@function("fn:function-arity($func as function(*)) as xs:integer")
def _function_arity(_f: Frame, func: Function) -> int:
    return func.arity


def _lookup(site: CallSite) -> Any:
    def call(f: Frame, name: v.QName, arity: int) -> Function | None:
        try:
            make = site.function_item(Name(name.uri, name.local, name.prefix), arity)
        except QueryError:
            return None
        return None if make is None else make(f)

    return call


function("fn:function-lookup($name as xs:QName, $arity as xs:integer) as function(*)?", needs_site=True)(_lookup)


# ---------------------------------------------------------------- sorting
def sorted_by(f: Frame, pairs: list[tuple[list[Any], Any]], by: Collation) -> list[Any]:
    """The second parts, sorted by their atomized keys."""

    def compared(a: tuple[list[Any], Any], b: tuple[list[Any], Any]) -> int:
        f.run.budget.step()
        for x, y in zip(a[0], b[0], strict=False):
            found = _order(x, y, by)
            if found:
                return found
        return (len(a[0]) > len(b[0])) - (len(a[0]) < len(b[0]))

    return [item for _, item in sorted(pairs, key=cmp_to_key(compared))]


def _order(x: Any, y: Any, by: Collation) -> int:
    nan_x, nan_y = (isinstance(n, float) and isnan(n) for n in (x, y))
    if nan_x or nan_y:
        return nan_y - nan_x
    x, y = (str(n) if isinstance(n, v.Untyped) else n for n in (x, y))
    if compare("lt", x, y, by):
        return -1
    return 1 if compare("gt", x, y, by) else 0


@function(
    "fn:sort($input as item()*, $collation as xs:string?, $key as function(item()) as xs:anyAtomicType*) as item()*",
    least=1,
)
def _sort(f: Frame, given: Items, collation: str | None = None, key: Function | None = None) -> Items:
    by = collation_of(f, collation)
    pairs = [(atomize((i,) if key is None else call_converted(key, [(i,)], f.run)), i) for i in given]
    return sorted_by(f, pairs, by)
