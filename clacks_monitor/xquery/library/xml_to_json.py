"""XML to JSON: fn:xml-to-json.

Owner: xquery. Thread: any. Source: F&O 3.1, section 17.5.5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import cast
from clacks_monitor.xquery.datamodel.nodes import DocumentNode, Element, Node, Text
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.json_text import JsonParser, json_character
from clacks_monitor.xquery.library.options import flag
from clacks_monitor.xquery.library.table import function
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from clacks_monitor.xquery.datamodel.functions import Map
    from clacks_monitor.xquery.evaluation.frame import Frame


@function("fn:xml-to-json($input as node()?, $options as map(*)) as xs:string?", least=1)
def _xml_to_json(_f: Frame, node: Node | None, options: Map | None = None) -> str | None:
    flag(options, "indent")
    if node is None:
        return None
    if isinstance(node, DocumentNode):
        tops = [k for k in node.kids if isinstance(k, Element)]
        others = [k for k in node.kids if type(k) is Text and k.text.strip()]
        if len(tops) != 1 or others:
            raise _invalid(Message("The document must have one element."))
        node = tops[0]
    return _json_of(node)


def _invalid(reason: Message) -> QueryError:
    return QueryError("FOJS0006", reason)


_ALLOWED = {"string": {"escaped"}, "map": set(), "array": set(), "number": set(), "boolean": set(), "null": set()}


def _json_of(node: Node) -> str:
    if not isinstance(node, Element) or node.uri != FN_NS or node.local not in _ALLOWED:
        raise _invalid(Message("This element does not stand for JSON."))
    for a in node.attributes:
        known = a.local in _ALLOWED[node.local] or a.local in ("key", "escaped-key")
        if a.uri == FN_NS or (not a.uri and not known):
            raise _invalid(Message("The attribute {0} does not belong here.", a.local))
        if a.local in ("escaped", "escaped-key") and a.text.strip() not in ("true", "false", "1", "0"):
            raise _invalid(Message("The attribute {0} must be a boolean.", a.local))
    elements = [k for k in node.kids if isinstance(k, Element)]
    texts = "".join(k.text for k in node.kids if type(k) is Text)
    if node.local in ("map", "array"):
        if texts.strip():
            raise _invalid(Message("A {0} holds no text.", node.local))
        if node.local == "array":
            return "[" + ",".join(_json_of(k) for k in elements) + "]"
        return _map_of(elements)
    if elements:
        raise _invalid(Message("A {0} holds no elements.", node.local))
    return _scalar(node, texts)


def _map_of(elements: list[Element]) -> str:
    out = []
    seen = set()
    for k in elements:
        key = next((a.text for a in k.attributes if a.local == "key" and not a.uri), None)
        if key is None:
            raise _invalid(Message("A member of a map needs a key."))
        name = _json_string(key, escaped=_flag(k, "escaped-key"))
        plain = JsonParser(f'"{name}"', None).string()  # type: ignore[arg-type]  # strings need no options
        if plain in seen:
            raise _invalid(Message("The key '{0}' appears twice.", key))
        seen.add(plain)
        out.append(f'"{name}":{_json_of(k)}')
    return "{" + ",".join(out) + "}"


def _flag(node: Element, name: str) -> bool:
    return any(a.local == name and a.text.strip() in ("true", "1") for a in node.attributes)


def _scalar(node: Element, text: str) -> str:
    if node.local == "null":
        if text.strip():
            raise _invalid(Message("null holds no text."))
        return "null"
    if node.local == "string":
        return f'"{_json_string(text, escaped=_flag(node, "escaped"))}"'
    try:
        if node.local == "boolean":
            return "true" if cast(v.Untyped(text), "boolean") else "false"
        number = cast(v.Untyped(text), "double")
    except QueryError:
        raise _invalid(Message("'{0}' is not a valid {1}.", text, node.local)) from None
    found = v.double_string(number)  # type: ignore[arg-type]  # a double
    if "N" in found:
        raise _invalid(Message("'{0}' is not a JSON number.", text))
    return found


_VALID_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})')


def _json_string(text: str, *, escaped: bool) -> str:
    out, pos = [], 0
    while pos < len(text):
        character = text[pos]
        if escaped and character == "\\":
            match = _VALID_ESCAPE.match(text, pos)
            if match is None:
                raise QueryError("FOJS0007", Message("This escape is none of JSON's."))
            out.append(match.group())
            pos = match.end()
            continue
        out.append(json_character(character))
        pos += 1
    return "".join(out)
