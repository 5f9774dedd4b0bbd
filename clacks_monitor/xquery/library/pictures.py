"""Numbers and dates by pictures: fn:format-number, fn:format-dateTime, -date and -time.

Owner: xquery. Thread: any. Source: F&O 3.1, sections 4.7 and 9.8. Names are English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from math import copysign, isinf, isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.xquery import dates as d
from clacks_monitor.xquery import values as v
from clacks_monitor.xquery.builtins import function
from clacks_monitor.xquery.casting import cast
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.numerals import (
    decimal_pattern,
    digit_family,
    named_numbering,
    ordinal_suffix,
    with_digits,
)

if TYPE_CHECKING:
    from clacks_monitor.xquery.runtime import Frame
    from clacks_monitor.xquery.static import DecimalFormat

_WIDE = Context(prec=2000)


# ---------------------------------------------------------------- format-number
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
    return QueryError("FODF1310", f"'{picture}' is no picture for a number.")


def _sub_picture(text: str, form: DecimalFormat) -> _Picture:
    zero = ord(form.zero_digit)
    family = {chr(zero + i) for i in range(10)}
    active = family | {form.decimal_separator, form.grouping_separator, form.digit}
    marked = [i for i, c in enumerate(text) if c in active]
    if not marked:
        raise _bad(text)
    first, last = marked[0], marked[-1]
    body = text[first : last + 1]
    mantissa, exponent = body, ""
    minimum_exponent = 0
    position = body.find(form.exponent_separator)
    if position > 0:
        mantissa, exponent = body[:position], body[position + 1 :]
        if not exponent or set(exponent) - family:
            raise _bad(text)
        minimum_exponent = len(exponent)
    if set(mantissa) - active or mantissa.count(form.decimal_separator) > 1:
        raise _bad(text)
    prefix, suffix = text[:first], text[last + 1 :]
    marks = [c for c in prefix + suffix if c in (form.percent, form.per_mille)]
    if len(marks) > 1 or (marks and exponent):
        raise _bad(text)
    integer, _, fraction = mantissa.partition(form.decimal_separator)
    _check_parts(text, integer, fraction, form, family, has_fraction=form.decimal_separator in mantissa)
    minimum_integer = sum(c in family for c in integer)
    minimum_fraction = sum(c in family for c in fraction)
    maximum_fraction = minimum_fraction + fraction.count(form.digit)
    scaling = minimum_integer
    if minimum_integer == 0 and maximum_fraction == 0:
        if exponent:
            minimum_fraction = maximum_fraction = 1
        else:
            minimum_integer = 1
    if exponent and minimum_integer == 0 and form.digit in integer:
        minimum_integer = 1
    if minimum_integer == 0 and minimum_fraction == 0:
        minimum_fraction = 1
        maximum_fraction = max(maximum_fraction, 1)
    return _Picture(
        prefix, suffix, minimum_integer, _places(integer[::-1], form), minimum_fraction,
        maximum_fraction, _places(fraction, form), minimum_exponent, scaling,
        marks[0] if marks else "",
        sum(c in family or c == form.digit for c in integer),
    )  # fmt: skip


def _check_parts(
    text: str, integer: str, fraction: str, form: DecimalFormat, family: set[str], *,
    has_fraction: bool,
) -> None:  # fmt: skip
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
    parts = picture.split(form.pattern_separator)
    if len(parts) > 2:  # noqa: PLR2004 - positive and negative
        raise _bad(picture)
    positive = _sub_picture(parts[0], form)
    negative = _sub_picture(parts[1], form) if len(parts) > 1 else None
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
    text = v.double_string(value) if isinstance(value, float) else None
    exact = (Decimal(value) if text is None else Decimal(text)).copy_abs()
    return prefix + _digits(exact, use, form) + use.suffix


def _digits(exact: Decimal, use: _Picture, form: DecimalFormat) -> str:
    if use.marks == form.percent and use.marks:
        exact = exact.scaleb(2, _WIDE)
    elif use.marks:
        exact = exact.scaleb(3, _WIDE)
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
    # Regular only if the picture has a separator at every multiple that it has room for.
    regular = places == tuple(range(step, max(digits, step + 1), step))
    out = []
    for i, character in enumerate(whole[::-1]):
        if i and ((regular and i % step == 0) or (not regular and i in places)):
            out.append(separator)
        out.append(character)
    return "".join(out[::-1])


@function(
    "fn:format-number($value as xs:numeric?, $picture as xs:string, $name as xs:string?) as xs:string",
    least=2,
)
def _format_number(f: Frame, value: Any, picture: str, name: str | None = None) -> str:
    formats = f.run.static.decimal_formats
    key: tuple[str, str] | None = None
    if name is not None:
        try:
            found = cast(name.strip(), "QName", f.run.static.namespaces | {"": ""})
        except QueryError:
            found = None
        key = (found.uri, found.local) if isinstance(found, v.QName) else ("?", "?")
        braced = re.fullmatch(r"\s*Q\{([^{}]*)\}(\S+)\s*", name)
        if braced:
            key = (braced.group(1), braced.group(2))
    if key not in formats:
        raise QueryError("FODF1280", f"There is no decimal format '{name}'.")
    return format_number(float("nan") if value is None else value, picture, formats[key])


# ---------------------------------------------------------------- dates
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_COMPONENTS = {"dateTime": "YMDdFWwHhPmsfZzCE", "date": "YMDdFWwZzCE", "time": "HhPmsfZzC"}
_DEFAULTS = {"F": "n", "P": "n", "C": "n", "E": "n", "m": "01", "s": "01", "Z": "01:01", "z": "01:01"}
_MARKER = re.compile(r"([YMDdFWwHhPmsfZzCE])(.*?)(?:,(\*|[0-9]+)(?:-(\*|[0-9]+))?)?")


def format_moment(value: d.Moment, picture: str) -> str:
    """fn:format-dateTime and its siblings."""
    out, pos = [], 0
    while pos < len(picture):
        sign = picture[pos]
        if sign in "[]":
            if picture.startswith(sign * 2, pos):
                out.append(sign)
                pos += 2
                continue
            end = picture.find("]", pos)
            if sign == "]" or end < 0:
                raise QueryError("FOFD1340", f"'{picture}' is no picture for a date.")
            out.append(_component(value, "".join(picture[pos + 1 : end].split())))
            pos = end + 1
        else:
            out.append(sign)
            pos += 1
    return "".join(out)


def _component(value: d.Moment, marker: str) -> str:
    match = _MARKER.fullmatch(marker)
    if match is None:
        raise QueryError("FOFD1340", f"'[{marker}]' is no part of a picture.")
    letter, presentation, low, high = match.groups()
    if letter not in _COMPONENTS[value.name]:
        raise QueryError("FOFD1350", f"An xs:{value.name} has no '{letter}'.")
    least = int(low) if low and low != "*" else None
    most = int(high) if high and high != "*" else None
    if (least == 0 and low) or (most is not None and (most == 0 or (least or 0) > most)):
        raise QueryError("FOFD1340", f"'[{marker}]' has no possible width.")
    modifier = ""
    if len(presentation) > 1 and presentation[-1] in "atco":
        presentation, modifier = presentation[:-1], presentation[-1]
    elif presentation in ("o", "c", "t"):
        presentation, modifier = "", presentation
    given = presentation or _DEFAULTS.get(letter, "1")
    if letter in "Zz":
        return _zone(value, letter, given, modifier, least)
    if letter == "f":
        return _fraction(value, given, least, most)
    return _number_or_name(value, letter, given, modifier, (least, most), explicit=bool(presentation))


def _name_of(value: d.Moment, letter: str, number: int) -> str | None:
    if letter == "M":
        return _MONTHS[number - 1]
    if letter == "F":
        return _DAYS[number - 1]
    if letter == "P":
        return "pm" if value.hour >= 12 else "am"  # noqa: PLR2004 - noon
    if letter == "E":
        return "BC" if value.year < 1 else "AD"
    return "ISO" if letter == "C" else None


def _amount(value: d.Moment, letter: str) -> int:
    day = d.days_from_civil(value.year, value.month, value.day)
    weekday = (day + 3) % 7 + 1
    match letter:
        case "Y":
            return abs(value.year)
        case "M":
            return value.month
        case "D":
            return value.day
        case "d":
            return day - d.days_from_civil(value.year, 1, 1) + 1
        case "F":
            return weekday
        case "W":
            return _iso_week(day, weekday)
        case "w":
            thursday = d.civil_from_days(day - weekday + 4)[2]
            return (thursday - 1) // 7 + 1
        case "H":
            return value.hour
        case "h":
            return (value.hour + 11) % 12 + 1
        case "m":
            return value.minute
        case "s":
            return int(value.seconds)
    return 0


def _iso_week(day: int, weekday: int) -> int:
    thursday = day - weekday + 4
    year_of_week = d.civil_from_days(thursday)[0]
    return (thursday - d.days_from_civil(year_of_week, 1, 1)) // 7 + 1


def _number_or_name(
    value: d.Moment, letter: str, given: str, modifier: str,
    width: tuple[int | None, int | None], *, explicit: bool,
) -> str:  # fmt: skip
    least, most = width
    number = _amount(value, letter)
    if given in ("n", "N", "Nn") or letter in "PCE":
        name = _name_of(value, letter, number)
        if name is not None:
            return _cased(name, given, least, most, explicit=explicit or letter != "P")
        given = "1"
    if not any(c.isdecimal() for c in given):
        found = named_numbering(number, given, ordinal=modifier == "o")
        if found is not None:
            return found.ljust(least or 0)
        given = "1"
    digits = sum(c.isdecimal() or c == "#" for c in given)
    if letter == "Y":
        if most is not None:
            number %= 10**most
        elif digits > 1 and least is None:
            number %= 10**digits
        elif digits > 1 and digits == 2:  # noqa: PLR2004 - [Y01,2]
            number %= 100
    if least is not None and least > digits:
        zero = digit_family(given) or "0"
        given = zero * (least - digits) + given.replace("#", zero)
    try:
        made = decimal_pattern(number, given)
    except QueryError as error:
        raise QueryError("FOFD1340", error.reason) from None
    return made + (ordinal_suffix(number) if modifier == "o" else "")


def _cased(name: str, given: str, least: int | None, most: int | None, *, explicit: bool) -> str:
    if most is not None and len(name) > most:
        name = name[: max(most, 3)] if most >= 3 else name[:most]  # noqa: PLR2004 - usual abbreviations
    if given == "N":
        made = name.upper()
    elif given == "Nn":
        made = name.capitalize()
    elif given == "n" and explicit and name not in ("AD", "BC", "ISO"):
        made = name.lower()
    else:
        made = name
    return made.ljust(least or 0)


def _fraction(value: d.Moment, given: str, least: int | None, most: int | None) -> str:
    fraction = format(value.seconds % 1, "f").partition(".")[2]
    zero = digit_family(given) or "0"
    if least is None and most is None and given != "1":
        least = sum(c.isdecimal() for c in given)
        most = sum(c.isdecimal() or c == "#" for c in given)
    if len(given) > 1 and least is not None and most is None:
        most = max(least, len(given))
    separators = [c for c in given if not c.isdecimal() and c != "#"]
    digits = fraction[: most if most is not None else len(fraction)].rstrip("0")
    digits = digits.ljust(max(least or 1, 1), "0")
    if separators:
        out, i = [], 0
        for c in given:
            if c in separators:
                out.append(c)
            elif i < len(digits):
                out.append(digits[i])
                i += 1
        digits = "".join(out)
    return with_digits(digits, zero)


_MILITARY = "YXWVUTSRQPONZABCDEFGHIKLM"


def _zone(value: d.Moment, letter: str, given: str, modifier: str, least: int | None) -> str:
    zone = value.timezone
    if given == "Z":
        if zone is None:
            return "J"
        if zone % 60 == 0 and abs(zone) <= 720:  # noqa: PLR2004 - military letters end at 12 hours
            return _MILITARY[zone // 60 + 12]
        given = "01:01"
    if zone is None:
        return ""
    if given in ("N", "n", "Nn"):
        given = "01:01"
    if modifier == "t" and zone == 0:
        return ("GMT" if letter == "z" else "") + "Z"
    sign = "-" if zone < 0 else "+"
    hours, minutes = divmod(abs(zone), 60)
    made = _zone_digits(given, hours, minutes, least)
    return ("GMT" if letter == "z" else "") + sign + made


def _zone_digits(given: str, hours: int, minutes: int, least: int | None) -> str:
    digits = [c for c in given if c.isdecimal()]
    zero = digit_family(given) or "0"
    separator = next((c for c in given if not c.isdecimal()), "")
    if not separator and len(digits) <= 2:  # noqa: PLR2004 - hours only
        width = max(len(digits), 1)
        text = str(hours).zfill(width)
        if minutes or (least is not None and least > 3):  # noqa: PLR2004 - room for minutes
            text += f":{minutes:02}"
        return with_digits(text, zero)
    if not separator:
        text = str(hours * 100 + minutes).zfill(len(digits))
        return with_digits(text, zero)
    width = given.index(separator)
    return with_digits(f"{str(hours).zfill(width)}{separator}{minutes:02}", zero)


_CALENDARS = frozenset(
    [
        "AD",
        "AH",
        "AME",
        "AM",
        "AP",
        "AS",
        "BE",
        "CB",
        "CE",
        "CL",
        "CS",
        "EE",
        "FE",
        "ISO",
        "JE",
        "KE",
        "KY",
        "ME",
        "MS",
        "NS",
        "OS",
        "RS",
        "SE",
        "SH",
        "SS",
        "TE",
        "VE",
        "VS",
    ]
)


def _declare(kind: str) -> None:
    def call(
        _f: Frame, value: d.Moment | None, picture: str, language: str | None = None,
        calendar: str | None = None, _place: str | None = None,
    ) -> str | None:  # fmt: skip
        if value is None:
            return None
        prefix = ""
        if calendar is not None:
            name = re.sub(r"^\s*Q\{\s*\}", "", calendar).strip()
            if not re.fullmatch(r"[\w.\-]+(:[\w.\-]+)?|Q\{[^{}]+\}[\w.\-]+", name):
                raise QueryError("FOFD1340", f"'{calendar}' is no name of a calendar.")
            if name not in _CALENDARS and ":" not in name and not name.startswith("Q{"):
                raise QueryError("FOFD1340", f"There is no calendar '{calendar}'.")
            if name not in ("ISO", "AD", "CE"):
                prefix = "[Calendar: AD]"
        if language is not None and language.split("-")[0].lower() != "en":
            prefix = "[Language: en]" + prefix
        return prefix + format_moment(value, picture)

    function(
        f"fn:format-{kind}($value as xs:{kind}?, $picture as xs:string, $language as xs:string?,"
        " $calendar as xs:string?, $place as xs:string?) as xs:string?",
        least=2,
    )(call)


for _kind in ("dateTime", "date", "time"):
    _declare(_kind)
