"""Reading a stream: from where the client says, and what passes its filter on application properties, or in SQL.

Owner: ``ClientEndpoints``. Thread: the broker's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from cproton import lib
from typing_extensions import override

from clacks_monitor.amqp.sections import HEADER, section_at
from clacks_monitor.amqp.values import Symbol, skip, write
from clacks_monitor.testbed.broker.attach import described_filters, put_filters
from clacks_monitor.testbed.broker.envelope import Envelope
from clacks_monitor.testbed.broker.links import OutgoingLink
from clacks_monitor.testbed.broker.rabbitmq.sql import condition_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from proton import Described, Sender, symbol

    from clacks_monitor.testbed.broker.queues import Queue
    from clacks_monitor.testbed.broker.rabbitmq.sql import Condition

OFFSET: Final = "rabbitmq:stream-offset-spec"
ANNOTATION: Final = "x-stream-offset"
PROPERTIES: Final = ("amqp:application-properties-filter", 0x174)
SQL: Final = ("amqp:sql-filter", 0x120)
SQL_NAME: Final = "sql-filter"
MAX_FIELDS: Final = 16


def read_stream(link: Sender, queue: Queue, wake: Callable[[OutgoingLink], None]) -> OutgoingLink:
    """Set up a client's receiver. Filters that are not known, or cannot be read, are not confirmed and not applied.

    Of those on properties and in SQL the last one counts.
    """
    confirmed: dict[symbol, Described] = {}
    selection: dict[symbol, Described] = {}
    selects: Callable[[bytes], bool] = _everything
    first = queue.first + len(queue)
    for name, one in described_filters(link.remote_source).items():
        if one.descriptor == OFFSET:
            confirmed[name] = one
            first = queue.first if one.value == "first" else int(one.value) if isinstance(one.value, int) else first
        elif one.descriptor in PROPERTIES and (fields := fields_of(one.value)):
            selection, selects = {name: one}, partial(passes, wanted=fields)
        elif one.descriptor in SQL and name == SQL_NAME and (condition := condition_of(one.value)):
            selection, selects = {name: one}, partial(_fulfils, condition=condition)
    put_filters(link.source, {**confirmed, **selection})
    return StreamLink(link, queue, wake, browses=True, first=first, selects=selects)


class StreamLink(OutgoingLink):
    """Says of each message where in the stream it is; answers a drain before it has filtered all that there is."""

    @override
    def pump(self) -> bool:
        """Send what credit and window allow; for a drain, not more than one message of those that there are."""
        if lib.pn_link_get_drain(self._link) and lib.pn_link_credit(self._link) > 0 and self._waiting:
            self._send(self._link, self._next())
            lib.pn_link_drained(self._link)
            return False
        return super().pump()

    @override
    def _next(self) -> bytes:
        encoded = super()._next()
        annotations = b"\x00\x53\x72" + write({Symbol(ANNOTATION): self._seen - 1})
        section, start = section_at(encoded, 0)
        at = skip(encoded, start) if section == HEADER else 0
        return encoded[:at] + annotations + encoded[at:]


def _everything(_encoded: bytes) -> bool:
    return True


def _fulfils(encoded: bytes, condition: Condition) -> bool:
    return condition(Envelope(encoded).properties) is True


def fields_of(value: object) -> dict[str, str]:
    """Return the fields of a filter; none where one of them cannot be read."""
    if not isinstance(value, dict) or not 0 < len(value) <= MAX_FIELDS:
        return {}
    found = {str(name): text for name, text in value.items() if isinstance(text, str)}
    readable = all(not text.startswith("&") or text.startswith(("&p:", "&s:", "&&")) for text in found.values())
    return found if readable and len(found) == len(value) else {}


def passes(encoded: bytes, wanted: Mapping[str, str]) -> bool:
    """Return whether a message has all the properties that are wanted."""
    properties = Envelope(encoded).properties if wanted else {}
    return all(_passes(properties.get(name), text) for name, text in wanted.items())


def _passes(value: object, wanted: str) -> bool:
    if not isinstance(value, str):
        return False
    if wanted.startswith("&p:"):
        return value.startswith(wanted[3:])
    if wanted.startswith("&s:"):
        return value.endswith(wanted[3:])
    return value == (wanted[1:] if wanted.startswith("&&") else wanted)
