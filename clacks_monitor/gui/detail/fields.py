"""The elements and attributes of an event, as few of them as can be shown: a plain structure for the tree. No Qt here.

lxml gives the attributes of an element in a time that grows with the square of their number (five minutes for 200,000);
XPath gives the first of them in no time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.paths import attribute_step, element_step
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.core.paths import Path

MAX_FIELDS = 5_000
"""Elements and attributes of an event that are listed."""
MAX_DEPTH = 60
_CHECK_EACH = 256
_LOOKED_AT = 1_000
"""Fields that are gone through to find those with a value."""
_FEW = 32
_ATTRIBUTES = etree.XPath("@*[position() <= $most]")


@dataclass(slots=True)
class Field:
    """``value`` is None for an element that holds others, or whose end was not read.

    ``cut`` says that it holds more than is listed.
    """

    step: str
    value: str | None
    text: str
    above: Field | None = None
    below: list[Field] = field(default_factory=list)
    cut: bool = False

    def path(self) -> Path:
        """Return the path from the root of the document."""
        steps = []
        found: Field | None = self
        while found is not None:
            steps.append(found.step)
            found = found.above
        return tuple(reversed(steps))


def attributes(element: etree._Element, most: int) -> list[tuple[str, str]]:
    """Return name and value of the first attributes of an element."""
    found = _ATTRIBUTES(element, most=most)
    return [(str(value.attrname), str(value)) for value in found] if isinstance(found, list) else []


def leaves(root: etree._Element, limit: int) -> list[tuple[Path, str]]:
    """Return path and text of the first elements without children, and of attributes: what one filters by."""
    found: list[tuple[Path, str]] = []
    for below in walked(fields_of(root, limit=_LOOKED_AT + limit)):
        if len(found) >= limit:
            break
        if below.value is not None and (below.value.strip() or below.step.startswith("@")):
            found.append((below.path(), below.value))
    return found


def walked(top: Field) -> Iterator[Field]:
    """Yield a field and all below it in the order of the document, an element's attributes before the element."""
    waiting = [top]
    while waiting:
        now = waiting.pop()
        own = [below for below in now.below if below.step.startswith("@")]
        yield from own
        yield now
        waiting.extend(reversed(now.below[len(own) :]))


def value_of(element: etree._Element) -> str | None:
    """Return the text of an element, None for one that has children; comments are not text."""
    if len(element) == 0:
        return element.text or ""
    if any(isinstance(child.tag, str) for child in element):
        return None
    return str(element.xpath("string()"))


def fields_of(
    root: etree._Element,
    *,
    whole: bool = True,
    limit: int = MAX_FIELDS,
    wanted: Callable[[], None] = lambda: None,
) -> Field:
    """Return the root as a field, with what it holds below it: the first ``limit`` fields, MAX_DEPTH deep.

    Unless the event was read ``whole``, its last elements have no end, and so no value. ``wanted`` is called now and
    then, and may raise.
    """
    top = _field(root, None)
    left = limit - _add_attributes(root, top, limit)
    inside = [(top, root.iterchildren(etree.Element))]
    while inside:
        own, children = inside[-1]
        child = next(children, None)
        if child is None or left <= 0 or len(inside) > MAX_DEPTH:
            own.cut = own.cut or child is not None
            inside.pop()
            continue
        if left % _CHECK_EACH == 0:
            wanted()
        below = _field(child, own)
        own.below.append(below)
        left -= 1 + _add_attributes(child, below, left - 1)
        inside.append((below, child.iterchildren(etree.Element)))
    if not whole:
        _leave_open(top)
    return top


def _field(element: etree._Element, above: Field | None) -> Field:
    return Field(element_step(str(element.tag)), value_of(element), one_line(element.text or ""), above)


def _add_attributes(element: etree._Element, own: Field, most: int) -> int:
    """Add the first attributes of an element; return how many."""
    if len(element.attrib) <= _FEW:
        found = [(str(name), str(value)) for name, value in element.attrib.items()]
    else:
        found = attributes(element, most + 1)
    own.cut = len(found) > most
    own.below = [Field(attribute_step(name), value, one_line(value), own) for name, value in found[: max(0, most)]]
    return len(own.below)


def _leave_open(top: Field) -> None:
    """Take the value from the fields whose end is not known."""
    now: Field | None = top
    while now is not None:
        now.value, now.cut = None, True
        now = now.below[-1] if now.below and not now.below[-1].step.startswith("@") else None
