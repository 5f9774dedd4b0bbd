"""A simple type of xmlschema as a `SimpleSpec`.

Role: kind, bounds, patterns and check of a type, from its facets. Owner: nobody, pure functions. Thread: any.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, Final, Literal

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.checks import checker, pattern_description
from clacks_monitor.forms.documentation import documentation_of
from clacks_monitor.forms.facets import (
    ENUMERATION,
    FRACTION_DIGITS,
    MAX_LENGTH,
    MIN_LENGTH,
    TOTAL_DIGITS,
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
"""Longer values are checked each time; memory stays bounded."""


def simple_spec(xsd: XsdSimpleType) -> SimpleSpec:
    """Describe a simple type."""
    builtin = _builtin(xsd)
    facets = Facets(xsd)
    kind = _kind(xsd, builtin, facets)
    item, members = _parts(xsd)
    draft = SimpleSpec(
        kind=kind,
        builtin=builtin,
        check=lambda _text: None,
        name=split_name(xsd.name or "")[1],
        documentation=documentation_of(xsd),
        choices=facets.choices(),
        bounds=facets.bounds(),
        patterns=tuple(facets.patterns()),
        pattern_description=_pattern_words(list(facets.patterns())),
        minimum_length=None if kind is Kind.QNAME else facets.length(MIN_LENGTH),
        maximum_length=None if kind is Kind.QNAME else facets.length(MAX_LENGTH),
        total_digits=facets.number(TOTAL_DIGITS),
        fraction_digits=facets.number(FRACTION_DIGITS),
        white_space=_white_space(xsd),
        item=item,
        members=members,
        prefixes=_prefixes(xsd, facets) if kind is Kind.QNAME or builtin in {"QName", "NOTATION"} else {},
    )
    return _with_check(draft, _remembering(checker(xsd, draft)))


def _remembering(check: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Answer for short values that were asked before: a key stroke asks for every field again."""
    remembered = lru_cache(maxsize=256)(check)
    return lambda text: remembered(text) if len(text) <= _SHORT else check(text)


def _with_check(draft: SimpleSpec, check: Callable[[str], str | None]) -> SimpleSpec:
    values = {name: getattr(draft, name) for name in SimpleSpec.__dataclass_fields__}
    return SimpleSpec(**(values | {"check": check}))


def _variety(xsd: Any) -> Literal["list", "union", "atomic"]:  # noqa: ANN401 - see facets.chain
    if xsd.is_list():
        return "list"
    return "union" if xsd.is_union() else "atomic"


def _builtin(xsd: Any) -> str:  # noqa: ANN401 - see facets.chain
    for step in chain(xsd):
        namespace, local = split_name(step.name or "")
        if namespace == XSD:
            return local
    return "string"


def _kind(xsd: Any, builtin: str, facets: Facets) -> Kind:  # noqa: ANN401 - see facets.chain
    if _variety(xsd) == "list":
        return Kind.LIST
    if facets.find(ENUMERATION) is not None:
        return Kind.ENUMERATION
    if _variety(xsd) == "union":
        return Kind.UNION
    return Kind.INTEGER if builtin in _INTEGERS else _KINDS.get(builtin, Kind.TEXT)


def _parts(xsd: Any) -> tuple[SimpleSpec | None, tuple[SimpleSpec, ...]]:  # noqa: ANN401 - see facets.chain
    """Item type of a list, member types of a union; the built-in lists restrict a list without name."""
    for step in whole_chain(xsd):
        item = getattr(step, "item_type", None)
        if item is not None and _variety(xsd) == "list":
            return simple_spec(item), ()
        members = getattr(step, "member_types", None)
        if members and _variety(xsd) == "union":
            return None, tuple(simple_spec(member) for member in members)
    return None, ()


def _white_space(xsd: Any) -> Literal["preserve", "replace", "collapse"]:  # noqa: ANN401 - see facets.chain
    found = getattr(xsd, "white_space", None)
    return found if found in {"preserve", "replace"} else "collapse"


def _prefixes(xsd: Any, facets: Facets) -> dict[str, str]:  # noqa: ANN401 - see facets.chain
    """Return what the prefixes of an enumeration of names mean in the schema."""
    del facets
    return {str(prefix): str(uri) for prefix, uri in xsd.schema.namespaces.items() if prefix and uri}


def _pattern_words(steps: list[tuple[str, ...]]) -> str:
    if not steps:
        return ""
    return reduce(lambda one, other: Message("{0}; and {1}", one, other), [pattern_description(step) for step in steps])
