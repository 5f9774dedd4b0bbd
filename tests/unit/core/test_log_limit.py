"""A stranger's doing fills no log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.log_limit import LINES, MAX_MESSAGE, SECONDS, LogLimit

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def log(now: list[float]) -> Iterator[logging.Logger]:
    limit, made = LogLimit(lambda: now[0]), logging.getLogger("clacks_monitor.a_test_of_the_log")
    made.addFilter(limit)
    yield made
    made.removeFilter(limit)


def say(log: logging.Logger, text: str) -> None:
    log.warning("it said %s", text)


def test_a_few_lines_of_a_place_pass_and_what_was_left_out_is_counted(
    log: logging.Logger, now: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(LINES + 1000):
        say(log, str(number))
    assert caplog.messages == [f"it said {number}" for number in range(LINES)]
    log.warning("another place")
    assert caplog.messages[-1] == "another place"
    now[0] += SECONDS
    say(log, "again")
    assert caplog.messages[-1] == "it said again (1,000 more of these were left out)"
    say(log, "once more")
    assert caplog.messages[-1] == "it said once more"


def test_no_line_is_longer_than_its_bound(log: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    say(log, "x" * 10_000_000)
    assert len(caplog.messages[0]) == MAX_MESSAGE


def test_the_bounds_of_the_log() -> None:
    assert (LINES, SECONDS, MAX_MESSAGE) == (5, 60.0, 2_000)


def test_a_quiet_place_is_not_held_back(
    log: logging.Logger, now: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    for _minute in range(4):
        for number in range(LINES):
            say(log, str(number))
        now[0] += SECONDS
    assert len(caplog.messages) == 4 * LINES
    assert not any("left out" in line for line in caplog.messages)


def test_the_time_of_a_place_ends_on_its_second(
    log: logging.Logger, now: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(LINES + 1):
        say(log, str(number))
    now[0] = SECONDS - 0.5
    say(log, "early")
    assert len(caplog.messages) == LINES
    now[0] = SECONDS
    say(log, "in time")
    assert caplog.messages[-1] == "it said in time (2 more of these were left out)"
