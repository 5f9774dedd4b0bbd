"""The codec against proton's own Message, and against bytes of every kind of badness."""

from __future__ import annotations

import json
import struct
import sys
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proton import Message as ProtonMessage
from proton import int32, symbol, timestamp, ulong

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.receiving import Inbox
from clacks_monitor.amqp.values import MAX_TEXT, MAX_VALUES, Reader, Symbol, skip, write
from clacks_monitor.core.event import BodyKind, Gap, PropertyValue, RawMessage
from clacks_monitor.networking.batch import Batch
from clacks_monitor.networking.clock import SYSTEM_CLOCK, Clock
from clacks_monitor.networking.gap_tracker import GapTracker

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300)
PROPERTY = st.one_of(
    TEXT, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.binary(max_size=20)
)
VALUE = st.recursive(
    st.one_of(st.none(), TEXT, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.binary(max_size=400)),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(TEXT, inner, max_size=5)),
    max_leaves=30,
)


def encoded(**fields: Any) -> bytes:
    """Encode with proton."""
    return bytes(ProtonMessage(**fields).encode())


@given(
    body=st.binary(max_size=70_000),
    subject=TEXT,
    content_type=st.sampled_from(["", "text/xml", "x" * 300]),
    message_id=TEXT,
    properties=st.dictionaries(TEXT, PROPERTY, max_size=6),
    created=st.integers(0, 2**40),
)
def test_reads_what_proton_writes(
    body: bytes,
    subject: str,
    content_type: str,
    message_id: str,
    properties: dict[str, PropertyValue | bytes],
    created: int,
) -> None:
    data = encoded(
        body=body,
        inferred=True,
        subject=subject or None,
        content_type=content_type or None,
        id=message_id or None,
        properties=properties,
        creation_time=created / 1000,
        durable=True,
        priority=7,
        address="somewhere",
        annotations={symbol("x-opt-a"): "b"},
        instructions={symbol("x-opt-c"): 1},
    )
    message = codec.decode(data)
    assert message.body == body
    assert message.kind is BodyKind.DATA
    assert (message.subject, message.content_type, message.message_id) == (subject, content_type, message_id)
    assert message.creation_ns // 1_000_000 == pytest.approx(created, abs=1)
    expected = {k: v.decode("utf-8", "backslashreplace") if isinstance(v, bytes) else v for k, v in properties.items()}
    assert message.properties == expected


@given(
    body=st.binary(max_size=70_000),
    subject=TEXT,
    properties=st.dictionaries(TEXT, PROPERTY, max_size=6),
    reply_to=TEXT,
)
def test_proton_reads_what_is_written_here(
    body: bytes, subject: str, properties: dict[str, PropertyValue], reply_to: str
) -> None:
    data = codec.encode(
        body,
        subject=subject,
        content_type="text/xml",
        message_id="m-1",
        correlation_id="c-1",
        reply_to=reply_to,
        creation_ns=1_700_000_000_123_456_789,
        properties=properties,
    )
    message: Any = ProtonMessage()
    message.decode(data)
    assert bytes(message.body) == body
    assert message.inferred
    assert (message.subject or "", message.reply_to or "") == (subject, reply_to)
    assert (message.content_type, message.id, message.correlation_id) == ("text/xml", "m-1", "c-1")
    assert message.creation_time == pytest.approx(1_700_000_000.123)
    assert {
        k: bytes(v) if isinstance(v, memoryview) else v for k, v in (message.properties or {}).items()
    } == properties
    again = codec.decode(data)
    assert (again.body, again.subject, again.correlation_id) == (body, subject, "c-1")


@given(VALUE)
def test_values_survive_writing_and_reading(value: object) -> None:
    data = write(value)
    assert Reader(data).read(0) == (value, len(data))
    assert skip(data, 0) == len(data)


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("<Event/>", BodyKind.STRING, "<Event/>"),
        ("<Event/>" * 100, BodyKind.STRING, "<Event/>" * 100),
        ({"a": [1, None, "ü"]}, BodyKind.MAP, '{"a": [1, null, "ü"]}'),
        ([1, True, b"x"], BodyKind.LIST, '[1, true, "x"]'),
        (5, BodyKind.OTHER, "5"),
        (uuid.UUID(int=5), BodyKind.OTHER, f'"{uuid.UUID(int=5)}"'),
        (None, BodyKind.EMPTY, ""),
    ],
)
def test_bodies_that_are_not_data(body: object, kind: BodyKind, text: str) -> None:
    message = codec.decode(encoded(body=body))
    assert (message.kind, message.body.decode()) == (kind, text)


