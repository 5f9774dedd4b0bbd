"""What is wrong with a form: what its fields say, and what the validators say besides.

Role: one list in the text's order, each problem at the field it belongs to and said once.
Owner: nobody, pure functions of a form. Thread: the form's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clacks_monitor.forms import lossless, verdicts
from clacks_monitor.forms.errors import Problem, XmlTextError
from clacks_monitor.forms.lossless import escape_attribute, unescape

if TYPE_CHECKING:
    from clacks_monitor.forms.fields import Field
    from clacks_monitor.forms.form import Form
    from clacks_monitor.forms.lossless import ElementNode

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
    begins = {id(owner): start for start, owner in writer.starts.items()}
    found: list[tuple[int, Problem]] = []
    blamed: set[int] = set()
    for field in form.root.walk():
        words = field.problem()
        if words is not None:
            start = _start_of(field, begins)
            blamed.add(start)
            line, column = lossless.position(text, start)
            found.append((start, Problem(words, line, column, field.path)))
    try:
        document = lossless.parse(text, doctype=not form.wrapped)
        body = resolved(form, text).encode(document.encoding, "xmlcharrefreplace")
        element = lossless.decode_text(body, schema=not form.wrapped, bare=True)[3]
    except XmlTextError as error:
        if not found:
            found.append((0, error.problem))
        return [problem for _start, problem in sorted(found, key=lambda item: item[0])]
    node = document.root
    if form.wrapped:
        node, element = node.children[0], next(element.iterchildren("*"))
    for at, problem in verdicts.opinions(form.schema, element, node, second=second_opinion):
        owner = _owner(at, writer.starts)
        start = _start_of(owner, begins) if owner is not None else at.start
        if start in blamed or at.start in blamed:
            continue
        path = owner.path if owner is not None else problem.path
        found.append((at.start, _at(problem, path)))
    return [problem for _start, problem in sorted(found, key=lambda item: item[0])]


def _at(problem: Problem, path: str) -> Problem:
    return Problem(problem.text, problem.line, problem.column, path, problem.objector)


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
