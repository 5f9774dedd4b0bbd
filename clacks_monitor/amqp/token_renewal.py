"""Renews a login with a token (JWT as password) before the token expires, where the broker's management takes new ones.

The password is asked for again: a keyring or a program may have a newer token by then. Without one the broker ends the
connection when the token expires, and the next attempt to connect asks once more.
Source: RabbitMQ 4.1, "PUT /auth/tokens".

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.answer import ManagementNode
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.failure import Failure
    from clacks_monitor.networking.loop import Loop, Timer

log = logging.getLogger(__name__)

EARLY_S: Final = 60.0
"""How long before its end a token is renewed, in seconds; one that is valid for less than twice that: at half time."""

AGAIN_S: Final = 10.0
"""Seconds until a newer token is looked for again."""

_PARTS: Final = 3
_LONGEST: Final = 64 * 1024


def expiry_s(token: str) -> float | None:
    """Return when a token expires, in seconds since 1970; None for what is not a JWT with such a time."""
    parts = token.split(".")
    if len(parts) != _PARTS or len(token) > _LONGEST:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    found = claims.get("exp") if isinstance(claims, dict) else None
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


class TokenRenewal:
    """Watches the token of one connection; ``password`` returns the newest one."""

    def __init__(
        self, loop: Loop, clock: Clock, management: ManagementNode, password: Callable[[], str | None]
    ) -> None:
        self._loop, self._clock, self._management, self._password = loop, clock, management, password
        self._token = ""
        self._timer: Timer | None = None

    def begin(self, token: str | None) -> None:
        """Renew this token in time; a password that is not a token has no effect."""
        self._token = token or ""
        expires = expiry_s(self._token)
        if expires is not None:
            left = expires - self._clock.wall_ns() / 1e9
            self._schedule(max(0.0, left - min(EARLY_S, left / 2)))

    def end(self) -> None:
        """Renew nothing any more: the connection is gone."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _schedule(self, pause: float) -> None:
        self.end()
        self._timer = self._loop.later(pause, self._renew)

    def _renew(self) -> None:
        newer = self._password()
        if newer is None or newer == self._token or expiry_s(newer) is None:
            self._schedule(AGAIN_S)
            return

        def renewed(outcome: Answer | Failure) -> None:
            if isinstance(outcome, Answer) and outcome.ok:
                self.begin(newer)
            else:
                log.warning("the broker has not accepted a newer token: %s", getattr(outcome, "text", outcome))
                self._schedule(AGAIN_S)

        self._management.request("PUT", "/auth/tokens", newer.encode(), renewed)
