"""An event's XML as people read it: indented where that changes nothing, in colours, up to a bound.

No entity is ever expanded and no file read. Owner: the detail pane. Any thread.
"""

from __future__ import annotations

import re

from lxml import etree

from clacks_monitor.core.hardened import hardened_parser, hardened_pull_parser, has_doctype

MAX_SHOWN = 200_000
"""Characters that are shown of a long body; the viewer has the rest."""
MAX_SHOWN_LINES = 5_000
_PIECE = 64 * 1024
_LEAST_SHARE = 4
_HEX_WIDTH = 8
_MAX_HEX = 64 * 1024
_ROOT = re.compile(rb"<(?:[^\s/<>!?:]{1,200}+:)?([^\s/<>!?:]{1,200}+)[\s/>]")
"""The first start tag, but for one in a comment: its name only saves time."""


def parsed(part: bytes, *, whole: bool = True) -> etree._Element | None:
    """Return the root element, None for what is not well-formed or has a DOCTYPE.

    ``part`` is a body, or the beginning of one: then the root holds what was in that.
    """
    return _read(part, whole=whole)


def _read(part: bytes, *, whole: bool, keep_blanks: bool = True) -> etree._Element | None:
    try:
        root = _all(part, keep_blanks=keep_blanks) if whole else _beginning(part, keep_blanks=keep_blanks)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    if root is None:
        return None
    return None if has_doctype(root) else root


def _all(body: bytes, *, keep_blanks: bool) -> etree._Element | None:
    return etree.fromstring(body, hardened_parser(keep_blanks=keep_blanks))


def _beginning(part: bytes, *, keep_blanks: bool) -> etree._Element | None:
    """Return the root of a body that breaks off, with what was read of it; None before the root has begun."""
    named = _ROOT.search(part[:_PIECE])
    tag = f"{{*}}{named[1].decode('utf-8', 'replace')}" if named is not None else None
    parser = hardened_pull_parser(tag, keep_blanks=keep_blanks)
    root: etree._Element | None = None
    for start in range(0, len(part), _PIECE):
        parser.feed(part[start : start + _PIECE])
        for _event, element in parser.read_events():
            root = element if root is None else root
    opened = part.rfind(b"<")
    if opened > part.rfind(b">"):  # it breaks off in a start tag: the attributes before that can be had
        end = max(part.rfind(b'" ', opened), part.rfind(b"' ", opened))
        closed = _beginning(part[: end + 1] + b"/>", keep_blanks=keep_blanks) if end > 0 else None
        root = root if closed is None else closed
    return root if root is None else root.getroottree().getroot()


def as_received(part: bytes, *, whole: bool = True) -> str:
    """Return a body, or the beginning of one, as text; one that is not text as a table of bytes."""
    try:
        text = part.decode("utf-8")
    except UnicodeDecodeError as error:
        if whole or error.start < len(part) - 3:
            return hex_table(part)
        text = part[: error.start].decode("utf-8")  # it breaks off within a character
    return hex_table(part) if any(ord(sign) < ord(" ") and sign not in "\t\r\n" for sign in text[:4096]) else text


def pretty(part: bytes, *, whole: bool = True) -> str:
    """Return a body, or the beginning of one, indented where white space means nothing; mixed content stays."""
    root = _read(part, whole=whole, keep_blanks=False)
    if root is None:
        return as_received(part, whole=whole)
    text = str(etree.tostring(root.getroottree(), pretty_print=True, encoding="unicode")).rstrip("\n")
    if whole:
        return text
    if len(text) * _LEAST_SHARE < len(part):  # most of it is in a tag that has no end, or white space
        return as_received(part, whole=False)
    return _without_ends(text, root)


def _without_ends(text: str, root: etree._Element) -> str:
    """Return a text without the end tags that lxml gave to elements whose end was not read."""
    count, element = 1, root
    while len(element) and isinstance(element[-1].tag, str):
        count, element = count + 1, element[-1]
    if not len(element) and element.text is None:  # it is written as one tag
        count -= 1
    return text.rsplit("</", count)[0].rstrip()


def hex_table(body: bytes, offset: int = 0) -> str:
    """Return bytes as offsets, numbers and characters; ``offset`` is that of the first one."""
    lines = []
    for start in range(0, min(len(body), _MAX_HEX), _HEX_WIDTH):
        part = body[start : start + _HEX_WIDTH]
        signs = "".join(chr(b) if 0x20 <= b < 0x7F else "·" for b in part)  # printable ASCII
        lines.append(f"{offset + start:08x}  {part.hex(' '):<{_HEX_WIDTH * 3}} {signs}")
    return "\n".join(lines)
