"""The stream that paho reads packets from: whole, in any pieces, and bounded."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.mqtt import packet_stream
from clacks_monitor.mqtt.packet_stream import MAX_CONTROL, PacketStream, _varint
from clacks_monitor.mqtt.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Iterator

Pair = tuple[PacketStream, socket.socket]


def packet(command: int, content: bytes) -> bytes:
    return bytes((command,)) + _varint(len(content)) + content


def publish(topic: bytes, payload: bytes, *, qos: int = 0, properties: bytes | None = None) -> bytes:
    identity = b"\x00\x07" if qos else b""
    given = b"" if properties is None else _varint(len(properties)) + properties
    return packet(0x30 | qos << 1, len(topic).to_bytes(2, "big") + topic + identity + given + payload)


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    stream = PacketStream(ours, has_properties=False)
    yield stream, theirs
    stream.close()
    theirs.close()


def read_packet(stream: PacketStream) -> bytes:
    """Read as paho does: the command, the length by bytes, then the rest."""
    data = stream.recv(1)
    length = shift = 0
    while True:
        byte = stream.recv(1)
        data += byte
        length |= (byte[0] & 127) << shift
        shift += 7
        if not byte[0] & 128:
            break
    end = len(data) + length
    while len(data) < end:
        data += stream.recv(end - len(data))
    return data


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=8), st.data())
def test_packets_come_whole_in_whatever_pieces_they_are_sent(contents: list[bytes], data: st.DataObject) -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    stream = PacketStream(ours, has_properties=False)
    sent = b"".join(packet(0x20, content) for content in contents)
    received = b""
    try:
        while sent:
            size = data.draw(st.integers(1, len(sent)))
            theirs.sendall(sent[:size])
            sent = sent[size:]
            assert stream.fill()
            while True:
                try:
                    received += stream.recv(data.draw(st.integers(1, 400)))
                except BlockingIOError:
                    break
    finally:
        stream.close()
        theirs.close()
    assert received == b"".join(packet(0x20, content) for content in contents)
    assert stream.served == len(received)


@pytest.mark.parametrize("qos", [0, 1])
@pytest.mark.parametrize("properties", [None, b"\x26\x00\x01a\x00\x01b"])
def test_a_message_that_is_too_large_is_cut_behind_its_topic(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, qos: int, properties: bytes | None
) -> None:
    monkeypatch.setattr(packet_stream, "MAX_PAYLOAD", 1_000)
    _stream, theirs = pair
    stream = PacketStream(_stream._socket, has_properties=properties is not None)
    large = publish(b"a/b", b"x" * 5_000, qos=qos, properties=properties)
    theirs.sendall(large + publish(b"next", b"y"))
    while stream.fill():
        pass
    assert read_packet(stream) == publish(b"a/b", b"", qos=qos, properties=properties)
    assert stream.pop_cut() == 5_000
    assert read_packet(stream) == publish(b"next", b"y")
    assert stream.pop_cut() == 0


def test_a_cut_message_is_discarded_while_it_comes(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packet_stream, "MAX_PAYLOAD", 1_000)
    stream, theirs = pair
    rest = publish(b"topic", b"x" * 10_000) + publish(b"next", b"y")
    received = []
    for at in range(0, len(rest), 7):
        theirs.sendall(rest[at : at + 7])
        stream.fill()
        try:
            received.append(read_packet(stream))
        except (BlockingIOError, IndexError):
            continue
    assert received[0] == publish(b"topic", b"")
    assert len(stream._buffer) < 100


def test_a_packet_of_control_without_end_ends_the_stream(pair: Pair) -> None:
    stream, theirs = pair
    theirs.sendall(b"\x90" + _varint(MAX_CONTROL + 1))
    assert stream.fill()
    assert stream.recv(1) == b""
    assert "is not a message" in stream.fault


def test_a_length_that_has_no_end_ends_the_stream(pair: Pair) -> None:
    stream, theirs = pair
    theirs.sendall(b"\x30\xff\xff\xff\xff\x01")
    assert stream.fill()
    assert stream.recv(1) == b""
    assert "length cannot be read" in stream.fault


def test_the_end_comes_after_what_was_sent_before_it(pair: Pair) -> None:
    stream, theirs = pair
    theirs.sendall(packet(0xD0, b"") + b"\x30")
    theirs.close()
    while stream.fill():
        pass
    assert read_packet(stream) == packet(0xD0, b"")
    assert stream.recv(1) == b""
    assert stream.ended


def send_without_end(stream: PacketStream) -> None:
    while True:
        stream.send(b"x" * 100_000)


def test_what_is_sent_waits_for_flush_and_is_bounded(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    stream, theirs = pair
    assert stream.send(b"abc") == 3
    assert stream.flush()
    assert theirs.recv(10) == b"abc"
    monkeypatch.setattr(packet_stream, "MAX_UNSENT", 1_000)
    with pytest.raises(BlockingIOError):
        send_without_end(stream)
    assert not stream.flush()


MESSAGES = st.lists(
    st.tuples(
        st.sampled_from(["a", "org.clacks/client/u1", "ä" * 60]),
        st.binary(max_size=300),
        st.sampled_from([0, 1]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


@given(MESSAGES, st.sampled_from([None, b"", b"\x26\x00\x01a\x00\x01b"]), st.data())
def test_small_messages_come_by_themselves_and_are_confirmed_and_paho_has_the_rest(
    messages: list[tuple[str, bytes, int, bool, bool]], properties: bytes | None, data: st.DataObject
) -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    stream = PacketStream(ours, has_properties=properties is not None)
    sent = b""
    for topic, payload, qos, retain, dup in messages:
        one = publish(topic.encode(), payload, qos=qos, properties=properties)
        sent += bytes((one[0] | retain | dup << 3,)) + one[1:]
    sent += packet(0xD0, b"")
    found: list[Publication] = []
    others: list[bytes] = []
    try:
        while sent:
            size = data.draw(st.integers(1, len(sent)))
            theirs.sendall(sent[:size])
            sent = sent[size:]
            stream.fill()
            found += stream.pop_publications()
        try:
            while True:
                others.append(read_packet(stream))
                found += stream.pop_publications()
        except BlockingIOError:
            pass
        confirmed = bytes(stream._unsent)
    finally:
        stream.close()
        theirs.close()
    expected = [Publication(*message, number=7 * message[2]) for message in messages]
    if properties:  # which are paho's to read
        assert (found, len(others)) == ([], len(messages) + 1)
    else:
        assert (found, others) == (expected, [packet(0xD0, b"")])
        assert confirmed == b"\x40\x02\x00\x07" * sum(message.qos for message in expected)


@pytest.mark.parametrize(
    "damaged",
    [
        packet(0x30, b""),
        packet(0x30, b"\x00"),
        packet(0x30, b"\x00\x00"),
        packet(0x30, b"\x00\x09abc"),
        packet(0x32, b"\x00\x03abc"),
        packet(0x32, b"\x00\x03abc\x00\x00x"),
        packet(0x34, b"\x00\x03abc\x00\x01x"),
        packet(0x36, b"\x00\x03abc\x00\x01x"),
        packet(0x30, b"\x00\x03abc" + b"x" * 20_000),
    ],
)
def test_what_is_not_small_or_not_as_it_should_be_is_left_to_paho(pair: Pair, damaged: bytes) -> None:
    stream, theirs = pair
    theirs.sendall(damaged)
    while stream.fill():
        pass
    assert stream.pop_publications() == []
    assert read_packet(stream) == damaged
