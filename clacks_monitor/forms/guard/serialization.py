"""Converts values of this package to plain ones for the pipe between the guard and its worker, and back. Thread: any.

``marshal`` does not write the program's own classes. A ``Message`` keeps its template, so that the window can translate
it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from clacks_monitor.core.messages import Message, packed, unpacked
from clacks_monitor.core.untrusted import clip
from clacks_monitor.forms.errors import ValidationIssue
from clacks_monitor.forms.sources import SourceDocument, SourceSet
from clacks_monitor.forms.vocabulary import AttributeInfo, ElementInfo

__all__ = [
    "PlainValue",
    "pack_element",
    "pack_problem",
    "pack_sources",
    "pack_text",
    "unpack_element",
    "unpack_problem",
    "unpack_sources",
    "unpack_text",
]

PlainValue = Any
"""The values that ``marshal`` can write: None, numbers, texts, bytes, and tuples and dicts of these."""
MAX_TEXT: Final = 2_000
"""Characters of one text in a message: a validator quotes the value that it rejects, whatever its length."""


def pack_text(text: object) -> PlainValue:
    """Make a message plain."""
    return packed(text if isinstance(text, Message) else str(text), MAX_TEXT)


def unpack_text(plain: PlainValue) -> str:
    """Return the message."""
    text: str = unpacked(plain)
    return text


def pack_problem(problem: ValidationIssue | None) -> PlainValue:
    """Make a problem plain."""
    if problem is None:
        return None
    return (pack_text(problem.text), problem.line, problem.column, clip(problem.path, MAX_TEXT), problem.objector)


def unpack_problem(plain: PlainValue) -> ValidationIssue | None:
    """Return the problem."""
    if plain is None:
        return None
    text, line, column, path, objector = plain
    return ValidationIssue(unpack_text(text), line, column, path, objector)


def pack_sources(sources: SourceSet) -> PlainValue:
    """Make a source set plain."""
    return (
        tuple((d.location, None if d.path is None else str(d.path), d.namespace, d.body) for d in sources.documents),
        {str(path): stamp for path, stamp in sources.stamps.items()},
        tuple(pack_problem(problem) for problem in sources.missing),
    )


def unpack_sources(plain: PlainValue) -> SourceSet:
    """Return the source set."""
    documents, stamps, missing = plain
    return SourceSet(
        tuple(SourceDocument(at, None if path is None else Path(path), ns, body) for at, path, ns, body in documents),
        {Path(path): stamp for path, stamp in stamps.items()},
        tuple(found for found in map(unpack_problem, missing) if found is not None),
    )


def pack_element(info: ElementInfo | None) -> PlainValue:
    """Make the description of an element plain."""
    if info is None:
        return None
    attributes = tuple((a.name, a.namespace, a.documentation, a.values, a.required) for a in info.attributes)
    children = tuple(pack_element(child) for child in info.children)
    return (
        *(info.name, info.namespace, info.documentation, children, attributes),
        *(info.values, info.kind, info.recursive, info.open),
    )


def unpack_element(plain: PlainValue) -> ElementInfo | None:
    """Return the description of an element."""
    if plain is None:
        return None
    name, namespace, documentation, children, attributes, values, kind, recursive, is_open = plain
    below = tuple(found for found in map(unpack_element, children) if found is not None)
    own = tuple(AttributeInfo(*item) for item in attributes)
    return ElementInfo(name, namespace, documentation, below, own, values, kind, recursive, is_open)
