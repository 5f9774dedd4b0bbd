"""Times as people type them: "14:02", "yesterday 9:00", "-5m", "24.11. 14:02", "2026-11-24 14:02:10". Pure; any thread.

English and German words are understood whatever the window's language: both are typed in one control room.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, tzinfo

NS = 1_000_000_000
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400, "t": 86_400, "w": 604_800}
_RELATIVE = re.compile(r"([+-])\s*(\d+(?:[.,]\d+)?)\s*(s|min|m|h|d|t|w)")
_DAYS = {
    "today": 0, "heute": 0, "yesterday": -1, "gestern": -1, "tomorrow": 1, "morgen": 1,
    "vorgestern": -2, "übermorgen": 2,
}  # fmt: skip
_NOW = {"now", "jetzt"}
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(?:\s*(am|pm|uhr))?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")


def moment_from(text: str, near_ns: int, now_ns: int, zone: tzinfo | None = None) -> int | None:
    """Return the time that a text denotes, None if it is not a time. All are wall clock in nanoseconds.

    The text is in ``zone``, None for the local one.
    A time of day is on the day of ``near_ns``; "-5m" is counted from there; "yesterday" and "now" from ``now_ns``.
    """
    typed = " ".join(text.casefold().split())
    if typed in _NOW:
        return now_ns
    try:
        return _relative(typed, near_ns) or _dated(typed, near_ns, now_ns, zone)
    except (ValueError, OverflowError, OSError):
        return None


def _relative(typed: str, near_ns: int) -> int | None:
    parts = re.split(r"\s+(?=[+-])|(?<=[a-z])(?=[+-])", typed)
    found = [_RELATIVE.fullmatch(part) for part in parts]
    if not typed or not all(found):
        return None
    total = 0.0
    for part in found:
        if part is not None:
            sign = -1 if part[1] == "-" else 1
            total += sign * float(part[2].replace(",", ".")) * _UNITS[part[3]]
    return near_ns + round(total * NS)


def _dated(typed: str, near_ns: int, now_ns: int, zone: tzinfo | None) -> int | None:
    """Read a day, a time of day, or both with the day first."""
    first, _space, rest = typed.partition(" ")
    if re.match(r"\d{4}-\d{1,2}-\d{1,2}t", first):
        first, _t, clock = first.partition("t")
        rest = f"{clock} {rest}".strip()
    day = _day(first, near_ns, now_ns, zone)
    if day is None:
        day, rest = _in_zone(near_ns, zone), typed
        if not rest or re.fullmatch(r"\d{3,}", rest):
            return None
    return _at(day, rest, zone)


def _in_zone(wall_ns: int, zone: tzinfo | None) -> datetime:
    return datetime.fromtimestamp(wall_ns // NS).astimezone(zone)


def _day(word: str, near_ns: int, now_ns: int, zone: tzinfo | None) -> datetime | None:
    if word in _DAYS:
        return _in_zone(now_ns, zone) + timedelta(days=_DAYS[word])
    iso, german = _ISO_DAY.fullmatch(word), _GERMAN_DAY.fullmatch(word)
    if iso:
        return datetime(int(iso[1]), int(iso[2]), int(iso[3])).astimezone()
    if german:
        year = int(german[3]) if german[3] else _in_zone(near_ns, zone).year
        return datetime(year, int(german[2]), int(german[1])).astimezone()
    return None


def _at(day: datetime, clock: str, zone: tzinfo | None) -> int | None:
    """Return the time of day ``clock`` on a day; the beginning of the day for ""."""
    of_day, rest = time(), 0
    if clock:
        found = _CLOCK.fullmatch(clock)
        if not found:
            return None
        hour = int(found[1])
        if found[5] in {"am", "pm"}:
            hour = hour % 12 + (12 if found[5] == "pm" else 0)
        of_day = time(hour, int(found[2] or 0), int(found[3] or 0))
        rest = int((found[4] or "").ljust(9, "0")) if found[4] else 0
    moment = datetime.combine(day, of_day)
    aware = moment.astimezone() if zone is None else moment.replace(tzinfo=zone)
    return round(aware.timestamp()) * NS + rest
