"""The parser for untrusted XML: it expands no entities and opens no files or connections. Its limits are here too.

Pure; a parser belongs to one thread, for lxml serialises the use of a shared one.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from typing_extensions import override

MAX_PARSED = 16 * 1024 * 1024
"""Bytes of a body that are parsed; a larger one is kept, shown and filtered, but not parsed on arrival."""
MAX_MARKS = 200_000
"""Maximum number of tags and attributes of a body that is parsed. Shorter bodies are not counted."""
_SLICE = 1024 * 1024
_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<", b"\0", b" ", b"\t", b"\r", b"\n")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([\x21-\x7e]{1,40}?)["']""")
_USUAL = re.compile(r"utf-?8|utf-?16([bl]e)?|(us-)?ascii|iso-?8859-?\d+|latin-?\d+|windows-125\d|cp125\d")


class _Nothing(etree.Resolver):
    """Resolves every external reference of a document to an empty declaration.

    ``load_dtd=False`` is not enough: with ``collect_ids=False`` libxml2 reads the external subset of a DOCTYPE all the
    same, any file that its sender names. Neither is ``resolve_empty``, after which libxml2 looks for itself.
    """

    @override
    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        return self.resolve_string("<!-- -->", context)


def hardened_parser(*, keep_blanks: bool = True) -> etree.XMLParser:
    """Return a parser that expands no entities and opens no file or connection; libxml2's limits are in force.

    Without ``keep_blanks`` white space between elements is left out.
    """
    parser: etree.XMLParser = etree.XMLParser(**_options(keep_blanks=keep_blanks))
    parser.resolvers.add(_Nothing())
    return parser


def hardened_pull_parser(tag: str | None = None, *, keep_blanks: bool = True) -> etree.XMLPullParser:
    """Return a parser as hardened_parser() does, to be fed with pieces; it says which elements of ``tag`` begin."""
    parser: etree.XMLPullParser = etree.XMLPullParser(events=("start",), tag=tag, **_options(keep_blanks=keep_blanks))
    parser.resolvers.add(_Nothing())
    return parser


def _options(*, keep_blanks: bool) -> dict[str, Any]:
    return {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "dtd_validation": False,
        "huge_tree": False,
        "remove_blank_text": not keep_blanks,
        "collect_ids": False,  # they are not used, and take a tenth of the time of parsing
    }


def oversize(body: bytes) -> str:
    """Return why a large body is not parsed, "" when it may be.

    A megabyte can hold a quarter of a million elements, each of which takes a hundred times its four bytes in memory.
    Tags, comments and references begin with "<", and an attribute has "=" and two quotes: no more of them are in the
    document than in the bytes, in every encoding but those that have other bytes for ASCII.
    """
    if len(body) <= MAX_MARKS:
        return ""
    if len(body) > MAX_PARSED:
        return f"The body has {len(body):,} bytes and is too large to be checked; up to {MAX_PARSED:,} are."
    if not plain_encoding(body):
        return f"The body is in an unusual encoding and too large to be checked; up to {MAX_MARKS:,} bytes are."
    tags = equals = quotes = 0
    for start in range(0, len(body), _SLICE):
        part = start, start + _SLICE
        tags += body.count(b"<", *part)
        equals += body.count(b"=", *part)
        quotes += body.count(b'"', *part) + body.count(b"'", *part)
        if tags + min(equals, quotes // 2) > MAX_MARKS:
            return f"The body has more than {MAX_MARKS:,} tags and attributes and is too large to be checked."
    return ""


def plain_encoding(body: bytes) -> bool:
    """Whether each "<" of a document is encoded as a single byte, as in ASCII."""
    start = body[:200]
    if not start.startswith(_XML_STARTS):
        return False
    declaration, end, _rest = start.replace(b"\0", b"").partition(b"?>")
    if b"<?xml" not in declaration:
        return True
    if not end:
        return False  # it may say anything
    declared = _ENCODING.search(declaration)
    return declared is None or _USUAL.fullmatch(declared[1].decode("ascii").lower()) is not None


def has_doctype(root: etree._Element) -> bool:
    """Return whether a parsed document has a DOCTYPE.

    ``docinfo.internalDTD`` copies it: 0.3 s for 100,000 entities, in which no other thread can run.
    """
    return bool(root.getroottree().docinfo.doctype)
