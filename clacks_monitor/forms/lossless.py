"""A lossless XML tree: each node is a slice of the text.

A form can change one value and leave the rest unchanged: quotes, blanks between attributes, character references,
CDATA sections, comments, line ends. libxml2 decides whether a text is well-formed; this module only splits it.
Owner: the form that holds the document; nothing changes after ``parse``. Thread: any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.errors import ValidationIssue, XmlTextError

__all__ = [
    "XML_NAMESPACE",
    "AttributeNode",
    "ElementNode",
    "LosslessDocument",
    "decode_text",
    "escape_attribute",
    "escape_text",
    "parse",
    "position",
    "split_name",
    "unescape",
]

XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"

_NAME: Final = r"[^\s/>=<\"'?!]+"
_TOKEN: Final = re.compile(
    rf"""
      <!--(?s:.*?)-->
    | <!\[CDATA\[(?P<cdata>(?s:.*?))\]\]>
    | <\?(?s:.*?)\?>
    | <!DOCTYPE(?:[^\[<>"']|"[^"]*"|'[^']*')*
        (?:\[(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--(?s:.*?)-->|<\?(?s:.*?)\?>
              |<(?:[^"'>]|"[^"]*"|'[^']*')*>)*\]\s*)?>
    | </(?P<close>{_NAME})\s*>
    | <(?P<open>{_NAME})(?P<attributes>(?:\s+{_NAME}\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(?P<empty>/?)>
    | (?P<text>[^<]+)
    """,
    re.VERBOSE,
)
_ATTRIBUTE: Final = re.compile(rf"\s+(?P<name>{_NAME})\s*=\s*(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)')")
_REFERENCE: Final = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot|apos));")
_PREDEFINED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\b")
_COMMENT_OR_INSTRUCTION: Final = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AttributeNode:
    """One attribute or namespace declaration; ``start`` is where the blanks before it begin."""

    name: str
    qname: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(slots=True, eq=False)
class ElementNode:
    """One element: offsets into the document's text, and its element children.

    ``texts[i]`` is the character content before child i (the last: after the last child), decoded;
    comments and instructions are left out of it. ``gaps[i]`` is the raw slice of the same place.
    """

    source: str
    name: str
    qname: str
    nsmap: dict[str, str]
    attributes: tuple[AttributeNode, ...]
    start: int
    start_tag_end: int
    content_end: int = 0
    end: int = 0
    empty: bool = False
    parent: ElementNode | None = None
    children: list[ElementNode] = field(default_factory=list)
    texts: list[str] = field(default_factory=lambda: [""])

    @property
    def raw(self) -> str:
        """The element's own slice of the text."""
        return self.source[self.start : self.end]

    @property
    def inner(self) -> str:
        """The raw slice between start tag and end tag."""
        return self.source[self.start_tag_end : self.content_end]

    @property
    def plain(self) -> str:
        """The decoded character content, when there are no child elements."""
        return "".join(self.texts)

    def gap(self, index: int) -> str:
        """Raw text between child index-1 (or the start tag) and child index (or the end tag)."""
        begin = self.children[index - 1].end if index else self.start_tag_end
        last = index == len(self.children)
        return self.source[begin : self.content_end if last else self.children[index].start]


@dataclass(slots=True)
class LosslessDocument:
    """A whole text; ``bom`` says that it began with a byte order mark."""

    text: str
    encoding: str
    bom: bool
    root: ElementNode

    def encode(self, text: str) -> bytes:
        """Encode a text in this document's encoding; other characters become references."""
        data = text.encode(self.encoding, "xmlcharrefreplace")
        return b"\xef\xbb\xbf" + data if self.bom else data


def unescape(raw: str) -> str:
    """Resolve character references and the five predefined entities; normalise line ends."""
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in raw:
        return raw
    return _REFERENCE.sub(_resolve, raw)


def _resolve(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _PREDEFINED[name]
    return chr(int(hexadecimal, 16) if hexadecimal else int(decimal))


def escape_text(value: str) -> str:
    """Write a value as character content. A carriage return survives as a reference."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\r", "&#13;")


def escape_attribute(value: str, quote: str = '"') -> str:
    """Write a value as attribute value; white space that would be normalised becomes a reference."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;")
    escaped = escaped.replace(quote, "&quot;" if quote == '"' else "&apos;")
    return escaped.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset."""
    line_start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - line_start + 1


def split_name(qname: str) -> tuple[str, str]:
    """Split ``{namespace}local``; the namespace is empty for a bare name."""
    if qname.startswith("{"):
        namespace, _, local = qname[1:].rpartition("}")
        return namespace, local
    return "", qname


def parser(*, schema: bool = False, bare: bool = False) -> etree.XMLParser:
    """Return a parser without network, DTD loading and external entities.

    ``bare`` leaves comments and instructions out, which xmlschema treats as elements.
    """
    return etree.XMLParser(
        resolve_entities="internal" if schema else False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=bare,
        remove_pis=bare,
    )


def decode_text(body: bytes, *, schema: bool = False, bare: bool = False) -> tuple[str, str, bool, etree._Element]:
    """Check that bytes are well-formed; return text, encoding, whether a BOM led, and the root.

    Raises XmlTextError with line and column.
    """
    try:
        root = etree.fromstring(body, parser(schema=schema, bare=bare))
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise XmlTextError(
            ValidationIssue(_syntax_message(error.msg or ""), max(line or 1, 1), max(column, 1))
        ) from None
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    bom = body.startswith(b"\xef\xbb\xbf")
    try:
        return body[3 if bom else 0 :].decode(encoding), encoding, bom, root
    except (LookupError, UnicodeDecodeError):
        problem = ValidationIssue(Message("the encoding {0} cannot be edited here", encoding), 1, 1)
        raise XmlTextError(problem) from None


def _syntax_message(message: str) -> str:
    """Return libxml2's message without the position that it appends."""
    text = re.sub(r", line \d+, column \d+.*$", "", message).strip()
    if not text:
        return Message("the text is not XML")
    if text.startswith("Document is empty"):
        return Message("this is not XML: it does not begin with markup")
    return Message("not well-formed: {0}", text)


def parse(body: bytes | str, *, doctype: bool = False) -> LosslessDocument:
    """Parse a text to its lossless tree. Raises XmlTextError with line and column.

    A document type declaration is refused unless ``doctype`` is set: events have none, and its entities and defaults
    would change what a text means.
    """
    if isinstance(body, str):
        text, encoding, bom = body, "UTF-8", False
        declared = re.match(r"""<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""", text)
        encoding = declared.group(1) if declared else encoding
        decode_text(_encode(text, encoding), schema=doctype)
    else:
        text, encoding, bom, _root = decode_text(body, schema=doctype)
    if not doctype:
        _refuse_doctype(text)
    return _TreeBuilder(text, encoding, bom=bom).run()


def _encode(text: str, encoding: str) -> bytes:
    """Encode as the text will be sent: characters outside the encoding become references."""
    try:
        return text.encode(encoding, "xmlcharrefreplace")
    except (
        LookupError,
        ValueError,
    ):  # Python's codecs "idna" and "undefined" raise the latter, as does a name with NUL
        problem = ValidationIssue(Message("the encoding {0} is unknown", encoding), 1, 1)
        raise XmlTextError(problem) from None


def _refuse_doctype(text: str) -> None:
    """Look for a declaration before the root element; in the content it could only be text."""
    found = _DOCTYPE.search(text)
    if found is None:
        return
    head = re.compile(rf"(?:\s|{_COMMENT_OR_INSTRUCTION.pattern})*", re.DOTALL).match(text)
    if head is not None and head.end() == found.start():
        line, column = position(text, found.start())
        raise XmlTextError(ValidationIssue(Message("an event has no document type declaration"), line, column))


class _TreeBuilder:
    """One pass over a text that libxml2 accepts. libxml2 overlooks some end tags without a start tag."""

    def __init__(self, text: str, encoding: str, *, bom: bool) -> None:
        self.text = text
        self.encoding = encoding
        self.bom = bom
        self.stack: list[ElementNode] = []
        self.root: ElementNode | None = None

    def run(self) -> LosslessDocument:
        at = 0
        while at < len(self.text):
            token = _TOKEN.match(self.text, at)
            if token is None:
                raise self.unreadable(at)
            self.add(token)
            at = token.end()
        if self.root is None:
            raise XmlTextError(ValidationIssue(Message("no element found"), 1, 1))
        if self.stack:
            raise self.unreadable(self.stack[-1].start)
        return LosslessDocument(self.text, self.encoding, self.bom, self.root)

    def unreadable(self, at: int) -> XmlTextError:
        """Return the error of misplaced markup."""
        return XmlTextError(ValidationIssue(Message("this markup is not well-formed"), *position(self.text, at)))

    def add(self, token: re.Match[str]) -> None:
        if token["open"] is not None:
            self.open(token)
        elif token["close"] is not None:
            if not self.stack or self.stack[-1].name != token["close"]:
                raise self.unreadable(token.start())
            node = self.stack.pop()
            node.content_end, node.end = token.start(), token.end()
        elif self.stack and (characters := token["text"]) is not None:
            self.stack[-1].texts[-1] += unescape(characters)
        elif self.stack and (section := token["cdata"]) is not None:
            self.stack[-1].texts[-1] += section.replace("\r\n", "\n").replace("\r", "\n")

    def open(self, token: re.Match[str]) -> None:
        parent = self.stack[-1] if self.stack else None
        nsmap = parent.nsmap if parent else {"xml": XML_NAMESPACE}
        found = list(_ATTRIBUTE.finditer(self.text, token.start("attributes"), token.end("attributes")))
        declared = {
            item["name"].partition(":")[2]: unescape(_value(item))
            for item in found
            if item["name"] == "xmlns" or item["name"].startswith("xmlns:")
        }
        if declared:
            nsmap = nsmap | declared
        node = ElementNode(
            source=self.text,
            name=token["open"],
            qname=_expand(token["open"], nsmap, nsmap.get("", "")),
            nsmap=nsmap,
            attributes=tuple(_attribute(item, nsmap) for item in found),
            start=token.start(),
            start_tag_end=token.end(),
            content_end=token.end(),
            end=token.end(),
            empty=bool(token["empty"]),
            parent=parent,
        )
        if parent is None:
            if self.root is not None:
                raise self.unreadable(token.start())
            self.root = node
        else:
            parent.children.append(node)
            parent.texts.append("")
        if not node.empty:
            self.stack.append(node)


def _value(item: re.Match[str]) -> str:
    return item["d"] if item["d"] is not None else item["s"]


def _attribute(item: re.Match[str], nsmap: dict[str, str]) -> AttributeNode:
    group = "d" if item["d"] is not None else "s"
    raw = re.sub(r"\r\n|[\t\r\n]", " ", item[group])
    return AttributeNode(
        name=item["name"],
        qname=_expand(item["name"], nsmap, ""),
        value=unescape(raw),
        start=item.start(),
        end=item.end(),
        value_start=item.start(group),
        value_end=item.end(group),
    )


def _expand(name: str, nsmap: dict[str, str], default: str) -> str:
    prefix, colon, local = name.partition(":")
    if not colon:
        return f"{{{default}}}{name}" if default and name != "xmlns" else name
    if prefix == "xmlns":
        return name
    return f"{{{nsmap.get(prefix, '')}}}{local}"
