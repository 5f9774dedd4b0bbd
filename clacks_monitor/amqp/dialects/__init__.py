"""What brokers have in common, and where they differ: one small class for each. Immutable; any thread.

``choose`` selects the class by what the broker says of itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.dialects.generic import Generic
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
    DialectName.GENERIC: Generic,
}


def choose(settings: ConnectionSettings, properties: Mapping[str, object]) -> Dialect:
    """Return the dialect that was set by hand, or the one of the product in the broker's connection properties."""
    if settings.dialect is DialectName.RABBITMQ:
        return _rabbitmq(properties)(settings, properties)
    if settings.dialect is not DialectName.AUTO:
        return _CLASSES[settings.dialect](settings, properties)
    product = str(properties.get("product", "")).lower()
    if "rabbitmq" in product:
        return _rabbitmq(properties)(settings, properties)
    if "clacks" in product:
        return Embedded(settings, properties)
    if "qpid" in product and "cpp" in product:
        return Qpid(settings, properties)
    return Generic(settings, properties)


def _rabbitmq(properties: Mapping[str, object]) -> type[Dialect]:
    major = str(properties.get("version", "")).partition(".")[0]
    return RabbitMQ4 if major.isdecimal() and int(major) >= 4 else RabbitMQ
