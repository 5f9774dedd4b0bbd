"""Logging in and TLS: against the embedded broker with users, certificates, and an authority made by the tests."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp import probe
from clacks_monitor.core.bus import ProbeStepName
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, Mechanism, TlsSettings, from_url
from clacks_monitor.core.event import BodyKind
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.certificates import Authority
from tests.helpers.recorder import connection
from tests.helpers.scripted_peer import scripted_peer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "pass:wörd"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users"
    path.write_text(f"admin:{PASSWORD}\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def plain(users: Path) -> Iterator[BrokerProcess]:
    with running_broker("--users", str(users)) as process:
        yield process


@pytest.fixture(scope="module")
def secure(users: Path, authority: Authority) -> Iterator[BrokerProcess]:
    certificate, key = authority.issue("broker", addresses=("localhost", "127.0.0.1"))
    options = ["--users", str(users), "--cert", str(certificate), "--key", str(key)]
    with running_broker(*options, "--client-ca", str(authority.ca_file)) as process:
        yield process


@pytest.fixture(scope="module")
def misnamed(authority: Authority) -> Iterator[BrokerProcess]:
    certificate, key = authority.issue("elsewhere", addresses=("elsewhere.example",))
    with running_broker("--cert", str(certificate), "--key", str(key)) as process:
        yield process


def of(broker: BrokerProcess, tls: TlsSettings | None = None, *, host: str = "127.0.0.1") -> ConnectionSettings:
    """Return settings for a broker with the user admin."""
    return ConnectionSettings("test", hosts=((host, broker.port),), user="admin", tls=tls)


@pytest.mark.parametrize(
    "mechanism", [one for one in Mechanism if one not in {Mechanism.ANONYMOUS, Mechanism.EXTERNAL}]
)
def test_a_user_logs_in(plain: BrokerProcess, mechanism: Mechanism) -> None:
    with connection(replace(of(plain), mechanism=mechanism), password=PASSWORD) as (made, recorder):
        made.send(b"<a/>")
        recorder.wait_messages(1)
        if mechanism is not Mechanism.AUTO:
            recorder.wait(lambda: recorder.peers and recorder.peers[-1].mechanism == mechanism, "the mechanism")
            assert recorder.peers[-1].user == "admin"


TOKENS = [Mechanism.XOAUTH2, Mechanism.OAUTHBEARER]


@pytest.mark.parametrize("mechanism", TOKENS)
def test_a_token_goes_over_tls_and_a_wrong_one_is_told_with_the_brokers_words(
    secure: BrokerProcess, authority: Authority, mechanism: Mechanism
) -> None:
    tls = TlsSettings(ca_file=str(authority.ca_file))
    settings = replace(of(secure, tls, host="localhost"), mechanism=mechanism)
    with connection(settings, password=PASSWORD) as (made, recorder):
        made.send(b"<a/>")
        recorder.wait_messages(1)
    with connection(settings, password="wrong", wait=False) as (_made, recorder):
        reason = recorder.wait_state(ConnectionState.REFUSED).reason
        assert "the token was not accepted" in reason
        assert "invalid_token" in reason
    steps = list(probe(settings, PASSWORD))
    assert all(step.ok for step in steps)
    assert any(f"admin ({mechanism.value})" in step.message for step in steps)


@pytest.mark.parametrize("mechanism", TOKENS)
def test_a_token_is_not_sent_in_clear_text_without_a_yes_nor_without_a_user(
    plain: BrokerProcess, mechanism: Mechanism
) -> None:
    hosts = (("127.0.0.1", plain.port), ("broker.example", 5672))
    settings = replace(of(plain), hosts=hosts, mechanism=mechanism)
    with connection(settings, password=PASSWORD, wait=False) as (_made, recorder):
        assert "clear text" in recorder.wait_state(ConnectionState.REFUSED).reason
    with connection(replace(of(plain), user="", mechanism=mechanism), wait=False) as (_made, recorder):
        assert "requires a user name" in recorder.wait_state(ConnectionState.REFUSED).reason


@pytest.mark.parametrize("mechanism", TOKENS)
def test_a_broker_that_takes_no_tokens_is_told(mechanism: Mechanism) -> None:
    with scripted_peer(lambda peer: peer.login("PLAIN", "ANONYMOUS")) as port:
        settings = ConnectionSettings("test", hosts=(("127.0.0.1", port),), user="admin", mechanism=mechanism)
        with connection(settings, password=PASSWORD, wait=False) as (_made, recorder):
            assert f"{mechanism.value} is not offered" in recorder.wait_state(ConnectionState.REFUSED).reason


@pytest.mark.parametrize("mechanism", [Mechanism.AUTO, Mechanism.PLAIN, Mechanism.SCRAM_SHA_256, *TOKENS])
def test_a_wrong_password_is_refused_and_never_told(
    plain: BrokerProcess, mechanism: Mechanism, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = "not-the-secret"
    caplog.set_level(logging.DEBUG)
    with connection(replace(of(plain), mechanism=mechanism), password=wrong, wait=False) as (made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "login" in status.reason
        assert status.retry_ns
        told = f"{made!r} {recorder.statuses} {made.settings!r} {caplog.text} {vars(made)}"
    assert wrong not in told


def test_over_tls_too_a_wrong_password_is_told_as_such(secure: BrokerProcess, authority: Authority) -> None:
    tls = TlsSettings(ca_file=str(authority.ca_file))
    for mechanism in (Mechanism.PLAIN, Mechanism.SCRAM_SHA_1, Mechanism.SCRAM_SHA_256):
        settings = replace(of(secure, tls, host="localhost"), mechanism=mechanism)
        with connection(settings, password="wrong", wait=False) as (_made, recorder):
            assert "password" in recorder.wait_state(ConnectionState.REFUSED).reason


def test_a_missing_login_is_refused(plain: BrokerProcess) -> None:
    with connection(replace(of(plain), user=""), wait=False) as (_made, recorder):
        assert "requires a login, and no user is given" in recorder.wait_state(ConnectionState.REFUSED).reason


@pytest.mark.parametrize("mechanism", [Mechanism.AUTO, Mechanism.EXTERNAL, Mechanism.PLAIN])
def test_a_broker_that_requires_a_client_certificate_is_understood(
    users: Path, authority: Authority, mechanism: Mechanism
) -> None:
    certificate, key = authority.issue("broker", addresses=("localhost", "127.0.0.1"))
    options = ["--users", str(users), "--cert", str(certificate), "--key", str(key)]
    with running_broker(*options, "--client-ca", str(authority.ca_file), "--require-client-cert") as broker:
        settings = replace(of(broker, TlsSettings(ca_file=str(authority.ca_file))), mechanism=mechanism)
        with connection(settings, password=PASSWORD, wait=False) as (_made, recorder):
            recorder.wait(lambda: any(status.reason for status in recorder.statuses), "the refusal")
            reason = next(status.reason for status in recorder.statuses if status.reason)
            assert "client certificate" in reason
        last = list(probe(settings, PASSWORD))[-1]
        assert not last.ok
        assert "client certificate" in last.message


def test_a_password_is_not_sent_in_clear_text_without_a_yes(plain: BrokerProcess) -> None:
    """The broker's address counts as another machine's as soon as one of the failover list is one."""
    hosts = (("127.0.0.1", plain.port), ("broker.example", 5672))
    settings = replace(of(plain), hosts=hosts, mechanism=Mechanism.PLAIN)
    with connection(settings, password=PASSWORD, wait=False) as (_made, recorder):
        assert "clear text" in recorder.wait_state(ConnectionState.REFUSED).reason
    with connection(replace(settings, plain_without_tls=True), password=PASSWORD) as (_made, recorder):
        assert recorder.last.state is ConnectionState.CONNECTED
    # SCRAM does not send it, so it needs no yes.
    with connection(replace(settings, mechanism=Mechanism.AUTO), password=PASSWORD) as (_made, recorder):
        assert recorder.last.state is ConnectionState.CONNECTED


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_tls_verifies_authority_and_name_or_address(secure: BrokerProcess, authority: Authority, host: str) -> None:
    tls = TlsSettings(ca_file=str(authority.ca_file))
    with connection(of(secure, tls, host=host), password=PASSWORD) as (made, recorder):
        bodies = [b"x" * size for size in (1, 100_000, 3_000_000)]
        for body in bodies:
            made.send(body)
        recorder.wait_messages(len(bodies))
        assert recorder.bodies() == bodies
        assert recorder.messages[0].kind is BodyKind.DATA
        facts = recorder.peers[-1]
        assert (facts.mechanism, facts.user) == ("SCRAM-SHA-256", "admin")
        assert facts.tls is not None
        assert facts.tls.protocol.startswith("TLSv1.")
        assert facts.tls.cipher
        assert facts.tls.verified
        assert facts.tls.subject == "commonName=broker"
        assert facts.tls.issuer
        assert facts.tls.expires_ns > time.time_ns()
        assert len(facts.tls.fingerprint) == 64


def test_of_a_certificate_that_is_not_verified_the_fingerprint_is_known(secure: BrokerProcess) -> None:
    tls = TlsSettings(verify_certificate=False)
    with connection(of(secure, tls, host="localhost"), password=PASSWORD) as (_made, recorder):
        recorder.wait(lambda: recorder.peers, "the facts")
        found = recorder.peers[-1].tls
        assert found is not None
        assert (found.verified, found.subject, found.expires_ns) == (False, "", 0)
        assert len(found.fingerprint) == 64


def test_certificates_that_do_not_say_which_key_signed_them_are_accepted(users: Path, tmp_path: Path) -> None:
    """Many sites' own authorities issue such; Python refuses them by default from 3.13 on."""
    simple = Authority(tmp_path, key_identifiers=False)
    certificate, key = simple.issue("broker", addresses=("localhost",))
    tls = TlsSettings(ca_file=str(simple.ca_file))
    with (
        running_broker("--users", str(users), "--cert", str(certificate), "--key", str(key)) as broker,
        connection(of(broker, tls, host="localhost"), password=PASSWORD) as (_made, recorder),
    ):
        assert recorder.last.state is ConnectionState.CONNECTED


