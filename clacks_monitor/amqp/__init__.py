"""The AMQP 1.0 client: connections, receiving, sending, RPC.

``Connection`` is the interface to the rest of the program. Each connection has a thread of its own, on which its
callbacks run. Objects of proton do not leave this package.

What a broker may send is bounded: frames of 128 KB (``frame_check``), messages of 100 MB (``receiving``; a larger one
is shown with its size only), responses of 16 MB (``request_response``), texts of 500 characters
(``remote_properties``), and some seconds for each step. A broker that exceeds a bound loses the connection, with a
reason, and the pauses before further attempts grow until a connection has lasted (``reconnect``).
"""

from clacks_monitor.amqp.connection import Connection, connect
from clacks_monitor.amqp.durable_connection import connect_durably
from clacks_monitor.amqp.errors import AmqpError, CodecError
from clacks_monitor.amqp.probe import probe
from clacks_monitor.core.connection import AMQP

__all__ = ["AmqpError", "CodecError", "Connection", "connect", "connect_durably", "probe", "protocol"]

protocol = AMQP
