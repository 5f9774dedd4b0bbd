"""The nodes that queries work on: a small tree of our own over lxml's.

Owner: xquery. Thread: any. The children of a parsed element are made when someone first asks for
them, under one lock; what has been made never changes, so threads share a Document's nodes.
Constructed trees belong to the evaluation that made them.
"""

from __future__ import annotations

import itertools
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from clacks_monitor.xquery.datamodel.uris import resolve
from clacks_monitor.xquery.namespaces import XML_NS

if TYPE_CHECKING:
    from collections.abc import Iterator


_text_of = etree.XPath("string()", smart_strings=False)
lock = threading.RLock()
tree_numbers = itertools.count(1)


class Node:
    """Any node; ``kind`` is the name of its kind test, ``order`` its place within its tree."""

    __slots__ = ("order", "parent")
    kind = "node"
    uri = ""
    local = ""
    prefix = ""
    parent: Node | None
    order: int

    @property
    def string_value(self) -> str:
        """The string value of XDM, section 6."""
        raise NotImplementedError

    @property
    def kids(self) -> list[Node]:
        """The children, in document order."""
        return []

    @property
    def attributes(self) -> list[Attribute]:
        """The attributes of an element."""
        return []

    def root(self) -> Node:
        """The topmost ancestor, or the node itself."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def ancestors(self) -> Iterator[Node]:
        """Parent, grandparent, and so on."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def descendants(self) -> list[Node]:
        """All descendants in document order, without attributes."""
        return []

    def base_uri(self) -> str | None:
        """The base URI, from xml:base or the document."""
        return None if self.parent is None else self.parent.base_uri()


class Parent(Node):
    """A document or an element: what has children."""

    __slots__ = ("_kids", "_source", "base", "tree")
    _kids: list[Node] | None
    _source: Any

    @property
    def kids(self) -> list[Node]:
        """The children; made from the parsed tree on first use."""
        kids = self._kids
        return self._load() if kids is None else kids

    def _load(self) -> list[Node]:
        with lock:
            if self._kids is None:
                self._kids = self._made()
            return self._kids

    def _made(self) -> list[Node]:
        raise NotImplementedError

    def descendants(self) -> list[Node]:
        """All descendants in document order, without attributes."""
        found: list[Node] = []
        with lock:  # once, not once for each element whose children are made
            stack = self.kids[::-1]
            while stack:
                node = stack.pop()
                found.append(node)
                if isinstance(node, Parent):
                    stack += node.kids[::-1]
        return found

    @property
    def string_value(self) -> str:
        """The text of all descendants."""
        source = self._source
        if self._kids is None and source is not None:
            # The children have not been made yet, so libxml2 can be asked directly.
            source = source if isinstance(self, Element) else source.getroot()
            return (_text_of(source) if len(source) else source.text) or ""
        kids = self.kids
        if len(kids) == 1 and type(kids[0]) is Text:
            return kids[0].text
        return "".join(n.text for n in self.descendants() if type(n) is Text)


class DocumentNode(Parent):
    """A document node; ``uri_of_document`` is set for parsed ones that came from somewhere."""

    __slots__ = ("uri_of_document",)
    kind = "document-node"

    def __init__(self, kids: list[Node] | None = None, source: Any = None) -> None:
        self.parent = None
        self.order = -1
        self.tree = next(tree_numbers)
        self._kids = kids
        self._source = source
        self.base: str | None = None
        self.uri_of_document: str | None = None
        for kid in kids or ():
            kid.parent = self

    @property
    def source(self) -> Any:
        """The lxml tree it was parsed from, or None."""
        return self._source

    def _made(self) -> list[Node]:
        root = self._source.getroot()
        before: list[Node] = []
        node = root.getprevious()
        while node is not None:
            before.append(_of_special(node, self))
            node = node.getprevious()
        after: list[Node] = []
        node = root.getnext()
        while node is not None:
            after.append(_of_special(node, self))
            node = node.getnext()
        return [*before[::-1], _of_element(root, self), *after]

    def base_uri(self) -> str | None:
        """The URI the document came from, or the base URI where it was constructed."""
        return self.base


