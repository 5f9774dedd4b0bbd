"""GOsa's JSON-RPC: requests and responses, paired by their topics, with the time between them.

A request goes to ``<domain>/client/<uuid>/<call>/request`` (or ``proxy``), its response to ``.../<call>/response``.
Thread: the connection's.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.core import delivery
from clacks_monitor.core.json_text import JsonError, read_json
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from clacks_monitor.core.event import PropertyValue

MAX_PENDING: Final = 1_000
"""Requests that wait for their responses; the oldest are given up, because a response need not come."""
MAX_READ: Final = 64 * 1024
"""Bytes of a request or response that is looked into for its method and its error."""
MAX_METHOD: Final = 100
_SUFFIXES: Final = (f"/{delivery.REQUEST}", f"/{delivery.RESPONSE}")


@dataclass(frozen=True, slots=True)
class _PendingCall:
    method: str
    monotonic_ns: int


class CallPairs:
    """Remembers requests until their responses come."""

    def __init__(self) -> None:
        self._pending: OrderedDict[str, _PendingCall] = OrderedDict()

    def describe(self, topic: str, body: bytes, monotonic_ns: int) -> dict[str, PropertyValue]:
        """Return the properties of a request or response that has just come."""
        call, _slash, role = topic.rpartition("/")
        if not topic.endswith(_SUFFIXES):
            return {}
        content = _content(body)
        found: dict[str, PropertyValue] = {
            delivery.RPC: role,
            delivery.CALL: one_line(call.rpartition("/")[2], MAX_METHOD),
        }
        if role == delivery.REQUEST:
            method = content.get("method")
            named = one_line(method, MAX_METHOD) if isinstance(method, str) else ""
            self._remember(call, _PendingCall(named, monotonic_ns))
            return found | ({delivery.METHOD: named} if named else {})
        request = self._pending.pop(call, None)
        if request is not None:
            found[delivery.DURATION] = max(0, monotonic_ns - request.monotonic_ns) // 1_000_000
            if request.method:
                found[delivery.METHOD] = request.method
        return found | ({delivery.FAILED: True} if content.get("error") else {})

    def _remember(self, call: str, request: _PendingCall) -> None:
        self._pending.pop(call, None)
        while len(self._pending) >= MAX_PENDING:
            self._pending.popitem(last=False)
        self._pending[call] = request


def _content(body: bytes) -> dict[str, object]:
    if len(body) > MAX_READ:
        return {}
    try:
        value = read_json(body.decode("utf-8"), "The call")
    except (JsonError, UnicodeDecodeError):
        return {}
    return value if isinstance(value, dict) else {}
