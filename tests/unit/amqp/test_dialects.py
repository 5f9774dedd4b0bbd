"""How brokers differ."""

from __future__ import annotations

from dataclasses import replace

import pytest
from proton import Connection, Terminus, ulong

from clacks_monitor.amqp import dialects, remote_properties
from clacks_monitor.amqp.dialects import filters
from clacks_monitor.amqp.dialects.artemis import Artemis
from clacks_monitor.amqp.dialects.dialect import Dialect, Source
from clacks_monitor.amqp.dialects.filters import reason_not_filtered
from clacks_monitor.amqp.dialects.generic import Generic
from clacks_monitor.amqp.dialects.qpid import Qpid
from clacks_monitor.amqp.dialects.rabbitmq import RabbitMQ
from clacks_monitor.amqp.dialects.rabbitmq4 import RabbitMQ4
from clacks_monitor.amqp.failure import of_condition
from clacks_monitor.amqp.grant import GrantedSource
from clacks_monitor.amqp.preparation import NamedQueue, OwnQueue
from clacks_monitor.core.connection import ConnectionSettings, DialectName
from clacks_monitor.core.peer import DistributionMode
from clacks_monitor.networking.failure import Failure, FailureKind


class TestDialects:
    settings = ConnectionSettings("x", domain="org.clacks", routing_key="event")

    @pytest.mark.parametrize(
        ("product", "name"),
        [
            ("RabbitMQ", DialectName.RABBITMQ),
            ("qpid-cpp", DialectName.QPID),
            ("Clacks Event Monitor embedded broker", DialectName.EMBEDDED),
            ("apache-activemq-artemis", DialectName.ARTEMIS),
            ("qpid-dispatch-router", DialectName.ROUTER),
            ("skupper-router", DialectName.ROUTER),
            ("Apache Qpid Broker-J Core", DialectName.BROKER_J),
            ("qpid", DialectName.BROKER_J),
            ("some cpp thing", DialectName.GENERIC),
            ("", DialectName.GENERIC),
        ],
    )
    def test_the_broker_says_what_it_is(self, product: str, name: DialectName) -> None:
        assert dialects.choose(self.settings, {"product": product}).name is name
        by_hand = replace(self.settings, dialect=DialectName.GENERIC)
        assert dialects.choose(by_hand, {"product": product}).name is DialectName.GENERIC

    @pytest.mark.parametrize(
        ("domain", "address"),
        [
            ("org.clacks", "/exchange/org.clacks/event"),
            ("amq.topic", "/topic/event"),
            ("queue/mine", "/queue/mine"),
            ("exchange/x/y", "/exchange/x/y"),
            ("/topic/mine/", "/topic/mine"),
            ("amq/queue/mine", "/amq/queue/mine"),
            ("queue", "/exchange/queue/event"),
            ("other/mine", "/exchange/other/mine/event"),
        ],
    )
    def test_rabbitmq_addresses(self, domain: str, address: str) -> None:
        dialect = RabbitMQ(replace(self.settings, domain=domain), {})
        assert (dialect.address, dialect.target) == (address, address)
        assert dialect.source("true()") == Source(address)

    @pytest.mark.parametrize(
        ("version", "product", "kind"),
        [
            ("3.13.7", "RabbitMQ", RabbitMQ),
            ("4.0.5", "RabbitMQ", RabbitMQ4),
            ("10.1", "RabbitMQ", RabbitMQ4),
            ("", "RabbitMQ", RabbitMQ),
            ("four", "RabbitMQ", RabbitMQ),
            ("4.0.5", "another", Generic),
        ],
    )
    def test_rabbitmq_is_chosen_by_its_version(self, version: str, product: str, kind: type[Dialect]) -> None:
        said = {"product": product, "version": version}
        assert type(dialects.choose(self.settings, said)) is kind
        by_hand = replace(self.settings, dialect=DialectName.RABBITMQ)
        assert type(dialects.choose(by_hand, said)) is (RabbitMQ4 if version[:1] in {"4", "1"} else RabbitMQ)

    @pytest.mark.parametrize(
        ("domain", "address"),
        [
            ("org.clacks", "/exchanges/org.clacks/event"),
            ("amq.topic", "/exchanges/amq.topic/event"),
            ("/exchanges/a%2Fb/k%20y", "/exchanges/a%2Fb/k%20y"),
            ("exchanges/x", "/exchanges/x/event"),
            ("exchange/x/y", "/exchanges/x/y"),
            ("topic/some.key", "/exchanges/amq.topic/some.key"),
            ("other/mine", "/exchanges/other%2Fmine/event"),
            ("queues", "/exchanges/queues/event"),
            ("queues/s t", "/queues/s%20t"),
            ("/queue/s", "/queues/s"),
            ("amq/queue/s", "/queues/s"),
        ],
    )
    def test_rabbitmq_4_addresses(self, domain: str, address: str) -> None:
        dialect = RabbitMQ4(replace(self.settings, domain=domain), {})
        assert (dialect.address, dialect.target) == (address, address)

    def test_rabbitmq_4_reads_an_own_queue_with_another_name_each_time(self) -> None:
        dialect = RabbitMQ4(self.settings, {})
        first, second = dialect.source("a = 1"), dialect.source("a = 1")
        assert first.address != second.address
        assert not first.filters
        assert isinstance(first.preparation, OwnQueue)
        assert first.address == f"/queues/{first.preparation.name}"
        assert (first.preparation.exchange, first.preparation.key) == ("org.clacks", "event")

    @pytest.mark.parametrize(
        ("stream_from", "value"), [("", "next"), ("first", "first"), ("12", 12), ("2026-11-30T10:00Z", 1796032800000)]
    )
    def test_rabbitmq_4_reads_a_stream_from_a_position(self, stream_from: str, value: object) -> None:
        dialect = RabbitMQ4(replace(self.settings, domain="queues/s", stream_from=stream_from), {})
        source = dialect.source("")
        (asked,) = source.filters.values()
        assert (asked.descriptor, asked.value) == ("rabbitmq:stream-offset-spec", value)
        assert source.preparation == NamedQueue("s")
        (resumed,) = source.resumed(77).filters.values()
        assert resumed.value == 77

    def test_qpid_filters(self) -> None:
        found = Qpid(self.settings, {}).source("a = 1").filters
        assert {f.descriptor: f.value for f in found.values()} == {
            "apache.org:xquery-filter:string": "a = 1",
            "apache.org:legacy-amqp-direct-binding:string": "event",
        }

    @pytest.mark.parametrize(
        ("name", "filters", "statistics", "agent", "sends"),
        [
            (DialectName.GENERIC, True, False, True, False),
            (DialectName.QPID, True, True, True, False),
            (DialectName.EMBEDDED, True, True, True, False),
            (DialectName.RABBITMQ, False, False, False, True),
            (DialectName.ARTEMIS, False, False, True, False),
            (DialectName.BROKER_J, False, False, True, False),
            (DialectName.ROUTER, True, False, True, False),
        ],
    )
    def test_what_each_broker_can(
        self, name: DialectName, *, filters: bool, statistics: bool, agent: bool, sends: bool
    ) -> None:
        dialect = dialects.choose(replace(self.settings, dialect=name), {})
        assert dialect.name is name
        found = dialect.knows_filters, dialect.has_queue_statistics, dialect.has_agent, dialect.probes_by_sending
        assert found == (filters, statistics, agent, sends)
        assert dialect.subject == "event"
        ring = {"qpid.policy_type": "ring"} if name is DialectName.EMBEDDED else {}
        assert dialect.source("").queue_properties == ring
        if name is not DialectName.RABBITMQ:
            assert (dialect.address, dialect.target) == ("org.clacks", "org.clacks")

    def test_a_link_that_only_looks_lets_nothing_pass(self) -> None:
        found = {f.descriptor: f.value for f in Qpid(self.settings, {}).empty_source().filters.values()}
        assert found["apache.org:xquery-filter:string"] == "false()"
        assert found["apache.org:legacy-amqp-direct-binding:string"] != "event"

    def test_what_the_broker_is_called_is_one_bounded_line(self) -> None:
        def description(**properties: object) -> str:
            return dialects.choose(self.settings, properties).description

        assert description() == ""
        assert description(version=3, product="A\nbroker") == "A broker 3"
        assert description(product="", version="1.0") == "1.0"
        assert len(description(product="x" * 1000)) == 100

    def test_a_dialect_carries_its_products_name_and_version(self) -> None:
        dialect = dialects.choose(self.settings, {"product": "RabbitMQ", "version": "3.10.8"})
        assert (dialect.name, dialect.product, dialect.version) == (DialectName.RABBITMQ, "RabbitMQ", "3.10.8")
        by_hand = replace(self.settings, dialect=DialectName.QPID)
        assert dialects.choose(by_hand, {"product": "another", "version": "9"}).version == "9"

    def test_the_answer_says_whether_the_broker_filters(self) -> None:
        assert reason_not_filtered([0x0000468C00000005]) == ""
        assert reason_not_filtered(["apache.org:xquery-filter:string"]) == ""
        assert "does not support" in reason_not_filtered(["apache.org:selector-filter:string"])

    def test_a_broker_that_repeats_whatever_it_is_asked_is_found_out(self) -> None:
        asked = Generic(self.settings, {}).source("a = 1").filters
        assert "does not support" in reason_not_filtered([f.descriptor for f in asked.values()])
        assert len(Generic(self.settings, {}).source("").filters) == 2


