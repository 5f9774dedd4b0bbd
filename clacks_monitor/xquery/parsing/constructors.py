"""Constructors of all kinds: direct, computed, of strings, maps and arrays.

Owner: xquery. Thread: the one that parses.
"""

from __future__ import annotations

import re

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.parsing.direct import DIRECT, direct_constructor
from clacks_monitor.xquery.parsing.names import braced_uri, eqname, lexical_qname
from clacks_monitor.xquery.parsing.parser import QueryParser, comma_list, enclosed_expr, expr

_COMPUTED = ("element", "attribute", "processing-instruction", "namespace")
_UNNAMED = ("document", "text", "comment")

_INTERPOLATION_OR_END = re.compile(r"`\{|\]``")


def constructor(p: QueryParser) -> s.Expr | None:
    """Any constructor; None when none stands here."""
    start = p.space()
    if p.text.startswith("<", start):
        if DIRECT.match(p.text, start) is None:
            raise p.unexpected(Message("an expression"))
        return direct_constructor(p)
    if p.text.startswith("``[", start):
        return _string_constructor(p)
    if p.text.startswith("[", start):
        p.needs_version_3(Message("an array"), start)
        p.pos += 1
        return s.ArrayConstructor(start, _array_members(p), curly=False)
    word = p.next_name()
    if word in _UNNAMED and p.keyword_ahead(word, "{"):
        p.ncname()
        return s.ComputedNode(start, word, None, enclosed_expr(p))
    if word in _COMPUTED:
        return _computed_constructor(p, word, start)
    if word in ("map", "array") and p.keyword_ahead(word, "{"):
        return _map_or_array(p, word, start)
    return None


def _computed_constructor(p: QueryParser, kind: str, start: int) -> s.Expr | None:
    p.ncname()
    if p.ahead("{"):
        name: s.Name | s.Expr = _name_expr(p)
    else:
        at = p.space()
        is_name = p.text.startswith("Q{", at) or bool(p.next_name())
        noted = len(p.newer)
        if not is_name or not _name_then_brace(p):
            p.pos = start
            del p.newer[noted:]
            return None
        p.pos = at
        name = _constructed_name(p, kind)
    if kind == "namespace":
        p.needs_version_3(Message("a namespace constructor"), start)
    content = enclosed_expr(p)
    return s.ComputedNode(start, kind, name, content)


def _name_expr(p: QueryParser) -> s.Expr:
    p.expect("{")
    if p.ahead("}"):
        raise p.unexpected(Message("an expression for the name"))
    found = expr(p)
    p.expect("}")
    return found


def _name_then_brace(p: QueryParser) -> bool:
    if p.text.startswith("Q{", p.pos):
        braced_uri(p)
        if not p.next_name():
            return False
    lexical_qname(p)
    return p.ahead("{")


def _constructed_name(p: QueryParser, kind: str) -> s.Name:
    if kind in ("processing-instruction", "namespace"):
        at = p.pos
        name = s.Name("", p.ncname())
        if p.text.startswith(":", p.pos):
            raise p.error(Message("This name must not have a prefix."), at=at)
        return name
    return eqname(p, p.static.default_element if kind == "element" else "")


def _map_or_array(p: QueryParser, word: str, start: int) -> s.Expr:
    p.needs_version_3(Message.verbatim(f"{word} {{ }}"), start)
    p.ncname()
    if word == "array":
        return s.ArrayConstructor(start, (enclosed_expr(p),), curly=True)
    p.expect("{")
    if p.accept("}"):
        return s.MapConstructor(start, ())
    entries = comma_list(p, _map_entry)
    p.expect("}")
    return s.MapConstructor(start, tuple(entries))


def _map_entry(p: QueryParser) -> tuple[s.Expr, s.Expr]:
    key = p.single()
    p.expect(":")
    return key, p.single()


def _array_members(p: QueryParser) -> tuple[s.Expr, ...]:
    if p.accept("]"):
        return ()
    found = comma_list(p, QueryParser.single)
    p.expect("]")
    return tuple(found)


def _string_constructor(p: QueryParser) -> s.Expr:
    start = p.pos
    p.needs_version_3(Message("a string constructor"), start)
    p.pos += 3
    parts: list[str | s.Expr] = []
    while True:
        mark = _INTERPOLATION_OR_END.search(p.text, p.pos)
        if mark is None:
            raise p.error(Message("This string constructor is never closed."), at=start)
        parts.append(p.text[p.pos : mark.start()])
        p.pos = mark.end()
        if mark.group() == "]``":
            return s.StringConstructor(start, tuple(p for p in parts if p != ""))
        if not p.accept("}`"):
            parts.append(expr(p))
            p.expect("}`")
