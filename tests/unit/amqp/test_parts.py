"""The connection's parts that decide something, each by itself: no socket, no thread, clocks that the test turns."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.amqp import dialects, failure, rpc, security
from clacks_monitor.amqp.clock import Clock
from clacks_monitor.amqp.codec import AmqpMessage
from clacks_monitor.amqp.deduplication import Deduplicator, Side
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.gap_tracker import GapTracker
from clacks_monitor.amqp.link_session import Container
from clacks_monitor.amqp.queue_statistics import QueueAction, QueueStatistics
from clacks_monitor.amqp.reconnect import Backoff, Reconnect
from clacks_monitor.amqp.tcp import needs_name_server, resolve
from clacks_monitor.core.bus import InvalidEvent, NotPermitted, RpcError
from clacks_monitor.core.connection import ConnectionSettings, DialectName, Mechanism, TlsSettings
from clacks_monitor.core.event import NO_PROPERTIES, BodyKind, Gap, GapCause

if TYPE_CHECKING:
    from clacks_monitor.amqp.errors import AmqpError

HOSTS = (("a", 1), ("b", 2), ("c", 3))
NETWORK = Failure(FailureKind.NETWORK, "gone")
LOGIN = Failure(FailureKind.LOGIN, "wrong")
MB = 1024 * 1024


def message(body: bytes, **properties: str) -> AmqpMessage:
    return AmqpMessage(body, BodyKind.DATA, properties or NO_PROPERTIES)


class TestReconnect:
    def test_goes_round_the_hosts_and_pauses_longer_after_each_round(self) -> None:
        reconnect = Reconnect(HOSTS, Backoff(first=1, longest=8), chance=lambda: 1.0)
        hosts, pauses = [], []
        for _ in range(18):
            hosts.append(reconnect.host[0])
            pauses.append(reconnect.failed(NETWORK))
        assert hosts == ["a", "b", "c"] * 6
        assert pauses == [0, 0, 1, 0, 0, 2, 0, 0, 4, 0, 0, 8, 0, 0, 8, 0, 0, 8]

    def test_stays_with_the_host_that_worked_long_enough_and_begins_anew(self) -> None:
        reconnect = Reconnect(HOSTS, Backoff(first=1, longest=8), chance=lambda: 1.0)
        for _ in range(4):
            reconnect.failed(NETWORK)
        reconnect.lasted()
        assert reconnect.host == ("b", 2)
        assert reconnect.failed(NETWORK) == 1
        assert reconnect.host == ("b", 2)
        assert [reconnect.failed(NETWORK) for _ in range(2)] == [0, 1]

    def test_a_refused_login_is_not_repeated_quickly(self) -> None:
        reconnect = Reconnect(HOSTS[:1], Backoff(first=0.1, longest=8, lasting=5), chance=lambda: 0.0)
        assert reconnect.failed(LOGIN) == 2.5

    def test_half_of_a_pause_is_chance(self) -> None:
        for chance, pause in ((0.0, 4.0), (0.5, 6.0), (1.0, 8.0)):
            assert Reconnect(HOSTS[:1], Backoff(first=8), chance=lambda chance=chance: chance).failed(NETWORK) == pause  # type: ignore[misc]  # a default binds it

    def test_after_a_connection_that_lasted_the_pause_is_chance_alone(self) -> None:
        reconnect = Reconnect(HOSTS, Backoff(first=8), chance=lambda: 0.25)
        reconnect.lasted()
        assert reconnect.proven
        assert reconnect.failed(NETWORK) == 2.0
        assert not reconnect.proven

    def test_a_failure_that_somebody_must_mend_lengthens_short_pauses_only(self) -> None:
        reconnect = Reconnect(HOSTS[:1], Backoff(first=1, longest=8, lasting=3), chance=lambda: 1.0)
        assert [reconnect.failed(LOGIN) for _ in range(4)] == [3, 3, 4, 8]

    def test_two_monitors_do_not_pause_alike(self) -> None:
        pauses = {Reconnect(HOSTS[:1], Backoff()).failed(NETWORK) for _ in range(20)}
        assert len(pauses) > 1

    @given(st.floats(0, 1), st.integers(0, 100))
    def test_the_pause_has_chance_in_it_and_never_exceeds_the_longest(self, chance: float, rounds: int) -> None:
        reconnect = Reconnect(HOSTS[:1], Backoff(first=0.5, longest=30), chance=lambda: chance)
        pauses = [reconnect.failed(NETWORK) for _ in range(rounds)]
        assert all(0.25 <= pause <= 30 for pause in pauses)
        assert all(before <= after for before, after in pairwise(pauses))


class TestDeduplicator:
    @given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["old", "new", "both"])), max_size=60), st.data())
    def test_each_event_is_shown_once_in_whatever_order_the_links_deliver(
        self, events: list[tuple[str, str]], data: st.DataObject
    ) -> None:
        """Equal events are legitimate: as many are shown as were sent."""
        # What only one filter matches differs in something: the same event gets the same verdict.
        queues = {
            Side.OLD: [b + ("" if w == "both" else w) for b, w in events if w != "new"],
            Side.NEW: [b + ("" if w == "both" else w) for b, w in events if w != "old"],
        }
        deduplicator, shown = Deduplicator(), []
        while queues[Side.OLD] or queues[Side.NEW]:
            side = data.draw(st.sampled_from([side for side in Side if queues[side]]))
            body = queues[side].pop(0)
            if deduplicator.is_first(side, message(body.encode())):
                shown.append(body)
        assert Counter(shown) == Counter(b + ("" if w == "both" else w) for b, w in events)

    def test_messages_that_differ_in_anything_are_no_twins(self) -> None:
        first = message(b"a", key="1")
        others = [message(b"a", key="2"), message(b"a"), first._replace(message_id="x"), first._replace(creation_ns=5)]
        deduplicator = Deduplicator()
        assert deduplicator.is_first(Side.OLD, first)
        assert all(deduplicator.is_first(Side.NEW, other) for other in others)
        assert deduplicator.is_first(Side.NEW, first) is False
        assert deduplicator.duplicates == 1

    def test_what_the_new_link_was_ahead_with_is_forgotten_with_the_old_link(self) -> None:
        deduplicator = Deduplicator()
        assert deduplicator.is_first(Side.NEW, message(b"a"))
        deduplicator.old_ended()
        assert deduplicator.is_first(Side.NEW, message(b"a"))
        assert not deduplicator.overflowing

    def test_it_overflows_with_one_more_that_waits_than_may(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("clacks_monitor.amqp.deduplication.MAX_WAITING", 3)
        deduplicator = Deduplicator()

        def after(side: Side, body: bytes) -> bool:
            deduplicator.is_first(side, message(body))
            return deduplicator.overflowing

        assert not any(after(Side.OLD if body == b"1" else Side.NEW, body) for body in (b"0", b"1", b"2"))
        assert after(Side.OLD, b"3")
        assert not after(Side.OLD, b"0"), "a twin has come"
        assert after(Side.NEW, b"4")
        deduplicator.old_ended()
        assert not after(Side.OLD, b"5"), "what the new side was ahead with waits no more"


class TestQueueStatistics:
    def test_depth_and_losses_come_from_the_difference_of_two_looks(self) -> None:
        statistics = QueueStatistics()
        values: dict[str, object] = {"byteDepth": 25 * MB, "msgDepth": 7, "discardsRing": 5}
        first, second = statistics.read(values), statistics.read(values | {"discardsRing": 9})
        assert (first.depth, first.messages, first.lost) == (0.25, 7, 5)
        assert second.lost == 4

    def test_sheds_before_the_broker_holds_publishers_up_and_stops_when_relieved(self) -> None:
        statistics = QueueStatistics()
        depths = [30, 55, 60, 75, 20, 5]
        action = []
        for depth in depths:
            action.append(statistics.read({"byteDepth": depth * MB, "msgDepth": 1}).action)
            statistics.shedding = action[-1] in {QueueAction.SHED, QueueAction.RENEW} or (
                statistics.shedding and action[-1] is not QueueAction.RECEIVE_ALL
            )
        assert action == [
            QueueAction.NOTHING,
            QueueAction.SHED,
            QueueAction.NOTHING,
            QueueAction.RENEW,
            QueueAction.NOTHING,
            QueueAction.RECEIVE_ALL,
        ]

    @pytest.mark.parametrize(
        ("percent", "shedding", "action"),
        [
            (49, False, QueueAction.NOTHING),
            (50, False, QueueAction.SHED),
            (50, True, QueueAction.NOTHING),
            (69, True, QueueAction.NOTHING),
            (70, False, QueueAction.RENEW),
            (70, True, QueueAction.RENEW),
            (11, True, QueueAction.NOTHING),
            (10, True, QueueAction.RECEIVE_ALL),
            (10, False, QueueAction.NOTHING),
            (0, False, QueueAction.NOTHING),
            (200, False, QueueAction.RENEW),
        ],
    )
    def test_what_to_do_at_the_edges(self, percent: int, shedding: bool, action: QueueAction) -> None:
        statistics = QueueStatistics()
        statistics.shedding = shedding
        reading = statistics.read({"byteDepth": percent * 1000, "arguments": {"qpid.max_size": 100_000}})
        assert reading.action is action
        assert reading.depth == min(1.0, percent / 100)

    def test_all_kinds_of_loss_are_counted_and_a_counter_set_back_is_none(self) -> None:
        statistics = QueueStatistics()
        values = {"discardsRing": 1, "discardsOverflow": 20, "discardsTtl": 300}
        assert statistics.read({**values, "discardsOther": 5000}).lost == 321
        assert statistics.read(values).lost == 0
        assert statistics.read({"discardsRing": 5}).lost == 0
        assert statistics.read({"discardsRing": 7.0}).lost == 2

    def test_a_binding_that_comes_and_goes_is_seen_each_time(self) -> None:
        statistics = QueueStatistics()
        counts = [0, 1, 2, 1, 1, 2]
        assert [statistics.read({"bindingCount": n}).unbound for n in counts] == [
            False,
            False,
            False,
            True,
            True,
            False,
        ]

    def test_a_ring_needs_no_shedding(self) -> None:
        values = {"byteDepth": MB, "arguments": {"qpid.max_size": MB, "qpid.policy_type": "ring"}}
        assert QueueStatistics().read(values).action is QueueAction.NOTHING
        assert QueueStatistics().read(values).depth == 1.0

    def test_a_queue_that_lost_its_binding_is_seen(self) -> None:
        statistics = QueueStatistics()
        assert [statistics.read({"bindingCount": count}).unbound for count in (2, 2, 1)] == [False, False, True]

    @pytest.mark.parametrize("value", [None, "many", [], {"a": 1}])
    def test_nonsense_counts_as_nothing(self, value: object) -> None:
        reading = QueueStatistics().read(dict.fromkeys(("byteDepth", "msgDepth", "discardsRing", "arguments"), value))
        assert (reading.depth, reading.lost, reading.action) == (0.0, 0, QueueAction.NOTHING)


class TestGapTracker:
    def setup_method(self) -> None:
        self.wall, self.monotonic, self.boot = 1_000, 10.0, 10.0
        self.gaps: list[Gap] = []
        clock = Clock(lambda: self.wall, lambda: self.monotonic, lambda: self.boot)
        self.tracker = GapTracker("here", clock, self.gaps.append)

    def test_one_gap_from_the_first_loss_to_the_end(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "first")
        self.tracker.begin(700, GapCause.EXCHANGE_DELETED, "second")
        assert not self.gaps
        self.tracker.end()
        self.tracker.end()
        assert self.gaps == [Gap("here", 500, 1_000, GapCause.CONNECTION_LOST, "first")]

    def test_a_clock_set_back_makes_no_gap_that_ends_before_it_begins(self) -> None:
        self.tracker.begin(5_000, GapCause.CONNECTION_LOST, "")
        self.tracker.end()
        assert (self.gaps[0].from_ns, self.gaps[0].to_ns) == (5_000, 5_000)

    def test_sleep_is_what_one_clock_saw_and_the_other_did_not(self) -> None:
        self.monotonic, self.boot, self.wall = 110.0, 110.0, 2_000
        self.tracker.check_for_sleep()
        assert not self.gaps
        self.monotonic, self.boot, self.wall = 111.0, 711.0, 3_000
        self.tracker.check_for_sleep()
        assert [(gap.from_ns, gap.to_ns, gap.cause) for gap in self.gaps] == [(2_000, 3_000, GapCause.SLEPT)]
        assert "600 s" in self.gaps[0].detail

    @pytest.mark.parametrize(("seconds", "told"), [(2.0, False), (2.5, True)])
    def test_a_short_sleep_is_none(self, seconds: float, told: bool) -> None:
        self.boot += seconds
        self.tracker.check_for_sleep()
        self.tracker.check_for_sleep()
        assert len(self.gaps) == told

    def test_a_gap_that_is_held_back_is_told_when_it_is_settled_and_ends_when_it_was_held(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "")
        self.tracker.hold()
        self.wall = 9_000
        assert not self.gaps
        self.tracker.settle()
        assert [(gap.from_ns, gap.to_ns) for gap in self.gaps] == [(500, 1_000)]
        self.tracker.settle()
        assert len(self.gaps) == 1

    def test_a_gap_that_is_held_back_grows_with_the_next_loss(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "first")
        self.tracker.hold()
        self.tracker.begin(2_000, GapCause.EXCHANGE_DELETED, "second")
        self.tracker.settle()
        assert not self.gaps, "it is open again"
        self.wall = 3_000
        self.tracker.end()
        assert [(gap.from_ns, gap.to_ns, gap.detail) for gap in self.gaps] == [(500, 3_000, "first")]

    def test_the_next_gap_begins_no_sooner_than_the_last_ended(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "")
        self.tracker.end()
        self.tracker.begin(700, GapCause.CONNECTION_LOST, "")
        self.wall = 4_000
        self.tracker.end()
        assert [(gap.from_ns, gap.to_ns) for gap in self.gaps] == [(500, 1_000), (1_000, 4_000)]

    def test_settling_what_is_not_held_back_ends_nothing(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "")
        self.tracker.settle()
        assert not self.gaps

    def test_a_gap_that_is_over_already_is_told_with_what_was_lost(self) -> None:
        self.tracker.report(400, GapCause.QUEUE_OVERFLOW, "full", 7)
        self.tracker.report(2_000, GapCause.FILTER_CHANGED, "change")
        assert self.gaps == [
            Gap("here", 400, 1_000, GapCause.QUEUE_OVERFLOW, "full", 7),
            Gap("here", 2_000, 2_000, GapCause.FILTER_CHANGED, "change", -1),
        ]

    def test_sleeping_through_a_lost_connection_is_one_gap(self) -> None:
        self.tracker.begin(500, GapCause.CONNECTION_LOST, "")
        self.boot = 5_000.0
        self.tracker.check_for_sleep()
        self.tracker.end()
        assert len(self.gaps) == 1


class TestSecurity:
    remote = ConnectionSettings("x", hosts=(("broker.example", 5672),), user="u")
    local = replace(remote, hosts=(("127.0.0.1", 5672),))

    @pytest.mark.parametrize(
        ("settings", "password", "allowed"),
        [
            (remote, "p", ["SCRAM-SHA-256", "SCRAM-SHA-1", "ANONYMOUS"]),
            (local, "p", ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "ANONYMOUS"]),
            (replace(remote, tls=TlsSettings()), "p", ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "ANONYMOUS"]),
            (replace(remote, plain_without_tls=True), "p", ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "ANONYMOUS"]),
            (local, None, ["ANONYMOUS"]),
            (replace(local, tls=TlsSettings(certificate_file="c")), None, ["EXTERNAL", "ANONYMOUS"]),
            (replace(remote, mechanism=Mechanism.SCRAM_SHA_1), "p", ["SCRAM-SHA-1"]),
            (replace(remote, mechanism=Mechanism.SCRAM_SHA_256), "", ["SCRAM-SHA-256"]),
            (replace(local, mechanism=Mechanism.PLAIN), "p", ["PLAIN"]),
            (replace(remote, mechanism=Mechanism.EXTERNAL), None, ["EXTERNAL"]),
            (replace(local, user=""), "p", ["ANONYMOUS"]),
            (replace(remote, tls=TlsSettings(ca_file="c")), None, ["ANONYMOUS"]),
            (replace(remote, mechanism=Mechanism.ANONYMOUS), "p", ["ANONYMOUS"]),
        ],
    )
    def test_mechanisms(self, settings: ConnectionSettings, password: str | None, allowed: list[str]) -> None:
        assert security.mechanisms(settings, password) == allowed

    def test_why_not_is_a_sentence(self) -> None:
        assert "clear text" in security.mechanisms(replace(self.remote, mechanism=Mechanism.PLAIN), "p")
        for mechanism in (Mechanism.PLAIN, Mechanism.SCRAM_SHA_1, Mechanism.SCRAM_SHA_256):
            asked = replace(self.local, mechanism=mechanism)
            for settings, password in ((asked, None), (replace(asked, user=""), "p")):
                found = security.mechanisms(settings, password)
                assert found == f"{mechanism.value} needs a user name and a password."


class TestDialects:
    settings = ConnectionSettings("x", domain="org.clacks", routing_key="event")

    @pytest.mark.parametrize(
        ("product", "name"),
        [
            ("RabbitMQ", DialectName.RABBITMQ),
            ("qpid-cpp", DialectName.QPID),
            ("Clacks Event Monitor embedded broker", DialectName.EMBEDDED),
            ("apache-activemq-artemis", DialectName.GENERIC),
            ("qpid-dispatch-router", DialectName.GENERIC),
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
        dialect = dialects.RabbitMQ(replace(self.settings, domain=domain), {})
        assert (dialect.source, dialect.target) == (address, address)
        assert not dialect.filters("true()")

    def test_qpid_filters(self) -> None:
        found = dialects.Qpid(self.settings, {}).filters("a = 1")
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
        assert dialect.queue_properties == ring
        if name is not DialectName.RABBITMQ:
            assert (dialect.source, dialect.target) == ("org.clacks", "org.clacks")

    def test_a_link_that_only_looks_lets_nothing_pass(self) -> None:
        found = {f.descriptor: f.value for f in dialects.Qpid(self.settings, {}).nothing().values()}
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
        assert dialects.reason_not_filtered([0x0000468C00000005]) == ""
        assert dialects.reason_not_filtered(["apache.org:xquery-filter:string"]) == ""
        assert "cannot filter" in dialects.reason_not_filtered(["apache.org:selector-filter:string"])

    def test_a_broker_that_repeats_whatever_it_is_asked_is_found_out(self) -> None:
        asked = dialects.Generic(self.settings, {}).filters("a = 1")
        assert "does not filter" in dialects.reason_not_filtered([f.descriptor for f in asked.values()])
        assert len(dialects.Generic(self.settings, {}).filters("")) == 1


class TestWords:
    @pytest.mark.parametrize(
        ("error", "kind"),
        [
            ({"name": "InvalidEvent", "message": "permission is no element"}, InvalidEvent),
            ({"name": "NotPermitted", "message": "schema"}, NotPermitted),
            ({"name": "JSONRPCError", "code": 100, "message": "sending the event 'X' is not permitted"}, NotPermitted),
            ("XMLSyntaxError: Start tag expected", InvalidEvent),
            ({"code": -32601, "message": "no method x"}, RpcError),
            (17, RpcError),
        ],
    )
    def test_an_agents_errors_stay_apart(self, error: object, kind: type[AmqpError]) -> None:
        assert type(rpc.error_of("sendEvent", error)) is kind

    @pytest.mark.parametrize(
        ("condition", "text", "kind"),
        [
            ("amqp:not-found", "no such node", FailureKind.NOT_FOUND),
            ("amqp:internal-error", "Could not parse xquery: 1:3", FailureKind.FILTER),
            ("amqp:not-allowed", "", FailureKind.REFUSED),
            ("", "", FailureKind.NETWORK),
        ],
    )
    def test_conditions(self, condition: str, text: str, kind: FailureKind) -> None:
        found = failure.of_condition(condition, text, "The broker refused org.clacks")
        assert found.kind is kind
        assert found.message.startswith("The broker refused org.clacks: ")

    def test_names(self) -> None:
        assert isinstance(resolve("no such host!", 1), Failure)
        assert isinstance(resolve("a" * 70 + ".example", 1), Failure)
        assert not needs_name_server("127.0.0.1")
        assert not needs_name_server("::1")
        assert needs_name_server("broker.example")

    def test_no_two_connections_have_one_container_id(self) -> None:
        settings = ConnectionSettings("x")
        assert Container(settings).id != Container(settings).id
