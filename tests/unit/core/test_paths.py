"""Paths of values inside events: steps with and without namespaces, attributes last."""

from __future__ import annotations

import pytest
from lxml import etree

from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.paths import attribute_step, element_step, local, namespace, path_of


@pytest.mark.parametrize(
    ("tag", "step", "name", "space"),
    [
        (f"{{{EVENT_NAMESPACE}}}Name", "Name", "Name", EVENT_NAMESPACE),
        ("{urn:other}Name", "{urn:other}Name", "Name", "urn:other"),
        ("Name", "{}Name", "Name", ""),
    ],
)
def test_elements(tag: str, step: str, name: str, space: str) -> None:
    assert element_step(tag) == step
    assert (local(step), namespace(step)) == (name, space)


@pytest.mark.parametrize(
    ("name", "step", "shown", "space"),
    [("kind", "@kind", "@kind", ""), ("{urn:other}kind", "@{urn:other}kind", "@kind", "urn:other")],
)
def test_attributes(name: str, step: str, shown: str, space: str) -> None:
    assert attribute_step(name) == step
    assert (local(step), namespace(step)) == (shown, space)


def test_the_path_of_an_element_begins_at_the_root() -> None:
    root = etree.fromstring(f"<Event xmlns='{EVENT_NAMESPACE}'><A><b xmlns='urn:x'/><c xmlns=''/></A></Event>")
    (first, second) = root[0]
    assert path_of(root) == ("Event",)
    assert path_of(first) == ("Event", "A", "{urn:x}b")
    assert path_of(second) == ("Event", "A", "{}c")
