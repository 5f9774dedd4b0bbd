"""What people type as a time, in the local zone."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.moments import NS, moment_from

NEAR = "2026-11-24T14:02:10"
NOW = "2026-11-26T08:30:00"


def _ns(moment: str) -> int:
    return int(datetime.fromisoformat(moment).astimezone().timestamp() * 1000) * 1_000_000


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14:05", "2026-11-24T14:05:00"),
        ("9:00:01", "2026-11-24T09:00:01"),
        ("14:05:06.25", "2026-11-24T14:05:06.250000"),
        ("9", "2026-11-24T09:00:00"),
        ("9 Uhr", "2026-11-24T09:00:00"),
        ("9 pm", "2026-11-24T21:00:00"),
        ("12 am", "2026-11-24T00:00:00"),
        ("yesterday 9:00", "2026-11-25T09:00:00"),
        ("Gestern 9:00", "2026-11-25T09:00:00"),
        ("today", "2026-11-26T00:00:00"),
        ("now", NOW),
        ("-5m", "2026-11-24T13:57:10"),
        ("+1h -30s", "2026-11-24T15:01:40"),
        ("-1,5h", "2026-11-24T12:32:10"),
        ("-2d", "2026-11-22T14:02:10"),
        ("2026-11-20", "2026-11-20T00:00:00"),
        ("2026-11-20 14:02", "2026-11-20T14:02:00"),
        ("2026-11-20T14:02:03", "2026-11-20T14:02:03"),
        ("20.11. 14:02", "2026-11-20T14:02:00"),
        ("20.11.2025", "2025-11-20T00:00:00"),
        ("  14:02 ", "2026-11-24T14:02:00"),
        ("jetzt", NOW),
        ("heute 9:00", "2026-11-26T09:00:00"),
        ("tomorrow", "2026-11-27T00:00:00"),
        ("morgen 8:00", "2026-11-27T08:00:00"),
        ("vorgestern", "2026-11-24T00:00:00"),
        ("übermorgen", "2026-11-28T00:00:00"),
        ("12 pm", "2026-11-24T12:00:00"),
        ("9:30 am", "2026-11-24T09:30:00"),
        ("-10s", "2026-11-24T14:02:00"),
        ("-10min", "2026-11-24T13:52:10"),
        ("+2h", "2026-11-24T16:02:10"),
        ("-1t", "2026-11-23T14:02:10"),
        ("-1w", "2026-11-17T14:02:10"),
        ("+1h-30m", "2026-11-24T14:32:10"),
        ("- 5 m", "2026-11-24T13:57:10"),
        ("14:05:06,5", "2026-11-24T14:05:06.500000"),
        ("1.12. 9 Uhr", "2026-12-01T09:00:00"),
        ("23:59:59", "2026-11-24T23:59:59"),
        ("0:00", "2026-11-24T00:00:00"),
        ("24", None),
    ],
)
def test_what_a_person_means(text: str, meant: str | None) -> None:
    assert moment_from(text, _ns(NEAR), _ns(NOW)) == (None if meant is None else _ns(meant))


def test_nanoseconds_are_read_to_the_last_digit() -> None:
    assert moment_from("14:05:06.123456789", _ns(NEAR), _ns(NOW)) == _ns("2026-11-24T14:05:06") + 123_456_789
    assert moment_from("14:05:06.000000001", _ns(NEAR), _ns(NOW)) == _ns("2026-11-24T14:05:06") + 1


@pytest.mark.parametrize(
    "text",
    ["", " ", "soon", "25:00", "14:60", "2026-13-01", "31.2.", "-", "-5", "5m", "14:02 x", "99999", "yesterday x"],
)
def test_what_is_no_time(text: str) -> None:
    assert moment_from(text, _ns(NEAR), _ns(NOW)) is None


@given(st.text(max_size=30))
def test_nothing_that_can_be_typed_raises(text: str) -> None:
    found = moment_from(text, time.time_ns(), time.time_ns())
    assert found is None or isinstance(found, int)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.integers(0, 999))
def test_what_the_table_shows_can_be_typed(hour: int, minute: int, second: int, milli: int) -> None:
    found = moment_from(f"{hour:02}:{minute:02}:{second:02}.{milli:03}", _ns(NEAR), _ns(NOW))
    assert found == _ns(f"{NEAR[:11]}{hour:02}:{minute:02}:{second:02}") + milli * NS // 1000


def test_times_are_read_in_the_zone_that_is_shown() -> None:
    near = int(datetime(2026, 11, 24, 23, 30, tzinfo=UTC).timestamp()) * NS
    found = moment_from("14:02:10.5", near, near, UTC)
    assert found == int(datetime(2026, 11, 24, 14, 2, 10, tzinfo=UTC).timestamp()) * NS + 500_000_000
    assert moment_from("yesterday", near, near, UTC) == int(datetime(2026, 11, 23, tzinfo=UTC).timestamp()) * NS
    assert (
        moment_from("2026-01-02 03:04", near, near, UTC) == int(datetime(2026, 1, 2, 3, 4, tzinfo=UTC).timestamp()) * NS
    )
