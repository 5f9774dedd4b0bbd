"""Generated events keep their schema's keys, references and IDs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from clacks_monitor.forms import ValidationIssue
from tests.conformance.forms import judge, load
from tests.helpers.instances import maximal_instance, minimal_instance
from tests.helpers.small_schemas import schema_of

if TYPE_CHECKING:
    from clacks_monitor.forms.schema_set import SchemaSet

SCHEMAS = Path(__file__).parents[2] / "conformance" / "schemas"


def own(name: str) -> SchemaSet:
    schema = load(SCHEMAS / f"{name}.xsd", [SCHEMAS])
    assert not isinstance(schema, ValidationIssue)
    return schema


def made(schema: SchemaSet, qname: str) -> etree._Element:
    body = maximal_instance(schema, qname).to_xml()
    assert judge(schema, body).libxml2 is None
    return etree.fromstring(body)


def test_every_reference_finds_its_key_however_often_it_is_repeated() -> None:
    root = made(own("KeyReferences"), "{urn:t}shop")
    keys = {(item.get("sku"), item.get("lot")) for item in root.iterfind("{urn:t}product")}
    lines = root.findall(".//{urn:t}line")
    assert len(keys) == 2
    assert len(lines) == 4
    assert {(line.findtext("{urn:t}ref"), line.findtext("{urn:t}lotnr")) for line in lines} == keys


def test_a_reference_takes_the_value_of_a_key_of_another_type() -> None:
    root = made(own("EnumeratedKeys"), "g")
    colours = [node.get("colour") for node in root.iterfind("node")]
    assert len(set(colours)) == len(colours)
    assert {edge.get("from") for edge in root.iterfind("edge")} <= set(colours)


def test_idrefs_point_to_ids_that_are_there() -> None:
    root = made(own("IdentifierPatterns"), "r")
    ids = [*(node.get("id") for node in root.iterfind("n")), *(item.text for item in root.iterfind("pid"))]
    assert len(set(ids)) == len(ids)
    assert {node.get("to") for node in root.iterfind("n")} <= set(ids)


@pytest.mark.parametrize("make", [minimal_instance, maximal_instance])
def test_a_keys_optional_part_is_there_and_only_one_of_two(tmp_path: Path, make: object) -> None:
    (tmp_path / "a.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType><xs:sequence>'
        '<xs:element name="b" maxOccurs="3"><xs:complexType><xs:attribute name="x"/><xs:attribute name="y"/>'
        '</xs:complexType></xs:element></xs:sequence></xs:complexType><xs:key name="k"><xs:selector xpath=" .//b "/>'
        '<xs:field xpath="@x | @y"/></xs:key></xs:element></xs:schema>'
    )
    schema = load(tmp_path / "a.xsd", [tmp_path])
    assert not isinstance(schema, ValidationIssue)
    assert callable(make)
    form = make(schema, "a")
    assert judge(schema, form.to_xml()).libxml2 is None
    assert all(len(item.attrib) == 1 for item in etree.fromstring(form.to_xml()).iterfind("b"))


def test_a_keys_lacking_part_gets_a_value_of_its_type_unless_it_is_fixed() -> None:
    declarations = (
        '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="b" minOccurs="2" maxOccurs="2">'
        '<xs:complexType><xs:attribute name="x" type="xs:byte"/><xs:attribute name="y" fixed="f" type="xs:string"/>'
        '</xs:complexType></xs:element></xs:sequence></xs:complexType><xs:key name="k"><xs:selector xpath="t:b"/>'
        '<xs:field xpath="@y"/><xs:field xpath="attribute::x"/></xs:key></xs:element>'
    )
    schema = schema_of(declarations)
    root = etree.fromstring(minimal_instance(schema, "{urn:t}r").to_xml())
    assert [(item.get("x"), item.get("y")) for item in root] == [("-128", "f"), ("-126", "f")]


def test_a_key_that_has_no_further_values_is_left_as_it_is() -> None:
    declarations = (
        '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="b" type="xs:boolean" minOccurs="6"'
        ' maxOccurs="6"/></xs:sequence></xs:complexType><xs:unique name="k"><xs:selector xpath="child::t:*"/>'
        '<xs:field xpath="."/></xs:unique></xs:element>'
    )
    root = etree.fromstring(minimal_instance(schema_of(declarations), "{urn:t}r").to_xml())
    assert {item.text for item in root} == {"true", "false", "1", "0"}


def test_a_reference_within_another_branch_takes_keys_of_its_own_element_only() -> None:
    declarations = (
        '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="part" maxOccurs="2"><xs:complexType>'
        '<xs:sequence><xs:element name="k" type="xs:NCName" maxOccurs="2"/><xs:element name="f" type="xs:NCName"'
        ' maxOccurs="2"/></xs:sequence></xs:complexType><xs:key name="key"><xs:selector xpath=".//t:k|t:none"/>'
        '<xs:field xpath="."/></xs:key><xs:keyref name="ref" refer="t:key"><xs:selector xpath="t:f"/>'
        '<xs:field xpath="."/></xs:keyref></xs:element></xs:sequence></xs:complexType></xs:element>'
    )
    root = etree.fromstring(maximal_instance(schema_of(declarations), "{urn:t}r").to_xml())
    for part in root:
        keys = [item.text for item in part.iterfind("{urn:t}k")]
        assert len(set(keys)) == 2
        assert [item.text for item in part.iterfind("{urn:t}f")] == keys
