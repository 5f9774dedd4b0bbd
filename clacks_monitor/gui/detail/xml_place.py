"""Finds the element or attribute that a place in XML text belongs to, also in a text that breaks off. No Qt here.

The tree of lxml does not say where in the text something stands; expat does, byte by byte. Nothing is expanded or
fetched: the text of a document with a DOCTYPE has no places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from clacks_monitor.core.paths import attribute_step, element_step

if TYPE_CHECKING:
    from clacks_monitor.core.paths import Path

_ATTRIBUTE = re.compile(rb"""([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_START_TAG = re.compile(rb"""<[^\s/>]+(?:\s+|[^\s=<>/"']+\s*=\s*(?:"[^"]*"|'[^']*'))*/?>""")
_BETWEEN = "\x1f"
"""What expat puts between namespace and name: a character that no XML can hold."""


@dataclass(frozen=True, slots=True)
class Place:
    """``value`` is the text of an attribute or of an element without others inside, None for one that has some."""

    path: Path
    value: str | None


@dataclass(slots=True)
class _Element:
    path: Path
    start: int
    attributes: dict[str, str]
    names: list[str]
    text: list[str] = field(default_factory=list)
    holds_others: bool = False


class _DocumentTypeError(ValueError):
    """The text has a DOCTYPE."""


class _Finder:
    """Walks through the text until the element around ``at`` (a byte) has ended."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at
        self._open: list[_Element] = []
        self.found: _Element | None = None
        self._parser = expat.ParserCreate("utf-8", _BETWEEN)
        self._parser.ordered_attributes = True
        self._parser.buffer_text = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def run(self) -> _Element | None:
        try:
            self._parser.Parse(self._data, True)  # noqa: FBT003 - expat's signature
        except expat.ExpatError:
            around = [element for element in self._open if element.start <= self._at]
            self.found = self.found or (around[-1] if around else None)
        except _DocumentTypeError:
            return None
        return self.found

    def _doctype(self, *_declared: object) -> None:
        raise _DocumentTypeError

    def _start(self, name: str, attributes: list[str]) -> None:
        if self._open:
            self._open[-1].holds_others = True
        above = self._open[-1].path if self._open else ()
        values = {_clark(key): value for key, value in zip(attributes[::2], attributes[1::2], strict=True)}
        path = (*above, element_step(_clark(name)))
        self._open.append(_Element(path, self._parser.CurrentByteIndex, values, list(values)))

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        start = self._parser.CurrentByteIndex
        end = self._data.find(b">", start) + 1 or len(self._data)
        if self.found is None and element.start <= self._at < end:
            self.found = element


def _clark(name: str) -> str:
    uri, between, local = name.partition(_BETWEEN)
    return f"{{{uri}}}{local}" if between else name


def place_at(text: str, position: int) -> Place | None:
    """Return what stands at a character of an XML text, None outside of the root element or where nothing is known."""
    data = text.encode("utf-8", "replace")
    at = len(text[:position].encode("utf-8", "replace"))
    element = _Finder(data, at).run()
    if element is None:
        return None
    name = _attribute_at(data, element, at)
    if name is not None:
        return Place((*element.path, attribute_step(name)), element.attributes[name])
    return Place(element.path, None if element.holds_others else "".join(element.text))


def _attribute_at(data: bytes, element: _Element, at: int) -> str | None:
    """Return the name of the attribute around ``at`` in the element's start tag; declarations are none."""
    tag = _START_TAG.match(data, element.start)
    if tag is None or at >= tag.end():
        return None
    written = [found for found in _ATTRIBUTE.finditer(data, element.start, tag.end()) if not _declares(found[1])]
    for found, name in zip(written, element.names, strict=False):
        if found.start() <= at < found.end():
            return name
    return None


def _declares(name: bytes) -> bool:
    return name == b"xmlns" or name.startswith(b"xmlns:")
