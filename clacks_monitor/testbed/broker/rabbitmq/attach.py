"""What a client of RabbitMQ 4.3 may open and attach to.

Owner: ``ClientEndpoints``. Thread: the broker's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from proton import Condition, Terminus

from clacks_monitor.testbed.broker.errors import INTERNAL_ERROR, NOT_FOUND, PRECONDITION_FAILED, LinkError
from clacks_monitor.testbed.broker.links import OutgoingLink
from clacks_monitor.testbed.broker.rabbitmq.addresses import INVALID_FIELD, MANAGEMENT, parse
from clacks_monitor.testbed.broker.rabbitmq.management import ManagementRequests
from clacks_monitor.testbed.broker.rabbitmq.node import RabbitMQNode
from clacks_monitor.testbed.broker.rabbitmq.streams import read_stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Connection, Link, Receiver, Sender

    from clacks_monitor.testbed.broker.envelope import Envelope
    from clacks_monitor.testbed.broker.nodes import Node, NodeRegistry
    from clacks_monitor.testbed.broker.queues import Queue

NODE: Final = "rabbitmq node"
"""The name of the service that holds the state: no address leads to it."""

CAPABILITIES: Final = ("LINK_PAIR_V1_0", "ANONYMOUS-RELAY")
SHORTEST_IDLE_MS: Final = 1000


def refuse_open(connection: Connection) -> Condition | None:
    """Return why a connection is refused."""
    announced = round(connection.transport.remote_idle_timeout * 1000) if connection.transport else 0
    if 0 < announced < SHORTEST_IDLE_MS:
        text = f"idle-time-out ({announced} ms) < minimum idle-time-out ({SHORTEST_IDLE_MS} ms)"
        return Condition(INVALID_FIELD, text)
    return None


def attach_sender(
    link: Sender, nodes: NodeRegistry, *, container: str, wake: Callable[[OutgoingLink], None]
) -> OutgoingLink:
    """Set up a client's receiver: sources are queues that exist, and the answers of the management."""
    node, asked = node_of(nodes), link.remote_source
    link.snd_settle_mode = link.remote_snd_settle_mode
    link.target.copy(link.remote_target)
    if asked.type == Terminus.UNSPECIFIED or asked.dynamic:
        raise LinkError(PRECONDITION_FAILED, "The source must be a queue.")
    link.source.type = Terminus.SOURCE
    # Filters of classic queues are not known: none is echoed.
    link.source.address = asked.address or ""
    if asked.address == MANAGEMENT:
        return OutgoingLink(link, _answers(nodes, container, link), wake)
    address = parse(asked.address or "")
    if not address.queue:
        raise LinkError(INVALID_FIELD, f"Attach rejected: {{bad_v2_source,{asked.address}}}")
    queue = node.readable(address.queue, container)
    if node.arguments[address.queue].get("x-queue-type") == "stream":
        return read_stream(link, queue, wake)
    return OutgoingLink(link, queue, wake, _AutoDelete(node, address.queue) if address.queue in node.owners else None)


def attach_receiver(link: Receiver, nodes: NodeRegistry) -> Node | None:
    """Set up a client's sender: to an exchange, a queue, the management, or to each message's own address."""
    node, asked = node_of(nodes), link.remote_target
    link.source.copy(link.remote_source)
    link.snd_settle_mode = link.remote_snd_settle_mode
    link.target.type = Terminus.TARGET
    if not asked.address:
        return None
    link.target.address = asked.address
    if asked.address == MANAGEMENT:
        container = link.connection.remote_container or ""
        return ManagementRequests(node, container, _answers(nodes, container, link))
    address = parse(asked.address)
    if address.queue:
        found = node.find(address.queue)
        if found is None:
            raise LinkError(NOT_FOUND, f"no queue '{address.queue}' in vhost '/'")
        return found
    if address.exchange not in node.exchanges:
        raise LinkError(NOT_FOUND, f"no exchange '{address.exchange}' in vhost '/'")
    return _Target(node, address.exchange, address.key)


def connection_gone(nodes: NodeRegistry, container: str) -> None:
    """Delete the exclusive queues of a connection."""
    node_of(nodes).connection_gone(container)


def node_of(nodes: NodeRegistry) -> RabbitMQNode:
    """Return the node that a broker of this kind plays."""
    found = nodes.services[NODE]
    if not isinstance(found, RabbitMQNode):
        raise LinkError(INTERNAL_ERROR, "This broker plays another one.")
    return found


def _answers(nodes: NodeRegistry, container: str, link: Link) -> Queue:
    """Return the queue of the answers of a pair: both links have the same name."""
    if not link.remote_properties or link.remote_properties.get("paired") is not True:
        raise LinkError(INVALID_FIELD, "The links to the management must be a pair.")
    return nodes.queue(f"{MANAGEMENT} {container} {link.name}", temporary=True)


@dataclass(frozen=True, slots=True)
class _Target:
    """An exchange with the routing key of a link's messages."""

    node: RabbitMQNode
    exchange: str
    key: str

    def request(self, envelope: Envelope, user: str) -> None:
        """Route a message."""
        del user
        self.node.route(self.exchange, self.key, envelope)


class _Decided:
    """The binding of a queue to which nothing is delivered later."""

    def when_decided(self, call: Callable[[], None]) -> bool:
        """Return that everything is decided."""
        del call
        return True


@dataclass(frozen=True, slots=True)
class _AutoDelete(_Decided):
    """Deletes a queue with its receiver."""

    node: RabbitMQNode
    name: str

    def close(self) -> None:
        """Delete it."""
        self.node.delete(self.name)
