"""What the broker reads of a message: checked against what proton has encoded, and against anything at all."""

from __future__ import annotations

import contextlib
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proton import Message, symbol

from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.testbed.broker.envelope import Envelope

XML = b"<Event xmlns='http://www.gonicus.de/Events'><ClientPoll/></Event>"


def encoded(**fields: Any) -> bytes:
    inferred = isinstance(fields.get("body"), bytes)
    return bytes(Message(inferred=inferred, **fields).encode())


@given(
    subject=st.text(max_size=300).filter(lambda text: "\0" not in text) | st.none(),
    user=st.binary(max_size=40),
    reply=st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=40) | st.none(),
    body=st.binary(max_size=600),
)
def test_routing_fields_and_body_are_read_as_they_were_written(
    subject: str | None, user: bytes, reply: str | None, body: bytes
) -> None:
    read = Envelope(encoded(id=7, user_id=user, subject=subject, reply_to=reply, address="to", body=body))
    assert (read.subject, read.reply_to, read.to) == (subject or "", reply or "", "to")
    assert (read.user_id or b"") == user
    assert read.body == body


@pytest.mark.parametrize(
    ("body", "seen"),
    [(XML, XML), (XML.decode(), XML), ("ü", "ü".encode()), (None, b""), ("x" * 300, b"x" * 300)],
)
def test_data_and_text_bodies_are_what_a_query_looks_at(body: object, seen: bytes) -> None:
    assert Envelope(encoded(body=body)).body == seen


def test_a_body_of_several_data_sections_is_one() -> None:
    half = b"\x00\x53\x75\xa0\x03<a/"
    assert Envelope(half + b"\x00\x53\x75\xa0\x01>").body == b"<a/>"


def test_sections_may_be_described_by_name_or_long_number() -> None:
    by_name = b"\x00\xa3\x10amqp:data:binary\xa0\x04<a/>"
    by_number = b"\x00\x80" + (0x75).to_bytes(8, "big") + b"\xa0\x04<a/>"
    assert Envelope(by_name).body == Envelope(by_number).body == b"<a/>"


def test_queries_see_text_numbers_and_booleans_only() -> None:
    values = {"s": "red", "i": 5, "f": 1.5, "b": True, "l": [1], "n": None, "y": b"bytes", "sym": symbol("x")}
    seen = Envelope(encoded(properties=values)).properties
    assert seen == {"s": "red", "i": 5, "f": 1.5, "b": True, "sym": "x"}
    assert Envelope(encoded(body=XML)).properties == {}


@given(
    data=st.binary(max_size=200) | st.binary(max_size=60).map(lambda tail: encoded(body=XML, subject="s")[:40] + tail)
)
def test_bytes_that_are_no_message_raise_nothing_else(data: bytes) -> None:
    with contextlib.suppress(CodecError):
        read = Envelope(data)
        assert isinstance(read.body, bytes)
        assert isinstance(read.properties, dict)


@pytest.mark.parametrize("cut", range(1, len(encoded(id="1", subject="event", body=XML)) - 1, 7))
def test_a_message_cut_short_is_none(cut: int) -> None:
    whole = encoded(id="1", subject="event", body=XML)
    with pytest.raises(CodecError):
        Envelope(whole[:-cut])


def properties(*fields: bytes, wide: bool = False) -> bytes:
    content = b"".join(fields)
    if wide:
        head = b"\xd0" + struct.pack(">II", len(content) + 4, len(fields))
    else:
        head = b"\xc0" + bytes((len(content) + 1, len(fields)))
    return b"\x00\x53\x73" + head + content


@pytest.mark.parametrize("wide", [False, True])
def test_the_fields_that_a_broker_decides_by(*, wide: bool) -> None:
    texts = [b"\xa1\x01" + bytes([letter]) for letter in b"abcde"]
    texts[1] = b"\xa0\x01u"
    read = Envelope(properties(*texts, b"\xa1\x01x", wide=wide))
    assert (read.user_id, read.to, read.subject, read.reply_to) == (b"u", "c", "d", "e")
    long = b"\xb1\x00\x00\x00\x02hi"
    assert Envelope(properties(b"\x40", b"\x40", b"\x40", long, wide=wide)).subject == "hi"
    odd = Envelope(properties(b"\x40", b"\xa1\x01u", b"\x53\x01", b"\x53\x01", b"\x53\x01", wide=wide))
    assert (odd.user_id, odd.to, odd.subject, odd.reply_to) == (None, "", "", "")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x00\x53\x73\xc0\x02\x02\x40", "end too early"),
        (b"\x00\x53\x73\xc0\x03\x01\xa1\x05", "longer than they say"),
        (b"\x00\x53\x75\xa0\x01x\x41", "at byte 6 a section was expected"),
        (b"\x00\x53\x75", ""),
        (b"\x00", ""),
    ],
)
def test_what_is_no_message_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(CodecError) as refused:
        Envelope(data)
    assert words in str(refused.value)


def test_what_a_broker_does_not_know_it_passes_over() -> None:
    read = Envelope(b"\x00\x53\x10\x45" + b"\x00\xa3\x03a:b\x40" + b"\x00\x41\x40" + b"\x00\x53\x73\x45")
    assert (read.subject, read.body, read.properties) == ("", b"", {})


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (b"\xa1\x02hi", b"hi"),
        (b"\xb1\x00\x00\x00\x02hi", b"hi"),
        (b"\xa0\x02hi", b"hi"),
        (b"\xb0\x00\x00\x00\x02hi", b"hi"),
        (b"\x40", b""),
        (b"\xc0\x02\x01\x41", b"\xc0\x02\x01\x41"),
        (b"\x41", b"\x41"),
    ],
)
def test_what_a_query_sees_of_a_value(value: bytes, seen: bytes) -> None:
    assert Envelope(b"\x00\x53\x77" + value).body == seen


def test_a_sequence_is_seen_as_it_is_encoded() -> None:
    assert Envelope(b"\x00\x53\x76\xc0\x02\x01\x41").body == b"\xc0\x02\x01\x41"
    assert Envelope(b"").body == b""


def test_application_properties_that_are_no_map_are_none() -> None:
    assert Envelope(b"\x00\x53\x74\x45").properties == {}
