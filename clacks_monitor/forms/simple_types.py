"""A simple type of xmlschema as a `SimpleSpec`.

Role: finds the facets along a type's derivation. Owner: nobody, pure functions. Thread: any.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any, Final, Literal

from xmlschema.validators import (
    XsdEnumerationFacets,
    XsdFractionDigitsFacet,
    XsdLengthFacet,
    XsdMaxExclusiveFacet,
    XsdMaxInclusiveFacet,
    XsdMaxLengthFacet,
    XsdMinExclusiveFacet,
    XsdMinInclusiveFacet,
    XsdMinLengthFacet,
    XsdPatternFacets,
    XsdTotalDigitsFacet,
)

from clacks_monitor.core.words import say
from clacks_monitor.forms.checks import checker, pattern_words
from clacks_monitor.forms.documentation import documentation_in, documentation_of
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.sources import XSD
from clacks_monitor.forms.spec import Bounds, ChoiceValue, Kind, SimpleSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    facets = _Facets(xsd)
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
        pattern_words=_pattern_words(list(facets.patterns())),
        minimum_length=facets.length(XsdMinLengthFacet, kind),
        maximum_length=facets.length(XsdMaxLengthFacet, kind),
        total_digits=facets.number(XsdTotalDigitsFacet),
        fraction_digits=facets.number(XsdFractionDigitsFacet),
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


def _chain(xsd: Any) -> Iterator[Any]:  # noqa: ANN401 - xmlschema's classes share no public base
    """Return the type and what it restricts, the built-in type last."""
    step = xsd
    while step is not None:
        yield step
        if step.name and split_name(step.name)[0] == XSD:
            return
        step = _base(step)


def _whole_chain(xsd: Any) -> Iterator[Any]:  # noqa: ANN401 - see _chain
    """Go on down to the first of the built-in types: their bounds add up."""
    step = xsd
    while step is not None:
        yield step
        step = _base(step)


def _base(xsd: Any) -> Any:  # noqa: ANN401 - see _chain
    """Return what a type restricts; of a complex type its simple content."""
    base = getattr(xsd, "base_type", None)
    return base if base is None or base.is_simple() else base.simple_type


def _variety(xsd: Any) -> Literal["list", "union", "atomic"]:  # noqa: ANN401 - see _chain
    if xsd.is_list():
        return "list"
    return "union" if xsd.is_union() else "atomic"


def _builtin(xsd: Any) -> str:  # noqa: ANN401 - see _chain
    for step in _chain(xsd):
        namespace, local = split_name(step.name or "")
        if namespace == XSD:
            return local
    return "string"


def _kind(xsd: Any, builtin: str, facets: _Facets) -> Kind:  # noqa: ANN401 - see _chain
    if _variety(xsd) == "list":
        return Kind.LIST
    if facets.find(XsdEnumerationFacets) is not None:
        return Kind.ENUMERATION
    if _variety(xsd) == "union":
        return Kind.UNION
    return Kind.INTEGER if builtin in _INTEGERS else _KINDS.get(builtin, Kind.TEXT)


def _parts(xsd: Any) -> tuple[SimpleSpec | None, tuple[SimpleSpec, ...]]:  # noqa: ANN401 - see _chain
    """Item type of a list, member types of a union; the built-in lists restrict a list without name."""
    for step in _whole_chain(xsd):
        item = getattr(step, "item_type", None)
        if item is not None and _variety(xsd) == "list":
            return simple_spec(item), ()
        members = getattr(step, "member_types", None)
        if members and _variety(xsd) == "union":
            return None, tuple(simple_spec(member) for member in members)
    return None, ()


def _white_space(xsd: Any) -> Literal["preserve", "replace", "collapse"]:  # noqa: ANN401 - see _chain
    found = getattr(xsd, "white_space", None)
    return found if found in {"preserve", "replace"} else "collapse"


def _prefixes(xsd: Any, facets: _Facets) -> dict[str, str]:  # noqa: ANN401 - see _chain
    """Return what the prefixes of an enumeration of names mean in the schema."""
    del facets
    return {str(prefix): str(uri) for prefix, uri in xsd.schema.namespaces.items() if prefix and uri}


def _pattern_words(steps: list[tuple[str, ...]]) -> str:
    if not steps:
        return ""
    return reduce(lambda one, other: say("{0}; and {1}", one, other), [pattern_words(step) for step in steps])


class _Facets:
    """The facets that hold for a type: those of each step, the most derived first."""

    def __init__(self, xsd: Any) -> None:  # noqa: ANN401 - see _chain
        chain = list(_chain(xsd))
        self.whole = [getattr(step, "facets", None) or {} for step in _whole_chain(xsd)]
        self.steps = [getattr(step, "facets", None) or {} for step in chain]
        self.own = [
            facets for step, facets in zip(chain, self.steps, strict=True) if split_name(step.name or "")[0] != XSD
        ]

    def find(self, *classes: type[Any]) -> Any:  # noqa: ANN401 - facets share no public base
        """Return the nearest facet of one of these classes."""
        return _nearest(self.steps, *classes)

    def number(self, facet_class: type[Any]) -> int | None:
        found = self.find(facet_class)
        return None if found is None else int(found.value)

    def length(self, facet_class: type[Any], kind: Kind) -> int | None:
        if kind is Kind.QNAME:
            return None
        found = self.find(facet_class, XsdLengthFacet)
        return None if found is None else int(found.value)

    def patterns(self) -> Iterator[tuple[str, ...]]:
        """Patterns of the schema's own types; a built-in type has its own words."""
        for step in self.own:
            for facet in step.values():
                if isinstance(facet, XsdPatternFacets):
                    yield tuple(facet.regexps)

    def choices(self) -> tuple[ChoiceValue, ...]:
        found = self.find(XsdEnumerationFacets)
        if found is None:
            return ()
        elements = (found[index] for index in range(len(found)))
        return tuple(ChoiceValue(item.get("value", ""), documentation_in(item)) for item in elements)

    def bounds(self) -> Bounds:
        low = _nearest(self.whole, XsdMinInclusiveFacet, XsdMinExclusiveFacet)
        high = _nearest(self.whole, XsdMaxInclusiveFacet, XsdMaxExclusiveFacet)
        return Bounds(
            None if low is None else _limit(low),
            None if high is None else _limit(high),
            isinstance(low, XsdMinExclusiveFacet),
            isinstance(high, XsdMaxExclusiveFacet),
        )


def _nearest(steps: list[Any], *classes: type[Any]) -> Any:  # noqa: ANN401 - facets share no public base
    for step in steps:
        for facet in step.values():
            if isinstance(facet, classes):
                return facet
    return None


def _limit(facet: Any) -> str:  # noqa: ANN401 - facets share no public base
    elem = getattr(facet, "elem", None)
    written = elem.get("value") if elem is not None else None
    return str(facet.value) if written is None else written.strip()
