"""How a connection introduces itself: its client id, and whether its password may be sent. Pure; any thread."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from clacks_monitor.core.connection import ConnectionSettings


def new_client_id() -> str:
    """Return an id that no other client has: two with one id end each other's connection again and again.

    It has the 23 characters that MQTT 3.1 permits.
    """
    return f"clacks-{uuid.uuid4().hex[:16]}"


def why_not(settings: ConnectionSettings, password: str | None) -> Failure | None:
    """Return why the login must not be sent, None when it may: a password is not sent in clear text unasked."""
    if password is None or settings.password_is_safe:
        return None
    text = Message("The password would be sent in clear text ({0} without TLS). Use TLS or allow clear text.", "MQTT")
    return Failure(FailureKind.LOGIN, text)
