"""Connections, receiving, sending, RPC, and the embedded broker.

The session speaks with Connection; each connection has a thread of its own, on which its callbacks run. No proton
object leaves this room, and nothing here knows queries, forms, files or windows.

What a broker may send is bounded: frames of 128 KB (frame_check), messages of 100 MB (receiving; of a larger one a row
says how large it was), answers of 16 MB (request_links), texts of 500 characters where they are read (peer_words), and
some seconds for each step. What goes beyond ends the connection with a reason, and the pauses before further attempts
grow until a connection has lasted (reconnect).
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
