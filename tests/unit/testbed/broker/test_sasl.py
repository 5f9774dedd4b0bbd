"""The login of the embedded broker, byte by byte."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.amqp.values import Reader, Symbol, compound, write
from clacks_monitor.testbed.broker.sasl import SASL_HEADER, SaslServer

AMQP_HEADER = b"AMQP\x00\x01\x00\x00"
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


def response(said: bytes) -> bytes:
    body = b"\x00\x53\x43" + compound(0xC0, [write(said)])
    return (len(body) + 8).to_bytes(4, "big") + b"\x02\x01\x00\x00" + body


def challenge(answer: bytes) -> dict[str, str]:
    """Return the fields of a challenge's text."""
    at = answer.index(b"\x00\x53\x42") + 3
    fields, _end = Reader(answer).read(at)
    assert isinstance(fields, list)
    return {part[0]: part[2:] for part in fields[0].decode().split(",")}


class Scram:
    """A client's side, by RFC 5802 and from the standard library alone."""

    def __init__(self, user: str = "admin", password: str = "secret", digest: str = "sha256") -> None:
        self.digest, self.password = digest, password
        self.first = f"n={user},r=client"
        self.header = "n,,"
        self.server = SaslServer({"admin": "secret", "a,b=c": "secret"}, anonymous=False)
        name = {"sha256": "SCRAM-SHA-256", "sha1": "SCRAM-SHA-1"}[digest]
        self.asked = self.server.feed(SASL_HEADER + init(name, (self.header + self.first).encode()))

    def proof(self, said: dict[str, str], *, nonce: str = "", binding: str = "") -> bytes:
        channel = base64.b64encode((binding or self.header).encode()).decode()
        without = f"c={channel},r={nonce or said['r']}"
        salt, rounds = base64.b64decode(said["s"]), int(said["i"])
        salted = hashlib.pbkdf2_hmac(self.digest, self.password.encode(), salt, rounds)
        key = hmac.digest(salted, b"Client Key", self.digest)
        self.message = f"{self.first},r={said['r']},s={said['s']},i={said['i']},{without}".encode()
        signature = hmac.digest(hashlib.new(self.digest, key).digest(), self.message, self.digest)
        self.signed = base64.b64encode(
            hmac.digest(hmac.digest(salted, b"Server Key", self.digest), self.message, self.digest)
        )
        proof = base64.b64encode(bytes(a ^ b for a, b in zip(key, signature, strict=True)))
        return f"{without},p=".encode() + proof


@pytest.mark.parametrize("digest", ["sha1", "sha256"])
@pytest.mark.parametrize(("user", "known"), [("admin", "admin"), ("a=2Cb=3Dc", "a,b=c")])
def test_scram_lets_a_user_in_and_proves_that_it_knows_the_password_too(digest: str, user: str, known: str) -> None:
    scram = Scram(user, digest=digest)
    said = challenge(scram.asked)
    assert said["r"].startswith("client")
    assert len(said["r"]) > len("client") + 20
    assert said["i"] == "4096"
    assert len(base64.b64decode(said["s"])) == 16
    proved = challenge(scram.server.feed(response(scram.proof(said))))
    assert proved["v"].encode() == scram.signed
    assert not scram.server.finished
    assert scram.server.feed(response(b"")).endswith(OUTCOME_OK)
    assert (scram.server.user, scram.server.finished) == (known, True)


def test_no_two_logins_have_one_salt_and_one_nonce() -> None:
    one, two = challenge(Scram().asked), challenge(Scram().asked)
    assert one["s"] != two["s"]
    assert one["r"] != two["r"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"user": "nobody"},
        {"password": "wrong"},
        {"nonce": "another"},
        {"binding": "y,,"},
    ],
)
def test_scram_keeps_everybody_else_out(wrong: dict[str, str]) -> None:
    scram = Scram(wrong.get("user", "admin"), wrong.get("password", "secret"))
    said = challenge(scram.asked)
    proof = scram.proof(said, nonce=wrong.get("nonce", ""), binding=wrong.get("binding", ""))
    assert scram.server.feed(response(proof)).endswith(OUTCOME_FAILED)
    assert (scram.server.user, scram.server.failed) == (None, True)


