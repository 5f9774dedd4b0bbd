"""The facets of a simple type, collected along its derivation. Thread: any.

Only this module uses xmlschema's facet classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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

from clacks_monitor.forms.documentation import XmlSchemaObject, documentation_in
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.sources import XSD
from clacks_monitor.forms.spec import Bounds, ChoiceValue

if TYPE_CHECKING:
    from collections.abc import Iterator

ENUMERATION: Final = XsdEnumerationFacets
PATTERN: Final = XsdPatternFacets
LENGTH: Final = XsdLengthFacet
MIN_LENGTH: Final = XsdMinLengthFacet
MAX_LENGTH: Final = XsdMaxLengthFacet
LENGTHS: Final = (LENGTH, MIN_LENGTH, MAX_LENGTH)
TOTAL_DIGITS: Final = XsdTotalDigitsFacet
FRACTION_DIGITS: Final = XsdFractionDigitsFacet
MINIMUM: Final = (XsdMinInclusiveFacet, XsdMinExclusiveFacet)
MAXIMUM: Final = (XsdMaxInclusiveFacet, XsdMaxExclusiveFacet)


def chain(xsd: XmlSchemaObject) -> Iterator[XmlSchemaObject]:
    """Return the type and what it restricts, the built-in type last."""
    step = xsd
    while step is not None:
        yield step
        if step.name and split_name(step.name)[0] == XSD:
            return
        step = _base(step)


def whole_chain(xsd: XmlSchemaObject) -> Iterator[XmlSchemaObject]:
    """Return the same down to the first built-in type: their bounds add up."""
    step = xsd
    while step is not None:
        yield step
        step = _base(step)


def _base(xsd: XmlSchemaObject) -> XmlSchemaObject:
    """Return the base type; of a complex type its simple content."""
    base = getattr(xsd, "base_type", None)
    return base if base is None or base.is_simple() else base.simple_type


class Facets:
    """The facets that apply to a type: those of each derivation step, the most derived first."""

    def __init__(self, xsd: XmlSchemaObject) -> None:
        steps = list(chain(xsd))
        self.whole = [getattr(step, "facets", None) or {} for step in whole_chain(xsd)]
        self.steps = [getattr(step, "facets", None) or {} for step in steps]
        self.own = [
            facets for step, facets in zip(steps, self.steps, strict=True) if split_name(step.name or "")[0] != XSD
        ]

    def find(self, *classes: type[Any]) -> XmlSchemaObject:
        """Return the nearest facet of one of these classes."""
        return _nearest(self.steps, *classes)

    def number(self, facet_class: type[Any]) -> int | None:
        """Return the value of the nearest facet of a class, None without one."""
        found = self.find(facet_class)
        return None if found is None else int(found.value)

    def length(self, facet_class: type[Any]) -> int | None:
        """Return the least or greatest length; an exact one is both."""
        found = self.find(facet_class, LENGTH)
        return None if found is None else int(found.value)

    def patterns(self) -> Iterator[tuple[str, ...]]:
        """Yield the patterns of the schema's own types; a built-in type has its own description."""
        for step in self.own:
            for facet in step.values():
                if isinstance(facet, PATTERN):
                    yield tuple(facet.regexps)

    def choices(self) -> tuple[ChoiceValue, ...]:
        """Return the values of an enumeration, each with its documentation."""
        found = self.find(ENUMERATION)
        if found is None:
            return ()
        elements = (found[index] for index in range(len(found)))
        return tuple(ChoiceValue(item.get("value", ""), documentation_in(item)) for item in elements)

    def bounds(self) -> Bounds:
        """Return the bounds of a number or time, as the schema writes them."""
        low = _nearest(self.whole, *MINIMUM)
        high = _nearest(self.whole, *MAXIMUM)
        return Bounds(
            None if low is None else _limit(low),
            None if high is None else _limit(high),
            isinstance(low, MINIMUM[1]),
            isinstance(high, MAXIMUM[1]),
        )


def _nearest(steps: list[Any], *classes: type[Any]) -> XmlSchemaObject:
    for step in steps:
        for facet in step.values():
            if isinstance(facet, classes):
                return facet
    return None


def _limit(facet: XmlSchemaObject) -> str:
    elem = getattr(facet, "elem", None)
    written = elem.get("value") if elem is not None else None
    return str(facet.value) if written is None else written.strip()
