"""The XML document of one event, parsed once and shared by all queries.

Owner: xquery. Thread: any; the two trees are built once under a lock and never changed.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.hardened import hardened_parser, has_doctype
from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.errors import TOO_LARGE, LimitError, QueryError

if TYPE_CHECKING:
    from clacks_monitor.xquery.datamodel.nodes import Node

# The broker's events have a base URI too, so fn:base-uri(.) is not empty; it names nothing.
EVENT_URI = "urn:clacks:event"
_local = threading.local()


def _parser() -> etree.XMLParser:
    # One parser for each thread: lxml serialises the use of a shared one.
    parser: etree.XMLParser | None = getattr(_local, "parser", None)
    if parser is None:
        parser = _local.parser = hardened_parser()
    return parser


class Document:
    """The body of an event; parsed when a tree is requested.

    A body that is not XML, or that has a DOCTYPE, is not an error here: ``tree`` and ``nodes`` raise QueryError
    (FODC0006) when they are requested, so that a query which never reads the body still has a result, as in the
    broker.
    """

    __slots__ = ("_deep", "_lock", "_nodes", "_problem", "_tree", "body")

    def __init__(self, body: bytes) -> None:
        self.body = body
        self._lock = threading.Lock()
        self._tree: etree._ElementTree | None = None
        self._nodes: Node | None = None
        self._deep: tuple[int, bool] | None = None
        self._problem: QueryError | None = None

    @classmethod
    def of_tree(cls, tree: etree._ElementTree | etree._Element) -> Document:
        """A document for a tree that is parsed already; the tree must not change afterwards."""
        document = cls(b"")
        document._tree = tree.getroottree() if isinstance(tree, etree._Element) else tree
        return document

    @property
    def problem(self) -> QueryError | None:
        """Why the body cannot be read, or None; parses it if need be."""
        if self._tree is None and self._problem is None:
            self._parse()
        return self._problem

    @property
    def tree(self) -> etree._ElementTree:
        """The lxml tree; raises QueryError when the body is not XML."""
        if self._tree is None:
            problem = self.problem
            if problem is not None:
                # A new error each time: a raised one collects tracebacks.
                raise type(problem)(problem.code, problem.reason)
        if self._tree is None:
            raise QueryError("FODC0006", Message("The event has no tree."))
        return self._tree

    def is_deeper_than(self, levels: int) -> bool:
        """Whether there are elements below this level, the root being level 1; raises QueryError."""
        if self._deep is None or self._deep[0] != levels:
            self._deep = levels, bool(_deeper(levels)(self.tree))
        return self._deep[1]

    @property
    def nodes(self) -> Node:
        """The document node of the engine's own tree, for the general way; built once."""
        nodes = self._nodes
        if nodes is None:
            from clacks_monitor.xquery.datamodel.nodes import from_lxml  # 25 ms, for the general way only

            tree = self.tree
            with self._lock:
                nodes = self._nodes
                if nodes is None:
                    nodes = self._nodes = from_lxml(tree, base_uri=EVENT_URI)
        return nodes

    def _parse(self) -> None:
        with self._lock:
            if self._tree is not None or self._problem is not None:
                return
            try:
                root = etree.fromstring(self.body, _parser())
            except (etree.XMLSyntaxError, ValueError) as error:
                self._problem = _problem_of(error)
                return
            if has_doctype(root):
                self._problem = QueryError("FODC0006", Message("The event has a DOCTYPE, which is refused."))
            else:
                self._tree = root.getroottree()


@lru_cache(maxsize=8)
def _deeper(levels: int) -> etree.XPath:
    return etree.XPath(f"boolean({'/*' * (levels + 1)})")


def _problem_of(error: etree.XMLSyntaxError | ValueError) -> QueryError:
    if isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY:
        return LimitError(TOO_LARGE, Message("The event needs more memory than a filter may have."))
    return QueryError("FODC0006", Message("The event is not well-formed: {0}", error))
