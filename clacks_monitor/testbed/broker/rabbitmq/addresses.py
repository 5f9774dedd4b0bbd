"""Addresses of version 2: ``/exchanges/NAME/KEY`` and ``/queues/NAME``, percent-encoded. Thread: any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from clacks_monitor.testbed.broker.errors import LinkError

INVALID_FIELD: Final = "amqp:invalid-field"
MANAGEMENT: Final = "/management"
_VERSION_1: Final = frozenset({"exchange", "topic", "queue", "amq", "temp-queue"})


@dataclass(frozen=True, slots=True)
class Address:
    """A queue, or an exchange with a routing key."""

    exchange: str = ""
    key: str = ""
    queue: str = ""


def parse(text: str) -> Address:
    """Return what an address names. Raises LinkError for one of version 1, and for any other text."""
    empty, *parts = text.split("/")
    if not empty and len(parts) > 1 and parts[0] == "queues":
        return Address(queue=unquote("/".join(parts[1:])))
    if not empty and len(parts) in {2, 3} and parts[0] == "exchanges":
        return Address(unquote(parts[1]), unquote(parts[2]) if len(parts) == 3 else "")
    if empty or parts[0] in _VERSION_1:
        raise LinkError(INVALID_FIELD, f"Attach rejected: {{amqp_address_v1_not_permitted,{text}}}")
    raise LinkError(INVALID_FIELD, f"Attach rejected: {{bad_v2_address,{text}}}")
