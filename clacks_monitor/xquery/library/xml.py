"""XML as text: parse-xml, parse-xml-fragment, serialize.

Owner: xquery. Thread: any. Parsing is hardened: no entities, no network, no DTD.
Source: F&O 3.1, section 14.9, and the serialization specification.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from clacks_monitor.xquery import values as v
from clacks_monitor.xquery.builtins import function
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.functions import Array, Function, Map
from clacks_monitor.xquery.library.json import json_character
from clacks_monitor.xquery.nodes import (
    Attribute,
    Comment,
    DocumentNode,
    Element,
    Namespace,
    Node,
    ProcessingInstruction,
    Text,
    copy_node,
    from_lxml,
)
from clacks_monitor.xquery.output import check_option
from clacks_monitor.xquery.static import OUTPUT_NS

if TYPE_CHECKING:
    from clacks_monitor.xquery.runtime import Frame, Items


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, strip_cdata=True,
    )  # fmt: skip


@function("fn:parse-xml($arg as xs:string?) as document-node(element(*))?")
def _parse_xml(f: Frame, text: str | None) -> DocumentNode | None:
    if text is None:
        return None
    text = re.sub(r"^\ufeff?(<\?xml[^>]*?)\sencoding\s*=\s*[\"'][^\"']*[\"']", r"\1", str(text))
    try:
        tree = etree.fromstring(text.encode(), _parser()).getroottree()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise QueryError("FODC0006", f"This is no well-formed XML: {error}") from None
    made = from_lxml(tree)
    made.base = f.run.static.base_uri
    return made


_TEXT_DECLARATION = re.compile(
    r"<\?xml(\s+version\s*=\s*([\"'])1\.[0-9]+\2)?\s+encoding\s*=\s*([\"'])[A-Za-z][\w.\-]*\3\s*\?>"
)


@function("fn:parse-xml-fragment($arg as xs:string?) as document-node()?")
def _parse_fragment(f: Frame, text: str | None) -> DocumentNode | None:
    if text is None:
        return None
    source = str(text).removeprefix("\ufeff")
    declaration = _TEXT_DECLARATION.match(source)
    if declaration is not None:
        source = source[declaration.end() :]
    elif re.match(r"<\?xml\s", source):
        raise QueryError("FODC0006", "A fragment has no XML declaration.")
    if re.search(r"<!DOCTYPE", source):
        raise QueryError("FODC0006", "A fragment has no DOCTYPE.")
    try:
        root = etree.fromstring(f"<x>{source}</x>".encode(), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise QueryError("FODC0006", f"This is no well-formed XML: {error}") from None
    wrapper = from_lxml(root.getroottree()).kids[0]
    made = DocumentNode([copy_node(kid) for kid in wrapper.kids])
    made.base = f.run.static.base_uri
    return made


# ---------------------------------------------------------------- parameters
_YES_NO = ("allow-duplicate-names", "byte-order-mark", "escape-uri-attributes",
           "include-content-type", "indent", "omit-xml-declaration", "undeclare-prefixes")  # fmt: skip


def _parameters(given: Any) -> dict[str, str]:
    if given is None:
        return {}
    if isinstance(given, Map):
        return _from_map(given)
    if not isinstance(given, Element) or (given.uri, given.local) != (
        OUTPUT_NS, "serialization-parameters",
    ):  # fmt: skip
        raise QueryError("XPTY0004", "The parameters must be a map or serialization-parameters.")
    found: dict[str, str] = {}
    for kid in given.kids:
        if isinstance(kid, Element) and kid.uri == OUTPUT_NS:
            _from_element(kid, found)
        elif isinstance(kid, Element) and not kid.uri:
            raise QueryError("SEPM0017", f"'{kid.local}' is no parameter.")
    return found


def _from_element(kid: Element, found: dict[str, str]) -> None:
    if kid.local in found:
        raise QueryError("SEPM0019", f"'{kid.local}' is given twice.")
    if kid.local == "use-character-maps":
        found[kid.local] = "".join(
            f"{_attribute(m, 'character')}\t{_attribute(m, 'map-string')}\n" for m in kid.kids
            if isinstance(m, Element)
        )  # fmt: skip
        return
    value = next((a.text for a in kid.attributes if a.local == "value"), None)
    problem = check_option(kid.local, value or "", kid.namespaces)
    if value is None or (problem is not None and problem.code != "XPST0081"):
        raise QueryError("SEPM0017", f"'{kid.local}' is no parameter with such a value.")
    found[kid.local] = _yes(kid.local, value.strip() if kid.local != "item-separator" else value)


def _attribute(node: Element, name: str) -> str:
    return next((a.text for a in node.attributes if a.local == name), "")


def _yes(name: str, value: str) -> str:
    if name in _YES_NO or name == "standalone":
        return {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get(value, value)
    return value


def _from_map(given: Map) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in given.entries():
        if not isinstance(key, str) or not value:
            continue
        name = str(key)
        found[name] = _character_map(value[0]) if name == "use-character-maps" else _parameter(name, value)
    return found


def _character_map(given: Any) -> str:
    if not isinstance(given, Map):
        raise QueryError("XPTY0004", "use-character-maps must be a map.")
    if not all(isinstance(k, str) and len(x) == 1 for k, x in given.entries()):
        raise QueryError("XPTY0004", "use-character-maps must map strings to strings.")
    return "".join(f"{k}\t{v.string_of(x[0])}\n" for k, x in given.entries())


def _parameter(name: str, value: Items) -> str:
    first = value[0]
    if len(value) > 1 and name not in ("cdata-section-elements", "suppress-indentation"):
        raise QueryError("XPTY0004", f"'{name}' must be one value.")
    if (name in _YES_NO or name == "standalone") and not isinstance(first, (bool, v.Untyped)):
        raise QueryError("XPTY0004", f"'{name}' must be a boolean.")
    if name in ("method", "item-separator", "encoding", "media-type") and not isinstance(first, (str, v.QName)):  # fmt: skip  # noqa: E501
        raise QueryError("XPTY0004", f"'{name}' must be a string.")
    if isinstance(first, bool):
        made = "yes" if first else "no"
    elif name in ("cdata-section-elements", "suppress-indentation"):
        made = " ".join(f"{{{q.uri}}}{q.local}" for q in value if isinstance(q, v.QName))
    else:
        made = v.string_of(first)
    if name == "method" and isinstance(first, str) and check_option(name, made, {}):
        raise QueryError("SEPM0016", f"There is no method '{made}'.")
    if name == "html-version" and not isinstance(first, (int, float)) and not hasattr(first, "as_tuple"):  # fmt: skip
        raise QueryError("XPTY0004", "html-version must be a decimal.")
    return made


# ---------------------------------------------------------------- serialize
@function("fn:serialize($arg as item()*, $params as item()?) as xs:string", least=1)
def _serialize(f: Frame, arg: Items, params: Any = None) -> str:
    how = _parameters(params)
    method = how.get("method", "xml")
    if method == "json":
        if len(arg) > 1:
            raise QueryError("SERE0023", "JSON has one value at its top.")
        made = _Json(how).item(arg[0]) if arg else "null"
    elif method == "adaptive":
        made = how.get("item-separator", "\n").join(_adaptive(i, how) for i in arg)
    else:
        made = _markup(_normalized(arg, how.get("item-separator")), how, method)
    f.run.budget.check_characters(len(made))
    return made


def _normalized(items: Items, separator: str | None) -> list[Node | str]:
    """Sequence normalization: atomic values become strings with separators between them."""
    out: list[Node | str] = []
    flat: list[Any] = []
    for item in items:
        flat += _members(item)
    previous_atomic = False
    for i, item in enumerate(flat):
        if isinstance(item, (Attribute, Namespace)):
            raise QueryError("SENR0001", "An attribute cannot be serialized by itself.")
        if isinstance(item, Function):
            raise QueryError("SENR0001", "A function cannot be serialized.")
        atomic = not isinstance(item, Node)
        if separator is not None and i:
            out.append(separator)
        elif atomic and previous_atomic:
            out.append(" ")
        if isinstance(item, DocumentNode):
            out += item.kids
        else:
            out.append(v.string_of(item) if atomic else item)
        previous_atomic = atomic
    return out


def _members(item: Any) -> list[Any]:
    if not isinstance(item, Array):
        return [item]
    return [x for member in item.members for one in member for x in _members(one)]


def _markup(parts: list[Node | str], how: dict[str, str], method: str) -> str:
    writer = Writer(how, method)
    for part in parts:
        if isinstance(part, str):
            writer.text(part)
        else:
            writer.node(part, {})
    body = "".join(writer.out)
    wants = how.get("omit-xml-declaration", "yes" if method != "xml" or "standalone" not in how else "no")  # fmt: skip
    if method in ("xml", "xhtml") and wants == "no":
        alone = how.get("standalone", "omit")
        extra = f' standalone="{alone}"' if alone in ("yes", "no") else ""
        body = f'<?xml version="1.0" encoding="{how.get("encoding", "UTF-8")}"{extra}?>{body}'
    return body


_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "basefont",
        "frame",
        "isindex",
        "param",
    ]
)


class Writer:
    """Writes nodes as XML, XHTML, HTML or text."""

    def __init__(self, how: dict[str, str], method: str = "xml") -> None:
        self.out: list[str] = []
        self.method = method
        self.cdata = set(how.get("cdata-section-elements", "").split())
        self.map = {}
        for line in how.get("use-character-maps", "").split("\n"):
            character, tab, text = line.partition("\t")
            if tab:
                self.map[character] = text
        self.indent = how.get("indent") == "yes" and method != "text"

    def text(self, text: str, *, raw: bool = False) -> None:
        """Character data."""
        if self.method == "text" or raw:
            self.out.append("".join(self.map.get(c, c) for c in text) if self.map else text)
            return
        self.out.append("".join(self._escaped(c, "&<>\r") for c in text))

    def _escaped(self, character: str, special: str) -> str:
        if character in self.map:
            return self.map[character]
        if character in special:
            return {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}.get(character, f"&#x{ord(character):X};")
        code = ord(character)
        if 0x7F <= code <= 0x9F or code == 0x2028:  # noqa: PLR2004 - controls, line separator
            return f"&#x{code:X};"
        return character

    def node(self, node: Node, above: dict[str, str], depth: int = 0) -> None:
        """One node with its content."""
        if isinstance(node, Element):
            self._element(node, above, depth)
        elif self.method == "text":
            if type(node) is Text:
                self.text(node.text)
        elif isinstance(node, ProcessingInstruction):
            end = ">" if self.method == "html" else "?>"
            self.out.append(f"<?{node.local}{' ' if node.text else ''}{node.text}{end}")
        elif isinstance(node, Comment):
            self.out.append(f"<!--{node.text}-->")
        else:
            self.text(node.string_value)

    def _element(self, node: Element, above: dict[str, str], depth: int) -> None:
        if self.method == "text":
            self.text(node.string_value)
            return
        name = f"{node.prefix}:{node.local}" if node.prefix else node.local
        self.out.append(f"<{name}")
        scope = self._namespaces(node, above)
        for a in node.attributes:
            own = f"{a.prefix}:{a.local}" if a.prefix else a.local
            value = "".join(self._escaped(c, '&<>"\t\n\r') for c in a.text)
            self.out.append(f' {own}="{value}"')
        html = self.method == "html" and not node.uri
        if not node.kids:
            if html:
                self.out.append(">" if node.local.lower() in _VOID else f"></{name}>")
            elif self.method == "xhtml" and node.local not in _VOID:
                self.out.append(f"></{name}>")
            else:
                self.out.append("/>" if self.method != "xhtml" else " />")
            return
        self.out.append(">")
        raw = html and node.local.lower() in ("script", "style")
        cdata = f"{{{node.uri}}}{node.local}" in self.cdata or (name in self.cdata)
        spread = self.indent and not any(type(k) is Text for k in node.kids)
        for kid in node.kids:
            if spread:
                self.out.append("\n" + "   " * (depth + 1))
            if type(kid) is Text and (raw or cdata):
                self.out.append(_cdata(kid.text) if cdata else kid.text)
            else:
                self.node(kid, scope, depth + 1)
        if spread:
            self.out.append("\n" + "   " * depth)
        self.out.append(f"</{name}>")

    def _namespaces(self, node: Element, above: dict[str, str]) -> dict[str, str]:
        own = node.namespaces
        for prefix, uri in own.items():
            if above.get(prefix) != uri:
                attribute = f"xmlns:{prefix}" if prefix else "xmlns"
                value = "".join(self._escaped(c, '&<"') for c in uri)
                self.out.append(f' {attribute}="{value}"')
        if not node.uri and above.get(""):
            self.out.append(' xmlns=""')
        return own


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


# ---------------------------------------------------------------- JSON and adaptive
class _Json:
    def __init__(self, how: dict[str, str]) -> None:
        self.how = how
        self.twice = how.get("allow-duplicate-names") == "yes"
        self.writer = Writer(how, "text")

    def sequence(self, items: Items) -> str:
        if len(items) > 1:
            raise QueryError("SERE0023", "JSON has no sequences.")
        return self.item(items[0]) if items else "null"

    def item(self, item: Any) -> str:
        if isinstance(item, Array):
            return "[" + ",".join(self.sequence(m) for m in item.members) + "]"
        if isinstance(item, Map):
            names = [v.string_of(k) for k, _ in item.entries()]
            if not self.twice and len(set(names)) < len(names):
                raise QueryError("SERE0022", "A name appears twice.")
            pairs = zip(names, (x for _, x in item.entries()), strict=True)
            return "{" + ",".join(f"{self.string(n)}:{self.sequence(x)}" for n, x in pairs) + "}"
        if isinstance(item, Function):
            raise QueryError("SERE0021", "JSON has no functions.")
        if isinstance(item, Node):
            method = self.how.get("json-node-output-method", "xml")
            parts: list[Node | str] = list(item.kids) if isinstance(item, DocumentNode) else [item]
            if isinstance(item, (Attribute, Namespace)):
                return self.string(item.text)
            return self.string(_markup(parts, {"omit-xml-declaration": "yes"}, method))
        if isinstance(item, bool):
            return v.string_of(item)
        if isinstance(item, float) and v.double_string(item)[-1] in "NF":
            raise QueryError("SERE0020", "JSON has neither NaN nor infinity.")
        if isinstance(item, (int, float)) or hasattr(item, "as_tuple"):
            return v.string_of(item)
        return self.string(v.string_of(item))

    def string(self, text: str) -> str:
        out = (self.writer.map.get(c) or json_character(c) for c in text)
        return '"' + "".join(out) + '"'


def _adaptive(item: Any, how: dict[str, str]) -> str:
    if isinstance(item, Map):
        pairs = (f"{_adaptive(k, how)}:{_grouped(x, how)}" for k, x in item.entries())
        return "map{" + ",".join(pairs) + "}"
    if isinstance(item, Array):
        return "[" + ",".join(_grouped(m, how) for m in item.members) + "]"
    if isinstance(item, Function):
        name = item.name
        prefix = {"http://www.w3.org/2005/xpath-functions": "fn:"}.get(name.uri, "") if name else ""
        written = (prefix + name.local if prefix else str(name)) if name else "(anonymous-function)"
        return f"{written}#{item.arity}"
    if isinstance(item, Attribute):
        own = f"{item.prefix}:{item.local}" if item.prefix else item.local
        writer = Writer(how)
        value = "".join(writer._escaped(c, '&<>"\t\n\r') for c in item.text)  # noqa: SLF001 - same module
        return f'{own}="{value}"'
    if isinstance(item, Namespace):
        return f'xmlns{":" if item.local else ""}{item.local}="{item.text}"'
    if isinstance(item, Node):
        parts: list[Node | str] = list(item.kids) if isinstance(item, DocumentNode) else [item]
        return _markup(parts, {"omit-xml-declaration": "yes", **how}, "xml")
    return _adaptive_atom(item)


def _grouped(items: Items, how: dict[str, str]) -> str:
    if len(items) == 1:
        return _adaptive(items[0], how)
    return "(" + ",".join(_adaptive(i, how) for i in items) + ")"


def _adaptive_atom(item: Any) -> str:
    if isinstance(item, bool):
        return f"{v.string_of(item)}()"
    if isinstance(item, str):
        return '"' + str(item).replace('"', '""') + '"'
    if isinstance(item, v.QName):
        return f"Q{{{item.uri}}}{item.local}"
    if type(item) is float:
        text = v.double_string(item)
        return text if "E" in text or text[-1] in "NF" else _exponential(item)
    if isinstance(item, (int,)) or hasattr(item, "as_tuple"):
        return v.string_of(item)
    return f'xs:{item.name}("{v.string_of(item)}")'


def _exponential(value: float) -> str:
    digits, _, power = f"{value!r}".partition("e")
    mantissa, _, exponent = f"{float(digits + ('e' + power if power else '')):e}".partition("e")
    shortest = repr(float(mantissa))
    if float(f"{shortest}e{exponent}") != value:
        shortest = repr(value / 10 ** int(exponent))
    return f"{shortest}e{int(exponent)}"
