"""The rules for what a client may attach to, as Qpid's broker has them.

Owner: ``ClientEndpoints``. Thread: the broker's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from proton import UNDESCRIBED, Array, Data, Described, Link, Terminus, symbol

from clacks_monitor.testbed.broker.errors import (
    INTERNAL_ERROR,
    NOT_FOUND,
    NOT_IMPLEMENTED,
    PRECONDITION_FAILED,
    LinkError,
    QueryRefusedError,
)
from clacks_monitor.testbed.broker.exchange import XmlExchange
from clacks_monitor.testbed.broker.filters import echo_filters, read_filters
from clacks_monitor.testbed.broker.links import OutgoingLink
from clacks_monitor.testbed.broker.queues import RING, Queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Receiver, Sender

    from clacks_monitor.testbed.broker.nodes import Node, NodeRegistry

CREATE, TOPIC, QUEUE, SHARED = "create-on-demand", "topic", "queue", "shared"
MAX_QUERY: Final = 65_535
"""Bytes of a query that Qpid's broker can bind: it has 16 bits for the length."""

_SUPPORTED: Final = {CREATE, TOPIC, QUEUE, SHARED}


def attach_sender(
    link: Sender, nodes: NodeRegistry, *, container: str, wake: Callable[[OutgoingLink], None]
) -> OutgoingLink:
    """Set up a client's receiver. Raises LinkError when its request cannot be met."""
    asked = link.remote_source
    link.snd_settle_mode = link.remote_snd_settle_mode
    link.target.copy(link.remote_target)
    if asked.type == Terminus.UNSPECIFIED:
        raise LinkError(PRECONDITION_FAILED, "No source specified!")
    if asked.dynamic:
        return reply_link(link, nodes, container, wake)
    name = asked.address or ""
    link.source.address = name
    node = _resolve(name, asked, nodes)
    link.source.type = Terminus.SOURCE
    _answer(asked, link.source)
    if isinstance(node, Queue):
        browses = asked.distribution_mode == Terminus.DIST_MODE_COPY
        link.source.distribution_mode = Terminus.DIST_MODE_COPY if browses else Terminus.DIST_MODE_MOVE
        if node.exclusive and not browses:
            raise LinkError(PRECONDITION_FAILED, f"Cannot consume from exclusive queue {node.name}")
        return OutgoingLink(link, node, wake, browses=browses)
    if isinstance(node, XmlExchange):
        return _subscribe(link, node, nodes, container, wake)
    raise LinkError(NOT_IMPLEMENTED, f"{name} takes requests; there is nothing to receive from it.")


def _subscribe(
    link: Sender, exchange: XmlExchange, nodes: NodeRegistry, container: str, wake: Callable[[OutgoingLink], None]
) -> OutgoingLink:
    filters = read_filters(link.remote_source)
    made = bound_link(link, exchange, filters.key, filters.query, nodes=nodes, container=container, wake=wake)
    echo_filters(filters, link.source)
    return made


def reply_link(link: Sender, nodes: NodeRegistry, container: str, wake: Callable[[OutgoingLink], None]) -> OutgoingLink:
    """Give a client's receiver a queue, whose name it is told."""
    queue = nodes.queue(_unused(f"{container}_{link.name}", nodes), temporary=True)
    link.source.address = queue.name
    link.source.dynamic = True
    return OutgoingLink(link, queue, wake)


def bound_link(
    link: Sender,
    exchange: XmlExchange,
    key: str,
    query: str | None,
    *,
    nodes: NodeRegistry,
    container: str,
    wake: Callable[[OutgoingLink], None],
) -> OutgoingLink:
    """Give a client's receiver a queue that is bound to an exchange. Raises LinkError."""
    durable = is_durable(link)
    size = len((query or "").encode())
    if size > MAX_QUERY:
        raise LinkError(INTERNAL_ERROR, f"Could not encode string of {size} bytes as uint16_t string.")
    ring = nodes.rings and _text_property(link.remote_source, "qpid.policy_type") == RING
    name = f"{container}_{link.name}"
    if durable and (kept := nodes.kept.get(name)) is not None:
        return OutgoingLink(link, _unowned(nodes.queues[name]), wake, kept)
    queue = nodes.queue(_unused(name, nodes), ring=ring)
    try:
        number = exchange.bind(key, query, queue)
    except QueryRefusedError as error:
        nodes.delete_queue(queue)
        raise LinkError(INTERNAL_ERROR, f"Could not parse xquery:{query}: {error}") from None
    queue.exclusive = True
    queue.owner = exchange.name
    if durable:
        nodes.kept[name] = DurableBinding(exchange, number, nodes, queue)
        return OutgoingLink(link, queue, wake, nodes.kept[name])
    return OutgoingLink(link, queue, wake, _Binding(exchange, number, nodes, queue))


def is_durable(link: Sender) -> bool:
    """Return whether the queue of a client's receiver is to stay when the link is gone."""
    asked = link.remote_source
    stays = asked.expiry_policy == Terminus.EXPIRE_NEVER and asked.durability != Terminus.NONDURABLE
    return bool(stays and link.remote_snd_settle_mode == Link.SND_UNSETTLED)


