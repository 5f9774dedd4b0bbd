"""Finds the element or attribute that a place in XML text belongs to, also in a text that breaks off. No Qt here.

The tree of lxml does not say where in the text something stands; expat does, byte by byte. Nothing is expanded or
fetched: the text of a document with a DOCTYPE has no places. The time grows with the text and with nothing else.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from clacks_monitor.core.paths import attribute_step, element_step
from clacks_monitor.gui.detail.fields import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.core.paths import Path

_NAME = re.compile(rb"<[^\s/>]++")
_ATTRIBUTE = re.compile(rb"""\s++([^\s=<>/"']++)\s*+=\s*+(?:"[^"]*+"|'[^']*+')""")
_BETWEEN = "\x1f"
"""What expat puts between namespace and name: a character that no XML can hold."""


@dataclass(frozen=True, slots=True)
class Place:
    """``value`` is the text of an attribute or of an element without others inside, None for one that has some."""

    path: Path
    value: str | None


@dataclass(frozen=True, slots=True)
class _Element:
    """The element found: names as expat has them, from the root down, and its attributes, one name, one value."""

    names: Sequence[str]
    start: int
    attributes: Sequence[str]
    text: str | None

    def values(self) -> Iterator[tuple[str, str]]:
        return zip(self.attributes[::2], self.attributes[1::2], strict=True)


class _StopError(ValueError):
    """The element is found, or the text has a DOCTYPE."""


class _Finder:
    """Walks through the text until it is known which element is around ``at`` (a byte).

    What is open when the walk gets beyond ``at`` is around it, the innermost last. That one has a text of its own where
    it ends before another begins.
    """

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at
        self._open: list[tuple[str, int, Sequence[str]]] = []
        self._text: list[str] | None = []
        self._nothing = False
        self._parser = expat.ParserCreate("utf-8", _BETWEEN)
        self._parser.ordered_attributes = True
        self._parser.buffer_text = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def run(self) -> _Element | None:
        with suppress(expat.ExpatError, _StopError):
            self._parser.Parse(self._data, True)
        if self._nothing or not self._open:
            return None
        _name, start, attributes = self._open[-1]
        names = [name for name, _start, _attributes in self._open]
        return _Element(names, start, attributes, None if self._text is None else "".join(self._text))

    def _doctype(self, *_declared: object) -> None:
        self._nothing = True
        raise _StopError

    def _start(self, name: str, attributes: Sequence[str]) -> None:
        index = self._parser.CurrentByteIndex
        if index > self._at:
            self._text = None
            raise _StopError
        if len(self._open) > MAX_DEPTH:
            self._nothing = True
            raise _StopError
        self._open.append((name, index, attributes))
        self._text = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, _name: str) -> None:
        end = self._data.find(b">", self._parser.CurrentByteIndex) + 1 or len(self._data)
        if self._at < end:
            raise _StopError
        self._open.pop()
        self._text = None


def _clark(name: str) -> str:
    uri, between, local = name.partition(_BETWEEN)
    return f"{{{uri}}}{local}" if between else name


def place_at(text: str, position: int) -> Place | None:
    """Return what stands at a character of an XML text.

    It is None outside of the root element, where nothing is known, and behind what is nested deeper than fields are
    listed.
    """
    data = text.encode("utf-8", "replace")
    at = len(text[:position].encode("utf-8", "replace"))
    element = _Finder(data, at).run()
    if element is None:
        return None
    path = tuple(element_step(_clark(name)) for name in element.names)
    value = element.text
    attribute = _attribute_at(data, element, at)
    if attribute is not None:
        path, value = (*path, attribute_step(attribute[0])), attribute[1]
    return Place(path, value)


def _attribute_at(data: bytes, element: _Element, at: int) -> tuple[str, str] | None:
    """Return name and value of the attribute around ``at`` in the element's start tag; declarations are none."""
    written = (found for found in _written(data, element.start) if not _declares(found[1]))
    for found, known in zip(written, element.values(), strict=False):
        if found.start(1) <= at < found.end():
            return _clark(known[0]), known[1]
        if found.start() > at:
            break
    return None


def _written(data: bytes, start: int) -> Iterator[re.Match[bytes]]:
    """Yield the attributes of the start tag that begins at ``start``, one behind the other."""
    found = _NAME.match(data, start)
    while found is not None:
        found = _ATTRIBUTE.match(data, found.end())
        if found is not None:
            yield found


def _declares(name: bytes) -> bool:
    return name == b"xmlns" or name.startswith(b"xmlns:")
