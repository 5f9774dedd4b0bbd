"""Clacks Event Monitor: watch, filter and send events on an AMQP or MQTT bus.

Packages, each with one reason to change; imports go downwards only (pyproject.toml, import contracts):

    app > gui | cli | api > session | testbed > transfer | amqp | mqtt | archive | captures | config | forms
        | xquery > storage | networking > core > assets

What a bus and a store are, core.bus and core.store say; app.py chooses the packages that implement them.

Threads: each connection has one (amqp, mqtt) on which messages are decoded and stored; the view has one (session) that
filters, and each kind of long work (sorting, finding, exporting, replaying ...) one of its own; the window has the main
one (gui). What they produce reaches the window through one core.Mailbox. They share the capture, whose writer is
guarded by a lock and whose readers are one for each thread, and counters that are read without one.

The public names for scripts are EventConsumer (also AMQPEventConsumer), AMQPServiceProxy, EventMaker and
TlsSettings; none of them loads Qt.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["AMQPEventConsumer", "AMQPServiceProxy", "EventConsumer", "EventMaker", "TlsSettings", "__version__"]

if TYPE_CHECKING:
    from clacks_monitor.api import AMQPEventConsumer, AMQPServiceProxy, EventConsumer
    from clacks_monitor.core.connection import TlsSettings
    from clacks_monitor.core.maker import EventMaker

_MODULES = {
    "AMQPEventConsumer": "clacks_monitor.api",
    "AMQPServiceProxy": "clacks_monitor.api",
    "EventConsumer": "clacks_monitor.api",
    "EventMaker": "clacks_monitor.core.maker",
    "TlsSettings": "clacks_monitor.core.connection",
}
"""The module of each public name."""


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for, so that importing the package stays quick."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
