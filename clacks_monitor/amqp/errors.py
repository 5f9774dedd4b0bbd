"""The errors of the AMQP room: one base, and one class for each thing that a caller can do something about.

No text of an error ever holds a password. Thread: any.
"""

from __future__ import annotations


class AmqpError(ConnectionError):
    """Base of the room's errors."""


class NotConnected(AmqpError):  # noqa: N818 - the failures of sending have one name everywhere
    """The bus is down: there is no connection, or it broke before the answer came."""


class NotPermitted(AmqpError, PermissionError):  # noqa: N818 - like its siblings
    """The broker or the agent does not let this user do that, or the connection is read-only."""


class InvalidEvent(AmqpError, ValueError):  # noqa: N818 - like its siblings
    """The agent says that the event breaks its schema, or is no event."""


class RpcTimeout(AmqpError, TimeoutError):  # noqa: N818 - like its siblings
    """No answer came in time; whether the call was carried out is not known."""


class RpcError(AmqpError):
    """The agent answered with an error of another kind; ``error`` is what it said, as decoded from JSON."""

    def __init__(self, text: str, error: object = None) -> None:
        super().__init__(text)
        self.error = error


class TlsSetupError(AmqpError, ValueError):
    """The authorities, the certificate or the key of a connection cannot be read."""


class CodecError(AmqpError, ValueError):
    """Bytes that are no AMQP 1.0 message; the text says what is wrong, and where."""
