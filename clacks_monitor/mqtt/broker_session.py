"""One connection to a broker, over a socket that is ready: paho's client, served by our loop.

Owner: ``MqttWorker``. Thread: the connection's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions
from typing_extensions import override

from clacks_monitor.core.connection import MqttVersion
from clacks_monitor.core.messages import Message
from clacks_monitor.mqtt import versions
from clacks_monitor.mqtt.failure import REFUSAL, of_connack, of_disconnect
from clacks_monitor.mqtt.packet_stream import PacketStream
from clacks_monitor.mqtt.publication import Publication
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.loop import READ, WRITE

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from paho.mqtt.reasoncodes import ReasonCode

    from clacks_monitor.networking.loop import Loop, Timer

READS_PER_TURN: Final = 4
SESSION_S: Final = 3600
"""Seconds for which a broker keeps the session of a connection that was lost, where MQTT 5 lets us say so."""
FOR_EVER: Final = 0xFFFFFFFF
"""MQTT 5's number for a session that does not end by itself."""
CHECK_S: Final = 0.5
"""The longest time between two looks at the keep-alive."""

_ONLY_WHEN_NEW: Final = SubscribeOptions.RETAIN_SEND_IF_NEW_SUB


@dataclass(frozen=True, slots=True)
class Login:
    """How a session introduces itself. ``clean`` asks for a new one.

    ``lasting`` has the broker keep it when the connection is lost. MQTT 3 does not tell the two apart: there, a lasting
    session is new where the client id is. A ``durable`` one stays also when the connection is closed, and its messages
    are confirmed one by one, of which ``window`` may be under way.
    """

    client_id: str
    version: MqttVersion
    user: str = ""
    password: str | None = None
    clean: bool = True
    lasting: bool = False
    durable: bool = False
    window: int = 0


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a broker has said on accepting the connection; sizes and numbers are 0 where it has not said any.

    ``resumed`` is whether it has kept the session. ``properties`` are those of MQTT 5, as texts.
    """

    resumed: bool = False
    receive_maximum: int = 65_535
    maximum_packet_size: int = 0
    properties: tuple[tuple[str, str], ...] = ()


class BrokerSessionOwner(Protocol):
    """What a session reports."""

    def accepted(self, accepted: Accepted) -> None:
        """Use the session."""

    def subscribed(self, number: int, codes: list[int]) -> None:
        """Handle the answer to a subscription: a code for each topic."""

    def arrived(self, publication: Publication) -> None:
        """Handle a message."""

    def confirmed(self, number: int, code: int, text: str) -> None:
        """Handle the broker's confirmation of a publication."""

    def ended(self, reason: Failure) -> None:
        """Forget the session: the socket is closed."""


class _Client(paho.Client):
    """paho's client on a stream that is connected already."""

    def __init__(self, stream: PacketStream, login: Login) -> None:
        clean = None if login.version is MqttVersion.V5 else not login.lasting
        super().__init__(
            CallbackAPIVersion.VERSION2,
            client_id=login.client_id,
            clean_session=clean,
            protocol=versions.PAHO[login.version],
            reconnect_on_failure=False,
            manual_ack=login.durable,
        )
        self._stream = stream

    @override
    def _create_socket(self) -> Any:
        return self._stream


