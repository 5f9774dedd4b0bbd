"""Reads only those parts of an encoded message that a broker decides by.

A message is forwarded as the bytes it came in, so nothing is ever encoded again: subject and sender are read at once,
application properties and body when somebody asks. Thread: any; an Envelope never changes.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.values import Reader, Value, skip

_PROPERTIES: Final = 0x73
_APPLICATION: Final = 0x74
_DATA: Final = 0x75
_VALUE: Final = 0x77
_NULL: Final = 0x40
_SHORT_TEXT: Final = 0xA1
_BYTES: Final = frozenset({0xA0, 0xB0})
_TEXT: Final = frozenset({0xA1, 0xB1})
_NUMBERS: Final = {
    "amqp:properties:list": _PROPERTIES,
    "amqp:application-properties:map": _APPLICATION,
    "amqp:data:binary": _DATA,
    "amqp:amqp-sequence:list": 0x76,
    "amqp:amqp-value:*": _VALUE,
}
_FIELDS: Final = 5
"""Message id, user id, to, subject, reply-to: what follows them does not concern a broker."""


class Envelope:
    """An encoded message, and what was read of it.

    ``user_id`` is None when the sender named none; ``reply_to`` serves requests. Raises CodecError when the bytes
    are no message.
    """

    __slots__ = ("__dict__", "_application", "_body", "encoded", "reply_to", "subject", "to", "user_id")

    def __init__(self, encoded: bytes) -> None:
        self.encoded = encoded
        self.subject = self.to = self.reply_to = ""
        self.user_id: bytes | None = None
        self._application = -1
        self._body: list[tuple[int, int, int]] = []
        at, end = 0, len(encoded)
        while at < end:
            section, start = _section(encoded, at)
            at = skip(encoded, start)
            if section == _PROPERTIES:
                self._read_properties(start, at)
            elif section == _APPLICATION:
                self._application = start
            elif _DATA <= section <= _VALUE:
                self._body.append((section, start, at))

    def _read_properties(self, at: int, end: int) -> None:
        data = self.encoded
        code = data[at]
        if code not in {0xC0, 0xD0}:
            return
        reader = Reader(data)
        count, at = reader.head(code, at, end)
        fields: list[Value] = [None] * _FIELDS
        for index in range(min(count, _FIELDS)):
            if at >= end:
                raise CodecError("the properties of the message end too early")
            if data[at] == _NULL:
                at += 1
            elif data[at] == _SHORT_TEXT and at + 1 < end:
                start, at = at + 2, at + 2 + data[at + 1]
                fields[index] = data[start:at].decode("utf-8", "backslashreplace")
            else:
                fields[index], at = reader.read(at)
        if at > end:
            raise CodecError("the properties of the message are longer than they say")
        self._keep(*fields)

    def _keep(self, _message_id: Value, user: Value, to: Value, subject: Value, reply_to: Value) -> None:
        if isinstance(user, bytes):
            self.user_id = user
        if isinstance(to, str):
            self.to = to
        if isinstance(subject, str):
            self.subject = subject
        if isinstance(reply_to, str):
            self.reply_to = reply_to

    @cached_property
    def properties(self) -> dict[str, str | int | float | bool]:
        """The application properties that a query can see: strings, numbers and booleans."""
        if self._application < 0:
            return {}
        values, _end = Reader(self.encoded).read(self._application)
        if not isinstance(values, dict):
            return {}
        return {k: v for k, v in values.items() if isinstance(k, str) and isinstance(v, str | int | float)}

    @cached_property
    def body(self) -> bytes:
        """The bytes that a query looks at: data, or the text or binary of a value; else the value as it is encoded."""
        if all(section == _DATA for section, _start, _end in self._body):
            return b"".join([_content(self.encoded, start, end) for _section, start, end in self._body])
        section, start, end = self._body[0]
        if section == _VALUE and self.encoded[start] in _BYTES | _TEXT:
            return _content(self.encoded, start, end)
        return b"" if self.encoded[start] == _NULL else self.encoded[start:end]


def _section(data: bytes, at: int) -> tuple[int, int]:
    """Return the number of the section that starts at ``at``, and where its value starts."""
    if data[at : at + 2] == b"\x00\x53" and at + 3 < len(data):
        return data[at + 2], at + 3
    if data[at] != 0:
        raise CodecError(f"at byte {at} a section was expected")
    descriptor, start = Reader(data).read(at + 1)
    if isinstance(descriptor, str):
        return _NUMBERS.get(descriptor, 0), start
    return (descriptor if isinstance(descriptor, int) else 0), start


def _content(data: bytes, start: int, end: int) -> bytes:
    """Return the bytes of a binary or string, without looking at them."""
    return data[start + (5 if data[start] & 0x10 else 2) : end]
