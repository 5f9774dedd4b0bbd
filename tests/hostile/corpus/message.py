"""What a hostile message is made of. Values; any thread."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clacks_monitor.core.event import EVENT_NAMESPACE, BodyKind, Properties, RawMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

EVENT = EVENT_NAMESPACE.encode()
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Message:
    """One case: ``body`` makes the body when it is wanted, ``more`` the other parts of the RawMessage.

    ``count`` such messages arrive together; body and more get the number of each.
    """

    group: str
    name: str
    body: Callable[[int], bytes]
    more: Callable[[int], Mapping[str, object]] = field(default=lambda _number: {})
    count: int = 1

    @property
    def key(self) -> str:
        """The name it is chosen and listed by."""
        return f"message/{self.group}/{self.name}"

    def raws(self) -> Iterator[RawMessage]:
        """Make the messages, one after the other."""
        for number in range(self.count):
            parts: dict[str, object] = {"subject": "event", "content_type": "text/xml", **self.more(number)}
            yield RawMessage("office", time.time_ns(), time.monotonic_ns(), self.body(number), **parts)  # type: ignore[arg-type]  # by name


def event(inner: bytes, *, root: bytes = b"", start: bytes = b"") -> bytes:
    """Return an event around ``inner``; ``root`` are attributes of its root, ``start`` stands before it."""
    return b'%s<Event xmlns="%s"%s>%s</Event>' % (start, EVENT, root, inner)


def phone(status: bytes = b"busy", caller: bytes = b"012345", receiver: bytes = b"123") -> bytes:
    """Return a PhoneStatus with these contents, as XML."""
    inner = b"<CallerId>%s</CallerId><ReceiverId>%s</ReceiverId><Status>%s</Status>" % (caller, receiver, status)
    return event(b"<PhoneStatus>%s</PhoneStatus>" % inner)


def escaped(text: str) -> bytes:
    """Return text as XML content or an attribute's value; what XML cannot hold is left out."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;")):
        text = text.replace(sign, entity)
    return text.encode("utf-8", "ignore")


def fixed(body: bytes) -> Callable[[int], bytes]:
    """Return a maker of a small body."""
    return lambda _number: body


def with_fields(properties: Properties | None = None, **parts: object) -> Callable[[int], Mapping[str, object]]:
    """Return a maker of a message's small other parts."""
    return lambda _number: {"properties": properties or {}, **parts}


__all__ = ["EVENT", "MEGABYTE", "BodyKind", "Message", "escaped", "event", "fixed", "phone", "with_fields"]
