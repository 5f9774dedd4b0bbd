"""Nodes as text: the output methods xml, xhtml, html and text.

Owner: xquery. Thread: any. Source: XSLT and XQuery Serialization 3.1, sections 5 to 8.
"""

from __future__ import annotations

from clacks_monitor.xquery.datamodel.nodes import Comment, Element, Node, ProcessingInstruction, Text


def markup(parts: list[Node | str], how: dict[str, str], method: str) -> str:
    """Write nodes and strings by one of the markup methods, with the requested declaration."""
    writer = Writer(how, method)
    for part in parts:
        if isinstance(part, str):
            writer.text(part)
        else:
            writer.node(part, {})
    body = "".join(writer.out)
    if method in ("html", "xhtml"):
        body = _document_type(parts, how) + body
    wants = how.get("omit-xml-declaration", "yes" if method != "xml" or "standalone" not in how else "no")
    if method in ("xml", "xhtml") and wants == "no":
        alone = how.get("standalone", "omit")
        extra = f' standalone="{alone}"' if alone in ("yes", "no") else ""
        body = f'<?xml version="1.0" encoding="{how.get("encoding", "UTF-8")}"{extra}?>{body}'
    return body


_XHTML = "http://www.w3.org/1999/xhtml"


def _document_type(parts: list[Node | str], how: dict[str, str]) -> str:
    """``<!DOCTYPE html>`` where HTML 5 is requested; with identifiers where they are given."""
    first = next((p for p in parts if isinstance(p, Element)), None)
    if first is None or first.local.lower() != "html":
        return ""
    system, public = how.get("doctype-system"), how.get("doctype-public")
    if public and system:
        return f'<!DOCTYPE html PUBLIC "{public}" "{system}">'
    if system:
        return f'<!DOCTYPE html SYSTEM "{system}">'
    version = how.get("html-version", how.get("version", ""))
    return "<!DOCTYPE html>" if version in ("", "5", "5.0", "5.1", "5.2") else ""


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
_ALWAYS_ESCAPED = frozenset(map(chr, (*range(0x7F, 0xA0), 0x2028)))
"""Controls and the line separator."""


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
        self.content_type = how.get("include-content-type", "yes") == "yes"
        self.media_type = how.get("media-type", "text/html" if method == "html" else "application/xhtml+xml")
        self.encoding = how.get("encoding", "UTF-8")
        self.indent = how.get("indent") == "yes" and method != "text"

    def text(self, text: str, *, raw: bool = False) -> None:
        """Character data."""
        if self.method == "text" or raw:
            self.out.append("".join(self.map.get(c, c) for c in text) if self.map else text)
            return
        self.out.append("".join(self.escaped(c, "&<>\r") for c in text))

    def escaped(self, character: str, special: str) -> str:
        """Write a character as it may stand where those of ``special`` may not."""
        if character in self.map:
            return self.map[character]
        if character in special:
            return {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}.get(character, f"&#x{ord(character):X};")
        if character in _ALWAYS_ESCAPED:
            return f"&#x{ord(character):X};"
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
            value = "".join(self.escaped(c, '&<>"\t\n\r') for c in a.text)
            self.out.append(f' {own}="{value}"')
        html = self.method == "html" and not node.uri
        if not node.kids and not self._is_head(node):
            if html:
                self.out.append(">" if node.local.lower() in _VOID else f"></{name}>")
            elif self.method == "xhtml" and node.local not in _VOID:
                self.out.append(f"></{name}>")
            else:
                self.out.append("/>" if self.method != "xhtml" else " />")
            return
        self.out.append(">")
        self._content_type(node)
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

    def _is_head(self, node: Element) -> bool:
        """Whether the content type is to be written into this element."""
        wanted = self.method in ("html", "xhtml") and self.content_type
        return wanted and node.local.lower() == "head" and node.uri in ("", _XHTML)

    def _content_type(self, node: Element) -> None:
        if self._is_head(node):
            end = ">" if self.method == "html" else " />"
            self.out.append(
                f'<meta http-equiv="Content-Type" content="{self.media_type}; charset={self.encoding}"{end}'
            )

    def _namespaces(self, node: Element, above: dict[str, str]) -> dict[str, str]:
        own = node.namespaces
        for prefix, uri in own.items():
            if above.get(prefix) != uri:
                attribute = f"xmlns:{prefix}" if prefix else "xmlns"
                value = "".join(self.escaped(c, '&<"') for c in uri)
                self.out.append(f' {attribute}="{value}"')
        if not node.uri and above.get(""):
            self.out.append(' xmlns=""')
        return own


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
