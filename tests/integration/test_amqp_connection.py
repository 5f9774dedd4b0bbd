"""What a connection over AMQP does beside the contract of buses, against the embedded broker."""

from __future__ import annotations

from dataclasses import replace

from clacks_monitor.core.connection import ConnectionState, DialectName, from_url
from tests.helpers.broker import running_broker
from tests.helpers.recorder import connection


def test_the_next_host_of_the_list_is_taken() -> None:
    with running_broker() as first, running_broker() as second:
        settings = replace(from_url(first.url)[0], hosts=(("127.0.0.1", first.port), ("localhost", second.port)))
        with connection(settings) as (made, recorder):
            assert recorder.last.dialect is DialectName.EMBEDDED
            assert recorder.last.host == f"127.0.0.1:{first.port}"
            first.kill()
            recorder.wait(lambda: recorder.last.host.startswith("localhost"), "the other host")
            recorder.wait_state(ConnectionState.CONNECTED)
            made.send(b"<Event/>")
            recorder.wait_messages(1)


def test_a_missing_exchange_is_named_and_tried_again() -> None:
    with running_broker() as broker:
        url = broker.url.replace("org.clacks", "org.nowhere")
        with connection(url, wait=False) as (_made, recorder):
            status = recorder.wait_state(ConnectionState.REFUSED)
            assert "org.nowhere" in status.reason
            assert status.retry_ns