def test_binary_value_is_kept_byte_for_byte() -> None:
    body = bytes(range(256))
    for data in (b"\x00\x53\x77\xa0\x05hello", b"\x00\x53\x77\xb0\x00\x00\x01\x00" + body):
        message = codec.decode(data)
        assert message.kind is BodyKind.BINARY
        assert message.body in {b"hello", body}


def test_several_data_sections_are_one_body_and_sequences_one_list() -> None:
    assert codec.decode(b"\x00\x53\x75\xa0\x02<E\x00\x53\x75\xa0\x03 />").body == b"<E />"
    sequence = codec.decode(
        b"\x00\x53\x76" + write([1, 2]) + b"\x00\x53\x76" + write([]) + b"\x00\x53\x76" + write([3])
    )
    assert (sequence.kind, json.loads(sequence.body)) == (BodyKind.LIST, [1, 2, 3])


def test_descriptors_may_be_symbols_or_long_numbers() -> None:
    named = b"\x00" + write(Symbol("amqp:data:binary")) + b"\xa0\x01x"
    long = b"\x00\x80\x00\x00\x00\x00\x00\x00\x00\x75\xa0\x01y"
    assert codec.decode(named + long).body == b"xy"


def test_user_id_and_message_ids_of_other_types_are_shown_as_text() -> None:
    message = codec.decode(encoded(id=ulong(7), user_id=b"admin", correlation_id=uuid.UUID(int=1)))
    assert (message.message_id, message.user_id, message.correlation_id) == ("7", "admin", str(uuid.UUID(int=1)))


def test_properties_of_odd_types_become_readable() -> None:
    message = codec.decode(encoded(properties={"i": int32(-3), "t": timestamp(5), "m": {"a": 1}, "n": None}))
    assert message.properties == {"i": -3, "t": 5, "m": '{"a": 1}'}


@settings(max_examples=500)
@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_the_codecs_own_error(data: bytes) -> None:
    _decode_or_refuse(data)
    _decode_or_refuse(b"\x00\x53\x77" + data)
    _decode_or_refuse(b"\x00\x53\x73" + data)
    _decode_or_refuse(b"\x00\x53\x74" + data)


@settings(max_examples=300)
@given(st.data())
def test_damaged_messages_raise_nothing_but_the_codecs_own_error(data: st.DataObject) -> None:
    good = bytearray(encoded(body={"a": [1, {"b": b"c"}]}, subject="event", properties={"x": 1, "y": "z"}, id="i"))
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(good)))
    _decode_or_refuse(bytes(good))
    _decode_or_refuse(bytes(good[:cut]))


def _decode_or_refuse(data: bytes) -> None:
    try:
        codec.decode(data)
    except CodecError as error:
        shown = codec.unreadable(data, str(error))
        assert shown.kind is BodyKind.OTHER
        assert json.loads(shown.body)["size"] == len(data)


@pytest.mark.parametrize(
    "value",
    [
        b"\xc0\x03\x01" * 5000,  # lists in lists
        b"\x00" * 5000,  # descriptors of descriptors
        b"\x00\x53\x01" * 5000 + b"\x40",  # a value described again and again
        b"\xf0" + struct.pack(">II", 5, 2**32 - 1) + b"\x40",  # four thousand million nulls in ten bytes
        b"\xf0" + struct.pack(">II", 5, MAX_VALUES + 1) + b"\x45",
        b"\xd0" + struct.pack(">II", 4, 2**32 - 1),
        b"\xd0" + struct.pack(">II", 4 + 3_000_000, 3_000_000) + b"\x40" * 3_000_000,
        b"\xd1\x00\x00\x00\x05\x00\x00\x00\x01\x40",  # a key without a value
        b"\x73\x00\x11\x00\x00",  # beyond the last character
        b"\x99" + b"\0" * 16,  # no such type
        b"\x3f",
    ],
)
def test_bombs_are_refused_with_little_work(value: bytes) -> None:
    calls = 0

    def count(_frame: object, _event: str, _argument: object) -> None:
        nonlocal calls
        calls += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with pytest.raises(CodecError):
            codec.decode(b"\x00\x53\x77" + value)
    finally:
        sys.setprofile(before)
    assert calls < 5 * MAX_VALUES, "values are counted before they are read"


