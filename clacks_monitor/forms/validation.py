"""Validates an element with libxml2 and xmlschema, and merges their results into one list. Thread: any.

libxml2 decides, as in the bus's agent; where the results differ, the problem says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.forms import lossless
from clacks_monitor.forms.errors import ValidationIssue

if TYPE_CHECKING:
    from lxml import etree

    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.schema_set import SchemaSet

__all__ = ["node_of", "path_of", "validate"]

ONLY_LXML: Final = Message("reported only by the agent's validator (libxml2)")
ONLY_XMLSCHEMA: Final = Message("accepted by the agent's validator (libxml2), not allowed by XML Schema")


def validate(
    schema: SchemaSet, element: etree._Element, node: ElementNode, *, second: bool = True
) -> list[tuple[ElementNode, ValidationIssue]]:
    """Return the problems of an element, each with its node, in the text's order.

    ``node`` is the same element in the lossless tree; without ``second`` only libxml2 validates.
    """
    first = schema.findings(element)
    more = schema.second_findings(element) if second else []
    if not first and not more:
        return []
    agreed = bool(first) and (bool(more) or not second)
    found: list[tuple[ElementNode, ValidationIssue]] = []
    places = set()
    for invalid, problem in first:
        at = node_of(node, element, invalid)
        places.add(at.start)
        found.append((at, _placed(problem, at, node, "" if agreed else "lxml")))
    if not agreed:
        for invalid, problem in more:
            at = node_of(node, element, invalid)
            if at.start not in places:
                found.append((at, _placed(problem, at, node, "xmlschema")))
    return sorted(found, key=lambda item: item[0].start)


def _placed(problem: ValidationIssue, at: ElementNode, top: ElementNode, objector: str) -> ValidationIssue:
    line, column = lossless.position(at.source, at.start)
    text = problem.text
    if objector == "lxml":
        return ValidationIssue(Message("{0} ({1})", text, ONLY_LXML), line, column, path_of(at, top), "lxml")
    if objector == "xmlschema":
        return ValidationIssue(Message("{0} ({1})", text, ONLY_XMLSCHEMA), line, column, path_of(at, top), "xmlschema")
    return ValidationIssue(text, line, column, path_of(at, top))


def node_of(top: ElementNode, element: etree._Element, invalid: etree._Element) -> ElementNode:
    """Find an element's counterpart in the lossless tree, which has the same shape."""
    indexes: list[int] = []
    step: etree._Element | None = invalid
    while step is not None and step is not element:
        indexes.append(sum(1 for _ in step.itersiblings("*", preceding=True)))
        step = step.getparent()
    node = top
    for index in reversed(indexes):
        if index >= len(node.children):
            break
        node = node.children[index]
    return node


def path_of(node: ElementNode, top: ElementNode) -> str:
    """Return a readable path below ``top``: "PuppetLog[2]/Level"; "" for ``top`` itself."""
    steps: list[str] = []
    while node is not top and node.parent is not None:
        twins = [item for item in node.parent.children if item.qname == node.qname]
        local = lossless.split_name(node.qname)[1]
        index = next(i for i, item in enumerate(twins, 1) if item is node)
        steps.append(f"{local}[{index}]" if len(twins) > 1 else local)
        node = node.parent
    return "/".join(reversed(steps))
