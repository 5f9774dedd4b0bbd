"""The rules for what a client may attach to, as ActiveMQ Artemis has them.

Addresses are multicast (services here) or anycast (queues). Without a capability, a receiver at an anycast address
competes with the others; with ``topic`` it is refused there; with distribution mode "copy" it browses. Only the
selector is confirmed. There are neither durable subscriptions nor automatic creation of addresses here.
Source: DefaultSenderController of Artemis's AMQP protocol.

Owner: ``ClientEndpoints``. Thread: the broker's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from proton import Described, Terminus

from clacks_monitor.testbed.broker.attach import capabilities, described_filters, put_filters
from clacks_monitor.testbed.broker.errors import ILLEGAL_STATE, NOT_FOUND, LinkError
from clacks_monitor.testbed.broker.links import OutgoingLink
from clacks_monitor.testbed.broker.multicast import MulticastAddress, everything, subscription
from clacks_monitor.testbed.broker.queues import Queue
from clacks_monitor.testbed.broker.selectors import DESCRIPTORS, parse_selector

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Sender, symbol

    from clacks_monitor.testbed.broker.multicast import Selector
    from clacks_monitor.testbed.broker.nodes import NodeRegistry

TOPIC, QUEUE = "topic", "queue"
_MARK: Final = "::"


def attach_sender(
    link: Sender, nodes: NodeRegistry, *, container: str, wake: Callable[[OutgoingLink], None]
) -> OutgoingLink:
    """Set up a client's receiver. Raises LinkError when its request cannot be met."""
    del container
    asked = link.remote_source
    link.snd_settle_mode = link.remote_snd_settle_mode
    link.target.copy(link.remote_target)
    if asked.dynamic:
        queue = nodes.queue(temporary=True)
        link.source.address, link.source.dynamic = queue.name, True
        return OutgoingLink(link, queue, wake)
    link.source.copy(asked)
    selector = _selector(link)
    node = _node(asked, nodes)
    if isinstance(node, MulticastAddress):
        own = subscription(node, nodes, selector)
        return OutgoingLink(link, own.queue, wake, own)
    return OutgoingLink(link, node, wake, browses=asked.distribution_mode == Terminus.DIST_MODE_COPY)


def _node(asked: Terminus, nodes: NodeRegistry) -> MulticastAddress | Queue:
    name = asked.address or ""
    address, _mark, queue_name = name.partition(_MARK)
    wanted = capabilities(asked)
    node = nodes.find(address)
    if queue_name:
        node = nodes.queues.get(name)
    elif isinstance(node, Queue) and TOPIC in wanted:
        raise LinkError(ILLEGAL_STATE, f"Address {name} is not configured for topic support")
    elif isinstance(node, MulticastAddress) and QUEUE in wanted and TOPIC not in wanted:
        raise LinkError(ILLEGAL_STATE, f"Address {name} is not configured for queue support")
    if not isinstance(node, MulticastAddress | Queue):
        raise LinkError(NOT_FOUND, "Source address does not exist")
    return node


def _selector(link: Sender) -> Selector:
    """Read the selector, and confirm it alone. Raises LinkError for one that cannot be parsed."""
    confirmed: dict[symbol, Described] = {}
    found: Selector = everything
    for name, value in described_filters(link.remote_source).items():
        if value.descriptor in DESCRIPTORS and not confirmed:
            found = parse_selector(str(value.value))
            confirmed[name] = Described(value.descriptor, value.value)
    put_filters(link.source, confirmed)
    return found
