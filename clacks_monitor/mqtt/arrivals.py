"""From a publication to ``RawMessage``: the payload is unwrapped, and what MQTT says about it becomes properties.

Owner: ``TopicReception``. Thread: the connection's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clacks_monitor.core import delivery
from clacks_monitor.core.event import BodyKind, RawMessage
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import clip
from clacks_monitor.mqtt.dialects import Payload
from clacks_monitor.mqtt.json_rpc import CallPairs

if TYPE_CHECKING:
    from clacks_monitor.core.event import PropertyValue
    from clacks_monitor.mqtt.copies import Copies
    from clacks_monitor.mqtt.dialects import MqttDialect
    from clacks_monitor.mqtt.own_publications import OwnPublications
    from clacks_monitor.mqtt.publication import Publication
    from clacks_monitor.networking.clock import Clock

MAX_LABEL: Final = 4_000
"""Characters of a topic that are kept, and of a content type."""
MAX_USER_PROPERTIES: Final = 200
MAX_USER_TEXT: Final = 64 * 1024
"""Characters of the user properties of a message that are kept, names and values together."""

_TOPIC, _QOS, _RETAINED, _DUP = delivery.TOPIC, delivery.QOS, delivery.RETAINED, delivery.DUP
_NAME: Final = re.compile(r"[^\W\d][\w.\-]{0,199}")
"""Names that a query can ask for."""


class Arrivals:
    """Makes raw messages; remembers requests and messages for a while, to recognise responses and copies.

    ``last_ns`` is the arrival of the newest message, wall clock.
    """

    def __init__(self, name: str, clock: Clock, dialect: MqttDialect, own: OwnPublications, copies: Copies) -> None:
        self.last_ns = 0
        self.dialect = dialect
        self._name, self._clock, self._own = name, clock, own
        self._calls, self._copies = CallPairs(), copies

    def raw(self, message: Publication) -> RawMessage:
        """Return a message that has just arrived."""
        self.last_ns = self._clock.wall_ns()
        monotonic_ns = int(self._clock.monotonic() * 1e9)
        topic, payload, qos, retain, dup, user, content_type, cut, _number = message
        read = _too_large(cut) if cut else self.dialect.read(payload)
        subject = clip(topic, MAX_LABEL)
        properties: dict[str, PropertyValue] = {_TOPIC: subject, _QOS: qos, _RETAINED: retain, _DUP: dup}
        if user:
            properties = _user_properties(user) | properties
        if read.sender_id:
            properties[delivery.SENDER] = read.sender_id
        if read.proxied_by:
            properties[delivery.PROXY] = read.proxied_by
        if read.kind is BodyKind.JSON_RPC:
            properties |= self._calls.describe(topic, read.body, monotonic_ns)
        number, first_ns = self._copies.count(read.sender_id, read.proxied_by, read.body, monotonic_ns, self.last_ns)
        if number > 1:
            properties[delivery.COPY], properties[delivery.COPY_OF] = number, first_ns
        message_id = "" if retain else self._own.returned(topic, payload, monotonic_ns)
        return RawMessage(
            self._name,
            self.last_ns,
            monotonic_ns,
            read.body,
            read.kind,
            subject=subject,
            content_type=clip(content_type, MAX_LABEL),
            message_id=message_id,
            properties=properties,
            defect=read.defect,
        )


def _too_large(size: int) -> Payload:
    return Payload(b"", defect=Message("The payload has {0:,} bytes, more than can be kept.", size))


def _user_properties(given: tuple[tuple[str, str], ...]) -> dict[str, PropertyValue]:
    """Return the user properties of MQTT 5 whose names a query can ask for, as much of them as is kept."""
    found: dict[str, PropertyValue] = {}
    left = MAX_USER_TEXT
    for name, text in given[:MAX_USER_PROPERTIES]:
        left -= len(name) + len(text)
        if left < 0:
            break
        if _NAME.fullmatch(name) and name not in delivery.OWN:
            found[name] = clip(text, MAX_LABEL)
    return found
