"""What an editor may offer: the elements, attributes and values of a type, bounded and open where anything may be."""

from __future__ import annotations

import pytest

from clacks_monitor.forms import ElementInfo, ValidationIssue
from clacks_monitor.forms import vocabulary as vocabulary_module
from clacks_monitor.forms.vocabulary import element_info
from tests.helpers.small_schemas import NS, complex_type, schema_of, value_type


def info(declarations: str) -> ElementInfo:
    components = schema_of(declarations).components()
    assert not isinstance(components, ValidationIssue)
    spec = components.element(f"{{{NS}}}r")
    assert spec is not None
    return element_info(spec)


def names(found: ElementInfo) -> list[str]:
    return [child.name for child in found.children]


COLOURS = (
    '<xs:simpleType name="c"><xs:restriction base="xs:string"><xs:enumeration value="red"/>'
    '<xs:enumeration value="blue"/></xs:restriction></xs:simpleType>'
)


def test_an_element_is_described_with_all_in_it() -> None:
    found = info(
        complex_type(
            '<xs:element name="a" type="t:c"/><xs:choice><xs:element name="b" type="xs:boolean"/>'
            '<xs:element name="l"><xs:simpleType><xs:list itemType="t:c"/></xs:simpleType></xs:element></xs:choice>'
            '<xs:element name="a" type="xs:int" minOccurs="0"/>',
            '<xs:attribute name="n" type="t:c" use="required"/><xs:attribute name="o" type="xs:int"/>',
        )
        + COLOURS
    )
    assert (found.name, found.namespace, found.kind, found.values) == ("r", NS, "", ())
    assert [(item.name, item.namespace, item.values, item.required) for item in found.attributes] == [
        *(("n", "", ("red", "blue"), True), ("o", "", (), False)),
    ]
    assert [(child.name, child.kind, child.values) for child in found.children] == [
        *(("a", "c", ("red", "blue")), ("b", "boolean", ("true", "false"))),
        *(("l", "string", ("red", "blue")), ("a", "int", ())),
    ]
    assert not any(item.open or item.recursive for item in (found, *found.children))


@pytest.mark.parametrize(
    ("content", "is_open"),
    [
        ('<xs:any processContents="skip"/>', True),
        ('<xs:choice><xs:element name="a"/><xs:any processContents="skip" namespace="##other"/></xs:choice>', True),
        ('<xs:element name="a" type="xs:int"/>', False),
    ],
)
def test_where_anything_may_be_the_description_is_open(content: str, is_open: bool) -> None:
    assert info(complex_type(content)).open is is_open


def test_a_type_that_contains_itself_is_followed_once() -> None:
    found = info(
        complex_type('<xs:element name="n" type="t:N"/>')
        + '<xs:complexType name="N"><xs:sequence><xs:element name="n" type="t:N" minOccurs="0"/>'
        '<xs:element name="v" type="xs:int"/></xs:sequence></xs:complexType>'
    )
    (first,) = found.children
    assert (first.recursive, first.open, names(first)) == (False, False, ["n", "v"])
    again = first.children[0]
    assert (again.recursive, again.open, again.children) == (True, True, ())


def test_substitutes_are_offered_instead_of_what_they_stand_for() -> None:
    found = info(
        complex_type('<xs:element ref="t:h"/>')
        + '<xs:element name="h" abstract="true"/>'
        + "".join(f'<xs:element name="{name}" substitutionGroup="t:h" type="xs:int"/>' for name in "usxwvy")
    )
    assert names(found) == ["s", "u", "v", "w", "x", "y"]
    alone = info(complex_type('<xs:element ref="t:h"/>') + '<xs:element name="h" type="xs:int"/>')
    assert names(alone) == ["h"]


def nested(levels: int) -> str:
    inner = '<xs:element name="v" type="xs:int"/>'
    for level in range(levels):
        inner = f"<xs:complexType><xs:sequence>{inner}</xs:sequence></xs:complexType>"
        inner = f'<xs:element name="e{level}">{inner}</xs:element>'
    return complex_type(inner)


@pytest.mark.parametrize(("levels", "is_open"), [(11, False), (12, True)])
def test_completion_ends_at_a_depth_and_says_so(levels: int, is_open: bool) -> None:
    found, depth = info(nested(levels)), 0
    while found.children:
        found, depth = found.children[0], depth + 1
    assert (depth, found.open) == (12, is_open)


@pytest.mark.parametrize(("most", "described", "is_open"), [(6, 3, False), (5, 3, True), (2, 2, True), (1, 1, True)])
def test_so_many_elements_are_described(
    monkeypatch: pytest.MonkeyPatch, most: int, described: int, is_open: bool
) -> None:
    assert (vocabulary_module.MAX_ELEMENTS, vocabulary_module.MAX_VALUES) == (5_000, 1_000)
    monkeypatch.setattr(vocabulary_module, "MAX_ELEMENTS", most)
    content = "".join(
        f'<xs:element name="{name}"><xs:complexType><xs:sequence><xs:element name="v" type="xs:int" minOccurs="0"/>'
        "</xs:sequence></xs:complexType></xs:element>"
        for name in "abc"
    )
    found = info(complex_type(content))
    assert len(found.children) == described
    assert found.children[-1].open is is_open


def test_so_many_values_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary_module, "MAX_VALUES", 2)
    assert info(value_type("".join(f'<xs:enumeration value="{n}"/>' for n in range(3)))).values == ("0", "1")


def test_a_boolean_that_is_enumerated_offers_what_is_allowed() -> None:
    assert info(value_type('<xs:pattern value="true"/>', "xs:boolean")).values == ("true", "false")
    assert info('<xs:element name="r" type="xs:date"/>').kind == "date"
