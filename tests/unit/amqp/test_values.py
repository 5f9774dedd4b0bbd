"""Values of AMQP's type system, by bytes as the standard has them, and its bounds at their edges."""

from __future__ import annotations

import math
import struct
import uuid

import pytest

from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.values import LIST8, MAX_DEPTH, MAX_TEXT, MAX_VALUES, Reader, Symbol, compound, skip, write


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"\x40", None),
        (b"\x41", True),
        (b"\x42", False),
        (b"\x43", 0),
        (b"\x44", 0),
        (b"\x45", []),
        (b"\x50\xff", 255),
        (b"\x51\xff", -1),
        (b"\x52\x07", 7),
        (b"\x53\x08", 8),
        (b"\x54\xfe", -2),
        (b"\x55\xfd", -3),
        (b"\x56\x01", True),
        (b"\x56\x00", False),
        (b"\x60\x01\x02", 258),
        (b"\x61\xff\xfe", -2),
        (b"\x70\x00\x01\x00\x00", 65536),
        (b"\x71\xff\xff\xff\xff", -1),
        (b"\x72" + struct.pack(">f", 1.5), 1.5),
        (b"\x73\x00\x01\xf6\x00", "\U0001f600"),
        (b"\x80" + b"\xff" * 8, 2**64 - 1),
        (b"\x81" + b"\xff" * 8, -1),
        (b"\x82" + struct.pack(">d", -0.25), -0.25),
        (b"\x83" + struct.pack(">q", -5), -5),
        (b"\x74" + b"\1\2\3\4", b"\1\2\3\4"),
        (b"\x84" + b"\2" * 8, b"\2" * 8),
        (b"\x94" + b"\3" * 16, b"\3" * 16),
        (b"\x98" + bytes(range(16)), str(uuid.UUID(bytes=bytes(range(16))))),
        (b"\xa0\x02\xff\x00", b"\xff\x00"),
        (b"\xa1\x02\xc3\xa4", "ä"),
        (b"\xa1\x01\xff", "\\xff"),
        (b"\xa3\x01a", "a"),
        (b"\xb0\x00\x00\x00\x01x", b"x"),
        (b"\xb1\x00\x00\x00\x01x", "x"),
        (b"\xb3\x00\x00\x00\x01x", "x"),
        (b"\xc0\x03\x02\x40\x41", [None, True]),
        (b"\xd0\x00\x00\x00\x06\x00\x00\x00\x02\x40\x41", [None, True]),
        (b"\xc1\x06\x02\xa1\x01a\x54\x05", {"a": 5}),
        (b"\xd1\x00\x00\x00\x07\x00\x00\x00\x02\x54\x01\x41", {1: True}),
        (b"\xc1\x04\x02\x45\x54\x05", {"[]": 5}),
        (b"\xe0\x04\x02\x50\x01\x02", [1, 2]),
        (b"\xe0\x07\x02\xa1\x01a\x02bc", ["a", "bc"]),
        (b"\xf0\x00\x00\x00\x07\x00\x00\x00\x02\x50\x01\x02", [1, 2]),
        (b"\xf0\x00\x00\x00\x0b\x00\x00\x00\x01\xb1\x00\x00\x00\x02hi", ["hi"]),
        (b"\xe0\x02\x03\x41", [True, True, True]),
        (b"\xe0\x02\x02\x45", [[], []]),
        (b"\xe0\x02\x00\x50", []),
        (b"\xe0\x06\x01\x00\xa3\x01x\x41", [True]),
        (b"\x00\x53\x75\xa0\x01x", b"x"),
        (b"\x00\xa3\x01n\x00\x53\x01\x54\x09", 9),
    ],
)
def test_each_type_is_read_as_the_standard_has_it(data: bytes, value: object) -> None:
    read, end = Reader(b"??" + data + b"behind").read(2)
    assert (read, end) == (value, 2 + len(data))
    assert type(read) is type(value)
    assert skip(b"??" + data + b"behind", 2) == 2 + len(data)


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (None, b"\x40"),
        (True, b"\x41"),
        (False, b"\x42"),
        (1, b"\x81" + b"\0" * 7 + b"\x01"),
        (-(2**63), b"\x81\x80" + b"\0" * 7),
        (2**63 - 1, b"\x81\x7f" + b"\xff" * 7),
        (2**63, b"\x80\x80" + b"\0" * 7),
        (2**64 - 1, b"\x80" + b"\xff" * 8),
        (0.5, b"\x82" + struct.pack(">d", 0.5)),
        ("ä", b"\xa1\x02\xc3\xa4"),
        (Symbol("s"), b"\xa3\x01s"),
        (b"x", b"\xa0\x01x"),
        ("x" * 255, b"\xa1\xff" + b"x" * 255),
        ("x" * 256, b"\xb1\x00\x00\x01\x00" + b"x" * 256),
        (Symbol("x" * 256), b"\xb3\x00\x00\x01\x00" + b"x" * 256),
        (b"x" * 256, b"\xb0\x00\x00\x01\x00" + b"x" * 256),
        ([], b"\xc0\x01\x00"),
        ((True, None), b"\xc0\x03\x02\x41\x40"),
        ({"a": True}, b"\xc1\x05\x02\xa1\x01a\x41"),
    ],
)
def test_each_type_is_written_as_the_standard_has_it(value: object, data: bytes) -> None:
    assert write(value) == data


def test_a_list_is_short_as_long_as_its_size_and_number_fit_into_a_byte() -> None:
    assert compound(LIST8, [b"\x40" * 2] * 127) == b"\xc0\xff\x7f" + b"\x40" * 254
    assert compound(LIST8, [b"\x40"] * 255)[:9] == b"\xd0" + struct.pack(">II", 259, 255)
    assert compound(LIST8, [b""] * 255) == b"\xc0\x01\xff"
    assert compound(LIST8, [b""] * 256) == b"\xd0" + struct.pack(">II", 4, 256)


