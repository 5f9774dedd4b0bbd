"""The embedded broker: a small AMQP 1.0 broker with XML exchanges, and the agent that answers on it.

It behaves as Apache Qpid's C++ broker in what a client can see, and keeps nothing on disk. It knows neither queries
nor schemas: what decides about them is given to it (`settings.Selection`, `agent.Check`). Runs in a process of its own.
"""

from clacks_monitor.testbed.broker.agent import EventCheck
from clacks_monitor.testbed.broker.errors import BrokerError, LinkError, ListenError, QueryRefusedError
from clacks_monitor.testbed.broker.rights import FileRights
from clacks_monitor.testbed.broker.server import Broker
from clacks_monitor.testbed.broker.settings import BrokerSettings, Selection, SelectionFactory, TlsFiles

__all__ = [
    "Broker",
    "BrokerError",
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
