"""Numbers and times as people read them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = 1_700_049_600 * formats.NS


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", getattr(request, "param", "Europe/Berlin"))
    time.tzset()
    for kept in (formats._second, formats.day_of, formats.short_day):
        kept.cache_clear()
    yield
    monkeypatch.undo()
    time.tzset()
    for kept in (formats._second, formats.day_of, formats.short_day):
        kept.cache_clear()


@pytest.mark.parametrize(
    ("per_second", "words"),
    [
        (0.0, "0.0/s"),
        (4.83, "4.8/s"),
        (321.4, "321/s"),
        (0.1, "0.1/s"),
        (0.05, "3.0/min"),
        (0.001, "3.6/h"),
        (1e-5, "0.9/d"),
        (1e-9, "0.0/d"),
    ],
)
def test_rare_things_are_counted_by_minute_hour_or_day(per_second: float, words: str) -> None:
    assert formats.rate(per_second) == words


@pytest.mark.parametrize(("more_ns", "fraction"), [(0, ""), (500_000_000, ".500"), (123_456_000, ".123456"), (999, "")])
@pytest.mark.usefixtures("zone")
def test_a_full_time_says_no_more_than_is_known(more_ns: int, fraction: str) -> None:
    assert formats.full_time(NOON + more_ns) == f"Wednesday, November 15, 2023, 13:00:00{fraction} (CET, UTC+01:00)"


@pytest.mark.usefixtures("zone")
def test_a_span_names_its_days_where_they_differ() -> None:
    hour = 3_600 * formats.NS
    assert formats.span(NOON, NOON + hour) == ("13:00:00", "14:00:00")
    assert formats.span(NOON, NOON + 11 * hour) == ("13:00:00", "00:00:00")
    assert formats.span(NOON, NOON + 12 * hour) == ("15 Nov 13:00:00", "16 Nov 01:00:00")


@pytest.mark.parametrize("zone", ["UTC"], indirect=True)
@pytest.mark.usefixtures("zone")
def test_universal_time_is_named_once() -> None:
    assert formats.full_time(NOON).endswith(" 12:00:00 (UTC)")


@pytest.mark.parametrize("count", [2**31, 2**63 - 1, 2**80])
def test_a_number_beyond_what_a_toolkit_counts_to_is_said_all_the_same(count: int) -> None:
    """A capture can claim any size of a body, and any number of lost events."""
    assert (formats.plural(count), formats.plural(-count)) == (2**31 - 1, 1 - 2**31)
    assert "2,147,483,647 bytes" in formats.bytes_text(count)
