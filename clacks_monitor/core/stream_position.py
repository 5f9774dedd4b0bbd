"""Where to begin to read a stream: what a user writes, and what it means. Immutable; any thread."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

NEXT: Final = "next"
NAMES: Final = ("first", "last", NEXT)
"""The oldest event that is kept, the last chunk of events, and only what comes from now on."""

EXAMPLES: Final = "first, last, next, 1200, 10:00, 2026-11-30 10:00"
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
MAX_OFFSET: Final = 2**63 - 1


class StreamPositionError(ValueError):
    """A position is invalid; the text says so and shows valid ones."""


def _now() -> datetime:
    return datetime.now().astimezone()


def parse(text: str, now: Callable[[], datetime] = _now) -> str | int | datetime:
    """Return one of ``NAMES``, an offset, or a time with its zone; "" is ``NEXT``. Raises StreamPositionError.

    A time without a date is the last such time: today's, or yesterday's where today's is still to come. Times without a
    zone are local.
    """
    given = text.strip()
    if not given or given in NAMES:
        return given or NEXT
    if given.isascii() and given.isdigit() and int(given) <= MAX_OFFSET:
        return int(given)
    try:
        match = _TIME.fullmatch(given)
        if match is None:
            return datetime.fromisoformat(given).astimezone()
        today = now()
        hour, minute, second = (int(part or 0) for part in match.groups())
        found = datetime.combine(date(today.year, today.month, today.day), today.timetz())
        found = found.replace(hour=hour, minute=minute, second=second, microsecond=0)
        return found if found <= today else found - timedelta(days=1)
    except (ValueError, OverflowError, OSError):
        raise StreamPositionError(
            Message("A stream cannot be read from {0}. Examples: {1}", given[:40], EXAMPLES)
        ) from None
