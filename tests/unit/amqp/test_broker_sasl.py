"""The login of the embedded broker, byte by byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.amqp.broker.sasl import AMQP_HEADER, SASL_HEADER, SaslServer
from clacks_monitor.amqp.values import Symbol, compound, write

USERS = {"admin": "secret"}
OUTCOME_OK = b"\x00\x53\x44\xc0\x03\x01\x50\x00"
OUTCOME_FAILED = b"\x00\x53\x44\xc0\x03\x01\x50\x01"


def init(mechanism: str, response: bytes) -> bytes:
    body = b"\x00\x53\x41" + compound(0xC0, [write(Symbol(mechanism)), write(response)])
    return (len(body) + 8).to_bytes(4, "big") + b"\x02\x01\x00\x00" + body


def talk(server: SaslServer, data: bytes, step: int | None = None) -> bytes:
    pieces = [data] if step is None else [data[at : at + step] for at in range(0, len(data), step)]
    return b"".join(server.feed(piece) for piece in pieces)


@pytest.mark.parametrize("step", [None, 1, 5])
def test_a_user_with_the_right_password_is_let_in_however_the_bytes_arrive(step: int | None) -> None:
    server = SaslServer(USERS, anonymous=False)
    said = talk(server, SASL_HEADER + init("PLAIN", b"\0admin\0secret") + AMQP_HEADER + b"open", step)
    assert said.startswith(SASL_HEADER)
    assert said.endswith(OUTCOME_OK)
    assert (server.finished, server.user) == (True, "admin")
    if step is None:
        assert server.rest == AMQP_HEADER + b"open"


@pytest.mark.parametrize(
    ("mechanism", "response"),
    [
        ("PLAIN", b"\0admin\0wrong"),
        ("PLAIN", b"\0nobody\0secret"),
        ("PLAIN", b"\0admin\0"),
        ("PLAIN", b"nonsense"),
        ("PLAIN", b"\0\xff\0\xff"),
        ("ANONYMOUS", b"anybody"),
        ("EXTERNAL", b"admin"),
        ("SCRAM-SHA-256", b"nonsense"),
        ("CRAM-MD5", b""),
    ],
)
def test_everybody_else_is_kept_out(mechanism: str, response: bytes) -> None:
    server = SaslServer(USERS, anonymous=False)
    assert talk(server, SASL_HEADER + init(mechanism, response)).endswith(OUTCOME_FAILED)
    assert server.failed
    assert server.user is None


def test_without_users_everybody_is_nobody_in_particular() -> None:
    server = SaslServer({}, anonymous=True)
    assert talk(server, SASL_HEADER + init("ANONYMOUS", b"me")).endswith(OUTCOME_OK)
    assert server.user == "anonymous"


def test_a_client_that_skips_the_login_is_let_in_only_where_nobody_must_log_in() -> None:
    for anonymous in (True, False):
        server = SaslServer(USERS, anonymous=anonymous)
        server.feed(AMQP_HEADER)
        assert server.finished is anonymous
        assert server.failed is not anonymous
        if anonymous:
            assert server.rest == AMQP_HEADER


def test_external_is_offered_to_who_has_a_certificate() -> None:
    assert "EXTERNAL" not in SaslServer(USERS, anonymous=False).mechanisms
    server = SaslServer(USERS, anonymous=False, external="client-7")
    talk(server, SASL_HEADER + init("EXTERNAL", b""))
    assert server.user == "client-7"


@given(data=st.binary(max_size=200), greeted=st.booleans())
def test_nonsense_never_lets_anybody_in_and_never_raises(data: bytes, greeted: bool) -> None:
    server = SaslServer(USERS, anonymous=False)
    server.feed((SASL_HEADER if greeted else b"") + data)
    assert not server.finished


def test_a_frame_too_large_ends_the_handshake_at_once() -> None:
    server = SaslServer(USERS, anonymous=False)
    server.feed(SASL_HEADER + b"\xff\xff\xff\xff")
    assert server.failed
