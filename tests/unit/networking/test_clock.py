"""The system's clocks: which goes on while the computer sleeps."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from clacks_monitor.networking.clock import SYSTEM_CLOCK, Clock

if TYPE_CHECKING:
    import pytest


def test_each_clock_is_the_systems_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Clock() == SYSTEM_CLOCK
    assert SYSTEM_CLOCK.wall_ns is time.time_ns
    assert SYSTEM_CLOCK.monotonic is time.monotonic
    asked: list[int] = []

    def clock_gettime(which: int) -> float:
        asked.append(which)
        return 5.0

    monkeypatch.setattr(time, "clock_gettime", clock_gettime)
    assert SYSTEM_CLOCK.through_sleep() == 5.0
    assert asked == [time.CLOCK_BOOTTIME]


def test_without_such_a_clock_the_wall_clock_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    monkeypatch.setattr(time, "time", lambda: 7.0)
    assert SYSTEM_CLOCK.through_sleep() == 7.0
