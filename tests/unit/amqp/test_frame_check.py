"""Frames of a broker: what may come when, however it is cut into pieces."""

from __future__ import annotations

import struct
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.amqp import frame_check as fc
from clacks_monitor.networking.clock import Clock
from clacks_monitor.networking.failure import Failure, FailureKind
from tests.helpers.scripted_peer import (
    AMQP,
    ATTACH,
    BEGIN,
    CLOSE,
    DETACH,
    DISPOSITION,
    END,
    FLOW,
    OPEN,
    SASL,
    TRANSFER,
    described,
    frame,
)

LOGIN: Final = SASL + frame(described(0x40), kind=1) + frame(described(0x44), kind=1) + AMQP


def said(code: int, payload: bytes = b"") -> bytes:
    """Return a frame of a performative."""
    return frame(described(code) + payload)


BEGUN: Final = LOGIN + said(OPEN) + said(BEGIN)


class Now:
    """A clock that stands still until a test turns it."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.clock = Clock(lambda: 0, lambda: self.seconds, lambda: self.seconds)


def check(pieces: list[bytes], *, sent: int = 0, links: int = 0, now: Now | None = None) -> tuple[int, Failure | None]:
    """Give pieces of input to a new check; return how many bytes passed in all, and why no more."""
    looked = fc.FrameCheck("bus", (now or Now()).clock)
    looked.links = links
    passed = 0
    for piece in pieces:
        count, why = looked.look(memoryview(piece), sent)
        passed += count
        if why is not None:
            return passed, why
    return passed, None


@given(st.data())
def test_a_good_conversation_passes_whole_however_it_is_cut(data: st.DataObject) -> None:
    transfers = data.draw(st.lists(st.binary(max_size=300), max_size=12))
    talk = BEGUN + said(ATTACH) + b"".join(said(TRANSFER, body) for body in transfers)
    long_form = frame(b"\x00\x80" + struct.pack(">Q", TRANSFER) + b"\x45")
    talk += long_form + frame(b"") + said(FLOW) + said(DISPOSITION) + said(DETACH) + said(END) + said(CLOSE, b"why")
    cuts = sorted(data.draw(st.sets(st.integers(1, len(talk) - 1), max_size=30)))
    pieces = [talk[start:end] for start, end in zip([0, *cuts], [*cuts, len(talk)], strict=True)]
    assert check(pieces) == (len(talk), None)


@given(st.data())
def test_what_follows_the_last_good_frame_does_not_pass(data: st.DataObject) -> None:
    good = BEGUN + said(TRANSFER, b"x" * data.draw(st.integers(0, 200)))
    talk = good + said(OPEN, b"again" * 20)
    cut = data.draw(st.integers(1, len(talk) - 1))
    passed, why = check([talk[:cut], talk[cut:]])
    assert why is not None
    assert "second time" in why.message
    # Of a frame that came in two pieces the first bytes have gone on before it was known what it is.
    assert len(good) <= passed < len(good) + 18


@pytest.mark.parametrize(
    ("talk", "words"),
    [
        (LOGIN + said(BEGIN), "does not open the connection"),
        (LOGIN + said(OPEN) + said(OPEN), "does not open the connection"),
        (LOGIN + said(OPEN) + said(ATTACH), "does not open the connection"),
        (BEGUN + said(BEGIN), "sessions"),
        (BEGUN + said(OPEN), "a second time"),
        (BEGUN + said(0x19), "not valid in AMQP"),
        (BEGUN + said(0x53), "not valid in AMQP"),
        (BEGUN + frame(b"\x00\xa3\x09amqp:open\x45"), "not valid in AMQP"),
        (BEGUN + frame(b"\x00\x80" + b"\xff" * 8 + b"\x45"), "not valid in AMQP"),
        (BEGUN + frame(b"no performative"), "not valid in AMQP"),
        (BEGUN + frame(described(0x41), kind=1), "not valid in AMQP"),
        (BEGUN + struct.pack(">IBBH", 7, 2, 0, 0) + b"x" * 20, "not valid in AMQP"),
        (BEGUN + struct.pack(">IBBH", 30, 200, 0, 0) + b"x" * 22, "not valid in AMQP"),
        (BEGUN + struct.pack(">IBBH", fc.MAX_FRAME + 1, 2, 0, 0) + b"x" * 20, "131,073 bytes"),
        (BEGUN + AMQP, "restarts the protocol"),
        (BEGUN + SASL, "restarts the protocol"),
        (SASL + said(OPEN), "not valid in AMQP"),
        (SASL + SASL, "restarts the protocol"),
        (SASL + struct.pack(">IBBH", fc.MAX_LOGIN_FRAME + 1, 2, 1, 0), "8,193 bytes"),
        (SASL + frame(described(0x42), kind=1) * (fc.MAX_LOGIN_FRAMES + 1), "does not finish the login"),
        (BEGUN + said(ATTACH) * (fc.SPARE_ATTACHES + 1), "links that were not requested"),
    ],
)
def test_what_must_not_be_is_named(talk: bytes, words: str) -> None:
    _passed, why = check([talk])
    assert why is not None
    assert words in why.message
    assert why.message.startswith("bus ")
    assert why.lasting


def test_a_session_that_was_requested_passes_and_the_next_does_not() -> None:
    checked = fc.FrameCheck("bus", Now().clock)
    checked.sessions = 2
    talk = BEGUN + said(BEGIN) + said(END) + said(BEGIN)
    assert checked.look(memoryview(talk), 0) == (len(talk), None)
    _taken, why = checked.look(memoryview(said(BEGIN)), 0)
    assert why is not None
    assert "sessions" in why.message


def test_the_largest_frames_pass() -> None:
    whole = BEGUN + said(TRANSFER, bytes(fc.MAX_FRAME - len(said(TRANSFER))))
    assert check([whole]) == (len(whole), None)
    login = SASL + frame(described(0x42) + bytes(fc.MAX_LOGIN_FRAME - len(frame(described(0x42)))), kind=1)
    assert check([login]) == (len(login), None)


def test_each_link_of_the_client_may_be_answered() -> None:
    talk = BEGUN + said(ATTACH) * (fc.SPARE_ATTACHES + 5)
    assert check([talk], links=5) == (len(talk), None)
    assert check([talk], links=4)[1] is not None


@pytest.mark.parametrize("one", [frame(b""), said(FLOW), said(DISPOSITION), said(DETACH)])
def test_a_flood_of_frames_without_an_event_is_one_more_than_may_come(one: bytes) -> None:
    assert check([BEGUN, one * fc.BURST])[1] is None
    _passed, why = check([BEGUN, one * (fc.BURST + 1)])
    assert why is not None
    assert "too many frames" in why.message
    assert check([BEGUN, one * (fc.BURST + fc.PER_FRAME)], sent=1)[1] is None
    assert check([BEGUN, one * (fc.BURST + fc.PER_FRAME + 1)], sent=1)[1] is not None


def test_with_time_more_of_them_may_come() -> None:
    now = Now()
    looked = fc.FrameCheck("bus", now.clock)
    looked.look(memoryview(BEGUN + frame(b"") * fc.BURST), 0)
    now.seconds += 2
    assert looked.look(memoryview(frame(b"") * 2 * fc.PER_SECOND), 0)[1] is None
    assert looked.look(memoryview(frame(b"")), 0)[1] is not None


def test_transfers_are_no_flood() -> None:
    assert check([BEGUN, said(TRANSFER) * (fc.BURST * 2)])[1] is None


def test_what_is_not_amqp_is_left_to_the_engine_but_for_the_first_bytes() -> None:
    passed, why = check([b"HTTP/1.1 400 Bad Request\r\n", b"x" * 1000])
    assert why is None
    assert 8 <= passed <= 18


def test_nothing_passes_after_the_goodbye() -> None:
    bye = BEGUN + said(CLOSE, b"x" * 100)
    assert check([bye + said(TRANSFER) * 5, said(OPEN) * 5]) == (len(bye), None)
    assert check([bye[:-50], bye[-50:] + said(OPEN), said(OPEN)]) == (len(bye), None)


def test_a_frame_that_is_not_finished_is_known_by_its_number() -> None:
    looked = fc.FrameCheck("bus", Now().clock)
    looked.look(memoryview(BEGUN), 0)
    one = said(TRANSFER, b"x" * 50)
    looked.look(memoryview(one[:9]), 0)
    first = looked.unfinished
    looked.look(memoryview(one[9:40]), 0)
    looked.look(memoryview(one[40:] + one[:20]), 0)
    second = looked.unfinished
    looked.look(memoryview(one[20:]), 0)
    assert looked.unfinished is None
    assert first is not None
    assert second == first + 1
    assert looked.late().kind is FailureKind.NETWORK
