"""Functions on nodes.

Owner: xquery. Thread: any. Source: F&O 3.1, sections 2, 13 and 14.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.nodes import DocumentNode, Element, Node
from clacks_monitor.xquery.datamodel.trees import in_document_order, order_key
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.lexical import is_ncname
from clacks_monitor.xquery.library.table import function
from clacks_monitor.xquery.namespaces import XML_NS

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame, Items


@function("fn:name($arg as node()?) as xs:string", focus=True)
def _name(_f: Frame, arg: Node | None = None) -> str:
    if arg is None or not arg.local:
        return ""
    return f"{arg.prefix}:{arg.local}" if arg.prefix else arg.local


@function("fn:local-name($arg as node()?) as xs:string", focus=True)
def _local_name(_f: Frame, arg: Node | None = None) -> str:
    return "" if arg is None else arg.local


@function("fn:namespace-uri($arg as node()?) as xs:anyURI", focus=True)
def _namespace_uri(_f: Frame, arg: Node | None = None) -> v.AnyURI:
    return v.AnyURI("" if arg is None else arg.uri)


@function("fn:node-name($arg as node()?) as xs:QName?", focus=True)
def _node_name(_f: Frame, arg: Node | None = None) -> v.QName | None:
    return None if arg is None or not arg.local else v.QName(arg.uri, arg.local, arg.prefix)


@function("fn:nilled($arg as node()?) as xs:boolean?", focus=True)
def _nilled(_f: Frame, arg: Node | None = None) -> bool | None:
    return False if isinstance(arg, Element) else None


@function("fn:root($arg as node()?) as node()?", focus=True)
def _root(_f: Frame, arg: Node | None = None) -> Node | None:
    return None if arg is None else arg.root()


@function("fn:base-uri($arg as node()?) as xs:anyURI?", focus=True)
def _base_uri(_f: Frame, arg: Node | None = None) -> v.AnyURI | None:
    if arg is None or arg.kind == "namespace-node":
        return None
    found = arg.base_uri()
    return None if found is None else v.AnyURI(found)


@function("fn:document-uri($arg as node()?) as xs:anyURI?", focus=True)
def _document_uri(_f: Frame, arg: Node | None = None) -> v.AnyURI | None:
    if not isinstance(arg, DocumentNode) or arg.uri_of_document is None:
        return None
    return v.AnyURI(arg.uri_of_document)


@function("fn:has-children($arg as node()?) as xs:boolean", focus=True)
def _has_children(_f: Frame, arg: Node | None = None) -> bool:
    return arg is not None and bool(arg.kids)


@function("fn:generate-id($arg as node()?) as xs:string", focus=True)
def _generate_id(_f: Frame, arg: Node | None = None) -> str:
    if arg is None:
        return ""
    tree, order = order_key(arg)
    return f"d{tree}e{order}"


@function("fn:innermost($nodes as node()*) as node()*")
def _innermost(_f: Frame, nodes: Items) -> Items:
    above = {id(a) for n in nodes for a in n.ancestors()}
    return in_document_order([n for n in nodes if id(n) not in above])


@function("fn:outermost($nodes as node()*) as node()*")
def _outermost(_f: Frame, nodes: Items) -> Items:
    known = {id(n) for n in nodes}
    return in_document_order([n for n in nodes if not any(id(a) in known for a in n.ancestors())])


@function("fn:path($arg as node()?) as xs:string?", focus=True)
def _path(_f: Frame, arg: Node | None = None) -> str | None:
    if arg is None:
        return None
    steps: list[str] = []
    node = arg
    while node.parent is not None:
        steps.append(_step(node))
        node = node.parent
    if isinstance(node, DocumentNode):
        return "/" + "/".join(steps[::-1])
    prefix = "Q{http://www.w3.org/2005/xpath-functions}root()"
    return "/".join([prefix, *steps[::-1]])


def _step(node: Node) -> str:
    if node.kind == "attribute":
        return f"@Q{{{node.uri}}}{node.local}" if node.uri else f"@{node.local}"
    siblings = node.parent.kids if node.parent is not None else []
    alike = [k for k in siblings if k.kind == node.kind and (k.uri, k.local) == (node.uri, node.local)]
    position = next(i for i, k in enumerate(alike, 1) if k is node)
    if node.kind == "element":
        return f"Q{{{node.uri}}}{node.local}[{position}]"
    if node.kind == "processing-instruction":
        return f"processing-instruction({node.local})[{position}]"
    return f"{node.kind}()[{position}]"


@function("fn:lang($testlang as xs:string?, $node as node()) as xs:boolean", focus=True)
def _lang(_f: Frame, wanted: str | None, node: Node) -> bool:
    wanted = (wanted or "").lower()
    at: Node | None = node
    while at is not None:
        for attribute in at.attributes:
            if attribute.local == "lang" and attribute.uri == XML_NS:
                own = attribute.text.lower()
                return own == wanted or own.startswith(wanted + "-")
        at = at.parent
    return False


# ---------------------------------------------------------------- identity by name
def _tree(node: Node) -> DocumentNode:
    top = node.root()
    if not isinstance(top, DocumentNode):
        raise QueryError("FODC0001", Message("The tree has no document node."))
    return top


def _declared(top: DocumentNode, kinds: tuple[str, ...]) -> set[tuple[str, str]]:
    """Element and attribute names whose type a DTD declares to be one of these."""
    dtd = top.source.docinfo.internalDTD if top.source is not None else None
    found = set()
    for element in dtd.iterelements() if dtd is not None else ():
        for attribute in element.iterattributes():
            if attribute.type in kinds:
                found.add((element.name, attribute.name))
    return found


def _ids(top: DocumentNode, wanted: set[str]) -> list[Node]:
    declared = _declared(top, ("id",))
    found: dict[str, Node] = {}
    for node in top.descendants():
        for a in node.attributes:
            if (a.local == "id" and a.uri == XML_NS) or (node.local, a.local) in declared:
                text = a.text.strip()
                if text in wanted:
                    found.setdefault(text, node)
    return in_document_order(found.values())


def _names(arg: Items) -> set[str]:
    return {part for text in arg for part in text.split() if is_ncname(part)}


@function("fn:id($arg as xs:string*, $node as node()) as element()*", focus=True)
def _id(_f: Frame, arg: Items, node: Node) -> Items:
    return _ids(_tree(node), _names(arg))


@function("fn:element-with-id($arg as xs:string*, $node as node()) as element()*", focus=True)
def _element_with_id(_f: Frame, arg: Items, node: Node) -> Items:
    return _ids(_tree(node), _names(arg))


@function("fn:idref($arg as xs:string*, $node as node()) as node()*", focus=True)
def _idref(_f: Frame, arg: Items, node: Node) -> Items:
    top, wanted = _tree(node), _names(arg)
    declared = _declared(top, ("idref", "idrefs"))
    found: list[Any] = []
    for element in top.descendants() if declared else ():
        found += [
            a for a in element.attributes if (element.local, a.local) in declared and wanted & set(a.text.split())
        ]
    return found
