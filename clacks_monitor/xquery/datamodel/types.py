"""Types of values: which atomic types there are, and whether a value matches a sequence type.

Owner: xquery. Thread: any. Source: XQuery 3.1, section 2.5.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.datamodel import dates as d
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.functions import Array, Function, Map
from clacks_monitor.xquery.datamodel.nodes import Node
from clacks_monitor.xquery.namespaces import XS_NS

if TYPE_CHECKING:
    from collections.abc import Sequence

# Each atomic type and the one it derives from.
_BASES: dict[str, str] = {
    "anyAtomicType": "anySimpleType", "untypedAtomic": "anyAtomicType", "string": "anyAtomicType",
    "boolean": "anyAtomicType", "decimal": "anyAtomicType", "integer": "decimal",
    "float": "anyAtomicType", "double": "anyAtomicType", "anyURI": "anyAtomicType",
    "QName": "anyAtomicType", "NOTATION": "anyAtomicType", "hexBinary": "anyAtomicType",
    "base64Binary": "anyAtomicType", "dateTime": "anyAtomicType", "dateTimeStamp": "dateTime",
    "date": "anyAtomicType", "time": "anyAtomicType", "gYear": "anyAtomicType",
    "gYearMonth": "anyAtomicType", "gMonthDay": "anyAtomicType", "gMonth": "anyAtomicType",
    "gDay": "anyAtomicType", "duration": "anyAtomicType", "yearMonthDuration": "duration",
    "dayTimeDuration": "duration", "numeric": "anyAtomicType", "error": "anySimpleType",
    **v.DERIVATIONS,
}  # fmt: skip  # a table, by rows
_OTHER_TYPES = frozenset(("anyType", "anySimpleType", "untyped", "NMTOKENS", "IDREFS", "ENTITIES", "error", "numeric"))

CLASSES: dict[str, type] = {
    "string": str, "boolean": bool, "decimal": Decimal, "integer": int, "double": float,
    "float": v.Float, "untypedAtomic": v.Untyped, "anyURI": v.AnyURI, "QName": v.QName,
    "hexBinary": v.HexBinary, "base64Binary": v.Base64Binary, "duration": d.Duration,
    "yearMonthDuration": d.YearMonthDuration, "dayTimeDuration": d.DayTimeDuration,
    "dateTimeStamp": d.DateTimeStamp, **{c.name: c for c in d.MOMENTS if c is not d.DateTimeStamp},
    **v.DERIVED,
}  # fmt: skip  # a table, by rows
_NAMES: dict[type, str] = {c: n for n, c in CLASSES.items()}


def _chain(name: str) -> frozenset[str]:
    found = [name]
    while found[-1] in _BASES:
        found.append(_BASES[found[-1]])
    if not {"decimal", "float", "double"}.isdisjoint(found):
        found.append("numeric")
    return frozenset(found)


ANCESTORS: dict[str, frozenset[str]] = {name: _chain(name) for name in (*_BASES, *_OTHER_TYPES)}
PRIMITIVES = frozenset(n for n, b in _BASES.items() if b == "anyAtomicType") - {"numeric"}
ATOMIC = frozenset(_BASES) - {"error"}


def is_known_type(local: str) -> bool:
    """Whether there is a type with this local name in the XML Schema namespace."""
    return local in ANCESTORS


def type_name(value: object) -> str:
    """The local name of an atomic value's type."""
    return _NAMES[type(value)]


def primitive(name: str) -> str:
    """The primitive type (or integer's: decimal) that an atomic type derives from."""
    while name not in PRIMITIVES:
        name = _BASES[name]
    return name


def atomic_matches(value: object, wanted: str) -> bool:
    """Whether an item is an instance of an atomic type."""
    name = _NAMES.get(type(value))
    return name is not None and wanted in ANCESTORS[name]


@lru_cache(maxsize=256)
def classes_of(wanted: str) -> frozenset[type]:
    """The classes of the values that are instances of an atomic type."""
    return frozenset(cls for cls, name in _NAMES.items() if wanted in ANCESTORS[name])


def matches(sequence: Sequence[object], wanted: s.SequenceType) -> bool:
    """SequenceType matching."""
    count = len(sequence)
    item = wanted.item
    if item is None:
        return count == 0
    if count == 0:
        return wanted.occurrence in ("?", "*")
    if count == 1:
        return item_matches(sequence[0], item)
    if wanted.occurrence not in ("*", "+"):
        return False
    return all(item_matches(value, item) for value in sequence)


def item_matches(value: object, test: s.ItemTest) -> bool:
    """Whether one item matches an item type."""
    match test:
        case s.AnyItemTest():
            return True
        case s.AtomicTest(name):
            return atomic_matches(value, name.local)
        case s.KindTest():
            return isinstance(value, Node) and kind_matches(value, test)
        case s.MapTest(key, content):
            return isinstance(value, Map) and (
                key is None
                or content is None
                or all(item_matches(k, key) and matches(x, content) for k, x in value.entries())
            )
        case s.ArrayTest(member):
            return isinstance(value, Array) and (member is None or all(matches(x, member) for x in value.members))
        case s.FunctionTest(arguments, result):
            return isinstance(value, Function) and _function_matches(value, arguments, result)


