"""Reads the parts of an encoded message by which a broker decides.

A message is forwarded as the bytes it came in, so that it is not encoded again: subject and sender are read at once,
application properties and body when they are needed. Thread: any; an Envelope never changes.
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import Final

from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.sections import APPLICATION_PROPERTIES, DATA, HEADER, PROPERTIES, VALUE, section_at
from clacks_monitor.amqp.values import (
    BINARY8,
    BINARY32,
    LIST0,
    LIST8,
    LIST32,
    NULL,
    STRING8,
    STRING32,
    WIDE,
    Reader,
    Value,
    compound,
    skip,
)

_CONTENTS: Final = frozenset({BINARY8, BINARY32, STRING8, STRING32})
_HEADER_FIELDS: Final = 5
"""Durable, priority, time to live, first acquirer, delivery count."""
_FIRST_ACQUIRER, _DELIVERY_COUNT = 3, 4
_NULL_FIELD: Final = b"\x40"
_FALSE: Final = b"\x42"
_UINT: Final = struct.Struct(">BI")
_FIELDS: Final = 5
"""Message id, user id, to, subject, reply-to: a broker does not need the fields behind them."""


class Envelope:
    """An encoded message, and what was read of it.

    ``user_id`` is None when the sender gave none. Raises CodecError when the bytes are not a message.
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
            section, start = section_at(encoded, at)
            at = skip(encoded, start)
            if section == PROPERTIES:
                self._read_properties(start, at)
            elif section == APPLICATION_PROPERTIES:
                self._application = start
            elif DATA <= section <= VALUE:
                self._body.append((section, start, at))

    def _read_properties(self, at: int, end: int) -> None:
        data = self.encoded
        code = data[at]
        if code not in {LIST8, LIST32}:
            return
        reader = Reader(data)
        count, at = reader.head(code, at, end)
        fields: list[Value] = [None] * _FIELDS
        for index in range(min(count, _FIELDS)):
            if at >= end:
                raise CodecError("the properties of the message end too early")
            if data[at] == NULL:
                at += 1
            elif data[at] == STRING8 and at + 1 < end:
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
    def text(self) -> str | None:
        """The text of a value that is a string; None for any other body."""
        section, start, end = self._body[0] if self._body else (DATA, 0, 0)
        if section != VALUE or self.encoded[start] not in {STRING8, STRING32}:
            return None
        return _content(self.encoded, start, end).decode("utf-8", "replace")

    @cached_property
    def body(self) -> bytes:
        """The bytes that a query looks at: data, or the text or binary of a value; else the value as it is encoded."""
        if all(section == DATA for section, _start, _end in self._body):
            return b"".join([_content(self.encoded, start, end) for _section, start, end in self._body])
        section, start, end = self._body[0]
        if section == VALUE and self.encoded[start] in _CONTENTS:
            return _content(self.encoded, start, end)
        return b"" if self.encoded[start] == NULL else self.encoded[start:end]


def _content(data: bytes, start: int, end: int) -> bytes:
    """Return the bytes of a binary or string as they are."""
    return data[start + (5 if data[start] & WIDE else 2) : end]


def delivered_before(encoded: bytes) -> bytes:
    """Return a message with a header that counts one more delivery and names this as not the first acquirer."""
    section, start = section_at(encoded, 0)
    fields, count, end = [_NULL_FIELD] * _HEADER_FIELDS, 0, 0
    if section == HEADER and encoded[start] != LIST0:
        end = skip(encoded, start)
        number, at = Reader(encoded).head(encoded[start], start, end)
        for index in range(min(number, _HEADER_FIELDS)):
            begin, at = at, skip(encoded, at)
            fields[index] = encoded[begin:at]
        found, _at = Reader(fields[_DELIVERY_COUNT]).read(0)
        count = found if isinstance(found, int) else 0
    elif section == HEADER:
        end = start + 1
    fields[_FIRST_ACQUIRER] = _FALSE
    fields[_DELIVERY_COUNT] = _UINT.pack(0x70, min(count + 1, 2**32 - 1))
    return b"\x00\x53\x70" + compound(LIST8, fields) + encoded[end:]
