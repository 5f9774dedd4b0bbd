"""Summaries of events: one line made of the key fields.

A template is a line of text with ``{path}`` for the text of a field, ``{@name}`` for an attribute,
``{path:value=words|...}`` for a field whose values have words of their own, ``{#path|one|many}`` for a number of
elements with its noun, ``{path!other}`` for a text that is left out where it repeats that of another field,
``{path~unit}`` for numbers with a unit ("duration" for seconds in words), ``{path~other:value=unit|...}`` where another
field says which, and ``{&path}`` for a client's id, in whose place the name is shown that the client announced.
``[...]`` is around a part that vanishes when a field in it is empty, ``[...|otherwise]`` has a replacement for it.
Templates are data (resources/summaries/<language>.json); types without one get their first fields by name.
Any thread, one at a time: the names of clients are remembered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from clacks_monitor import assets
from clacks_monitor.core.quantities import ENGLISH, NumberSigns, quantities
from clacks_monitor.core.untrusted import one_line

MAX_SUMMARY = 200
MAX_NAMES = 20_000
"""How many clients' names are remembered, the latest announced."""
_MAX_NAME = 100
_ANNOUNCES = {
    "ClientAnnounce": ("Id", "Name"),
    "ClientSignature": ("Id", "Name"),
    "BusClientState": ("Id", "Hostname"),
    "Inventory": ("ClientUUID", "Hostname"),
}
"""Which events tell a client's name: the fields of its id and its name."""
_LOOKED_AT = 10 * MAX_SUMMARY
"""Characters of a text that are examined, blanks included."""
_PIECE = re.compile(r"\[(?P<optional>[^\]]*)\]|\{(?P<field>[^}]*)\}")
_OTHERWISE = re.compile(r"\|(?![^{]*\})")
"""The bar between a part and its replacement, not one within a field's braces."""
_Texts = dict[str, str | None]
"""The texts of an event's children by their tag: found once, because looking each up takes longer than parsing."""
_Part = Callable[[etree._Element, _Texts], str | None]


def _tidy(text: str | None) -> str:
    """Return a text on one line, as much of its beginning as a summary can show."""
    return " ".join(text[:_LOOKED_AT].split()) if text else ""


def _qualified(path: str, namespace: str) -> str:
    steps = path.split("/")
    return "/".join(f"{{{namespace}}}{step}" for step in steps) if namespace else path


@dataclass(frozen=True, slots=True)
class _Language:
    """What the parts of all templates share: how numbers are written, and the names of clients by id."""

    namespace: str
    signs: NumberSigns
    names: dict[str, str]


def _field(spec: str, language: _Language) -> _Part:
    """Return a function that finds a field's text, None when it is missing or empty."""
    for mark, make in _BEFORE.items():
        if spec.startswith(mark):
            return make(spec[1:], language)
    for mark, combine in _BETWEEN.items():
        path, found, rest = spec.partition(mark)
        if found:
            return combine(_field(path, language), rest, language)
    if spec.startswith("@"):
        return lambda element, _texts: _tidy(element.get(spec[1:])) or None
    steps = _qualified(spec, language.namespace)
    if "/" in spec:
        return lambda element, _texts: _tidy(element.findtext(steps)) or None
    return lambda _element, texts: _tidy(texts.get(steps)) or None


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split("|"))


def _quantity(found: _Part, unit: str, language: _Language) -> _Part:
    path, colon, units = unit.partition(":")
    kind = _field(path, language) if colon else None
    known = _pairs(units) if colon else {}

    def said(element: etree._Element, texts: _Texts) -> str | None:
        value = found(element, texts)
        if value is None:
            return None
        wanted = unit if kind is None else known.get(kind(element, texts) or "", "")
        return quantities(value, wanted, language.signs)

    return said


def _unless_same(found: _Part, path: str, language: _Language) -> _Part:
    other = _field(path, language)

    def said(element: etree._Element, texts: _Texts) -> str | None:
        value = found(element, texts)
        return None if value == other(element, texts) else value

    return said


def _announced(path: str, language: _Language) -> _Part:
    found, names = _field(path, language), language.names

    def said(element: etree._Element, texts: _Texts) -> str | None:
        value = found(element, texts)
        return None if value is None else names.get(value, value)

    return said


def _named(found: _Part, texts_of_values: str, _language: _Language) -> _Part:
    names = _pairs(texts_of_values)

    def said(element: etree._Element, texts: _Texts) -> str | None:
        value = found(element, texts)
        return None if value is None else names.get(value, value)

    return said


def _count(spec: str, language: _Language) -> _Part:
    path, one, many = spec.split("|")
    steps = _qualified(path, language.namespace)

    def counted(element: etree._Element, _texts: _Texts) -> str | None:
        number = len(element.findall(steps))
        return f"{language.signs.write(f'{number:,}')} {one if number == 1 else many}" if number else None

    return counted


