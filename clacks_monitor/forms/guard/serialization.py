"""The values of this package as plain ones, for the pipe between the guard and its worker, and back.

Role: pure functions; ``marshal`` writes no classes of ours, and a ``Message`` keeps its template on the way,
so that the window can translate it. Thread: any.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import clip
from clacks_monitor.forms.errors import ValidationIssue
from clacks_monitor.forms.sources import SourceDocument, SourceSet
from clacks_monitor.forms.vocabulary import AttributeInfo, ElementInfo

__all__ = [
    "pack_element",
    "pack_problem",
    "pack_sources",
    "pack_text",
    "unpack_element",
    "unpack_problem",
    "unpack_sources",
    "unpack_text",
]

MAX_TEXT: Final = 2_000
"""Characters of one text in a message: a validator quotes the value that it refuses, whatever its length."""


def pack_text(text: object) -> Any:  # noqa: ANN401 - a plain value
    """Make a message plain."""
    if isinstance(text, Message):
        return (text.template, tuple(pack_text(item) for item in text.arguments))
    return clip(str(text), MAX_TEXT)


def unpack_text(plain: Any) -> str:  # noqa: ANN401 - a plain value
    """Return the message."""
    if isinstance(plain, tuple | list):  # a list where it comes from JSON
        template, arguments = plain
        return Message.of(template, *map(unpack_text, arguments))
    return str(plain)


def pack_problem(problem: ValidationIssue | None) -> Any:  # noqa: ANN401 - a plain value
    """Make a problem plain."""
    if problem is None:
        return None
    return (pack_text(problem.text), problem.line, problem.column, clip(problem.path, MAX_TEXT), problem.objector)


def unpack_problem(plain: Any) -> ValidationIssue | None:  # noqa: ANN401 - a plain value
    """Return the problem."""
    if plain is None:
        return None
    text, line, column, path, objector = plain
    return ValidationIssue(unpack_text(text), line, column, path, objector)


def pack_sources(sources: SourceSet) -> Any:  # noqa: ANN401 - a plain value
    """Make a source set plain."""
    return (
        tuple((d.location, None if d.path is None else str(d.path), d.namespace, d.body) for d in sources.documents),
        {str(path): stamp for path, stamp in sources.stamps.items()},
        tuple(pack_problem(problem) for problem in sources.missing),
    )


def unpack_sources(plain: Any) -> SourceSet:  # noqa: ANN401 - a plain value
    """Return the source set."""
    documents, stamps, missing = plain
    return SourceSet(
        tuple(SourceDocument(at, None if path is None else Path(path), ns, body) for at, path, ns, body in documents),
        {Path(path): stamp for path, stamp in stamps.items()},
        tuple(found for found in map(unpack_problem, missing) if found is not None),
    )


def pack_element(info: ElementInfo | None) -> Any:  # noqa: ANN401 - a plain value
    """Make the description of an element plain."""
    if info is None:
        return None
    attributes = tuple((a.name, a.namespace, a.documentation, a.values, a.required) for a in info.attributes)
    children = tuple(pack_element(child) for child in info.children)
    return (
        *(info.name, info.namespace, info.documentation, children, attributes),
        *(info.values, info.kind, info.recursive, info.open),
    )


def unpack_element(plain: Any) -> ElementInfo | None:  # noqa: ANN401 - a plain value
    """Return the description of an element."""
    if plain is None:
        return None
    name, namespace, documentation, children, attributes, values, kind, recursive, is_open = plain
    below = tuple(found for found in map(unpack_element, children) if found is not None)
    own = tuple(AttributeInfo(*item) for item in attributes)
    return ElementInfo(name, namespace, documentation, below, own, values, kind, recursive, is_open)
