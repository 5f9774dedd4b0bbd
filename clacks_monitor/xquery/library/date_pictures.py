"""Dates by pictures: fn:format-dateTime, fn:format-date and fn:format-time.

Owner: xquery. Thread: any. Source: F&O 3.1, section 9.8. Names are English.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import dates as d
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.numerals import (
    decimal_pattern,
    digit_family,
    named_numbering,
    ordinal_suffix,
    with_digits,
)
from clacks_monitor.xquery.library.table import function

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame


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
_THURSDAY = 4
_ABBREVIATION = 3
"""Letters of the usual abbreviations of days and months."""
_COMPONENTS = {"dateTime": "YMDdFWwHhPmsfZzCE", "date": "YMDdFWwZzCE", "time": "HhPmsfZzC"}
_DEFAULTS = {"F": "n", "P": "n", "C": "n", "E": "n", "m": "01", "s": "01", "Z": "01:01", "z": "01:01"}
_MARKER = re.compile(r"([YMDdFWwHhPmsfZzCE])(.*?)(?:,(\*|[0-9]+)(?:-(\*|[0-9]+))?)?")


def format_moment(value: d.DateTimeValue, picture: str) -> str:
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
                raise QueryError("FOFD1340", Message("'{0}' is not a picture for a date.", picture))
            out.append(_component(value, "".join(picture[pos + 1 : end].split())))
            pos = end + 1
        else:
            out.append(sign)
            pos += 1
    return "".join(out)


def _component(value: d.DateTimeValue, marker: str) -> str:
    match = _MARKER.fullmatch(marker)
    if match is None:
        raise QueryError("FOFD1340", Message("'[{0}]' is not a part of a picture.", marker))
    letter, presentation, low, high = match.groups()
    if letter not in _COMPONENTS[value.name]:
        raise QueryError("FOFD1350", Message("An xs:{0} has no '{1}'.", value.name, letter))
    least = int(low) if low and low != "*" else None
    most = int(high) if high and high != "*" else None
    if (least == 0 and low) or (most is not None and (most == 0 or (least or 0) > most)):
        raise QueryError("FOFD1340", Message("'[{0}]' has no possible width.", marker))
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


def _name_of(value: d.DateTimeValue, letter: str, number: int) -> str | None:
    if letter == "M":
        return _MONTHS[number - 1]
    if letter == "F":
        return _DAYS[number - 1]
    if letter == "P":
        return "pm" if value.hour >= _NOON else "am"
    if letter == "E":
        return "BC" if value.year < 1 else "AD"
    return "ISO" if letter == "C" else None


def _amount(value: d.DateTimeValue, letter: str) -> int:
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
            return _week_of_month(value.day, (weekday - value.day) % 7 + 1)
        case "H":
            return value.hour
        case "h":
            return (value.hour + 11) % 12 + 1
        case "m":
            return value.minute
        case "s":
            return int(value.seconds)
    return 0


def _week_of_month(day: int, first: int) -> int:
    """The week by the rule of ISO's weeks: days before the first Thursday's week are in week 0.

    ``first`` is the weekday of the month's first day, Monday is 1.
    """
    return (day + first - 2) // 7 + (first <= _THURSDAY)


def _iso_week(day: int, weekday: int) -> int:
    thursday = day - weekday + 4
    year_of_week = d.civil_from_days(thursday)[0]
    return (thursday - d.days_from_civil(year_of_week, 1, 1)) // 7 + 1


def _number_or_name(
    value: d.DateTimeValue,
    letter: str,
    given: str,
    modifier: str,
    width: tuple[int | None, int | None],
    *,
    explicit: bool,
) -> str:
    least, most = width
    number = _amount(value, letter)
    if given in ("n", "N", "Nn") or letter in "PCE":
        name = _name_of(value, letter, number)
        if name is not None:
            return _cased(name, given, least, most, explicit=explicit or letter != "P")
        given = "1"
    if letter == "Y" and most is not None:
        number %= 10**most
    if not any(c.isdecimal() for c in given):
        found = named_numbering(number, given, ordinal=modifier == "o")
        if found is not None:
            return found.ljust(least or 0)
        given = "1"
    digits = sum(c.isdecimal() or c == "#" for c in given)
    if letter == "Y" and most is None and ((digits > 1 and least is None) or digits == _TWO):
        number %= 10**digits
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
        name = name[: max(_ABBREVIATION, least or 0)] if most >= _ABBREVIATION else name[:most]
    if given == "N":
        made = name.upper()
    elif given == "Nn":
        made = name.capitalize()
    elif given == "n" and explicit and name not in ("AD", "BC", "ISO"):
        made = name.lower()
    else:
        made = name
    return made.ljust(least or 0)


def _fraction(value: d.DateTimeValue, given: str, least: int | None, most: int | None) -> str:
    if re.search(r"#.*\d", given):
        raise QueryError("FOFD1340", Message("'[f{0}]': digits that must be there come first.", given))
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


_MILITARY_MINUTES = 720
"""Military letters end at 12 hours."""
_NOON = 12
_TWO = 2
"""Digits of an hour, and of a year without its century."""


def _zone(value: d.DateTimeValue, letter: str, given: str, modifier: str, least: int | None) -> str:
    zone = value.timezone
    if given == "Z":
        if zone is None:
            return "J"
        if zone % 60 == 0 and abs(zone) <= _MILITARY_MINUTES:
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
    if not separator and len(digits) <= _TWO:
        width = max(len(digits), 1)
        text = str(hours).zfill(width)
        if minutes or (least is not None and least > _TWO + 1):
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
        _f: Frame,
        value: d.DateTimeValue | None,
        picture: str,
        language: str | None = None,
        calendar: str | None = None,
        _place: str | None = None,
    ) -> str | None:
        if value is None:
            return None
        prefix = ""
        if calendar is not None:
            name = re.sub(r"^\s*Q\{\s*\}", "", calendar).strip()
            if not re.fullmatch(r"[\w.\-]+(:[\w.\-]+)?|Q\{[^{}]+\}[\w.\-]+", name):
                raise QueryError("FOFD1340", Message("'{0}' is not a name of a calendar.", calendar))
            if name not in _CALENDARS and ":" not in name and not name.startswith("Q{"):
                raise QueryError("FOFD1340", Message("There is no calendar '{0}'.", calendar))
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
