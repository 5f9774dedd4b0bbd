"""Sequence types, node tests and name tests.

Owner: xquery. Thread: the one that parses. Source: XQuery 3.1, section 2.5.5 and grammar.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel.types import is_known_type
from clacks_monitor.xquery.lexical import NCNAME, is_ncname
from clacks_monitor.xquery.namespaces import XS_NS
from clacks_monitor.xquery.parsing.annotations import annotation_list
from clacks_monitor.xquery.parsing.literals import string_literal
from clacks_monitor.xquery.parsing.names import braced_uri, eqname, resolved_name
from clacks_monitor.xquery.parsing.parser import comma_list
from clacks_monitor.xquery.syntax import (
    AnyItemTest,
    ArrayTest,
    AtomicTest,
    FunctionTest,
    ItemTest,
    KindTest,
    MapTest,
    Name,
    NameTest,
    SequenceType,
)

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.parser import QueryParser

KIND_TESTS = frozenset(
    (
        "node", "element", "attribute", "text", "comment", "processing-instruction",
        "document-node", "namespace-node", "schema-element", "schema-attribute",
    )
)  # fmt: skip  # a table, by rows
_ANY_OF: dict[str, ItemTest] = {"function": FunctionTest(), "map": MapTest(), "array": ArrayTest()}
_WILDCARD = re.compile(rf"\*:({NCNAME})|({NCNAME}):\*|\*")


def optional_type(p: QueryParser) -> SequenceType | None:
    """``as T`` if it stands here."""
    return sequence_type(p) if p.accept_keyword("as") else None


def sequence_type(p: QueryParser) -> SequenceType:
    """SequenceType."""
    if p.keyword_ahead("empty-sequence", "("):
        p.expect_keywords("empty-sequence")
        p.expect("(")
        p.expect(")")
        return SequenceType(None)
    item = item_type(p)
    p.space()
    for mark in "?*+":
        if p.text.startswith(mark, p.pos):
            p.pos += 1
            return SequenceType(item, mark)
    return SequenceType(item)


def item_type(p: QueryParser) -> ItemTest:
    """ItemType."""
    p.enter(Message("The type is nested too deeply."))
    try:
        return _item_type(p)
    finally:
        p.nesting -= 1


def _item_type(p: QueryParser) -> ItemTest:
    start = p.space()
    if p.ahead("%"):
        annotation_list(p)
        if p.next_name() != "function":
            raise p.unexpected(Message.verbatim("'function'"))
    if p.accept("("):
        p.needs_version_3(Message("a type in parentheses"), start)
        inner = item_type(p)
        p.expect(")")
        return inner
    word = p.next_name()
    if word and p.keyword_ahead(word, "("):
        return _test_with_parentheses(p, word, start)
    name = eqname(p, p.static.default_element)
    return AtomicTest(name)


def _test_with_parentheses(p: QueryParser, word: str, start: int) -> ItemTest:
    if word == "item":
        p.ncname()
        p.expect("(")
        p.expect(")")
        return AnyItemTest()
    if word in KIND_TESTS:
        return kind_test(p)
    if word in ("function", "map", "array"):
        p.needs_version_3(Message("the type {0}()", word), start)
        p.ncname()
        p.expect("(")
        if p.accept("*"):
            p.expect(")")
            return _ANY_OF[word]
        return _compound(p, word)
    raise p.error(Message("'{0}(' is not a type.", word), at=start)


def _compound(p: QueryParser, word: str) -> ItemTest:
    if word == "array":
        member = sequence_type(p)
        p.expect(")")
        return ArrayTest(member)
    if word == "map":
        key = AtomicTest(eqname(p, p.static.default_element))
        p.expect(",")
        value = sequence_type(p)
        p.expect(")")
        return MapTest(key, value)
    arguments: list[SequenceType] = []
    if not p.accept(")"):
        arguments = comma_list(p, sequence_type)
        p.expect(")")
    p.expect_keywords("as")
    return FunctionTest(tuple(arguments), sequence_type(p))


def kind_test(p: QueryParser) -> KindTest:
    """KindTest: ``node()``, ``element(...)``, ..."""
    start = p.space()
    kind = p.ncname()
    p.expect("(")
    if p.accept(")"):
        if kind.startswith("schema-"):
            raise p.unexpected(Message("a name"))
        if kind == "namespace-node":
            p.needs_version_3(Message.verbatim("namespace-node()"), start)
        return KindTest(kind)
    test = _kind_content(p, kind, start)
    p.expect(")")
    return test


def _kind_content(p: QueryParser, kind: str, start: int) -> KindTest:
    if kind == "document-node":
        if p.next_name() not in ("element", "schema-element"):
            raise p.unexpected(Message("{0} or {1}", "element()", "schema-element()"))
        return KindTest(kind, inner=kind_test(p))
    if kind == "processing-instruction":
        target = string_literal(p)
        name = " ".join(target.split()) if target is not None else p.ncname()
        if not is_ncname(name):
            raise p.error(Message("'{0}' is not a name of a processing instruction.", name), "XPTY0004", start)
        return KindTest(kind, NameTest("", name))
    if kind in ("element", "attribute"):
        return _typed_test(p, kind)
    if kind.startswith("schema-"):
        eqname(p, p.static.default_element)
        raise p.error(Message("{0}() needs schemas, which queries cannot use.", kind), "XPST0008", start)
    raise p.unexpected(Message.verbatim("')'"))


def _typed_test(p: QueryParser, kind: str) -> KindTest:
    if p.accept("*"):
        name = None
    else:
        default = p.static.default_element if kind == "element" else ""
        found = eqname(p, default)
        name = NameTest(found.uri, found.local)
    if not p.accept(","):
        return KindTest(kind, name)
    at = p.space()
    type_name = eqname(p, p.static.default_element)
    check_type_name(p, type_name, at)
    nillable = kind == "element" and p.accept("?")
    return KindTest(kind, name, type_name, nillable)


def check_type_name(p: QueryParser, name: Name, at: int) -> None:
    """XPST0008 for a schema type that does not exist."""
    if name.uri != XS_NS or not is_known_type(name.local):
        raise p.error(Message("The type {0} is not known.", name), "XPST0008", at)


def name_test(p: QueryParser, default: str) -> NameTest:
    """NameTest with wildcards; an unprefixed name gets the default namespace."""
    start = p.space()
    match = _WILDCARD.match(p.text, start)
    if match is not None:
        p.pos = match.end()
        local, prefix = match.groups()
        if local:
            return NameTest(None, local)
        if prefix:
            return NameTest(resolved_name(p, prefix, "", "", start).uri, None)
        return NameTest(None, None)
    uri = braced_uri(p)
    if uri is not None:
        if p.text.startswith("*", p.pos):
            p.pos += 1
            return NameTest(uri, None)
        return NameTest(uri, p.ncname())
    name = eqname(p, default)
    return NameTest(name.uri, name.local)
