"""Dates, times and durations with any year, any precision and the proleptic Gregorian calendar.

Owner: xquery. Thread: any; values never change. Source: XML Schema 1.1, part 2, and F&O 3.1.
Python's datetime ends with the year 9999 and at microseconds, so these are our own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Self

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel.values import DECIMALS, decimal_string
from clacks_monitor.xquery.errors import QueryError

_TZ = r"(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"(-?(?:[1-9]\d{3,}|0\d{3}))"
_MAX_YEAR = 1_000_000_000
DAY = 86400
FEBRUARY, MARCH, MONTHS, HOURS, SIXTY = 2, 3, 12, 24, 60


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01; year 0 is 1 BC."""
    # The year starts in March here, so that the leap day is its last.
    year, month = (year, month - MARCH) if month >= MARCH else (year - 1, month - MARCH + MONTHS)
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * month + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Year, month and day; the inverse of days_from_civil."""
    days += 719468
    era = days // 146097
    of_era = days - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    part = (5 * of_year + 2) // 153
    month = part + MARCH if part + MARCH <= MONTHS else part + MARCH - MONTHS
    year = year_of_era + era * 400 + (month < MARCH)
    return year, month, of_year - (153 * part + 2) // 5 + 1


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == FEBRUARY:
        return 29 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


def timezone_string(minutes: int | None) -> str:
    """``Z``, ``+01:00`` or nothing."""
    if minutes is None:
        return ""
    if minutes == 0:
        return "Z"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _timezone(text: str | None) -> int | None:
    if not text:
        return None
    if text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    return -minutes if text[0] == "-" else minutes


def _seconds_string(seconds: Decimal) -> str:
    whole, _, fraction = decimal_string(seconds).partition(".")
    return whole.zfill(2) + (f".{fraction}" if fraction else "")


@dataclass(frozen=True, slots=True, eq=False)
class DateTimeValue:
    """Any of the date and time types; unused fields keep their reference value.

    ``seconds`` are those of the minute, ``timezone`` minutes east of UTC or None.
    """

    year: int = 1972
    month: int = 12
    day: int = 31
    hour: int = 0
    minute: int = 0
    seconds: Decimal = Decimal(0)
    timezone: int | None = None
    name: ClassVar[str] = "dateTime"
    pattern: ClassVar[re.Pattern[str]] = re.compile("")
    parts: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the lexical form; raises ValueError."""
        match = cls.pattern.fullmatch(text)
        if match is None:
            raise ValueError(f"'{text}' is not a valid xs:{cls.name}")
        found = dict(zip((*cls.parts, "timezone"), match.groups(), strict=True))
        values: dict[str, int | Decimal | None] = {
            k: Decimal(v) if k == "seconds" else int(v) for k, v in found.items() if k != "timezone"
        }
        values["timezone"] = _timezone(found["timezone"])
        return cls(**values).checked(text)  # type: ignore[arg-type]  # names are the fields

    def checked(self, text: str) -> Self:
        """Return the moment, midnight moved to the next day; ValueError when there is none."""
        if not 1 <= self.month <= MONTHS or not 1 <= self.day <= days_in_month(self.year, self.month):
            raise ValueError(f"'{text}' is not a valid xs:{self.name}")
        if abs(self.year) > _MAX_YEAR:
            raise QueryError("FODT0001", Message("The year of '{0}' is too large.", text))
        if self.hour == HOURS and self.minute == 0 and self.seconds == 0:
            midnight = replace(self, hour=0)
            return midnight if self.name == "time" else midnight.plus_seconds(Decimal(DAY))
        if self.hour >= HOURS or self.minute >= SIXTY or self.seconds >= SIXTY:
            raise ValueError(f"'{text}' is not a valid xs:{self.name}")
        return self

    def timeline(self, implicit: int = 0) -> Decimal:
        """Seconds since 1970-01-01T00:00:00Z; ``implicit`` is the timezone of those without one."""
        zone = implicit if self.timezone is None else self.timezone
        days = days_from_civil(self.year, self.month, self.day)
        return Decimal(days * DAY + self.hour * 3600 + (self.minute - zone) * 60) + self.seconds

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateTimeValue) and other.name == self.name and self.timeline() == other.timeline()

    def __hash__(self) -> int:
        return hash((self.name, self.timeline()))

    def at_local(self, seconds: Decimal) -> Self:
        """The same type and timezone at local seconds since 1970."""
        days, rest = divmod(seconds, DAY)
        if rest < 0:
            days, rest = days - 1, rest + DAY
        year, month, day = civil_from_days(int(days))
        if abs(year) > _MAX_YEAR:
            raise QueryError("FODT0001", Message("The year is too large."))
        minutes, second = divmod(rest, 60)
        hour, minute = divmod(int(minutes), 60)
        return replace(self, year=year, month=month, day=day, hour=hour, minute=minute, seconds=second)

    def plus_seconds(self, seconds: Decimal) -> Self:
        """Later by some seconds; a date drops the time of day, a time the day."""
        local = self.timeline() + Decimal((self.timezone or 0) * 60)
        moved = self.at_local(DECIMALS.add(local, seconds))
        if self.name == "date":
            return replace(moved, hour=0, minute=0, seconds=Decimal(0))
        if self.name == "time":
            return replace(moved, year=1972, month=12, day=31)
        return moved

    def plus_months(self, months: int) -> Self:
        """Later by some months; the day is held within the month."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        if abs(year) > _MAX_YEAR:
            raise QueryError("FODT0001", Message("The year is too large."))
        day = min(self.day, days_in_month(year, month + 1))
        return replace(self, year=year, month=month + 1, day=day)

    def adjusted(self, timezone: int | None) -> Self:
        """fn:adjust-...-to-timezone."""
        if timezone is None or self.timezone is None:
            return replace(self, timezone=timezone)
        moved = self.at_local(self.timeline() + Decimal(timezone * 60))
        moved = replace(moved, timezone=timezone)
        if self.name == "date":
            return replace(moved, hour=0, minute=0, seconds=Decimal(0))
        if self.name == "time":
            return replace(moved, year=1972, month=12, day=31)
        return moved

    def _year_string(self) -> str:
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04}"

    def _date(self) -> str:
        return f"{self._year_string()}-{self.month:02}-{self.day:02}"

    def _time(self) -> str:
        return f"{self.hour:02}:{self.minute:02}:{_seconds_string(self.seconds)}"

    def _text(self) -> str:
        raise NotImplementedError

    def __str__(self) -> str:
        return self._text() + timezone_string(self.timezone)


_DATE = _YEAR + r"-(\d\d)-(\d\d)"
_TIME = r"(\d\d):(\d\d):(\d\d(?:\.\d+)?)"


class DateTime(DateTimeValue):
    """xs:dateTime."""

    __slots__ = ()
    name = "dateTime"
    pattern = re.compile(_DATE + "T" + _TIME + _TZ, re.ASCII)
    parts = ("year", "month", "day", "hour", "minute", "seconds")

    def _text(self) -> str:
        return f"{self._date()}T{self._time()}"


class DateTimeStamp(DateTime):
    """xs:dateTimeStamp: with a timezone. Equal to an xs:dateTime at the same time."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the lexical form; raises ValueError."""
        found = super().parse(text)
        if found.timezone is None:
            raise ValueError(f"'{text}' has no timezone")
        return found


