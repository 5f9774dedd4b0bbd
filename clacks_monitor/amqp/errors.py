"""The errors of the AMQP package: one base, and a class for each error that a caller can act on.

The text of an error never contains a password. Thread: any.
"""

from __future__ import annotations


class AmqpError(ConnectionError):
    """Base of the package's errors."""


class NotConnected(AmqpError):  # noqa: N818 - the failures of sending have one name everywhere
    """There is no connection, or it was lost before the response came."""


class NotPermitted(AmqpError, PermissionError):  # noqa: N818 - like its siblings
    """The broker or the agent does not let this user do that, or the connection is read-only."""


class InvalidEvent(AmqpError, ValueError):  # noqa: N818 - like its siblings
    """The agent says that the event is not valid by its schema, or not an event."""


class RpcTimeout(AmqpError, TimeoutError):  # noqa: N818 - like its siblings
    """No answer came in time; whether the call was carried out is not known."""


class RpcError(AmqpError):
    """The agent responded with an error of another kind; ``error`` is that error, as decoded from JSON."""

    def __init__(self, text: str, error: object = None) -> None:
        super().__init__(text)
        self.error = error


class TlsSetupError(AmqpError, ValueError):
    """The authorities, the certificate or the key of a connection cannot be read."""


class CodecError(AmqpError, ValueError):
    """Bytes that are not an AMQP 1.0 message; the text says what is wrong, and where."""
