"""The names of the properties that a message has from MQTT and from its wrapping: usable in filters and columns."""

from __future__ import annotations

import re
from typing import Final

TOPIC: Final = "topic"
QOS: Final = "qos"
RETAINED: Final = "retained"
DUP: Final = "dup"
SENDER: Final = "sender_id"
PROXY: Final = "proxied_by"
COPY: Final = "copy"
"""The number of a copy that a proxy has relayed: 2 for the first of them."""
COPY_OF: Final = "copy_of"
"""When the first delivery of the same message arrived, in nanoseconds of the wall clock."""
RPC: Final = "rpc"
"""REQUEST or RESPONSE, of a JSON-RPC."""
CALL: Final = "call"
METHOD: Final = "method"
DURATION: Final = "duration_ms"
FAILED: Final = "failed"

JSON_RPC: Final = "JSON-RPC"
"""The type of an entry that is a request or a response."""
REQUEST: Final = "request"
RESPONSE: Final = "response"

OWN: Final = frozenset({TOPIC, QOS, RETAINED, DUP, SENDER, PROXY, COPY, COPY_OF, RPC, CALL, METHOD, DURATION, FAILED})
"""What describes a delivery: it is not sent along with an event, and a sender cannot give it."""
OBSERVED: Final = OWN - {TOPIC, QOS, SENDER, PROXY}
"""What may differ between two deliveries of one message."""

_PROXIED: Final = re.compile(rb"\s*<Proxied>[^<]*</Proxied>")


def without_mark(body: bytes) -> bytes:
    """Return a body without what a proxy adds to a UserSession: the same for all deliveries of a message."""
    return _PROXIED.sub(b"", body) if b"<Proxied" in body else body
