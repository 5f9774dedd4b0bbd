"""Main modules: the version declaration, the prolog, the body.

Owner: xquery. Thread: the one that parses. Source: XQuery 3.1, section 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.lexical import NO_XML_CHARACTER
from clacks_monitor.xquery.parsing.expressions import parser_of
from clacks_monitor.xquery.parsing.literals import expect_string
from clacks_monitor.xquery.parsing.parser import expr
from clacks_monitor.xquery.parsing.prolog import parse_prolog
from clacks_monitor.xquery.parsing.static_context import StaticContext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.xquery.parsing.parser import QueryParser

_ENCODING = re.compile(r"[A-Za-z][A-Za-z0-9._\-]*")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The result of parsing: the tree, its static context, and features that XQuery 1.0 lacks."""

    text: str
    module: s.Module
    static: StaticContext
    newer: tuple[tuple[int, Message], ...]
    options: Mapping[s.Name, str]


def parse(text: str, *, namespaces: Mapping[str, str] | None = None, base_uri: str | None = None) -> Parsed:
    """Parse a main module; raises QueryError with the offset of the problem."""
    static = StaticContext(base_uri=base_uri)
    for prefix, uri in (namespaces or {}).items():
        if prefix:
            static.namespaces[prefix] = uri
        else:
            static.default_element = uri
    return _main_module(parser_of(text, static))


def _main_module(p: QueryParser) -> Parsed:
    wrong = NO_XML_CHARACTER.search(p.text)
    if wrong is not None:
        raise p.error(Message("The query holds a character that XML does not allow."), at=wrong.start())
    _version_decl(p)
    if p.keyword_ahead("module", "namespace"):
        raise p.error(Message("This is a library module; a query must be a main module."))
    prolog = parse_prolog(p)
    if p.space() == len(p.text):
        raise p.unexpected(Message("an expression"))
    body = expr(p)
    if p.space() < len(p.text):
        raise p.unexpected(Message("the end of the query"))
    module = s.Module(tuple(prolog.variables.values()), tuple(prolog.functions.values()), prolog.context_item, body)
    return Parsed(p.text, module, p.static, tuple(p.newer), prolog.options)


def _version_decl(p: QueryParser) -> None:
    if not p.keyword_ahead("xquery", "version", "encoding"):
        return
    start = p.space()
    p.expect_keywords("xquery")
    if p.accept_keyword("version"):
        at = p.space()
        version = expect_string(p)
        if version not in ("1.0", "3.0", "3.1"):
            raise p.error(Message("XQuery version '{0}' is not known.", version), "XQST0031", at)
        p.static.version = version
        if version != "1.0":
            p.needs_version_3(Message("XQuery version {0}", version), start)
        if not p.ahead(";"):
            p.expect_keywords("encoding")
            _encoding(p)
    else:
        p.expect_keywords("encoding")
        p.needs_version_3(Message("an encoding without a version"), start)
        _encoding(p)
    p.expect(";")


def _encoding(p: QueryParser) -> None:
    at = p.space()
    if not _ENCODING.fullmatch(expect_string(p)):
        raise p.error(Message("This is not a name of an encoding."), "XQST0087", at)
