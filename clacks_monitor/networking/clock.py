"""The clocks of a connection, in one value so that tests can set them. Thread: any."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _awake_and_asleep() -> float:
    """Return the seconds of a clock that goes on while the computer sleeps, where the system has one."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.time() if boottime is None else time.clock_gettime(boottime)


@dataclass(frozen=True, slots=True)
class Clock:
    """``wall_ns`` since the epoch, ``monotonic`` seconds that stand still in sleep, ``through_sleep`` that do not."""

    wall_ns: Callable[[], int] = time.time_ns
    monotonic: Callable[[], float] = time.monotonic
    through_sleep: Callable[[], float] = _awake_and_asleep


SYSTEM_CLOCK = Clock()
