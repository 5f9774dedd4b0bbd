"""How the window writes times: in which zone, with the date or without, how exactly.

The format in force belongs to the process, as the locale does. Thread: the window's.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

FRACTIONS = (0, 3, 6)
"""The digits of a second's fraction that can be chosen."""


@dataclass(frozen=True, slots=True)
class TimeFormat:
    """``dated`` adds the date to the times of today, too; ``digits`` is one of FRACTIONS."""

    utc: bool = False
    dated: bool = False
    digits: int = 3

    @property
    def zone(self) -> tzinfo | None:
        """The time zone, None for the local one."""
        return UTC if self.utc else None


class _InForce:
    """Holds the format in force."""

    value = TimeFormat()


def time_format() -> TimeFormat:
    """Return the format in force."""
    return _InForce.value


def use_time_format(value: TimeFormat) -> None:
    """Write times in another format from now on."""
    _InForce.value = value


def broken_down(seconds: int) -> time.struct_time:
    """Return a time's year, month, ... in the zone of the format in force."""
    return time.gmtime(seconds) if _InForce.value.utc else time.localtime(seconds)
