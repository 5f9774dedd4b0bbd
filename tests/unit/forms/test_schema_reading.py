"""Reading schemas: what xmlschema alone would get wrong, and what is missing or too new said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from clacks_monitor.forms import Catalogue, Form, ValidationIssue, new_form
from clacks_monitor.forms.schema_set import SchemaSet
from clacks_monitor.forms.sources import read_sources

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns:t="urn:t">'


def problem_of(folder: Path, body: str, **others: str) -> ValidationIssue | None:
    (folder / "Main.xsd").write_text(body)
    for name, text in others.items():
        (folder / f"{name}.xsd").write_text(text)
    kind = Catalogue([folder]).get("Main")
    assert kind is not None
    return kind.problem


def model(kind: str, content: str) -> str:
    """Return an element with a content model."""
    return f'<xs:element name="Main"><xs:complexType><xs:{kind}>{content}</xs:{kind}></xs:complexType></xs:element>'


def read(folder: Path, body: str) -> SchemaSet:
    path = folder / "Main.xsd"
    path.write_text(body)
    sources, problem = read_sources(path, [folder])
    assert problem is None
    return SchemaSet(sources)


@pytest.mark.parametrize(
    ("construct", "words", "line"),
    [
        ('<xs:element name="Main"/>\n<xs:complexType name="c"><xs:assert test="1"/></xs:complexType>', "assert", 3),
        ('<xs:element name="Main">\n<xs:alternative type="xs:int"/></xs:element>', "alternative", 3),
        ('<xs:element name="Main" type="xs:dateTimeStamp"/>', "dateTimeStamp", 2),
        (
            model("all", '\n<xs:element name="a" maxOccurs="2"/>'),
            "maxOccurs above 1 in an all group",
            3,
        ),
        (
            model("sequence", '\n<xs:any notNamespace="urn:x"/>'),
            "notNamespace",
            3,
        ),
    ],
)
def test_a_schema_of_version_1_1_is_told_to_be_one(tmp_path: Path, construct: str, words: str, line: int) -> None:
    problem = problem_of(tmp_path, f"{HEAD}\n{construct}</xs:schema>")
    assert problem is not None
    assert problem.text == f"{words} belongs to XML Schema 1.1; the agent's validator (libxml2) supports 1.0 only"
    assert problem.line == line


def test_a_mistake_that_has_nothing_to_do_with_the_version_keeps_its_words(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, f'{HEAD}<xs:element name="Main" type="t:nowhere"/></xs:schema>')
    assert problem is not None
    assert "nowhere" in problem.text
    assert "1.1" not in problem.text


def test_a_missing_import_matters_only_when_it_is_needed(tmp_path: Path) -> None:
    imported = '<xs:import namespace="urn:far" schemaLocation="http://far.example/far.xsd"/>'
    harmless = f'{HEAD}{imported}<xs:element name="Main" type="xs:int"/></xs:schema>'
    assert problem_of(tmp_path, harmless) is None
    needing = f'{HEAD}{imported}\n<xs:element name="Main" type="f:x" xmlns:f="urn:far"/></xs:schema>'
    problem = problem_of(tmp_path, needing)
    assert problem is not None
    assert problem.text == "no schema folder has http://far.example/far.xsd, or another schema of urn:far"
    assert problem.line == 1


def test_an_import_that_was_missing_is_found_when_it_arrives(tmp_path: Path) -> None:
    imported = '<xs:import namespace="urn:far" schemaLocation="http://far.example/far.xsd"/>'
    (tmp_path / "Main.xsd").write_text(
        f'{HEAD}{imported}<xs:element name="Main"><xs:complexType><xs:sequence><xs:any namespace="urn:far"/>'
        "</xs:sequence></xs:complexType></xs:element></xs:schema>"
    )
    catalogue = Catalogue([tmp_path])
    before = catalogue.schema("Main")
    (tmp_path / "far.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:far"><xs:element name="f"/>'
        "</xs:schema>"
    )
    assert "Main" in catalogue.refresh()
    after = catalogue.schema("Main")
    assert before is not None
    assert after is not None
    assert [len(item.sources.documents) for item in (before, after)] == [1, 2]


@pytest.mark.parametrize("relative", [False, True])
def test_documents_may_include_each_other_in_a_circle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, relative: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path() if relative else tmp_path
    other = '<xs:include schemaLocation="Main.xsd"/><xs:complexType name="o"><xs:sequence>'
    other += '<xs:element name="main" type="t:m" minOccurs="0"/></xs:sequence></xs:complexType>'
    main = '<xs:include schemaLocation="Other.xsd"/><xs:element name="Main" type="t:m"/><xs:complexType name="m">'
    main += '<xs:sequence><xs:element name="other" type="t:o"/></xs:sequence></xs:complexType>'
    assert problem_of(folder, f"{HEAD}{main}</xs:schema>", Other=f"{HEAD}{other}</xs:schema>") is None
    form = new_form(Catalogue([folder]), "Main")
    assert [field.label for field in form.root.walk()] == ["Main", "other", "main"]


def test_prefixes_declared_in_the_middle_of_a_schema_mean_what_they_say(tmp_path: Path) -> None:
    schema = read(
        tmp_path,
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns:p="urn:other">'
        '<xs:element name="Main"><xs:complexType><xs:sequence>'
        '<xs:element name="n" xmlns="http://www.w3.org/2001/XMLSchema" type="int"/>'
        '<xs:element name="c" xmlns:p="urn:t" type="p:colour"/></xs:sequence></xs:complexType></xs:element>'
        '<xs:simpleType name="colour"><xs:restriction base="xs:string"><xs:enumeration value="red"/></xs:restriction>'
        "</xs:simpleType></xs:schema>",
    )
    kinds = [str(getattr(field, "kind", "")) for field in Form.for_element(schema, "{urn:t}Main").root.walk()]
    assert kinds == ["", "integer", "enumeration"]


def test_mixed_content_may_be_restricted_to_a_value(tmp_path: Path) -> None:
    schema = read(
        tmp_path,
        f'{HEAD}<xs:complexType name="free" mixed="true"><xs:sequence><xs:element name="e" minOccurs="0"/>'
        "</xs:sequence>"
        '</xs:complexType><xs:complexType name="word"><xs:simpleContent><xs:restriction base="t:free"><xs:simpleType>'
        '<xs:restriction base="xs:int"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:restriction>'
        '</xs:simpleContent></xs:complexType><xs:element name="Main" type="t:word"/></xs:schema>',
    )
    form = Form.for_element(schema, "{urn:t}Main", '<Main xmlns="urn:t">10</Main>')
    assert [problem.text for problem in form.problems()] == [
        "must be from -2147483648 to 9",
    ]
