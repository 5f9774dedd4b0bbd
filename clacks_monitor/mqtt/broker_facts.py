"""Reports what is known of the broker. Owner: ``MqttWorker``. Thread: the connection's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.core.peer import PeerFacts
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.networking.peer_reports import PeerReports
from clacks_monitor.networking.tls import tls_facts

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.mqtt.broker_session import Accepted, Login
    from clacks_monitor.mqtt.topic_reception import TopicReception
    from clacks_monitor.networking.loop import Loop

_MAX_PRODUCT = 100
_NEW, _RESUMED = Message("new"), Message("resumed")


class BrokerFacts:
    """Collects the facts about the broker of a connection. accepted() and described() return the product."""

    def __init__(
        self,
        loop: Loop,
        settings: ConnectionSettings,
        reception: TopicReception,
        notify: Callable[[PeerFacts], None],
    ) -> None:
        self._settings, self._reception = settings, reception
        self._facts = PeerFacts(settings.id, settings.name)
        self._reports = PeerReports(loop, self._facts, notify)
        self._login: Login | None = None

    def connecting(self, host: str, login: Login, tls: ssl.SSLSocket | None) -> None:
        """Note whom the connection is made to, and how."""
        self._login = login
        certificate = self._settings.tls is not None and bool(self._settings.tls.certificate_file)
        by_name = Message("user name and password") if login.password is not None else Message("user name")
        self._facts = PeerFacts(
            self._settings.id,
            self._settings.name,
            is_open=True,
            host=host,
            mechanism=by_name if login.user else Message("client certificate") if certificate else "",
            user=login.user,
            tls=None if tls is None else tls_facts(tls),
        )

    def accepted(self, accepted: Accepted) -> str:
        """Report on this connection from now on."""
        login = self._login
        version = "" if login is None else login.version.value
        identity = "" if login is None else login.client_id
        self._facts = replace(
            self._facts,
            product="MQTT",
            version=version,
            properties=accepted.properties,
            details=(
                (Message("MQTT version"), version),
                (Message("Client id"), identity),
                (Message("Session"), _RESUMED if accepted.resumed else _NEW),
            ),
        )
        self._reports.begin(self._current)
        return f"MQTT {version}"

    def described(self, text: bytes) -> str:
        """Note what the broker says it is: ``mosquitto version 2.0.11``."""
        name = one_line(text.decode("utf-8", "replace"), _MAX_PRODUCT)
        product, _word, version = name.partition(" version ")
        self._facts = replace(self._facts, product=product, version=version)
        return f"{product} {version}".strip()

    def ended(self) -> None:
        """Report that the connection has ended."""
        self._reports.end(self._facts)

    def after_turn(self) -> None:
        """Report what has changed, at once or at the end of the period."""
        self._reports.after_turn()

    def _current(self) -> PeerFacts:
        return replace(self._facts, links=self._reception.links, round_trip_ns=self._reception.round_trips.newest_ns)
