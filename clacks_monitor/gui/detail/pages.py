"""A long text as pages: a page is decoded when it is looked at, so memory holds the text once and no more.

A page begins at the same place whatever was looked at before. Pure; any thread.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from clacks_monitor.core.untrusted import reveal
from clacks_monitor.gui.detail.shown_text import Shown, shown
from clacks_monitor.gui.kit import xml_text

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE_BYTES = 32 * 1024
_HEX_PAGE = 4 * 1024
_LOOK = 64 * 1024
_ALL = sys.maxsize
_SEARCH_STEP = 4 * 1024 * 1024
_CONTINUES = 0b1000_0000
_LEADING = 0b1100_0000
_LONGEST = 3
"""Bytes of a character in UTF-8 after its first."""


class Pages:
    """``source`` is a body as it was received, or a text."""

    def __init__(self, source: bytes | str) -> None:
        self.source = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
        part = self.source[:_LOOK]
        beginning = xml_text.as_received(part, whole=len(part) == len(self.source))
        self.is_text = isinstance(source, str) or not part or not beginning.startswith("00000000  ")
        self._size = PAGE_BYTES if self.is_text else _HEX_PAGE
        self.count = max(1, -(-len(self.source) // self._size))

    def _start(self, number: int) -> int:
        """Return where a page begins: before a character, never within."""
        at = min(number * self._size, len(self.source))
        if self.is_text:
            for back in range(_LONGEST + 1):
                if at - back <= 0 or at - back >= len(self.source):
                    return max(0, at - back)
                if self.source[at - back] & _LEADING != _CONTINUES:
                    return at - back
        return at

    def page(self, number: int) -> Shown:
        """Return a page, counted from 0."""
        start = self._start(number)
        part = self.source[start : self._start(number + 1)]
        if not self.is_text:
            return Shown(tuple(xml_text.hex_table(part, start).split("\n")))
        return shown(_decoded(part), _ALL, _ALL)

    def number_at(self, place: int) -> int:
        """Return the page that holds a byte."""
        number = min(place // self._size, self.count - 1)
        return number + 1 if self._start(number + 1) <= place and number + 1 < self.count else number

    def line_and_text(self, place: int) -> tuple[int, str]:
        """Return the line of its page in which a byte stands, and what stands before it in that line."""
        start = self._start(self.number_at(place))
        if not self.is_text:
            return (place - start) // 8, ""
        before = shown(_decoded(self.source[start:place]) + "|", _ALL, _ALL).lines
        return len(before) - 1, before[-1][:-1]

    def find(self, needle: str, start: int, wanted: Callable[[], None] = lambda: None) -> int:
        """Return the first place of a text at or after ``start``, else the first of all; -1 where there is none."""
        sought = needle.encode("utf-8", "surrogatepass")
        for low, high in ((start, len(self.source)), (0, min(start + len(sought), len(self.source)))):
            for at in range(low, high, _SEARCH_STEP):
                wanted()
                found = self.source.find(sought, at, min(at + _SEARCH_STEP + len(sought) - 1, high))
                if found >= 0:
                    return found
        return -1


def _decoded(part: bytes) -> str:
    return part.decode("utf-8", "backslashreplace")


def as_shown(needle: str) -> str:
    """Return a text as a page shows it."""
    return reveal(needle)
