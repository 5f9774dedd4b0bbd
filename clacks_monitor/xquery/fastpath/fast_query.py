"""A query on the fast path: as XPath 1.0, which lxml compiles and evaluates with the same result.

Role: a translation -> the result for a parsed event, and how much work that may be. Owner: xquery. Thread: any; libxml2
keeps state in a compiled XPath, so each thread has its own.

lxml lets other threads run while libxml2 evaluates, but nothing can stop an evaluation. So the work is bounded
beforehand: nodes to the power that the query allows (``degree``). What would be too much belongs to the guard's worker,
which can be killed.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.match_result import MATCH, NO_MATCH, MatchResult

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clacks_monitor.xquery.document import Document
    from clacks_monitor.xquery.fastpath.name_precheck import EventNames
    from clacks_monitor.xquery.fastpath.translation import Translation

INLINE_WORK: Final = 2_000_000
"""Steps that an evaluation may take on the caller's thread: some 20 ms."""
INLINE_TEXT: Final = 200_000_000
"""Bytes of text that it may go through: as long."""
USUAL_READS: Final = 16
"""Places of a query that may read text, for it to count as a usual one."""
_DEEPEST: Final = 256
"""Levels of elements that libxml2 takes, each of which may read the text below it."""
_SHALLOW: Final = 8
_READS: Final = re.compile(r"=|\b(?:contains|starts-with|string|string-length)\(|\bnormalize-space\(()")
_SLOW_READ: Final = 8

_EMPTY: Final = etree.fromstring(b"<none/>")


class FastQuery:
    """One query in XPath 1.0, made by ``build``.

    ``expression`` is the XPath, ``degree`` the power of the number of nodes that bounds its work, ``reads`` how often
    it may go through the text of a node. ``within`` translates it for an element that stands for the document.
    """

    __slots__ = ("_constants", "_local", "_names", "_translation", "_within", "degree", "needs_body", "reads")

    def __init__(self, translation: Translation, within: Callable[[], Translation | None], *, needs_body: bool) -> None:
        self._translation = translation
        self._within = within
        self._names = {name: f"p_{name}" for name in translation.strings}
        self._constants = dict(translation.constants)
        self._local = threading.local()
        self.degree = translation.degree
        self.reads = sum(1 if m.group(1) is None else _SLOW_READ for m in _READS.finditer(translation.expression))
        self.needs_body = needs_body
        self.evaluator()  # an expression that libxml2 does not take must fail here

    @property
    def expression(self) -> str:
        """The XPath 1.0 text."""
        return self._translation.expression

    @property
    def is_plain(self) -> bool:
        """Whether the evaluator needs no variables."""
        return not (self._names or self._constants)

    def precheck(self, names: EventNames) -> bool | None:
        """Return the result that the names of an event's root and only child element decide, None when they do not."""
        if not self.is_plain:
            return None  # a property that is missing is an error, whatever the event is
        try:
            return self._translation.precheck(names)
        except RecursionError:
            return None

    def compiled(self) -> etree.XPath:
        """Compile anew, for an owner that stays on one thread."""
        return _compiled(self._translation.expression, self._translation)

    def compiled_within(self) -> etree.XPath | None:
        """Compile for many events in one document, ``/*/*`` being theirs: it selects those that match.

        None where the query cannot be asked so: it needs variables, or might see that its document is an element.
        """
        if not (self.is_plain and self.needs_body):
            return None
        translation = self._within()
        try:
            return None if translation is None else _compiled(f"/*/*[{translation.expression}]", translation)
        except (etree.XPathError, ValueError):
            return None

    def evaluator(self) -> etree.XPath:
        """Return the calling thread's own."""
        found: etree.XPath | None = getattr(self._local, "xpath", None)
        if found is None:
            found = self._local.xpath = self.compiled()
        return found

    def is_short(self, document: Document) -> bool:
        """Whether evaluating this event is short enough for the caller's own thread."""
        try:
            return not self.needs_body or is_inline(document, self.degree, self.reads)
        except QueryError:
            return True  # no tree, no work

    def variables(self, properties: Mapping[str, object]) -> dict[str, str] | None:
        """Collect what the evaluator takes beside the event; None when the general way must decide.

        That is when a declared property is missing or is not a string: an error, or other rules.
        """
        values = dict(self._constants)
        for name, inside in self._names.items():
            value = properties.get(name)
            if type(value) is not str:
                return None
            values[inside] = value
        return values

    def matches(
        self, document: Document, properties: Mapping[str, object], evaluator: etree.XPath | None = None
    ) -> MatchResult | None:
        """Return the result, or None when only the general way can give it. Never raises."""
        values = None if self.is_plain else self.variables(properties)
        if values is None and not self.is_plain:
            return None
        try:
            root = document.tree.getroot() if self.needs_body else _EMPTY
        except QueryError:
            return None
        return evaluate(evaluator or self.evaluator(), root, values)


def _compiled(expression: str, translation: Translation) -> etree.XPath:
    namespaces = dict(translation.namespaces) or None
    return etree.XPath(expression, namespaces=namespaces, regexp=False, smart_strings=False)


def evaluate(evaluator: etree.XPath, root: etree._Element, values: Mapping[str, str] | None) -> MatchResult | None:
    """Call a compiled expression; None when libxml2 gives up (its own limits, odd strings)."""
    try:
        found = evaluator(root, **values) if values else evaluator(root)
    except (etree.XPathError, ValueError):
        return None
    return MATCH if found else NO_MATCH


def nodes_at_most(document: Document) -> int:
    """Bound the nodes of an event: each needs a ``<`` or a ``=``, and text ends with a ``<``."""
    body = document.body
    if body:
        return 2 * body.count(b"<") + body.count(b"=") + 1
    return 4 * sum(1 for _ in document.tree.iter()) + 1


def is_inline(document: Document, degree: int, reads: int = USUAL_READS) -> bool:
    """Whether an evaluation of this degree is short enough for the caller's own thread.

    Text is read once for each element around it, wherever the expression reads any.
    """
    size = len(document.body) or 8 * nodes_at_most(document)
    text = size * reads
    if text * _DEEPEST > INLINE_TEXT and (text * _SHALLOW > INLINE_TEXT or document.is_deeper_than(_SHALLOW)):
        return False
    return bool(size**degree <= INLINE_WORK or nodes_at_most(document) ** degree <= INLINE_WORK)