class Element(Parent):
    """An element; ``namespaces`` are the bindings in scope, without the prefix xml."""

    __slots__ = ("_attributes", "_namespaces", "_prefix", "heritage", "local", "uri")
    kind = "element"
    heritage: dict[str, str] | None
    """For a copy of a parsed element: the bindings that it inherits at its new place."""

    def __init__(self, uri: str, local: str, prefix: str | None, parent: Node | None, source: Any) -> None:
        self.uri = uri
        self.local = local
        self._prefix = prefix
        self.parent = parent
        self._source = source
        self._kids = None
        self._attributes: list[Attribute] | None = None
        self._namespaces: dict[str, str] | None = None
        self.heritage = None
        if parent is None:
            # Only those of a root are read before its tree is numbered.
            self.order = -1
            self.tree = 0
            self.base: str | None = None

    @property
    def prefix(self) -> str:  # type: ignore[override]  # asked of lxml only when needed
        """The prefix of the name, or the empty string."""
        found = self._prefix
        if found is None:
            found = self._prefix = self._source.prefix or ""
        return found

    @property
    def source(self) -> Any:
        """The lxml element it was parsed from, or None."""
        return self._source

    @property
    def attributes(self) -> list[Attribute]:
        """The attributes, in the order of the text."""
        found = self._attributes
        if found is None:
            with lock:
                found = self._attributes
                if found is None:
                    found = self._attributes = _attributes_of(self)
        return found

    @property
    def namespaces(self) -> dict[str, str]:
        """The namespace bindings in scope: prefix to URI, "" for the default one."""
        found = self._namespaces
        if found is None:
            pairs = self._source.nsmap.items()
            found = {p or "": u for p, u in pairs if u and p != "xml"}
            if self.heritage:
                found = {**{p: u for p, u in self.heritage.items() if p or self.uri}, **found}
            self._namespaces = found
        return found

    def fill(self, attributes: list[Attribute], kids: list[Node], namespaces: dict[str, str]) -> None:
        """Give a constructed element its content."""
        self._attributes = attributes
        self._kids = kids
        self._namespaces = namespaces
        for attribute in attributes:
            attribute.parent = self
        for kid in kids:
            kid.parent = self

    def _made(self) -> list[Node]:
        source = self._source
        heritage = self.heritage
        kids: list[Node] = []
        text = source.text
        if text:
            kids.append(Text(text, self))
        if not len(source):
            return kids
        for child in source:
            tag = child.tag
            if type(tag) is str:
                element = _of_element(child, self)
                element.heritage = heritage
                kids.append(element)
            else:
                made = _of_special(child, self)
                if made.kind != "text":
                    kids.append(made)
                else:
                    _append_text(kids, made.string_value, self)
            text = child.tail
            if text:
                _append_text(kids, text, self)
        return kids

    def base_uri(self) -> str | None:
        """From xml:base, else from the parent, else where it was constructed."""
        for attribute in self.attributes:
            if attribute.local == "base" and attribute.uri == XML_NS:
                above = self.parent.base_uri() if self.parent is not None else self.base
                return resolve(attribute.text, above) or attribute.text
        return self.parent.base_uri() if self.parent is not None else self.base


class Leaf(Node):
    """A node without children; ``text`` is its string value."""

    __slots__ = ("text", "tree")

    def __init__(self, text: str, parent: Node | None) -> None:
        self.text = text
        self.parent = parent
        self.order = -1
        self.tree = 0

    @property
    def string_value(self) -> str:
        """The text."""
        return self.text


class Attribute(Leaf):
    """An attribute; ``text`` is its value."""

    __slots__ = ("local", "prefix", "uri")
    kind = "attribute"

    def __init__(self, uri: str, local: str, prefix: str, text: str, parent: Node | None) -> None:
        super().__init__(text, parent)
        self.uri = uri
        self.local = local
        self.prefix = prefix


class Text(Leaf):
    """A text node."""

    __slots__ = ()
    kind = "text"


class Comment(Text):
    """A comment."""

    __slots__ = ()
    kind = "comment"


class ProcessingInstruction(Text):
    """A processing instruction; ``local`` is its target."""

    __slots__ = ("local",)
    kind = "processing-instruction"

    def __init__(self, target: str, text: str, parent: Node | None) -> None:
        super().__init__(text, parent)
        self.local = target


class Namespace(Text):
    """A namespace node made by a constructor; ``local`` is the prefix, ``text`` the URI."""

    __slots__ = ("local",)
    kind = "namespace-node"

    def __init__(self, prefix: str, uri: str) -> None:
        super().__init__(uri, None)
        self.local = prefix


def from_lxml(tree: etree._ElementTree, *, base_uri: str | None = None) -> DocumentNode:
    """The document node of a parsed tree, which must not change afterwards."""
    node = DocumentNode(source=tree)
    node.uri_of_document = tree.docinfo.URL
    node.base = tree.docinfo.URL or base_uri
    return node


@lru_cache(maxsize=4096)
def _split(tag: str) -> tuple[str, str]:
    """Namespace and local name of a name as lxml writes it."""
    if tag[0] == "{":
        uri, _, local = tag[1:].partition("}")
        return uri, local
    return "", tag


def _of_element(source: Any, parent: Node) -> Element:
    uri, local = _split(source.tag)
    return Element(uri, local, None, parent, source)


def _of_special(source: Any, parent: Node) -> Node:
    if source.tag is etree.Comment:
        return Comment(source.text or "", parent)
    if source.tag is etree.ProcessingInstruction:
        return ProcessingInstruction(source.target, source.text or "", parent)
    return Text(source.text or "", parent)


def _append_text(kids: list[Node], text: str, parent: Node) -> None:
    if kids and type(kids[-1]) is Text:
        kids[-1].text += text
    else:
        kids.append(Text(text, parent))


def _attributes_of(element: Element) -> list[Attribute]:
    found = []
    prefixes: dict[str, str] | None = None
    for name, value in element.source.attrib.items():
        if name[0] == "{":
            uri, _, local = name[1:].partition("}")
            if prefixes is None:
                prefixes = {u: p for p, u in element.namespaces.items() if p}
                prefixes[XML_NS] = "xml"
            found.append(Attribute(uri, local, prefixes.get(uri, ""), value, element))
        else:
            found.append(Attribute("", name, "", value, element))
    return found