class Date(DateTimeValue):
    """xs:date."""

    __slots__ = ()
    name = "date"
    pattern = re.compile(_DATE + _TZ, re.ASCII)
    parts = ("year", "month", "day")

    def _text(self) -> str:
        return self._date()


class Time(DateTimeValue):
    """xs:time, on the reference day."""

    __slots__ = ()
    name = "time"
    pattern = re.compile(_TIME + _TZ, re.ASCII)
    parts = ("hour", "minute", "seconds")

    def _text(self) -> str:
        return self._time()


class GYear(DateTimeValue):
    """xs:gYear."""

    __slots__ = ()
    name = "gYear"
    pattern = re.compile(_YEAR + _TZ, re.ASCII)
    parts = ("year",)

    def _text(self) -> str:
        return self._year_string()

    def timeline(self, implicit: int = 0) -> Decimal:
        """Seconds of its first day."""
        return DateTimeValue.timeline(replace(self, month=1, day=1), implicit)


class GYearMonth(DateTimeValue):
    """xs:gYearMonth."""

    __slots__ = ()
    name = "gYearMonth"
    pattern = re.compile(_YEAR + r"-(\d\d)" + _TZ, re.ASCII)
    parts = ("year", "month")

    def checked(self, text: str) -> Self:
        """Check the month only."""
        return DateTimeValue.checked(replace(self, day=1), text)

    def _text(self) -> str:
        return f"{self._year_string()}-{self.month:02}"


