"""The documentation of a schema's components: xs:documentation as plain paragraphs. Thread: any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.core.untrusted import clip, reveal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["XmlSchemaObject", "documentation_in", "documentation_of"]

XmlSchemaObject = Any
"""A component or a facet of xmlschema, whose classes share no public base with the attributes that are used here."""

_XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
_PARAGRAPH: Final = re.compile(r"\n\s*\n")
MAX_TEXT: Final = 4_000
"""Characters of documentation that are shown; the largest known real one has 600."""


def documentation_of(component: XmlSchemaObject) -> str:
    """Return the documentation of an xmlschema component, "" when it has none."""
    annotation = getattr(component, "annotation", None)
    return "" if annotation is None else _joined(annotation.documentation)


def documentation_in(element: XmlSchemaObject) -> str:
    """Return the documentation inside an element of a schema, such as a facet; of lxml or of ElementTree."""
    return _joined(element.iterfind(f"{_XSD}annotation/{_XSD}documentation"))


def _joined(elements: Iterable[Any]) -> str:
    texts = ["".join(item.itertext()) for item in elements]
    paragraphs = [" ".join(part.split()) for text in texts for part in _PARAGRAPH.split(text[: 2 * MAX_TEXT])]
    return reveal(clip("\n\n".join(part for part in paragraphs if part), MAX_TEXT))
