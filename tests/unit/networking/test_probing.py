"""The first steps of trying a connection, TLS, and what is known of a certificate, at a server of the test's own."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import ssl
import threading
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from clacks_monitor.core.bus import ProbeStep, ProbeStepName
from clacks_monitor.core.connection import ConnectionSettings, TlsSettings
from clacks_monitor.networking.clock import SYSTEM_CLOCK
from clacks_monitor.networking.connector import SocketConnector
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.loop import Loop
from clacks_monitor.networking.probing import connected
from clacks_monitor.networking.tls import context, tls_facts
from tests.helpers.certificates import Authority

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "127.0.0.1"


class Listener:
    """Takes connections one after the other, with TLS where it has a certificate, and waits for their ends."""

    def __init__(self, certificate: tuple[Path, Path] | None = None) -> None:
        self._context = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(*certificate)
        self._socket = socket.create_server((HOST, 0))
        self.port: int = self._socket.getsockname()[1]
        self._closing = False
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self._closing:
            near, _address = self._socket.accept()
            with near, contextlib.suppress(OSError):
                sock = near if self._context is None else self._context.wrap_socket(near, server_side=True)
                with sock:
                    while sock.recv(4096):
                        pass

    def close(self) -> None:
        self._closing = True
        with contextlib.suppress(OSError):
            socket.create_connection((HOST, self.port)).close()
        self._thread.join()
        self._socket.close()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@contextlib.contextmanager
def listening(certificate: tuple[Path, Path] | None = None) -> Iterator[int]:
    listener = Listener(certificate)
    try:
        yield listener.port
    finally:
        listener.close()


def settings(port: int, tls: TlsSettings | None) -> ConnectionSettings:
    return ConnectionSettings("bus", ((HOST, port),), tls=tls, connect_timeout_s=20.0)


def probe(port: int, tls: TlsSettings | None = None) -> tuple[list[ProbeStep], bool]:
    """Return the steps, and whether there is a socket at the end."""
    steps, trying = list[ProbeStep](), connected(settings(port, tls))
    while True:
        try:
            steps.append(next(trying))
        except StopIteration as end:
            if end.value is not None:
                end.value.close()
            return steps, end.value is not None


def fingerprint(certificate: Path) -> str:
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    return hashlib.sha256(loaded.public_bytes(Encoding.DER)).hexdigest()


def shown(certificate: Path) -> str:
    digest = fingerprint(certificate).upper()
    return "SHA-256 " + " ".join(digest[at : at + 4] for at in range(0, 64, 4))


def test_a_port_without_tls_is_reached_in_two_steps() -> None:
    with listening() as port:
        steps, reached = probe(port)
    assert reached
    assert steps == [
        ProbeStep(ProbeStepName.NAME, ok=True, message=f"No name lookup needed for {HOST}."),
        ProbeStep(ProbeStepName.TCP, ok=True, message=f"{HOST} accepts connections on port {port}."),
    ]


def test_where_nothing_listens_the_second_step_fails() -> None:
    with socket.create_server((HOST, 0)) as unused:
        port = unused.getsockname()[1]
    steps, reached = probe(port)
    assert not reached
    assert [(step.name, step.ok) for step in steps] == [(ProbeStepName.NAME, True), (ProbeStepName.TCP, False)]
    assert f"No connection to {HOST}:{port}: connection refused" in steps[1].message


def test_a_certificate_that_is_accepted_is_described(authority: Authority) -> None:
    certificate, key = authority.issue("bus", addresses=(HOST, "bus.example"))
    with listening((certificate, key)) as port:
        steps, reached = probe(port, TlsSettings(ca_file=str(authority.ca_file)))
    assert reached
    step = steps[2]
    assert (step.name, step.ok) == (ProbeStepName.TLS, True)
    assert step.message.startswith("TLSv1.3 with ")
    assert "NOT verified" not in step.message
    issued, hosts, valid, digest = step.detail
    assert issued == "issued to commonName=bus by commonName=Test authority"
    assert hosts == f"for the hosts {HOST}, bus.example"
    assert valid.startswith("valid until ")
    assert digest == shown(certificate)


@pytest.mark.parametrize(
    ("verify_certificate", "words"), [(False, "; certificate NOT verified."), (True, "; host name NOT verified.")]
)
def test_what_is_not_verified_is_said(authority: Authority, words: str, *, verify_certificate: bool) -> None:
    certificate, key = authority.issue("elsewhere", addresses=("elsewhere.example",))
    tls = TlsSettings(
        ca_file=str(authority.ca_file), verify_certificate=verify_certificate, verify_host=not verify_certificate
    )
    with listening((certificate, key)) as port:
        steps, reached = probe(port, tls)
    assert reached
    assert steps[2].message.endswith(words)
    assert len(steps[2].detail) == (4 if verify_certificate else 1)


@pytest.mark.parametrize(
    ("addresses", "expired", "words", "lines"),
    [
        (("elsewhere.example",), False, f"not issued for the host {HOST}", 4),
        ((HOST,), True, "expired", 4),
    ],
)
def test_a_certificate_that_is_refused_is_described_too(
    authority: Authority, addresses: tuple[str, ...], words: str, lines: int, *, expired: bool
) -> None:
    certificate, key = authority.issue("refused", addresses=addresses, expired=expired)
    with listening((certificate, key)) as port:
        steps, reached = probe(port, TlsSettings(ca_file=str(authority.ca_file)))
    assert not reached
    assert (steps[2].name, steps[2].ok) == (ProbeStepName.TLS, False)
    assert words in steps[2].message
    assert len(steps[2].detail) == lines
    assert steps[2].detail[-1] == shown(certificate)


def test_of_a_certificate_of_an_unknown_authority_only_the_fingerprint_is_known(
    authority: Authority, tmp_path: Path
) -> None:
    certificate, key = Authority(tmp_path, "Another").issue("bus", addresses=(HOST,))
    with listening((certificate, key)) as port:
        steps, reached = probe(port, TlsSettings(ca_file=str(authority.ca_file)))
    assert not reached
    assert "issued by an unknown CA" in steps[2].message
    assert steps[2].detail == (shown(certificate),)


def test_files_of_the_settings_that_cannot_be_used_fail_the_handshake(authority: Authority) -> None:
    with listening(authority.issue("bus", addresses=(HOST,))) as port:
        steps, reached = probe(port, TlsSettings(ca_file="/no/such.pem"))
    assert not reached
    assert steps[2].message.startswith("The CA certificates in /no/such.pem cannot be used")


@pytest.mark.parametrize("verified", [True, False])
def test_facts_of_a_connection(authority: Authority, *, verified: bool) -> None:
    certificate, key = authority.issue("bus", addresses=(HOST,))
    made = context(TlsSettings(ca_file=str(authority.ca_file), verify_certificate=verified))
    with (
        listening((certificate, key)) as port,
        socket.create_connection((HOST, port)) as sock,
        made.wrap_socket(sock, server_hostname=HOST) as secured,
    ):
        facts = tls_facts(secured)
    assert (facts.protocol, facts.verified, facts.fingerprint) == ("TLSv1.3", verified, fingerprint(certificate))
    assert facts.cipher.startswith("TLS_")
    assert facts.subject == ("commonName=bus" if verified else "")
    assert facts.issuer == ("commonName=Test authority" if verified else "")
    expires = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc.timestamp()
    assert facts.expires_ns == (int(expires) * 10**9 if verified else 0)


def arrival(port: int, tls: TlsSettings | None, timeout: float = 20.0) -> socket.socket | Failure:
    """Return what a connector ends with."""
    loop = Loop("test", SYSTEM_CLOCK, lambda: None)
    found: list[socket.socket | Failure] = []

    def done(result: socket.socket | Failure) -> None:
        found.append(result)
        loop.stop()

    wanted = ConnectionSettings("bus", ((HOST, port),), tls=tls, connect_timeout_s=timeout)
    connector: list[SocketConnector] = []
    loop.call(lambda: connector.append(SocketConnector(loop, wanted, (HOST, port), done)))
    loop.run()
    (result,) = found
    return result


def test_a_connector_gives_a_socket_with_the_security_that_is_wanted(authority: Authority) -> None:
    with listening() as port:
        plain = arrival(port, None)
        assert type(plain) is socket.socket
        plain.close()
    with listening(authority.issue("bus", addresses=(HOST,))) as port:
        secured = arrival(port, TlsSettings(ca_file=str(authority.ca_file)))
        assert isinstance(secured, ssl.SSLSocket)
        assert secured.getpeercert()
        secured.close()


def test_a_connector_says_why_there_is_none(authority: Authority) -> None:
    with listening(authority.issue("elsewhere", addresses=("elsewhere.example",))) as port:
        refused = arrival(port, TlsSettings(ca_file=str(authority.ca_file)))
        unusable = arrival(port, TlsSettings(ca_file="/no/such.pem"))
    for failure, words in ((refused, f"not issued for the host {HOST}"), (unusable, "/no/such.pem cannot be used")):
        assert isinstance(failure, Failure)
        assert failure.kind is FailureKind.TLS
        assert words in failure.message


def test_a_handshake_that_does_not_go_on_is_given_up(authority: Authority) -> None:
    with listening() as port:  # takes the connection, and answers nothing
        failure = arrival(port, TlsSettings(ca_file=str(authority.ca_file)), timeout=0.2)
    assert isinstance(failure, Failure)
    assert HOST in failure.message
    assert "0.2 s" in failure.message
