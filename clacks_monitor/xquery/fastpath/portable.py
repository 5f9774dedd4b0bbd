"""Queries as XPath 1.0 for other processors: one expression without prefixes and variables, whose value is a boolean.

Less than what lxml evaluates here is translated: only what processors of XPath 1.0 agree about. They differ in what a
character is (``string-length``), in whether CDATA is a text node of its own (``text()``), in how much of the document
is before the root element (``following``, comments, instructions), and in the order of attributes (``(@*)[1]``).

Owner: engine. Thread: any; pure.
"""

from __future__ import annotations

from typing import Final

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.fastpath.translation import translate
from clacks_monitor.xquery.fastpath.xpath import NotProvableError
from clacks_monitor.xquery.syntax.walk import walk

MAX_DEGREE: Final = 2
"""The power of an event's size that bounds the work of another processor, which nothing may stop."""

MAX_TEXT: Final = 4096
"""Characters of a query; other processors have limits too, and it is translated where events are waited for."""

_AXES: Final = frozenset({"attribute", "child", "descendant", "descendant-or-self", "parent", "self"})
_FUNCTIONS: Final = frozenset({
    "boolean", "contains", "count", "empty", "exists", "false", "last", "normalize-space", "not", "position",
    "starts-with", "string", "true",
})  # fmt: skip  # a table


def portable_xpath(root: s.Module, text: str) -> str:
    """Return the expression, "" for a query that has none."""
    # The tree keeps no trace of a default collation, which all comparisons would follow.
    if "collation" in text or len(text) > MAX_TEXT:
        return ""
    try:
        parts = list(walk(root))
        if not all(map(_is_portable, parts)) or (any(map(_is_attribute, parts)) and any(map(_counts, parts))):
            return ""
        found = translate(root, prefixed=False)
    except (NotProvableError, RecursionError):
        return ""
    if found.strings or found.constants or found.namespaces or found.degree > MAX_DEGREE:
        return ""
    return found.expression


def _is_attribute(part: s.Expr) -> bool:
    return isinstance(part, s.Step) and part.axis == "attribute"


def _counts(part: s.Expr) -> bool:
    """Whether a position is asked for."""
    match part:
        case s.FunctionCall():
            return part.name.local in {"last", "position"}
        case s.Step():
            return any(isinstance(predicate, s.Literal) for predicate in part.predicates)
        case s.Filter():
            return isinstance(part.predicate, s.Literal)
    return False


def _is_portable(part: s.Expr) -> bool:
    match part:
        case s.Step():
            test = part.test
            node = isinstance(test, s.KindTest) and test.kind == "node"
            return part.axis in _AXES and (node or isinstance(test, s.NameTest))
        case s.FunctionCall():
            return part.name.local in _FUNCTIONS
    return True
