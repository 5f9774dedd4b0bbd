"""Finds the documentation of the event type that a schema's file name promises. Thread: any."""

from __future__ import annotations

from lxml import etree

from clacks_monitor.core.messages import Message
from clacks_monitor.forms import lossless
from clacks_monitor.forms.documentation import documentation_in
from clacks_monitor.forms.errors import ValidationIssue
from clacks_monitor.forms.sources import XSD

__all__ = ["describe"]


def describe(body: bytes, name: str) -> tuple[str, ValidationIssue | None]:
    """Return the documentation of an event's element, or of its type; a problem when there is no such element."""
    root = etree.fromstring(body, lossless.parser(schema=True))
    element = next((item for item in root.iterfind(f"{{{XSD}}}element") if item.get("name") == name), None)
    if element is None:
        return "", ValidationIssue(
            Message("does not define the element {0} given by its file name", name), root.sourceline, 1
        )
    found = documentation_in(element)
    if not found:
        wanted = (element.get("type") or "").rpartition(":")[2]
        for item in [*root.iterfind(f"{{{XSD}}}complexType"), *element.iterfind(f"{{{XSD}}}complexType")]:
            if item.get("name") in {wanted, None} and not found:
                found = documentation_in(item)
    return found or documentation_in(root), None
