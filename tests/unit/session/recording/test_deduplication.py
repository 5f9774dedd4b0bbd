"""What is left out after a break, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clacks_monitor.core.event import RawMessage
from clacks_monitor.session.recording.deduplication import Deduplicator, RecentMessages, identity_of
from tests.helpers.entries import a_gap, some_events

_RAW = RawMessage("bus", 1, 2, b"<a/>", message_id="", creation_ns=5, properties={"n": 1})


def _message(number: int) -> RawMessage:
    return replace(_RAW, body=str(number).encode())


def test_the_time_of_arrival_does_not_count() -> None:
    assert identity_of(_RAW) == identity_of(replace(_RAW, wall_ns=7, monotonic_ns=8, connection="other"))


@pytest.mark.parametrize(
    "change", [{"body": b"<b/>"}, {"message_id": "x"}, {"creation_ns": 6}, {"properties": {"n": 2}}], ids=str
)
def test_each_part_counts(change: dict[str, object]) -> None:
    assert identity_of(_RAW) != identity_of(replace(_RAW, **change))  # type: ignore[arg-type]


def test_what_differs_between_deliveries_of_one_message_does_not_count() -> None:
    again = {**_RAW.properties, "dup": True, "copy": 2, "duration_ms": 5}
    assert identity_of(_RAW) == identity_of(replace(_RAW, properties=again))


def test_an_id_that_a_sender_uses_for_all_its_messages_does_not_make_them_one() -> None:
    assert identity_of(replace(_RAW, message_id="1")) != identity_of(replace(_RAW, message_id="1", body=b""))


def test_what_is_delivered_again_is_left_out_once() -> None:
    recent = RecentMessages(100)
    assert not recent.is_repeated(_RAW, 1, may_be=True)
    assert not recent.is_repeated(_RAW, 1, may_be=True), "sent twice, in one attachment"
    assert [recent.is_repeated(_RAW, 2, may_be=True) for _ in range(3)] == [True, True, False]


def test_what_was_left_out_may_come_once_more_and_is_left_out_again() -> None:
    recent = RecentMessages(100)
    recent.is_repeated(_RAW, 1, may_be=True)
    assert [recent.is_repeated(_RAW, attachment, may_be=True) for attachment in (2, 3, 4)] == [True] * 3


def test_a_delivery_that_cannot_have_come_before_is_not_compared() -> None:
    recent = RecentMessages(100)
    recent.is_repeated(_RAW, 1, may_be=True)
    assert not recent.is_repeated(_RAW, 2, may_be=False)


def test_the_last_messages_are_known_and_older_ones_forgotten() -> None:
    recent = RecentMessages(10)
    for number in range(1000):
        recent.is_repeated(_message(number), 1, may_be=False)
    found = [number for number in range(1000) if recent.is_repeated(_message(number), 2, may_be=True)]
    assert found == list(range(990, 1000))


def test_the_newest_entries_of_a_store_count_as_delivered_before() -> None:
    known = Deduplicator({"office": 2, "other": 2})
    events = some_events(10)
    assert known.depth == 16
    known.remember([*events, a_gap()])
    found = [known.is_repeated(event.raw, 1, may_be=True) for event in events]
    assert found == [False] * 6 + [True] * 4
    elsewhere = replace(events[-1].raw, connection="other")
    assert not known.is_repeated(elsewhere, 1, may_be=True)
    known.forget()
    assert not known.is_repeated(events[-1].raw, 1, may_be=True)
