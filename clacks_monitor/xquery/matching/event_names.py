"""The names of an event's root and of the one element in it, read from its first bytes.

Role: bytes -> EventPrefix or None, without a parse, for events that were parsed before. Owner: planner. Thread: any.

What has to be known already: that the body is well-formed and that its root holds exactly one element. Then a body
that begins with a letter behind its ``<``, or with a declaration of UTF-8, is UTF-8 and has no DOCTYPE in front of its
root; and its first two tags, when nothing but white space is between them and no value in them holds a ``>``, are
those of root and child. They are given to the parser for their namespaces; what it refuses has no EventPrefix.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.xquery.fastpath import EventNames

MAX_PREFIX: Final = 500
"""Bytes up to the end of the second tag; a longer prefix is not read."""

_SPACE = rb"[ \t\r\n]*"
_DECLARATION = rb"""<\?xml version=(["'])1\.0\1(?: encoding=(["'])(?:UTF|utf)-8\2)?\?>"""
_NAMESPACES = rb"""(?:\s+xmlns(?::[\w.-]+)?=(?:"[^"<>]*"|'[^'<>]*'))*"""
_PREFIX: Final = re.compile(
    rb"(?:" + _DECLARATION + rb")?" + _SPACE + rb"(?P<root><(?P<name>[A-Za-z_][\w.:-]*)" + _NAMESPACES + rb"\s*>)"
    + _SPACE + rb"(?P<child><[A-Za-z_][\w.:-]*" + _NAMESPACES + rb"\s*)/?>"
)  # fmt: skip  # a table, by rows


def prefix_of(body: bytes) -> bytes:
    """Return the bytes up to the end of the second tag; equal ones have the same names."""
    end = body.find(b">") if body.startswith(b"<?") else -1
    return body[: body.find(b">", body.find(b">", end + 1) + 1) + 1]


@dataclass(frozen=True, slots=True)
class EventPrefix:
    """The names in the first two tags of a body; its root begins at ``start`` and ends with ``end_tag``."""

    names: EventNames
    start: int
    end_tag: bytes


def read_prefix(prefix: bytes) -> EventPrefix | None:
    """Return the names in a prefix, None when they are not certain.

    Tags with attributes are not read: their values may differ in each event, and reading them would take more time than
    it saves.
    """
    found = _PREFIX.fullmatch(prefix) if len(prefix) <= MAX_PREFIX else None
    if found is None:
        return None
    end_tag = b"</" + found["name"] + b">"
    try:
        root = etree.fromstring(found["root"] + found["child"] + b"/>" + end_tag, hardened_parser())
    except etree.XMLSyntaxError:
        return None
    return EventPrefix(EventNames(str(root.tag), str(root[0].tag)), found.start("root"), end_tag)
