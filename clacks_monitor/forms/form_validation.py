"""Validates a form: the problems of its fields and those of the validators as one list.

The list is in the text's order; each problem is reported once, at its field. Thread: the form's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clacks_monitor.forms import lossless, validation
from clacks_monitor.forms.errors import ValidationIssue, XmlTextError
from clacks_monitor.forms.fields import ValueField
from clacks_monitor.forms.lossless import escape_attribute, unescape
from clacks_monitor.forms.value_fields import RawXml

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from clacks_monitor.forms.fields import FormField
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import XmlTextWriter
    from clacks_monitor.forms.schema_set import SchemaSet

__all__ = ["problems", "resolve"]

_PLACEHOLDER: Final = re.compile(r"\{\{[^{}]*\}\}")


def problems(
    root: FormField,
    written: XmlTextWriter,
    schema: SchemaSet,
    preview: Callable[[str], str],
    *,
    wrapped: bool,
    second: bool,
) -> list[ValidationIssue]:
    """Return everything that is wrong with an event, given as its root field and as written.

    ``preview`` resolves placeholders. ``wrapped`` says that the root field's element is inside an Event element.
    Without ``second`` only libxml2 validates.
    """
    text = written.text
    begins = {id(owner): start for start, owner in written.starts.items()}
    own = _field_problems(root, begins, text)
    try:
        node, element = _validated_part(text, preview, wrapped=wrapped)
    except XmlTextError as error:
        return _sorted([item.placed for item in own] or [(0, error.problem)])
    validate = validation.validate(schema, element, node, second=second)
    if not any(problem.objector != "xmlschema" for _at, problem in validate):
        # Several ways to read repeated groups may be right: libxml2 found one that is.
        own = [item for item in own if not item.about_structure]
    found = [item.placed for item in own]
    reported = {start for start, _problem in found}
    for at, problem in validate:
        owner = _owner(at, written.starts)
        start = _start_of(owner, begins) if owner is not None else at.start
        if start not in reported and at.start not in reported:
            found.append((at.start, replace(problem, path=owner.path if owner is not None else problem.path)))
    return _sorted(found)


@dataclass(frozen=True, slots=True)
class _FieldProblem:
    """A problem with the start of its field's element."""

    placed: tuple[int, ValidationIssue]
    about_structure: bool


def _field_problems(root: FormField, begins: dict[int, int], text: str) -> list[_FieldProblem]:
    found = []
    for field in root.walk():
        message = field.problem()
        if message is not None:
            start = _start_of(field, begins)
            problem = ValidationIssue(message, *lossless.position(text, start), field.path)
            about_value = isinstance(field, ValueField) and not (isinstance(field, RawXml) and message == field.excuse)
            found.append(_FieldProblem((start, problem), about_structure=not about_value))
    return found


def _validated_part(text: str, preview: Callable[[str], str], *, wrapped: bool) -> tuple[ElementNode, etree._Element]:
    """Parse the text as it is, and with its placeholders resolved; of an event the element in it.

    Raises XmlTextError.
    """
    document = lossless.parse(text, doctype=not wrapped)
    body = resolve(text, preview).encode(document.encoding, "xmlcharrefreplace")
    element = lossless.decode_text(body, schema=not wrapped, bare=True)[3]
    if wrapped:
        return document.root.children[0], next(element.iterchildren("*"))
    return document.root, element


def resolve(text: str, preview: Callable[[str], str]) -> str:
    """Return an XML text with its placeholders resolved."""
    return _PLACEHOLDER.sub(lambda m: escape_attribute(preview(unescape(m.group()))), text)


def _sorted(found: list[tuple[int, ValidationIssue]]) -> list[ValidationIssue]:
    return [problem for _start, problem in sorted(found, key=lambda item: item[0])]


def _start_of(field: FormField, begins: dict[int, int]) -> int:
    """Return where the element begins that a field belongs to; the one around it when it has none."""
    return next((begins[id(item)] for item in (field, *field.ancestors()) if id(item) in begins), 0)


def _owner(node: ElementNode, starts: dict[int, object]) -> FormField | None:
    """Return the field that wrote an element, or the one that wrote its parent."""
    step: ElementNode | None = node
    while step is not None:
        found = starts.get(step.start)
        if found is not None:
            return found  # type: ignore[return-value]  # only fields are marked
        step = step.parent
    return None
