"""Numbers by pictures: fn:format-number.

Owner: xquery. Thread: any. Source: F&O 3.1, section 4.7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from math import copysign, isinf, isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import to_qname
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.numerals import with_digits
from clacks_monitor.xquery.library.table import CallSite, function

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.xquery.evaluation.frame import Frame
    from clacks_monitor.xquery.parsing.static_context import DecimalFormat


_WIDE = Context(prec=2000)


@dataclass(frozen=True, slots=True)
class _Picture:
    prefix: str
    suffix: str
    minimum_integer: int
    integer_groups: tuple[int, ...]
    minimum_fraction: int
    maximum_fraction: int
    fraction_groups: tuple[int, ...]
    minimum_exponent: int
    scale: int
    marks: str
    integer_digits: int


def _bad(picture: str) -> QueryError:
    return QueryError("FODF1310", Message("'{0}' is not a picture for a number.", picture))


def _sub_picture(text: str, form: DecimalFormat) -> _Picture:
    zero = ord(form.zero_digit)
    family = {chr(zero + i) for i in range(10)}
    active = family | {form.decimal_separator, form.grouping_separator, form.digit}
    marked = [i for i, c in enumerate(text) if c in active]
    if not marked:
        raise _bad(text)
    first, last = marked[0], marked[-1]
    body = text[first : last + 1]
    mantissa, minimum_exponent = _split_exponent(text, body, form, family)
    if set(mantissa) - active or mantissa.count(form.decimal_separator) > 1:
        raise _bad(text)
    prefix, suffix = text[:first], text[last + 1 :]
    marks = [c for c in prefix + suffix if c in (form.percent, form.per_mille)]
    if len(marks) > 1 or (marks and minimum_exponent):
        raise _bad(text)
    integer, _, fraction = mantissa.partition(form.decimal_separator)
    _check_parts(text, integer, fraction, form, family, has_fraction=form.decimal_separator in mantissa)
    minimum_integer = sum(c in family for c in integer)
    minimum_fraction = sum(c in family for c in fraction)
    maximum_fraction = minimum_fraction + fraction.count(form.digit)
    scaling = minimum_integer
    if minimum_integer == 0 and maximum_fraction == 0:
        if minimum_exponent:
            minimum_fraction = maximum_fraction = 1
        else:
            minimum_integer = 1
    if minimum_exponent and minimum_integer == 0 and form.digit in integer:
        minimum_integer = 1
    if minimum_integer == 0 and minimum_fraction == 0:
        minimum_fraction = 1
        maximum_fraction = max(maximum_fraction, 1)
    return _Picture(
        prefix,
        suffix,
        minimum_integer,
        _places(integer[::-1], form),
        minimum_fraction,
        maximum_fraction,
        _places(fraction, form),
        minimum_exponent,
        scaling,
        marks[0] if marks else "",
        sum(c in family or c == form.digit for c in integer),
    )


def _split_exponent(text: str, body: str, form: DecimalFormat, family: set[str]) -> tuple[str, int]:
    """Return the mantissa of a sub-picture, and the digits of its exponent."""
    mantissa, separator, exponent = body.partition(form.exponent_separator)
    if not mantissa or not separator:
        return body, 0
    if not exponent or set(exponent) - family:
        raise _bad(text)
    return mantissa, len(exponent)


def _check_parts(
    text: str, integer: str, fraction: str, form: DecimalFormat, family: set[str], *, has_fraction: bool
) -> None:
    separator, digit = form.grouping_separator, form.digit
    first_digit = next((i for i, c in enumerate(integer) if c in family), len(integer))
    first_optional = fraction.find(digit)
    wrong = (
        digit in integer[first_digit:]
        or (first_optional >= 0 and any(c in family for c in fraction[first_optional:]))
        or separator * 2 in integer + fraction
        or (integer.endswith(separator) and integer)
        or fraction.startswith(separator)
        or (fraction.endswith(separator) and fraction)
        or not any(c in family or c == digit for c in integer + fraction)
    )
    if wrong or (has_fraction and integer.endswith(separator) and integer):
        raise _bad(text)


def _places(part: str, form: DecimalFormat) -> tuple[int, ...]:
    found, count = [], 0
    for character in part:
        if character == form.grouping_separator:
            found.append(count)
        else:
            count += 1
    return tuple(found)


def format_number(value: Any, picture: str, form: DecimalFormat) -> str:
    """fn:format-number for one number."""
    first, *others = picture.split(form.pattern_separator)
    if len(others) > 1:
        raise _bad(picture)
    positive = _sub_picture(first, form)
    negative = _sub_picture(others[0], form) if others else None
    if isinstance(value, float) and isnan(value):
        return form.nan
    minus = value < 0 or (isinstance(value, float) and copysign(1, value) < 0)
    use = positive
    prefix = positive.prefix
    if minus:
        use = negative or positive
        prefix = use.prefix if negative else form.minus_sign + positive.prefix
    if isinstance(value, float) and isinf(value):
        return prefix + form.infinity + use.suffix
    if isinstance(value, float) and isinf(type(value)(value * _scale(use, form))):
        return prefix + form.infinity + use.suffix
    text = v.double_string(value) if isinstance(value, float) else None
    exact = (Decimal(value) if text is None else Decimal(text)).copy_abs()
    return prefix + _digits(exact, use, form) + use.suffix


def _scale(use: _Picture, form: DecimalFormat) -> int:
    """The factor by which the number is multiplied before it is written."""
    if not use.marks:
        return 1
    return 100 if use.marks == form.percent else 1000


def _digits(exact: Decimal, use: _Picture, form: DecimalFormat) -> str:
    exact = _WIDE.multiply(exact, Decimal(_scale(use, form)))
    exponent = 0
    if use.minimum_exponent and exact:
        exponent = exact.adjusted() - use.scale + 1
        exact = exact.scaleb(-exponent, _WIDE)
    rounded = exact.quantize(Decimal((0, (1,), -use.maximum_fraction)), ROUND_HALF_EVEN, _WIDE)
    whole, _, fraction = format(rounded, "f").partition(".")
    whole = whole.lstrip("0").rjust(use.minimum_integer, "0")
    fraction = fraction.rstrip("0").ljust(use.minimum_fraction, "0")
    made = _group(whole, use.integer_groups, form.grouping_separator, use.integer_digits)
    if fraction:
        made += form.decimal_separator
        made += "".join(
            (form.grouping_separator if i in use.fraction_groups and i else "") + c for i, c in enumerate(fraction)
        )
    elif not made:
        made = "0"
    if use.minimum_exponent:
        sign = form.minus_sign if exponent < 0 else ""
        made += form.exponent_separator + sign + str(abs(exponent)).rjust(use.minimum_exponent, "0")
    return with_digits(made, form.zero_digit)


def _group(whole: str, places: tuple[int, ...], separator: str, digits: int) -> str:
    if not places:
        return whole
    step = places[0]
    # Regular only if the picture has a separator at every multiple within its length.
    regular = places == tuple(range(step, max(digits, step + 1), step))
    out = []
    for i, character in enumerate(whole[::-1]):
        if i and ((regular and i % step == 0) or (not regular and i in places)):
            out.append(separator)
        out.append(character)
    return "".join(out[::-1])


def _format_number(site: CallSite) -> Any:
    # The name of a format is resolved at the place of the call, not where it is evaluated.
    namespaces = dict(site.namespaces)

    def call(f: Frame, value: Any, picture: str, name: str | None = None) -> str:
        formats = f.run.static.decimal_formats
        key = None if name is None else _format_key(name, namespaces)
        if key not in formats:
            raise QueryError("FODF1280", Message("There is no decimal format '{0}'.", name))
        return format_number(float("nan") if value is None else value, picture, formats[key])

    return call


def _format_key(name: str, namespaces: Mapping[str, str]) -> tuple[str, str] | None:
    braced = re.fullmatch(r"\s*Q\{([^{}]*)\}(\S+)\s*", name)
    if braced:
        return braced.group(1), braced.group(2)
    try:
        found = to_qname(name.strip(), {**namespaces, "": ""})
    except QueryError:
        return "?", "?"
    return found.uri, found.local


function(
    "fn:format-number($value as xs:numeric?, $picture as xs:string, $name as xs:string?) as xs:string",
    least=2,
    needs_site=True,
)(_format_number)
