"""Why a connection or a link ended, as a value with words that a user can act on. Thread: any."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FailureKind(Enum):
    """What kind of failure it is; it decides how soon another attempt makes sense."""

    NETWORK = "network"
    TLS = "tls"
    LOGIN = "login"
    REFUSED = "refused"
    FILTER = "filter"
    NOT_FOUND = "not-found"


LASTING = frozenset({FailureKind.TLS, FailureKind.LOGIN, FailureKind.REFUSED})
"""Failures that another attempt will hardly mend: repeating a wrong password every second locks accounts."""


@dataclass(frozen=True, slots=True)
class Failure:
    """``words`` is one sentence for people; ``condition`` is AMQP's name of the error, "" when there is none."""

    kind: FailureKind
    words: str
    condition: str = ""

    @property
    def lasting(self) -> bool:
        """Whether somebody has to change something before it can go better."""
        return self.kind in LASTING


def of_transport(condition: str, description: str, host: str) -> Failure:
    """Return what a transport's error means."""
    text = " ".join(description.split())
    if condition == "amqp:unauthorized-access":
        return Failure(FailureKind.LOGIN, f"{host} refused the login: {_login(text)}", condition)
    if "idle-timeout" in text:
        return Failure(FailureKind.NETWORK, f"{host} has been silent for longer than the idle timeout.", condition)
    if text == "connection aborted":
        return Failure(FailureKind.NETWORK, f"{host} hung up.", condition)
    if "framing" in condition or "header mismatch" in text:
        return Failure(FailureKind.REFUSED, f"{host} does not speak AMQP 1.0 here: {text}.", condition)
    return Failure(
        FailureKind.NETWORK, f"The connection to {host} broke: {text or condition or 'end of stream'}.", condition
    )


def _login(text: str) -> str:
    if "mechanism" in text.lower() and "authentication failed" not in text.lower():
        return "broker and client have no way of logging in (SASL mechanism) in common."
    return f"user name, password or certificate are wrong ({text})." if text else "user name or password are wrong."


def of_condition(condition: str, description: str, what: str) -> Failure:
    """Return what the peer's own error on a connection or link means; ``what`` names it in the sentence."""
    text = " ".join((description or condition or "no reason given").split()).rstrip(".")
    kinds = {
        "amqp:not-found": FailureKind.NOT_FOUND,
        "amqp:resource-deleted": FailureKind.NOT_FOUND,
        "amqp:unauthorized-access": FailureKind.LOGIN,
        "amqp:not-allowed": FailureKind.REFUSED,
    }
    kind = kinds.get(condition, FailureKind.NETWORK)
    if "parse xquery" in text:
        kind = FailureKind.FILTER
    return Failure(kind, f"{what}: {text}.", condition)
