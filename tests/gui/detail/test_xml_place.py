"""A place in an XML text is the element or attribute that stands there: compared with what lxml reads."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clacks_monitor.core.paths import path_of
from clacks_monitor.gui.detail.xml_place import Place, place_at

TEXT = """<?xml version="1.0" encoding="utf-16"?>
<!-- before -->
<Event xmlns="http://www.gonicus.de/Events" xmlns:o='urn:o' o:a = '>1' b="zwei">
  <Phone><Caller>äöü &lt;0</Caller><o:Other/></Phone>
</Event>
"""


@pytest.mark.parametrize(
    ("at", "path", "value"),
    [
        ("<!-- before", None, None),
        ("<Event", ("Event",), None),
        ("o:a", ("Event", "@{urn:o}a"), ">1"),
        (">1", ("Event", "@{urn:o}a"), ">1"),
        ("zwei", ("Event", "@b"), "zwei"),
        ("xmlns:o", ("Event",), None),
        ("Phone>", ("Event", "Phone"), None),
        ("Caller>", ("Event", "Phone", "Caller"), "äöü <0"),
        ("öü", ("Event", "Phone", "Caller"), "äöü <0"),
        ("</Caller>", ("Event", "Phone", "Caller"), "äöü <0"),
        ("o:Other", ("Event", "Phone", "{urn:o}Other"), ""),
        ("</Event>", ("Event",), None),
    ],
)
def test_what_stands_at_a_place(at: str, path: tuple[str, ...] | None, value: str | None) -> None:
    found = place_at(TEXT, TEXT.index(at))
    assert found == (None if path is None else Place(path, value))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("<a><b>text … 3 more", ("{}a", "{}b")),
        ("<a><b>x</b></c>", ("{}a",)),
        ("<a><b", ("{}a",)),
        ("no xml", None),
        ("", None),
        ('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', None),
    ],
)
def test_a_text_that_is_broken_has_the_places_before_the_break(text: str, path: tuple[str, ...] | None) -> None:
    found = place_at(text, max(0, len(text) - 2))
    assert (found.path if found else None) == path


NAMES = st.sampled_from(["a", "b", "{urn:x}c", "{http://www.gonicus.de/Events}d"])
Tree = tuple[str, str, list[Any]]
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.tuples(NAMES, st.text("xy<&ä", max_size=3), st.just([])),
    lambda below: st.tuples(NAMES, st.text("xy<&ä", max_size=3), st.lists(below, max_size=3)),
    max_leaves=8,
)


def _built(tree: Tree, marks: list[etree._Element]) -> etree._Element:
    name, text, below = tree
    element = etree.Element(name)
    element.text = f"{text}§{len(marks)}§"
    marks.append(element)
    element.extend([_built(child, marks) for child in below])
    return element


@given(TREES)
def test_every_text_is_found_in_its_element(tree: Tree) -> None:
    marks: list[etree._Element] = []
    text = etree.tostring(_built(tree, marks), encoding="unicode")
    for number, element in enumerate(marks):
        found = place_at(text, text.index(f"§{number}§"))
        assert found == Place(path_of(element), None if len(element) else element.text)
