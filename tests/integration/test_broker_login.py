"""Logging in to the embedded broker: mechanisms, TLS, and what a login allows."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from proton import ConnectionException
from proton.utils import ConnectionClosed, LinkDetached

from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.broker_client import client, event, take, trusting
from tests.helpers.certificates import Authority

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = b"<a/>"
REFUSED = (ConnectionException, ConnectionClosed)


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users"
    path.write_text("# name:password\nadmin:sec:ret\nguest:guest\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def broker(users: Path) -> Iterator[BrokerProcess]:
    with running_broker("--users", str(users)) as process:
        yield process


@pytest.fixture(scope="module")
def secure(users: Path, authority: Authority) -> Iterator[BrokerProcess]:
    certificate, key = authority.issue("broker", addresses=("localhost", "127.0.0.1"))
    options = ["--users", str(users), "--cert", str(certificate), "--key", str(key)]
    with running_broker(*options, "--client-ca", str(authority.ca_file)) as process:
        yield process


def by_name(broker: BrokerProcess) -> str:
    """Return the URL with a name: proton's client compares certificates with names, not with addresses."""
    return broker.url.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"])
def test_a_user_logs_in_with_each_mechanism(broker: BrokerProcess, mechanism: str) -> None:
    login: dict[str, Any] = {"user": "admin", "password": "sec:ret", "allowed_mechs": mechanism}
    with client(broker.url, **login) as bus:
        receiver = bus.subscribe()
        bus.sender().send(event(BODY))
        assert take(receiver).body == BODY


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "ANONYMOUS"])
def test_nobody_else_gets_in(broker: BrokerProcess, mechanism: str) -> None:
    login: dict[str, Any] = {"user": "admin", "password": "wrong", "allowed_mechs": mechanism}
    with pytest.raises(REFUSED), client(broker.url, **login, reconnect=False):
        pass


def test_a_user_cannot_send_in_another_ones_name(broker: BrokerProcess) -> None:
    with client(broker.url, user="admin", password="sec:ret", allowed_mechs="PLAIN") as bus:
        bus.sender().send(event(BODY, user_id=b"admin"))
        with pytest.raises(LinkDetached) as ended:
            bus.sender().send(event(BODY, user_id=b"guest"))
        assert ended.value.condition == "amqp:not-allowed"


def test_without_login_any_name_goes() -> None:
    with running_broker() as process, client(process.url) as bus:
        bus.sender().send(event(BODY, user_id=b"whoever"))


def test_rights_bind_the_agents_callers(users: Path, tmp_path: Path) -> None:
    from clacks_monitor.amqp import Connection
    from clacks_monitor.core.bus import BusListener, InvalidEvent, NotPermitted
    from clacks_monitor.core.connection import from_url

    rights = tmp_path / "rights"
    rights.write_text("admin org.clacks.event.PhoneStatus x\n", encoding="utf-8")
    poll = '<Event xmlns="http://www.gonicus.de/Events"><ClientPoll/></Event>'
    phone = poll.replace(
        "<ClientPoll/>",
        "<PhoneStatus><CallerId>1</CallerId><ReceiverId>2</ReceiverId><Status>busy</Status></PhoneStatus>",
    )
    with running_broker("--users", str(users), "--rights", str(rights)) as process:
        settings, _password = from_url(process.url.replace("//", "//admin@"))
        with Connection(settings, BusListener(), password=lambda: "sec:ret", receives=False) as agent:
            assert agent.call("sendEvent", phone) is True
            with pytest.raises(NotPermitted, match="ClientPoll"):
                agent.call("sendEvent", poll)
            with pytest.raises(InvalidEvent, match="ReceiverId"):
                agent.call("sendEvent", phone.replace("<ReceiverId>2</ReceiverId>", ""))
            methods = agent.call("getMethods")
            assert isinstance(methods, dict)
            assert methods["sendEvent"]["target"] == "core"


def test_over_tls_events_go_as_usual_large_ones_too(secure: BrokerProcess, authority: Authority) -> None:
    assert secure.url.startswith("amqps://")
    domain = trusting(str(authority.ca_file))
    with client(by_name(secure), ssl_domain=domain, user="guest", password="guest", allowed_mechs="PLAIN") as bus:
        receiver, sender = bus.subscribe(), bus.sender()
        for body in (BODY, b"<a>" + b"x" * 3_000_000 + b"</a>", BODY):
            sender.send(event(body))
            assert take(receiver).body == body


def test_a_client_certificate_is_a_login(secure: BrokerProcess, authority: Authority) -> None:
    certificate, key = authority.issue("client-7")
    domain = trusting(str(authority.ca_file), str(certificate), str(key))
    with client(by_name(secure), ssl_domain=domain, allowed_mechs="EXTERNAL") as bus:
        bus.sender().send(event(BODY, user_id=b"client-7"))
        with pytest.raises(LinkDetached):
            bus.sender().send(event(BODY, user_id=b"admin"))


def test_who_trusts_another_authority_does_not_talk_to_it(secure: BrokerProcess, tmp_path: Path) -> None:
    domain = trusting(str(Authority(tmp_path, "Another authority").ca_file))
    with pytest.raises(REFUSED), client(by_name(secure), ssl_domain=domain, reconnect=False):
        pass


@pytest.mark.parametrize(
    "data", [b"GET / HTTP/1.1\r\n\r\n", b"AMQP\x00\x00\x09\x01", b"\x16\x03\x01\x00\x05hello", b""]
)
def test_what_is_no_amqp_is_hung_up_on_and_the_others_stay(data: bytes) -> None:
    with running_broker() as process, client(process.url) as bus:
        receiver = bus.subscribe()
        with socket.create_connection(("127.0.0.1", process.port), timeout=20) as stranger:
            stranger.sendall(data)
            stranger.shutdown(socket.SHUT_WR)
            while stranger.recv(4096):
                pass
        bus.sender().send(event(BODY))
        assert take(receiver).body == BODY
