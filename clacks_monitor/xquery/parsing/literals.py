"""Literals: strings, numbers, and the references in strings.

Owner: xquery. Thread: the one that parses. Source: the grammar of XQuery 3.1, appendix A.2.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel.collations import find_collation
from clacks_monitor.xquery.lexical import NCNAME, is_xml_character

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.parser import QueryParser

_NUMBER = re.compile(r"(\.[0-9]+|[0-9]+(?:\.[0-9]*)?)([eE][+-]?[0-9]+)?")
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]+)|#x([0-9a-fA-F]+));")
_STRINGS = {'"': re.compile(r'"((?:[^"]|"")*)"'), "'": re.compile(r"'((?:[^']|'')*)'")}
_NCNAME = re.compile(NCNAME)
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
MAX_DIGITS = 4000
"""Digits of an integer; Python refuses to read much longer ones."""
_REFERENCE_DIGITS = 8
"""Digits that the largest code point has, and one more."""


def string_literal(p: QueryParser) -> str | None:
    """Consume a string literal if one stands here."""
    start = p.space()
    pattern = _STRINGS.get(p.text[start : start + 1])
    if pattern is None:
        return None
    match = pattern.match(p.text, start)
    if match is None:
        raise p.error(Message("This string is never closed."), at=start)
    quote = p.text[start]
    p.pos = match.end()
    return expand_references(p, match.group(1).replace(quote * 2, quote), start)


def expect_string(p: QueryParser) -> str:
    """Consume a string literal or fail."""
    value = string_literal(p)
    if value is None:
        raise p.unexpected(Message("a string in quotes"))
    return value


def uri_literal(p: QueryParser) -> str:
    """Consume a string literal that is a URI: its white space is normalised."""
    return " ".join(expect_string(p).split())


def collation_literal(p: QueryParser, code: str) -> str:
    """Consume the URI of a collation; returns its absolute form, or fails with ``code`` when there is none."""
    at = p.space()
    uri = uri_literal(p)
    found = find_collation(uri, p.static.base_uri)
    if found is None:
        raise p.error(Message("The collation '{0}' is not known.", uri), code, at)
    return found.uri


def numeric_literal(p: QueryParser) -> object | None:
    """Consume a numeric literal if one stands here: int, Decimal or float."""
    match = _NUMBER.match(p.text, p.space())
    if match is None:
        return None
    p.pos = match.end()
    if _NCNAME.match(p.text, p.pos):
        raise p.error(Message("A number must be separated from the name that follows it."))
    digits, exponent = match.groups()
    if exponent:
        return float(match.group())
    if "." in digits:
        return Decimal(digits)
    if len(digits) > MAX_DIGITS:
        raise p.error(Message("This number has too many digits."), "FOAR0002")
    return int(digits)


def expand_references(p: QueryParser, text: str, at: int) -> str:
    """Expand character and predefined entity references."""
    if "&" not in text:
        return text
    out, pos = [], 0
    while (found := text.find("&", pos)) >= 0:
        out.append(text[pos:found])
        match = _REFERENCE.match(text, found)
        if match is None:
            raise p.error(Message("'&' must start a reference like &amp; or &#38;."), at=at)
        out.append(_reference(p, match, at))
        pos = match.end()
    return "".join(out) + text[pos:]


def _reference(p: QueryParser, match: re.Match[str], at: int) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return _ENTITIES[name]
    digits = decimal or hexadecimal
    is_short = len(digits.lstrip("0")) <= _REFERENCE_DIGITS
    code = int(digits, 10 if decimal else 16) if is_short else -1
    if not is_xml_character(code):
        raise p.error(Message("{0} is not an XML character.", match.group()), "XQST0090", at)
    return chr(code)
