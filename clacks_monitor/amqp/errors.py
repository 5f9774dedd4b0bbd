"""The errors of the AMQP package beside those of the port (``core.bus``). Thread: any.

The text of an error never contains a password.
"""

from __future__ import annotations

from clacks_monitor.core.bus import BusError


class AmqpError(BusError):
    """Base of the package's errors."""


class CodecError(AmqpError, ValueError):
    """Bytes that are not an AMQP 1.0 message; the text says what is wrong, and where."""
