"""Summaries of events: one line made of the key fields.

A template is a line of text with ``{path}`` for the text of a field, ``{@name}`` for an attribute,
``{path:value=words|...}`` for a field whose values have words of their own, ``{#path|one|many}`` for a number of
elements with its noun, and ``[...]`` around a part that vanishes when a field in it is empty, ``[...|otherwise]``
with a replacement for it.
Templates are data (resources/summaries/<language>.json); types without one get their first fields by name.
Immutable after construction; any thread.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from itertools import islice

from lxml import etree

from clacks_monitor import assets
from clacks_monitor.core.untrusted import one_line

MAX_SUMMARY = 200
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


def _field(spec: str, namespace: str) -> _Part:
    """Return a function that finds a field's text, None when it is missing or empty."""
    path, colon, names = spec.partition(":")
    if colon:
        return _named(_field(path, namespace), dict(pair.split("=", 1) for pair in names.split("|")))
    if spec.startswith("@"):
        name = spec[1:]
        return lambda element, _texts: _tidy(element.get(name)) or None
    if spec.startswith("#"):
        path, one, many = spec[1:].split("|")
        return _count(_qualified(path, namespace), one, many)
    steps = _qualified(spec, namespace)
    if "/" in spec:
        return lambda element, _texts: _tidy(element.findtext(steps)) or None
    return lambda _element, texts: _tidy(texts.get(steps)) or None


def _named(found: _Part, names: Mapping[str, str]) -> _Part:
    def said(element: etree._Element, texts: _Texts) -> str | None:
        value = found(element, texts)
        return None if value is None else names.get(value, value)

    return said


def _count(steps: str, one: str, many: str) -> _Part:
    def counted(element: etree._Element, _texts: _Texts) -> str | None:
        number = len(element.findall(steps))
        return f"{number} {one if number == 1 else many}" if number else None

    return counted


class SummaryTemplate:
    """A compiled summary template."""

    def __init__(self, text: str, namespace: str) -> None:
        self._parts: list[_Part] = []
        position = 0
        for match in _PIECE.finditer(text):
            self._literal(text[position : match.start()])
            if match["optional"] is not None:
                self._parts.append(self._optional(*_OTHERWISE.split(match["optional"], 1), namespace=namespace))
            else:
                self._parts.append(_field(match["field"], namespace))
            position = match.end()
        self._literal(text[position:])

    def _literal(self, text: str) -> None:
        if text:
            self._parts.append(lambda _element, _texts: text)

    @staticmethod
    def _optional(wanted: str, otherwise: str = "", *, namespace: str) -> _Part:
        inner = SummaryTemplate(wanted, namespace)

        def part(element: etree._Element, texts: _Texts) -> str:
            pieces = inner.pieces(element, texts)
            return otherwise if None in pieces else "".join(filter(None, pieces))

        return part

    def pieces(self, element: etree._Element, texts: _Texts) -> list[str | None]:
        """Return the text of each part, None for a field that is missing or empty."""
        return [part(element, texts) for part in self._parts]

    def __call__(self, element: etree._Element) -> str:
        """Return the summary of the event's own element (the child of Event)."""
        texts: _Texts = {str(child.tag): child.text for child in element}
        return "".join(["–" if piece is None else piece for piece in self.pieces(element, texts)])


class Summaries:
    """Templates by event type, for one language and namespace."""

    def __init__(self, templates: Mapping[str, str], namespace: str) -> None:
        self._templates = {name: SummaryTemplate(text, namespace) for name, text in templates.items()}

    @classmethod
    def load(cls, language: str, namespace: str) -> Summaries:
        """Read the templates of ``language``, English where there are none."""
        available = assets.names("resources", "summaries", suffix=".json")
        name = f"{language}.json" if f"{language}.json" in available else "en.json"
        return cls(json.loads(assets.text("resources", "summaries", name)), namespace)

    def __call__(self, element: etree._Element, type_name: str) -> str:
        """Return one line of at most MAX_SUMMARY characters about the event's own element."""
        template = self._templates.get(type_name)
        return one_line(template(element) if template else _first_fields(element), MAX_SUMMARY)


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
