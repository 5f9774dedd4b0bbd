"""No event is taken away from another receiver, whatever the broker is: the other one gets all of them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.connection import ConnectionState, DialectName, from_url
from clacks_monitor.testbed.broker import BrokerKind, BrokerSettings
from tests.helpers.other_receiver import EVENTS, OtherReceiver, publish
from tests.helpers.played_broker import played_broker
from tests.helpers.recorder import Recorder, connection

if TYPE_CHECKING:
    from collections.abc import Iterator

QUEUE = "telephones"
NEW_NAMES = {DialectName.GENERIC: "some broker of tomorrow", DialectName.QPID: "qpid-cpp"}


@dataclass(frozen=True)
class Case:
    """A dialect, the broker that plays it, an address, and how the monitor stands there."""

    dialect: DialectName
    kind: BrokerKind
    domain: str
    state: ConnectionState = ConnectionState.CONNECTED

    def __str__(self) -> str:
        return f"{self.dialect}-{self.domain}"


REFUSED = ConnectionState.REFUSED
CASES = [
    Case(DialectName.EMBEDDED, BrokerKind.QPID, "org.clacks"),
    Case(DialectName.EMBEDDED, BrokerKind.QPID, QUEUE),
    Case(DialectName.QPID, BrokerKind.QPID, "org.clacks"),
    Case(DialectName.QPID, BrokerKind.QPID, QUEUE),
    Case(DialectName.ARTEMIS, BrokerKind.ARTEMIS, "org.clacks"),
    Case(DialectName.ARTEMIS, BrokerKind.ARTEMIS, QUEUE),
    Case(DialectName.BROKER_J, BrokerKind.BROKER_J, "org.clacks"),
    Case(DialectName.BROKER_J, BrokerKind.BROKER_J, QUEUE),
    Case(DialectName.GENERIC, BrokerKind.ARTEMIS, "org.clacks"),
    Case(DialectName.GENERIC, BrokerKind.ARTEMIS, QUEUE),
    Case(DialectName.GENERIC, BrokerKind.BROKER_J, QUEUE),
    Case(DialectName.ROUTER, BrokerKind.ROUTER, "org.clacks", REFUSED),
    Case(DialectName.ROUTER, BrokerKind.ROUTER, "multicast/org.clacks", REFUSED),
    Case(DialectName.GENERIC, BrokerKind.ROUTER, "org.clacks", REFUSED),
]


def broker_of(case: Case) -> BrokerSettings:
    product = NEW_NAMES.get(case.dialect, "")
    queues = (QUEUE,) if case.kind is not BrokerKind.ROUTER else ()
    return BrokerSettings(port=0, kind=case.kind, queues=queues, product=product)


@contextlib.contextmanager
def watched(url: str, domain: str, state: ConnectionState, query: str = "") -> Iterator[Recorder]:
    settings, password = from_url(url)
    wanted = replace(settings, domain=domain, subscription=query)
    with connection(wanted, password=password, wait=False) as (_made, recorder):
        recorder.wait_state(state)
        yield recorder


@pytest.mark.parametrize("case", CASES, ids=str)
def test_another_receiver_gets_all_events(case: Case) -> None:
    with played_broker(broker_of(case)) as broker, watched(broker.url, case.domain, case.state) as recorder:
        assert recorder.last.dialect is case.dialect
        other = OtherReceiver(broker.url, case.domain)
        publish(broker.url, case.domain)
        assert other.wait() == list(range(EVENTS))
        seen = [message.properties["n"] for message in recorder.messages]
        if case.state is REFUSED:
            assert not seen
            assert "take events away" in recorder.last.reason
        elif case.domain == QUEUE:
            assert set(seen) <= set(range(EVENTS))
        else:
            recorder.wait_messages(EVENTS)
            assert [message.properties["n"] for message in recorder.messages] == list(range(EVENTS))
