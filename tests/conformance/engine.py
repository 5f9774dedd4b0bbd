"""The engine as `../shared/conformance/qt3.py` wants it: results as elementpath's values.

Two things the checker has no form for. A document that is no well-formed one (several elements or
text at its top, or nothing at all) is shown by its children. A query whose `output:method` is
json, adaptive or text asks for text instead of values, so the text that the engine serializes is
shown, unless it holds markup: the checker writes values as XML, where other text stays as it is.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any, cast

from elementpath import datatypes, get_node_tree
from elementpath import xpath_nodes as n
from elementpath.xpath31 import XPath31Parser
from elementpath.xpath_tokens import XPathArray, XPathFunction, XPathMap
from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from clacks_monitor.xquery.compiling.module import compile_module
from clacks_monitor.xquery.datamodel import nodes as own
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.functions import Array, Function, Map
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.frame import ABSENT
from clacks_monitor.xquery.library.markup import Writer
from clacks_monitor.xquery.library.serialization_parameters import checked
from clacks_monitor.xquery.library.serialize import serialized
from clacks_monitor.xquery.limits import Limits
from clacks_monitor.xquery.matching.guard.worker import COLLECTOR
from clacks_monitor.xquery.parsing.module import parse

sys.setrecursionlimit(20_000)
gc.set_threshold(*COLLECTOR)  # as in the guard's worker, which queries belong to
LIMITS = Limits(seconds=60)
_SOURCES = "http://www.w3.org/fots/"
_TEXT_METHODS = ("json", "adaptive", "text")
_PARSER = XPath31Parser()


class Result(list[Any]):
    """The result in elementpath's values, which remembers our own."""

    original: list[Any]


class _Map(XPathMap):
    """A map whose keys are ours: elementpath holds some of them to be equal that are not."""

    def __init__(self, pairs: list[tuple[Any, Any]]) -> None:
        super().__init__(_PARSER, [])
        self._pairs = pairs

    def items(self, _context: Any = None) -> Any:
        return self._pairs


class _Function(XPathFunction):
    symbol = "function"
    label = "function"

    def __init__(self, arity: int) -> None:
        super().__init__(_PARSER, nargs=arity)


def evaluate(
    query: str,
    *,
    context: Any,
    variables: dict[str, Any],
    namespaces: dict[str, str],
    base_uri: str | None,
) -> Result:
    """Run one query; see the head of qt3.py."""
    try:
        parsed = parse(query, namespaces=namespaces, base_uri=base_uri)
        program = compile_module(parsed)
        declared = {str(d.name): d.name for d in parsed.module.variables}
        externals = {declared[k]: _items(x) for k, x in variables.items() if k in declared}
        items = list(program.with_item(_context(context), externals, LIMITS))
    except QueryError as error:
        raise _with_full_name(error.locate(query))  # noqa: B904 - the same error with its place
    result = Result(one for item in _asked_for(items, program.output) for one in _shown(item))
    result.original = items
    return result


def _asked_for(items: list[Any], output: dict[str, str]) -> list[Any]:
    if output.get("method") not in _TEXT_METHODS:
        return items
    try:
        text = serialized(items, checked(output))
    except QueryError:  # there are values, but they have no such text
        return items
    return items if set(text) & set("<>&") else [text]


def _with_full_name(error: QueryError) -> QueryError:
    if error.name is not None and not error.name.uri:
        error.code = f"Q{{}}{error.name.local}"
    return error


def _items(value: Any) -> Any:
    if isinstance(value, Result):
        return value.original
    if isinstance(value, etree._ElementTree):
        return (_document_of_suite(value),)
    return tuple(value)


def _document_of_suite(tree: Any) -> own.DocumentNode:
    """A source file under the URI that the W3C's catalog gives it."""
    made = own.from_lxml(tree)
    path = Path(tree.docinfo.URL or "").as_posix().partition("/sources/")[2]
    if path:
        made.base = made.uri_of_document = _SOURCES + path
    return made


def _context(value: Any) -> Any:
    if value is None:
        return ABSENT
    items = _items(value)
    return items[0] if len(items) else ABSENT


# ---------------------------------------------------------------- to elementpath
def _shown(item: Any) -> list[Any]:
    if isinstance(item, own.DocumentNode):
        tops = [k for k in item.kids if isinstance(k, own.Element) or type(k) is own.Text]
        if len(tops) != 1 or not isinstance(tops[0], own.Element):
            return [_out(kid) for kid in item.kids]
    return [_out(item)]


def _out(item: Any) -> Any:
    if isinstance(item, own.Node):
        return _node(item)
    if isinstance(item, Map):
        return _Map([(_out(k), _sequence(x)) for k, x in item.entries()])
    if isinstance(item, Array):
        return XPathArray(_PARSER, [_sequence(m) for m in item.members])
    if isinstance(item, Function):
        return _Function(item.arity)
    if isinstance(item, v.QName):
        return datatypes.QName(item.uri or None, str(item))
    return item


def _sequence(items: Any) -> Any:
    made = [_out(i) for i in items]
    return made[0] if len(made) == 1 else made


def _node(node: own.Node) -> Any:
    if isinstance(node, own.Element):
        return get_node_tree(_element(node))
    if isinstance(node, own.DocumentNode):
        return _document(node)
    if isinstance(node, own.Attribute):
        name = f"{{{node.uri}}}{node.local}" if node.uri else node.local
        return n.TextAttributeNode(name, node.text)
    if isinstance(node, own.ProcessingInstruction):
        return n.ProcessingInstructionNode(cast("Any", etree.PI(node.local, node.text)))
    if isinstance(node, own.Comment):
        return n.CommentNode(node.text)
    return n.TextNode(node.string_value)


def _document(node: own.DocumentNode) -> Any:
    elements = [k for k in node.kids if isinstance(k, own.Element)]
    root = _element(elements[0])
    before = True
    anchor = root
    for kid in node.kids:
        if kid is elements[0]:
            before = False
        elif isinstance(kid, own.Text):
            made: Any = (
                etree.PI(kid.local, kid.text) if isinstance(kid, own.ProcessingInstruction) else etree.Comment(kid.text)
            )
            if before:
                root.addprevious(made)
            else:
                anchor.addnext(made)
                anchor = made
    return get_node_tree(root.getroottree())


def _element(node: own.Element) -> Any:
    # Through text: lxml's interface cannot undeclare a namespace, its parser can.
    writer = Writer({})
    writer.node(node, {})
    parser = etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True)
    return etree.fromstring("".join(writer.out).encode(), parser)
