"""A filter that a broker refuses is evaluated on arrival, whatever the refusal is called; others are reported."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from clacks_monitor.amqp.values import write
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, DialectName, FilterPlace, from_url
from tests.helpers.recorder import connection
from tests.helpers.scripted_peer import (
    ATTACH,
    DETACH,
    NULL,
    SOURCE,
    TRUE,
    ScriptedPeer,
    described,
    scripted_peer,
    symbol,
    uint,
)

QUERY = "1 = 1"
FILTERS = [
    ("amqp:internal-error", "Could not parse xquery:1 = 1"),
    ("amqp:internal-error", "error while parsing"),
    ("amqp:internal-error", "something went wrong"),
    ("amqp:not-implemented", "Unsupported filter type: apache.org:xquery-filter:string"),
    ("amqp:invalid-field", "Invalid filter"),
    ("amqp:invalid-field", "Invalid JMS Selector: 1 = 1"),
    ("amqp:invalid-field", "source.filter"),
    ("amqp:precondition-failed", "no"),
    ("amqp:decode-error", "no"),
    ("vendor:a-name-of-its-own", "no"),
]
OTHERS = [
    ("amqp:not-found", "Node not found"),
    ("amqp:unauthorized-access", "no right"),
    ("amqp:not-allowed", "no right"),
    ("amqp:resource-locked", "in use"),
    ("amqp:resource-limit-exceeded", "too many"),
]


class Refusing:
    """A broker that refuses each subscription with a query, and counts the attaches."""

    def __init__(self, condition: str, text: str, *, always: bool = False) -> None:
        self._why = described(0x1D, symbol(condition), write(text))
        self._always = always
        self.queries: list[bool] = []
        self.changed = threading.Condition()

    def __call__(self, peer: ScriptedPeer) -> None:
        peer.login()
        peer.open()
        handle = 0
        while True:
            code, fields = peer.hear()
            if code != ATTACH:
                continue
            asked = "xquery" in str(fields[5])
            with self.changed:
                self.queries.append(asked)
                self.changed.notify_all()
            name = str(fields[0])
            if asked or self._always:
                peer.attach(name, NULL, handle=handle)
                peer.say(DETACH, uint(handle), TRUE, self._why)
            elif fields[2]:
                peer.attach(name, SOURCE, handle=handle)
            else:
                peer.accept_sender(name, handle=handle)
            handle += 1


def settings(port: int, dialect: DialectName) -> ConnectionSettings:
    return replace(from_url(f"amqp://127.0.0.1:{port}")[0], read_only=True, dialect=dialect)


@pytest.mark.parametrize("dialect", [DialectName.QPID, DialectName.GENERIC])
@pytest.mark.parametrize(("condition", "text"), FILTERS)
def test_the_filter_runs_here_and_the_status_says_why(condition: str, text: str, dialect: DialectName) -> None:
    broker = Refusing(condition, text)
    with scripted_peer(broker) as port, connection(settings(port, dialect)) as (made, recorder):
        made.subscribe(QUERY, can_be_here=True)
        recorder.wait(lambda: recorder.last.subscription == QUERY, "the filter")
        assert recorder.last.filter_place is FilterPlace.HERE
        assert recorder.last.asked_here == (QUERY,)
        assert text in recorder.last.filter_note
        assert recorder.last.state is ConnectionState.CONNECTED
        assert broker.queries.count(True) == 1


@pytest.mark.parametrize(("condition", "text"), OTHERS)
def test_another_refusal_is_told_and_the_filter_in_force_stays(condition: str, text: str) -> None:
    broker = Refusing(condition, text)
    with scripted_peer(broker) as port, connection(settings(port, DialectName.QPID)) as (made, recorder):
        made.subscribe(QUERY, can_be_here=True)
        recorder.wait(lambda: text in recorder.last.reason, "the reason")
        assert recorder.last.state is ConnectionState.CONNECTED
        assert not recorder.last.subscription


@pytest.mark.parametrize(("condition", "text"), FILTERS)
def test_without_somebody_to_evaluate_it_the_refusal_is_told(condition: str, text: str) -> None:
    broker = Refusing(condition, text)
    with scripted_peer(broker) as port, connection(settings(port, DialectName.GENERIC)) as (made, recorder):
        made.subscribe(QUERY)
        recorder.wait(lambda: text in recorder.last.reason, "the reason")
        assert not recorder.last.subscription


def test_a_link_that_is_refused_without_the_filter_too_is_tried_again_later() -> None:
    broker = Refusing("amqp:not-implemented", "Unsupported filter type: x", always=True)
    with scripted_peer(broker) as port:
        asked = replace(settings(port, DialectName.GENERIC), subscription=QUERY)
        with connection(asked, wait=False) as (made, recorder):
            made.subscribe(QUERY, can_be_here=True)
            status = recorder.wait_state(ConnectionState.REFUSED)
            assert "Unsupported filter type" in status.reason
            assert status.retry_ns
            with broker.changed:
                # With the query, without it, without any filter, without the capability; and again.
                assert broker.changed.wait_for(lambda: len(broker.queries) >= 8, 30)
            assert broker.queries[:8] == [True, False, False, False] * 2
