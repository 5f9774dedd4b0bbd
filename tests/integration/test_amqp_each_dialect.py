"""What every broker has to give, with each dialect that the embedded broker can play."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from clacks_monitor.amqp import probe
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, DialectName, FilterPlace, from_url
from clacks_monitor.core.event import GapCause
from clacks_monitor.core.peer import DistributionMode
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.testbed.broker import BrokerKind, BrokerSettings
from tests.helpers.played_broker import played_broker
from tests.helpers.proxy import running_proxy
from tests.helpers.recorder import connection

QUERY = "matches(string(.), 'x')"
QUEUE = "telephones"


@dataclass(frozen=True)
class Case:
    """A dialect, and who plays it."""

    dialect: DialectName
    kind: BrokerKind
    domain: str = "org.clacks"
    consumes: bool = False
    product: str = ""
    filters: bool = False

    def __str__(self) -> str:
        return str(self.dialect)

    @property
    def broker(self) -> BrokerSettings:
        queues = () if self.kind in {BrokerKind.ROUTER, BrokerKind.RABBITMQ} else (QUEUE,)
        return BrokerSettings(port=0, kind=self.kind, product=self.product, queues=queues)

    def settings(self, url: str) -> ConnectionSettings:
        return replace(from_url(url)[0], domain=self.domain, consumes=self.consumes)


CASES = [
    Case(DialectName.QPID, BrokerKind.QPID, product="qpid-cpp", filters=True),
    Case(DialectName.RABBITMQ, BrokerKind.RABBITMQ),
    Case(DialectName.ARTEMIS, BrokerKind.ARTEMIS),
    Case(DialectName.BROKER_J, BrokerKind.BROKER_J),
    Case(DialectName.ROUTER, BrokerKind.ROUTER, "multicast/org.clacks", consumes=True),
    Case(DialectName.GENERIC, BrokerKind.ARTEMIS, product="some broker of tomorrow"),
]
each = pytest.mark.parametrize("case", CASES, ids=str)


@each
def test_events_go_round_in_order_and_whole(case: Case) -> None:
    bodies = [b"x" * size for size in (0, 1, 131_000, 131_072, 3_000_000)] + [str(n).encode() for n in range(1000)]
    with played_broker(case.broker) as broker, connection(case.settings(broker.url)) as (made, recorder):
        assert recorder.last.dialect is case.dialect
        for body in bodies:
            made.send(body)
        recorder.wait_messages(len(bodies))
        recorder.wait(lambda: len(recorder.results) == len(bodies), "the outcomes")
        assert {result.outcome for result in recorder.results} == {SendOutcome.ACCEPTED}
        assert recorder.bodies() == bodies


@each
def test_where_the_filter_runs_is_told(case: Case) -> None:
    with played_broker(case.broker) as broker, connection(case.settings(broker.url)) as (made, recorder):
        made.subscribe("true() or 1 = 2", can_be_here=True)
        recorder.wait(lambda: recorder.last.subscription, "the filter")
        place = FilterPlace.BROKER if case.filters else FilterPlace.HERE
        assert recorder.last.filter_place is place
        assert bool(recorder.last.filter_note) == (not case.filters)
        assert not recorder.gaps


@each
def test_a_cut_connection_comes_back_and_the_gap_is_told(case: Case) -> None:
    with played_broker(case.broker) as broker, running_proxy(broker.port) as proxy:
        url = broker.url.replace(str(broker.port), str(proxy.port))
        with connection(case.settings(url)) as (made, recorder):
            proxy.cut()
            recorder.wait_state(ConnectionState.LOST)
            recorder.wait_state(ConnectionState.CONNECTED)
            made.send(b"<a/>")
            recorder.wait_messages(1)
            assert [gap.cause for gap in recorder.gaps] == [GapCause.CONNECTION_LOST]


@each
def test_a_wrong_password_is_told(case: Case) -> None:
    with played_broker(replace(case.broker, users={"admin": "secret"}, anonymous=False)) as broker:
        settings = replace(case.settings(broker.url), user="admin")
        with connection(settings, password="wrong", wait=False) as (_made, recorder):
            assert "login" in recorder.wait_state(ConnectionState.REFUSED).reason
        with connection(settings, password="secret") as (_made, recorder):
            assert recorder.last.subscribed


@each
def test_a_read_only_connection_receives_and_sends_nothing(case: Case) -> None:
    with played_broker(case.broker) as broker, connection(case.settings(broker.url)) as (sender, _recorder):
        settings = replace(case.settings(broker.url), read_only=True)
        with connection(settings) as (made, recorder):
            made.send(b"<a/>")
            recorder.wait(lambda: recorder.results, "the outcome")
            assert recorder.results[0].outcome is SendOutcome.NOT_PERMITTED
            sender.send(b"<b/>")
            assert recorder.wait_messages(1)[0].body == b"<b/>"


@each
def test_the_trial_names_the_broker(case: Case) -> None:
    with played_broker(case.broker) as broker:
        steps = list(probe(case.settings(broker.url), None, filters_here=True))
        assert all(step.ok for step in steps), steps
        assert any(case.broker.shown_product in step.message for step in steps)


@each
def test_what_the_broker_grants_is_known(case: Case) -> None:
    with played_broker(case.broker) as broker, connection(case.settings(broker.url)) as (_made, recorder):

        def links() -> list[object]:
            return [
                one for peer in recorder.peers for one in peer.links if one.receives and one.attached and one.credit
            ]

        recorder.wait(links, "the link's facts")
        (link, *_more) = [one for one in recorder.peers[-1].links if one.receives]
        assert link.address
        if case.kind in {BrokerKind.ARTEMIS, BrokerKind.BROKER_J}:
            assert link.distribution is DistributionMode.COPY


@pytest.mark.parametrize("case", [one for one in CASES if QUEUE in one.broker.queues], ids=str)
def test_a_queue_of_the_monitors_own_is_emptied(case: Case) -> None:
    with played_broker(case.broker) as broker:
        settings = replace(case.settings(broker.url), domain=QUEUE, consumes=True)
        with connection(settings, receiving=False) as (sender, results):
            for number in range(10):
                sender.send(str(number).encode())
            results.wait(lambda: len(results.results) == 10, "the outcomes")
        with connection(settings) as (_made, recorder):
            recorder.wait_messages(10)
        with connection(replace(settings, consumes=False)) as (sender, recorder):
            sender.send(b"later")
            recorder.wait_messages(1)
            assert recorder.bodies() == [b"later"]
