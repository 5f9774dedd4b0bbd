"""What MQTT's reason codes mean, in words that a user can act on. Pure; any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from paho.mqtt.reasoncodes import ReasonCode

REFUSAL: Final = 0x80
"""Reason codes from here on are failures."""
NO_SUBSCRIBERS: Final = 0x10
UNSUPPORTED_VERSION: Final = 0x84
NOT_AUTHORIZED: Final = 0x87
_BAD_ID, _BAD_LOGIN, _BANNED, _BAD_METHOD = 0x85, 0x86, 0x8A, 0x8C
_KEEP_ALIVE, _TAKEN_OVER = 0x8D, 0x8E
_LOGIN: Final = frozenset({_BAD_LOGIN, NOT_AUTHORIZED, _BANNED, _BAD_METHOD})


def of_connack(code: ReasonCode, host: str, *, anonymous: bool) -> Failure:
    """Return why a broker did not accept a connection; ``anonymous`` is whether no user was given."""
    name = one_line(code.getName()).rstrip(".")
    if code.value == UNSUPPORTED_VERSION:
        message = Message("{0} does not know this version of MQTT: choose another one for the connection.", host)
        return Failure(FailureKind.REFUSED, message, name)
    if code.value in _LOGIN and anonymous:
        message = Message("{0} requires a login, and no user is given: enter a user name and a password.", host)
        return Failure(FailureKind.LOGIN, message, name)
    if code.value in _LOGIN:
        message = Message("{0} refused the login: {1}", host, Message("wrong user name or password ({0}).", name))
        return Failure(FailureKind.LOGIN, message, name)
    kind = FailureKind.REFUSED if code.value == _BAD_ID else FailureKind.NETWORK
    return Failure(kind, Message("{0} refused the connection: {1}.", host, name), name)


def of_disconnect(code: ReasonCode, host: str, *, from_broker: bool) -> Failure:
    """Return why an open connection has ended."""
    name = one_line(code.getName()).rstrip(".")
    if not from_broker:
        if code.value == _KEEP_ALIVE:
            message = Message("{0}: timed out, no data within the idle timeout.", host)
        else:
            message = Message("Connection closed by {0}.", host)
        return Failure(FailureKind.NETWORK, message, name)
    if code.value == _TAKEN_OVER:
        message = Message("{0} ended the connection: another client has connected with the same client id.", host)
        return Failure(FailureKind.NETWORK, message, name)
    kind = FailureKind.LOGIN if code.value in _LOGIN else FailureKind.NETWORK
    return Failure(kind, Message("{0} ended the connection: {1}.", host, name), name)


def may_be_old(reason: Failure) -> bool:
    """Whether a broker that has not accepted the connection may know only older versions."""
    return reason.kind in {FailureKind.NETWORK, FailureKind.REFUSED} and not reason.condition.startswith("Server")
