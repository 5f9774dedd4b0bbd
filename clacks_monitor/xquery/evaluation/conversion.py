"""Atomization, the effective boolean value, and the function conversion rules.

Owner: xquery. Thread: any. Source: XQuery 3.1, sections 2.4.2, 2.4.3 and 3.1.5.2.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from math import isnan
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import cast
from clacks_monitor.xquery.datamodel.functions import Array, Function, Map
from clacks_monitor.xquery.datamodel.nodes import Element, Node
from clacks_monitor.xquery.datamodel.types import (
    ANY,
    atomic_matches,
    classes_of,
    item_matches,
    matches,
    type_name,
    type_string,
)
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.frame import Items, Run, call
from clacks_monitor.xquery.limits import Budget
from clacks_monitor.xquery.namespaces import XS_NS

if TYPE_CHECKING:
    from collections.abc import Sequence


Converter = Callable[[Items], Items]
"""Brings a sequence to a type, or raises QueryError."""

_ATOMS = classes_of("anyAtomicType")
_STRING = s.AtomicTest(s.Name(XS_NS, "string"))


_SIMPLE: dict[s.ItemTest, type] = {s.MapTest(): Map, s.ArrayTest(): Array, s.FunctionTest(): Function}


def wrong_number(function: Function, given: int, code: str = "XPTY0004") -> QueryError:
    """Return the error of a function that was given another number of arguments than it takes."""
    return QueryError(code, Message("Wrong number of arguments: {0} given, {1} expected.", given, function.arity))


def call_converted(function: Function, arguments: Sequence[Items], run: Run) -> Items:
    """Call a function item after the function conversion rules."""
    if len(arguments) != len(function.parameters):
        raise wrong_number(function, len(arguments))
    converters = function.converters
    if converters is None:
        converters = [converter(p) for p in function.parameters]
        if type(function) is Function:
            function.converters = converters
    return call(function, [to_type(a) for a, to_type in zip(arguments, converters, strict=True)], run)


def atom_of(item: Any) -> Any:
    """The typed value of a node, or the atomic value itself; not for functions."""
    if isinstance(item, Node):
        kind = item.kind
        if kind in ("comment", "processing-instruction", "namespace-node"):
            return item.string_value
        return v.Untyped(item.string_value)
    return item


def atomize(items: Items) -> list[Any]:
    """fn:data."""
    if isinstance(items, range):
        Budget().check_items(len(items))
        return list(items)
    out = []
    for item in items:
        if isinstance(item, Function):
            if not isinstance(item, Array):
                raise QueryError("FOTY0013", Message("A function or map has no atomic value."))
            for member in item.members:
                out += atomize(member)
        else:
            out.append(atom_of(item))
    return out


_A_VALUE: Final = Message("A value")


def one_atom(items: Items, what: Message = _A_VALUE) -> Any:
    """The single atomic value, None for the empty sequence; XPTY0004 for more."""
    if len(items) == 1:
        item = items[0]
        if type(item) in _ATOMS:
            return item
        if not isinstance(item, Function):
            return atom_of(item)
    found = atomize(items)
    if not found:
        return None
    if len(found) > 1:
        raise QueryError("XPTY0004", Message("{0} must be one item, not {1}.", what, len(found)))
    return found[0]


def effective_boolean_value(items: Items) -> bool:
    """Return the effective boolean value; raises FORG0006."""
    if not items:
        return False
    first = items[0]
    if isinstance(first, Node):
        return True
    if len(items) > 1:
        raise QueryError("FORG0006", Message("A sequence of several values is neither true nor false."))
    kind = type(first)
    if kind is bool:
        return bool(first)
    if isinstance(first, str):
        return first != ""
    if isinstance(first, (int, float, Decimal)):
        return bool(first) and not (isinstance(first, float) and isnan(first))
    raise QueryError("FORG0006", Message("This value is neither true nor false."))


def string_value(item: Any) -> str:
    """fn:string of one item."""
    if isinstance(item, Node):
        return item.string_value
    if isinstance(item, Function):
        raise QueryError("FOTY0014", Message("A function, map or array has no string value."))
    return v.string_of(item)


def convert(items: Items, wanted: s.SequenceType) -> Items:
    """The function conversion rules (XQuery 3.1, section 3.1.5.2)."""
    test = wanted.item
    if isinstance(test, s.AtomicTest):
        items = _convert_atomic(items, test.name.local)
    elif isinstance(test, s.FunctionTest) and test.arguments is not None:
        items = [_coerce(i, test) if isinstance(i, Function) else i for i in items]
        if all(isinstance(i, Function) for i in items) and _counted(items, wanted):
            return items
    if not matches(items, wanted):
        raise QueryError("XPTY0004", Message("Expected {0}, but got {1}.", type_string(wanted), described(items)))
    return items


@lru_cache(maxsize=1024)
def converter(wanted: s.SequenceType) -> Converter:
    """Return ``convert`` for one type, faster for values that have it already."""
    test, optional = wanted.item, wanted.occurrence in ("?", "*")
    if wanted == ANY:
        return lambda items: items
    if isinstance(test, s.AtomicTest):
        return _atomic_converter(wanted, classes_of(test.name.local), optional=optional)
    if isinstance(test, s.AnyItemTest) or test == s.KindTest("node"):
        least, most = (0 if optional else 1), (1 if wanted.occurrence in ("", "?") else None)
        any_item = isinstance(test, s.AnyItemTest)

        def counted(items: Items) -> Items:
            count = len(items)
            if (
                count >= least
                and (most is None or count <= most)
                and (any_item or all(isinstance(i, Node) for i in items))
            ):
                return items
            return convert(items, wanted)

        return counted
    simple = _SIMPLE.get(test) if isinstance(test, (s.MapTest, s.ArrayTest, s.FunctionTest)) else None
    if simple is not None:
        cls = simple
        return lambda items: items if len(items) == 1 and isinstance(items[0], cls) else convert(items, wanted)
    return lambda items: convert(items, wanted)


def _atomic_converter(wanted: s.SequenceType, accepted: frozenset[type], *, optional: bool) -> Converter:
    to_string = wanted.item == _STRING

    def run(items: Items) -> Items:
        if len(items) == 1:
            item = items[0]
            if type(item) in accepted:
                return items
            if to_string and isinstance(item, Element):
                return (item.string_value,)
        elif optional and not items:
            return items
        return convert(items, wanted)

    return run


def _counted(items: Items, wanted: s.SequenceType) -> bool:
    least = wanted.occurrence in ("", "+")
    most = wanted.occurrence in ("", "?")
    return not (least and not items) and not (most and len(items) > 1)


def described(items: Items) -> str:
    """Describe a sequence in a message."""
    if not items:
        return Message("nothing")
    if len(items) > 1:
        return Message("{0} items", len(items))
    item = items[0]
    if isinstance(item, Node):
        return f"{item.kind} {item.local}".strip()
    if isinstance(item, Function):
        return {Map: Message("a map"), Array: Message("an array")}.get(type(item), Message("a function"))
    return f"xs:{type_name(item)} '{v.string_of(item)[:40]}'"


def _convert_atomic(items: Items, wanted: str) -> Items:
    if len(items) == 1 and atomic_matches(items[0], wanted):
        return items
    found = atomize(items)
    for i, item in enumerate(found):
        if atomic_matches(item, wanted):
            continue
        if isinstance(item, v.Untyped):
            if wanted in ("QName", "NOTATION"):
                raise QueryError("XPTY0117", Message("Untyped data cannot become an xs:QName."))
            found[i] = cast(item, "double" if wanted == "numeric" else wanted)
        elif wanted == "double" and _is_number(item):
            found[i] = v.double(item)
        elif wanted == "float" and _is_number(item) and not isinstance(item, float):
            found[i] = v.Float(item)
        elif wanted == "string" and isinstance(item, v.AnyURI):
            found[i] = str(item)
    return found


def _is_number(item: Any) -> bool:
    return isinstance(item, (int, Decimal, float)) and not isinstance(item, bool)


def _coerce(function: Function, test: s.FunctionTest) -> Function:
    arguments, result = test.arguments or (), test.result
    if len(arguments) != function.arity:
        raise QueryError(
            "XPTY0004",
            Message(
                "Expected a function with another number of arguments: {0}, and not {1}.",
                len(arguments),
                function.arity,
            ),
        )
    if item_matches(function, test) and type(function) is Function:
        return function

    def coerced(given: Sequence[Items], run: Run) -> Items:
        found = call_converted(function, given, run)
        return found if result is None else convert(found, result)

    return Function(function.name, arguments, result or function.result, coerced)
