"""Numbers, sizes, times and durations as people read them, in the window's language. Thread: the window's."""

from __future__ import annotations

import time
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject

from clacks_monitor.core.quantities import DURATION, quantities
from clacks_monitor.gui.kit.time_format import broken_down, time_format

NS = 1_000_000_000
_KIB = 1024
_UNITS = ("B", "kB", "MB", "GB", "TB")
_MOST = 2**31 - 1
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_STEADY, _STEP = 10, 5
_MINUTES = _HOUR // _MINUTE
_RARE = 0.1
"""Below this a rate with one digit after the point would say nothing."""


def number(value: int) -> str:
    """Return 12345 as "12,345" (or as the language groups it)."""
    return QLocale().toString(value)


def decimal(value: float) -> str:
    """Return 1234.56 as "1,234.6" (or as the language writes it)."""
    return QLocale().toString(float(value), "f", 1)


def rate(per_second: float) -> str:
    """Return a rate such as "4.8/s"; whole numbers from 100 on, rare things by minute, hour or day."""
    translate = QCoreApplication.translate
    shown, text = per_second, translate("Formats", "%1/s")
    for seconds, rarer in (
        (_MINUTE, translate("Formats", "%1/min")),
        (_HOUR, translate("Formats", "%1/h")),
        (_DAY, translate("Formats", "%1/d")),
    ):
        if 0 < shown < _RARE:
            shown, text = per_second * seconds, rarer
    digits = 0 if shown >= 100 else 1  # three digits say enough
    return text.replace("%1", QLocale().toString(float(shown), "f", digits))


def size(count: int) -> str:
    """Return a number of bytes such as "38 MB"."""
    if count < _KIB:
        return f"{count} B"
    value, unit = float(count), 0
    while value >= _KIB and unit < len(_UNITS) - 1:
        value, unit = value / _KIB, unit + 1
    return f"{QLocale().toString(value, 'f', 1 if value < 10 else 0)} {_UNITS[unit]}"  # two digits are enough


@lru_cache(maxsize=4096)
def _second(seconds: int, _utc: bool) -> str:
    return time.strftime("%H:%M:%S", broken_down(seconds))


def day_of(seconds: int) -> int:
    """Return the day of a time as a number that no other day has."""
    return _day_of(seconds, time_format().utc)


@lru_cache(maxsize=4096)
def _day_of(seconds: int, _utc: bool) -> int:
    moment = broken_down(seconds)
    return 1000 * moment.tm_year + moment.tm_yday


def _date(seconds: int) -> QDate:
    moment = broken_down(seconds)
    return QDate(moment.tm_year, moment.tm_mon, moment.tm_mday)


def clock(wall_ns: int) -> str:
    """Return the time of day as exactly as the user wants it: "14:02:10.114"."""
    seconds, rest = divmod(wall_ns, NS)
    used = time_format()
    fraction = f".{rest:09d}"[: 1 + used.digits] if used.digits else ""
    return _second(seconds, used.utc) + fraction


