"""What is wrong with a form: what its fields say, and what the validators say besides.

Role: one list in the text's order, each problem at the field it belongs to and said once.
Owner: nobody, pure functions of a form. Thread: the form's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clacks_monitor.forms import lossless, verdicts
from clacks_monitor.forms.errors import Problem, XmlTextError
from clacks_monitor.forms.fields import Leaf
from clacks_monitor.forms.lossless import escape_attribute, unescape

if TYPE_CHECKING:
    from lxml import etree

    from clacks_monitor.forms.fields import Field
    from clacks_monitor.forms.form import Form
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import Writer

__all__ = ["problems", "resolved"]

_PLACEHOLDER: Final = re.compile(r"\{\{[^{}]*\}\}")


def resolved(form: Form, text: str | None = None) -> str:
    """Return the text with its placeholders resolved for a look."""
    plain = form.written().text if text is None else text
    return _PLACEHOLDER.sub(lambda m: escape_attribute(form.preview(unescape(m.group()))), plain)


def problems(form: Form, *, second_opinion: bool) -> list[Problem]:
    """List everything that is wrong with a form."""
    writer = form.written()
    text = writer.text
    if form.broken_text is not None:
        try:
            lossless.parse(form.broken_text)
        except XmlTextError as error:
            return [error.problem]
    complaints = _complaints(form, writer, text)
    try:
        node, element = _validated_part(form, text)
    except XmlTextError as error:
        told = [item.placed for item in complaints]
        return _sorted(told or [(0, error.problem)])
    opinions = verdicts.opinions(form.schema, element, node, second=second_opinion)
    if not any(problem.objector != "xmlschema" for _at, problem in opinions):
        # Several ways to read repeated groups may be right: libxml2 found one that is.
        complaints = [item for item in complaints if not item.about_structure]
    found = [item.placed for item in complaints]
    blamed = {start for start, _problem in found}
    begins = {id(owner): start for start, owner in writer.starts.items()}
    for at, problem in opinions:
        owner = _owner(at, writer.starts)
        start = _start_of(owner, begins) if owner is not None else at.start
        if start not in blamed and at.start not in blamed:
            found.append((at.start, replace(problem, path=owner.path if owner is not None else problem.path)))
    return _sorted(found)


@dataclass(frozen=True, slots=True)
class _Complaint:
    """What a field says against itself, and where its element begins."""

    placed: tuple[int, Problem]
    about_structure: bool


def _complaints(form: Form, writer: Writer, text: str) -> list[_Complaint]:
    begins = {id(owner): start for start, owner in writer.starts.items()}
    found = []
    for field in form.root.walk():
        words = field.problem()
        if words is not None:
            start = _start_of(field, begins)
            problem = Problem(words, *lossless.position(text, start), field.path)
            about_value = isinstance(field, Leaf) and words != getattr(field, "excuse", None)
            found.append(_Complaint((start, problem), about_structure=not about_value))
    return found


def _validated_part(form: Form, text: str) -> tuple[ElementNode, etree._Element]:
    """Parse the text as it is, and as it will be sent; of an event the element in it. Raises XmlTextError."""
    document = lossless.parse(text, doctype=not form.wrapped)
    body = resolved(form, text).encode(document.encoding, "xmlcharrefreplace")
    element = lossless.decode_text(body, schema=not form.wrapped, bare=True)[3]
    if form.wrapped:
        return document.root.children[0], next(element.iterchildren("*"))
    return document.root, element


def _sorted(found: list[tuple[int, Problem]]) -> list[Problem]:
    return [problem for _start, problem in sorted(found, key=lambda item: item[0])]


def _start_of(field: Field, begins: dict[int, int]) -> int:
    """Where the element begins that a field belongs to; the one around it when it has none."""
    step: Field | None = field
    while step is not None:
        if id(step) in begins:
            return begins[id(step)]
        step = step.parent
    return 0


def _owner(node: ElementNode, starts: dict[int, object]) -> Field | None:
    """Return the field that wrote an element, or the one that wrote what is around it."""
    step: ElementNode | None = node
    while step is not None:
        found = starts.get(step.start)
        if found is not None:
            return found  # type: ignore[return-value]  # a writer is told of fields only
        step = step.parent
    return None