COPY, MOVE, UNSPECIFIED = DistributionMode.COPY, DistributionMode.MOVE, DistributionMode.UNSPECIFIED
PARROT = (filters.UNKNOWN,)


class TestTakingEventsAway:
    settings = ConnectionSettings("x", domain="org.clacks", routing_key="event")

    @pytest.mark.parametrize(
        ("name", "grant", "takes"),
        [
            *[
                (name, GrantedSource("org.clacks", distribution), distribution is MOVE)
                for name in (DialectName.QPID, DialectName.EMBEDDED, DialectName.ARTEMIS, DialectName.BROKER_J)
                for distribution in DistributionMode
            ],
            *[
                case
                for name in (DialectName.GENERIC, DialectName.ROUTER)
                for case in (
                    (name, GrantedSource("org.clacks", COPY), False),
                    (name, GrantedSource("org.clacks", UNSPECIFIED), True),
                    (name, GrantedSource("org.clacks", MOVE), True),
                    (name, GrantedSource("org.clacks", capabilities=("topic",)), False),
                    (name, GrantedSource("org.clacks", MOVE, capabilities=("topic",)), True),
                    (name, GrantedSource("org.clacks", filters=(filters.XQUERY[0],)), False),
                    (name, GrantedSource("org.clacks", filters=(ulong(filters.XQUERY[1]),)), False),
                    (name, GrantedSource("org.clacks", filters=(filters.DIRECT_KEY[0],)), True),
                    (name, GrantedSource("org.clacks", COPY, PARROT, ("topic",)), True),
                )
            ],
        ],
    )
    def test_what_the_broker_has_granted_decides(self, name: DialectName, grant: GrantedSource, *, takes: bool) -> None:
        dialect = dialects.choose(replace(self.settings, dialect=name), {})
        reason = dialect.why_not_receive(dialect.source(""), grant)
        assert bool(reason) == takes
        assert not takes or "org.clacks would take events away" in reason
        willing = dialects.choose(replace(self.settings, dialect=name, consumes=True), {})
        assert willing.why_not_receive(willing.source(""), grant) == ""

    @pytest.mark.parametrize(
        ("domain", "takes"),
        [("org.clacks", False), ("amq.topic", False), ("queue/mine", True), ("amq/queue/mine", True)],
    )
    def test_rabbitmq_repeats_the_source_so_the_address_decides(self, domain: str, *, takes: bool) -> None:
        dialect = RabbitMQ(replace(self.settings, domain=domain), {})
        assert bool(dialect.why_not_receive(dialect.source(""), GrantedSource(dialect.address, COPY))) == takes

    def test_every_source_asks_for_copies_and_ends_with_its_link(self) -> None:
        for name in DialectName:
            dialect = dialects.choose(replace(self.settings, dialect=name), {})
            for source in (dialect.source("1 = 1"), dialect.empty_source()):
                link = Connection().session().receiver("x")
                source.write_to(link.source)
                assert link.source.distribution_mode == Terminus.DIST_MODE_COPY
                assert link.source.durability == Terminus.NONDURABLE
                assert link.source.expiry_policy == Terminus.EXPIRE_WITH_LINK
                assert remote_properties.terminus_capabilities(link.source) == tuple(filter(None, (source.capability,)))

    def test_a_queue_of_the_monitors_own_is_not_only_looked_at(self) -> None:
        link = Connection().session().receiver("x")
        Source("mine").write_to(link.source, copies=False)
        assert link.source.distribution_mode == Terminus.DIST_MODE_UNSPECIFIED
        refusal = Failure(FailureKind.NETWORK, "no", "amqp:illegal-state")
        for consumes in (False, True):
            for domain in ("mine", "org.clacks::mine"):
                artemis = Artemis(replace(self.settings, domain=domain, consumes=consumes), {})
                first = artemis.source("")
                then = artemis.next_source(first, refusal)
                assert then is not None
                assert (first.capability, then.capability) == ("topic", "queue")
                assert first.browses == (not consumes and "::" in domain)
                assert then.browses == (not consumes)
                assert artemis.next_source(then, refusal) is None

    @pytest.mark.parametrize(
        ("condition", "filters_left", "capabilities_left"),
        [
            ("amqp:not-implemented", False, True),
            ("amqp:internal-error", False, True),
            ("amqp:illegal-state", True, False),
            ("amqp:not-found", True, True),
            ("amqp:unauthorized-access", True, True),
            ("amqp:not-allowed", True, True),
            ("", True, True),
        ],
    )
    def test_an_unknown_broker_is_asked_for_less_step_by_step(
        self, condition: str, *, filters_left: bool, capabilities_left: bool
    ) -> None:
        dialect = Generic(self.settings, {})
        first = dialect.source("")
        refusal = of_condition(condition, "no", "It")
        then = dialect.next_source(first, refusal)
        if filters_left and capabilities_left:
            assert then is None
            return
        assert then is not None
        assert (bool(then.filters), bool(then.capability)) == (filters_left, capabilities_left)
        if not filters_left:
            last = dialect.next_source(then, refusal)
            assert last is not None
            assert (last.filters, last.capability) == ({}, "")
            assert dialect.next_source(last, refusal) is None
