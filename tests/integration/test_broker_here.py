"""The embedded broker within the tests' own process: what goes wrong inside of it, and how it ends."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import socket
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor.amqp.values import Symbol, compound, write
from clacks_monitor.core.connection import ConnectionState, from_url
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.testbed.broker import Broker, BrokerError, BrokerSettings, ListenError, TlsFiles
from clacks_monitor.testbed.broker import peer as peer_module
from clacks_monitor.testbed.broker import server as server_module
from clacks_monitor.testbed.query_engine import QuerySelection
from tests.helpers.broker_client import client, event, filters, objects, queue_fields, take
from tests.helpers.played_broker import played_broker
from tests.helpers.recorder import connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

SETTINGS = BrokerSettings(port=0, version="1.2")


def running(settings: BrokerSettings = SETTINGS) -> AbstractContextManager[Broker]:
    """Run a broker with an agent on a thread of its own."""
    return played_broker(settings)


@pytest.fixture
def broker() -> Iterator[Broker]:
    with running() as made:
        yield made


def test_events_and_calls_go_round(broker: Broker) -> None:
    settings = replace(from_url(broker.url)[0], subscription="./*:a")
    with connection(settings) as (made, recorder):
        assert recorder.last.product == "Clacks Event Monitor embedded broker 1.2"
        for body in (b"<b/>", b"<a/>"):
            made.send(body)
        assert recorder.wait_messages(1)[0].body == b"<a/>"
        recorder.wait(lambda: len(recorder.results) == 2, "the outcomes")
        assert {result.outcome for result in recorder.results} == {SendOutcome.ACCEPTED}
        assert made.call("sendEvent", "<a>agent</a>") is True
        assert recorder.wait_messages(2)[1].body == b"<a>agent</a>"
        made.subscribe("")
        recorder.wait(lambda: not recorder.last.subscription, "the other filter")
        made.send(b"<b/>")
        recorder.wait_messages(3)
    assert not recorder.gaps


def test_what_it_says_of_itself(broker: Broker) -> None:
    with client(broker.url) as bus:
        assert bus.remote_properties["product"] == "Clacks Event Monitor embedded broker"
        assert bus.remote_properties["version"] == "1.2"
        engine: Any = bus.connection.conn
        assert engine.remote_offered_capabilities == ["ANONYMOUS-RELAY"]
        assert engine.transport.remote_max_frame_size == 128 * 1024


def test_it_says_goodbye_when_it_is_stopped() -> None:
    with running() as broker, connection(broker.url) as (_made, recorder):
        broker.stop()
        broker.stop()
        lost = recorder.wait_state(ConnectionState.LOST)
        assert "The embedded broker is being stopped." in lost.reason


def test_it_stops_at_the_end_of_its_parents_stream() -> None:
    read, written = os.pipe()
    with os.fdopen(read) as stream, running() as broker:
        broker._loop.call(lambda: broker.stop_at_end_of(stream))
        with connection(broker.url) as (_made, recorder):
            os.write(written, b"not the end")
            assert recorder.last.state is ConnectionState.CONNECTED
            os.close(written)
            recorder.wait_state(ConnectionState.LOST)


def test_a_client_that_is_served_with_a_mistake_is_dropped_and_the_others_stay(
    broker: Broker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with connection(broker.url) as (made, recorder):
        failing, original = threading.Event(), peer_module.Peer.flush
        known = {peer.address for peer in broker._peers}

        def flush(peer: peer_module.Peer) -> None:
            if peer.address not in known:
                failing.set()
                raise ValueError("a mistake")
            original(peer)

        monkeypatch.setattr(peer_module.Peer, "flush", flush)
        with socket.create_connection(("127.0.0.1", broker.port)) as other:
            other.sendall(b"AMQP\x03\x01\x00\x00")
            with contextlib.suppress(ConnectionResetError):
                while other.recv(1000):
                    pass
        made.send(b"<a/>")
        recorder.wait_messages(1)
    assert failing.is_set()
    assert "serving a client failed" in caplog.text


def test_a_client_that_never_logs_in_is_dropped(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert peer_module.HANDSHAKE_S == 10.0
    monkeypatch.setattr(peer_module, "HANDSHAKE_S", 0.05)
    caplog.set_level(logging.INFO)
    with running() as broker, socket.create_connection(("127.0.0.1", broker.port), 20) as other:
        other.sendall(b"AMQP")
        assert other.recv(1000) == b""
    assert "it did not finish its handshake" in caplog.text


def test_where_descriptors_run_out_it_waits_and_takes_clients_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert (server_module.PAUSE_S, server_module.CLOSE_TIMEOUT_S) == (1.0, 0.4)
    monkeypatch.setattr(server_module, "PAUSE_S", 0.01)
    broker = Broker(SETTINGS, QuerySelection)
    failures = [errno.EMFILE, errno.ENFILE, errno.ECONNABORTED]

    class Listener:
        def __init__(self, real: socket.socket) -> None:
            self._real = real

        def accept(self) -> tuple[socket.socket, tuple[str, int]]:
            if failures:
                raise OSError(number := failures.pop(0), os.strerror(number))
            return self._real.accept()

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

    broker._listener = Listener(broker._listener)  # type: ignore[assignment]  # as good as one
    thread = threading.Thread(target=broker.run, daemon=True)
    thread.start()
    with client(broker.url) as bus:
        assert bus.remote_properties
    broker.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert failures == []
    assert caplog.text.count("no more clients are taken until some have gone: Too many open files") == 1


def test_where_it_cannot_listen_it_says_why(broker: Broker, tmp_path: Path) -> None:
    with pytest.raises(ListenError, match=f"cannot listen on 127.0.0.1:{broker.port}: another program listens there"):
        Broker(replace(SETTINGS, port=broker.port), QuerySelection)
    with pytest.raises(ListenError, match=r"cannot listen on no\.such\.host\.invalid:0: "):
        Broker(replace(SETTINGS, host="no.such.host.invalid"), QuerySelection)
    missing = TlsFiles(str(tmp_path / "c.pem"), str(tmp_path / "k.pem"), str(tmp_path / "k.pem"))
    with pytest.raises(BrokerError, match=r"cannot be used \(.*c\.pem, .*k\.pem\): No such file or directory\."):
        Broker(replace(SETTINGS, tls=missing), QuerySelection)


def test_its_url_is_how_a_client_reaches_it() -> None:
    made = Broker(replace(SETTINGS, host="::1", domain="d"), QuerySelection)
    assert made.url == f"amqp://[::1]:{made.port}/d"
    made.close()
    made.close()


def test_filters_are_repeated_as_they_were_asked_for(broker: Broker) -> None:
    with client(broker.url) as bus:
        for numeric in (False, True):
            receiver = bus.subscribe("./*:a", "event", numeric=numeric)
            found = filters_of(receiver)
            asked = filters("./*:a", "event", numeric=numeric).filter_set
            assert found == {str(name): (value.descriptor, value.value) for name, value in asked.items()}
        everything = filters_of(bus.subscribe(None, None))
        assert everything == {"default-xquery-filter": ("apache.org:xquery-filter:string", "true()")}


def filters_of(receiver: object) -> dict[str, tuple[object, object]]:
    data = receiver.link.remote_source.filter  # type: ignore[attr-defined]  # a blocking receiver
    data.rewind()
    data.next()
    return {str(name): (value.descriptor, value.value) for name, value in data.get_dict().items()}


def test_a_queue_is_exclusive_and_goes_with_its_subscription(broker: Broker) -> None:
    with client(broker.url) as bus:
        receiver = bus.subscribe(None, credit=0, name="mine", ring=True)
        bus.sender().send(event(b"<a/>"))
        fields = queue_fields(bus, "mine")
        assert (fields["msgDepth"], fields["exclusive"], fields["autoDelete"]) == (1, True, True)
        assert fields["arguments"]["qpid.policy_type"] == "ring"
        receiver.close()
        assert not [one for one in objects(bus, "queue") if one["name"].endswith("_mine")]


def test_what_waits_goes_out_with_new_credit(broker: Broker) -> None:
    with client(broker.url) as bus:
        receiver = bus.subscribe(None, credit=0, name="waiting")
        sender = bus.sender()
        for body in (b"<a/>", b"<b/>"):
            sender.send(event(body))
        assert queue_fields(bus, "waiting")["msgDepth"] == 2
        assert [take(receiver).body for _credit in range(2)] == [b"<a/>", b"<b/>"]


def test_unsettled_messages_come_back_when_they_are_released(broker: Broker) -> None:
    with client(broker.url) as bus:
        receiver = bus.subscribe(None, settle=0)
        bus.sender().send(event(b"<a/>"))
        assert take(receiver).settled is False
        receiver.release()
        assert take(receiver).body == b"<a/>"
        receiver.accept()
        assert queue_fields(bus, receiver.link.name)["msgDepth"] == 0


def frame(code: int, *fields: bytes) -> bytes:
    body = b"\x00\x53" + bytes([code]) + compound(0xC0, list(fields))
    return (len(body) + 8).to_bytes(4, "big") + b"\x02\x01\x00\x00" + body


def test_a_login_that_fails_is_answered_before_the_end() -> None:
    with (
        running(replace(SETTINGS, users={"admin": "secret"}, anonymous=False)) as broker,
        socket.create_connection(("127.0.0.1", broker.port), 20) as other,
    ):
        said = frame(0x41, write(Symbol("PLAIN")), write(b"\0admin\0wrong"))
        other.sendall(b"AMQP\x03\x01\x00\x00" + said + b"x" * 10_000)
        heard = b""
        while piece := other.recv(1000):
            heard += piece
        assert heard.endswith(frame(0x44, b"\x50\x01"))
        other.sendall(b"more")


def test_a_message_beyond_its_bound_ends_the_link_and_not_the_connection() -> None:
    with running(replace(SETTINGS, max_message=100_000)) as broker, connection(broker.url) as (made, recorder):
        made.send(b"x" * 99_000)
        made.send(b"x" * 300_000)
        recorder.wait(lambda: len(recorder.results) == 2, "the outcomes")
        good, bad = recorder.results
        assert (good.outcome, bad.outcome) == (SendOutcome.ACCEPTED, SendOutcome.REJECTED)
        assert "more than 100000 bytes" in bad.detail
        made.send(b"<a/>")
        recorder.wait(lambda: recorder.bodies()[-1:] == [b"<a/>"], "the next event")
