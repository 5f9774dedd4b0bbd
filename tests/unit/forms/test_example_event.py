"""Generated events: what is switched on, which values they get, and where they end."""

from __future__ import annotations

import pytest

from clacks_monitor.forms.example_event import fill, wildcard_example
from clacks_monitor.forms.value_fields import RawXml
from tests.helpers import instances as instances_module
from tests.helpers.instances import maximal_instance, minimal_instance
from tests.helpers.small_schemas import NS, can_undo, complex_type, form_of, only, schema_of, shown

R = f"{{{NS}}}r"


def least(declarations: str) -> str:
    return minimal_instance(schema_of(declarations), R).text.replace(' xmlns:t="urn:t"', "").replace("t:", "")


def most(declarations: str) -> str:
    return maximal_instance(schema_of(declarations), R).text.replace(' xmlns:t="urn:t"', "").replace("t:", "")


def one(name: str, kind: str = "xs:string", **occurs: str) -> str:
    bounds = "".join(f' {key}="{value}"' for key, value in occurs.items())
    return f'<xs:element name="{name}" type="{kind}"{bounds}/>'


PARTS = complex_type(
    one("a") + one("b", minOccurs="0") + one("c", minOccurs="0", maxOccurs="unbounded") + one("d", maxOccurs="1"),
    '<xs:attribute name="n" type="xs:int"/><xs:attribute name="o" type="xs:int" use="required"/>',
)


def lines(*inner: str, attributes: str = "") -> str:
    return "\n".join([f"<r{attributes}>", *(f"  {line}" for line in inner), "</r>\n"])


def test_the_least_and_the_most_of_a_type() -> None:
    assert least(PARTS) == lines("<a>text</a>", "<d>text</d>", attributes=' o="-2147483648"')
    assert most(PARTS) == lines(
        *("<a>text</a>", "<b>text</b>", "<c>text</c>", "<c>text1</c>", "<d>text</d>"),
        attributes=' n="-2147483648" o="-2147483648"',
    )


def test_a_repetition_is_filled_twice_or_as_often_as_allowed() -> None:
    assert most(complex_type(one("a", minOccurs="0", maxOccurs="1"))) == lines("<a>text</a>")
    assert most(complex_type(one("a", minOccurs="3", maxOccurs="9"))) == lines(
        *("<a>text</a>", "<a>text1</a>", "<a>text2</a>"),
    )


def test_of_a_choice_the_first_is_in_the_least_and_the_last_in_the_most() -> None:
    choice = complex_type(f"<xs:choice>{one('a')}{one('b')}{one('c')}</xs:choice>")
    assert (least(choice), most(choice)) == (lines("<a>text</a>"), lines("<c>text</c>"))


def test_a_branch_for_which_there_is_no_element_is_not_chosen() -> None:
    strict = '<xs:any namespace="##other" processContents="strict"/>'
    assert least(complex_type(f"<xs:choice>{strict}{one('a')}</xs:choice>")) == lines("<a>text</a>")
    assert most(complex_type(f"<xs:choice>{one('a')}{strict}</xs:choice>")) == lines("<a>text</a>")
    sequence = f"<xs:sequence>{one('b')}{strict}</xs:sequence>"
    assert most(complex_type(f"<xs:choice>{one('a')}{sequence}</xs:choice>")) == lines("<a>text</a>")
    inner = f"<xs:choice>{one('b')}{strict}</xs:choice>"
    assert most(complex_type(f"<xs:choice>{one('a')}{inner}</xs:choice>")) == lines("<b>text</b>")


@pytest.mark.parametrize(
    ("wildcard", "text"),
    [
        ('namespace="##any" processContents="lax"', '<any xmlns="urn:example:any"/>'),
        ('namespace="##other" processContents="skip"', '<any xmlns="urn:example:any"/>'),
        ('namespace="##local" processContents="skip"', '<any xmlns=""/>'),
        ('namespace="##targetNamespace" processContents="skip"', '<any xmlns="urn:t"/>'),
        ('namespace="urn:u urn:v" processContents="lax"', '<any xmlns="urn:u"/>'),
        ('namespace="##targetNamespace"', '<g xmlns="urn:t">&lt;</g>'),
        ('namespace="##other"', ""),
    ],
)
def test_a_wildcard_gets_an_element_that_it_takes(wildcard: str, text: str) -> None:
    form = form_of(complex_type(f"<xs:any {wildcard}/>") + '<xs:element name="g" type="xs:string" fixed="&lt;"/>')
    raw = only(form, RawXml)
    assert raw.wildcard is not None
    assert wildcard_example(form.schema, raw.wildcard) == text
    fill(form)
    assert raw.value == text
    raw.value = "<mine/>"
    fill(form)
    assert raw.value == "<mine/>"


def test_a_wildcard_that_wants_several_gets_as_many() -> None:
    form = form_of(complex_type('<xs:any namespace="##other" processContents="skip" minOccurs="2" maxOccurs="3"/>'))
    fill(form)
    assert only(form, RawXml).value == '<any xmlns="urn:example:any"/>' * 2


def test_a_strict_wildcard_takes_a_sample_of_a_declared_element() -> None:
    form = form_of(
        complex_type('<xs:any namespace="##targetNamespace"/>')
        + '<xs:element name="abstract" abstract="true" type="xs:int"/><xs:element name="date" type="xs:date"/>'
    )
    fill(form)
    assert only(form, RawXml).value == '<date xmlns="urn:t">2024-05-31</date>'


def test_references_point_to_ids_and_go_without_any() -> None:
    ids = complex_type(
        one("i", "xs:ID", maxOccurs="2", minOccurs="2") + one("j", "xs:IDREF", minOccurs="0", maxOccurs="3")
    )
    assert most(ids) == lines("<i>id1</i>", "<i>id2</i>", "<j>id1</j>", "<j>id2</j>")
    none = complex_type("", '<xs:attribute name="j" type="xs:IDREF"/><xs:attribute name="n" type="xs:ENTITY"/>')
    assert most(none) == "<r/>\n"


def test_values_of_one_name_differ_and_begin_again() -> None:
    many = complex_type(one("a", minOccurs="42", maxOccurs="42"))
    values = least(many).split("\n")[1:-2]
    assert (values[0], values[39], values[40]) == ("  <a>text</a>", "  <a>text39</a>", "  <a>text</a>")


def test_a_type_in_itself_is_followed_to_a_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = complex_type(one("t", "t:T")) + (
        f'<xs:complexType name="T"><xs:sequence>{one("t", "t:T", minOccurs="0")}</xs:sequence></xs:complexType>'
    )
    assert (instances_module.MAX_DEPTH, instances_module.MAX_FIELDS) == (12, 1500)
    assert most(tree).count("<t>") + most(tree).count("<t/>") == 12
    monkeypatch.setattr(instances_module, "MAX_FIELDS", 4)
    assert most(tree).count("<t>") + most(tree).count("<t/>") == 3


def test_what_is_fixed_stays() -> None:
    fixed = complex_type('<xs:element name="f" type="xs:string" fixed="x"/>', '<xs:attribute name="g" fixed="y"/>')
    assert most(fixed) == lines("<f>x</f>", attributes=' g="y"')


def test_filling_is_one_step() -> None:
    form = form_of(PARTS)
    before = form.text
    fill(form)
    assert form.text != before
    assert form.edits.undo()
    assert (form.text, can_undo(form)) == (before, False)
    assert shown(form) != ""
