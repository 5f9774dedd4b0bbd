"""Fields: where they are, when they are written, and what is wrong with their values."""

from __future__ import annotations

import pytest

from clacks_monitor.forms import Bounds, Choice, ChoiceValue, Group, Kind, ValueField
from tests.helpers.small_schemas import can_undo, complex_type, element, form_of, leaf, only, repeat, shown, value_type

NESTED = complex_type(
    '<xs:sequence minOccurs="0"><xs:element name="o" minOccurs="0"><xs:complexType><xs:sequence>'
    '<xs:element name="v" type="xs:int"/><xs:element name="w" type="xs:int" minOccurs="0"/></xs:sequence>'
    '<xs:attribute name="n" use="required"/></xs:complexType></xs:element></xs:sequence>'
    '<xs:element name="i" type="xs:int" minOccurs="0" maxOccurs="2"/>'
)


def test_a_value_brings_everything_around_it_back() -> None:
    form = form_of(NESTED, "<r></r>")
    group = only(form, Group)
    assert not group.present
    v = next(field for field in group.children[0].children if field.label == "v")
    assert isinstance(v, ValueField)
    v.value = "1"
    assert shown(form) == '<r><o n=""><v>1</v></o></r>'
    assert form.edits.undo()
    assert shown(form) == "<r></r>"
    assert not can_undo(form)


def test_switching_a_part_on_brings_everything_around_it_back() -> None:
    form = form_of(NESTED, "<r></r>")
    w = next(field for field in only(form, Group).children[0].children if field.label == "w")
    w.present = True
    assert shown(form) == '<r><o n=""><v/><w/></o></r>'
    w.present = False
    only(form, Group).present = False
    assert shown(form) == "<r></r>"
    only(form, Group).present = True
    assert shown(form) == '<r><o n=""><v/></o></r>'


def test_paths_lead_to_their_fields_and_nowhere_else() -> None:
    form = form_of(NESTED, '<r><o n="1"><v>1</v></o><i>1</i><i>2</i></r>')
    paths = [field.path for field in form.root.walk()]
    assert [path for path in paths if path] == ["o", "o/@n", "o/v", "o/w", "i[1]", "i[2]"]
    assert [leaf(form, path).value for path in ("o/@n", "o/v", "i[1]", "i[2]")] == ["1", "1", "1", "2"]
    assert form.find("") is form.root
    assert form.find("i[3]") is None
    repeat(form, "i").move(0, 1)
    assert leaf(form, "i[1]").value == "2"


def test_what_is_required_and_lacking_is_missing_and_what_is_optional_is_not() -> None:
    form = form_of(NESTED, "<r><o/></r>")
    assert [str(problem) for problem in form.problems(second_opinion=False)] == [
        "line 1, column 18: o/@n: is missing",
        "line 1, column 18: o/v: is missing",
    ]
    required = {field.path: field.required for field in form.root.walk() if field.path.startswith("o")}
    assert required == {"o": False, "o/@n": True, "o/v": True, "o/w": False}
    leaf(form, "o/v").value = "1"
    leaf(form, "o/@n").value = ""
    assert shown(form) == '<r><o n=""><v>1</v></o></r>'
    assert form.problems() == []


TEXTS = complex_type(
    "".join(
        f'<xs:element name="{name}" type="xs:string"/>'
        for name in ("Name", "Message", "LongDescription", "comments", "Text", "Texture", "context")
    )
    + '<xs:element name="note"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="9"/>'
    "</xs:restriction></xs:simpleType></xs:element>"
    '<xs:element name="body" type="xs:token"/>'
    '<xs:element name="remark"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="a*"/>'
    "</xs:restriction></xs:simpleType></xs:element>"
)


def test_texts_get_several_lines_by_their_name_or_content_unless_they_are_limited() -> None:
    form = form_of(TEXTS)
    long = {"Message", "LongDescription", "comments", "Text", "context"}
    leaves = {field.label: field for field in form.root.walk() if isinstance(field, ValueField)}
    assert {label for label, field in leaves.items() if field.kind is Kind.MULTILINE} == long
    assert all(field.kind is Kind.TEXT for label, field in leaves.items() if label not in long)
    for label in ("Name", "note", "body", "remark"):
        leaves[label].value = "a\nb"
    assert [leaves[label].kind for label in ("Name", "note", "body", "remark")] == [
        *(Kind.MULTILINE, Kind.TEXT, Kind.TEXT, Kind.TEXT),
    ]


