"""Connections, receiving, sending, RPC, and the embedded broker.

The session speaks with Connection; each connection has a thread of its own, on which its callbacks run. No proton
object leaves this room, and nothing here knows queries, forms, files or windows.
"""

from clacks_monitor.amqp.connection import Connection
from clacks_monitor.amqp.errors import (
    AmqpError,
    CodecError,
    InvalidEvent,
    NotConnected,
    NotPermitted,
    RpcError,
    RpcTimeout,
)
from clacks_monitor.amqp.probe import Step, StepName, probe

__all__ = [
    "AmqpError",
    "CodecError",
    "Connection",
    "InvalidEvent",
    "NotConnected",
    "NotPermitted",
    "RpcError",
    "RpcTimeout",
    "Step",
    "StepName",
    "probe",
]