def _unowned(queue: Queue) -> Queue:
    """Return the queue of a durable subscription. Raises LinkError while another receiver has it."""
    if queue.consumers:
        raise LinkError(INTERNAL_ERROR, f"resource-locked: Queue {queue.name} has an exclusive consumer.")
    return queue


def _unused(name: str, nodes: NodeRegistry) -> str:
    """Return the name of a new queue. Raises LinkError when it is taken.

    That is by another client with the same container id, or by a link of that name in another session.
    """
    if nodes.find(name) is not None:
        text = f"resource-locked: Queue {name} has an exclusive consumer. No more consumers allowed."
        raise LinkError(INTERNAL_ERROR, text)
    return name


@dataclass(frozen=True, slots=True)
class _Binding:
    """The binding of one subscription; the queue ends with it."""

    exchange: XmlExchange
    number: int
    nodes: NodeRegistry
    queue: Queue

    def when_decided(self, call: Callable[[], None]) -> bool:
        return self.exchange.when_decided(self.number, call)

    def close(self) -> None:
        self.exchange.unbind(self.number)
        self.nodes.delete_queue(self.queue)


class DurableBinding(_Binding):
    """The binding of a subscription whose queue stays when its link ends. A change of its filter has no effect."""

    def close(self) -> None:
        """Leave it as it is."""


def attach_receiver(link: Receiver, nodes: NodeRegistry) -> Node | None:
    """Set up a client's sender; return the target of its messages, None when each has its own.

    Raises LinkError when its request cannot be met.
    """
    asked = link.remote_target
    link.source.copy(link.remote_source)
    link.snd_settle_mode = link.remote_snd_settle_mode
    if asked.type == Terminus.COORDINATOR:
        raise LinkError(NOT_IMPLEMENTED, "There are no transactions here.")
    if asked.type == Terminus.UNSPECIFIED:
        raise LinkError(PRECONDITION_FAILED, "No target specified!")
    if asked.dynamic:
        queue = nodes.queue()
        link.target.address = queue.name
        link.target.dynamic = True
        return queue
    if not asked.address:
        link.target.type = Terminus.TARGET
        return None
    link.target.address = asked.address
    node = _resolve(asked.address, asked, nodes)
    link.target.type = Terminus.TARGET
    _answer(asked, link.target)
    return node


def _resolve(name: str, asked: Terminus, nodes: NodeRegistry) -> Node:
    node = nodes.find(name)
    wanted = capabilities(asked)
    topic = TOPIC in wanted and QUEUE not in wanted
    if isinstance(node, XmlExchange) and CREATE in wanted and topic:
        kind = _text_property(asked, "exchange-type")
        if kind not in {"", node.type_name}:
            raise LinkError(PRECONDITION_FAILED, "Exchange of different type already exists")
    if node is not None:
        return node
    if CREATE not in wanted:
        raise LinkError(NOT_FOUND, f"Node not found: {name}")
    if not topic:
        return nodes.queue(name)
    kind = _text_property(asked, "exchange-type")
    if kind != "xml":
        text = f"Only exchanges of type xml can be made here, not {kind or 'topic'}: ask with exchange-type: xml."
        raise LinkError(NOT_IMPLEMENTED, text)
    return nodes.exchange(name)


def _values(data: Data) -> list[object]:
    """Return the symbols of a capabilities field, which may be one symbol or an array of them."""
    data.rewind()
    if data.next() is None:
        return []
    found = data.get_object()
    # A list is neither, and is not read as capabilities by brokers.
    return list(found.elements) if isinstance(found, Array) else [found] if isinstance(found, symbol) else []


def described_filters(terminus: Terminus) -> dict[symbol, Described]:
    """Return the filters in a terminus's map that have a descriptor."""
    data = terminus.filter
    data.rewind()
    if data.next() is None or data.type() != Data.MAP:
        return {}
    return {symbol(name): value for name, value in data.get_dict().items() if isinstance(value, Described)}


def put_filters(terminus: Terminus, filters: dict[symbol, Described]) -> None:
    """Write the filters that are applied into the broker's own source, in place of what is there."""
    terminus.filter.clear()
    if filters:
        terminus.filter.put_dict(filters)


def capabilities(terminus: Terminus) -> list[str]:
    """Return the capabilities that a terminus asks for."""
    return [str(value) for value in _values(terminus.capabilities)]


def _text_property(terminus: Terminus, name: str) -> str:
    data = terminus.properties
    data.rewind()
    if data.next() is None or data.type() != Data.MAP:
        return ""
    return str(data.get_dict().get(symbol(name), ""))


def _answer(asked: Terminus, given: Terminus) -> None:
    """Answer with the supported ones of the requested capabilities, and repeat the properties."""
    supported = [name for name in capabilities(asked) if name in _SUPPORTED]
    if supported:
        given.capabilities.clear()
        given.capabilities.put_object(
            Array(UNDESCRIBED, Data.SYMBOL, *map(symbol, supported))  # type: ignore[arg-type]  # proton's own constant
        )
    properties = asked.properties
    properties.rewind()
    if properties.next() is not None and properties.type() == Data.MAP:
        given.properties.clear()
        given.properties.put_dict(properties.get_dict())
