"""Trees of nodes: document order, and copies.

Owner: xquery. Thread: any; numbering a tree happens under a lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery.datamodel.nodes import (
    Attribute,
    DocumentNode,
    Element,
    Namespace,
    Node,
    ProcessingInstruction,
    lock,
    tree_numbers,
)
from clacks_monitor.xquery.namespaces import XML_NS

if TYPE_CHECKING:
    from collections.abc import Iterable


def number(root: Node) -> None:
    """Give every node of a tree its place in document order; idempotent."""
    if root.order >= 0:
        return
    with lock:
        counter = 1
        tree = getattr(root, "tree", 0) or next(tree_numbers)
        stack = [root]
        nodes = []
        while stack:
            node = stack.pop()
            nodes.append(node)
            if node.kind == "element":
                nodes += node.attributes
                stack += node.kids[::-1]
            elif node.kind == "document-node":
                stack += node.kids[::-1]
        for node in nodes[1:]:
            node.order = counter
            counter += 1
        root.tree = tree  # type: ignore[attr-defined]  # every concrete class has the slot
        root.order = 0


def order_key(node: Node) -> tuple[int, int]:
    """The key that sorts nodes in document order, trees by age."""
    root = node.root()
    if root.order < 0:
        number(root)
    return (root.tree, node.order)  # type: ignore[attr-defined]  # every concrete class has it


def in_document_order(nodes: Iterable[Node]) -> list[Node]:
    """Sorted, without duplicates."""
    unique = {id(node): node for node in nodes}
    if len(unique) <= 1:
        return list(unique.values())
    return sorted(unique.values(), key=order_key)


def copy_node(node: Node, *, preserve: bool = True, inherited: dict[str, str] | None = None) -> Node:
    """A deep copy without a parent.

    ``preserve`` keeps namespace bindings that no name of the copy uses (copy-namespaces preserve);
    ``inherited`` are the bindings of the new parent (copy-namespaces inherit).
    """
    if isinstance(node, Element):
        if node.source is not None and preserve and not inherited:
            return _copy_of_parsed(node)
        return _copy_element(node, inherited or {}, preserve=preserve)
    if isinstance(node, DocumentNode):
        made = DocumentNode([copy_node(kid, preserve=preserve) for kid in node.kids])
        made.base = node.base
        return made
    if isinstance(node, Attribute):
        return Attribute(node.uri, node.local, node.prefix, node.text, None)
    if isinstance(node, ProcessingInstruction):
        return ProcessingInstruction(node.local, node.text, None)
    if isinstance(node, Namespace):
        return Namespace(node.local, node.text)
    return type(node)(node.string_value, None)  # type: ignore[call-arg]  # Text or Comment


def _copy_of_parsed(node: Element) -> Element:
    """Another node over the same parsed element: its children are made when they are needed."""
    made = Element(node.uri, node.local, None, None, node.source)
    made.heritage = node.heritage
    return made


def weight(node: Node) -> int:
    """About how many nodes a copy of this node is worth."""
    if isinstance(node, Element) and node.source is not None:
        return 1 + 2 * sum(1 for _ in node.source.iter())
    return 1 + len(node.descendants())


def inherit(element: Element, bindings: dict[str, str]) -> None:
    """Give a fresh copy the bindings of the element that it now belongs to, where it has none itself."""
    stack = [element]
    while stack:
        node = stack.pop()
        if node.source is not None:
            node.heritage = {**bindings, **(node.heritage or {})}
            continue
        own = node.namespaces
        missing = {p: u for p, u in bindings.items() if p not in own and (p or node.uri)}
        if missing:
            own.update(missing)
        stack += [k for k in node.kids if isinstance(k, Element)]


def _copy_element(top: Element, inherited: dict[str, str], *, preserve: bool) -> Element:
    result: Element | None = None
    stack: list[tuple[Element, Element | None, int, dict[str, str]]] = [(top, None, 0, inherited)]
    while stack:
        old, parent, place, above = stack.pop()
        made = Element(old.uri, old.local, old.prefix, parent, None)
        own = dict(old.namespaces) if preserve else used_namespaces(old)
        namespaces = {**above, **own}
        if above and not old.uri:
            namespaces.pop("", None)
        attributes = [Attribute(a.uri, a.local, a.prefix, a.text, made) for a in old.attributes]
        kids: list[Node] = []
        for kid in old.kids:
            if isinstance(kid, Element):
                kids.append(kid)  # replaced below, when its copy is made
            else:
                copied = copy_node(kid)
                copied.parent = made
                kids.append(copied)
        made._kids, made._attributes, made._namespaces = kids, attributes, namespaces  # noqa: SLF001 - same module
        if parent is None:
            result = made
        else:
            siblings = parent._kids or []  # noqa: SLF001 - same module
            siblings[place] = made
        stack += [
            (k, made, i, namespaces if (inherited or not preserve) else {})
            for i, k in enumerate(kids)
            if isinstance(k, Element)
        ]
    if result is None:
        raise AssertionError("the copy of an element is an element")
    return result


def used_namespaces(element: Element) -> dict[str, str]:
    """The bindings that the element's own name and its attributes need."""
    found = {}
    if element.uri:
        found[element.prefix] = element.uri
    for attribute in element.attributes:
        if attribute.uri and attribute.prefix and attribute.uri != XML_NS:
            found[attribute.prefix] = attribute.uri
    return found
