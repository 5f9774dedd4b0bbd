"""Checks a text against a simple type, with messages that name the expected value. Thread: any.

xmlschema decides, by the facet that a value violates; what only libxml2 can check (prefixes, very long durations) is
accepted here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from xmlschema import XMLSchemaException, XMLSchemaValidationError

from clacks_monitor.core.messages import Message, either
from clacks_monitor.forms import pattern
from clacks_monitor.forms.facets import (
    ENUMERATION,
    FRACTION_DIGITS,
    LENGTHS,
    MAX_LENGTH,
    MAXIMUM,
    MIN_LENGTH,
    MINIMUM,
    PATTERN,
    TOTAL_DIGITS,
)
from clacks_monitor.forms.lossless import XML_NAMESPACE
from clacks_monitor.forms.messages import describe_type
from clacks_monitor.forms.spec import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.forms.documentation import XmlSchemaObject
    from clacks_monitor.forms.spec import Bounds, SimpleSpec

__all__ = ["checker", "pattern_description"]

_LISTED: Final = 12
"""The most values of an enumeration in a message."""
_QNAME: Final = re.compile(r"(?:[^\W\d][\w.\-·]*:)?[^\W\d][\w.\-·]*")
_INTEGER_FORM: Final = re.compile(r"[+-]?[0-9]+")
_UNIT: Final = {
    Kind.LIST: (Message("item"), Message("items")),
    Kind.HEX: (Message("byte"), Message("bytes")),
    Kind.BASE64: (Message("byte"), Message("bytes")),
}


def checker(xsd: XmlSchemaObject, spec: SimpleSpec) -> Callable[[str], str | None]:
    """Return a function that returns the problem of a text, or None."""
    if spec.kind is Kind.QNAME or spec.builtin in {"QName", "NOTATION"}:
        return lambda text: _check_name(text, spec)
    names = _holds_names(spec)

    def check(text: str) -> str | None:
        normal = text if spec.white_space == "preserve" else " ".join(text.split())
        if spec.kind is Kind.INTEGER and not _INTEGER_FORM.fullmatch(normal):
            return Message("expected: {0}", _numbers(spec))
        problem = _wrong_item(spec, normal)
        if problem is not None or (names and any(member.check(text) is None for member in spec.members)):
            return problem
        return _validated(xsd, spec, text, normal, names=names)

    return check


def _wrong_item(spec: SimpleSpec, text: str) -> str | None:
    if spec.kind is Kind.LIST and spec.item is not None:
        for index, item in enumerate(text.split(), 1):
            problem = spec.item.check(item)
            if problem is not None:
                return Message("item {0}, {1}: {2}", index, repr(item), problem)
    return None


def _validated(
    xsd: XmlSchemaObject,
    spec: SimpleSpec,
    text: str,
    normal: str,
    *,
    names: bool,
) -> str | None:
    """Validate with xmlschema; of qualified ``names`` only the length of a list, because libxml2 resolves prefixes."""
    try:
        error = next(iter(xsd.iter_errors(text, namespaces=_prefixes_of(normal) if names else None)), None)
    except XMLSchemaValidationError as raised:
        error = raised
    except OverflowError:
        return None  # outside the range of Python's dates: libxml2 decides
    except (XMLSchemaException, ValueError, TypeError, ArithmeticError):
        return Message("expected: {0}", describe_type(spec.builtin))
    if error is None or (names and spec.item is not None and not isinstance(error.validator, LENGTHS)):
        return None
    return _facet_message(error, spec, normal)


def _holds_names(spec: SimpleSpec) -> bool:
    """Whether qualified names are among the items of a list or the members of a union."""
    parts = (*spec.members, *([spec.item] if spec.item is not None else []))
    return any(part.builtin in {"QName", "NOTATION"} or _holds_names(part) for part in parts)


def _prefixes_of(text: str) -> dict[str, str]:
    """Return a namespace for every prefix of a value: its declarations are only known in the document."""
    used = {name.partition(":")[0] for name in text.split() if ":" in name} - {"xmlns"}
    return {prefix: f"urn:prefix:{prefix}" for prefix in used} | {"xml": XML_NAMESPACE}


def _check_name(text: str, spec: SimpleSpec) -> str | None:
    name = text.strip()
    if not _QNAME.fullmatch(name):
        return Message("expected: {0}", describe_type(spec.builtin))
    return None


def _numbers(spec: SimpleSpec) -> str:
    """Describe an integer type with its bounds."""
    bounds = spec.bounds
    if bounds.minimum is None and bounds.maximum is None:
        return Message("a whole number")
    return Message("a whole number {0}", _range_text(bounds))


def _range_text(bounds: Bounds) -> str:
    low, high = bounds.minimum, bounds.maximum
    if low is not None and high is not None and not (bounds.minimum_excluded or bounds.maximum_excluded):
        return Message("from {0} to {1}", low, high)
    least = Message("greater than {0}", low) if bounds.minimum_excluded else Message("at least {0}", low)
    most = Message("less than {0}", high) if bounds.maximum_excluded else Message("at most {0}", high)
    if low is not None and high is not None:
        return Message("{0} and {1}", least, most)
    return least if low is not None else most if high is not None else ""


def _facet_message(error: XMLSchemaValidationError, spec: SimpleSpec, text: str) -> str:
    """Return a description of the expected value, from the facet that is violated."""
    facet: Any = error.validator
    if spec.kind is Kind.UNION and spec.members:
        facet = None
    if isinstance(facet, LENGTHS):
        return _length_message(facet, spec, text)
    if isinstance(facet, (*MINIMUM, *MAXIMUM)):
        return Message("must be {0}", _range_text(spec.bounds) or Message("another value"))
    if isinstance(facet, TOTAL_DIGITS):
        return Message("at most {0} digits are allowed", facet.value)
    if isinstance(facet, FRACTION_DIGITS):
        return Message("at most {0} digits are allowed after the decimal point", facet.value)
    return Message("expected: {0}", _expected_by(facet, spec))


def _expected_by(facet: XmlSchemaObject, spec: SimpleSpec) -> str:
    if isinstance(facet, PATTERN) and tuple(facet.regexps) in spec.patterns:
        return pattern_description(facet.regexps)
    if isinstance(facet, ENUMERATION):
        values = [item.value for item in spec.choices] or [str(value) for value in facet.enumeration]
        return _one_of(values)
    return _expected(spec)


def _one_of(values: list[str]) -> str:
    more = ["..."] if len(values) > _LISTED else []
    return Message("one of {0}", ", ".join([*values[:_LISTED], *more]))


def _expected(spec: SimpleSpec) -> str:
    if spec.kind is Kind.UNION and spec.members:
        return either(list(dict.fromkeys(_expected(item) for item in spec.members)))
    if spec.choices:
        return _one_of([item.value for item in spec.choices])
    if spec.kind is Kind.INTEGER:
        return _numbers(spec)
    if spec.kind is Kind.LIST and spec.item is not None:
        return Message("a list: {0}", _expected(spec.item))
    return spec.pattern_description or describe_type(spec.builtin)


def _length_message(facet: XmlSchemaObject, spec: SimpleSpec, text: str) -> str:
    one, many = _UNIT.get(spec.kind, (Message("character"), Message("characters")))
    count = int(facet.value)
    unit = one if count == 1 else many
    if spec.kind is Kind.LIST:
        has = len(text.split())
    elif spec.kind is Kind.HEX:
        has = len(text) // 2
    elif spec.kind is Kind.BASE64:
        bare = text.replace(" ", "").rstrip("=")
        has = len(bare) * 3 // 4
    else:
        has = len(text)
    if has == 0 and isinstance(facet, MIN_LENGTH):
        return Message("expected: at least {0} {1}", count, unit)
    if isinstance(facet, MIN_LENGTH):
        return Message("must have at least {0} {1}, has {2}", count, unit, has)
    if isinstance(facet, MAX_LENGTH):
        return Message("must have at most {0} {1}, has {2}", count, unit, has)
    return Message("must have exactly {0} {1}, has {2}", count, unit, has)


def pattern_description(patterns: Sequence[str]) -> str:
    """Describe patterns of which one has to match."""
    return either([pattern.describe_pattern(item) for item in patterns])
