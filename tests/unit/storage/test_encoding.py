"""How entries are stored: bodies packed and unpacked, properties, claimed times, and what is damaged."""

from __future__ import annotations

import random
import zlib
from dataclasses import replace

import pytest

from clacks_monitor.core.event import BodyKind, Event, Gap, GapCause, Problem, ProblemKind, RawMessage
from clacks_monitor.storage import encoding
from clacks_monitor.storage.encoding import (
    bounded,
    clean,
    cleaned,
    decode_event,
    decode_gap,
    decode_properties,
    event_tuples,
    gap_tuples,
    pack,
    source_of,
    tallied,
    unpack,
)
from clacks_monitor.storage.shapes import DamagedValueError

NOISE = random.Random(1).randbytes(3_000_000)  # no secret, and cannot be compressed


def test_small_bodies_and_those_that_compressing_does_not_help_are_kept_as_they_are() -> None:
    assert encoding.COMPRESS_FROM == 2048
    assert pack(b"x" * 2047) == (0, b"x" * 2047)
    assert pack(b"x" * 2048) == (2048, zlib.compress(b"x" * 2048, 1))
    for size in (2048, 1024 * 1024, 1024 * 1024 + 1, 3_000_000):
        assert pack(NOISE[:size]) == (0, NOISE[:size])


def test_a_quarter_is_enough_to_save() -> None:
    for noise, saved in ((2_100, True), (2_900, True), (2_995, False)):
        body = NOISE[:noise] + b"\0" * (4_000 - noise)
        packing, stored = pack(body)
        assert (packing > 0) is saved
        assert (len(stored) <= 3_000) is saved
        assert unpack(packing, stored) == body


