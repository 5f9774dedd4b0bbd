"""What libxml2 and xmlschema say, in plain words: each of their messages as an invalid text provokes it."""

from __future__ import annotations

import pytest
from lxml import etree

from clacks_monitor.forms.messages import (
    TYPE_DESCRIPTIONS,
    describe_type,
    event_message,
    locate,
    schema_message,
    xmlschema_message,
)
from tests.helpers.small_schemas import NS, XSI, complex_type, schema_of, value_type


def said(declarations: str, body: str) -> list[str]:
    element = etree.fromstring(body.replace("<r", f'<r xmlns="{NS}"', 1))
    return [problem.text for _culprit, problem in schema_of(declarations).findings(element)]


ONE, TWO = '<xs:element name="a" type="xs:int"/>', '<xs:element name="b" type="xs:int"/>'
TEXT = '<xs:element name="a" type="xs:string"/>'
CHOICE = complex_type(f'<xs:choice>{ONE}{TWO}<xs:element name="c"/></xs:choice>')
NILLED = complex_type('<xs:element name="a" nillable="true" type="xs:int"/>')


@pytest.mark.parametrize(
    ("declarations", "body", "told"),
    [
        (complex_type(ONE), "<r><x/></r>", "x: not expected here; expected: a"),
        (complex_type(ONE), "<r><a>1</a><x/></r>", "x: not expected here"),
        (complex_type(ONE), "<r/>", "r: a is missing"),
        (CHOICE, "<r/>", "r: a, b or c is missing"),
        (CHOICE, "<r><x/></r>", "x: not expected here; expected: a, b or c"),
        (complex_type(f"<xs:choice>{ONE}{TWO}</xs:choice>"), "<r/>", "r: a or b is missing"),
        (complex_type('<xs:any namespace="##other"/>'), "<r/>", "r: any element is missing"),
        (complex_type("", '<xs:attribute name="n" use="required"/>'), "<r/>", "r: the attribute n is missing"),
        (complex_type("", ""), '<r n="1"/>', "r, attribute n: the attribute n is not allowed"),
        (complex_type(ONE), "<r>text<a>1</a></r>", "r: text is not allowed here"),
        (complex_type("", ""), "<r>text</r>", "r: text is not allowed here"),
        (complex_type("", after=""), "<r><a/></r>", "r: elements are not allowed here"),
        (value_type('<xs:enumeration value="x"/>'), "<r>y</r>", "r: 'y' is not one of 'x'"),
        (value_type('<xs:pattern value="a+"/>'), "<r>b</r>", "r: 'b' does not match the pattern a+"),
        (value_type('<xs:maxLength value="2"/>'), "<r>abc</r>", "r: has length 3, at most 2 is allowed"),
        (value_type('<xs:minLength value="2"/>'), "<r>a</r>", "r: has length 1, expected at least 2"),
        (value_type('<xs:length value="2"/>'), "<r>a</r>", "r: has length 1, expected exactly 2"),
        (value_type('<xs:maxInclusive value="2"/>', "xs:int"), "<r>3</r>", "r: 3 must be at most 2"),
        (value_type('<xs:maxExclusive value="2"/>', "xs:int"), "<r>2</r>", "r: 2 must be less than 2"),
        (value_type('<xs:minInclusive value="2"/>', "xs:int"), "<r>1</r>", "r: 1 must be at least 2"),
        (value_type('<xs:minExclusive value="2"/>', "xs:int"), "<r>2</r>", "r: 2 must be greater than 2"),
        (value_type('<xs:totalDigits value="2"/>', "xs:int"), "<r>123</r>", "r: 123 has more than 2 digits"),
        (
            value_type('<xs:fractionDigits value="1"/>', "xs:decimal"),
            "<r>1.23</r>",
            "r: 1.23 has more than 1 digits after the decimal point",
        ),
        ('<xs:element name="r" type="xs:date"/>', "<r>x</r>", "r: 'x' is not a date such as 2024-05-31"),
        (value_type("", "xs:date"), "<r>x</r>", "r: 'x' is not allowed here"),
        (
            (
                '<xs:element name="r" type="t:mine"/><xs:simpleType name="mine">'
                '<xs:union memberTypes="xs:int xs:date"/></xs:simpleType>'
            ),
            "<r>x</r>",
            "r: 'x' is not allowed here (mine)",
        ),
        (
            '<xs:element name="r"><xs:simpleType><xs:union memberTypes="xs:int xs:date"/></xs:simpleType></xs:element>',
            "<r>x</r>",
            "r: 'x' is not allowed here",
        ),
        ('<xs:element name="r" type="xs:int" fixed="1"/>', "<r>2</r>", "r: must be '1'"),
        (
            complex_type("", '<xs:attribute name="n" type="xs:int" fixed="1"/>'),
            '<r n="2"/>',
            "r, attribute n: must be '1'",
        ),
        (complex_type(TEXT), f'<r {XSI}><a xsi:nil="true"/></r>', "a: must not be marked as nil"),
        (NILLED, f'<r {XSI}><a xsi:nil="true">1</a></r>', "a: must be empty (marked as nil)"),
        (
            '<xs:element name="r" type="t:s"/><xs:complexType name="s" abstract="true"/>',
            "<r/>",
            "r: a concrete type must be chosen (xsi:type)",
        ),
        (
            '<xs:element name="r" abstract="true"/>',
            "<r/>",
            "r: is abstract and cannot be used itself",
        ),
        (
            complex_type('<xs:any namespace="##other" processContents="strict"/>'),
            '<r><x xmlns="urn:u"/></r>',
            "x: the schema does not declare this element",
        ),
        (
            complex_type("", '<xs:anyAttribute namespace="##any" processContents="strict"/>'),
            '<r x="1"/>',
            "r, attribute x: the schema does not declare this",
        ),
    ],
)
def test_what_an_event_does_wrong_is_told_in_words(declarations: str, body: str, told: str) -> None:
    assert said(declarations, body) == [told]