def clock_short(wall_ns: int) -> str:
    """Return the time of day to the second."""
    return _second(wall_ns // NS, time_format().utc)


def day(wall_ns: int) -> str:
    """Return the day in words: "Tuesday, 24 November 2026"."""
    return QLocale().toString(_date(wall_ns // NS), QLocale.FormatType.LongFormat)


def full_time(wall_ns: int) -> str:
    """Return day, time as exactly as it is known, to the microsecond, and zone: for a tooltip."""
    micros = wall_ns % NS // 1000
    fraction = f".{micros:06d}".removesuffix("000") if micros else ""
    return f"{day(wall_ns)}, {clock_short(wall_ns)}{fraction} ({_zone(wall_ns // NS)})"


def _zone(seconds: int) -> str:
    """Return "CET, UTC+01:00", or "UTC" alone."""
    if time_format().utc:
        return "UTC"
    moment = broken_down(seconds)
    name, offset = time.strftime("%Z", moment), time.strftime("%z", moment)
    return name if name == "UTC" else f"{name}, UTC{offset[:3]}:{offset[3:]}"


def span(from_ns: int, until_ns: int) -> tuple[str, str]:
    """Return both ends of a span to the second, with the day where that is not the same."""
    same = day_of(from_ns // NS) == day_of((until_ns - 1) // NS)
    first, last = (
        clock_short(moment) if same else f"{short_day(moment // NS)} {clock_short(moment)}"
        for moment in (from_ns, until_ns)
    )
    return first, last


def duration(seconds: float) -> str:
    """Return a duration: "21 s", and in words above a minute: "12 minutes", "1 hour 2 minutes", "3 days"."""
    whole = round(seconds)
    if whole < _MINUTE:
        shown = QLocale().toString(float(seconds), "f", 1) if seconds < 10 else str(whole)  # as people say it
        return QCoreApplication.translate("Formats", "%1 s").replace("%1", shown)
    minutes = round(seconds / _MINUTE)
    if minutes < _MINUTES:
        return _PLURALS.minutes(minutes)
    hours, minutes = divmod(whole // _MINUTE, _MINUTES) if whole >= _HOUR else (1, 0)
    if whole < _DAY:
        return f"{_PLURALS.hours(hours)} {_PLURALS.minutes(minutes)}" if minutes else _PLURALS.hours(hours)
    days, hours = divmod(whole // _HOUR, _DAY // _HOUR)
    return f"{_PLURALS.days(days)} {_PLURALS.hours(hours)}" if hours else _PLURALS.days(days)


def exact_duration(seconds: float) -> str:
    """Return a duration in its two largest units: "21 s", "2 min 14 s", "3 h 5 min"."""
    return quantities(str(round(seconds)), DURATION)


def steady_duration(seconds: float) -> str:
    """Return a duration that goes on: as exact_duration() does, but from ten seconds on in steps of five."""
    return exact_duration(seconds // _STEP * _STEP if seconds >= _STEADY else max(0.0, seconds // 1))


def plural(count: int) -> int:
    """Return a number that tr() takes, which raises OverflowError beyond a C int: a capture can claim any."""
    return max(-_MOST, min(count, _MOST))


class _Plurals(QObject):
    """Numbers with their nouns: the tool that collects texts knows plural forms by an object's tr() alone."""

    def minutes(self, count: int) -> str:
        return self.tr("%Ln minute(s)", "", count)

    def hours(self, count: int) -> str:
        return self.tr("%Ln hour(s)", "", count)

    def days(self, count: int) -> str:
        return self.tr("%Ln day(s)", "", count)

    def bytes(self, count: int) -> str:
        return self.tr("%Ln byte(s)", "", plural(count))


_PLURALS = _Plurals()


def bytes_text(count: int) -> str:
    """Return an exact number of bytes: "1 byte", "2,048 bytes"."""
    return _PLURALS.bytes(count)


def short_day(seconds: int) -> str:
    """Return the day as the table shows it: "24 Nov"."""
    return _short_day(seconds, time_format().utc)


@lru_cache(maxsize=512)
def _short_day(seconds: int, _utc: bool) -> str:
    return QLocale().toString(_date(seconds), QCoreApplication.translate("Formats", "d MMM"))


def offset(ns: int, digits: int | None = None) -> str:
    """Return a distance in time: "0.234", "1:02.345", "1:02:03.345"; by default with the digits of clock()."""
    places = time_format().digits if digits is None else digits
    step = 10 ** (9 - places)
    rounded = (abs(ns) + step // 2) // step * step
    seconds, fraction = divmod(rounded, NS)
    minutes, seconds = divmod(seconds, _MINUTE)
    hours, minutes = divmod(minutes, _MINUTES)
    text = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}" if minutes else f"{seconds}"
    return (
        ("\N{MINUS SIGN}" if rounded and ns < 0 else "") + text + (f".{fraction:09d}"[: 1 + places] if places else "")
    )


def ago_short(seconds: float) -> str:
    """Return how long ago something was, for a narrow column: "now", "4 s", "15 s", "3 min", "5 h", "2 d".

    From ten seconds on in steps of five: what changes every second draws the eye, and costs a repaint.
    """
    translate = QCoreApplication.translate
    if seconds < 2:  # too fast to read
        return translate("Formats", "now")
    for limit, unit, text in (
        (_MINUTE, 1, translate("Formats", "%1 s")),
        (_HOUR, _MINUTE, translate("Formats", "%1 min")),
        (_DAY, _HOUR, translate("Formats", "%1 h")),
    ):
        if seconds < limit:
            if unit == 1 and seconds >= _STEADY:
                seconds = seconds // _STEP * _STEP
            return text.replace("%1", str(int(seconds // unit)))
    return translate("Formats", "%1 d").replace("%1", str(int(seconds // _DAY)))
