"""Finds constructs of XML Schema 1.1 in a schema document that libxml2 rejects. Thread: any.

The bus's agent validates with libxml2, which supports version 1.0 only. For a schema of version 1.1 that is a clearer
message than libxml2's own. Source: https://www.w3.org/TR/xmlschema11-1/#changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.errors import ValidationIssue
from clacks_monitor.forms.lossless import position, split_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.forms.lossless import ElementNode

__all__ = ["newer_construct"]

_VERSIONING: Final = "http://www.w3.org/2007/XMLSchema-versioning"
_ELEMENTS: Final = frozenset(
    [
        *("alternative", "assert", "assertion", "defaultOpenContent"),
        *("explicitTimezone", "openContent", "override"),
    ]
)
_ATTRIBUTES: Final = frozenset(
    [
        *("appliesToEmpty", "defaultAttributes", "defaultAttributesApply", "inheritable"),
        *("notNamespace", "notQName", "xpathDefaultNamespace"),
    ]
)
_TYPES: Final = frozenset({"anyAtomicType", "dateTimeStamp", "dayTimeDuration", "error", "yearMonthDuration"})
_TYPE_ATTRIBUTES: Final = frozenset({"base", "itemType", "memberTypes", "type"})


def newer_construct(root: ElementNode) -> ValidationIssue | None:
    """Return the first construct in a schema document that XML Schema 1.0 does not have."""
    namespace = split_name(root.qname)[0]
    for node in _walk(root):
        space, local = split_name(node.qname)
        found = _in_element(node, local, namespace) if space == namespace else ""
        if found:
            text = Message("{0} belongs to XML Schema 1.1; the agent's validator (libxml2) supports 1.0 only", found)
            return ValidationIssue(text, *position(node.source, node.start))
    return None


def _walk(node: ElementNode) -> Iterator[ElementNode]:
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += reversed(found.children)


def _in_element(node: ElementNode, local: str, schema_namespace: str) -> str:
    if local in _ELEMENTS:
        return local
    attributes = {item.qname: item.value.strip() for item in node.attributes}
    if attributes.get(f"{{{_VERSIONING}}}minVersion", "1.0") not in {"1.0", "1"}:
        return "minVersion"
    for name, value in attributes.items():
        if name in _ATTRIBUTES:
            return name
        if name == "targetNamespace" and local in {"element", "attribute"}:
            return Message("targetNamespace of a local {0}", local)
        if name in _TYPE_ATTRIBUTES and (found := _newer_type(value, node, schema_namespace)):
            return found
    return _in_all_group(node, local, attributes)


def _newer_type(value: str, node: ElementNode, schema_namespace: str) -> str:
    names = (name.rpartition(":") for name in value.split())
    named = (local for prefix, _, local in names if node.nsmap.get(prefix) == schema_namespace)
    return next((local for local in named if local in _TYPES), "")


def _in_all_group(node: ElementNode, local: str, attributes: dict[str, str]) -> str:
    if node.parent is None or split_name(node.parent.qname)[1] != "all":
        return ""
    if local in {"any", "group"}:
        return Message("{0} in an all group", local)
    often = local == "element" and attributes.get("maxOccurs", "1") not in {"0", "1"}
    return Message("maxOccurs above 1 in an all group") if often else ""
