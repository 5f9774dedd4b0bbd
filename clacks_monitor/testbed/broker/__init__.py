"""The embedded broker: a small AMQP 1.0 broker with XML exchanges, and the agent that answers on it.

To a client it behaves like Apache Qpid's C++ broker; it keeps nothing on disk. Queries and schemas are evaluated by
objects that it is given (``settings.Selection``, ``agent.Check``). It runs in a process of its own.
"""

from clacks_monitor.testbed.broker.agent import EventCheck
from clacks_monitor.testbed.broker.errors import BrokerError, LinkError, ListenError, QueryRefusedError
from clacks_monitor.testbed.broker.rights import FileRights
from clacks_monitor.testbed.broker.server import Broker
from clacks_monitor.testbed.broker.settings import BrokerKind, BrokerSettings, Selection, SelectionFactory, TlsFiles

__all__ = [
    "Broker",
    "BrokerError",
    "BrokerKind",
    "BrokerSettings",
    "EventCheck",
    "FileRights",
    "LinkError",
    "ListenError",
    "QueryRefusedError",
    "Selection",
    "SelectionFactory",
    "TlsFiles",
]
