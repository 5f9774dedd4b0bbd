"""Finds the element or attribute that a place in XML text belongs to, also in a text that breaks off. No Qt here.

The tree of lxml does not say where in the text something stands; expat does, byte by byte. Nothing is expanded or
fetched: the text of a document with a DOCTYPE has no places. The time grows with the text and with nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from clacks_monitor.core.paths import attribute_step, element_step
from clacks_monitor.gui.detail.fields import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

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


@dataclass(slots=True)
class _Element:
    name: str
    start: int
    attributes: list[str]
    above: tuple[str, ...] = ()
    text: list[str] = field(default_factory=list)
    holds_others: bool = False

    def values(self) -> list[tuple[str, str]]:
        return [(_clark(key), value) for key, value in zip(self.attributes[::2], self.attributes[1::2], strict=True)]


class _StopError(ValueError):
    """The element is found, or the text has a DOCTYPE."""


class _Finder:
    """Walks through the text until the element around ``at`` (a byte) has ended."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at
        self._open: list[_Element] = []
        self._found: _Element | None = None
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
            around = [number for number, element in enumerate(self._open) if element.start <= self._at]
            if around:
                self._take(around[-1])
        except _StopError:
            pass
        return self._found

    def _take(self, number: int) -> None:
        self._found = self._open[number]
        self._found.above = tuple(element.name for element in self._open[:number])

    def _doctype(self, *_declared: object) -> None:
        raise _StopError

    def _start(self, name: str, attributes: list[str]) -> None:
        if self._open:
            self._open[-1].holds_others = True
        self._open.append(_Element(name, self._parser.CurrentByteIndex, attributes))

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)

    def _end(self, _name: str) -> None:
        start = self._parser.CurrentByteIndex
        end = self._data.find(b">", start) + 1 or len(self._data)
        if self._open[-1].start <= self._at < end:
            self._take(len(self._open) - 1)
            raise _StopError
        self._open.pop()


def _clark(name: str) -> str:
    uri, between, local = name.partition(_BETWEEN)
    return f"{{{uri}}}{local}" if between else name


def place_at(text: str, position: int) -> Place | None:
    """Return what stands at a character of an XML text.

    It is None outside of the root element, where nothing is known, and deeper than the fields are listed.
    """
    data = text.encode("utf-8", "replace")
    at = len(text[:position].encode("utf-8", "replace"))
    element = _Finder(data, at).run()
    if element is None or len(element.above) > MAX_DEPTH:
        return None
    path = tuple(element_step(_clark(name)) for name in (*element.above, element.name))
    value = None if element.holds_others else "".join(element.text)
    attribute = _attribute_at(data, element, at)
    if attribute is not None:
        path, value = (*path, attribute_step(attribute[0])), attribute[1]
    return Place(path, value)


def _attribute_at(data: bytes, element: _Element, at: int) -> tuple[str, str] | None:
    """Return name and value of the attribute around ``at`` in the element's start tag; declarations are none."""
    written = (found for found in _written(data, element.start) if not _declares(found[1]))
    for found, known in zip(written, element.values(), strict=False):
        if found.start(1) <= at < found.end():
            return known
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