@pytest.mark.parametrize("value", [2**64, -(2**63) - 1])
def test_numbers_beyond_64_bits_are_refused(value: int) -> None:
    with pytest.raises(CodecError, match="64 bits"):
        write(value)


def test_what_is_not_a_number_goes_both_ways() -> None:
    value, _end = Reader(write(math.nan)).read(0)
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize("cut", range(1, 11))
def test_a_value_cut_short_is_refused(cut: int) -> None:
    for whole in (b"\xd0\x00\x00\x00\x06\x00\x00\x00\x02\x40\x41", b"\xb1\x00\x00\x00\x06abcdef", b"\x84" + b"x" * 10):
        with pytest.raises(CodecError):
            Reader(whole[: min(cut, 8)]).read(0)
        with pytest.raises(CodecError, match="in the middle of a value"):
            skip(whole[: min(cut, 8)], 0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xc0\x02\x02\x40", "ends before its last value"),
        (b"\xc0\x03\x01\x40\x40", "not as long as it says"),
        (b"\xc0\x00", "in the middle of a value"),
        (b"\xc1\x02\x01\x40", "key without a value"),
        (b"\xe0\x02\x01\x50", "in the middle of a value"),
        (b"\xe0\x05\x01\x50\x01\x02\x03", "array is not as long"),
        (b"\xe0\x03\x02\x50\x01", "in the middle of a value"),
        (b"\xe0\x03\x01\x30\x01", "element cannot be read"),
        (b"\xe0\x02\x01\xa1", "element cannot be read"),
        (b"\xe0\x01\x01", "in the middle of a value"),
        (b"\x73\x00\x11\x00\x00", "U+110000 is not a character"),
        (b"\x73\x00\x00\xd8\x00", "U+D800 is not a character"),
        (b"\x73\x00\x00\xdf\xff", "U+DFFF is not a character"),
        (b"\x99" + b"\0" * 16, "0x99 at byte 0 is not an AMQP type"),
        (b"\x46", "0x46 at byte 0 is not an AMQP type"),
        (b"\x3f", "0x3f at byte 0 is not an AMQP type"),
        (b"", "in the middle of a value"),
    ],
)
def test_what_is_not_well_formed_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(CodecError) as refused:
        Reader(data).read(0)
    assert words in str(refused.value)


@pytest.mark.parametrize(("code", "text"), [(0xD7FF, "\ud7ff"), (0xE000, "\ue000"), (0x10FFFF, "\U0010ffff")])
def test_the_characters_beside_those_that_are_none(code: int, text: str) -> None:
    assert Reader(b"\x73" + struct.pack(">I", code)).read(0) == (text, 5)


def lists(depth: int) -> bytes:
    """Return so many lists in each other."""
    value = b"\x45"
    for _ in range(depth):
        value = compound(LIST8, [value])
    return value


def test_nesting_is_bounded() -> None:
    assert Reader(lists(MAX_DEPTH)).read(0)[1] == len(lists(MAX_DEPTH))
    with pytest.raises(CodecError, match="nested too deeply"):
        Reader(lists(MAX_DEPTH + 1)).read(0)


def test_arrays_count_as_nesting() -> None:
    array = b"\x50\x01"
    for _ in range(MAX_DEPTH + 2):
        array = b"\xf0" + struct.pack(">II", len(array) + 4, 1) + array
    with pytest.raises(CodecError):
        Reader(array).read(0)


def test_descriptors_are_stepped_over_as_long_as_they_are_few() -> None:
    few = b"\x00\x53\x01" * (MAX_DEPTH - 1) + b"\x40"
    assert skip(few, 0) == len(few)
    with pytest.raises(CodecError, match="descriptors are nested too deeply"):
        skip(b"\x00\x53\x01" * MAX_DEPTH + b"\x40", 0)


def test_the_number_of_values_is_bounded_for_all_of_a_message_together() -> None:
    half = compound(LIST8, [b"\x40"] * (MAX_VALUES // 2 - 1))
    both = half + half
    reader = Reader(both)
    assert reader.read(0)[1] == len(half)
    assert reader.read(len(half))[1] == len(both)
    with pytest.raises(CodecError, match="too many values"):
        reader.read(0)


@pytest.mark.parametrize("element", [b"\x41", b"\x50"])
def test_the_elements_of_an_array_count(element: bytes) -> None:
    def array(count: int) -> bytes:
        content = element if element == b"\x41" else element + b"\1" * count
        return b"\xf0" + struct.pack(">II", len(content) + 4, count) + content

    whole = array(MAX_VALUES - 1)
    reader = Reader(whole + b"\x40")
    assert len(reader.read(0)[0]) == MAX_VALUES - 1  # type: ignore[arg-type]  # a list
    with pytest.raises(CodecError, match="too many values"):
        reader.read(len(whole))
    with pytest.raises(CodecError, match="too many values"):
        Reader(array(MAX_VALUES)).read(0)


def test_the_bytes_of_texts_are_bounded_for_all_of_a_message_together() -> None:
    half = write("x" * (MAX_TEXT // 2))
    for data in (half, write(b"x" * (MAX_TEXT // 2)), write(Symbol("x" * (MAX_TEXT // 2)))):
        reader = Reader(data + write("y" * 256))
        reader.read(0)
        reader.read(0)
        with pytest.raises(CodecError, match="1,048,576 bytes of text"):
            reader.read(len(data))
