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
from clacks_monitor.amqp.blind import Blindness
from clacks_monitor.amqp.clock import Clock
from clacks_monitor.amqp.codec import Message
from clacks_monitor.amqp.dial import needs_name_server, resolve
from clacks_monitor.amqp.errors import InvalidEvent, NotPermitted, RpcError
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.figures import Advice, Figures
from clacks_monitor.amqp.overlap import Overlap, Side
from clacks_monitor.amqp.reconnect import Backoff, Reconnect
from clacks_monitor.amqp.wire import container_id
from clacks_monitor.core.connection import ConnectionSettings, DialectName, Mechanism, TlsSettings
from clacks_monitor.core.event import NO_PROPERTIES, BodyKind, Gap, GapCause

if TYPE_CHECKING:
    from clacks_monitor.amqp.errors import AmqpError

HOSTS = (("a", 1), ("b", 2), ("c", 3))
NETWORK = Failure(FailureKind.NETWORK, "gone")
LOGIN = Failure(FailureKind.LOGIN, "wrong")
MB = 1024 * 1024


def message(body: bytes, **properties: str) -> Message:
    return Message(body, BodyKind.DATA, properties or NO_PROPERTIES)


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

    @given(st.floats(0, 1), st.integers(0, 100))
    def test_the_pause_has_chance_in_it_and_never_exceeds_the_longest(self, chance: float, rounds: int) -> None:
        reconnect = Reconnect(HOSTS[:1], Backoff(first=0.5, longest=30), chance=lambda: chance)
        pauses = [reconnect.failed(NETWORK) for _ in range(rounds)]
        assert all(0.25 <= pause <= 30 for pause in pauses)
        assert all(before <= after for before, after in pairwise(pauses))


class TestOverlap:
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
        overlap, shown = Overlap(), []
        while queues[Side.OLD] or queues[Side.NEW]:
            side = data.draw(st.sampled_from([side for side in Side if queues[side]]))
            body = queues[side].pop(0)
            if overlap.is_first(side, message(body.encode())):
                shown.append(body)
        assert Counter(shown) == Counter(b + ("" if w == "both" else w) for b, w in events)

    def test_messages_that_differ_in_anything_are_no_twins(self) -> None:
        first = message(b"a", key="1")
        others = [message(b"a", key="2"), message(b"a"), first._replace(message_id="x"), first._replace(creation_ns=5)]
        overlap = Overlap()
        assert overlap.is_first(Side.OLD, first)
        assert all(overlap.is_first(Side.NEW, other) for other in others)
        assert not overlap.is_first(Side.NEW, first)

    def test_what_the_new_link_was_ahead_with_is_forgotten_with_the_old_link(self) -> None:
        overlap = Overlap()
        assert overlap.is_first(Side.NEW, message(b"a"))
        overlap.old_ended()
        assert overlap.is_first(Side.NEW, message(b"a"))
        assert not overlap.overflowing


class TestFigures:
    def test_depth_and_losses_come_from_the_difference_of_two_looks(self) -> None:
        figures = Figures()
        values: dict[str, object] = {"byteDepth": 25 * MB, "msgDepth": 7, "discardsRing": 5}
        first, second = figures.look(values), figures.look(values | {"discardsRing": 9})
        assert (first.depth, first.messages, first.lost) == (0.25, 7, 5)
        assert second.lost == 4

    def test_sheds_before_the_broker_holds_publishers_up_and_stops_when_relieved(self) -> None:
        figures = Figures()
        depths = [30, 55, 60, 75, 20, 5]
        advice = []
        for depth in depths:
            advice.append(figures.look({"byteDepth": depth * MB, "msgDepth": 1}).advice)
            figures.shedding = advice[-1] in {Advice.SHED, Advice.RENEW} or (
                figures.shedding and advice[-1] is not Advice.TAKE_ALL
            )
        assert advice == [Advice.NOTHING, Advice.SHED, Advice.NOTHING, Advice.RENEW, Advice.NOTHING, Advice.TAKE_ALL]

    def test_a_ring_needs_no_shedding(self) -> None:
        values = {"byteDepth": MB, "arguments": {"qpid.max_size": MB, "qpid.policy_type": "ring"}}
        assert Figures().look(values).advice is Advice.NOTHING
        assert Figures().look(values).depth == 1.0

    def test_a_queue_that_lost_its_binding_is_seen(self) -> None:
        figures = Figures()
        assert [figures.look({"bindingCount": count}).unbound for count in (2, 2, 1)] == [False, False, True]

    @pytest.mark.parametrize("value", [None, "many", [], {"a": 1}])
    def test_nonsense_counts_as_nothing(self, value: object) -> None:
        reading = Figures().look(dict.fromkeys(("byteDepth", "msgDepth", "discardsRing", "arguments"), value))
        assert (reading.depth, reading.lost, reading.advice) == (0.0, 0, Advice.NOTHING)


