"""The words of a schema's author: paragraphs kept, white space not, bounded, and nothing hidden in them."""

from __future__ import annotations

import pytest
from lxml import etree

from clacks_monitor.forms.documentation import MAX_TEXT, documentation_in
from clacks_monitor.forms.type_description import describe
from tests.helpers.small_schemas import HEAD, complex_type, form_of, leaf

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def documented(*texts: str) -> str:
    inner = "".join(f"<xs:documentation>{text}</xs:documentation>" for text in texts)
    return f"<xs:annotation>{inner}</xs:annotation>"


def told(*texts: str) -> str:
    return documentation_in(etree.fromstring(f"<xs:element {XS}>{documented(*texts)}</xs:element>"))


def test_paragraphs_stay_and_other_white_space_goes() -> None:
    assert told(" One\n two. \n \n\n Three <b>four</b>. ") == "One two.\n\nThree four."
    assert told("One.", "", "Two.") == "One.\n\nTwo."
    assert told() == ""
    assert documentation_in(etree.fromstring(f"<xs:element {XS}/>")) == ""


@pytest.mark.parametrize("size", [MAX_TEXT, MAX_TEXT + 1])
def test_it_is_bounded(size: int) -> None:
    assert MAX_TEXT == 4_000
    found = told("x" * size)
    assert (found == "x" * size) == (size == MAX_TEXT)
    assert len(found) <= MAX_TEXT + 1
    assert told("x" + " " * (2 * MAX_TEXT - 2) + "y") == "x y"
    assert told("x" + " " * (2 * MAX_TEXT - 1) + "y") == "x"


def test_characters_that_hide_others_are_made_visible() -> None:
    assert "\u202e" not in told("a\u202eb")


def test_a_field_tells_its_own_words_or_its_types() -> None:
    form = form_of(
        complex_type(
            f'<xs:element name="a" type="t:c">{documented("An a.")}</xs:element><xs:element name="b" type="t:c"/>',
            f'<xs:attribute name="n" type="t:c"/><xs:attribute name="o">{documented("An o.")}</xs:attribute>',
        )
        + f'<xs:simpleType name="c">{documented("A c.")}<xs:restriction base="xs:string"/></xs:simpleType>'
    )
    assert [leaf(form, path).documentation for path in ("a", "b", "@n", "@o")] == ["An a.", "A c.", "A c.", "An o."]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f'<xs:element name="E">{documented("Mine.")}</xs:element>', "Mine."),
        (f'<xs:element name="E"><xs:complexType>{documented("Inside.")}</xs:complexType></xs:element>', "Inside."),
        (
            (
                f'<xs:element name="E" type="t:T"/><xs:complexType name="U">{documented("Not.")}</xs:complexType>'
                f'<xs:complexType name="T">{documented("Its type.")}</xs:complexType>'
            ),
            "Its type.",
        ),
        (f'{documented("The schema.")}<xs:element name="E"/>', "The schema."),
        ('<xs:element name="E"/>', ""),
    ],
)
def test_an_event_is_described_by_its_element_its_type_or_its_schema(body: str, words: str) -> None:
    assert describe(f"{HEAD}{body}</xs:schema>".encode(), "E") == (words, None)


def test_a_schema_without_the_promised_element_is_a_problem() -> None:
    words, problem = describe(f'\n{HEAD}<xs:complexType name="E"/></xs:schema>'.encode(), "E")
    assert words == ""
    assert str(problem) == "line 2, column 1: does not define the element E given by its file name"
