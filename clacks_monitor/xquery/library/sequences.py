"""Sequences, truth, comparison of sequences.

Owner: xquery. Thread: any. Source: F&O 3.1, sections 7, 14 and 3.
"""

from __future__ import annotations

from math import floor, isinf, isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.collations import Collation, find_collation
from clacks_monitor.xquery.datamodel.equality import Equality
from clacks_monitor.xquery.datamodel.functions import Array, Function, Map
from clacks_monitor.xquery.datamodel.nodes import Node
from clacks_monitor.xquery.datamodel.operators import compare
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import atomize, effective_boolean_value
from clacks_monitor.xquery.library.table import function
from clacks_monitor.xquery.syntax import Name

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame, Items


def collation_of(f: Frame, uri: str | None) -> Collation:
    """The collation with this URI, or the default one; FOCH0002."""
    static = f.run.static
    found = find_collation(static.collation if uri is None else uri, static.base_uri)
    if found is None:
        raise QueryError("FOCH0002", Message("The collation '{0}' is not known.", uri))
    return found


@function("fn:true() as xs:boolean")
def _true(_f: Frame) -> bool:
    return True


@function("fn:false() as xs:boolean")
def _false(_f: Frame) -> bool:
    return False


@function("fn:not($arg as item()*) as xs:boolean")
def _not(_f: Frame, arg: Items) -> bool:
    return not effective_boolean_value(arg)


@function("fn:boolean($arg as item()*) as xs:boolean")
def _boolean(_f: Frame, arg: Items) -> bool:
    return effective_boolean_value(arg)


@function("fn:position() as xs:integer")
def _position(f: Frame) -> int:
    f.context()
    return f.position


@function("fn:last() as xs:integer")
def _last(f: Frame) -> int:
    f.context()
    return f.size


@function("fn:data($arg as item()*) as xs:anyAtomicType*", least=0, focus=True)
def _data(f: Frame, arg: Items | None = None) -> Items:
    return atomize((f.context(),) if arg is None else arg)


@function("fn:empty($arg as item()*) as xs:boolean")
def _empty(_f: Frame, arg: Items) -> bool:
    return not arg


@function("fn:exists($arg as item()*) as xs:boolean")
def _exists(_f: Frame, arg: Items) -> bool:
    return bool(arg)


@function("fn:count($arg as item()*) as xs:integer")
def _count(_f: Frame, arg: Items) -> int:
    return len(arg)


@function("fn:head($arg as item()*) as item()?")
def _head(_f: Frame, arg: Items) -> Items:
    return arg[:1]


@function("fn:tail($arg as item()*) as item()*")
def _tail(_f: Frame, arg: Items) -> Items:
    return arg[1:]


@function("fn:reverse($arg as item()*) as item()*")
def _reverse(_f: Frame, arg: Items) -> Items:
    return arg[::-1]


@function("fn:unordered($arg as item()*) as item()*")
def _unordered(_f: Frame, arg: Items) -> Items:
    return arg


@function("fn:insert-before($target as item()*, $at as xs:integer, $new as item()*) as item()*")
def _insert_before(f: Frame, target: Items, at: int, new: Items) -> Items:
    at = min(max(at - 1, 0), len(target))
    f.run.budget.check_items(len(target) + len(new))
    return [*target[:at], *new, *target[at:]]


@function("fn:remove($target as item()*, $position as xs:integer) as item()*")
def _remove(f: Frame, target: Items, position: int) -> Items:
    if not 1 <= position <= len(target):
        return target
    f.run.budget.check_items(len(target))
    return [*target[: position - 1], *target[position:]]


@function("fn:subsequence($source as item()*, $start as xs:double, $length as xs:double) as item()*", least=2)
def _subsequence(_f: Frame, source: Items, start: float, length: float | None = None) -> Items:
    low = rounded_half_up(start)
    high = float("inf") if length is None else low + rounded_half_up(length)
    if isnan(low) or isnan(high):
        return ()
    first = max(1.0, low)
    stop = min(high, float(len(source) + 1))
    return source[int(first) - 1 : int(stop) - 1] if stop > first else ()


def rounded_half_up(value: float) -> float:
    """fn:round of a double."""
    return value if isnan(value) or isinf(value) else float(floor(value + 0.5))


@function("fn:zero-or-one($arg as item()*) as item()?")
def _zero_or_one(_f: Frame, arg: Items) -> Items:
    if len(arg) > 1:
        raise QueryError("FORG0003", Message("Expected at most one item, but got {0}.", len(arg)))
    return arg


