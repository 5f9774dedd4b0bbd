"""What AMQP's errors mean: the conditions of transports, connections and links. Thread: any."""

from __future__ import annotations

from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.networking.failure import Failure, FailureKind

_NOT_A_FILTER = frozenset({
    "amqp:illegal-state", "amqp:not-allowed", "amqp:not-found", "amqp:resource-deleted", "amqp:resource-limit-exceeded",
    "amqp:resource-locked", "amqp:unauthorized-access",
})  # fmt: skip  # a table, by rows
"""Conditions with which a link is refused for another reason than its filter, unless the text says so."""


def of_transport(condition: str, description: str, host: str, *, anonymous: bool = False) -> Failure:
    """Return what a transport's error means; ``anonymous`` is whether there was nothing to log in with."""
    text = one_line(description)
    if condition == "amqp:unauthorized-access" and anonymous:
        message = Message("{0} requires a login, and no user is given: enter a user name and a password.", host)
        return Failure(FailureKind.LOGIN, message, condition)
    if condition == "amqp:unauthorized-access":
        return Failure(FailureKind.LOGIN, Message("{0} refused the login: {1}", host, _login(text)), condition)
    if "idle-timeout" in text:
        return Failure(
            FailureKind.NETWORK, Message("{0}: timed out, no data within the idle timeout.", host), condition
        )
    if "connection aborted" in text:
        return Failure(FailureKind.NETWORK, Message("Connection closed by {0}.", host), condition)
    if "framing" in condition or "header mismatch" in text:
        return Failure(
            FailureKind.REFUSED,
            Message("{0} does not support AMQP 1.0 on this port: {1}.", host, text.rstrip(".")),
            condition,
        )
    why = text or condition or Message("end of stream")
    return Failure(FailureKind.NETWORK, Message("The connection to {0} was lost: {1}.", host, why), condition)


def _login(text: str) -> str:
    if "mechanism" in text.lower() and "authentication failed" not in text.lower():
        return Message("no common SASL mechanism. Without TLS, passwords are sent only if clear text is allowed.")
    return Message("wrong user name, password or certificate ({0}).", text)


def may_concern_filter(reason: Failure) -> bool:
    """Whether a link may have been refused because of its filter: brokers use many conditions for that."""
    if reason.kind is FailureKind.NETWORK:
        return bool(reason.condition) and reason.condition not in _NOT_A_FILTER
    return reason.kind is FailureKind.FILTER


def _names_filter(text: str) -> bool:
    return any(word in text.lower() for word in ("xquery", "filter", "selector"))


def shown(condition: str, description: str) -> str:
    """Return the peer's words for its error, fit to be shown in a sentence."""
    return one_line(description or condition).rstrip(".") or Message("no reason given")


def of_condition(condition: str, description: str, what: str) -> Failure:
    """Return what the peer's own error on a connection or link means; ``what`` begins the sentence."""
    text = shown(condition, description)
    kinds = {
        "amqp:not-found": FailureKind.NOT_FOUND,
        "amqp:resource-deleted": FailureKind.NOT_FOUND,
        "amqp:unauthorized-access": FailureKind.LOGIN,
        "amqp:not-allowed": FailureKind.REFUSED,
    }
    kind = kinds.get(condition, FailureKind.NETWORK)
    if "parse xquery" in text or (kind is FailureKind.NETWORK and _names_filter(text)):
        kind = FailureKind.FILTER
    if kind is FailureKind.NOT_FOUND:
        return Failure(kind, Message("{0}: {1} (check the domain)", what, text), condition)
    return Failure(kind, Message("{0}: {1}.", what, text), condition)
