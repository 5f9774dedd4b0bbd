"""The header by which a broker says that a message was delivered before."""

from __future__ import annotations

import pytest
from proton import Message

from clacks_monitor.amqp import codec
from clacks_monitor.testbed.broker.envelope import delivered_before

_PLAIN = codec.encode(b"x", subject="event", message_id="1")
_FULL = Message(body=b"x", subject="event", durable=True, priority=7, ttl=3, first_acquirer=True).encode()


@pytest.mark.parametrize("encoded", [_PLAIN, _FULL, b"\x00\x53\x70\x45" + _PLAIN], ids=["none", "full", "empty"])
def test_a_message_that_returns_says_so_and_stays_the_same(encoded: bytes) -> None:
    before = codec.decode(encoded)
    for count in (1, 2):
        encoded = delivered_before(encoded)
        assert codec.decode(encoded) == before
        assert codec.was_delivered(encoded, by_count=True)
        assert codec.was_delivered(encoded, by_count=False)
        read = Message()
        read.decode(encoded)
        assert (read.delivery_count, read.first_acquirer) == (count, False)


def test_the_rest_of_a_header_is_kept() -> None:
    read = Message()
    read.decode(delivered_before(_FULL))
    assert (read.durable, read.priority, read.ttl) == (True, 7, 3)


@pytest.mark.parametrize("encoded", [_PLAIN, _FULL])
def test_a_message_that_is_new_says_nothing(encoded: bytes) -> None:
    assert not codec.was_delivered(encoded, by_count=True)
    assert not codec.was_delivered(encoded, by_count=False)


def test_only_the_count_is_believed_where_senders_write_the_other_field() -> None:
    encoded = b"\x00\x53\x70\xc0\x05\x04\x40\x40\x40\x42" + _PLAIN
    assert codec.was_delivered(encoded, by_count=False)
    assert not codec.was_delivered(encoded, by_count=True)