@pytest.mark.parametrize("said", [b"\xff", b"c=!,r=x,p=y", b"", b"c=biws", b"r=x"])
def test_nonsense_instead_of_a_proof_is_refused(said: bytes) -> None:
    scram = Scram()
    assert scram.server.feed(response(said)).endswith(OUTCOME_FAILED)


def test_after_the_proof_nothing_more_is_to_be_said() -> None:
    scram = Scram()
    scram.server.feed(response(scram.proof(challenge(scram.asked))))
    assert scram.server.feed(response(b"and more")).endswith(OUTCOME_FAILED)
    assert scram.server.user is None


@pytest.mark.parametrize("first", [b"p=tls-unique,,n=admin,r=x", b"n,,r=x", b"n,,n=admin", b"n"])
def test_a_beginning_without_user_or_nonce_or_with_a_channel_is_refused(first: bytes) -> None:
    server = SaslServer(USERS, anonymous=False)
    assert server.feed(SASL_HEADER + init("SCRAM-SHA-256", first)).endswith(OUTCOME_FAILED)


BY_PASSWORD = ("SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "OAUTHBEARER", "XOAUTH2")


def test_what_is_offered_to_whom() -> None:
    assert SaslServer({}, anonymous=True).mechanisms == ["ANONYMOUS"]
    assert SaslServer(USERS, anonymous=False).mechanisms == [*BY_PASSWORD]
    everything = SaslServer(USERS, anonymous=True, external="me").mechanisms
    assert everything == ["EXTERNAL", *BY_PASSWORD, "ANONYMOUS"]
    offered = SaslServer(USERS, anonymous=True).feed(SASL_HEADER)
    assert offered.startswith(SASL_HEADER)
    assert all(name in offered for name in (b"SCRAM-SHA-256", b"SCRAM-SHA-1", b"PLAIN", b"ANONYMOUS"))


@pytest.mark.parametrize(
    "frames",
    [
        response(b"x"),
        init("PLAIN", b"\0admin\0secret").replace(b"\x00\x53\x41", b"\x00\x53\x45"),
        (11).to_bytes(4, "big") + b"\x02\x01\x00\x00" + b"\x00\x53\x41",
        (12).to_bytes(4, "big") + b"\x02\x01\x00\x00" + b"\x00\x53\x41\x45",
        (12).to_bytes(4, "big") + b"\x02\x01\x00\x00" + b"\x00\x53\x41\x40",
        (20).to_bytes(4, "big") + b"\x02\x01\x00\x00" + b"\x00\xa1\x01A\xc0\x06\x01\xa3\x03abc\x40"[:12],
        (9).to_bytes(4, "big") + b"\x02\x01\x00\x00" + b"\x45",
        (7).to_bytes(4, "big") + b"\x02\x01\x00\x00",
        (4097).to_bytes(4, "big") + b"\x02\x01\x00\x00",
        init("SCRAM-SHA-1", b"n,,n=admin,r=x") * 2,
    ],
)
def test_frames_out_of_turn_end_the_handshake(frames: bytes) -> None:
    server = SaslServer(USERS, anonymous=False)
    server.feed(SASL_HEADER + frames)
    assert (server.failed, server.finished, server.user) == (True, False, None)


def test_the_largest_frame_is_taken() -> None:
    server = SaslServer(USERS, anonymous=False)
    said = b"\0admin\0" + b"x" * 4_000
    padded = init("PLAIN", said)
    assert len(padded) < 4096
    body = padded[8:]
    whole = (4096).to_bytes(4, "big") + b"\x02\x01\x00\x00" + body + b"\x40" * (4096 - 8 - len(body))
    assert server.feed(SASL_HEADER + whole).endswith(OUTCOME_FAILED)