def test_a_value_that_amqp_cannot_carry_is_refused_when_sending() -> None:
    with pytest.raises(CodecError, match="64 bits"):
        codec.encode(b"", properties={"big": 2**64})
    with pytest.raises(CodecError, match="object"):
        write(object())


def test_labels_without_end_are_cut_and_say_so() -> None:
    message = codec.decode(encoded(body=b"<a/>", inferred=True, subject="s" * 100_000, id="i" * 100_000))
    assert message.body == b"<a/>"
    for text in (message.subject, message.message_id):
        assert (len(text), text[-1]) == (codec.MAX_LABEL, "…")


@pytest.mark.parametrize("value", ["x" * (MAX_TEXT + 1), b"x" * (MAX_TEXT + 1), ["x" * 1_000] * 1_100])
def test_text_without_end_beside_the_body_is_refused(value: object) -> None:
    with pytest.raises(CodecError, match="text beside its body"):
        codec.decode(encoded(body=b"<a/>", inferred=True, properties={"a": "b", "p": value}))


def test_an_inbox_stamps_each_message_with_the_time_of_its_arrival() -> None:
    times = iter((1_000, 3_000))
    received: list[RawMessage] = []
    batch = Batch(GapTracker("bus", SYSTEM_CLOCK, list[Gap]().append), received.extend)
    inbox = Inbox("bus", Clock(wall_ns=lambda: next(times), monotonic=lambda: 2.5), batch)
    inbox.put(codec.AmqpMessage(b"<a/>", BodyKind.DATA, {"p": 1}, "id", "user", "subject", "correlation", "type", 77))
    inbox.put(codec.AmqpMessage(b"<b/>", BodyKind.STRING, {}))
    assert inbox.last_ns == 3_000
    batch.flush()
    assert received == [
        RawMessage("bus", 1_000, 2_500_000_000, b"<a/>", BodyKind.DATA, "subject", "type", "id", "user", 77, {"p": 1}),
        RawMessage("bus", 3_000, 2_500_000_000, b"<b/>", BodyKind.STRING, "", "", "", "", 0, {}),
    ]


SECTION = b"\x00\x53"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x41", "at byte 0 a section was expected"),
        (SECTION + b"\x75\xa0\x01x" + b"\x53", "at byte 6 a section was expected"),
        (SECTION + b"\x75", "ends behind a descriptor"),
        (SECTION + b"\x79\x40", "at byte 0 is a section that AMQP does not know"),
        (SECTION + b"\x6f\x40", "at byte 0 is a section that AMQP does not know"),
        (b"\x00\x41\x40", "at byte 0 is a section that AMQP does not know"),
        (b"\x00\xa3\x03a:b\x40", "at byte 0 is a section that AMQP does not know"),
        (SECTION + b"\x75\xa1\x01x", "a data section holds something else than binary"),
        (SECTION + b"\x75\x40", "a data section holds something else than binary"),
        (SECTION + b"\x73\xc1\x01\x00", "the properties of the message are not a list"),
        (SECTION + b"\x73\xc0\x02\x02\x40", "the properties of the message end too early"),
        (SECTION + b"\x73\xc0\x03\x01\xa1\x05", "the properties of the message are longer than they say"),
        (SECTION + b"\x73\xc0\x02\x01\xa1", "the properties of the message are longer than they say"),
        (SECTION + b"\x74\x45", "the application properties are not a map"),
        (SECTION + b"\x76\x40", "a sequence section holds no list"),
    ],
)
def test_what_is_no_message_is_refused_with_the_place(data: bytes, words: str) -> None:
    with pytest.raises(CodecError) as refused:
        codec.decode(data)
    assert words in str(refused.value)


def fields(*values: bytes) -> bytes:
    """Return a message of the properties section alone."""
    content = b"".join(values)
    return SECTION + b"\x73\xc0" + bytes((len(content) + 1, len(values))) + content