@function("fn:one-or-more($arg as item()*) as item()+")
def _one_or_more(_f: Frame, arg: Items) -> Items:
    if not arg:
        raise QueryError("FORG0004", Message("Expected at least one item."))
    return arg


@function("fn:exactly-one($arg as item()*) as item()")
def _exactly_one(_f: Frame, arg: Items) -> Items:
    if len(arg) != 1:
        raise QueryError("FORG0005", Message("Expected exactly one item, but got {0}.", len(arg)))
    return arg


@function("fn:distinct-values($arg as xs:anyAtomicType*, $collation as xs:string) as xs:anyAtomicType*", least=1)
def _distinct_values(f: Frame, arg: Items, collation: str | None = None) -> Items:
    if isinstance(arg, range):
        return arg
    equality = Equality(collation_of(f, collation))
    found: dict[object, Any] = {}
    for value in arg:
        f.run.budget.step()
        found.setdefault(equality.key(value), value)
    return list(found.values())


@function(
    "fn:index-of($seq as xs:anyAtomicType*, $search as xs:anyAtomicType, $collation as xs:string) as xs:integer*",
    least=2,
)
def _index_of(f: Frame, seq: Items, search: Any, collation: str | None = None) -> Items:
    by = collation_of(f, collation)
    return [i for i, value in enumerate(seq, 1) if equal(value, search, by)]


def equal(left: Any, right: Any, collation: Collation) -> bool:
    """``left eq right``, where values of different kinds are not equal."""
    try:
        return compare("eq", left, right, collation)
    except QueryError:
        return False


@function("fn:deep-equal($a as item()*, $b as item()*, $collation as xs:string) as xs:boolean", least=2)
def _deep_equal(f: Frame, a: Items, b: Items, collation: str | None = None) -> bool:
    return deep_equal(f, a, b, collation_of(f, collation))


def deep_equal(f: Frame, a: Items, b: Items, by: Collation) -> bool:
    """fn:deep-equal."""
    return len(a) == len(b) and all(_same_item(f, x, y, by) for x, y in zip(a, b, strict=True))


def _same_item(f: Frame, a: Any, b: Any, by: Collation) -> bool:
    f.run.budget.step()
    if isinstance(a, Node) or isinstance(b, Node):
        return isinstance(a, Node) and isinstance(b, Node) and _same_node(f, a, b, by)
    if isinstance(a, Map) and isinstance(b, Map):
        return a.data.keys() == b.data.keys() and all(
            deep_equal(f, value, b.data[key][1], by) for key, (_, value) in a.data.items()
        )
    if isinstance(a, Array) and isinstance(b, Array):
        return len(a.members) == len(b.members) and all(
            deep_equal(f, x, y, by) for x, y in zip(a.members, b.members, strict=True)
        )
    if isinstance(a, Function) or isinstance(b, Function):
        if isinstance(a, (Map, Array)) or isinstance(b, (Map, Array)):
            return False
        raise QueryError("FOTY0015", Message("Functions cannot be compared."))
    if isinstance(a, float) and isinstance(b, float) and isnan(a) and isnan(b):
        return True
    return equal(a, b, by)


def _same_node(f: Frame, a: Node, b: Node, by: Collation) -> bool:
    if a.kind != b.kind or a.local != b.local or a.uri != b.uri:
        return False
    if a.kind in ("element", "document-node"):
        if len(a.attributes) != len(b.attributes):
            return False
        others = {(x.uri, x.local): x.text for x in b.attributes}
        for x in a.attributes:
            other = others.get((x.uri, x.local))
            if other is None or by.compare(x.text, other):
                return False
        kids_a, kids_b = _content(a), _content(b)
        return len(kids_a) == len(kids_b) and all(_same_node(f, x, y, by) for x, y in zip(kids_a, kids_b, strict=True))
    f.run.budget.step()
    return by.compare(a.string_value, b.string_value) == 0


def _content(node: Node) -> list[Node]:
    return [k for k in node.kids if k.kind not in ("comment", "processing-instruction")]


@function("fn:error($code as xs:QName?, $description as xs:string, $object as item()*) as item()*", least=0)
def _error(_f: Frame, code: v.QName | None = None, text: str = "", value: Items = ()) -> None:
    name = code or v.QName("http://www.w3.org/2005/xqt-errors", "FOER0000", "err")
    error = QueryError(name.local, Message.verbatim(text))
    error.name = Name(name.uri, name.local, name.prefix)
    error.value = value
    raise error


@function("fn:trace($value as item()*, $label as xs:string) as item()*", least=1)
def _trace(_f: Frame, value: Items, _label: str = "") -> Items:
    return value
