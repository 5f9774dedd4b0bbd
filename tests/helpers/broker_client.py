"""A small blocking AMQP client for tests of a broker: proton's own, with the filters of the XML exchange."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from proton import Condition, Delivery, Described, Endpoint, Link, Message, ProtonException, SSLDomain, symbol, ulong
from proton.reactor import Filter, LinkOption
from proton.utils import BlockingConnection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DOMAIN = "org.clacks"
XQUERY = ("apache.org:xquery-filter:string", 0x0000468C00000005)
BINDING = ("apache.org:legacy-amqp-direct-binding:string", 0x0000468C00000000)
_numbers = itertools.count(1)


def filters(query: str | None, key: str | None = "event", *, numeric: bool = False) -> Filter:
    """Return the filter map of a subscription; ``numeric`` describes the filters by number instead of by symbol."""
    found = {}
    for name, value, descriptor in (("query", query, XQUERY), ("key", key, BINDING)):
        if value is not None:
            by = ulong(descriptor[1]) if numeric else symbol(descriptor[0])
            found[symbol(name)] = Described(by, value)
    return Filter(found)


class SettleMode(LinkOption):
    """Asks the sending side to send settled (1), unsettled (0) or either (2)."""

    def __init__(self, mode: int) -> None:
        self._mode = mode

    def apply(self, link: Any) -> None:
        link.snd_settle_mode = self._mode


class Retention(LinkOption):
    """Asks for a queue that drops its oldest when it is full."""

    def apply(self, link: Any) -> None:
        link.source.properties.put_dict({symbol("qpid.policy_type"): "ring"})


@dataclass(frozen=True)
class Got:
    """A received message, copied."""

    body: object
    subject: str | None
    settled: bool
    properties: Mapping[str, object] | None
    correlation_id: object


class SessionEnded(ProtonException):
    """The broker has ended the session."""

    def __init__(self, condition: Condition) -> None:
        super().__init__(f"{condition.name}: {condition.description}")
        self.condition = condition.name


class Connected(BlockingConnection):
    """Raises SessionEnded where a broker refuses a link by ending its session."""

    def on_session_remote_close(self, event: Any) -> None:
        if event.session.state & Endpoint.LOCAL_ACTIVE:
            event.session.close()
            if event.session.remote_condition is not None and not self.closing:
                raise SessionEnded(event.session.remote_condition)


class Client:
    """One connection to a broker; use client()."""

    def __init__(self, url: str, **options: Any) -> None:
        self.connection = Connected(url.rsplit("/", 1)[0], timeout=20, **options)

    @property
    def remote_properties(self) -> Mapping[str, object]:
        connection: Any = self.connection.conn
        return {str(key): value for key, value in (connection.remote_properties or {}).items()}

    def subscribe(
        self, query: str | None = None, key: str | None = "event", *, address: str = DOMAIN, credit: int = 100,
        name: str | None = None, numeric: bool = False, settle: int | None = None, ring: bool = False,
    ) -> Any:  # fmt: skip
        options: list[Any] = [filters(query, key, numeric=numeric)]
        if ring:
            options.append(Retention())
        if settle is not None:
            options.append(SettleMode(settle))
        name = name or f"subscription-{next(_numbers)}"
        return self.connection.create_receiver(address, credit=credit, name=name, options=options)

    def sender(self, address: str | None = DOMAIN, options: Any = None, name: str | None = None) -> Any:
        return self.connection.create_sender(address, name=name or f"sender-{next(_numbers)}", options=options)

    def replies(self) -> tuple[Any, str]:
        """Return a receiver on a new reply address, and the address."""
        receiver: Any = self.connection.create_receiver(
            None, dynamic=True, credit=100, name=f"replies-{next(_numbers)}"
        )
        return receiver, receiver.link.remote_source.address


class Encoded:
    """An encoded message, as proton's blocking sender takes it."""

    def __init__(self, encoded: bytes) -> None:
        self._encoded = encoded

    def send(self, sender: Any, tag: str | None = None) -> Delivery:
        delivery: Delivery = sender.delivery(tag or sender.delivery_tag())
        sender.stream(self._encoded)
        sender.advance()
        if sender.snd_settle_mode == Link.SND_SETTLED:
            delivery.settle()
        return delivery


def event(body: Any, subject: str | None = "event", **fields: Any) -> Message:
    """Return a message as publishers of events send it: bytes go as AMQP data."""
    return Message(body=body, subject=subject, inferred=isinstance(body, bytes), **fields)


def take(receiver: Any, timeout: float = 20) -> Got:
    """Wait for the next message."""
    message = receiver.receive(timeout=timeout)
    delivery = receiver.fetcher.unsettled[-1] if receiver.fetcher.unsettled else None
    body = bytes(message.body) if isinstance(message.body, memoryview | bytes) else message.body
    settled = delivery is None or bool(delivery.settled)
    properties = {str(key): value for key, value in (message.properties or {}).items()}
    return Got(body, message.subject, settled, properties, message.correlation_id)


def ask(bus: Client, opcode: str, body: dict[str, Any]) -> Any:
    """Ask the broker's management; returns opcode and body of the answer."""
    receiver, address = bus.replies()
    fields = {"x-amqp-0-10.app-id": "qmf2", "qmf.opcode": opcode, "method": "request"}
    request = Message(body=body, subject="broker", reply_to=address, correlation_id="7", properties=fields)
    bus.sender("qmf.default.direct").send(request)
    answer = take(receiver)
    receiver.close()
    assert answer.correlation_id == "7"
    assert answer.properties is not None
    return answer.properties["qmf.opcode"], answer.body


def objects(bus: Client, kind: str) -> list[dict[str, Any]]:
    """Return the values of the broker's objects of a class, queue or exchange."""
    opcode, body = ask(
        bus,
        "_query_request",
        {"_what": "OBJECT", "_schema_id": {"_package_name": "org.apache.qpid.broker", "_class_name": kind}},
    )
    assert opcode == "_query_response"
    return [one["_values"] for one in body]


def queue_fields(bus: Client, link: str) -> dict[str, Any]:
    """Return the values of a subscription's queue."""
    return next(one for one in objects(bus, "queue") if one["name"].endswith(f"_{link}"))


@contextlib.contextmanager
def client(url: str, **options: Any) -> Iterator[Client]:
    """Connect to a broker by URL."""
    made = Client(url, **options)
    try:
        yield made
    finally:
        with contextlib.suppress(Exception):
            made.connection.close()


def trusting(ca: str, certificate: str = "", key: str = "") -> SSLDomain:
    """Return a client's TLS that trusts ``ca`` alone, with a certificate of its own if there is one."""
    domain = SSLDomain(SSLDomain.MODE_CLIENT)
    domain.set_trusted_ca_db(ca)
    domain.set_peer_authentication(SSLDomain.VERIFY_PEER_NAME)
    if certificate:
        domain.set_credentials(certificate, key, None)
    return domain
