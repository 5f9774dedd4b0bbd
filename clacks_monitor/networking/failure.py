"""Why a connection or a subscription ended, as a value with a message that a user can act on. Thread: any."""

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
"""Failures that another attempt will hardly cure; repeating a wrong password every second locks accounts."""


@dataclass(frozen=True, slots=True)
class Failure:
    """``message`` is one sentence; ``condition`` is the protocol's name of the error, "" when there is none."""

    kind: FailureKind
    message: str
    condition: str = ""

    @property
    def lasting(self) -> bool:
        """Whether something has to be changed before another attempt can succeed."""
        return self.kind in LASTING
