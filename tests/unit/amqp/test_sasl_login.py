"""SASL EXTERNAL, byte for byte: what a broker may say while a client certificate logs in, and what it may not."""

from __future__ import annotations

import socket
import ssl
import struct
from typing import TYPE_CHECKING, cast

import pytest

from clacks_monitor.amqp.sasl_login import SaslLogin
from clacks_monitor.networking.clock import SYSTEM_CLOCK
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.loop import Loop
from tests.helpers.scripted_peer import AMQP, SASL, described, frame, symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

MECHANISMS, INIT, OUTCOME = 0x40, 0x41, 0x44
OK, REFUSED = b"\x50\x00", b"\x50\x01"


def said(code: int, *fields: bytes) -> bytes:
    """Return a frame of the login."""
    return frame(described(code, *fields), kind=1)


def offer(*names: str) -> bytes:
    """Return an offer of several mechanisms, or of one as brokers write it then."""
    if len(names) == 1:
        return said(MECHANISMS, symbol(names[0]))
    items = b"".join(bytes([len(name)]) + name.encode() for name in names)
    return said(MECHANISMS, b"\xe0" + bytes([len(items) + 2, len(names)]) + b"\xa3" + items)


class Trial:
    """A login on one end of a pair of sockets; the test is the broker at the other."""

    def __init__(self, *, only: bool) -> None:
        self.near, self.far = socket.socketpair()
        self.near.settimeout(0)
        self.far.settimeout(20)
        self.loop = Loop("test", SYSTEM_CLOCK, lambda: None)
        self.results: list[bytes | Failure | None] = []
        secured = cast("ssl.SSLSocket", self.near)
        self.login = SaslLogin(self.loop, secured, "bus", self._done, only=only)

    def _done(self, result: bytes | Failure | None) -> None:
        self.results.append(result)
        self.loop.stop()

    def hear(self, *pieces: bytes, hang_up: bool = False) -> bytes | Failure | None:
        """Let the broker say this, then hang up or not; return what the login ended with."""
        for piece in pieces:
            self.far.sendall(piece)
        if hang_up:
            self.far.shutdown(socket.SHUT_WR)
        self.loop.later(20, self.loop.stop)
        self.loop.run()
        (result,) = self.results
        return result


@pytest.fixture
def trial() -> Iterator[Trial]:
    made = Trial(only=True)
    yield made
    made.near.close()
    made.far.close()
    made.loop.release()


@pytest.fixture
def others_too() -> Iterator[Trial]:
    made = Trial(only=False)
    yield made
    made.near.close()
    made.far.close()
    made.loop.release()


@pytest.mark.parametrize("offered", [offer("EXTERNAL"), offer("PLAIN", "EXTERNAL", "ANONYMOUS")])
def test_the_certificate_logs_in(trial: Trial, offered: bytes) -> None:
    assert trial.hear(SASL + offered + said(OUTCOME, OK)) is None
    received = trial.far.recv(4096)
    assert received == SASL + frame(b"\x00\x53\x41\xc0\x0d\x02\xa3\x08EXTERNAL\xa0\x00", kind=1)
    assert trial.near.fileno() >= 0, "the socket is handed on open"


def test_what_stands_behind_the_outcome_is_left_in_the_socket(trial: Trial) -> None:
    assert trial.hear(SASL + offer("EXTERNAL") + said(OUTCOME, OK) + AMQP) is None
    assert trial.near.recv(100) == AMQP


def test_the_largest_frame_that_is_taken(others_too: Trial) -> None:
    names = b"\xb3" + struct.pack(">I", 4000) + b"x" * 4000
    padding = b"\xb0" + struct.pack(">I", 4096 - 8 - 4 - 8 - 4005 - 5)
    body = b"\x00\x53\x40\xd0" + struct.pack(">II", 4096 - 8 - 8, 2) + names + padding
    talk = SASL + frame(body + b"x" * (4096 - 8 - len(body)), kind=1)
    assert len(talk) == len(SASL) + 4096
    assert others_too.hear(talk) == talk