_BEFORE: dict[str, Callable[[str, _Language], _Part]] = {"#": _count, "&": _announced}
_BETWEEN: dict[str, Callable[[_Part, str, _Language], _Part]] = {"~": _quantity, ":": _named, "!": _unless_same}
"""Marks before a path, and those between it and what belongs to it; the first that is there applies."""


def _texts(element: etree._Element) -> _Texts:
    return {str(child.tag): child.text for child in element}


class SummaryTemplate:
    """A compiled summary template."""

    def __init__(self, text: str, language: _Language) -> None:
        self._parts: list[_Part] = []
        position = 0
        for match in _PIECE.finditer(text):
            self._literal(text[position : match.start()])
            if match["optional"] is not None:
                self._parts.append(self._optional(*_OTHERWISE.split(match["optional"], 1), language=language))
            else:
                self._parts.append(_field(match["field"], language))
            position = match.end()
        self._literal(text[position:])

    def _literal(self, text: str) -> None:
        if text:
            self._parts.append(lambda _element, _texts: text)

    @staticmethod
    def _optional(wanted: str, otherwise: str = "", *, language: _Language) -> _Part:
        inner, replacement = SummaryTemplate(wanted, language), SummaryTemplate(otherwise, language)

        def part(element: etree._Element, texts: _Texts) -> str:
            pieces = inner.pieces(element, texts)
            return replacement.joined(element, texts) if None in pieces else "".join(filter(None, pieces))

        return part

    def pieces(self, element: etree._Element, texts: _Texts) -> list[str | None]:
        """Return the text of each part, None for a field that is missing or empty."""
        return [part(element, texts) for part in self._parts]

    def __call__(self, element: etree._Element) -> str:
        """Return the summary of the event's own element (the child of Event)."""
        return self.joined(element, _texts(element))

    def joined(self, element: etree._Element, texts: _Texts) -> str:
        """Return the pieces as one text, with a dash for what is missing or empty."""
        return "".join(["–" if piece is None else piece for piece in self.pieces(element, texts)])


class Summaries:
    """Templates by event type, for one language and namespace.

    ``deliveries`` are the words for what a bus says about a message, by their names.
    """

    def __init__(
        self,
        templates: Mapping[str, str],
        namespace: str,
        *,
        signs: NumberSigns = ENGLISH,
        deliveries: Mapping[str, str] | None = None,
    ) -> None:
        self._deliveries, self._signs = deliveries or {}, signs
        self._names: dict[str, str] = {}
        language = _Language(namespace, signs, self._names)
        self._templates = {name: SummaryTemplate(text, language) for name, text in templates.items()}
        self._announces = {name: tuple(_field(path, language) for path in paths) for name, paths in _ANNOUNCES.items()}

    @classmethod
    def load(cls, language: str, namespace: str) -> Summaries:
        """Read the templates of ``language``, English where there are none."""
        available = assets.names("resources", "summaries", suffix=".json")
        name = f"{language}.json" if f"{language}.json" in available else "en.json"
        words = json.loads(assets.text("resources", "summaries", name))
        signs = NumberSigns(words["decimal"], words["group"])
        return cls(words["templates"], namespace, signs=signs, deliveries=words["deliveries"])

    def __call__(self, element: etree._Element, type_name: str) -> str:
        """Return one line of at most MAX_SUMMARY characters about the event's own element."""
        announced = self._announces.get(type_name)
        if announced is not None:
            texts = _texts(element)
            self._remember(*(part(element, texts) for part in announced))
        template = self._templates.get(type_name)
        return one_line(template(element) if template else _first_fields(element), MAX_SUMMARY)

    def delivery(self, name: str, *values: object) -> str:
        """Return the words with this name, or the values where there are none: one line of MAX_SUMMARY characters."""
        template = self._deliveries.get(name)
        shown = [self._signs.write(f"{value:,}") if isinstance(value, int) else value for value in values]
        text = template.format(*shown) if template else " ".join(map(str, shown))
        return one_line(text, MAX_SUMMARY)

    def _remember(self, identity: str | None, name: str | None) -> None:
        if not identity or not name or len(identity) > _MAX_NAME:
            return
        self._names.pop(identity, None)
        self._names[identity] = one_line(name, _MAX_NAME)
        if len(self._names) > MAX_NAMES:
            del self._names[next(iter(self._names))]


def _first_fields(element: etree._Element) -> str:
    shown: list[str] = [f"{_name(str(k))}={_tidy(str(v))}" for k, v in islice(element.attrib.items(), MAX_SUMMARY)]
    length = 0
    for child in element.iter(etree.Element):
        if child is element or len(child):
            continue
        text = f"{_name(str(child.tag))}={_tidy(child.text)}"
        shown.append(text)
        length += len(text)
        if length > MAX_SUMMARY:
            break
    return ", ".join(shown)


def _name(tag: str) -> str:
    return tag.rpartition("}")[2][:MAX_SUMMARY]