def test_an_unknown_authority_is_refused(secure: BrokerProcess) -> None:
    with connection(of(secure, TlsSettings(), host="localhost"), password=PASSWORD, wait=False) as (_made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "certificate" in status.reason


def test_a_certificate_for_another_host_is_refused_unless_that_is_allowed(
    misnamed: BrokerProcess, authority: Authority
) -> None:
    tls = TlsSettings(ca_file=str(authority.ca_file))
    with connection(of(misnamed, tls, host="localhost"), wait=False) as (_made, recorder):
        assert "localhost" in recorder.wait_state(ConnectionState.REFUSED).reason
    with connection(of(misnamed, replace(tls, verify_host=False), host="localhost")):
        pass
    with connection(of(misnamed, TlsSettings(verify_certificate=False), host="localhost")):
        pass


def test_a_client_certificate_logs_in(secure: BrokerProcess, authority: Authority) -> None:
    certificate, key = authority.issue("operator")
    tls = TlsSettings(ca_file=str(authority.ca_file), certificate_file=str(certificate), key_file=str(key))
    for mechanism in (Mechanism.EXTERNAL, Mechanism.AUTO):
        settings = replace(of(secure, tls, host="localhost"), user="", mechanism=mechanism)
        with connection(settings) as (made, recorder):
            made.send(b"<a/>")
            recorder.wait_messages(1)


@pytest.mark.parametrize("field", ["ca_file", "certificate_file"])
def test_files_that_cannot_be_used_are_named(secure: BrokerProcess, tmp_path: Path, field: str) -> None:
    (tmp_path / "bad.pem").write_text("no certificate")
    for name in ("bad.pem", "missing.pem"):
        path = str(tmp_path / name)
        tls = TlsSettings(ca_file=path) if field == "ca_file" else TlsSettings(certificate_file=path)
        with connection(of(secure, tls, host="localhost"), wait=False) as (_made, recorder):
            assert name in recorder.wait_state(ConnectionState.REFUSED).reason


def test_tls_against_a_port_without_it_and_the_other_way_round(plain: BrokerProcess, secure: BrokerProcess) -> None:
    with connection(of(plain, TlsSettings(), host="localhost"), wait=False) as (_made, recorder):
        assert "TLS connection" in recorder.wait_state(ConnectionState.REFUSED).reason
    with connection(of(secure), wait=False) as (_made, recorder):
        recorder.wait_state(ConnectionState.LOST)


def test_a_port_that_never_speaks_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings = replace(from_url(f"amqp://127.0.0.1:{server.getsockname()[1]}")[0], connect_timeout_s=0.2)
        with connection(settings, wait=False) as (_made, recorder):
            assert "did not open" in recorder.wait_state(ConnectionState.LOST).reason
        with connection(replace(settings, tls=TlsSettings()), wait=False) as (_made, recorder):
            assert "did not go on" in recorder.wait_state(ConnectionState.LOST).reason


def test_something_that_is_no_broker_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            client, _address = server.accept()
            with client:
                client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                client.recv(100)

        thread = threading.Thread(target=answer)
        thread.start()
        url = f"amqp://127.0.0.1:{server.getsockname()[1]}"
        with connection(url, wait=False) as (_made, recorder):
            assert "AMQP 1.0" in recorder.wait_state(ConnectionState.REFUSED).reason
        thread.join()


def test_the_trial_shows_each_step(secure: BrokerProcess, authority: Authority) -> None:
    tls = TlsSettings(ca_file=str(authority.ca_file))
    steps = list(probe(of(secure, tls, host="localhost"), PASSWORD))
    assert [step.name for step in steps] == list(ProbeStepName)
    assert all(step.ok for step in steps)
    certificate = next(step for step in steps if step.name is ProbeStepName.TLS)
    issued, hosts, until, fingerprint = certificate.detail
    assert "commonName=broker" in issued
    assert "Test authority" in issued
    assert "localhost" in hosts
    assert "valid until" in until
    assert "SHA-256" in fingerprint
    assert PASSWORD not in repr(steps)


def test_of_an_expired_certificate_the_trial_says_until_when_it_was_valid(authority: Authority) -> None:
    cert, key = authority.issue("expired", addresses=("127.0.0.1",), expired=True)
    with running_broker("--cert", str(cert), "--key", str(key)) as broker:
        found = {
            known: list(probe(of(broker, TlsSettings(ca_file=ca_file)), None))
            for known, ca_file in ((True, str(authority.ca_file)), (False, ""))
        }
    name, _tcp, tls = found[True]
    assert name.message == "No name lookup needed for 127.0.0.1."
    assert "expired" in tls.message
    issued, _hosts, until, fingerprint = tls.detail
    assert "commonName=expired" in issued
    assert "valid until" in until
    assert found[False][-1].detail == (fingerprint,)


def test_the_trial_ends_with_the_step_that_fails(
    plain: BrokerProcess, secure: BrokerProcess, misnamed: BrokerProcess, authority: Authority
) -> None:
    tls = TlsSettings(ca_file=str(authority.ca_file))
    trials = {
        ProbeStepName.NAME: replace(of(plain), hosts=(("no.such.host.invalid", 1),)),
        ProbeStepName.TCP: replace(of(plain), hosts=(("127.0.0.1", 1),)),
        ProbeStepName.TLS: of(misnamed, tls, host="localhost"),
        ProbeStepName.SASL: replace(of(secure, tls), user="nobody"),
        ProbeStepName.ATTACH: replace(of(plain), domain="org.nowhere"),
        ProbeStepName.FILTER: replace(of(plain), subscription="((("),
    }
    for name, settings in trials.items():
        *before, last = probe(settings, PASSWORD)
        assert last.name is name
        assert not last.ok
        assert last.message
        assert all(step.ok for step in before)
        if name is ProbeStepName.TLS:
            assert "not issued for the host localhost" in last.message
            assert last.detail[-1].startswith("SHA-256")


def test_a_trial_that_is_given_up_leaves_nothing(plain: BrokerProcess) -> None:
    steps = probe(of(plain), PASSWORD)
    while next(steps).name is not ProbeStepName.SASL:
        pass
    steps.close()  # type: ignore[attr-defined] # it is a generator


def test_the_tests_own_server_context_is_sound(secure: BrokerProcess, authority: Authority) -> None:
    """Guards the tests above: an independent client accepts the certificate that they rely on."""
    context = ssl.create_default_context(cafile=str(authority.ca_file))
    with (
        socket.create_connection(("127.0.0.1", secure.port)) as sock,
        context.wrap_socket(sock, server_hostname="127.0.0.1") as secured,
    ):
        assert secured.version() == "TLSv1.3"
