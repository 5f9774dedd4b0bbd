"""Where a value is inside an event: the names from the root element down, an attribute's last and with "@".

A name of the events' own namespace is its local name; any other carries its namespace in front, as lxml writes it:
"{urn:other}Name", "{}Name" for none, and "{*}Name" for any. An attribute without a namespace is "@name".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.event import EVENT_NAMESPACE

if TYPE_CHECKING:
    from lxml import etree

Path = tuple[str, ...]

_OWN = f"{{{EVENT_NAMESPACE}}}"


def element_step(tag: str) -> str:
    """Return the step of an element whose tag is written as lxml does."""
    if tag.startswith(_OWN):
        return tag[len(_OWN) :]
    return tag if tag.startswith("{") else f"{{}}{tag}"


def attribute_step(name: str) -> str:
    """Return the step of an attribute whose name is written as lxml does."""
    return f"@{name}"


def path_of(element: etree._Element) -> Path:
    """Return the path of an element from the root of its document."""
    above = [str(found.tag) for found in element.iterancestors()]
    return tuple(element_step(tag) for tag in (*reversed(above), str(element.tag)))


def local(step: str) -> str:
    """Return a step without its namespace, "Name" or "@name", for display."""
    mark = "@" if step.startswith("@") else ""
    return mark + step.removeprefix("@").rpartition("}")[2]


def namespace(step: str) -> str:
    """Return a step's namespace, "" for none."""
    name = step.removeprefix("@")
    if name.startswith("{"):
        return name[1:].partition("}")[0]
    return "" if step.startswith("@") else EVENT_NAMESPACE
