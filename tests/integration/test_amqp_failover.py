"""Hosts that a broker names are tried when it is gone, unless that could give a login to a stranger."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp.failover import MAX_HOSTS, may_follow
from clacks_monitor.amqp.values import write
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, TlsSettings, from_url
from clacks_monitor.networking.reconnect import Backoff, Reconnect
from clacks_monitor.testbed.broker import BrokerKind, BrokerSettings
from tests.helpers.played_broker import played_broker
from tests.helpers.recorder import connection
from tests.helpers.scripted_links import Links
from tests.helpers.scripted_peer import ScriptedPeer, scripted_peer, symbol

if TYPE_CHECKING:
    from collections.abc import Callable

ARTEMIS = BrokerSettings(port=0, kind=BrokerKind.ARTEMIS)


def test_the_other_host_is_tried_when_the_first_is_gone() -> None:
    with played_broker(ARTEMIS) as second:
        named = replace(ARTEMIS, failover=(("127.0.0.1", second.port),))
        with played_broker(named) as first, connection(first.url) as (made, recorder):
            first.stop()
            recorder.wait_state(ConnectionState.LOST)
            recorder.wait_state(ConnectionState.CONNECTED)
            assert recorder.last.host == f"127.0.0.1:{second.port}"
            made.send(b"<a/>")
            recorder.wait_messages(1)
            assert len(recorder.gaps) == 1


def test_what_is_learnt_comes_after_what_the_user_has_named_and_is_replaced() -> None:
    own: tuple[tuple[str, int], ...] = (("a", 1), ("b", 2))
    reconnect = Reconnect(own, Backoff())
    reconnect.learn((("b", 2), ("c", 3)))
    assert reconnect._hosts == (*own, ("c", 3))
    reconnect.learn((("d", 4),))
    assert reconnect._hosts == (*own, ("d", 4))
    reconnect.learn(())
    assert reconnect._hosts == own


def a_map(*items: bytes) -> bytes:
    content = b"".join(items)
    return b"\xd1" + struct.pack(">II", len(content) + 4, len(items)) + content


def a_list(*items: bytes) -> bytes:
    content = b"".join(items)
    return b"\xd0" + struct.pack(">II", len(content) + 4, len(items)) + content


def named(host: bytes, port: bytes) -> bytes:
    return a_map(symbol("network-host"), host, symbol("port"), port)


MANY = tuple((f"h{n}", 5672) for n in range(1000))
GOOD = named(write("other"), write(5672))


def learnt(servers: bytes, change: Callable[[ConnectionSettings], ConnectionSettings] = lambda s: s) -> object:
    """Return the hosts that a connection knows of a broker that says this."""

    def script(peer: ScriptedPeer) -> None:
        links = Links(peer, properties=a_map(symbol("failover-server-list"), servers))
        while True:
            links.hear()

    with scripted_peer(script) as port:
        settings = change(from_url(f"amqp://127.0.0.1:{port}")[0])
        with connection(settings, password="secret") as (made, _recorder):
            return made._worker._reconnect._hosts[1:]


@pytest.mark.parametrize(
    ("servers", "hosts"),
    [
        (a_list(GOOD), (("other", 5672),)),
        (a_list(named(write("other"), write("5671"))), (("other", 5671),)),
        (a_list(GOOD, named(write("third"), write(1))), (("other", 5672), ("third", 1))),
        (a_list(*[named(write(f"h{n}"), write(5672)) for n in range(1000)]), MANY[:MAX_HOSTS]),
        (a_list(named(write(""), write(5672))), ()),
        (a_list(named(write("x" * 256), write(5672))), ()),
        (a_list(named(write("a b"), write(5672))), ()),
        (a_list(named(write("a\nb"), write(5672))), ()),
        (a_list(named(write("user@host"), write(5672))), ()),
        (a_list(named(write(5), write(5672))), ()),
        (a_list(named(write("other"), write(0))), ()),
        (a_list(named(write("other"), write(65_536))), ()),
        (a_list(named(write("other"), write("9" * 5000))), ()),
        (a_list(named(write("other"), write("-1"))), ()),
        (a_list(write("other"), a_list(GOOD), b"\x40"), ()),
        (write("other:5672"), ()),
        (GOOD, ()),
        (b"\x40", ()),
    ],
)  # fmt: skip  # a table
def test_only_what_is_a_host_and_a_port_is_learnt(servers: bytes, hosts: object) -> None:
    assert learnt(servers) == hosts


def test_a_login_is_not_given_to_a_host_that_only_the_broker_knows() -> None:
    assert learnt(a_list(GOOD), lambda s: replace(s, user="admin")) == ()
    assert learnt(a_list(GOOD), lambda s: replace(s, user="admin", plain_without_tls=True)) == ()


@pytest.mark.parametrize(
    ("tls", "followed"),
    [
        (TlsSettings(), True),
        (TlsSettings(verify_host=False), False),
        (TlsSettings(verify_certificate=False), False),
        (None, False),
    ],
)
def test_with_a_login_tls_has_to_prove_who_it_is(tls: TlsSettings | None, *, followed: bool) -> None:
    settings = ConnectionSettings("x", user="admin", tls=tls)
    assert may_follow(settings) == followed
    assert may_follow(replace(settings, user=""))
