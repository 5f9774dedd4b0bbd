"""The rules for links of each kind of broker. Thread: the broker's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from clacks_monitor.testbed.broker import artemis, attach, other_brokers
from clacks_monitor.testbed.broker.rabbitmq import attach as rabbitmq_attach
from clacks_monitor.testbed.broker.settings import BrokerKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from proton import Condition, Connection, Receiver, Sender

    from clacks_monitor.testbed.broker.links import OutgoingLink
    from clacks_monitor.testbed.broker.nodes import Node, NodeRegistry


def _accept(_connection: Connection) -> None:
    """Accept every connection."""


def _forget(_nodes: NodeRegistry, _container: str) -> None:
    """Keep nothing of a connection that has ended."""


class AttachSender(Protocol):
    """Sets up a client's receiver. Raises LinkError."""

    def __call__(
        self, link: Sender, nodes: NodeRegistry, *, container: str, wake: Callable[[OutgoingLink], None]
    ) -> OutgoingLink:
        """Return the broker's end of the link."""


class AttachReceiver(Protocol):
    """Sets up a client's sender: returns the target of its messages, None when each has its own. Raises LinkError."""

    def __call__(self, link: Receiver, nodes: NodeRegistry) -> Node | None:
        """Return the target."""


@dataclass(frozen=True, slots=True)
class AttachRules:
    """How one kind of broker answers opens and attaches; ``capabilities`` are those that it offers to connections.

    ``ends_sessions`` is whether an error ends not the link but its session; ``gone`` is called with the container id of
    a connection that has ended.
    """

    attach_sender: AttachSender
    attach_receiver: AttachReceiver = attach.attach_receiver
    capabilities: tuple[str, ...] = ("ANONYMOUS-RELAY",)
    refuse_open: Callable[[Connection], Condition | None] = _accept
    ends_sessions: bool = False
    gone: Callable[[NodeRegistry, str], None] = _forget


RULES: Final[Mapping[BrokerKind, AttachRules]] = {
    BrokerKind.QPID: AttachRules(attach.attach_sender),
    BrokerKind.ARTEMIS: AttachRules(artemis.attach_sender),
    BrokerKind.BROKER_J: AttachRules(other_brokers.attach_to_broker_j),
    BrokerKind.ROUTER: AttachRules(other_brokers.attach_to_router, other_brokers.attach_router_receiver),
    BrokerKind.RABBITMQ: AttachRules(
        rabbitmq_attach.attach_sender,
        rabbitmq_attach.attach_receiver,
        rabbitmq_attach.CAPABILITIES,
        rabbitmq_attach.refuse_open,
        ends_sessions=True,
        gone=rabbitmq_attach.connection_gone,
    ),
}
