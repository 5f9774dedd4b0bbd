"""Dates, times and durations as XML Schema writes them, taken apart and put together without loss.

Pure functions, no widgets. Lexical forms: XML Schema Part 2, 3.2.6 to 3.2.9. Any thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOMENT = re.compile(
    r"(?:(?P<date>-?[0-9]{4,}-[0-9]{2}-[0-9]{2})(?:T(?=.)|(?=Z|[+-]|$)))?"
    r"(?:(?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2})(?P<fraction>\.[0-9]+)?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DURATION = re.compile(
    r"(?P<sign>-?)P(?=[0-9T])(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+(?:\.[0-9]+)?)S)?)?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, a time or both: "2024-05-31", "14:02:10", ".250", and the zone "" (none), "Z" or "+02:00"."""

    date: str = ""
    clock: str = ""
    fraction: str = ""
    zone: str = ""

    def __str__(self) -> str:
        between = "T" if self.date and self.clock else ""
        return f"{self.date}{between}{self.clock}{self.fraction if self.clock else ''}{self.zone}"


def moment(text: str) -> Moment | None:
    """Take a date, time or dateTime apart; None when it is none."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None or not (found["date"] or found["clock"]):
        return None
    return Moment(found["date"] or "", found["clock"] or "", found["fraction"] or "", found["zone"] or "")


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration; seconds are text because they may have a fraction of any length."""

    negative: bool = False
    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: str = "0"

    def __str__(self) -> str:
        dates = _part(self.years, "Y") + _part(self.months, "M") + _part(self.days, "D")
        seconds = f"{self.seconds}S" if self.seconds.strip("0.") else ""
        times = _part(self.hours, "H") + _part(self.minutes, "M") + seconds
        if not dates and not times:
            return "PT0S"
        return f"{'-' if self.negative else ''}P{dates}{'T' if times else ''}{times}"


def _part(count: int, letter: str) -> str:
    return f"{count}{letter}" if count else ""


def duration(text: str) -> Duration | None:
    """Take a duration apart; None when it is none."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return None
    years, months, days, hours, minutes = (
        int(found[name] or 0) for name in ("years", "months", "days", "hours", "minutes")
    )
    return Duration(bool(found["sign"]), years, months, days, hours, minutes, found["seconds"] or "0")
