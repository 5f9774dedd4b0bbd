"""Reads and writes single values of the AMQP 1.0 type system (OASIS standard, part 1.6). Thread: any.

The input is not trusted: nesting and the number of values are bounded, and only CodecError is raised.
"""

from __future__ import annotations

import struct
import uuid
from typing import Final

from clacks_monitor.amqp.errors import CodecError

MAX_DEPTH: Final = 32
MAX_VALUES: Final = 100_000
"""How many values one message may have: a million nulls are cheap to send, but take seconds to read."""

MAX_TEXT: Final = 1024 * 1024
"""Bytes of all texts and binaries of a message besides its body: decoding more would block the program."""

Value = object
DESCRIBED, NULL, LIST0 = 0x00, 0x40, 0x45
CHAR, LONG, ULONG, DOUBLE, TIMESTAMP, UUID = 0x73, 0x81, 0x80, 0x82, 0x83, 0x98
BINARY8, STRING8, SYMBOL8, BINARY32, STRING32, SYMBOL32 = 0xA0, 0xA1, 0xA3, 0xB0, 0xB1, 0xB3
LIST8, MAP8, LIST32, MAP32, ARRAY8, ARRAY32 = 0xC0, 0xC1, 0xD0, 0xD1, 0xE0, 0xF0
WIDE: Final = 0x10
"""The bit by which the constructor of a long form differs from that of the short one."""

_VARIABLE: Final = 0xA
_TRUNCATED: Final = "the message ends in the middle of a value"
_WIDTH: Final = {0x4: 0, 0x5: 1, 0x6: 2, 0x7: 4, 0x8: 8, 0x9: 16}
"""Bytes of a value of fixed width, by the upper half of its constructor."""

_CONSTANT: Final[dict[int, Value]] = {NULL: None, 0x41: True, 0x42: False, 0x43: 0, 0x44: 0}
_FIXED: Final = {
    code: struct.Struct(">" + form)
    for code, form in {
        0x50: "B", 0x51: "b", 0x52: "B", 0x53: "B", 0x54: "b", 0x55: "b", 0x56: "?", 0x60: "H", 0x61: "h",
        0x70: "I", 0x71: "i", 0x72: "f", ULONG: "Q", LONG: "q", DOUBLE: "d", TIMESTAMP: "q",
    }.items()
}  # fmt: skip
_DECIMALS: Final = frozenset({0x74, 0x84, 0x94})
"""Python has no counterpart of these that JSON knows, so they stay bytes."""

_TEXTS: Final = frozenset({STRING8, STRING32, SYMBOL8, SYMBOL32})
_LAST_CHAR: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
_SHORT: Final = 255
_U32: Final = struct.Struct(">I")
_2U32: Final = struct.Struct(">II")


def skip(data: bytes, at: int) -> int:
    """Return the position behind the value at ``at``, with its descriptors."""
    try:
        code = data[at]
        if code == DESCRIBED:
            return _skip_described(data, at)
        upper = code >> 4
        if upper >= _VARIABLE:
            end = at + 5 + _U32.unpack_from(data, at + 1)[0] if upper & 1 else at + 2 + data[at + 1]
        else:
            end = at + 1 + _WIDTH[upper]
    except (IndexError, struct.error):
        raise CodecError(_TRUNCATED) from None
    except KeyError:
        raise CodecError(f"0x{data[at]:02x} at byte {at} is not an AMQP type") from None
    if end > len(data):
        raise CodecError(_TRUNCATED)
    return end


def _skip_described(data: bytes, at: int) -> int:
    """Skip descriptors without recursion: a value may be described, and its descriptor too."""
    owed = 1
    for _ in range(2 * MAX_DEPTH):
        if at >= len(data):
            raise CodecError(_TRUNCATED)
        if data[at] == 0:
            owed, at = owed + 1, at + 1
            continue
        at, owed = skip(data, at), owed - 1
        if not owed:
            return at
    raise CodecError("descriptors are nested too deeply")