def test_a_list_offers_what_its_items_offer() -> None:
    item = (
        '<xs:simpleType name="c"><xs:restriction base="xs:token"><xs:enumeration value="x"><xs:annotation>'
        '<xs:documentation>An x.</xs:documentation></xs:annotation></xs:enumeration><xs:enumeration value="y"/>'
        '</xs:restriction></xs:simpleType><xs:simpleType name="p"><xs:restriction base="xs:string">'
        '<xs:pattern value="[A-Z]{2}"/></xs:restriction></xs:simpleType>'
    )
    form = form_of(
        item
        + complex_type(
            '<xs:element name="cs"><xs:simpleType><xs:list itemType="t:c"/></xs:simpleType></xs:element>'
            '<xs:element name="ps"><xs:simpleType><xs:list itemType="t:p"/></xs:simpleType></xs:element>'
            '<xs:element name="own"><xs:simpleType><xs:restriction><xs:simpleType><xs:list itemType="t:c"/>'
            '</xs:simpleType><xs:enumeration value="x y"/><xs:pattern value="x y"/></xs:restriction></xs:simpleType>'
            "</xs:element>"
        )
    )
    assert leaf(form, "cs").choices == (ChoiceValue("x", "An x."), ChoiceValue("y", ""))
    assert leaf(form, "cs").pattern_description == ""
    assert (leaf(form, "ps").choices, leaf(form, "ps").pattern_description) == ((), "2 capital letters")
    assert [item.value for item in leaf(form, "own").choices] == ["x y"]
    assert leaf(form, "own").pattern_description == "“x y”"


def test_raw_parts_have_no_bounds_and_no_choices() -> None:
    form = form_of(complex_type('<xs:any processContents="skip"/>'), "<r><x/></r>")
    raw = only(form, ValueField)
    assert (raw.kind, raw.bounds, raw.choices, raw.pattern_description) == (Kind.RAW_XML, Bounds(), (), "")


FIXED = complex_type(
    '<xs:element name="f" type="xs:string" fixed="a b"/><xs:element name="t" type="xs:token" fixed="a b"/>'
    '<xs:element name="n" type="xs:decimal" fixed="1.0"/><xs:element name="d" type="xs:int" default="7"/>'
    '<xs:element name="i" type="xs:int"/>',
    '<xs:attribute name="g" type="xs:string" fixed="x"/><xs:attribute name="h" default="y"/>',
)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("f", "a b", None),
        ("f", "", None),
        ("f", "a  b", "must be a b"),
        ("f", "c", "must be a b"),
        ("t", " a  b ", None),
        ("t", "ab", "must be a b"),
        ("n", "1", None),
        ("n", "x", "expected: a number such as 12 or 3.5"),
        ("d", "", None),
        ("d", "x", "expected: a whole number from -2147483648 to 2147483647"),
        ("i", "", "empty; expected: a whole number from -2147483648 to 2147483647"),
        ("i", " ", "empty; expected: a whole number from -2147483648 to 2147483647"),
        ("i", " 1 ", None),
        ("@g", "x", None),
        ("@g", "z", "must be x"),
        ("@h", "z", None),
    ],
)
def test_what_is_fixed_must_be_and_what_has_a_default_may_be_empty(path: str, value: str, words: str | None) -> None:
    form = form_of(FIXED)
    field = leaf(form, path)
    assert field.check(value) == words
    field.value = value
    assert field.problem() == words


