"""One schema, compiled: its first problem, all of them, and what each library says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from clacks_monitor.forms import SchemaSourceError, ValidationIssue
from clacks_monitor.forms.components import load_components
from clacks_monitor.forms.schema_set import SchemaSet
from clacks_monitor.forms.sources import SourceDocument, SourceSet, read_sources
from tests.helpers.small_schemas import HEAD, NS, complex_type, schema_of

if TYPE_CHECKING:
    from pathlib import Path

TWO = complex_type('<xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/>')


def parsed(inner: str) -> etree._Element:
    return etree.fromstring(f'<r xmlns="{NS}">{inner}</r>')


def sources(*bodies: str) -> SourceSet:
    return SourceSet(
        tuple(SourceDocument(f"clacks:///s{n}.xsd", None, NS, body.encode()) for n, body in enumerate(bodies)), {}
    )


def test_the_first_problem_and_all_of_them() -> None:
    schema = schema_of(TWO)
    wrong = parsed("\n<a>x</a>\n<b>y</b>")
    first = schema.first_problem(wrong)
    assert first == "a: 'x' is not a whole number from -2,147,483,648 to 2,147,483,647"
    found = schema.findings(wrong)
    assert [(culprit.tag, problem.text, problem.line, problem.objector) for culprit, problem in found] == [
        (f"{{{NS}}}a", first, 2, "lxml"),
        (f"{{{NS}}}b", first.replace("a: 'x'", "b: 'y'"), 3, "lxml"),
    ]
    good = parsed("<a>1</a><b>2</b>")
    assert (schema.first_problem(good), schema.findings(good), schema.second_findings(good)) == (None, [], [])
    assert {problem.objector for _culprit, problem in schema.second_findings(wrong)} == {"xmlschema"}
    assert schema.namespace == NS


@pytest.mark.parametrize(
    ("bodies", "place"),
    [
        ([f'{HEAD}\n  <xs:element name="r" type="t:none"/></xs:schema>'], (2, 3)),
        ([f"{HEAD}\n<xs:nonsense/></xs:schema>"], (2, 1)),
    ],
)
def test_a_schema_that_libxml2_refuses_is_told_with_its_place(bodies: list[str], place: tuple[int, int]) -> None:
    with pytest.raises(SchemaSourceError) as refused:
        SchemaSet(sources(*bodies))
    problem = refused.value.problem
    assert (problem.line, problem.column, problem.path) == (*place, "")
    assert "{" not in problem.text


def test_a_document_outside_of_the_set_does_not_exist() -> None:
    include = '<xs:include schemaLocation="file:///etc/passwd"/>'
    with pytest.raises((LookupError, SchemaSourceError)):
        SchemaSet(sources(f"{HEAD}{include}<xs:element name='r'/></xs:schema>"))


def test_without_compiling_nothing_is_objected_to() -> None:
    schema = SchemaSet(sources(f"{HEAD}{TWO}</xs:schema>"), compiled=False)
    assert (schema.first_problem(parsed("")), schema.findings(parsed(""))) == (None, [])


def test_components_are_read_once() -> None:
    schema = schema_of(TWO)
    components = schema.components()
    assert not isinstance(components, ValidationIssue)
    assert components is schema.components()
    assert components.trusted
    assert components.element_names() == [f"{{{NS}}}r"]
    assert components.element(f"{{{NS}}}r") is components.element(f"{{{NS}}}r")
    assert components.element(f"{{{NS}}}x") is None


def test_a_schema_that_xmlschema_cannot_read_at_all_is_a_problem_of_its() -> None:
    include = '<xs:include schemaLocation="clacks:///s9.xsd"/>'
    problem = load_components(sources(f"{HEAD}{include}<xs:element name='r'/></xs:schema>"))
    assert isinstance(problem, ValidationIssue)
    assert (problem.text, problem.objector) == ("clacks:///s9.xsd is none of the schema's documents", "xmlschema")


def test_a_schema_that_xmlschema_objects_to_makes_forms_and_is_not_asked_about_events() -> None:
    element = '<xs:element name="a" type="t:none"/><xs:element name="b" type="xs:int"/>'
    components = load_components(sources(f"{HEAD}{complex_type(element)}</xs:schema>"))
    assert not isinstance(components, ValidationIssue)
    assert not components.trusted
    assert components.findings(parsed("<b>x</b>")) == []
    assert components.element(f"{{{NS}}}r") is not None


def test_a_blocked_derivation_is_not_offered() -> None:
    types = (
        '<xs:complexType name="B"/><xs:complexType name="E"><xs:complexContent><xs:extension base="t:B"/>'
        '</xs:complexContent></xs:complexType><xs:complexType name="R"><xs:complexContent><xs:restriction base="t:B"/>'
        "</xs:complexContent></xs:complexType>"
    )
    offered = {
        "": ["r", "r (E)", "r (R)"],
        ' block="extension"': ["r", "r (R)"],
        ' block="restriction"': ["r", "r (E)"],
        ' block="#all"': ["r"],
    }
    for block, variants in offered.items():
        components = schema_of(f'<xs:element name="r" type="t:B"{block}/>{types}').components()
        assert not isinstance(components, ValidationIssue)
        spec = components.element(f"{{{NS}}}r")
        assert spec is not None
        assert [variant.label for variant in spec.variants] == variants
    typed = types.replace('name="B"', 'name="B" block="extension"')
    components = schema_of(f'<xs:element name="r" type="t:B"/>{typed}').components()
    assert not isinstance(components, ValidationIssue)
    spec = components.element(f"{{{NS}}}r")
    assert spec is not None
    assert [variant.label for variant in spec.variants] == ["r", "r (R)"]


def test_elements_of_other_namespaces_are_named_only_where_asked_for() -> None:
    other = SourceDocument(
        "clacks:///s1.xsd",
        None,
        "urn:o",
        HEAD.replace("urn:t", "urn:o").encode() + b'<xs:element name="o"/></xs:schema>',
    )
    imported = '<xs:import namespace="urn:o" schemaLocation="clacks:///s1.xsd"/>'
    (main,) = sources(f"{HEAD}{imported}<xs:element name='r'/></xs:schema>").documents
    components = SchemaSet(SourceSet((main, other), {})).components()
    assert not isinstance(components, ValidationIssue)
    assert components.element_names() == [f"{{{NS}}}r"]
    assert components.element_names(everywhere=True) == [f"{{{NS}}}r", "{urn:o}o"]


@pytest.mark.parametrize(
    ("other", "words", "place"),
    [
        ('\n  <xs:element name="o" type="t:none"/>', "none", (2, 3)),
        ('\n <xs:element name="o"><xs:alternative/></xs:element>', "alternative belongs to XML Schema 1.1", (2, 23)),
    ],
)
def test_a_mistake_of_an_included_document_is_told_with_its_name(
    tmp_path: Path, other: str, words: str, place: tuple[int, int]
) -> None:
    (tmp_path / "Other.xsd").write_text(f"{HEAD}{other}</xs:schema>")
    main = tmp_path / "Main.xsd"
    main.write_text(f'{HEAD}<xs:include schemaLocation="Other.xsd"/><xs:element name="r"/></xs:schema>')
    found, problem = read_sources(main, [tmp_path])
    assert problem is None
    with pytest.raises(SchemaSourceError) as refused:
        SchemaSet(found)
    told = refused.value.problem
    assert words in told.text
    assert (told.line, told.column, told.path) == (*place, "Other.xsd")


def test_a_mistake_that_an_unanswered_import_explains_is_told_as_that() -> None:
    missing = ValidationIssue("no schema folder has far.xsd", 1, 2, "Main.xsd")
    (main,) = sources(f'{HEAD}<xs:element name="r" type="t:none"/></xs:schema>').documents
    with pytest.raises(SchemaSourceError) as refused:
        SchemaSet(SourceSet((main,), {}, (missing,)))
    assert refused.value.problem is missing
