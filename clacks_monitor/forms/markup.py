"""Writes XML so that what was not edited stays unchanged: start tags, prefixes, positions.

``XmlTextWriter`` collects the text and records where each field's element begins. ``StartTag`` patches single
attributes of an existing tag or writes a new one. Owner: one ``Form.text`` call. Thread: the form's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.forms.lossless import XML_NAMESPACE, escape_attribute, split_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms.lossless import ElementNode

__all__ = ["INDENT", "XSI", "XSI_NIL", "XSI_TYPE", "StartTag", "XmlTextWriter"]

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XSI_NIL: Final = f"{{{XSI}}}nil"
XSI_TYPE: Final = f"{{{XSI}}}type"
INDENT: Final = "  "
_KNOWN_PREFIXES: Final = {XSI: "xsi", XML_NAMESPACE: "xml"}


class XmlTextWriter:
    """Collects the text. With ``pretty`` new elements get lines of their own.

    ``prefixes`` maps namespaces to the prefixes that the schema's author uses for them.
    """

    def __init__(self, *, pretty: bool, prefixes: Mapping[str, str]) -> None:
        self.pretty = pretty
        self.prefixes = prefixes
        self.length = 0
        self.starts: dict[int, object] = {}
        self._parts: list[str] = []
        self._line = ""

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._parts)

    def mark(self, owner: object) -> None:
        """Record that the owner's element begins here."""
        self.starts[self.length] = owner

    def write(self, text: str) -> None:
        """Append."""
        if text:
            self._parts.append(text)
            self.length += len(text)
            _, newline, rest = text.rpartition("\n")
            self._line = rest if newline else self._line + text

    def indentation(self) -> str:
        """Return the white space at the beginning of the current line."""
        return self._line[: len(self._line) - len(self._line.lstrip(" \t"))]


class StartTag:
    """One start tag, new or patched."""

    def __init__(
        self,
        qname: str,
        source: ElementNode | None,
        nsmap: Mapping[str, str],
        prefixes: Mapping[str, str],
    ) -> None:
        self.source = source
        self.nsmap = dict(source.nsmap if source is not None else nsmap)
        self.prefixes = prefixes
        self.declared: dict[str, str] = {}
        self.changes: dict[str, str | None] = {}
        self.extra = ""
        self.name = source.name if source is not None else self._element_name(qname)

    def _element_name(self, qname: str) -> str:
        namespace, local = split_name(qname)
        if not namespace:
            if self.nsmap.get(""):
                self._declare("", "")
            return local
        if self.nsmap.get("") == namespace:
            return local
        return f"{self.prefix(namespace)}:{local}"

    def prefix(self, namespace: str) -> str:
        """Return a prefix for a namespace, declared here when it is not in scope."""
        if namespace == XML_NAMESPACE:
            return "xml"
        for prefix, uri in self.nsmap.items():
            if uri == namespace and prefix:
                return prefix
        wanted = _KNOWN_PREFIXES.get(namespace) or self.prefixes.get(namespace) or "n"
        prefix, count = wanted, 1
        while prefix in self.nsmap or not prefix:
            prefix, count = f"{wanted or 'n'}{count}", count + 1
        self._declare(prefix, namespace)
        return prefix

    def _declare(self, prefix: str, uri: str) -> None:
        self.nsmap[prefix] = uri
        self.declared[prefix] = uri

    def declare(self, prefix: str, uri: str) -> None:
        """Bind a prefix that a value needs, unless it is bound."""
        if prefix not in self.nsmap:
            self._declare(prefix, uri)

    def value_name(self, qname: str) -> str:
        """Spell a qualified name for use in a value (xsi:type)."""
        namespace, local = split_name(qname)
        if not namespace or self.nsmap.get("") == namespace:
            return local
        return f"{self.prefix(namespace)}:{local}"

    def set(self, qname: str, value: str | None) -> None:
        """Give an attribute a value; None removes it."""
        self.changes[qname] = value

    def render(self, *, empty: bool) -> tuple[str, bool]:
        """Return the tag's text, and whether it closes itself."""
        changes = dict(self.changes)
        if self.source is None:
            head, tail = f"<{self.name}", "/>" if empty else ">"
        else:
            head = self._patched(self.source, changes)
            end = max([self.source.start + 1 + len(self.name), *(a.end for a in self.source.attributes)])
            tail = self.source.source[end : self.source.start_tag_end]
            if not empty and tail.endswith("/>"):
                tail = tail[:-2].rstrip() + ">"
        added = ""
        for qname, value in changes.items():
            if value is not None:
                added += f' {self._attribute_name(qname)}="{escape_attribute(value)}"'
        declarations = "".join(
            f' xmlns{":" + prefix if prefix else ""}="{escape_attribute(uri)}"' for prefix, uri in self.declared.items()
        )
        extra = f" {self.extra.strip()}" if self.extra.strip() else ""
        return head + declarations + added + extra + tail, tail.endswith("/>")

    def _attribute_name(self, qname: str) -> str:
        namespace, local = split_name(qname)
        return f"{self.prefix(namespace)}:{local}" if namespace else local

    def _patched(self, source: ElementNode, changes: dict[str, str | None]) -> str:
        """Return the source's tag up to its last attribute; the changes to attributes that it has are used up."""
        text = source.source
        parts = [text[source.start : source.start + 1 + len(self.name)]]
        for node in source.attributes:
            if node.qname not in changes:
                parts.append(text[node.start : node.end])
                continue
            value = changes.pop(node.qname)
            if value is None:
                continue
            if value == node.value:
                parts.append(text[node.start : node.end])
            else:
                escaped = escape_attribute(value, text[node.value_end])
                parts += [text[node.start : node.value_start], escaped, text[node.value_end : node.end]]
        return "".join(parts)