class GMonthDay(DateTimeValue):
    """xs:gMonthDay, in the reference year."""

    __slots__ = ()
    name = "gMonthDay"
    pattern = re.compile(r"--(\d\d)-(\d\d)" + _TZ, re.ASCII)
    parts = ("month", "day")

    def _text(self) -> str:
        return f"--{self.month:02}-{self.day:02}"


class GMonth(DateTimeValue):
    """xs:gMonth."""

    __slots__ = ()
    name = "gMonth"
    pattern = re.compile(r"--(\d\d)" + _TZ, re.ASCII)
    parts = ("month",)

    def checked(self, text: str) -> Self:
        """Check the month only."""
        return DateTimeValue.checked(replace(self, day=1), text)

    def _text(self) -> str:
        return f"--{self.month:02}"


class GDay(DateTimeValue):
    """xs:gDay."""

    __slots__ = ()
    name = "gDay"
    pattern = re.compile(r"---(\d\d)" + _TZ, re.ASCII)
    parts = ("day",)

    def _text(self) -> str:
        return f"---{self.day:02}"


_DURATION = re.compile(
    r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Duration:
    """xs:duration: months and seconds, both with the same sign."""

    months: int = 0
    seconds: Decimal = Decimal(0)
    name: ClassVar[str] = "duration"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and self.months == other.months and self.seconds == other.seconds

    def __hash__(self) -> int:
        return hash((self.months, self.seconds))

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the lexical form; raises ValueError."""
        match = _DURATION.fullmatch(text)
        if match is None or text[-1] in "PT":
            raise ValueError(f"'{text}' is not a valid xs:{cls.name}")
        sign, years, months, days, time, hours, minutes, seconds = match.groups()
        if (cls is YearMonthDuration and (days or time)) or (cls is DayTimeDuration and (years or months)):
            raise ValueError(f"'{text}' is not a valid xs:{cls.name}")
        total = int(years or 0) * 12 + int(months or 0)
        span = Decimal(int(days or 0) * DAY + int(hours or 0) * 3600 + int(minutes or 0) * 60)
        span += Decimal(seconds or 0)
        if total > 12 * _MAX_YEAR or span > 10**20:
            raise QueryError("FODT0002", Message("The duration '{0}' is too large.", text))
        return cls(-total, -span) if sign else cls(total, span)

    def __str__(self) -> str:
        months, seconds = abs(self.months), abs(self.seconds)
        sign = "-" if self.months < 0 or self.seconds < 0 else ""
        date = "".join(f"{n}{c}" for n, c in ((months // 12, "Y"), (months % 12, "M")) if n)
        days, rest = divmod(seconds, DAY)
        if days:
            date += f"{int(days)}D"
        hours, rest = divmod(rest, 3600)
        minutes, rest = divmod(rest, 60)
        time = "".join(f"{int(n)}{c}" for n, c in ((hours, "H"), (minutes, "M")) if n)
        if rest:
            time += f"{decimal_string(rest)}S"
        if not date and not time:
            return "P0M" if isinstance(self, YearMonthDuration) else "PT0S"
        return f"{sign}P{date}{'T' + time if time else ''}"


class YearMonthDuration(Duration):
    """xs:yearMonthDuration."""

    __slots__ = ()
    name = "yearMonthDuration"


class DayTimeDuration(Duration):
    """xs:dayTimeDuration."""

    __slots__ = ()
    name = "dayTimeDuration"


MOMENTS = (DateTime, DateTimeStamp, Date, Time, GYear, GYearMonth, GMonthDay, GMonth, GDay)