def test_the_fields_of_the_properties_in_their_order() -> None:
    names = [b"\xa1\x01" + bytes([letter]) for letter in b"abcdefgh"]
    stamp = b"\x83" + struct.pack(">q", 5)
    message = codec.decode(fields(*names, stamp, stamp, b"\xa1\x05group"))
    found = message.message_id, message.user_id, message.subject, message.correlation_id, message.content_type
    assert found == ("a", "b", "d", "f", "g")
    assert message.creation_ns == 5_000_000


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (b"\x40", ""),
        (b"\xa1\x00", ""),
        (b"\xa3\x02id", "id"),
        (b"\xa0\x02\xff1", "\\xff1"),
        (b"\x53\x07", "7"),
        (b"\x83" + struct.pack(">q", 9), "9"),
        (b"\xb1\x00\x00\x00\x02ab", "ab"),
        (b"\xb1\x00\x00\x0f\xa0" + b"x" * 4000, "x" * 4000),
        (b"\xb1\x00\x00\x0f\xa1" + b"x" * 4001, "x" * 3999 + "…"),
    ],
)
def test_a_message_id_of_each_type_is_text(field: bytes, text: str) -> None:
    content = field
    data = SECTION + b"\x73\xd0" + struct.pack(">II", len(content) + 4, 1) + content
    assert codec.decode(data).message_id == text
    assert codec.decode(data + SECTION + b"\x77\xa1\x01x").body == b"x"


def test_properties_without_fields() -> None:
    for empty in (b"\x45", b"\xc0\x01\x00"):
        assert codec.decode(SECTION + b"\x73" + empty) == codec.AmqpMessage(b"", BodyKind.EMPTY, {})


@pytest.mark.parametrize(
    ("value", "body", "kind"),
    [
        (b"\xa1\x02hi", b"hi", BodyKind.STRING),
        (b"\xb1\x00\x00\x00\x02hi", b"hi", BodyKind.STRING),
        (b"\xa0\x02\xff\x00", b"\xff\x00", BodyKind.BINARY),
        (b"\xb0\x00\x00\x00\x02\xff\x00", b"\xff\x00", BodyKind.BINARY),
        (b"\x40", b"", BodyKind.EMPTY),
        (b"\x45", b"[]", BodyKind.LIST),
        (b"\xc1\x06\x02\xa1\x01a\x54\x05", b'{"a": 5}', BodyKind.MAP),
        (b"\xc1\x06\x02\x54\x05\xa0\x01b", b'{"5": "b"}', BodyKind.MAP),
        (b"\x56\x01", b"true", BodyKind.OTHER),
        (b"\xa3\x02hi", b'"hi"', BodyKind.OTHER),
        (b"\xc0\x06\x02\xa0\x01\xff\x54\x05"[:8], b'["\\\\xff", 5]', BodyKind.LIST),
    ],
)
def test_a_body_of_each_type(value: bytes, body: bytes, kind: BodyKind) -> None:
    message = codec.decode(SECTION + b"\x77" + value)
    assert (message.body, message.kind) == (body, kind)


def test_sequences_are_one_list() -> None:
    def sequences(*lists: bytes) -> bytes:
        return codec.decode(b"".join(SECTION + b"\x76" + one for one in lists)).body

    one, two = b"\xc0\x03\x01\x54\x01", b"\xc0\x03\x01\x54\x02"
    assert sequences(one, two) == b"[1, 2]"
    assert sequences(b"\x45", two) == b"[2]"
    assert sequences(one, b"\x45") == b"[1]"
    assert sequences(b"\x45", b"\x45") == b"[]"


def test_of_a_message_that_cannot_be_read_the_first_bytes_are_shown() -> None:
    shown = codec.unreadable(b"\x01" * 5000, "so it is")
    assert json.loads(shown.body) == {"undecodable": "so it is", "size": 5000, "hex": "01" * 4096}
    assert (shown.kind, shown.properties) == (BodyKind.OTHER, {})


def test_a_message_is_written_byte_for_byte_as_the_standard_has_it() -> None:
    data = codec.encode(
        b"x", subject="s", content_type="t", message_id="i", correlation_id="c", reply_to="r", creation_ns=5_999_999,
        properties={"a": "b"},
    )  # fmt: skip
    texts = b"\xa1\x01i\x40\x40\xa1\x01s\xa1\x01r\xa1\x01c\xa3\x01t\x40\x40\x83" + b"\0" * 7 + b"\x05"
    properties = SECTION + b"\x73\xc0" + bytes((len(texts) + 1, 10)) + texts
    application = SECTION + b"\x74\xc1\x07\x02\xa1\x01a\xa1\x01b"
    assert data == properties + application + SECTION + b"\x75\xa0\x01x"
    plain = codec.encode("x")
    assert plain == SECTION + b"\x73\xc0\x0b\x0a" + b"\x40" * 10 + SECTION + b"\x77\xa1\x01x"
