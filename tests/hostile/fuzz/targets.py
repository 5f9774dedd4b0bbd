"""What is fuzzed: functions on bytes that return or raise what they say they raise, after a bounded number of calls."""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.values import Reader, skip
from clacks_monitor.captures.recovery.btree_pages import PageReader
from clacks_monitor.forms import XmlTextError, lossless, pattern
from clacks_monitor.gui.detail import xml_place, xml_scanner
from clacks_monitor.xquery import QueryError, compile_query
from clacks_monitor.xquery.editor.highlight import highlight
from clacks_monitor.xquery.library.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

CALLS, CALLS_A_BYTE = 50_000, 100
"""The most calls of functions that an input may cost: so many, and so many for each of its bytes."""
LONGEST = 4_096


class TooMuchWorkError(AssertionError):
    """An input costs more calls than its length explains."""


@dataclass(frozen=True, slots=True)
class Target:
    """``run`` is fuzzed, beginning with ``seeds``; it works on ``least`` bytes, however short the input is."""

    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    least: int = 0

    def check(self, data: bytes) -> None:
        """Run it, and raise an error when it costs too much or raises what it must not."""
        _warm_up(self)
        left = CALLS + CALLS_A_BYTE * max(self.least, len(data))

        def count(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal left
            left -= event in {"call", "c_call"}
            if left < 0:
                sys.setprofile(None)
                raise TooMuchWorkError(f"more than {CALLS} calls and {CALLS_A_BYTE} a byte for {len(data)} bytes")

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            self.run(data)
        finally:
            sys.setprofile(before)


@cache
def _warm_up(target: Target) -> None:
    """Let tables be made that are made once for all inputs."""
    for seed in target.seeds:
        target.run(seed)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape" if data[:1] > b"\x80" else "replace")


def decode_message(data: bytes) -> None:
    """Decode a message; what was decoded can be encoded and decoded again."""
    with suppress(CodecError):
        message = codec.decode(data)
        assert isinstance(message.body, bytes)
        for name, value in message.properties.items():
            assert isinstance(name, str)
            assert isinstance(value, str | int | float | bool)


def read_values(data: bytes) -> None:
    """Read a value, and pass over it: both end at the same place."""
    with suppress(CodecError):
        _value, end = Reader(data).read(0)
        assert end <= len(data)
        assert skip(data, 0) == end


def read_pages(data: bytes) -> None:
    """Read all pages of a file, and which are free; the file is filled up to whole pages."""
    whole = data + bytes(-len(data) % 8192)
    pages = PageReader(io.BytesIO(whole), len(whole))
    for number in range(pages.count + 2):
        for row in pages.rows(number):
            assert row.position >= 0
    if pages.count:
        assert all(0 < number <= pages.count for number in pages.free())


def compile_pattern(data: bytes) -> None:
    """Compile a query's regular expression."""
    flags, _bar, text = _text(data).rpartition("/")
    with suppress(QueryError):
        compiled.__wrapped__(text, flags[:6])


def tell_pattern(data: bytes) -> None:
    """Put a schema's pattern into words, and find an example of it."""
    text = _text(data)
    assert isinstance(pattern.describe_pattern(text), str)
    pattern.example(text)


def compile_text(data: bytes) -> None:
    """Compile a query."""
    with suppress(QueryError):
        compile_query(_text(data))


def lex_query(data: bytes) -> None:
    """Colour a query: tokens follow each other within the text."""
    text = _text(data)
    end = 0
    for token in highlight(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


def scan_xml(data: bytes) -> None:
    """Colour XML line by line: pieces follow each other from the first to the last character of each."""
    state = xml_scanner.State.TEXT
    for line in _text(data).split("\n"):
        end = 0
        for piece in xml_scanner.pieces(line, state):
            assert piece.start == end < piece.end
            end, state = piece.end, piece.state
        assert end == len(line)


def find_place(data: bytes) -> None:
    """Say what stands at places of an XML text."""
    text = _text(data)
    for position in (0, len(text) // 2, len(text)):
        xml_place.place_at(text, position)


def cut_xml(data: bytes) -> None:
    """Read XML for the form, which keeps every character."""
    with suppress(XmlTextError):
        document = lossless.parse(data)
        assert document.root.start < document.root.end <= len(document.text)


@cache
def targets() -> dict[str, Target]:
    """Return all targets by name."""
    event = b'<Event xmlns="http://www.gonicus.de/Events"><A b="c">d&amp;<!--e--><![CDATA[f]]><?g h?></A></Event>'
    message = codec.encode(event, properties={"a": 1, "b": True, "c": 1.5, "d": "e"}, subject="event")
    query = b"declare namespace e='x'; for $a in //e:b[@c = 'd'] (: e :) let $f := <g h=\"{1}\">{2}</g> return $a"
    expression = rb"im/^([a-z-[aeiou]]|\p{Lu}{2,3}|\d+?)*\i\c$"
    return {
        "codec": Target(decode_message, (message, b"\x00\x53\x77\xd1\0\0\0\x08\0\0\0\x02\xa1\x01a\x41")),
        "values": Target(read_values, (b"\xd0\0\0\0\x07\0\0\0\x02\x41\x54\x01", b"\xf0\0\0\0\x07\0\0\0\x02\x54\1\2")),
        "pages": Target(
            read_pages, (b"\x0d\0\0\0\x01\x1f\xf0\0\x1f\xf0" + bytes(8166) + b"\x08\x01\x04\1\1\x0f\1\2abc", b""), 8192
        ),
        "patterns": Target(compile_pattern, (expression, b"/(a|b){1,3}")),
        "words": Target(tell_pattern, (expression[3:], rb"\+[0-9]{3,}", rb"(a(b|c){2}d?){1,2}")),
        "queries": Target(compile_text, (query, b"some $a in * satisfies $a castable as xs:integer")),
        "lexer": Target(lex_query, (query, b"<a b=\"{'c'}\">{ (: <d/> :) }</a>")),
        "scanner": Target(scan_xml, (event, b"<!-- a\n--><b c='d\n'>&#10;<![CDATA[\n]]>")),
        "places": Target(find_place, (event,)),
        "lossless": Target(cut_xml, (event, b"\xff\xfe<\0a\0/\0>\0")),
    }
