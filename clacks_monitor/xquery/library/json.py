"""JSON to values and to XML: fn:parse-json, fn:json-to-xml.

Owner: xquery. Thread: any. Source: F&O 3.1, sections 17.5.1 and 17.5.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.functions import Array, Map
from clacks_monitor.xquery.datamodel.nodes import Attribute, DocumentNode, Element, Node, Text
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.json_text import JsonOptions, JsonParser
from clacks_monitor.xquery.library.table import function
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame


def parsed(f: Frame, text: str, options: Map | None) -> Any:
    """fn:parse-json's result for a text."""
    how = JsonOptions(f, options, ("use-first", "use-last", "reject"), "use-first")
    return _item(JsonParser(text, how).document(), how)


def _item(found: tuple[str, Any], how: JsonOptions) -> Any:
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
                    raise QueryError("FOJS0003", Message("The key '{0}' appears twice.", name))
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


@function("fn:json-to-xml($json as xs:string?, $options as map(*)) as document-node()?", least=1)
def _json_to_xml(f: Frame, text: str | None, options: Map | None = None) -> DocumentNode | None:
    if text is None:
        return None
    how = JsonOptions(f, options, ("use-first", "reject", "retain"), "retain")
    top = _to_node(JsonParser(text, how).document(), how, None)
    made = DocumentNode([top])
    made.base = f.run.static.base_uri
    return made


def _to_node(found: tuple[str, Any], how: JsonOptions, key: str | None) -> Element:
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


def _members(value: Any, how: JsonOptions) -> list[Node]:
    kids: list[Node] = []
    seen: set[str] = set()
    for key, content in value:
        if key in seen and how.duplicates != "retain":
            if how.duplicates == "reject":
                raise QueryError("FOJS0003", Message("The key '{0}' appears twice.", key))
            continue
        seen.add(key)
        kids.append(_to_node(content, how, key))
    return kids
