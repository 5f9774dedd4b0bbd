"""The lowest layer of the parser: white space, comments, names, literals, the errors' places.

Owner: xquery. Thread: the one that parses. The parser is scannerless: what a word means depends
on where it stands, and direct constructors have a lexical grammar of their own.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn

from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.lexical import NCNAME, is_xml_character
from clacks_monitor.xquery.parsing.static_context import StaticContext
from clacks_monitor.xquery.syntax import Name

if TYPE_CHECKING:
    from clacks_monitor.xquery.syntax import Expr

_NCNAME = re.compile(NCNAME)


_QNAME = re.compile(f"({NCNAME})(?::({NCNAME}))?")
_BRACED = re.compile(r"Q\{([^{}]*)\}")
_SPACE = re.compile(r"[ \t\n\r]*")
_MAY_BE_SPACE = frozenset(" \t\n\r(")
_COMMENT_PART = re.compile(r"\(:|:\)")
_NUMBER = re.compile(r"(\.[0-9]+|[0-9]+(?:\.[0-9]*)?)([eE][+-]?[0-9]+)?")
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]+)|#x([0-9a-fA-F]+));")
_STRINGS = {'"': re.compile(r'"((?:[^"]|"")*)"'), "'": re.compile(r"'((?:[^']|'')*)'")}
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
MAX_NESTING = 200
MAX_DIGITS = 4000
"""Digits of an integer; Python refuses to read much longer ones."""
_REFERENCE_DIGITS = 8
"""Digits that the largest code point has, and one more."""


class Scanner:
    """A position in a text, and what can be read there."""

    def __init__(self, text: str, static: StaticContext | None = None) -> None:
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.pos = 0
        self._word_at, self._word = -1, ""
        self.static = static or StaticContext()
        self.nesting = 0
        self.newer: list[tuple[int, str]] = []
        self.old_functions: list[int] = []

    # ------------------------------------------------------------ implemented by the layers above
    def expression(self) -> Expr:
        """Expr: one or more expressions separated by commas."""
        raise NotImplementedError

    def single(self) -> Expr:
        """ExprSingle: one expression."""
        raise NotImplementedError

    # ------------------------------------------------------------ errors
    def fail(self, reason: str, code: str = "XPST0003", at: int | None = None) -> NoReturn:
        """Raise a static error here, or at the given offset."""
        raise self.failure(reason, code, at)

    def failure(self, reason: str, code: str = "XPST0003", at: int | None = None) -> QueryError:
        """Return the static error for this place, or the given offset."""
        return QueryError(code, reason, at=self.pos if at is None else at)

    def unexpected(self, wanted: str) -> NoReturn:
        """Raise the error for something other than what the grammar wants here."""
        raise self.surprise(wanted)

    def surprise(self, wanted: str) -> QueryError:
        """Return the error for something other than what the grammar wants here."""
        self.space()
        found = self.text[self.pos : self.pos + 20].split("\n")[0]
        return self.failure(
            f"Expected {wanted}, but found '{found}'." if found else f"Expected {wanted}, but the query ends here."
        )

    def needs_version_3(self, what: str, at: int) -> None:
        """Note a construct that XQuery 1.0 does not have."""
        self.newer.append((at, what))

    # ------------------------------------------------------------ space, symbols, words
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
            pos = self._comment(pos)

    def _comment(self, start: int) -> int:
        depth, pos = 1, start + 2
        while depth:
            match = _COMMENT_PART.search(self.text, pos)
            if match is None:
                self.fail("This comment is never closed.", at=start)
            depth += 1 if match.group() == "(:" else -1
            pos = match.end()
        return pos

    def ahead(self, symbol: str) -> bool:
        """Whether a symbol stands here, after white space."""
        return self.text.startswith(symbol, self.space())

    def take(self, symbol: str) -> bool:
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
        if not self.take(symbol):
            self.unexpected(f"'{symbol}'")
        return self.pos - len(symbol)

    def word(self) -> str:
        """The NCName that stands here (not consumed), or the empty string."""
        pos = self.space()
        if pos != self._word_at:
            # Asked for again and again, as one keyword after the other is looked for.
            match = _NCNAME.match(self.text, pos)
            self._word_at, self._word = pos, match.group() if match else ""
        return self._word

    def take_word(self, word: str) -> bool:
        """Consume a keyword if it stands here as a whole word."""
        if self.word() == word:
            self.pos += len(word)
            return True
        return False

    def expect_word(self, *words: str) -> None:
        """Consume the keywords one after the other, or fail."""
        for word in words:
            if not self.take_word(word):
                self.unexpected(f"'{word}'")

    def words_ahead(self, first: str, *following: str) -> bool:
        """Whether `first` stands here, followed by one of the given symbols or words."""
        pos = self.pos
        if (self._word if pos == self._word_at else self.word()) != first:
            return False
        start = self.pos
        self.pos += len(first)
        self.space()
        found = any(self.word() == f if f[0].isalpha() else self.text.startswith(f, self.pos) for f in following)
        self.pos = start
        return found

    # ------------------------------------------------------------ names
    def ncname(self) -> str:
        """Consume an NCName or fail."""
        word = self.word()
        if not word:
            self.unexpected("a name")
        self.pos += len(word)
        return word

    def braced_uri(self) -> str | None:
        """Consume `Q{uri}` if it stands here."""
        self.space()
        match = _BRACED.match(self.text, self.pos)
        if match is None:
            return None
        self.needs_version_3("a name with its namespace in braces, Q{...}", self.pos)
        start, self.pos = self.pos, match.end()
        uri = " ".join(self.references(match.group(1), start).split())
        if uri == "http://www.w3.org/2000/xmlns/":
            self.fail("This namespace must not be used in a name.", "XQST0070", start)
        return uri

    def qname_parts(self) -> tuple[str, str]:
        """Consume a lexical QName; returns prefix and local name."""
        self.space()
        match = _QNAME.match(self.text, self.pos)
        if match is None:
            self.unexpected("a name")
        self.pos = match.end()
        first, second = match.group(1), match.group(2)
        return (first, second) if second else ("", first)

    def eqname(self, default: str) -> Name:
        """Consume an EQName; an unprefixed one gets the default namespace."""
        uri = self.braced_uri()
        if uri is not None:
            match = _NCNAME.match(self.text, self.pos)
            if match is None:
                self.unexpected("a name")
            self.pos = match.end()
            return Name(uri, match.group())
        start = self.space()
        prefix, local = self.qname_parts()
        return self.resolve(prefix, local, default, start)

    def resolve(self, prefix: str, local: str, default: str, at: int) -> Name:
        """The expanded name of a lexical one; XPST0081 for an unknown prefix."""
        if not prefix:
            return Name(default, local)
        uri = self.static.namespaces.get(prefix)
        if not uri:
            self.fail(f"The prefix '{prefix}' is not declared.", "XPST0081", at)
        return Name(uri, local, prefix)

    # ------------------------------------------------------------ literals
    def string(self) -> str | None:
        """Consume a string literal if one stands here."""
        start = self.space()
        pattern = _STRINGS.get(self.text[start : start + 1])
        if pattern is None:
            return None
        match = pattern.match(self.text, start)
        if match is None:
            self.fail("This string is never closed.", at=start)
        quote = self.text[start]
        self.pos = match.end()
        return self.references(match.group(1).replace(quote * 2, quote), start)

    def expect_string(self) -> str:
        """Consume a string literal or fail."""
        value = self.string()
        if value is None:
            self.unexpected("a string in quotes")
        return value

    def uri_literal(self) -> str:
        """Consume a string literal that is a URI: its white space is normalised."""
        return " ".join(self.expect_string().split())

    def number(self) -> object | None:
        """Consume a numeric literal if one stands here: int, Decimal or float."""
        match = _NUMBER.match(self.text, self.space())
        if match is None:
            return None
        self.pos = match.end()
        if _NCNAME.match(self.text, self.pos):
            self.fail("A number must be separated from the name that follows it.")
        digits, exponent = match.groups()
        if exponent:
            return float(match.group())
        if "." in digits:
            return Decimal(digits)
        if len(digits) > MAX_DIGITS:
            self.fail("This number has too many digits.", "FOAR0002")
        return int(digits)

    def references(self, text: str, at: int) -> str:
        """Expand character and predefined entity references."""
        if "&" not in text:
            return text
        out, pos = [], 0
        while (found := text.find("&", pos)) >= 0:
            out.append(text[pos:found])
            match = _REFERENCE.match(text, found)
            if match is None:
                self.fail("'&' must start a reference like &amp; or &#38;.", at=at)
            out.append(self._reference(match, at))
            pos = match.end()
        return "".join(out) + text[pos:]

    def _reference(self, match: re.Match[str], at: int) -> str:
        name, decimal, hexadecimal = match.groups()
        if name:
            return _ENTITIES[name]
        digits = decimal or hexadecimal
        is_short = len(digits.lstrip("0")) <= _REFERENCE_DIGITS
        code = int(digits, 10 if decimal else 16) if is_short else -1
        if not is_xml_character(code):
            self.fail(f"{match.group()} is no character of XML.", "XQST0090", at)
        return chr(code)
