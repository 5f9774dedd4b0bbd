"""How a connection introduces itself: its client id, its session, and whether its password may be sent. Any thread."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Final, Protocol

from clacks_monitor.core.connection import MqttVersion
from clacks_monitor.core.messages import Message
from clacks_monitor.mqtt.broker_session import Login
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from clacks_monitor.core.connection import ConnectionSettings

DURABLE_WINDOW: Final = 2000
"""Messages of a durable session that may wait to be confirmed."""


class ClientSession(Protocol):
    """As whom a connection logs in, and which session of the broker it asks for."""

    @property
    def is_known(self) -> bool:
        """Whether the broker has accepted a session that it keeps."""

    def login(self, version: MqttVersion, user: str, password: str | None) -> Login:
        """Return the next login."""

    def accepted(self, login: Login) -> None:
        """Note that the broker has accepted it."""

    def leaves(self, login: Login, *, is_down: bool) -> bool:
        """Return whether another connection is needed at the end, to have the broker drop the session."""


class PassingClientSession:
    """That of a monitor: the broker keeps it over an interruption, and drops it when the connection is closed."""

    def __init__(self, *, lasting: bool) -> None:
        self._client_id, self._lasting = new_client_id(), lasting
        self.is_known = False

    def login(self, version: MqttVersion, user: str, password: str | None) -> Login:
        """Ask for the session that there is, or a new one."""
        return Login(self._client_id, version, user, password, clean=not self.is_known, lasting=self._lasting)

    def accepted(self, login: Login) -> None:
        """Ask for this session from now on."""
        self.is_known = login.lasting

    def leaves(self, login: Login, *, is_down: bool) -> bool:
        """MQTT 3 says it by another connection only, and so does a client whose connection is lost."""
        known, self.is_known = self.is_known, False
        return known and (login.version is not MqttVersion.V5 or is_down)


class Wish(Protocol):
    """Whether a recorder receives."""

    @property
    def wanted(self) -> bool:
        """Whether it does."""


class DurableClientSession:
    """That of the recorders of one store: whichever of them receives has it; the others log in under a passing name.

    A broker that is given a client id a second time ends the first connection.
    """

    def __init__(self, owner: str, settings: ConnectionSettings, wish: Wish) -> None:
        named = f"{owner}\0{settings.domain}\0{' '.join(settings.topics)}"
        self._client_id = f"clacks-{hashlib.blake2b(named.encode(), digest_size=8).hexdigest()}"
        self._waiting_id, self._wish = new_client_id(), wish
        self.is_known = False

    def login(self, version: MqttVersion, user: str, password: str | None) -> Login:
        """Ask for the session that is kept, or for none."""
        if not self._wish.wanted:
            return Login(self._waiting_id, version, user, password)
        return Login(
            *(self._client_id, version, user, password), clean=False, lasting=True, durable=True, window=DURABLE_WINDOW
        )

    def accepted(self, login: Login) -> None:
        """Keep to the version of MQTT, by which it was accepted."""
        del login
        self.is_known = True

    def leaves(self, login: Login, *, is_down: bool) -> bool:
        """Never: the session stays."""
        del login, is_down
        return False


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
