"""Converts a simple type of xmlschema to a ``SimpleSpec``: kind, bounds, patterns and check. Thread: any."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Final, Literal

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.checks import checker, pattern_description
from clacks_monitor.forms.facets import (
    ENUMERATION,
    FRACTION_DIGITS,
    MAX_LENGTH,
    MIN_LENGTH,
    Facets,
    chain,
    whole_chain,
)
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.sources import XSD
from clacks_monitor.forms.spec import Kind, SimpleSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from xmlschema.validators import XsdSimpleType

    from clacks_monitor.forms.documentation import XmlSchemaObject

__all__ = ["simple_spec"]

_KINDS: Final = {
    "boolean": Kind.BOOLEAN,
    "decimal": Kind.DECIMAL,
    "float": Kind.FLOAT,
    "double": Kind.FLOAT,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.DATETIME,
    "duration": Kind.DURATION,
    "gYear": Kind.PARTIAL_DATE,
    "gYearMonth": Kind.PARTIAL_DATE,
    "gMonth": Kind.PARTIAL_DATE,
    "gMonthDay": Kind.PARTIAL_DATE,
    "gDay": Kind.PARTIAL_DATE,
    "hexBinary": Kind.HEX,
    "base64Binary": Kind.BASE64,
    "anyURI": Kind.URI,
    "QName": Kind.QNAME,
    "NOTATION": Kind.QNAME,
}
_INTEGERS: Final = frozenset(
    [
        *("integer", "long", "int", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    ]
)
_SHORT: Final = 200
"""Longer values are checked each time, so that memory stays bounded."""


def simple_spec(xsd: XsdSimpleType) -> SimpleSpec:
    """Describe a simple type."""
    builtin = _builtin(xsd)
    facets = Facets(xsd)
    kind = _kind(xsd, builtin, facets)
    item, members = _components(xsd)
    draft = SimpleSpec(
        kind=kind,
        builtin=builtin,
        check=lambda _text: None,
        choices=facets.choices(),
        bounds=facets.bounds(),
        patterns=tuple(facets.patterns()),
        pattern_description=_description(list(facets.patterns())),
        minimum_length=None if kind is Kind.QNAME else facets.length(MIN_LENGTH),
        maximum_length=None if kind is Kind.QNAME else facets.length(MAX_LENGTH),
        fraction_digits=facets.number(FRACTION_DIGITS),
        white_space=_white_space(xsd),
        item=item,
        members=members,
        prefixes=_prefixes(xsd) if kind is Kind.QNAME or builtin in {"QName", "NOTATION"} else {},
    )
    return replace(draft, check=_cached(checker(xsd, draft)))


def _cached(check: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Cache the results for short values: each key stroke checks every field again."""
    cached = lru_cache(maxsize=256)(check)
    return lambda text: cached(text) if len(text) <= _SHORT else check(text)


def _variety(xsd: XmlSchemaObject) -> Literal["list", "union", "atomic"]:
    if xsd.is_list():
        return "list"
    return "union" if xsd.is_union() else "atomic"


def _builtin(xsd: XmlSchemaObject) -> str:
    for step in chain(xsd):
        namespace, local = split_name(step.name or "")
        if namespace == XSD:
            return local
    return "string"


def _kind(xsd: XmlSchemaObject, builtin: str, facets: Facets) -> Kind:
    if _variety(xsd) == "list":
        return Kind.LIST
    if facets.find(ENUMERATION) is not None:
        return Kind.ENUMERATION
    if _variety(xsd) == "union":
        return Kind.UNION
    return Kind.INTEGER if builtin in _INTEGERS else _KINDS.get(builtin, Kind.TEXT)


def _components(xsd: XmlSchemaObject) -> tuple[SimpleSpec | None, tuple[SimpleSpec, ...]]:
    """Return the item type of a list, or the member types of a union.

    A built-in list type restricts an anonymous list.
    """
    for step in whole_chain(xsd):
        item = getattr(step, "item_type", None)
        if item is not None and _variety(xsd) == "list":
            return simple_spec(item), ()
        members = getattr(step, "member_types", None)
        if members and _variety(xsd) == "union":
            return None, tuple(simple_spec(member) for member in members)
    return None, ()


def _white_space(xsd: XmlSchemaObject) -> Literal["preserve", "replace", "collapse"]:
    found = getattr(xsd, "white_space", None)
    return found if found in {"preserve", "replace"} else "collapse"


def _prefixes(xsd: XmlSchemaObject) -> dict[str, str]:
    """Return the namespaces of the prefixes that the schema declares."""
    return {str(prefix): str(uri) for prefix, uri in xsd.schema.namespaces.items() if prefix and uri}


def _description(steps: list[tuple[str, ...]]) -> str:
    if not steps:
        return ""
    return reduce(lambda one, other: Message("{0}; and {1}", one, other), [pattern_description(step) for step in steps])