class Reader:
    """Reads the values of one message; the bounds on their number and length are for all of them together.

    Strings and symbols become str, binary and decimals bytes, uuids their text, lists and arrays list, maps dict
    (with keys that Python cannot hash as their text), described values lose their descriptor.
    """

    __slots__ = ("_budget", "_data", "_text_left")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._budget = MAX_VALUES
        self._text_left = MAX_TEXT

    def read(self, at: int, depth: int = 0) -> tuple[Value, int]:
        """Return the value at ``at`` and the position behind it."""
        data = self._data
        self._budget -= 1
        if self._budget < 0 or depth > MAX_DEPTH:
            raise CodecError("the message holds too many values, or values nested too deeply")
        try:
            code = data[at]
            if code == STRING8:
                end = at + 2 + data[at + 1]
                if end <= len(data):
                    return data[at + 2 : end].decode("utf-8", "backslashreplace"), end
            if code in _FIXED:
                layout = _FIXED[code]
                return layout.unpack_from(data, at + 1)[0], at + 1 + layout.size
        except (IndexError, struct.error):
            raise CodecError(_TRUNCATED) from None
        if code in _CONSTANT:
            return _CONSTANT[code], at + 1
        end = skip(data, at)
        if code == DESCRIBED:
            return self.read(skip(data, at + 1), depth + 1)[0], end
        return self._long(code, at, end, depth), end

    def _long(self, code: int, at: int, end: int, depth: int) -> Value:
        """Read a value that is neither fixed nor short text."""
        content = self._data[at + (5 if code & WIDE else 2) : end]
        if code in _TEXTS or code in {BINARY8, BINARY32}:
            self._text_left -= len(content)
            if self._text_left < 0:
                raise CodecError(f"the message holds more than {MAX_TEXT:,} bytes of text beside its body")
        if code in _TEXTS:
            return content.decode("utf-8", "backslashreplace")
        if code in {BINARY8, BINARY32}:
            return content
        if code in {ARRAY8, ARRAY32}:
            return self._array(code, at, end, depth)
        if code in {LIST8, LIST32}:
            return self._compound(code, at, end, depth)
        if code in {MAP8, MAP32}:
            return _as_map(self._compound(code, at, end, depth))
        return _rare(code, self._data, at, end)

    def _compound(self, code: int, at: int, end: int, depth: int) -> list[Value]:
        count, position = self.head(code, at, end)
        found = []
        for _ in range(count):
            if position >= end:
                raise CodecError("a list ends before its last value")
            value, position = self.read(position, depth + 1)
            found.append(value)
        if position != end:
            raise CodecError("a list is not as long as it says")
        return found

    def head(self, code: int, at: int, end: int) -> tuple[int, int]:
        """Return a list's, map's or array's number of values, and where they start."""
        wide = code & WIDE
        position = at + (9 if wide else 3)
        if position > end:
            raise CodecError(_TRUNCATED)
        return (_U32.unpack_from(self._data, at + 5)[0] if wide else self._data[at + 2]), position

    def _array(self, code: int, at: int, end: int, depth: int) -> list[Value]:
        """Read an array: its elements share one constructor, so each is read as constructor plus its bytes."""
        count, position = self.head(code, at, end)
        if count > self._budget:
            raise CodecError("the message holds too many values")
        data = self._data
        if count == 0:
            return []
        while position < end and data[position] == DESCRIBED:
            position = skip(data, position + 1)
        if position >= end:
            raise CodecError(_TRUNCATED)
        constructor = data[position : position + 1]
        position += 1
        if constructor[0] >> 4 in _WIDTH and not _WIDTH[constructor[0] >> 4]:
            self._budget -= count
            return [Reader(constructor).read(0)[0]] * count
        found = []
        for _ in range(count):
            element = constructor + data[position : self._element_end(constructor[0], position, end)]
            reader = Reader(element)
            reader._budget = self._budget
            value, length = reader.read(0, depth + 1)
            self._budget = reader._budget
            position += length - 1
            found.append(value)
        if position != end:
            raise CodecError("an array is not as long as it says")
        return found

    def _element_end(self, code: int, at: int, end: int) -> int:
        upper = code >> 4
        try:
            if upper >= _VARIABLE:
                stop = at + 4 + _U32.unpack_from(self._data, at)[0] if upper & 1 else at + 1 + self._data[at]
            else:
                stop = at + _WIDTH[upper]
        except (IndexError, KeyError, struct.error):
            raise CodecError("an array's element cannot be read") from None
        if stop > end:
            raise CodecError(_TRUNCATED)
        return stop