KEYED = (
    '<xs:element name="r"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="k"><xs:complexType>'
    '<xs:attribute name="n"/></xs:complexType></xs:element><xs:element name="f"><xs:complexType>'
    '<xs:attribute name="n"/></xs:complexType></xs:element></xs:choice></xs:complexType>'
    '<xs:key name="key"><xs:selector xpath="t:k"/><xs:field xpath="@n"/></xs:key>'
    '<xs:keyref name="ref" refer="t:key"><xs:selector xpath="t:f"/><xs:field xpath="@n"/></xs:keyref></xs:element>'
)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<r><k n="1"/><k n="1"/></r>', "k: duplicate '1' (key)"),
        ('<r><k n="1"/><f n="2"/></r>', "f: refers to '2', which does not exist (ref)"),
        ("<r><k/></r>", "k: part of the key is missing (key)"),
    ],
)
def test_keys_are_told_in_words(body: str, told: str) -> None:
    assert said(KEYED, body) == [told]


def test_what_has_no_words_of_ours_keeps_its_own_without_namespaces() -> None:
    assert event_message("Element '{urn:t}r': Something {urn:u}odd.") == "r: Something odd"
    assert event_message("Element '{urn:t}r', attribute '{urn:u}n': Odd.") == "r, attribute n: Odd"
    assert event_message("No element at all. ") == "No element at all"
    assert event_message("This element is not expected.") == "not expected here"
    assert event_message("Missing child element(s).") == "an element is missing"
    assert schema_message(" The {urn:t}thing is odd. ") == "The thing is odd"


def test_what_xmlschema_alone_says_is_told_in_words() -> None:
    assert xmlschema_message("IDREF 'x' not found in XML document") == "no element has the ID x"
    assert xmlschema_message("duplicated xs:ID value 'x'") == "duplicate ID x"
    assert xmlschema_message(" anything else. ") == "anything else"


def test_types_have_words() -> None:
    assert describe_type("date") == TYPE_DESCRIPTIONS["date"]
    assert describe_type("mine") == "a value of type mine"


TREE = etree.fromstring('<a xmlns="u" xmlns:p="v"><b/><!-- c --><b><p:c/><c n="1"/><c n="2"/></b><d.e/></a>')


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/a", "a"),
        ("/*", "a"),
        ("/*/*[1]", "a/b[1]"),
        ("/*/*[2]", "a/b[2]"),
        ("/*/*[3]", "a/d.e"),
        ("/*/*[4]", "a"),
        ("/*/*", "a/b[1]"),
        ("/*/*[2]/p:c", "a/b[2]/p:c"),
        ("/*/*[2]/p:d", "a/b[2]"),
        ("/a/b[2]/c[2]", "a/b[2]/c[2]"),
        ("/a/b[2]/c[3]", "a/b[2]"),
        ("/a/b[2]/c", "a/b[2]/c[1]"),
        ("/a/[/c", "a"),
        ("", "a"),
    ],
)
def test_a_path_of_libxml2_leads_to_its_element_as_far_as_it_goes(path: str, place: str) -> None:
    found = locate(TREE, path)
    names = {"a": TREE, "a/b[1]": TREE[0], "a/b[2]": TREE[2], "a/d.e": TREE[3], "a/b[2]/p:c": TREE[2][0]}
    names |= {"a/b[2]/c[1]": TREE[2][1], "a/b[2]/c[2]": TREE[2][2]}
    assert found is names[place]