def _function_matches(
    value: Function, arguments: tuple[s.SequenceType, ...] | None, result: s.SequenceType | None
) -> bool:
    if arguments is None or result is None:
        return True
    if len(arguments) != value.arity:
        return False
    if isinstance(value, Map):
        return (
            item_subtype(arguments[0].item, s.AtomicTest(s.Name(XS_NS, "anyAtomicType")))
            and arguments[0].occurrence == ""
            and (result.occurrence in ("?", "*"))
            and all(matches(x, result) for _, x in value.entries())
        )
    if isinstance(value, Array):
        return subtype(arguments[0], s.SequenceType(s.AtomicTest(s.Name(XS_NS, "integer")))) and (
            all(matches(x, result) for x in value.members)
        )
    return subtype(value.result, result) and all(
        subtype(wanted, own) for wanted, own in zip(arguments, value.parameters, strict=True)
    )


def kind_matches(node: Node, test: s.KindTest) -> bool:
    """Whether a node passes a kind test."""
    kind = test.kind
    if kind == "node":
        return True
    if node.kind != kind:
        return False
    if test.inner is not None:
        elements = [k for k in node.kids if k.kind != "comment" and k.kind[0] != "p"]
        return len(elements) == 1 and kind_matches(elements[0], test.inner)
    name = test.name
    if name is not None and (name.local != node.local or (kind != "processing-instruction" and name.uri != node.uri)):
        return False
    if test.type is None:
        return True
    typed = (
        ("anyType", "untyped") if kind == "element" else ("anyType", "anySimpleType", "anyAtomicType", "untypedAtomic")
    )
    return test.type.local in typed


_COUNTS = {"": (1, 1), "?": (0, 1), "*": (0, 2), "+": (1, 2)}


def subtype(a: s.SequenceType, b: s.SequenceType) -> bool:
    """Whether every sequence of type ``a`` is one of type ``b``."""
    if a.item is None:
        return b.item is None or b.occurrence in ("?", "*")
    if b.item is None:
        return False
    low, high = _COUNTS[a.occurrence]
    least, most = _COUNTS[b.occurrence]
    return low >= least and high <= most and item_subtype(a.item, b.item)


def item_subtype(a: s.ItemTest | None, b: s.ItemTest | None) -> bool:
    """Whether every item of type ``a`` is one of type ``b``; XQuery 3.1, section 2.5.6.2."""
    if isinstance(b, s.AnyItemTest) or a == b:
        return True
    match a, b:
        case s.AtomicTest(x), s.AtomicTest(y):
            return y.local in ANCESTORS.get(x.local, ())
        case s.KindTest(), s.KindTest():
            return _kind_subtype(a, b)
        case _, s.FunctionTest(None, _):
            return isinstance(a, (s.FunctionTest, s.MapTest, s.ArrayTest))
        case s.MapTest(), s.MapTest(None, _):
            return True
        case s.MapTest(k1, v1), s.MapTest(k2, v2) if k1 and v1 and k2 and v2:
            return item_subtype(k1, k2) and subtype(v1, v2)
        case s.ArrayTest(), s.ArrayTest(None):
            return True
        case s.ArrayTest(m1), s.ArrayTest(m2) if m1 and m2:
            return subtype(m1, m2)
        case s.FunctionTest(a1, r1), s.FunctionTest(a2, r2) if a1 is not None and a2 is not None:
            return (
                len(a1) == len(a2)
                and r1 is not None
                and r2 is not None
                and subtype(r1, r2)
                and (all(subtype(y, x) for x, y in zip(a1, a2, strict=True)))
            )
        case s.MapTest(_, content), s.FunctionTest(a2, r2) if a2 is not None and r2 is not None:
            made = s.SequenceType(content.item, "*") if content and content.item else ANY
            return len(a2) == 1 and subtype(made, r2) and subtype(a2[0], ATOMIC_ONE)
        case s.ArrayTest(member), s.FunctionTest(a2, r2) if a2 is not None and r2 is not None:
            return len(a2) == 1 and subtype(member or ANY, r2) and subtype(a2[0], INTEGER_ONE)
    return False


def _kind_subtype(a: s.KindTest, b: s.KindTest) -> bool:
    if b.kind == "node":
        return True
    if a.kind != b.kind:
        return False
    if b.inner is not None:
        return a.inner is not None and _kind_subtype(a.inner, b.inner)
    if b.name is not None and a.name != b.name:
        return False
    return (
        b.type is None or (a.type is not None and b.type.local in ANCESTORS[a.type.local]) or b.type.local == "anyType"
    )


ANY = s.SequenceType(s.AnyItemTest(), "*")
ATOMIC_ONE = s.SequenceType(s.AtomicTest(s.Name(XS_NS, "anyAtomicType")))
INTEGER_ONE = s.SequenceType(s.AtomicTest(s.Name(XS_NS, "integer")))


def type_string(wanted: s.SequenceType) -> str:
    """Write a sequence type as queries do."""
    match wanted.item:
        case None:
            return "empty-sequence()"
        case s.AnyItemTest():
            text = "item()"
        case s.AtomicTest(name):
            text = f"xs:{name.local}"
        case s.KindTest(kind, name=name):
            text = f"{kind}({name.local if name and name.local else ''})"
        case s.MapTest():
            text = "map(*)"
        case s.ArrayTest():
            text = "array(*)"
        case _:
            text = "function(*)"
    return text + wanted.occurrence