def _rare(code: int, data: bytes, at: int, end: int) -> Value:
    if code == LIST0:
        return []
    if code == UUID:
        return str(uuid.UUID(bytes=data[at + 1 : end]))
    if code == CHAR:
        return _char(_U32.unpack_from(data, at + 1)[0])
    if code in _DECIMALS:
        return data[at + 1 : end]
    raise CodecError(f"0x{code:02x} at byte {at} is not an AMQP type")


def _char(code: int) -> str:
    if code > _LAST_CHAR or code in _SURROGATES:
        raise CodecError(f"U+{code:X} is not a character")
    return chr(code)


def _as_map(items: list[Value]) -> dict[Value, Value]:
    if len(items) % 2:
        raise CodecError("a map has a key without a value")
    keys = [key if isinstance(key, str | int | float | bytes | None) else str(key) for key in items[::2]]
    return dict(zip(keys, items[1::2], strict=True))


class Symbol(str):
    """A str that is written as an AMQP symbol."""

    __slots__ = ()


def write(value: Value) -> bytes:
    """Return the AMQP encoding of None, bool, int (long), float (double), str, Symbol, bytes, list, dict.

    Raises CodecError for anything else, and for an int of more than 64 bits.
    """
    if isinstance(value, str):
        return _sized(SYMBOL8 if isinstance(value, Symbol) else STRING8, value.encode("utf-8", "surrogatepass"))
    if isinstance(value, bytes):
        return _sized(BINARY8, value)
    if isinstance(value, list | tuple):
        return compound(LIST8, [write(item) for item in value])
    if isinstance(value, dict):
        return compound(MAP8, [write(item) for pair in value.items() for item in pair])
    return _write_number(value)


def _write_number(value: Value) -> bytes:
    if value is None or isinstance(value, bool):
        return {None: b"\x40", True: b"\x41", False: b"\x42"}[value]
    if isinstance(value, float):
        return struct.pack(">Bd", DOUBLE, value)
    if isinstance(value, int):
        return _write_int(value)
    raise CodecError(f"a {type(value).__name__} cannot be sent as an AMQP value")


def _write_int(value: int) -> bytes:
    if -(2**63) <= value < 2**63:
        return struct.pack(">Bq", LONG, value)
    if 0 <= value < 2**64:
        return struct.pack(">BQ", ULONG, value)
    raise CodecError(f"{value} does not fit into 64 bits")


def _sized(code: int, content: bytes) -> bytes:
    """Return a binary, string or symbol in its short form where that is long enough."""
    if len(content) <= _SHORT:
        return bytes((code, len(content))) + content
    return bytes((code + WIDE,)) + _U32.pack(len(content)) + content


def compound(code: int, items: list[bytes]) -> bytes:
    """Return a list (LIST8) or map (MAP8) of encoded ``items``, in its short form where that is long enough."""
    content = b"".join(items)
    if len(content) < _SHORT and len(items) <= _SHORT:
        return bytes((code, len(content) + 1, len(items))) + content
    return bytes((code + WIDE,)) + _2U32.pack(len(content) + 4, len(items)) + content
