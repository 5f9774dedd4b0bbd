"""Decodes and encodes the parts of an AMQP 1.0 message that the monitor uses (OASIS standard, part 3.2).

proton's Message is not used: decoding with it costs more than everything else on the path of an event, and its binary
bodies are views into memory that it owns. This reads the sections in one pass and copies the body once.
The input is not trusted: no other error than CodecError is raised. Thread: any.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Final, NamedTuple

from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.sections import (
    ANNOTATIONS,
    APPLICATION_PROPERTIES,
    DATA,
    HEADER,
    PROPERTIES,
    SECTIONS,
    SEQUENCE,
    SHORT_DESCRIPTOR,
    VALUE,
    section_at,
)
from clacks_monitor.amqp.values import (
    BINARY8,
    BINARY32,
    LIST0,
    LIST8,
    LIST32,
    NULL,
    STRING8,
    STRING32,
    SYMBOL8,
    TIMESTAMP,
    Reader,
    Symbol,
    Value,
    compound,
    skip,
    write,
)
from clacks_monitor.core.event import NO_PROPERTIES, BodyKind, Properties, PropertyValue
from clacks_monitor.core.untrusted import clip

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELDS: Final = 10
"""Message id, user id, to, subject, reply-to, correlation id, content type and encoding, expiry, creation time."""

_TIMESTAMP: Final = struct.Struct(">Bq")
_STAMP: Final = struct.Struct(">q").unpack_from
_CREATION: Final = 9
_UNKNOWN: Final = "at byte {} is a section that AMQP does not know"
_HEADER_FIELDS: Final = 5
"""Durable, priority, time to live, first acquirer, delivery count."""
_FIRST_ACQUIRER, _DELIVERY_COUNT = 3, 4
_NO_FIELDS: Final = ("", "", "", "", "", 0)
_BODIES: Final = {
    STRING8: (BodyKind.STRING, 2),
    STRING32: (BodyKind.STRING, 5),
    BINARY8: (BodyKind.BINARY, 2),
    BINARY32: (BodyKind.BINARY, 5),
}
"""Constructors of the values that a body of text or bytes can be, and how many bytes stand before their content."""

MAX_LABEL: Final = 4_000
"""Characters of a subject, an id, a content type; a longer one is cut, with an ellipsis."""
MAX_SHOWN: Final = 4096
"""How many bytes of a message that cannot be read are shown."""


class AmqpMessage(NamedTuple):
    """What was read of a message. ``creation_ns`` is 0 when the sender gave none."""

    body: bytes
    kind: BodyKind
    properties: Properties
    message_id: str = ""
    user_id: str = ""
    subject: str = ""
    correlation_id: str = ""
    content_type: str = ""
    creation_ns: int = 0


def decode(data: bytes) -> AmqpMessage:
    """Return the parts of the encoded message. Raises CodecError when it is not valid."""
    at, size = 0, len(data)
    fields: tuple[str, str, str, str, str, int] = _NO_FIELDS
    properties = NO_PROPERTIES
    body, kind = b"", BodyKind.EMPTY
    while at < size:
        if data[at : at + 2] == SHORT_DESCRIPTOR and at + 3 < size:
            section, start = data[at + 2], at + 3
        else:
            section, start = section_at(data, at)
            if section not in SECTIONS:
                raise CodecError(_UNKNOWN.format(at))
        at = skip(data, start)
        if section == DATA:
            part = _binary(data, start, at)
            body, kind = (body + part if kind is BodyKind.DATA else part), BodyKind.DATA
        elif section == PROPERTIES:
            fields = _fields(data, start, at)
        elif section == APPLICATION_PROPERTIES:
            properties = _application(data, start)
        elif section == VALUE:
            body, kind = _value(data, start, at)
        elif section == SEQUENCE:
            body, kind = _sequence(data, start, body, kind)
        elif section not in SECTIONS:
            raise CodecError(_UNKNOWN.format(start - 3))
    return AmqpMessage(body, kind, properties, *fields)


def annotation(data: bytes, name: str) -> Value:
    """Return the message annotation of that name, None where there is none. Raises CodecError as decode() does."""
    at, size = 0, len(data)
    while at < size:
        section, start = section_at(data, at)
        if section == ANNOTATIONS:
            values, _end = Reader(data).read(start)
            return values.get(name) if isinstance(values, dict) else None
        if section > ANNOTATIONS:
            return None
        at = skip(data, start)
    return None


def was_delivered(data: bytes, *, by_count: bool) -> bool:
    """Return whether the header of a message says that it may have been delivered before. Raises CodecError."""
    section, start = section_at(data, 0)
    if section != HEADER:
        return False
    values, _end = Reader(data).read(start)
    fields = [*(values if isinstance(values, list) else ()), *[None] * _HEADER_FIELDS]
    # Many senders write "first-acquirer: false" themselves, and brokers pass it on.
    return bool(fields[_DELIVERY_COUNT]) if by_count else fields[_FIRST_ACQUIRER] is False


def _binary(data: bytes, start: int, end: int) -> bytes:
    code = data[start]
    if code == BINARY32:
        return data[start + 5 : end]
    if code == BINARY8:
        return data[start + 2 : end]
    raise CodecError("a data section holds something else than binary")


def _fields(data: bytes, start: int, end: int) -> tuple[str, str, str, str, str, int]:
    code = data[start]
    if code == LIST8:
        count, at = data[start + 2] if start + 3 <= end else 0, start + 3
    elif code == LIST0:
        return _NO_FIELDS
    elif code == LIST32:
        count, at = Reader(data).head(code, start, end)
    else:
        raise CodecError("the properties of the message are not a list")
    found: list[str] = [""] * _FIELDS
    creation = 0
    for index in range(min(count, _FIELDS)):
        if at >= end:
            raise CodecError("the properties of the message end too early")
        code = data[at]
        if code == NULL:
            at += 1
        elif code in {STRING8, SYMBOL8}:
            stop = at + 2 + data[at + 1] if at + 1 < end else end + 1
            found[index] = data[at + 2 : stop].decode("utf-8", "backslashreplace")
            at = stop
        elif code == TIMESTAMP and index == _CREATION and at + 9 <= end:
            creation = _STAMP(data, at + 1)[0] * 1_000_000
            at += 9
        else:
            value, at = Reader(data).read(at)
            found[index] = clip(_as_text(value), MAX_LABEL)
    if at > end:
        raise CodecError("the properties of the message are longer than they say")
    return found[0], found[1], found[3], found[5], found[6], creation


def _as_text(value: Value) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return "" if value is None else str(value)


def _application(data: bytes, start: int) -> Properties:
    values, _end = Reader(data).read(start)
    if not isinstance(values, dict):
        raise CodecError("the application properties are not a map")
    return {_as_text(key): _property(value) for key, value in values.items() if value is not None}


def _property(value: Value) -> PropertyValue:
    return (
        value if isinstance(value, str | int | float) else _as_text(value) if isinstance(value, bytes) else _json(value)
    )


def _value(data: bytes, start: int, end: int) -> tuple[bytes, BodyKind]:
    code = data[start]
    if code in _BODIES:
        kind, offset = _BODIES[code]
        return data[start + offset : end], kind
    value, _end = Reader(data).read(start)
    if code == NULL:
        return b"", BodyKind.EMPTY
    kind = BodyKind.MAP if isinstance(value, dict) else BodyKind.LIST if isinstance(value, list) else BodyKind.OTHER
    return _json(value).encode("utf-8", "backslashreplace"), kind


def _sequence(data: bytes, start: int, body: bytes, kind: BodyKind) -> tuple[bytes, BodyKind]:
    """Read one of a body's sequences: they are shown as one list of all values."""
    value, _end = Reader(data).read(start)
    if not isinstance(value, list):
        raise CodecError("a sequence section holds no list")
    text = _json(value).encode("utf-8", "backslashreplace")
    if kind is not BodyKind.LIST or body == b"[]":
        return text, BodyKind.LIST
    return (body if text == b"[]" else body[:-1] + b", " + text[1:]), BodyKind.LIST


