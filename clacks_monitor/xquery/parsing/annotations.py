"""Annotations of functions and variables: ``%name("value")``.

Owner: xquery. Thread: the one that parses. Source: XQuery 3.1, section 4.15.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.namespaces import RESERVED_FUNCTION_NAMESPACES, XQ_NS
from clacks_monitor.xquery.parsing.literals import numeric_literal, string_literal
from clacks_monitor.xquery.parsing.names import eqname
from clacks_monitor.xquery.parsing.parser import comma_list
from clacks_monitor.xquery.syntax import Annotation, Name

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.parser import QueryParser

PUBLIC, PRIVATE = Name(XQ_NS, "public"), Name(XQ_NS, "private")
"""The two annotations that XQuery itself defines."""


def annotation_list(p: QueryParser) -> tuple[Annotation, ...]:
    """Annotations, as many as follow; XQST0045 for reserved namespaces."""
    found = []
    while p.ahead("%"):
        at = p.pos
        p.needs_version_3(Message("an annotation"), at)
        p.pos += 1
        name = eqname(p, XQ_NS)
        if name.uri in RESERVED_FUNCTION_NAMESPACES and name not in (PUBLIC, PRIVATE):
            raise p.error(Message("There is no annotation %{0}.", name), "XQST0045", at)
        values: list[object] = []
        if p.accept("("):
            values = comma_list(p, _annotation_value)
            p.expect(")")
        found.append(Annotation(name, tuple(values), at))
    return tuple(found)


def _annotation_value(p: QueryParser) -> object:
    value = string_literal(p)
    if value is None:
        number = numeric_literal(p)
        if number is None:
            raise p.unexpected(Message("a string or a number"))
        return number
    return value
