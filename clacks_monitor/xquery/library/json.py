"""JSON: parse-json, json-to-xml, xml-to-json.

Owner: xquery. Thread: any. Source: F&O 3.1, section 17.5. The grammar is RFC 7159's, with places
in the errors, so the parser is our own; its depth is bounded.
"""

from __future__ import annotations

import re
from typing import Any

from clacks_monitor.xquery import values as v
from clacks_monitor.xquery.builtins import function
from clacks_monitor.xquery.casting import cast
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.functions import Array, Function, Map
from clacks_monitor.xquery.nodes import Attribute, DocumentNode, Element, Node, Text
from clacks_monitor.xquery.runtime import Frame, call_converted
from clacks_monitor.xquery.scanner import is_xml_character
from clacks_monitor.xquery.static import FN_NS

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]+')
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_NAMED = {"\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
_MAX_DEPTH = 200


class _Options:
    def __init__(self, f: Frame, options: Map | None, allowed: tuple[str, ...], default: str) -> None:
        self.run = f.run
        given = dict(options.entries()) if options is not None else {}
        self.liberal = self._boolean(given, "liberal")
        self.escape = self._boolean(given, "escape")
        self._boolean(given, "validate")
        self.duplicates = default
        if "duplicates" in given:
            value = given["duplicates"]
            if len(value) != 1 or type(value[0]) not in (str, v.Untyped):
                raise QueryError("XPTY0004", "The option 'duplicates' must be a string.")
            if str(value[0]) not in allowed:
                raise QueryError("FOJS0005", f"'{value[0]}' is no way to treat duplicates.")
            self.duplicates = str(value[0])
        self.fallback: Function | None = None
        if "fallback" in given:
            value = given["fallback"]
            if len(value) != 1 or not isinstance(value[0], Function) or value[0].arity != 1:
                raise QueryError("XPTY0004", "The option 'fallback' must be a function.")
            if self.escape:
                raise QueryError("FOJS0005", "Either escape or have a fallback, not both.")
            self.fallback = value[0]

    @staticmethod
    def _boolean(given: dict[Any, Any], name: str) -> bool:
        value = given.get(name, (False,))
        if len(value) == 1 and isinstance(value[0], v.Untyped):
            value = (cast(value[0], "boolean"),)
        if len(value) != 1 or not isinstance(value[0], bool):
            raise QueryError("XPTY0004", f"The option '{name}' must be a boolean.")
        return value[0]

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
        out = []
        for character in raw:
            if character in _NAMED:
                out.append(_NAMED[character])
            elif not is_xml_character(ord(character)) or 0x7F <= ord(character) <= 0x9F:  # noqa: PLR2004 - C1
                out.append(f"\\u{ord(character):04X}")
            else:
                out.append(character)
        return "".join(out)


class _Parser:
    """Yields nested Python values: dict pairs, lists, strings, numbers as text."""

    def __init__(self, text: str, options: _Options) -> None:
        self.text = text
        self.pos = 0
        self.options = options
        self.depth = 0

    def fail(self) -> QueryError:
        return QueryError("FOJS0001", f"This is no JSON, at character {self.pos + 1}.")

    def space(self) -> str:
        match = _SPACE.match(self.text, self.pos)
        self.pos = match.end() if match else self.pos
        return self.text[self.pos : self.pos + 1]

    def document(self) -> Any:
        if self.text.startswith("\ufeff"):
            self.pos = 1
        found = self.value()
        if self.space():
            raise self.fail()
        return found

    def value(self) -> tuple[str, Any]:
        sign = self.space()
        if sign == '"':
            return "string", self.string()
        if sign in ("{", "["):
            self.depth += 1
            if self.depth > _MAX_DEPTH:
                raise QueryError("FOJS0001", "The JSON is nested too deeply.")
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
                return joined.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if any(0xD800 <= ord(c) < 0xE000 for c in joined) and _paired(joined) else joined  # fmt: skip  # noqa: E501, PLR2004
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


def _paired(text: str) -> bool:
    return re.search("[\ud800-\udbff][\udc00-\udfff]", text) is not None


def parsed(f: Frame, text: str, options: Map | None) -> Any:
    """fn:parse-json's result for a text."""
    how = _Options(f, options, ("use-first", "use-last", "reject"), "use-first")
    return _item(_Parser(text, how).document(), how)


def _item(found: tuple[str, Any], how: _Options) -> Any:
    kind, value = found
    if kind == "string":
        return how.escaped(value) if how.escape else how.text(value)
    if kind == "number":
        return float(value)
    if kind == "array":
        return Array([_sequence(_item(x, how)) for x in value])
    if kind == "map":
        made: dict[str, Any] = {}
        for key, content in value:
            name = how.escaped(key) if how.escape else how.text(key)
            if name in made:
                if how.duplicates == "reject":
                    raise QueryError("FOJS0003", f"The key '{name}' appears twice.")
                if how.duplicates == "use-first":
                    continue
            made[name] = _sequence(_item(content, how))
        return Map(made.items())
    return value


def _sequence(item: Any) -> Any:
    return () if item is None else (item,)


@function("fn:parse-json($json as xs:string?, $options as map(*)) as item()?", least=1)
def _parse_json(f: Frame, text: str | None, options: Map | None = None) -> Any:
    return None if text is None else parsed(f, text, options)


# ---------------------------------------------------------------- to XML
@function("fn:json-to-xml($json as xs:string?, $options as map(*)) as document-node()?", least=1)
def _json_to_xml(f: Frame, text: str | None, options: Map | None = None) -> DocumentNode | None:
    if text is None:
        return None
    how = _Options(f, options, ("use-first", "reject", "retain"), "retain")
    top = _to_node(_Parser(text, how).document(), how, None)
    made = DocumentNode([top])
    made.base = f.run.static.base_uri
    return made


def _to_node(found: tuple[str, Any], how: _Options, key: str | None) -> Element:
    kind, value = found
    made = Element(FN_NS, kind, "", None, None)
    attributes: list[Attribute] = []
    if key is not None:
        name = how.escaped(key) if how.escape else how.text(key)
        attributes.append(Attribute("", "key", "", name, None))
        if how.escape and "\\" in name:
            attributes.append(Attribute("", "escaped-key", "", "true", None))
    kids: list[Node] = []
    if kind == "string":
        text = how.escaped(value) if how.escape else how.text(value)
        if how.escape and "\\" in text:
            attributes.append(Attribute("", "escaped", "", "true", None))
        kids = [Text(text, None)] if text else []
    elif kind in ("number", "boolean"):
        kids = [Text(value if kind == "number" else v.string_of(value), None)]
    elif kind == "array":
        kids = [_to_node(x, how, None) for x in value]
    elif kind == "map":
        kids = _members(value, how)
    made.fill(attributes, kids, {"": FN_NS})
    return made


def _members(value: Any, how: _Options) -> list[Node]:
    kids: list[Node] = []
    seen: set[str] = set()
    for key, content in value:
        if key in seen and how.duplicates != "retain":
            if how.duplicates == "reject":
                raise QueryError("FOJS0003", f"The key '{key}' appears twice.")
            continue
        seen.add(key)
        kids.append(_to_node(content, how, key))
    return kids


# ---------------------------------------------------------------- from XML
@function("fn:xml-to-json($input as node()?, $options as map(*)) as xs:string?", least=1)
def _xml_to_json(_f: Frame, node: Node | None, options: Map | None = None) -> str | None:
    if options is not None:
        indent = options.get("indent")
        wrong = len(indent) != 1 or not isinstance(indent[0], bool)
        if wrong and any(k == "indent" for k, _ in options.entries()):
            raise QueryError("XPTY0004", "The option 'indent' must be a boolean.")
    if node is None:
        return None
    if isinstance(node, DocumentNode):
        tops = [k for k in node.kids if isinstance(k, Element)]
        others = [k for k in node.kids if type(k) is Text and k.text.strip()]
        if len(tops) != 1 or others:
            raise _invalid("The document must have one element.")
        node = tops[0]
    return _json_of(node)


def _invalid(reason: str) -> QueryError:
    return QueryError("FOJS0006", reason)


_ALLOWED = {"string": {"escaped"}, "map": set(), "array": set(), "number": set(),
            "boolean": set(), "null": set()}  # fmt: skip


def _json_of(node: Node) -> str:
    if not isinstance(node, Element) or node.uri != FN_NS or node.local not in _ALLOWED:
        raise _invalid("This element does not stand for JSON.")
    for a in node.attributes:
        known = a.local in _ALLOWED[node.local] or a.local in ("key", "escaped-key")
        if a.uri == FN_NS or (not a.uri and not known):
            raise _invalid(f"The attribute {a.local} does not belong here.")
        if a.local in ("escaped", "escaped-key") and a.text.strip() not in ("true", "false", "1", "0"):
            raise _invalid(f"The attribute {a.local} must be a boolean.")
    elements = [k for k in node.kids if isinstance(k, Element)]
    texts = "".join(k.text for k in node.kids if type(k) is Text)
    if node.local in ("map", "array"):
        if texts.strip():
            raise _invalid(f"A {node.local} holds no text.")
        if node.local == "array":
            return "[" + ",".join(_json_of(k) for k in elements) + "]"
        return _map_of(elements)
    if elements:
        raise _invalid(f"A {node.local} holds no elements.")
    return _scalar(node, texts)


def _map_of(elements: list[Element]) -> str:
    out = []
    seen = set()
    for k in elements:
        key = next((a.text for a in k.attributes if a.local == "key" and not a.uri), None)
        if key is None:
            raise _invalid("A member of a map needs a key.")
        name = _json_string(key, escaped=_flag(k, "escaped-key"))
        plain = _Parser(f'"{name}"', None).string()  # type: ignore[arg-type]  # strings need no options
        if plain in seen:
            raise _invalid(f"The key '{key}' appears twice.")
        seen.add(plain)
        out.append(f'"{name}":{_json_of(k)}')
    return "{" + ",".join(out) + "}"


def _flag(node: Element, name: str) -> bool:
    return any(a.local == name and a.text.strip() in ("true", "1") for a in node.attributes)


def _scalar(node: Element, text: str) -> str:
    if node.local == "null":
        if text.strip():
            raise _invalid("null holds no text.")
        return "null"
    if node.local == "string":
        return f'"{_json_string(text, escaped=_flag(node, "escaped"))}"'
    try:
        if node.local == "boolean":
            return "true" if cast(v.Untyped(text), "boolean") else "false"
        number = cast(v.Untyped(text), "double")
    except QueryError:
        raise _invalid(f"'{text}' is no {node.local}.") from None
    found = v.double_string(number)  # type: ignore[arg-type]  # a double
    if "N" in found:
        raise _invalid(f"'{text}' is no number of JSON.")
    return found


_VALID_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})')


def _json_string(text: str, *, escaped: bool) -> str:
    out, pos = [], 0
    while pos < len(text):
        character = text[pos]
        if escaped and character == "\\":
            match = _VALID_ESCAPE.match(text, pos)
            if match is None:
                raise QueryError("FOJS0007", "This escape is none of JSON's.")
            out.append(match.group())
            pos = match.end()
            continue
        out.append(json_character(character))
        pos += 1
    return "".join(out)


def json_character(character: str) -> str:
    """A character inside a JSON string, escaped if it must be."""
    if character in _NAMED:
        return _NAMED[character]
    if character in ('"', "/"):
        return "\\" + character
    if ord(character) < 32 or 0x7F <= ord(character) <= 0x9F:  # noqa: PLR2004 - controls
        return f"\\u{ord(character):04X}"
    return character
