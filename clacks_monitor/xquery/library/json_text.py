"""JSON as text: reading it, and its strings.

Owner: xquery. Thread: any. Source: RFC 7159 as F&O 3.1, section 17.5, restricts it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import call_converted
from clacks_monitor.xquery.lexical import is_xml_character
from clacks_monitor.xquery.library.options import TO_STRING, choice, flag, option

if TYPE_CHECKING:
    from clacks_monitor.xquery.datamodel.functions import Function, Map
    from clacks_monitor.xquery.evaluation.frame import Frame

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]+')
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_C1 = frozenset(map(chr, range(0x7F, 0xA0)))
_NAMED = {"\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
_MAX_DEPTH = 200


class JsonOptions:
    """The options of the three functions on JSON; raises QueryError for wrong ones."""

    def __init__(self, f: Frame, options: Map | None, allowed: tuple[str, ...], default: str) -> None:
        self.run = f.run
        flag(options, "liberal")  # must be a boolean; nothing beyond JSON is read
        self.escape = flag(options, "escape")
        flag(options, "validate")
        self.duplicates = choice(options, "duplicates", allowed, default)
        fallback = option(options, "fallback", TO_STRING)
        if fallback is not None and self.escape:
            raise QueryError("FOJS0005", Message("Either escape or have a fallback, not both."))
        self.fallback: Function | None = fallback[0] if fallback is not None else None

    def text(self, raw: str) -> str:
        """The string for a JSON string whose characters are given, escapes resolved or kept."""
        out = []
        for character in raw:
            if is_xml_character(ord(character)):
                out.append(character)
            elif self.fallback is not None:
                code = f"\\u{ord(character):04X}"
                escape = _NAMED.get(character, code)
                found = call_converted(self.fallback, [(escape,)], self.run)
                out.append("".join(v.string_of(x) for x in found))
            else:
                out.append("\ufffd")
        return "".join(out)

    def escaped(self, raw: str) -> str:
        """The string with JSON's escapes for what needs them."""
        out = []
        for character in raw:
            if character in _NAMED:
                out.append(_NAMED[character])
            elif not is_xml_character(ord(character)) or character in _C1:
                out.append(f"\\u{ord(character):04X}")
            else:
                out.append(character)
        return "".join(out)


class JsonParser:
    """Yields nested Python values: dict pairs, lists, strings, numbers as text."""

    def __init__(self, text: str, options: JsonOptions) -> None:
        self.text = text
        self.pos = 0
        self.options = options
        self.depth = 0

    def fail(self) -> QueryError:
        """The error for this position."""
        return QueryError("FOJS0001", Message("This is not JSON, at character {0}.", self.pos + 1))

    def space(self) -> str:
        """Skip white space; returns the next character."""
        match = _SPACE.match(self.text, self.pos)
        self.pos = match.end() if match else self.pos
        return self.text[self.pos : self.pos + 1]

    def document(self) -> Any:
        """The one value of the text."""
        if self.text.startswith("\ufeff"):
            self.pos = 1
        found = self.value()
        if self.space():
            raise self.fail()
        return found

    def value(self) -> tuple[str, Any]:
        """One value, with its kind."""
        sign = self.space()
        if sign == '"':
            return "string", self.string()
        if sign in ("{", "["):
            self.depth += 1
            if self.depth > _MAX_DEPTH:
                raise QueryError("FOJS0001", Message("The JSON is nested too deeply."))
            found = ("map", self.members()) if sign == "{" else ("array", self.items())
            self.depth -= 1
            return found
        for word in ("true", "false", "null"):
            if self.text.startswith(word, self.pos):
                self.pos += len(word)
                return ("null", None) if word == "null" else ("boolean", word == "true")
        match = _NUMBER.match(self.text, self.pos)
        if match is None:
            raise self.fail()
        self.pos = match.end()
        return "number", match.group()

    def items(self) -> list[Any]:
        """An array's values."""
        self.pos += 1
        found: list[Any] = []
        if self.space() == "]":
            self.pos += 1
            return found
        while True:
            found.append(self.value())
            if not self._comma("]"):
                return found

    def members(self) -> list[Any]:
        """An object's members: pairs of name and value."""
        self.pos += 1
        found: list[Any] = []
        if self.space() == "}":
            self.pos += 1
            return found
        while True:
            if self.space() != '"':
                raise self.fail()
            key = self.string()
            if self.space() != ":":
                raise self.fail()
            self.pos += 1
            found.append((key, self.value()))
            if not self._comma("}"):
                return found

    def _comma(self, end: str) -> bool:
        sign = self.space()
        if sign not in (",", end) or not sign:
            raise self.fail()
        self.pos += 1
        return sign == ","

    def string(self) -> str:
        """A string without its quotes, escapes resolved."""
        self.pos += 1
        out = []
        while True:
            match = _PLAIN.match(self.text, self.pos)
            if match is not None:
                out.append(match.group())
                self.pos = match.end()
            sign = self.text[self.pos : self.pos + 1]
            if sign == '"':
                self.pos += 1
                # Surrogates that came as two escapes become one character.
                joined = "".join(out)
                return _united(joined) if _PAIR.search(joined) else joined
            if sign != "\\":
                raise self.fail()
            out.append(self._escape())

    def _escape(self) -> str:
        sign = self.text[self.pos + 1 : self.pos + 2]
        if sign in _ESCAPES and sign:
            self.pos += 2
            return _ESCAPES[sign]
        digits = self.text[self.pos + 2 : self.pos + 6]
        if sign != "u" or not re.fullmatch("[0-9a-fA-F]{4}", digits):
            raise self.fail()
        self.pos += 6
        return chr(int(digits, 16))


_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _united(text: str) -> str:
    """Make one character of each pair of surrogates."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def json_character(character: str) -> str:
    """A character inside a JSON string, escaped if it must be."""
    if character in _NAMED:
        return _NAMED[character]
    if character in ('"', "/"):
        return "\\" + character
    if character < " " or character in _C1:
        return f"\\u{ord(character):04X}"
    return character
