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
    for kept in (formats._second, formats._day_of, formats._short_day):
        kept.cache_clear()
    yield
    monkeypatch.undo()
    time.tzset()
    for kept in (formats._second, formats._day_of, formats._short_day):
        kept.cache_clear()


@pytest.mark.parametrize(
    ("per_second", "words"),
    [
        (0.0, "0.0/s"),
        (4.83, "4.8/s"),
        (99.9, "99.9/s"),
        (100.0, "100/s"),
        (321.4, "321/s"),
        (0.1, "0.1/s"),
        (0.099, "5.9/min"),
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


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 B"),
        (1_023, "1023 B"),
        (1_024, "1.0 kB"),
        (10_188, "9.9 kB"),
        (10_240, "10 kB"),
        (1_024**2 - 1, "1,024 kB"),
        (1_024**2, "1.0 MB"),
        (40_000_000, "38 MB"),
        (1_024**3, "1.0 GB"),
        (1_024**4, "1.0 TB"),
        (1_024**5, "1,024 TB"),
    ],
)
def test_a_size_has_the_unit_that_leaves_few_digits(count: int, words: str) -> None:
    assert formats.size(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0.0 s"),
        (9.94, "9.9 s"),
        (10, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 minute"),
        (89, "1 minute"),
        (91, "2 minutes"),
        (3_569, "59 minutes"),
        (3_571, "1 hour"),
        (3_600, "1 hour"),
        (3_720, "1 hour 2 minutes"),
        (86_399, "23 hours 59 minutes"),
        (86_400, "1 day"),
        (90_000, "1 day 1 hour"),
        (259_200, "3 days"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_units(seconds: float, words: str) -> None:
    assert formats.duration(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1.9, "now"),
        (2, "2 s"),
        (9.9, "9 s"),
        (10, "10 s"),
        (14.9, "10 s"),
        (15, "15 s"),
        (59.9, "55 s"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_600, "1 h"),
        (86_399, "23 h"),
        (86_400, "1 d"),
        (200_000, "2 d"),
    ],
)
def test_how_long_ago_takes_little_room(seconds: float, words: str) -> None:
    assert formats.ago_short(seconds) == words


@pytest.mark.usefixtures("zone")
def test_a_time_of_day_has_its_thousandths_or_none() -> None:
    assert formats.clock(NOON + 7_999_999) == "13:00:00.007"
    assert formats.clock_short(NOON + 999_999_999) == "13:00:00"
    assert formats.day(NOON) == "Wednesday, November 15, 2023"


@pytest.mark.usefixtures("zone")
def test_a_day_is_that_of_the_place() -> None:
    midnight = NOON // formats.NS + 11 * 3_600
    year = 366 * 86_400
    assert formats.day_of(midnight - 1) == formats.day_of(midnight - 86_400) != formats.day_of(midnight)
    assert formats.day_of(midnight + 1) != formats.day_of(midnight + 1 + year)
    assert (formats.short_day(midnight - 1), formats.short_day(midnight)) == ("15 Nov", "16 Nov")


@pytest.mark.usefixtures("zone")
def test_the_end_of_a_span_belongs_to_the_day_before_it() -> None:
    midnight = NOON + 11 * 3_600 * formats.NS
    assert formats.span(midnight - formats.NS, midnight) == ("23:59:59", "00:00:00")
    assert formats.span(midnight - formats.NS, midnight + 1) == ("15 Nov 23:59:59", "16 Nov 00:00:00")


def test_numbers_are_grouped_and_have_one_digit_after_the_point() -> None:
    assert (formats.number(1_234_567), formats.decimal(1_234.56)) == ("1,234,567", "1,234.6")
    assert (formats.decimal(3), formats.rate(0), formats.duration(0)) == ("3.0", "0.0/s", "0.0 s")
    assert (formats.bytes_text(1), formats.bytes_text(2_048)) == ("1 byte", "2,048 bytes")
    assert (formats.plural(2**31 - 1), formats.plural(5), formats.plural(-5)) == (2**31 - 1, 5, -5)


@pytest.mark.parametrize(
    ("ns", "digits", "text"),
    [
        (0, 3, "0.000"),
        (234_499_999, 3, "0.234"),
        (999_500_000, 3, "1.000"),
        (-400_000, 3, "0.000"),
        (-62_345_000_000, 3, "\N{MINUS SIGN}1:02.345"),
        (3_723_000_001_000, 6, "1:02:03.000001"),
        (90_000_000_000_000, 0, "25:00:00"),
        (59_600_000_000, 0, "1:00"),
    ],
)
def test_a_distance_in_time_lines_up_at_the_right(ns: int, digits: int, text: str) -> None:
    assert formats.offset(ns, digits) == text
