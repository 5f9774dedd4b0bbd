"""The embedded broker, one point of Qpid's behaviour after the other, as a client on a socket sees it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from proton import ConnectionException, Described, Message, PropertyDict, symbol, ulong
from proton.reactor import Container, LinkOption
from proton.utils import ConnectionClosed, LinkDetached

from clacks_monitor.amqp.values import Reader, write
from tests.helpers import scripted_peer as peer
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.broker_client import DOMAIN, Client, ask, client, event, filters, objects, queue_fields, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NS = "declare namespace f='http://www.gonicus.de/Events'; "
BUSY = (
    b'<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus><CallerId>012345</CallerId>'
    b"<ReceiverId>12343424</ReceiverId><Status>busy</Status></PhoneStatus></Event>"
)
FREE = BUSY.replace(b"busy", b"free")
POLL = b'<Event xmlns="http://www.gonicus.de/Events"><ClientPoll/></Event>'
IS_BUSY = NS + "let $e := ./f:Event return $e/f:PhoneStatus[f:Status = 'busy']"


@pytest.fixture(scope="module")
def broker() -> Iterator[BrokerProcess]:
    with running_broker() as process:
        yield process


@pytest.fixture
def bus(broker: BrokerProcess) -> Iterator[Client]:
    with client(broker.url) as connected:
        yield connected


def padded(size: int) -> str:
    """Return a query of so many bytes."""
    return "true() (:".ljust(size - 2, "x") + ":)"


def wire_filter(receiver: Any) -> dict[Any, Any]:
    data = receiver.link.remote_source.filter
    data.rewind()
    return dict(data.get_dict()) if data.next() is not None else {}


class TestSubscribing:
    def test_events_go_to_those_whose_query_matches(self, bus: Client) -> None:
        busy, everything = bus.subscribe(IS_BUSY), bus.subscribe("true()")
        sender = bus.sender()
        for body in (FREE, BUSY, POLL):
            sender.send(event(body))
        assert [take(everything).body for _ in range(3)] == [FREE, BUSY, POLL]
        assert take(busy).body == BUSY

    @pytest.mark.parametrize("numeric", [False, True])
    def test_applied_filters_are_echoed_in_the_clients_words(self, bus: Client, numeric: bool) -> None:
        echoed = wire_filter(bus.subscribe("true()", numeric=numeric))
        assert {str(key): value.value for key, value in echoed.items()} == {"query": "true()", "key": "event"}
        by = {str(key): value.descriptor for key, value in echoed.items()}
        names = {"query": "apache.org:xquery-filter:string", "key": "apache.org:legacy-amqp-direct-binding:string"}
        assert by == ({"query": ulong(0x468C00000005), "key": ulong(0x468C00000000)} if numeric else names)

    def test_filters_it_does_not_know_are_missing_from_the_echo(self, bus: Client) -> None:
        option = filters("true()")
        option.filter_set[symbol("sql")] = Described(symbol("apache.org:selector-filter:string"), "a = 1")
        receiver = bus.connection.create_receiver(DOMAIN, name="odd", options=option)
        assert sorted(str(key) for key in wire_filter(receiver)) == ["key", "query"]

    def test_text_without_a_descriptor_filters_by_subject(self, bus: Client) -> None:
        option = filters("true()", key=None)
        plain: Any = "plain"
        option.filter_set[symbol("subject")] = plain
        receiver = bus.connection.create_receiver(DOMAIN, name="plain", options=option, credit=10)
        assert wire_filter(receiver)[symbol("subject")] == "plain"
        sender = bus.sender()
        for subject in ("event", "plain"):
            sender.send(event(BUSY, subject))
        assert take(receiver).subject == "plain"

    def test_without_a_query_everything_comes(self, bus: Client) -> None:
        receiver = bus.subscribe(None)
        assert "true()" in [value.value for value in wire_filter(receiver).values()]
        bus.sender().send(event(b"no XML at all"))
        assert take(receiver).body == b"no XML at all"

    def test_keys_match_exactly_and_no_key_means_no_subject(self, bus: Client) -> None:
        keyless, other, star = bus.subscribe(key=None), bus.subscribe(key="other"), bus.subscribe(key="*")
        sender = bus.sender()
        for subject in ("event", "other", None, "*"):
            sender.send(event(BUSY, subject))
        assert [take(receiver).subject for receiver in (keyless, other, star)] == [None, "other", "*"]

    @pytest.mark.parametrize(
        ("query", "reason"),
        [
            ("./Event[", "XPST0003"),
            ("./undeclared:Event", "XPST0081"),
            ("for $x in 1 group by $x return $x", "XQuery"),
            ("try { 1 } catch * { 2 }", "XQuery"),
            ("'a' || 'b'", "XQuery"),
            ("(1, 2) ! .", "XQuery"),
            ("switch (1) case 1 return true() default return false()", "XQuery"),
            ("map { 'a': 1 }", "XQuery"),
        ],
    )
    def test_a_query_qpid_would_refuse_is_refused_and_the_connection_survives(
        self, bus: Client, query: str, reason: str
    ) -> None:
        with pytest.raises(LinkDetached) as refused:
            bus.subscribe(query)
        assert refused.value.condition == "amqp:internal-error"
        assert "Could not parse xquery:" in str(refused.value)
        assert reason in str(refused.value)
        receiver = bus.subscribe()
        bus.sender().send(event(BUSY))
        assert take(receiver).body == BUSY

    def test_a_refusal_is_an_attach_without_a_source_and_a_detach_that_says_why(self, broker: BrokerProcess) -> None:
        xquery = b"\x00" + peer.symbol("apache.org:xquery-filter:string") + write("./a[")
        names = peer.symbol("q") + xquery
        source = peer.described(0x28, write(DOMAIN), *[peer.NULL] * 6, b"\xc1" + bytes([len(names) + 1, 2]) + names)
        with socket.create_connection(("127.0.0.1", broker.port), timeout=20) as sock:
            raw = peer.ScriptedPeer(sock)
            raw.greet()
            raw.say(peer.OPEN, write("raw"))
            raw.say(peer.BEGIN, peer.NULL, peer.uint(0), peer.uint(100), peer.uint(100))
            raw.say(peer.ATTACH, write("bad"), peer.uint(0), peer.TRUE, peer.NULL, peer.NULL, source)
            attach, _end = Reader(raw.wait_for(peer.ATTACH)).read(0)
            detach, _end = Reader(raw.wait_for(peer.DETACH)).read(0)
        assert isinstance(attach, list)
        assert isinstance(detach, list)
        assert (attach[0], attach[5]) == ("bad", None)
        condition, description = detach[2][:2]
        assert condition == "amqp:internal-error"
        assert description.startswith("Could not parse xquery:./a[")

    def test_a_query_of_more_than_65_535_bytes_is_refused_and_the_connection_stays(self, broker: BrokerProcess) -> None:
        with client(broker.url, max_frame_size=128 * 1024) as bus:
            bus.subscribe(padded(65_535))
            with pytest.raises(LinkDetached) as refused:
                bus.subscribe(padded(65_536))
            assert refused.value.condition == "amqp:internal-error"
            assert "Could not encode string of 65536 bytes as uint16_t string." in str(refused.value)
            bus.subscribe()

    def test_a_reply_address_with_a_slash_ends_the_link_of_the_request(self, bus: Client) -> None:
        receiver: Any = bus.connection.create_receiver(None, dynamic=True, name="a/b")
        address = receiver.link.remote_source.address
        assert address.endswith("_a/b")
        sender = bus.sender("qmf.default.direct")
        with pytest.raises(LinkDetached, match="Exchange not found: ") as ended:
            sender.send(Message(body={}, reply_to=address, properties={"qmf.opcode": "_query_request"}))
        assert ended.value.condition == "amqp:not-found"
        assert objects(bus, "exchange"), "another link works"

    @pytest.mark.parametrize("address", ["org.clacks/event", "nowhere"])
    def test_an_address_that_is_not_there_is_not_found(self, bus: Client, address: str) -> None:
        attaching: list[Callable[[], Any]] = [lambda: bus.subscribe(address=address), lambda: bus.sender(address)]
        for attach in attaching:
            with pytest.raises(LinkDetached) as refused:
                attach()
            assert refused.value.condition == "amqp:not-found"
            assert f"Node not found: {address}" in str(refused.value)

    def test_a_link_name_used_twice_drops_the_connection(self, bus: Client, broker: BrokerProcess) -> None:
        bus.subscribe(name="same")
        with pytest.raises((ConnectionClosed, ConnectionException)):
            bus.subscribe(name="same")
        with client(broker.url) as again:
            again.subscribe(name="same")

    def test_two_clients_with_one_container_id_cannot_have_the_same_link(self, broker: BrokerProcess) -> None:
        def container() -> Any:
            made: Any = Container()
            made.container_id = "twin"
            return made

        with client(broker.url, container=container()) as first, client(broker.url, container=container()) as second:
            first.subscribe(name="mine")
            with pytest.raises(LinkDetached, match="exclusive"):
                second.subscribe(name="mine")

    def test_deliveries_come_settled_unless_at_least_once_is_asked_for(self, bus: Client) -> None:
        usual, careful = bus.subscribe(), bus.subscribe(settle=0)
        bus.sender().send(event(BUSY))
        assert take(usual).settled
        assert not take(careful).settled

    def test_what_a_careful_receiver_releases_comes_again(self, bus: Client) -> None:
        careful = bus.subscribe(settle=0)
        bus.sender().send(event(BUSY))
        assert take(careful).body == BUSY
        careful.release(delivered=False)
        assert take(careful).body == BUSY
        careful.accept()

    def test_a_message_arrives_as_the_very_bytes_it_was_sent_as(self, bus: Client) -> None:
        receiver = bus.subscribe()
        fields: dict[str, Any] = {
            "id": "42",
            "correlation_id": "c",
            "content_type": "text/xml",
            "ttl": 3.0,
            "properties": {"n": 5},
        }
        bus.sender().send(event(BUSY, **fields, annotations={symbol("x"): 1}, creation_time=1.5))
        message = receiver.receive(timeout=20)
        assert (message.id, message.correlation_id, message.content_type) == ("42", "c", "text/xml")
        assert (message.ttl, message.properties, message.creation_time) == (3.0, {"n": 5}, 1.5)
        assert message.annotations == {symbol("x"): 1}


def decided(
    bus: Client, query: str, body: object, properties: dict[str, Any] | None = None, *, inferred: bool | None = None
) -> bool:
    """Return whether the broker puts this event into the queue of a subscription with ``query``.

    The second subscription's query always matches, and is one that the broker has to ask in its slow lane: its event
    arrives when all verdicts about that event have been reached.
    """
    asked = bus.subscribe(query, key="decide", credit=0)
    marker = bus.subscribe("for $x in (2, 1) order by $x return <a/>", key="decide")
    message = event(body, "decide", properties=properties)
    message.inferred = message.inferred if inferred is None else inferred
    bus.sender().send(message)
    take(marker)
    routed = queue_fields(bus, asked.link.name)["msgTotalEnqueues"]
    asked.close()
    marker.close()
    return bool(routed)


class TestDeciding:
    @pytest.mark.parametrize(
        ("query", "body", "matches"),
        [
            (NS + "./f:Event/f:PhoneStatus", BUSY, True),
            (NS + "/f:Event/f:PhoneStatus", BUSY, True),
            (NS + "./f:PhoneStatus", BUSY, False),
            (IS_BUSY, FREE, False),
            ("'text'", BUSY, True),
            ("''", BUSY, False),
            ("()", BUSY, False),
            ("0", BUSY, False),
            ("(1, 2)", BUSY, False),  # no effective boolean value: an error, and an error is no match
            ("1 div 0", BUSY, False),
            ("true()", b"no XML", True),
            ("not(./x)", b"no XML", False),
            ("not(./x)", b"<!DOCTYPE a><a/>", False),
            ("not(./x)", "<a/>", True),
            ("not(./x)", {"a": "map"}, False),
            (NS + "matches(string(./f:Event), 'b.sy')", BUSY, True),
        ],
    )
    def test_effective_boolean_value_decides(self, bus: Client, query: str, body: object, matches: bool) -> None:
        assert decided(bus, query, body) is matches

    @pytest.mark.parametrize(
        ("condition", "matches"),
        [
            ("$color = 'red'", True),
            ("$n = 5", True),
            ("$n instance of xs:integer", True),
            ("$b = 1", True),
            ("$b instance of xs:integer", True),
            ("$x = 1.5", True),
            ("$x instance of xs:double", True),
            ("$missing = 1 or true()", False),
            ("$long = 7", True),
            ("$long instance of xs:integer", True),
            ("$low = -1", True),
            ("$subject = 'decide' or true()", False),
        ],
    )
    def test_application_properties_are_external_variables(self, bus: Client, condition: str, matches: bool) -> None:
        name = condition[1:].split(maxsplit=1)[0]
        query = f"declare variable ${name} external; {condition}"
        # Integers are cut to 32 bits.
        properties = {"color": "red", "n": 5, "b": True, "x": 1.5, "long": 2**32 + 7, "low": 2**32 - 1}
        assert decided(bus, query, BUSY, properties) is matches

    def test_an_external_variable_without_a_property_is_an_error_even_if_unused(self, bus: Client) -> None:
        assert not decided(bus, "declare variable $missing external; true()", BUSY)

    @pytest.mark.parametrize("inferred", [True, False], ids=["data", "value"])
    @pytest.mark.parametrize(
        "body",
        [
            BUSY,
            BUSY.decode(),
            f'<?xml version="1.0" encoding="UTF-16"?>{BUSY.decode()}'.encode("utf-16"),
            b'<?xml version="1.0" encoding="ISO-8859-1"?>' + BUSY.replace(b"012345", b"\xe4"),
        ],
        ids=["UTF-8", "text", "UTF-16", "Latin-1"],
    )
    def test_bodies_of_every_kind_are_read(self, bus: Client, body: object, *, inferred: bool) -> None:
        assert decided(bus, IS_BUSY, body, inferred=inferred and isinstance(body, bytes))

    def test_a_hostile_query_neither_stalls_the_others_nor_comes_back(self, bus: Client) -> None:
        hostile = "every $x in 1 to 100000, $y in 1 to 100000 satisfies $x + $y > 0"
        bus.subscribe(hostile, name="hostile")
        prompt = bus.subscribe(IS_BUSY)
        slow = bus.subscribe(NS + "for $s in ./f:Event/f:PhoneStatus order by $s/f:Status return $s")
        sender = bus.sender()
        for _ in range(20):
            sender.send(event(BUSY))
        for receiver in (prompt, slow):
            assert [take(receiver, timeout=60).body for _ in range(20)] == [BUSY] * 20


class TestPublishing:
    def test_a_message_that_nobody_wants_is_accepted(self, bus: Client) -> None:
        bus.sender().send(event(b"x", "nobody listens to this"))

    def test_the_exchange_is_made_on_demand(self, bus: Client) -> None:
        sender = bus.sender("new.domain", CreateXml(("create-on-demand", "topic"), "xml"))
        receiver = bus.subscribe("true()", address="new.domain")
        sender.send(event(BUSY))
        assert take(receiver).body == BUSY
        assert "new.domain" in {one["name"] for one in objects(bus, "exchange")}

    def test_without_topic_a_queue_is_made(self, bus: Client) -> None:
        bus.sender("new.queue", CreateXml(("create-on-demand",), "xml")).send(event(BUSY))
        assert [one["msgDepth"] for one in objects(bus, "queue") if one["name"] == "new.queue"] == [1]
        assert take(bus.connection.create_receiver("new.queue", credit=1)).body == BUSY

    def test_an_exchange_of_another_type_is_refused(self, bus: Client) -> None:
        with pytest.raises(LinkDetached, match="different type"):
            bus.sender(DOMAIN, CreateXml(("create-on-demand", "topic"), "topic"))

    def test_a_message_without_address_goes_where_it_says_itself(self, bus: Client) -> None:
        receiver = bus.subscribe()
        sender = bus.sender(None)
        sender.send(event(BUSY, address=DOMAIN))
        assert take(receiver).body == BUSY
        with pytest.raises(LinkDetached, match="nowhere"):
            sender.send(event(BUSY, address="nowhere"))

    def test_a_message_that_is_none_ends_its_link_only(self, bus: Client) -> None:
        sender = bus.sender()
        with pytest.raises(LinkDetached) as ended:
            sender.send(Garbage())
        assert ended.value.condition == "amqp:decode-error"
        bus.sender().send(event(BUSY))

    def test_a_deleted_exchange_ends_senders_and_leaves_receivers_in_the_dark(self, bus: Client) -> None:
        sender = bus.sender("short.lived", CreateXml(("create-on-demand", "topic"), "xml"))
        receiver = bus.subscribe(address="short.lived")
        sender.send(event(BUSY))
        assert take(receiver).body == BUSY
        arguments = {"type": "exchange", "name": "short.lived", "options": {}}
        opcode, _body = ask(bus, "_method_request", {"_method_name": "delete", "_arguments": arguments})
        assert opcode == "_method_response"
        with pytest.raises(LinkDetached) as ended:
            sender.send(event(BUSY))
        assert ended.value.condition == "amqp:precondition-failed"
        assert "resource-deleted" in str(ended.value)
        assert receiver.link.state & receiver.link.REMOTE_ACTIVE


class TestBrokerItself:
    def test_it_says_what_it_is(self, bus: Client) -> None:
        assert bus.remote_properties["product"] == "Clacks Event Monitor embedded broker"
        assert bus.remote_properties["version"]

    def test_a_killed_broker_comes_back_on_its_port(self) -> None:
        with running_broker() as process:
            url = process.url
            process.kill()
            process.restart()
            assert process.url == url
            with client(url) as again:
                again.subscribe()

    def test_it_says_goodbye_and_ends_well(self) -> None:
        with running_broker() as process, client(process.url) as bus:
            bus.subscribe()
            assert process.stop() == 0
            with pytest.raises((ConnectionClosed, ConnectionException, LinkDetached)):
                bus.sender()


class CreateXml(LinkOption):
    """Asks for a target to be made."""

    def __init__(self, capabilities: tuple[str, ...], exchange_type: str) -> None:
        self._capabilities = capabilities
        self._type = exchange_type

    def apply(self, link: Any) -> None:
        from proton import UNDESCRIBED, Array, Data

        undescribed: Any = UNDESCRIBED
        array = Array(undescribed, Data.SYMBOL, *(symbol(one) for one in self._capabilities))
        link.target.capabilities.put_object(array)
        link.target.properties.put_dict(PropertyDict({symbol("exchange-type"): self._type}))


class Garbage:
    """Something that goes over a link as a message and is none."""

    def send(self, sender: Any, tag: str | None = None) -> Any:
        delivery = sender.delivery(tag or sender.delivery_tag())
        sender.stream(b"\x00\x53\x73\xff\xff")
        sender.advance()
        return delivery
