"""The state of one parse: a position in a text, the static context, and what can stand at a place.

Owner: xquery. Thread: the one that parses. The parser has no lexer: what a word means depends on where it stands, and
direct constructors have a lexical grammar of their own. The other modules of this package hold one function per
production of the grammar; each takes the parser and consumes what it returns the tree of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.lexical import NCNAME
from clacks_monitor.xquery.syntax import Sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.xquery.parsing.static_context import StaticContext
    from clacks_monitor.xquery.syntax import Expr

_NCNAME = re.compile(NCNAME)
_SPACE = re.compile(r"[ \t\n\r]*")
_MAY_BE_SPACE = frozenset(" \t\n\r(")
_COMMENT_PART = re.compile(r"\(:|:\)")
MAX_NESTING = 200
_QUERY_TOO_DEEP = Message("The query is nested too deeply.")
_T = TypeVar("_T")


class QueryParser:
    """A position in a text, and the symbols and keywords that can be read there.

    ``expr_single`` is the production ExprSingle, to which the productions below it come back.
    """

    def __init__(self, text: str, static: StaticContext, expr_single: Callable[[QueryParser], Expr]) -> None:
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.pos = 0
        self.static = static
        self.nesting = 0
        self.newer: list[tuple[int, Message]] = []
        self._expr_single = expr_single
        self._name_at, self._name = -1, ""

    # ------------------------------------------------------------ errors
    def error(self, reason: Message, code: str = "XPST0003", at: int | None = None) -> QueryError:
        """Return the static error for this place, or the given offset."""
        return QueryError(code, reason, at=self.pos if at is None else at)

    def unexpected(self, wanted: Message) -> QueryError:
        """Return the error for something other than what the grammar wants here."""
        self.space()
        found = self.text[self.pos : self.pos + 20].split("\n")[0]
        return self.error(
            Message("Expected {0}, but found '{1}'.", wanted, found)
            if found
            else Message("Expected {0}, but the query ends here.", wanted)
        )

    def needs_version_3(self, what: Message, at: int) -> None:
        """Note a construct that XQuery 1.0 does not have."""
        self.newer.append((at, what))

    # ------------------------------------------------------------ expressions
    def enter(self, too_deep: Message = _QUERY_TOO_DEEP) -> None:
        """Begin something that can hold its like; leaving it takes one from ``nesting``."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise self.error(too_deep, "CLACKS0003")

    def single(self) -> Expr:
        """ExprSingle: one expression without a comma at its top."""
        self.enter()
        found = self._expr_single(self)
        self.nesting -= 1
        return found

    # ------------------------------------------------------------ space, symbols, keywords
    def space(self) -> int:
        """Skip white space and comments; returns the new position."""
        text, pos = self.text, self.pos
        if text[pos : pos + 1] not in _MAY_BE_SPACE:
            return pos
        while True:
            match = _SPACE.match(text, pos)
            pos = match.end() if match else pos
            if not text.startswith("(:", pos):
                self.pos = pos
                return pos
            pos = _end_of_comment(text, pos)

    def ahead(self, symbol: str) -> bool:
        """Whether a symbol stands here, after white space."""
        return self.text.startswith(symbol, self.space())

    def accept(self, symbol: str) -> bool:
        """Consume a symbol if it stands here."""
        text, pos = self.text, self.pos
        if text[pos : pos + 1] in _MAY_BE_SPACE:
            pos = self.space()
        if text.startswith(symbol, pos):
            self.pos = pos + len(symbol)
            return True
        return False

    def expect(self, symbol: str) -> int:
        """Consume a symbol or fail; returns its offset."""
        if not self.accept(symbol):
            raise self.unexpected(Message.verbatim(f"'{symbol}'"))
        return self.pos - len(symbol)

    def next_name(self) -> str:
        """Return the NCName that stands here, without consuming it; the empty string if there is none."""
        pos = self.space()
        if pos != self._name_at:
            # Asked for repeatedly, as one keyword after the other is looked for.
            match = _NCNAME.match(self.text, pos)
            self._name_at, self._name = pos, match.group() if match else ""
        return self._name

    def ncname(self) -> str:
        """Consume an NCName or fail."""
        name = self.next_name()
        if not name:
            raise self.unexpected(Message("a name"))
        self.pos += len(name)
        return name

    def keyword_ahead(self, first: str, *following: str) -> bool:
        """Whether the keyword ``first`` stands here, followed by one of the given symbols or keywords."""
        pos = self.pos
        if (self._name if pos == self._name_at else self.next_name()) != first:
            return False
        start = self.pos
        self.pos += len(first)
        self.space()
        found = any(self.next_name() == f if f[0].isalpha() else self.text.startswith(f, self.pos) for f in following)
        self.pos = start
        return found

    def accept_keyword(self, keyword: str) -> bool:
        """Consume a keyword if it stands here as a whole word."""
        if self.next_name() == keyword:
            self.pos += len(keyword)
            return True
        return False

    def expect_keywords(self, *keywords: str) -> None:
        """Consume the keywords one after the other, or fail."""
        for keyword in keywords:
            if not self.accept_keyword(keyword):
                raise self.unexpected(Message.verbatim(f"'{keyword}'"))


def _end_of_comment(text: str, start: int) -> int:
    depth, pos = 1, start + 2
    while depth:
        match = _COMMENT_PART.search(text, pos)
        if match is None:
            raise QueryError("XPST0003", Message("This comment is never closed."), at=start)
        depth += 1 if match.group() == "(:" else -1
        pos = match.end()
    return pos


def expr(p: QueryParser) -> Expr:
    """Expr: one or more expressions separated by commas."""
    start = p.space()
    items = comma_list(p, QueryParser.single)
    return items[0] if len(items) == 1 else Sequence(start, tuple(items))


def comma_list(p: QueryParser, production: Callable[[QueryParser], _T]) -> list[_T]:
    """One or more of a production, separated by commas."""
    found = [production(p)]
    while p.accept(","):
        found.append(production(p))
    return found


def enclosed_expr(p: QueryParser) -> Expr:
    """EnclosedExpr: an expression in braces; ``{ }`` is the empty sequence."""
    start = p.expect("{")
    if p.accept("}"):
        return Sequence(start, ())
    body = expr(p)
    p.expect("}")
    return body