def test_new_fields_hold_what_is_fixed_the_default_or_the_first_choice() -> None:
    form = form_of(FIXED)
    values = {field.path: (field.value, field.present) for field in form.root.walk() if isinstance(field, ValueField)}
    assert values == {
        "@g": ("x", False),
        "@h": ("y", False),
        "f": ("a b", True),
        "t": ("a b", True),
        "n": ("1.0", True),
        "d": ("7", True),
        "i": ("", True),
    }
    choices = form_of(
        complex_type('<xs:element name="b" type="xs:boolean"/>', '<xs:attribute name="e" type="t:e" use="required"/>')
        + '<xs:simpleType name="e"><xs:restriction base="xs:int"><xs:enumeration value="3"/><xs:enumeration value="4"/>'
        "</xs:restriction></xs:simpleType>"
    )
    assert (leaf(choices, "b").value, leaf(choices, "@e").value) == ("false", "3")


@pytest.mark.parametrize(
    ("base", "fixed", "value", "words"),
    [
        *(("xs:Name", "a", "b", "must be a"), ("xs:NCName", "a", " a ", None), ("xs:NMTOKEN", "a", "b", "must be a")),
        *(("xs:normalizedString", "a b", "a b", None), ("xs:normalizedString", "a b", "a", "must be a b")),
        *(("xs:float", "1", "1E0", None), ("xs:boolean", "true", "1", None)),
    ],
)
def test_what_is_fixed_is_compared_as_its_type_says(base: str, fixed: str, value: str, words: str | None) -> None:
    form = form_of(f'<xs:element name="r" type="{base}" fixed="{fixed}"/>')
    assert leaf(form, "").check(value) == words


def test_an_element_with_attributes_checks_its_fixed_value() -> None:
    form = form_of(
        '<xs:element name="r" fixed="1"><xs:complexType mixed="true"><xs:sequence>'
        '<xs:element name="a" minOccurs="0"/></xs:sequence><xs:attribute name="x"/></xs:complexType></xs:element>'
    )
    text = element(form, "").text
    assert text is not None
    assert (text.value, text.problem()) == ("1", None)
    assert [text.check(value) for value in ("", "1", "2")] == [None, None, "must be 1"]


def test_a_prefix_that_only_the_schema_knows_is_declared_for_the_value() -> None:
    declarations = (
        complex_type(
            '<xs:element name="q" type="t:q"/>',
            '<xs:attribute name="l"><xs:simpleType><xs:list itemType="t:q"/></xs:simpleType></xs:attribute>'
            '<xs:attribute name="u"><xs:simpleType><xs:union memberTypes="xs:int t:q"/></xs:simpleType></xs:attribute>',
        )
        + '<xs:simpleType name="q"><xs:restriction base="xs:QName"/></xs:simpleType>'
    )
    form = form_of(declarations, "<r><q/></r>")
    leaf(form, "q").value = "t:x"
    assert shown(form) == '<r><q xmlns:t="urn:t">t:x</q></r>'
    leaf(form, "@l").value = "a t:x"
    q = '<q xmlns:t="urn:t">t:x</q>'
    assert form.text == f'<r xmlns="urn:t" xmlns:t="urn:t" l="a t:x">{q}</r>'
    leaf(form, "@l").present = False
    leaf(form, "@u").value = "t:x"
    assert form.text == f'<r xmlns="urn:t" xmlns:t="urn:t" u="t:x">{q}</r>'
    leaf(form, "@u").present = False
    leaf(form, "q").value = "z:x"
    assert shown(form) == "<r><q>z:x</q></r>"


def test_placeholders_are_judged_by_what_they_become_everywhere() -> None:
    form = form_of(value_type("", "xs:int"))
    form.edits.preview = lambda text: text.replace("{{x}}", "1")
    leaf(form, "").value = "{{x}}"
    assert leaf(form, "").problem() is None
    leaf(form, "").value = "{{y}}"
    assert leaf(form, "").problem() is not None


def test_a_choice_that_is_absent_is_brought_back_by_choosing() -> None:
    choice = complex_type(
        '<xs:choice minOccurs="0"><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string"/>'
        "</xs:choice>"
    )
    form = form_of(choice, "<r></r>")
    field = only(form, Choice)
    assert (field.present, field.selected, field.problem()) == (False, None, None)
    field.selected = 1
    assert shown(form) == "<r><b/></r>"
    form.edits.undo()
    assert shown(form) == "<r></r>"