def test_however_the_bytes_are_cut(trial: Trial) -> None:
    whole = SASL + offer("EXTERNAL") + said(OUTCOME, OK)
    at = 0

    def next_byte() -> None:
        nonlocal at
        if at < len(whole):
            trial.far.sendall(whole[at : at + 1])
            at += 1
            trial.loop.call(next_byte)

    trial.loop.call(next_byte)
    assert trial.hear() is None


def test_where_it_is_not_offered_the_others_get_what_was_said(others_too: Trial) -> None:
    talk = SASL + offer("PLAIN", "SCRAM-SHA-1")
    assert others_too.hear(talk) == talk
    assert others_too.far.recv(4096) == SASL
    assert others_too.near.fileno() >= 0


@pytest.mark.parametrize(
    ("talk", "words"),
    [
        (SASL + offer("PLAIN"), "login by certificate (EXTERNAL) is not offered"),
        (SASL + offer("EXTERNAL") + said(OUTCOME, REFUSED), "the client certificate was not accepted"),
        (SASL + said(OUTCOME, OK), "the client certificate was not accepted"),
        (SASL + offer("EXTERNAL") + offer("EXTERNAL"), "unexpected data during the login"),
        (SASL + said(0x42, b"\xa0\x00"), "unexpected data during the login"),
        (SASL + frame(b"\x40", kind=1), "unexpected data during the login"),
        (SASL + frame(described(MECHANISMS), kind=1), "login by certificate (EXTERNAL) is not offered"),
        (b"AMQP\x00\x01\x00\x00", "SASL is not supported"),
        (b"HTTP/1.1", "SASL is not supported"),
        (SASL + struct.pack(">IBBH", 7, 2, 1, 0), "its SASL frames have an invalid size"),
        (SASL + struct.pack(">IBBH", 4097, 2, 1, 0), "its SASL frames have an invalid size"),
        (
            SASL + frame(b"\x00\x53", kind=1),
            "login with the certificate failed: the message ends in the middle of",
        ),
    ],
)
def test_what_goes_wrong_is_named_and_the_socket_closed(trial: Trial, talk: bytes, words: str) -> None:
    found = trial.hear(talk)
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.LOGIN
    assert found.message.startswith(f"bus refused the login: {words}")
    assert trial.near.fileno() == -1


@pytest.mark.parametrize("talk", [b"", SASL, SASL + offer("EXTERNAL"), SASL + struct.pack(">IBBH", 4096, 2, 1, 0)])
def test_one_that_hangs_up_is_named(trial: Trial, talk: bytes) -> None:
    found = trial.hear(talk, hang_up=True)
    assert isinstance(found, Failure)
    assert "connection closed during login" in found.message


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError("as the test has it"), "failed: as the test has it."),
        (ConnectionResetError("reset"), "is there a client certificate, and is it accepted?"),
        (BrokenPipeError("broken"), "is there a client certificate, and is it accepted?"),
        (ssl.SSLEOFError("no goodbye"), "is there a client certificate, and is it accepted?"),
    ],
)
def test_a_socket_that_breaks_is_named(trial: Trial, error: Exception, words: str) -> None:
    trial.login.broken(error)
    (found,) = trial.results
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.LOGIN
    assert words in found.message


def test_a_broker_that_has_hung_up_before_the_first_byte_is_named() -> None:
    """Some close a TLS connection without the client certificate that they require, and give no reason."""
    near, far = socket.socketpair()
    far.close()
    near.settimeout(0)
    near.shutdown(socket.SHUT_WR)
    loop = Loop("trial", SYSTEM_CLOCK, lambda: None)
    results: list[object] = []

    def done(result: object) -> None:
        results.append(result)
        loop.stop()

    SaslLogin(loop, near, "bus", done, only=True)
    assert results == [], "not from the constructor"
    loop.run()
    (found,) = results
    assert isinstance(found, Failure)
    assert "client certificate" in found.message


def test_one_that_was_cancelled_tells_nothing_more(trial: Trial) -> None:
    trial.login.cancel()
    assert trial.near.fileno() == -1
    trial.loop.later(0, trial.loop.stop)
    trial.loop.run()
    assert trial.results == []
