"""Placeholders in an event: values that differ from one sent event to the next.

``{{uuid}}``, ``{{now}}``, ``{{now+PT5M}}``, ``{{now-P1D:epoch}}``, ``{{counter}}``, ``{{random:1:100}}``,
``{{pick:busy,free}}``, ``{{csv:column}}``.

The preview of the next event and the event itself are made from the same seed, so that the event is sent as it was
shown, except for the time of day. Owner: the draft or the burst that is sent. Thread: one at a time.
"""

from __future__ import annotations

import calendar
import random
import re
import secrets
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.lossless import escape_attribute, unescape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Placeholders", "contains", "shift"]

_PLACEHOLDER: Final = re.compile(r"\{\{([^{}]*)\}\}")
_NOW: Final = re.compile(r"now(?:(?P<sign>[+-])(?P<duration>P[0-9A-Z.]*))?(?::(?P<format>epoch|date|time))?")
_DURATION: Final = re.compile(
    r"P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_RANDOM: Final = re.compile(r"random:(?P<low>-?\d+(?:\.\d+)?):(?P<high>-?\d+(?:\.\d+)?)")
_KNOWN: Final = "uuid, now, now+PT5M, counter, random:1:100, pick:a,b, csv:column"


def contains(text: str) -> bool:
    """Whether there is a placeholder in a text."""
    return _PLACEHOLDER.search(text) is not None


def shift(moment: datetime, duration: str, *, backwards: bool = False) -> datetime:
    """Add an XML Schema duration to a moment; months keep the day where the month has it.

    Raises ValueError for a text that is not a duration, or a result outside of the years 1 to 9999.
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(Message("{0} is not a duration such as PT5M or P1DT2H", duration))
    sign = -1 if backwards else 1
    months = int(found["years"] or 0) * 12 + int(found["months"] or 0)
    index = moment.year * 12 + moment.month - 1 + sign * months
    year, month = divmod(index, 12)
    try:
        day = min(moment.day, calendar.monthrange(year, month + 1)[1])
        rest = timedelta(
            days=int(found["days"] or 0),
            hours=int(found["hours"] or 0),
            minutes=int(found["minutes"] or 0),
            seconds=float(found["seconds"] or 0),
        )
        return moment.replace(year=year, month=month + 1, day=day) + sign * rest
    except (OverflowError, ValueError, calendar.IllegalMonthError) as error:
        raise ValueError(Message("{0} leads to a date outside of the years 1 to 9999", duration)) from error


class Placeholders:
    """Values for the next event and those after it; the same ``seed`` gives the same values.

    ``rows`` are a CSV file's rows, used again from the first after the last. ``index`` counts the events from 0.
    """

    def __init__(
        self,
        *,
        rows: Sequence[Mapping[str, str]] = (),
        seed: int | None = None,
        start: int = 1,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.rows = rows
        self.seed = secrets.randbits(64) if seed is None else seed
        self.start = start
        self.index = 0
        self._clock = clock or (lambda: datetime.now(UTC))

    def preview(self, text: str) -> str:
        """Return the text as the next event will have it; unresolvable placeholders stay unchanged."""
        return self._replaced(text, escape=False)

    def preview_xml(self, text: str) -> str:
        """Return the same for XML text: values are escaped."""
        return self._replaced(text, escape=True)

    def resolve_xml(self, text: str) -> str:
        """Return the next event's XML text and advance to the event after it."""
        resolved = self.preview_xml(text)
        self.index += 1
        return resolved

    def problems(self, text: str) -> list[str]:
        """Return why placeholders of a text cannot be resolved."""
        found: list[str] = []
        generator = self._generator()
        for match in _PLACEHOLDER.finditer(text):
            try:
                self._value(unescape(match[1]).strip(), generator, self._clock())
            except ValueError as error:
                found.append(Message("{0}: {1}", match[0], error.args[0]))
        return found

    def _generator(self) -> random.Random:
        return random.Random(f"{self.seed}/{self.index}")  # test data, not secrets

    def _replaced(self, text: str, *, escape: bool) -> str:
        generator = self._generator()
        now = self._clock()

        def value(match: re.Match[str]) -> str:
            inner = unescape(match[1]) if escape else match[1]
            try:
                found = self._value(inner.strip(), generator, now)
            except ValueError:
                return match[0]
            return escape_attribute(found).replace(">", "&gt;") if escape else found

        return _PLACEHOLDER.sub(value, text)

    def _value(self, name: str, generator: random.Random, now: datetime) -> str:
        if name == "uuid":
            return str(uuid.UUID(int=generator.getrandbits(128), version=4))
        if name == "counter":
            return str(self.start + self.index)
        if (moment := _NOW.fullmatch(name)) is not None:
            return _moment(moment, now)
        if (bounds := _RANDOM.fullmatch(name)) is not None:
            return _random(bounds["low"], bounds["high"], generator)
        kind, colon, rest = name.partition(":")
        if kind == "pick" and colon:
            return generator.choice(rest.split(","))
        if kind == "csv" and colon:
            return self._column(rest)
        raise ValueError(Message("unknown placeholder; available: {0}", _KNOWN))

    def _column(self, name: str) -> str:
        if not self.rows:
            raise ValueError(Message("no CSV file chosen"))
        row = self.rows[self.index % len(self.rows)]
        if name not in row:
            raise ValueError(Message("the CSV file has no column {0}; available: {1}", name, ", ".join(row)))
        return row[name]


def _moment(found: re.Match[str], now: datetime) -> str:
    moment = now.astimezone(UTC)
    if found["duration"]:
        moment = shift(moment, found["duration"], backwards=found["sign"] == "-")
    if found["format"] == "epoch":
        return f"{moment.timestamp():.3f}"
    if found["format"] == "date":
        return moment.date().isoformat()
    if found["format"] == "time":
        return moment.strftime("%H:%M:%SZ")
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _random(low: str, high: str, generator: random.Random) -> str:
    """Return a number between two bounds, both included, with as many decimals as they have."""
    places = max(len(text.partition(".")[2]) for text in (low, high))
    first, last = _scaled(low, places), _scaled(high, places)
    if last < first:
        raise ValueError(Message("{0} is greater than {1}", low, high))
    number = generator.randint(first, last)
    if not places:
        return str(number)
    digits = f"{abs(number):0{places + 1}d}"
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _scaled(text: str, places: int) -> int:
    """Return a number times ten to the power of ``places``, exactly."""
    whole, _point, fraction = text.partition(".")
    return int(whole + fraction.ljust(places, "0"))
