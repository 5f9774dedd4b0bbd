"""Where to begin to read a stream."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from clacks_monitor.core.stream_position import StreamPositionError, parse

NOON = datetime(2026, 11, 30, 12, 0, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", "next"),
        (" next ", "next"),
        ("first", "first"),
        ("last", "last"),
        ("0", 0),
        ("1200", 1200),
        (str(2**63 - 1), 2**63 - 1),
        ("10:00", NOON.replace(hour=10, second=0)),
        ("9:05:07", NOON.replace(hour=9, minute=5, second=7)),
        ("12:01", NOON.replace(day=29, minute=1, second=0)),
        ("2026-11-30T10:00:00Z", datetime(2026, 11, 30, 10, tzinfo=UTC)),
    ],
)
def test_what_a_user_writes(text: str, position: str | int | datetime) -> None:
    assert parse(text, lambda: NOON) == position


def test_a_date_without_a_zone_is_local() -> None:
    assert parse("2026-11-30 10:00") == datetime(2026, 11, 30, 10).astimezone()


@pytest.mark.parametrize("text", ["1st", "-1", "25:00", "10:61", "2026-13-01", str(2**63), "0001-01-01", "x" * 10_000])
def test_what_is_no_position_is_refused_with_examples(text: str) -> None:
    with pytest.raises(StreamPositionError, match="Examples: first") as refused:
        parse(text, lambda: NOON)
    assert len(str(refused.value)) < 200
