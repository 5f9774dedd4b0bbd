"""Numbers with their units as people read them: "4.67 GB", "4.9 ms", "2 min 14 s". Thread: any."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Final

DURATION: Final = "duration"
"""The unit of seconds that are told in minutes, hours and days."""
MAX_NUMBERS: Final = 16
"""How many numbers of a list are shown."""

_LARGE: Final = ("", "k", "M", "G", "T", "P")
_SMALL: Final = ("", "m", "µ", "n")
_WITHOUT_PREFIX: Final = frozenset({"%", "°C"})
_DIVIDED: Final = frozenset({"s", "V", "W"})
"""Units that are made smaller: ms, mV."""
_ROUNDED: Final = 999.5
"""From here on three digits read 1,000."""
_PLAIN: Final = 1e6
"""Up to here a number without a unit is shown with all its digits."""
_PARTS: Final = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


@dataclass(frozen=True, slots=True)
class NumberSigns:
    """How a language writes numbers: the sign before decimals, and the one between groups of three digits."""

    decimal: str = "."
    group: str = ","

    def write(self, text: str) -> str:
        """Return a number that was written with ``,`` between groups and ``.`` before decimals."""
        return text.translate({ord(","): self.group, ord("."): self.decimal})


ENGLISH: Final = NumberSigns()


def quantities(text: str, unit: str, signs: NumberSigns = ENGLISH) -> str:
    """Return the numbers of a text (a list separated by blanks) with ``unit``; what is not a number stays as it is."""
    numbers = text.split(maxsplit=MAX_NUMBERS)
    more = " …" if len(numbers) > MAX_NUMBERS else ""
    return " ".join(_quantity(word, unit, signs) for word in numbers[:MAX_NUMBERS]) + more


def _quantity(word: str, unit: str, signs: NumberSigns) -> str:
    try:
        value = float(word)
    except ValueError:
        return word
    if not isfinite(value) or abs(value) >= 1e18:
        return word
    if unit == DURATION:
        return _duration(value, signs)
    prefix = ""
    if unit not in _WITHOUT_PREFIX and (unit or abs(value) >= _PLAIN):
        value, prefix = _scaled(value, unit)
    number = signs.write(_digits(value))
    return f"{number} {prefix}{unit}" if prefix or unit else number


def _scaled(value: float, unit: str) -> tuple[float, str]:
    """Return a number below 1,000 with the prefix that it then needs."""
    size, step = abs(value), 0
    if size >= _ROUNDED:
        while size >= _ROUNDED and step + 1 < len(_LARGE):
            size, value, step = size / 1000, value / 1000, step + 1
        return value, _LARGE[step]
    if unit in _DIVIDED and 0 < size < 1:
        while size < 1 and step + 1 < len(_SMALL):
            size, value, step = size * 1000, value * 1000, step + 1
        return value, _SMALL[step]
    return value, ""


def _digits(value: float) -> str:
    """Return a number with three significant digits, all digits of its whole part, and no zeros at its end."""
    size = abs(value)
    if size >= _ROUNDED:
        text = f"{value:,.0f}"
    elif size >= 0.001 or not size:
        text = f"{value:.3g}"
    else:
        text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _duration(seconds: float, signs: NumberSigns) -> str:
    if abs(seconds) < 60:
        return f"{signs.write(_digits(seconds))} s"
    left = round(abs(seconds))
    parts: list[str] = []
    for size, name in _PARTS:
        count, left = divmod(left, size)
        if count or parts:
            parts.append(f"{count} {name}" if count else "")
    return ("-" if seconds < 0 else "") + " ".join(part for part in parts[:2] if part)
