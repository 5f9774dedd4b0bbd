"""Dates, times, durations and timezones.

Owner: xquery. Thread: any. Source: F&O 3.1, sections 8 and 9. The implicit timezone is UTC.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import dates as d
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.table import function

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame


@function("fn:current-dateTime() as xs:dateTimeStamp")
def _current_datetime(f: Frame) -> d.DateTime:
    n = f.run.current()
    return d.DateTimeStamp(n.year, n.month, n.day, n.hour, n.minute, n.seconds, 0)


@function("fn:current-date() as xs:date")
def _current_date(f: Frame) -> d.Date:
    n = f.run.current()
    return d.Date(n.year, n.month, n.day, timezone=0)


@function("fn:current-time() as xs:time")
def _current_time(f: Frame) -> d.Time:
    n = f.run.current()
    return d.Time(hour=n.hour, minute=n.minute, seconds=n.seconds, timezone=0)


@function("fn:implicit-timezone() as xs:dayTimeDuration")
def _implicit_timezone(_f: Frame) -> d.DayTimeDuration:
    return d.DayTimeDuration()


@function("fn:dateTime($arg1 as xs:date?, $arg2 as xs:time?) as xs:dateTime?")
def _datetime(_f: Frame, date: d.Date | None, time: d.Time | None) -> d.DateTime | None:
    if date is None or time is None:
        return None
    if date.timezone is not None and time.timezone not in (None, date.timezone):
        raise QueryError("FORG0008", Message("The date and the time have different timezones."))
    zone = time.timezone if date.timezone is None else date.timezone
    return d.DateTime(date.year, date.month, date.day, time.hour, time.minute, time.seconds, zone)


def _part(name: str, kind: str, result: str, take: Any) -> None:
    def call(_f: Frame, arg: Any) -> Any:
        return None if arg is None else take(arg)

    function(f"fn:{name}-from-{kind}($arg as xs:{kind}?) as xs:{result}?")(call)


def _zone(arg: d.DateTimeValue) -> d.DayTimeDuration | None:
    return None if arg.timezone is None else d.DayTimeDuration(0, Decimal(arg.timezone * 60))


_PARTS: tuple[tuple[str, tuple[str, ...], str, Any], ...] = (
    ("year", ("dateTime", "date"), "integer", lambda a: a.year),
    ("month", ("dateTime", "date"), "integer", lambda a: a.month),
    ("day", ("dateTime", "date"), "integer", lambda a: a.day),
    ("hours", ("dateTime", "time"), "integer", lambda a: a.hour),
    ("minutes", ("dateTime", "time"), "integer", lambda a: a.minute),
    ("seconds", ("dateTime", "time"), "decimal", lambda a: a.seconds),
    ("timezone", ("dateTime", "date", "time"), "dayTimeDuration", _zone),
)
for _name, _kinds, _result, _take in _PARTS:
    for _kind in _kinds:
        _part(_name, _kind, _result, _take)


def _signed(amount: Any, unit: int, modulo: int | None) -> int:
    sign = -1 if amount < 0 else 1
    whole = int(abs(amount) // unit)
    return sign * (whole % modulo if modulo else whole)


_part("years", "duration", "integer", lambda a: _signed(a.months, 12, None))
_part("months", "duration", "integer", lambda a: _signed(a.months, 1, 12))
_part("days", "duration", "integer", lambda a: _signed(a.seconds, 86400, None))
_part("hours", "duration", "integer", lambda a: _signed(a.seconds, 3600, 24))
_part("minutes", "duration", "integer", lambda a: _signed(a.seconds, 60, 60))
_part("seconds", "duration", "decimal", lambda a: (abs(a.seconds) % 60) * (-1 if a.seconds < 0 else 1))


def _adjust(kind: str) -> None:
    def call(_f: Frame, arg: d.DateTimeValue | None, *zone: d.DayTimeDuration | None) -> d.DateTimeValue | None:
        if arg is None:
            return None
        wanted = zone[0] if zone else d.DayTimeDuration()
        if wanted is None:
            return arg.adjusted(None)
        if wanted.seconds % 60 or abs(wanted.seconds) > 14 * 3600:
            raise QueryError("FODT0003", Message("'{0}' is not a timezone.", wanted))
        return arg.adjusted(int(wanted.seconds) // 60)

    function(
        f"fn:adjust-{kind}-to-timezone($arg as xs:{kind}?, $timezone as xs:dayTimeDuration?) as xs:{kind}?", least=1
    )(call)


for _kind in ("dateTime", "date", "time"):
    _adjust(_kind)


# ---------------------------------------------------------------- IETF dates
_DAYS = "mon|tue|wed|thu|fri|sat|sun"
_LONG_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_LAST_MINUTE = 59
_TWO = 2
"""Digits of an hour, and of a year without its century."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ZONES = {"ut": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
          "mst": -420, "mdt": -360, "pst": -480, "pdt": -420}  # fmt: skip  # a table, by rows
_CLOCK = r"(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))?"
_ZONE_NAMES = "|".join(_ZONES)
_ZONE = rf"(?:\s*(?:({_ZONE_NAMES})|([+-])(\d{{1,2}}):?(\d\d)?(?:\s*\(\s*(?:{_ZONE_NAMES})\s*\))?))?"
_MONTH = "(" + "|".join(_MONTHS) + ")"
_WEEKDAY = rf"(?:(?:{_LONG_DAYS}|{_DAYS}),?\s+)?"
_FIRST = re.compile(
    rf"\s*{_WEEKDAY}(\d{{1,2}})(?:\s+|\s*-\s*){_MONTH}(?:\s+|\s*-\s*)(\d{{4}}|\d\d)\s+{_CLOCK}{_ZONE}\s*",
    re.IGNORECASE | re.ASCII,
)
_SECOND = re.compile(
    rf"\s*{_WEEKDAY}{_MONTH}(?:\s+|\s*-\s*)(\d{{1,2}})\s+{_CLOCK}{_ZONE}\s+(\d{{4}}|\d\d)\s*", re.IGNORECASE | re.ASCII
)


@function("fn:parse-ietf-date($value as xs:string?) as xs:dateTime?")
def _parse_ietf_date(_f: Frame, value: str | None) -> d.DateTime | None:
    if value is None:
        return None
    match = _FIRST.fullmatch(value)
    if match is not None:
        day, month, year, *rest = match.groups()
    else:
        match = _SECOND.fullmatch(value)
        if match is None:
            raise QueryError("FORG0010", Message("'{0}' is not a date in the format of the IETF.", value))
        month, day, *rest, year = match.groups()
    hour, minute, second, name, sign, zone_hours, zone_minutes = rest
    zone = _ZONES[name.lower()] if name else 0
    if sign:
        zone = int(zone_hours) * 60 + int(zone_minutes or 0)
        if len(zone_hours) <= _TWO and int(zone_minutes or 0) > _LAST_MINUTE:
            raise QueryError("FORG0010", Message("'{0}' is not a date in the format of the IETF.", value))
        zone = -zone if sign == "-" else zone
    number = int(year) + (1900 if len(year) == _TWO else 0)
    text = f"{number:04}-{_MONTHS.index(month.lower()) + 1:02}-{int(day):02}"
    text += f"T{int(hour):02}:{minute}:{second or '00'}{d.timezone_string(zone)}"
    try:
        return d.DateTime.parse(text)
    except ValueError:
        raise QueryError("FORG0010", Message("'{0}' is not a date in the format of the IETF.", value)) from None
