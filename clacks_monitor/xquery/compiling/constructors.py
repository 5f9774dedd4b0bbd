"""The closures of constructors.

Owner: xquery. Thread: any; the nodes belong to the evaluation that makes them.
Source: XQuery 3.1, section 3.9.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.closures import located
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import to_qname
from clacks_monitor.xquery.datamodel.functions import Array, Function
from clacks_monitor.xquery.datamodel.nodes import (
    Attribute,
    Comment,
    DocumentNode,
    Element,
    Namespace,
    Node,
    ProcessingInstruction,
    Text,
)
from clacks_monitor.xquery.datamodel.trees import copy_node, inherit, weight
from clacks_monitor.xquery.errors import TOO_LARGE, LimitError, QueryError
from clacks_monitor.xquery.evaluation.conversion import atomize, one_atom
from clacks_monitor.xquery.evaluation.frame import EMPTY, Code, Frame, Items
from clacks_monitor.xquery.lexical import is_ncname
from clacks_monitor.xquery.namespaces import XML_NS, XMLNS_NS

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.xquery.compiling.scope import Compiler


class _Content:
    """Collects the content of an element or document (XQuery 3.1, section 3.9.1.3)."""

    def __init__(self, f: Frame, *, document: bool = False) -> None:
        self.f = f
        self.document = document
        self.attributes: list[Attribute] = []
        self.namespaces: dict[str, str] = {}
        self.kids: list[Node] = []
        self.own: set[int] = set()
        static = f.run.static
        self.preserve, self.inherit = static.copy_preserve, static.copy_inherit

    def text(self, text: str) -> None:
        if not text:
            return
        if self.kids and type(self.kids[-1]) is Text:
            self.kids[-1] = Text(self.kids[-1].text + text, None)
        else:
            self.kids.append(Text(text, None))

    def adopt(self, items: Items) -> None:
        """Nodes that a constructor within this one has just made, and that are not used elsewhere."""
        self.kids.extend(items)
        self.own.update(map(id, items))

    def items(self, items: Items) -> None:
        after_atom = False
        for item in _flat(items):
            if isinstance(item, Node):
                self.node(item)
                after_atom = False
            elif isinstance(item, Function):
                raise QueryError("XQTY0105", Message("A function cannot be the content of a node."))
            else:
                self.text((" " if after_atom else "") + v.string_of(item))
                after_atom = True

    def node(self, node: Node) -> None:
        budget = self.f.run.budget
        budget.step()
        if isinstance(node, DocumentNode):
            for kid in node.kids:
                self.node(kid)
        elif isinstance(node, Attribute):
            self._attribute(node)
        elif isinstance(node, Namespace):
            self._namespace(node)
        elif type(node) is Text:
            self.text(node.text)
        else:
            budget.nodes += weight(node)
            if budget.nodes > budget.limits.nodes:
                raise LimitError(TOO_LARGE, Message("The query constructs too many nodes."))
            self.kids.append(copy_node(node, preserve=self.preserve))

    def _attribute(self, node: Attribute) -> None:
        if self.document:
            raise QueryError("XPTY0004", Message("A document cannot have attributes."))
        if self.kids:
            raise QueryError("XQTY0024", Message("Attributes must come before other content."))
        if any(a.local == node.local and a.uri == node.uri for a in self.attributes):
            raise QueryError("XQDY0025", Message("The attribute {0} appears twice.", node.local))
        self.attributes.append(Attribute(node.uri, node.local, node.prefix, node.text, None))

    def _namespace(self, node: Namespace) -> None:
        if self.document:
            raise QueryError("XPTY0004", Message("A document cannot have namespaces."))
        if self.kids:
            raise QueryError("XQTY0024", Message("Namespaces must come before other content."))
        if self.namespaces.get(node.local, node.text) != node.text:
            raise QueryError("XQDY0102", Message("The prefix '{0}' is bound twice.", node.local))
        self.namespaces[node.local] = node.text

    def element(self, name: s.Name | v.QName, declared: dict[str, str], used: dict[str, str]) -> Element:
        """The element; children inherit declared namespaces, not those that only its own names use."""
        namespaces = {**declared, **used}
        for prefix, uri in self.namespaces.items():
            if not prefix and not name.uri:
                raise QueryError("XQDY0102", Message("An element without a namespace cannot have one."))
            if namespaces.get(prefix, uri) != uri and prefix:
                raise QueryError("XQDY0102", Message("The prefix '{0}' is bound twice.", prefix))
            namespaces[prefix] = uri
        prefix = _free_prefix(name.prefix, name.uri, namespaces, element=True)
        made = Element(name.uri, name.local, prefix, None, None)
        for attribute in self.attributes:
            if attribute.uri and attribute.uri != XML_NS:
                attribute.prefix = _free_prefix(attribute.prefix, attribute.uri, namespaces)
        if not name.uri:
            namespaces.pop("", None)
        made.base = self.f.run.static.base_uri
        made.fill(self.attributes, self.kids, namespaces)
        if self.inherit:
            # A literal constructor inherits the declarations around it, a copy all that are in scope.
            literal = {**declared, **self.namespaces}
            for kid in self.kids:
                if isinstance(kid, Element):
                    inherit(kid, literal if id(kid) in self.own else namespaces)
        _check_xml_id(made)
        return made


def _flat(items: Items) -> list[Any]:
    out: list[Any] = []
    for item in items:
        if isinstance(item, Array):
            for member in item.members:
                out += _flat(member)
        else:
            out.append(item)
    return out


def _free_prefix(prefix: str, uri: str, namespaces: dict[str, str], *, element: bool = False) -> str:
    """A prefix for a namespace in these bindings, to which it is added."""
    if uri == XML_NS:
        return "xml"
    if not uri:
        return ""
    if (prefix or element) and namespaces.setdefault(prefix, uri) == uri:
        return prefix
    for known, bound in namespaces.items():
        if bound == uri and (known or element):
            return known
    number = 0
    while f"ns{number}" in namespaces:
        number += 1
    namespaces[f"ns{number}"] = uri
    return f"ns{number}"


def _check_xml_id(element: Element) -> None:
    for attribute in element.attributes:
        if attribute.uri == XML_NS and attribute.local == "id":
            attribute.text = " ".join(attribute.text.split())


# ---------------------------------------------------------------- direct
_DIRECT = (s.DirectElement, s.DirectComment, s.DirectPI)


def direct_element(c: Compiler, node: s.DirectElement) -> Code:
    """Compile ``<name>...</name>``."""
    outer, outer_default = c.namespaces, c.default_element
    declared = dict(node.namespaces)
    if declared:
        c.namespaces = {**c.namespaces, **{p: u for p, u in declared.items() if p}}
        c.default_element = declared.get("", c.default_element)
    outer_direct = c.direct
    bindings = c.direct = _declared_bindings(c, node)
    used = _used_bindings(node)
    attributes = [(a.name, _parts(c, a.parts), a.at) for a in node.attributes]
    content = _parts(c, node.content)
    literal = [isinstance(part, _DIRECT) for part in node.content]
    c.namespaces, c.default_element, c.direct = outer, outer_default, outer_direct
    name = node.name

    def run(f: Frame) -> Items:
        made = _Content(f)
        for attribute_name, parts, _at in attributes:
            text = _attribute_text(f, parts)
            if attribute_name.uri == XML_NS and attribute_name.local == "id":
                text = " ".join(text.split())
            made.attributes.append(
                Attribute(attribute_name.uri, attribute_name.local, attribute_name.prefix, text, None)
            )
        for part, within in zip(content, literal, strict=True):
            if isinstance(part, str):
                made.text(part)
            elif within:
                made.adopt(part(f))
            else:
                made.items(part(f))
        f.run.budget.nodes += 1
        return (made.element(name, bindings, used),)

    return located(run, node.at)


def _declared_bindings(c: Compiler, node: s.DirectElement) -> dict[str, str]:
    """The bindings that namespace declarations of a direct element and those around it make."""
    found: dict[str, str] = dict(c.direct)
    for prefix, uri in node.namespaces:
        if uri:
            found[prefix] = uri
        else:
            found.pop(prefix, None)
    return {p: u for p, u in found.items() if p != "xml"}


def _used_bindings(node: s.DirectElement) -> dict[str, str]:
    """The bindings that the names of a direct element and its attributes need."""
    found = {}
    if node.name.uri and node.name.uri != XML_NS:
        found[node.name.prefix] = node.name.uri
    for attribute in node.attributes:
        if attribute.name.uri and attribute.name.uri != XML_NS:
            found[attribute.name.prefix] = attribute.name.uri
    return found


def _parts(c: Compiler, parts: tuple[str | s.Expr, ...]) -> list[str | Code]:
    return [p if isinstance(p, str) else c.compile(p) for p in parts]


def _attribute_text(f: Frame, parts: list[str | Code]) -> str:
    return "".join(p if isinstance(p, str) else " ".join(v.string_of(a) for a in atomize(p(f))) for p in parts)


def direct_comment(_c: Compiler, node: s.DirectComment) -> Code:
    """Compile ``<!-- -->``."""
    return lambda _f: (Comment(node.text, None),)


def direct_pi(_c: Compiler, node: s.DirectPI) -> Code:
    """Compile ``<? ?>``."""
    return lambda _f: (ProcessingInstruction(node.target, node.text, None),)


# ---------------------------------------------------------------- computed
def _constant(name: s.Name) -> Callable[[Frame], s.Name]:
    return lambda _f: name


def computed(c: Compiler, node: s.ComputedNode) -> Code:
    """Compile ``element n { }`` and its siblings."""
    content = c.compile(node.content) if node.content is not None else lambda _f: EMPTY
    name: Any = None
    if isinstance(node.name, s.Name):
        name = _constant(node.name)
    elif node.name is not None:
        name = _name_code(c, node.kind, c.compile(node.name))
    bindings: dict[str, str] = dict(c.direct)
    make = _MAKERS[node.kind]

    def run(f: Frame) -> Items:
        return make(f, name(f) if name is not None else None, content, bindings)  # type: ignore[no-any-return]  # each maker returns Items

    return located(run, node.at)


def _name_code(c: Compiler, kind: str, code: Code) -> Any:
    namespaces = {**c.namespaces, "": c.default_element if kind == "element" else ""}

    def run(f: Frame) -> Any:
        value = one_atom(code(f), Message("The name of a node"))
        if kind in ("processing-instruction", "namespace"):
            if kind == "namespace" and value is None:
                return s.Name("", "")
            if not isinstance(value, str) or isinstance(value, v.AnyURI):
                raise QueryError("XPTY0004", Message("The name must be a string."))
            text = value.strip()
            if not is_ncname(text) and not (kind == "namespace" and not text):
                code_ = "XQDY0041" if kind == "processing-instruction" else "XQDY0074"
                raise QueryError(code_, Message("'{0}' is not a name.", text))
            return s.Name("", text)
        if isinstance(value, v.QName):
            return value
        if not isinstance(value, str) or isinstance(value, v.AnyURI):
            raise QueryError("XPTY0004", Message("The name of a node must be an xs:QName or a string."))
        return _lexical_name(value, namespaces)

    return run


_BRACED = re.compile(r"\s*Q\{([^{}]*)\}(\S+)\s*")


def _lexical_name(value: str, namespaces: dict[str, str]) -> v.QName:
    braced = _BRACED.fullmatch(value)
    if braced is not None and is_ncname(braced.group(2)):
        return v.QName(" ".join(braced.group(1).split()), braced.group(2))
    try:
        found = to_qname(str(value), namespaces)
    except QueryError as error:
        raise QueryError("XQDY0074", Message("'{0}' is not a name that is known here.", value)) from error
    return found


def _element(f: Frame, name: Any, content: Code, bindings: dict[str, str]) -> Items:
    declares = name.uri == XMLNS_NS or name.prefix == "xmlns"
    half_xml = (name.prefix == "xml") != (name.uri == XML_NS)
    if declares or half_xml:
        raise QueryError("XQDY0096", Message("An element cannot have the name {0}.", name))
    made = _Content(f)
    made.items(content(f))
    f.run.budget.nodes += 1
    used = {name.prefix: name.uri} if name.uri else {}
    return (made.element(name, bindings, used),)


def _attribute(f: Frame, name: Any, content: Code, _bindings: dict[str, str]) -> Items:
    reserved = name.uri == XMLNS_NS or name.prefix == "xmlns" or str(name) == "xmlns"
    if (
        reserved
        or (name.prefix == "xml" and name.uri != XML_NS)
        or (name.uri == XML_NS and name.prefix not in ("xml", ""))
    ):
        raise QueryError("XQDY0044", Message("An attribute cannot have the name {0}.", name))
    text = " ".join(v.string_of(a) for a in atomize(content(f)))
    if name.uri == XML_NS and name.local == "id":
        text = " ".join(text.split())
    prefix = name.prefix
    if name.uri and not prefix:
        prefix = "xml" if name.uri == XML_NS else "ns0"
    return (Attribute(name.uri, name.local, prefix, text, None),)


def _document(f: Frame, _name: Any, content: Code, _bindings: dict[str, str]) -> Items:
    made = _Content(f, document=True)
    made.items(content(f))
    document = DocumentNode(made.kids)
    document.base = f.run.static.base_uri
    return (document,)


def _text(f: Frame, _name: Any, content: Code, _bindings: dict[str, str]) -> Items:
    found = atomize(content(f))
    if not found:
        return EMPTY
    return (Text(" ".join(v.string_of(a) for a in found), None),)


def _comment(f: Frame, _name: Any, content: Code, _bindings: dict[str, str]) -> Items:
    text = " ".join(v.string_of(a) for a in atomize(content(f)))
    if "--" in text or text.endswith("-"):
        raise QueryError("XQDY0072", Message("A comment must not contain '--' or end with '-'."))
    return (Comment(text, None),)


def _pi(f: Frame, name: Any, content: Code, _bindings: dict[str, str]) -> Items:
    if name.local.lower() == "xml":
        raise QueryError("XQDY0064", Message("A processing instruction cannot be named xml."))
    text = " ".join(v.string_of(a) for a in atomize(content(f))).lstrip()
    if "?>" in text:
        raise QueryError("XQDY0026", Message("A processing instruction must not contain '?>'."))
    return (ProcessingInstruction(name.local, text, None),)


def _namespace(f: Frame, name: Any, content: Code, _bindings: dict[str, str]) -> Items:
    uri = " ".join(v.string_of(a) for a in atomize(content(f)))
    prefix = name.local
    wrong = prefix == "xmlns" or uri == XMLNS_NS or (prefix == "xml") != (uri == XML_NS)
    if wrong or not uri:
        raise QueryError("XQDY0101", Message("The prefix '{0}' cannot be bound to '{1}'.", prefix, uri))
    return (Namespace(prefix, uri),)


_MAKERS: dict[str, Any] = {
    "element": _element, "attribute": _attribute, "document": _document, "text": _text,
    "comment": _comment, "processing-instruction": _pi, "namespace": _namespace,
}  # fmt: skip  # a table, by rows
HANDLERS: dict[type, Any] = {
    s.DirectElement: direct_element,
    s.DirectComment: direct_comment,
    s.DirectPI: direct_pi,
    s.ComputedNode: computed,
}