class TestBlindness:
    def setup_method(self) -> None:
        self.wall, self.monotonic, self.boot = 1_000, 10.0, 10.0
        self.gaps: list[Gap] = []
        clock = Clock(lambda: self.wall, lambda: self.monotonic, lambda: self.boot)
        self.blind = Blindness("here", clock, self.gaps.append)

    def test_one_gap_from_the_first_loss_to_the_end(self) -> None:
        self.blind.begin(500, GapCause.CONNECTION_LOST, "first")
        self.blind.begin(700, GapCause.EXCHANGE_DELETED, "second")
        assert not self.gaps
        self.blind.end()
        self.blind.end()
        assert self.gaps == [Gap("here", 500, 1_000, GapCause.CONNECTION_LOST, "first")]

    def test_a_clock_set_back_makes_no_gap_that_ends_before_it_begins(self) -> None:
        self.blind.begin(5_000, GapCause.CONNECTION_LOST, "")
        self.blind.end()
        assert (self.gaps[0].from_ns, self.gaps[0].to_ns) == (5_000, 5_000)

    def test_sleep_is_what_one_clock_saw_and_the_other_did_not(self) -> None:
        self.monotonic, self.boot, self.wall = 110.0, 110.0, 2_000
        self.blind.look_for_sleep()
        assert not self.gaps
        self.monotonic, self.boot, self.wall = 111.0, 711.0, 3_000
        self.blind.look_for_sleep()
        assert [(gap.from_ns, gap.to_ns, gap.cause) for gap in self.gaps] == [(2_000, 3_000, GapCause.SLEPT)]
        assert "600 s" in self.gaps[0].detail

    def test_sleeping_through_a_lost_connection_is_one_gap(self) -> None:
        self.blind.begin(500, GapCause.CONNECTION_LOST, "")
        self.boot = 5_000.0
        self.blind.look_for_sleep()
        self.blind.end()
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
            (replace(remote, mechanism=Mechanism.ANONYMOUS), "p", ["ANONYMOUS"]),
        ],
    )
    def test_mechanisms(self, settings: ConnectionSettings, password: str | None, allowed: list[str]) -> None:
        assert security.mechanisms(settings, password) == allowed

    def test_why_not_is_a_sentence(self) -> None:
        assert "clear text" in security.mechanisms(replace(self.remote, mechanism=Mechanism.PLAIN), "p")
        assert "needs a user" in security.mechanisms(replace(self.local, mechanism=Mechanism.PLAIN), None)


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
        ],
    )
    def test_rabbitmq_addresses(self, domain: str, address: str) -> None:
        dialect = dialects.RabbitMQ(replace(self.settings, domain=domain))
        assert (dialect.source, dialect.target) == (address, address)
        assert not dialect.filters("true()")

    def test_qpid_filters(self) -> None:
        found = dialects.Qpid(self.settings).filters("a = 1")
        assert {f.descriptor: f.value for f in found.values()} == {
            "apache.org:xquery-filter:string": "a = 1",
            "apache.org:legacy-amqp-direct-binding:string": "event",
        }

    def test_the_answer_says_whether_the_broker_filters(self) -> None:
        assert dialects.why_not_there([0x0000468C00000005]) == ""
        assert dialects.why_not_there(["apache.org:xquery-filter:string"]) == ""
        assert "cannot filter" in dialects.why_not_there(["apache.org:selector-filter:string"])

    def test_a_broker_that_repeats_whatever_it_is_asked_is_found_out(self) -> None:
        asked = dialects.Generic(self.settings).filters("a = 1")
        assert "does not filter" in dialects.why_not_there([f.descriptor for f in asked.values()])
        assert len(dialects.Generic(self.settings).filters("")) == 1


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
        assert type(rpc.meaning("sendEvent", error)) is kind

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
        assert found.words.startswith("The broker refused org.clacks: ")

    def test_names(self) -> None:
        assert isinstance(resolve("no such host!", 1), Failure)
        assert isinstance(resolve("a" * 70 + ".example", 1), Failure)
        assert not needs_name_server("127.0.0.1")
        assert not needs_name_server("::1")
        assert needs_name_server("broker.example")

    def test_no_two_connections_have_one_container_id(self) -> None:
        settings = ConnectionSettings("x")
        assert container_id(settings) != container_id(settings)