def _json(value: Value) -> str:
    """Return a JSON text; keys and binary values become text."""
    return json.dumps(_readable(value), ensure_ascii=False)


def _readable(value: Value) -> Value:
    if isinstance(value, dict):
        return {_as_text(key): _readable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_readable(item) for item in value]
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def unreadable(data: bytes, reason: str) -> AmqpMessage:
    """Return what is shown of a message that cannot be decoded: the reason, and its first bytes."""
    shown = {"undecodable": reason, "size": len(data), "hex": data[:MAX_SHOWN].hex()}
    return AmqpMessage(json.dumps(shown).encode(), BodyKind.OTHER, NO_PROPERTIES)


def encode(
    body: bytes | Value,
    *,
    subject: str = "",
    content_type: str = "",
    message_id: str = "",
    correlation_id: str = "",
    reply_to: str = "",
    creation_ns: int = 0,
    properties: Mapping[str, PropertyValue] | None = None,
) -> bytes:
    """Return the encoded message; a body of bytes becomes a data section, any other an AMQP value.

    Raises CodecError for a property or body that AMQP cannot express.
    """
    texts: list[bytes] = [write(text or None) for text in (message_id, None, None, subject, reply_to, correlation_id)]
    texts.append(write(Symbol(content_type) if content_type else None))
    texts += [b"\x40", b"\x40", _TIMESTAMP.pack(TIMESTAMP, creation_ns // 1_000_000) if creation_ns else b"\x40"]
    parts = [b"\x00\x53\x73", compound(LIST8, texts)]
    if properties:
        parts += [b"\x00\x53\x74", write(dict(properties))]
    parts += [b"\x00\x53\x75" if isinstance(body, bytes) else b"\x00\x53\x77", write(body)]
    return b"".join(parts)


def encode_request(body: Value, *, number: str, method: str, path: str) -> bytes:
    """Return an encoded request in the form of HTTP over AMQP; the answer comes over the paired link."""
    fields = [write(text) for text in (number, None, path, method, "$me")]
    return b"".join([b"\x00\x53\x73", compound(LIST8, fields), b"\x00\x53\x77", write(body)])
