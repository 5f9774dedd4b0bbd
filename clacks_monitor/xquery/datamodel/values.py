"""Atomic values of queries, where Python's own types do not suffice.

Owner: xquery. Thread: any; values never change. bool, int, Decimal, float and str are xs:boolean,
xs:integer, xs:decimal, xs:double and xs:string; a subclass here is a derived or related type.
``name`` is the local name of the type in the XML Schema namespace.
"""

from __future__ import annotations

import base64
import struct
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Context, Decimal
from math import copysign, inf, isinf, isnan
from typing import Self

# Enough for the mantissa that the F&O tests compute with, and bounded.
# Doubles below this are written without an exponent.
_PLAIN_TO = Decimal(1000000)
DECIMALS = Context(prec=60, rounding=ROUND_DOWN)


class Untyped(str):
    """xs:untypedAtomic."""

    __slots__ = ()
    name = "untypedAtomic"


class AnyURI(str):
    """xs:anyURI."""

    __slots__ = ()
    name = "anyURI"


def double(value: float | str | Decimal) -> float:
    """Return the nearest xs:double; a number beyond all of them is an infinite one."""
    try:
        return float(value)
    except OverflowError:  # only integers: of other numbers float() itself makes infinite ones
        return inf if int(value) > 0 else -inf


class Float(float):
    """xs:float: rounded to single precision."""

    __slots__ = ()
    name = "float"

    def __new__(cls, value: float | str | Decimal) -> Self:
        """Round to the nearest single-precision number."""
        number = double(value)
        if not isnan(number) and not isinf(number):
            try:
                number = struct.unpack("f", struct.pack("f", number))[0]
            except OverflowError:
                number = copysign(float("inf"), number)
        return super().__new__(cls, number)


def _derived(base: type, name: str) -> type:
    return type(name[0].upper() + name[1:], (base,), {"name": name, "__slots__": ()})


_STRINGS = (
    ("normalizedString", "string"), ("token", "normalizedString"), ("language", "token"),
    ("NMTOKEN", "token"), ("Name", "token"), ("NCName", "Name"), ("ID", "NCName"),
    ("IDREF", "NCName"), ("ENTITY", "NCName"),
)  # fmt: skip  # a table, by rows
_INTEGERS = (
    ("nonPositiveInteger", "integer"), ("negativeInteger", "nonPositiveInteger"),
    ("long", "integer"), ("int", "long"), ("short", "int"), ("byte", "short"),
    ("nonNegativeInteger", "integer"), ("unsignedLong", "nonNegativeInteger"),
    ("unsignedInt", "unsignedLong"), ("unsignedShort", "unsignedInt"),
    ("unsignedByte", "unsignedShort"), ("positiveInteger", "nonNegativeInteger"),
)  # fmt: skip  # a table, by rows
DERIVED: dict[str, type] = {}
for _name, _base in _STRINGS:
    DERIVED[_name] = _derived(DERIVED.get(_base, str), _name)
for _name, _base in _INTEGERS:
    DERIVED[_name] = _derived(DERIVED.get(_base, int), _name)
DERIVATIONS = dict(_STRINGS + _INTEGERS)


@dataclass(frozen=True, slots=True)
class QName:
    """xs:QName (the prefix does not count when comparing)."""

    uri: str
    local: str
    prefix: str = field(default="", compare=False)
    name = "QName"

    def __str__(self) -> str:
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


@dataclass(frozen=True, slots=True, order=True)
class Binary:
    """The bytes of xs:hexBinary and xs:base64Binary."""

    octets: bytes


@dataclass(frozen=True, slots=True, order=True)
class HexBinary(Binary):
    """xs:hexBinary."""

    name = "hexBinary"

    def __str__(self) -> str:
        return self.octets.hex().upper()


@dataclass(frozen=True, slots=True, order=True)
class Base64Binary(Binary):
    """xs:base64Binary."""

    name = "base64Binary"

    def __str__(self) -> str:
        return base64.b64encode(self.octets).decode("ascii")


# ---------------------------------------------------------------- numbers as strings
def decimal_string(value: Decimal) -> str:
    """The canonical form of xs:decimal: no exponent, no superfluous zeros."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "", "-") else text


def double_string(value: float) -> str:
    """The string of xs:double by F&O 3.1, section 19.1.2.2."""
    if isnan(value):
        return "NaN"
    if isinf(value):
        return "INF" if value > 0 else "-INF"
    if value == 0:
        return "-0" if copysign(1, value) < 0 else "0"
    shortest = _shortest_single(value) if isinstance(value, Float) else repr(float(value))
    exact = Decimal(shortest)
    if Decimal("1e-6") <= abs(exact) < _PLAIN_TO:
        return decimal_string(exact)
    sign, digits, exponent = exact.as_tuple()
    mantissa = "".join(map(str, digits)).rstrip("0") or "0"
    power = len(digits) + int(exponent) - 1
    return f"{'-' if sign else ''}{mantissa[0]}.{mantissa[1:] or '0'}E{power}"


def _shortest_single(value: float) -> str:
    for digits in range(1, 10):
        text = f"{value:.{digits}g}"
        if Float(text) == value:
            return text
    return repr(float(value))


def string_of(value: object) -> str:
    """The string that casting an atomic value to xs:string gives."""
    if isinstance(value, str):
        return str(value)
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return double_string(value)
    if isinstance(value, Decimal):
        return decimal_string(value)
    return str(value)
