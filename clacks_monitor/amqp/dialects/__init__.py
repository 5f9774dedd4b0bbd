"""What brokers have in common, and where they differ: one small class for each. Immutable; any thread.

``choose`` selects the class by what the broker says of itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.dialects.artemis import Artemis
from clacks_monitor.amqp.dialects.broker_j import BrokerJ
from clacks_monitor.amqp.dialects.generic import Generic, Router
from clacks_monitor.amqp.dialects.qpid import Embedded, Qpid
from clacks_monitor.amqp.dialects.rabbitmq import RabbitMQ
from clacks_monitor.amqp.dialects.rabbitmq4 import RabbitMQ4
from clacks_monitor.core.connection import DialectName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.amqp.dialects.dialect import Dialect
    from clacks_monitor.core.connection import ConnectionSettings

_CLASSES: Final[Mapping[DialectName, type[Dialect]]] = {
    DialectName.QPID: Qpid,
    DialectName.EMBEDDED: Embedded,
    DialectName.ARTEMIS: Artemis,
    DialectName.BROKER_J: BrokerJ,
    DialectName.ROUTER: Router,
    DialectName.GENERIC: Generic,
}

_PRODUCTS: Final = (
    (("rabbitmq",), DialectName.RABBITMQ),
    (("clacks",), DialectName.EMBEDDED),
    (("artemis",), DialectName.ARTEMIS),
    (("router",), DialectName.ROUTER),
    (("qpid", "cpp"), DialectName.QPID),
    (("qpid",), DialectName.BROKER_J),
)
"""Words of a broker's product, in small letters, and its dialect; the first that fits is used."""


def choose(settings: ConnectionSettings, properties: Mapping[str, object]) -> Dialect:
    """Return the dialect that was set by hand, or the one of the product in the broker's connection properties."""
    name = _named(properties) if settings.dialect is DialectName.AUTO else settings.dialect
    found = _rabbitmq(properties) if name is DialectName.RABBITMQ else _CLASSES.get(name, Generic)
    return found(settings, properties)


def _named(properties: Mapping[str, object]) -> DialectName:
    product = str(properties.get("product", "")).lower()
    return next((name for words, name in _PRODUCTS if all(word in product for word in words)), DialectName.GENERIC)


def _rabbitmq(properties: Mapping[str, object]) -> type[Dialect]:
    major = str(properties.get("version", "")).partition(".")[0]
    return RabbitMQ4 if major.isdecimal() and int(major) >= 4 else RabbitMQ
