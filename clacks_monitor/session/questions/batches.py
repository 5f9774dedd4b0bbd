"""Aggregates of plain paths, read from many small events in one document: no nodes of the engine's own are made.

Role: a part of a query and events -> what its aggregates are of. Only what the decoder has found well-formed, with one
element in its root, is read like this, and only values that are texts without markup; the events of a batch in which
there is anything else are left to the engine. Owner: the process that evaluates. Thread: one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.streams import is_collection, steps_of
from clacks_monitor.xquery.fastpath.translation import translate
from clacks_monitor.xquery.fastpath.xpath import NotProvableError
from clacks_monitor.xquery.matching.batch import MOST_BODIES, root_of
from clacks_monitor.xquery.matching.event_names import EventPrefix, prefix_of, read_prefix
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.store import Scanned
    from clacks_monitor.xquery.splitting.plan import QueryPart

_LARGEST: Final = 20_000
"""Bytes of a body that is read together with others."""
_MOST_PREFIXES: Final = 1_000
_MOST_NAMES: Final = 1_000
Extracted = tuple[tuple[str | None, ...], tuple[Sequence[str], ...]]
"""The keys of one node, and for each aggregate the texts of its values."""


class _UnusualError(Exception):
    """A value is not a text, or a key has several."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A child by its name (None: any namespace), or the node itself where there is no test.

    With ``counted`` only the number of texts matters.
    """

    test: s.NameTest | None
    counted: bool = False
    _known: dict[str, bool] = field(default_factory=dict, compare=False)

    def texts(self, node: etree._Element) -> list[str]:
        """Return the texts of the nodes. Raises _UnusualError where there is markup in one."""
        if self.test is None:
            return [""] if self.counted else [_text(node)]
        found = [child for child in node if self._passes(child.tag)]
        return [""] * len(found) if self.counted else [_text(child) for child in found]

    def _passes(self, tag: object) -> bool:
        """Whether a tag is the name; that of a comment is not a text."""
        if type(tag) is not str:
            return False
        found = self._known.get(tag)
        if found is None:
            uri, _, local = tag.rpartition("}")
            wanted = self.test
            found = wanted is not None and local == wanted.local and wanted.uri in {None, uri[1:]}
            if len(self._known) < _MOST_NAMES:
                self._known[tag] = found
        return found


def _text(node: etree._Element) -> str:
    if len(node):
        raise _UnusualError
    return node.text or ""


class Batches:
    """Extracts what a part is about from events."""

    def __init__(self, xpath: etree.XPath, keys: Sequence[_Leaf], values: Sequence[_Leaf]) -> None:
        self._xpath = xpath
        self._keys = keys
        self._values = values
        self._parser = hardened_parser()
        self._prefixes: dict[bytes, EventPrefix | None] = {}

    @classmethod
    def of(cls, part: QueryPart, module: s.Module) -> Batches | None:
        """Return what reads a part, None where it is more than paths."""
        if module.variables or module.functions:
            return None
        leaves = _leaves(part)
        xpath = None if leaves is None else _nodes_of(part.source, module)
        return None if leaves is None or xpath is None else cls(xpath, *leaves)

    def extract(self, events: Sequence[Scanned]) -> Iterator[tuple[list[Extracted], list[Scanned]]]:
        """Yield what nodes of the events have, and events that are left to the engine, in batches."""
        for start in range(0, len(events), MOST_BODIES):
            some = events[start : start + MOST_BODIES]
            roots = [self._root(type_name, body) for _sequence, type_name, body, _properties in some]
            bodies = [root for root in roots if root is not None]
            found = self._read(bodies)
            if found is None:
                yield [], list(some)
            else:
                yield found, [event for event, root in zip(some, roots, strict=True) if root is None]

    def _root(self, type_name: str, body: bytes) -> bytes | None:
        """Return the root of a body that may be read with others: an event that was decoded has a type."""
        if not type_name or len(body) > _LARGEST:
            return None
        start = prefix_of(body)
        prefix = self._prefixes.get(start)
        if prefix is None and start not in self._prefixes:
            if len(self._prefixes) >= _MOST_PREFIXES:
                self._prefixes.clear()
            prefix = self._prefixes[start] = read_prefix(start)
        return None if prefix is None else root_of(body, prefix)

    def _read(self, bodies: Sequence[bytes]) -> list[Extracted] | None:
        try:
            everything = etree.fromstring(b"<w><d>" + b"</d><d>".join(bodies) + b"</d></w>", self._parser)
            if len(everything) != max(1, len(bodies)):
                return None
            nodes = self._xpath(everything)
            return [
                (tuple(_one(leaf.texts(node)) for leaf in self._keys), tuple(leaf.texts(node) for leaf in self._values))
                for node in (nodes if isinstance(nodes, list) else ())
            ]
        except (etree.LxmlError, ValueError, _UnusualError):
            return None


def _one(texts: Sequence[str]) -> str | None:
    if len(texts) > 1:
        raise _UnusualError
    return texts[0] if texts else None


def _nodes_of(source: s.Expr, module: s.Module) -> etree.XPath | None:
    """Return the XPath of a path behind ``fn:collection()`` in many events at once, None where it has none."""
    base, around = steps_of(source)
    if not around or not is_collection(base) or not all(isinstance(one.right, s.Step) for one in around):
        return None
    rest: s.Expr = s.ContextItem(source.at)
    for one in around:
        rest = s.Path(one.at, rest, one.right)
    try:
        found = translate(replace(module, body=rest), within=True)
        text = found.expression
        if found.constants or found.strings or not (text.startswith("boolean(child::") and text.endswith(")")):
            return None
        inner = text.removeprefix("boolean(").removesuffix(")")
        return etree.XPath(f"/*/*/{inner}", namespaces=dict(found.namespaces) or None, regexp=False)
    except (NotProvableError, RecursionError, etree.XPathError, ValueError):
        return None


def _leaves(part: QueryPart) -> tuple[list[_Leaf], list[_Leaf]] | None:
    """Return where keys and values are in a node, None where they are more than children."""
    counted = [function == "count" for function in part.functions]
    if not part.keys:
        return [], [_Leaf(None, counted[0])]
    if part.variable is None:
        return None
    keys = [_leaf(_without_string(key), part.variable) for key in part.keys]
    values = [_leaf(argument, part.variable) for argument in part.arguments]
    if None in keys or None in values:
        return None
    named = [leaf for leaf in keys if leaf is not None and leaf.test is not None]
    found = [replace(leaf, counted=only) for leaf, only in zip(values, counted, strict=True) if leaf is not None]
    return (named, found) if len(named) == len(keys) else None


def _without_string(key: s.Expr) -> s.Expr:
    """Return the path before ``/string()``, whose value is the same key."""
    match key:
        case s.Path(_, inner, s.FunctionCall(_, name, ())) if name == s.Name(FN_NS, "string"):
            return inner
    return key


def _leaf(node: s.Expr, variable: s.Name) -> _Leaf | None:
    match node:
        case s.Variable(_, name) if name == variable:
            return _Leaf(None)
        case s.Path(_, s.Variable(_, name), s.Step(_, "child", s.NameTest() as test, ())) if name == variable:
            return None if test.local is None else _Leaf(test)
    return None