@pytest.mark.parametrize("size", [2048, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 5_000_000])
def test_a_packed_body_comes_back(size: int) -> None:
    body = (b"a body of an event, " * (size // 20 + 1))[:size]
    packing, stored = pack(body)
    assert packing == size
    assert len(stored) < size // 10
    assert unpack(packing, stored) == body
    assert zlib.decompress(stored) == body


@pytest.mark.parametrize("told", [9_999, 10_001, 1])
def test_a_body_that_has_not_the_length_it_tells_is_damaged(told: int) -> None:
    stored = zlib.compress(b"x" * 10_000)
    assert unpack(10_000, stored) == b"x" * 10_000
    if told < 10_000:
        # No more than that is unpacked, however much there is.
        assert len(unpack(told, stored)) == told
    else:
        with pytest.raises(ValueError, match="has not the length it should have"):
            unpack(told, stored)


def test_no_more_is_unpacked_than_is_received(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MAX_BODY", 10_000)
    stored = zlib.compress(b"x" * 10_001)
    assert unpack(10_000, zlib.compress(b"x" * 10_000)) == b"x" * 10_000
    with pytest.raises(ValueError, match="a body has 10,001 bytes, and more than 10,000 are not read"):
        unpack(10_001, stored)


@pytest.mark.parametrize(
    ("packing", "stored", "words"),
    [
        (-1, b"x", "a length that cannot be"),
        (5, b"no zlib", "a compressed body is damaged"),
        (5, b"", "has not the length"),
        (5_000, zlib.compress(b"x" * 5_000)[:-10], "has not the length"),
    ],
)
def test_a_damaged_body_is_said(packing: int, stored: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        unpack(packing, stored)


@pytest.mark.parametrize(("packing", "stored"), [("5", b"x"), (True, b"x"), (0, "x"), (None, b"x"), (0, None)])
def test_a_body_of_another_type_is_damage(packing: object, stored: object) -> None:
    with pytest.raises(DamagedValueError, match="of another type than bodies are"):
        unpack(packing, stored)  # type: ignore[arg-type]  # what a file may hold


def test_properties_come_back_and_what_a_query_does_not_know_is_left_out() -> None:
    assert decode_properties(None) == {}
    assert decode_properties('{"a": 1, "b": [], "c": null, "d": true, "e": 1.5, "f": "x"}') == {
        "a": 1, "d": True, "e": 1.5, "f": "x",
    }  # fmt: skip
    assert decode_properties("[]") == {}
    with pytest.raises(ValueError, match="nested too deeply"):
        decode_properties("[" * 100_000)
    with pytest.raises(ValueError, match="Expecting"):
        decode_properties("{")


@pytest.mark.parametrize("length", [2_000, 2_001, 1_000_000])
def test_properties_have_a_length(length: int) -> None:
    text = '{"a":"' + "x" * (length - 8) + '"}'
    assert len(text) == length
    assert decode_properties(text) == {"a": "x" * (length - 8)}
    # Short ones are remembered: nobody may change them, and nothing is read twice.
    assert (decode_properties(text) is decode_properties(text)) is (length <= 2_000)


@pytest.mark.parametrize("text", ["x" * 1_000_001, b"{}", 5])
def test_properties_that_no_event_has_are_damage(text: object) -> None:
    with pytest.raises(DamagedValueError, match="longer than any that are received, or no text"):
        decode_properties(text)  # type: ignore[arg-type]  # what a file may hold


def test_what_utf_8_cannot_hold_is_written_as_escapes() -> None:
    assert clean("ä") == "ä"
    assert clean("a\udc80") == "a\\udc80"
    raw = RawMessage("c", 1, 2, b"", message_id="\udc81")
    event = Event(raw, "T", "\udc82", Problem(ProblemKind.EMPTY, "\udc83", 4, 5))
    found = cleaned(event)
    assert found == Event(
        replace(raw, message_id="\\udc81"), "T", "\\udc82", Problem(ProblemKind.EMPTY, "\\udc83", 4, 5)
    )
    assert cleaned(replace(event, problem=None)).problem is None  # type: ignore[union-attr]  # an event
    gap = Gap("\udc80", 1, 2, GapCause.SLEPT, "\udc81", 3)
    assert cleaned(gap) == replace(gap, connection="\\udc80", detail="\\udc81")


def test_numbers_stay_within_64_bits() -> None:
    largest = 2**63 - 1
    assert [bounded(n) for n in (5, largest, largest + 1, -largest, -(2**70))] == [
        5, largest, largest, -largest, -largest - 1,
    ]  # fmt: skip


EVENT = Event(
    RawMessage("c", 1, 2, b"<a/>", BodyKind.STRING, "s", "t", "m", "u", 7, {"p": 1}),
    "T",
    "says",
    Problem(ProblemKind.NOT_XML, "wrong", 3, 4),
)


def test_an_event_becomes_two_rows_and_comes_back() -> None:
    head, body = event_tuples(9, EVENT, 5, 6)
    assert head == (9, 1, 5, 6, 1, 4, "says", "wrong", "not-xml", 3, 4)
    assert body == (9, 5, 0, 2, 7, "m", '{"p":1}', b"<a/>")
    stored = (1, "says", "wrong", "not-xml", 3, 4, 0, 2, 7, "m", '{"p":1}', b"<a/>")
    assert decode_event(stored, "T", source_of(EVENT.raw)) == EVENT
    good = replace(EVENT, problem=None, raw=replace(EVENT.raw, message_id="", creation_ns=0, properties={}))
    head, body = event_tuples(9, good, 5, 6)
    assert head == (9, 1, 5, 6, 0, 4, "says", None, None, None, None)
    assert body == (9, 5, 0, 2, 0, None, None, b"<a/>")
    stored_good = (1, "says", None, None, None, None, 0, 2, 0, None, None, b"<a/>")
    assert decode_event(stored_good, "T", source_of(EVENT.raw)) == good
    lacking = (1, "says", None, "not-xml", None, None, 0, 2, 0, None, None, b"")
    assert decode_event(lacking, "T", source_of(EVENT.raw)).problem == Problem(ProblemKind.NOT_XML, "", 0, 0)


def test_a_gap_becomes_two_rows_and_comes_back() -> None:
    gap = Gap("c", 1, 9, GapCause.SHED, "d", 5)
    assert gap_tuples(3, gap, 6) == ((3, 9, None, 6, 2, 0, "d", None, None, None, None), (3, 1, "shed", "d", 5))
    assert decode_gap("c", (1, 9, "shed", "d", 5)) == gap
    with pytest.raises(ValueError, match="odd"):
        decode_gap("c", (1, 9, "odd", "d", 5))
    with pytest.raises(DamagedValueError, match="column start"):
        decode_gap("c", ("1", 9, "shed", "d", 5))  # type: ignore[arg-type]  # what a file may hold


def test_events_are_counted_by_minute_type_and_kind_and_gaps_are_not() -> None:
    minute = 60 * 10**9
    heads = [
        event_tuples(number, replace(EVENT, raw=replace(EVENT.raw, wall_ns=wall)), type_id, 1)[0]
        for number, (wall, type_id) in enumerate([(0, 1), (minute - 1, 1), (minute, 1), (minute, 2)])
    ]
    heads.append(gap_tuples(9, Gap("c", 0, 5, GapCause.SLEPT), 1)[0])
    assert sorted(tallied(heads)) == [(0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]
