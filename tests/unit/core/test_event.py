"""The values that travel: what an entry weighs, and what an excerpt shows of it."""

from __future__ import annotations

import pytest

from clacks_monitor.core.event import (
    EXCERPT_BYTES,
    MAX_PROBLEM,
    MAX_TYPE,
    Event,
    Excerpt,
    Gap,
    GapCause,
    Properties,
    RawMessage,
    excerpt_of,
    footprint,
)

GAP = Gap("bus", 5, 9, GapCause.SLEPT)


def event(body: bytes = b"", properties: Properties | None = None, **fields: str) -> Event:
    return Event(RawMessage("bus", 7, 1, body, properties=properties or {}, **fields), "T", "says")  # type: ignore[arg-type]  # texts


def test_where_entries_are_in_time() -> None:
    assert (GAP.wall_ns, event().wall_ns, event().connection) == (9, 7, "bus")
    assert GAP.lost == -1


def test_an_entry_weighs_what_its_sender_wrote_and_a_thousand_bytes() -> None:
    assert footprint(GAP) == 1_000
    assert footprint(event()) == 1_000
    fields = {"subject": "12", "message_id": "123", "user_id": "1234", "content_type": "12345"}
    assert footprint(event(b"1234567", None, **fields)) == 1_021
    assert footprint(event(properties={"name": "text", "other": 5})) == 1_000 + 4 + 4 + 5


def test_what_is_small_is_its_own_excerpt() -> None:
    assert excerpt_of(GAP) == Excerpt(GAP)
    small = event(b"1234", {"a": "bcd"})
    assert excerpt_of(small, 4) == Excerpt(small, 4, 0)
    assert excerpt_of(small, 4).entry is small


def test_of_a_large_body_the_beginning_is_kept() -> None:
    found = excerpt_of(event(b"12345", {"a": "bc"}), 4)
    assert (found.size, found.unlisted) == (5, 0)
    assert isinstance(found.entry, Event)
    assert (found.entry.raw.body, found.entry.raw.properties) == (b"1234", {"a": "bc"})


def test_properties_too_large_to_be_listed_are_left_out_and_weighed() -> None:
    found = excerpt_of(event(b"123", {"a": "bcd", "e": 5}), 4)
    assert (found.size, found.unlisted) == (3, 6)
    assert isinstance(found.entry, Event)
    assert (found.entry.raw.body, found.entry.raw.properties) == (b"123", {})


@pytest.mark.parametrize(("limit", "figure"), [(MAX_TYPE, 1_000), (MAX_PROBLEM, 1_000)])
def test_bounds(limit: int, figure: int) -> None:
    assert limit == figure
    assert EXCERPT_BYTES > 0


def test_an_excerpt_says_whether_some_of_the_body_is_left_out() -> None:
    whole, large = event(b"1234"), event(b"12345")
    assert not excerpt_of(whole, 4).cut
    assert excerpt_of(large, 4).cut
    assert not excerpt_of(GAP).cut