class BrokerSession:
    """A connection from its CONNECT to its end; ``is_open`` in between. ``stream`` is what it reads and writes.

    ``was_accepted`` is whether the broker has accepted it, ``has_read_all`` whether nothing waited after the last turn.
    """

    def __init__(
        self, loop: Loop, sock: socket.socket, host: str, login: Login, keepalive_s: float, owner: BrokerSessionOwner
    ) -> None:
        self.is_open = self.was_accepted = self.has_read_all = False
        self.stream = PacketStream(sock, has_properties=login.version is MqttVersion.V5, confirms=not login.durable)
        self.login = login
        self._loop, self._socket, self._host, self._owner = loop, sock, host, owner
        self._reason: Failure | None = None
        self._ended = self._silent = False
        self._mask = 0
        self._check_s = max(0.05, min(CHECK_S, keepalive_s / 4))
        self._timer: Timer | None = None
        client = self._client = _Client(self.stream, login)
        client.max_inflight_messages_set(0)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = lambda _client, _data, message: owner.arrived(_publication(message, self.stream.pop_cut()))
        client.on_publish = lambda _client, _data, number, code, _given: owner.confirmed(
            number, code.value, code.getName() if code.value else ""
        )
        client.on_subscribe = lambda _client, _data, number, codes, _given: owner.subscribed(
            number, [code.value for code in codes]
        )
        if login.user:
            client.username_pw_set(login.user, login.password)
        keepalive = min(65_535, max(1, math.ceil(keepalive_s / 2)))
        if login.version is MqttVersion.V5:
            client.connect(host, keepalive=keepalive, clean_start=login.clean, properties=_connect_properties(login))
        else:
            client.connect(host, keepalive=keepalive)
        self._look_again()
        self.work()

    # What the owner calls

    def subscribe(self, topics: tuple[str, ...]) -> int:
        """Subscribe to topics; return the number by which subscribed() reports the answer."""
        if self.login.version is MqttVersion.V5:
            options = SubscribeOptions(qos=1, retainHandling=_ONLY_WHEN_NEW)
            _code, number = self._client.subscribe([(topic, options) for topic in topics])
        else:
            _code, number = self._client.subscribe([(topic, 1) for topic in topics])
        return number or 0

    def unsubscribe(self, topics: tuple[str, ...]) -> None:
        """End the subscription to topics."""
        self._client.unsubscribe(list(topics))

    def publish(self, topic: str, payload: bytes, properties: Mapping[str, str]) -> int:
        """Publish with QoS 1; return the number by which confirmed() reports the outcome. Raises ValueError."""
        given: Properties | None = None
        if self.login.version is MqttVersion.V5 and properties:
            given = Properties(PacketTypes.PUBLISH)
            given.UserProperty = [(name, text) for name, text in properties.items()]
        return self._client.publish(topic, payload, qos=1, properties=given).mid

    def disconnect(self) -> None:
        """End the connection in good order, and a session that is not durable where MQTT 5 lets us say so."""
        given: Properties | None = None
        if self.login.version is MqttVersion.V5 and self.login.lasting and not self.login.durable:
            given = Properties(PacketTypes.DISCONNECT)
            given.SessionExpiryInterval = 0
        self._client.disconnect(properties=given)
        self.work()

    def abort(self, reason: Failure) -> None:
        """End the connection at once, for this reason."""
        self._reason = self._reason or reason
        self.stream.close()
        self._finish(reason)

    def drop(self) -> None:
        """End the connection at once, without a report."""
        self._silent = True
        self.stream.close()
        self._finish(Failure(FailureKind.NETWORK, ""))

    def work(self) -> None:
        """Write what waits; wait for what is needed next."""
        if self._ended:
            return
        if self._client.want_write():
            self._client.loop_write()
        mask = READ if self.stream.flush() else READ | WRITE
        if mask != self._mask and self._socket.fileno() >= 0:
            self._mask = mask
            self._loop.serve(self._socket, self, mask)

    # What the loop calls

    def ready(self, _mask: int) -> None:
        """Read, and handle what has come."""
        stream = self.stream
        self.has_read_all = False
        for _ in range(READS_PER_TURN):
            if not stream.fill():
                self.has_read_all = True
                break
            self._handle()
            if self._ended:
                return
        if stream.ended or stream.fault:
            self._handle()
        if self._ended:
            return
        if stream.pending:
            self._loop.call(lambda: self.ready(READ))
        self.work()

    def broken(self, error: Exception) -> None:
        """End the connection: what came could not be handled."""
        message = Message("The broker sent what cannot be read: {0}.", str(error) or type(error).__name__)
        self.abort(Failure(FailureKind.NETWORK, message))

    def _handle(self) -> None:
        stream = self.stream
        while not self._ended:
            before = stream.served
            if self.is_open:
                for publication in stream.pop_publications():
                    self._owner.arrived(publication)
            self._client.loop_read()
            if stream.served == before:
                break
        if stream.ended and not self._ended:
            self._finish(Failure(FailureKind.NETWORK, Message("Connection closed by {0}.", self._host)))

    def _look_again(self) -> None:
        """Let paho look whether it is time to ping the broker, or to give it up."""
        if not self._ended:
            self._client.loop_misc()
        if not self._ended:
            self._timer = self._loop.later(self._check_s, self._look_again)

    # What paho calls

    def _on_connect(
        self, _client: paho.Client, _data: object, flags: paho.ConnectFlags, code: ReasonCode, given: Properties | None
    ) -> None:
        if code.value >= REFUSAL:
            self._reason = of_connack(code, self._host, anonymous=not self.login.user)
            return
        self.is_open = self.was_accepted = True
        values = {name: str(value) for name, value in vars(given or object).items() if name in _SHOWN}
        self._owner.accepted(
            Accepted(
                flags.session_present,
                int(getattr(given, "ReceiveMaximum", 65_535)),
                int(getattr(given, "MaximumPacketSize", 0)),
                tuple(values.items()),
            )
        )

    def _on_disconnect(
        self,
        _client: paho.Client,
        _data: object,
        flags: paho.DisconnectFlags,
        code: ReasonCode,
        _given: Properties | None,
    ) -> None:
        from_broker = flags.is_disconnect_packet_from_server
        self._finish(of_disconnect(code, self._host, from_broker=from_broker))

    def _finish(self, reason: Failure) -> None:
        if self._ended:
            return
        self._ended, self.is_open = True, False
        if self._timer is not None:
            self._timer.cancel()
        self._loop.forget(self._socket)
        self.stream.close()
        if self.stream.fault:
            reason = Failure(FailureKind.NETWORK, self.stream.fault)
        if self._silent:
            return
        # Not from within paho, which goes on with its own state after this.
        self._loop.call(lambda: self._owner.ended(self._reason or reason))


_SHOWN: Final = frozenset({"ReceiveMaximum", "MaximumPacketSize", "MaximumQoS", "ServerKeepAlive", "TopicAliasMaximum"})


def _connect_properties(login: Login) -> Properties:
    properties = Properties(PacketTypes.CONNECT)
    properties.SessionExpiryInterval = FOR_EVER if login.durable else SESSION_S if login.lasting else 0
    if login.window:
        properties.ReceiveMaximum = login.window
    return properties


def _publication(message: paho.MQTTMessage, cut: int) -> Publication:
    try:
        topic = message.topic
    except UnicodeDecodeError:
        topic = ""
    user = tuple(getattr(message.properties, "UserProperty", ()))
    content_type = str(getattr(message.properties, "ContentType", ""))
    payload, qos = bytes(message.payload), message.qos
    return Publication(
        topic, payload, qos, bool(message.retain), bool(message.dup), user, content_type, cut, message.mid if qos else 0
    )
