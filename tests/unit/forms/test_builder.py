"""From a content model to fields: what a new form begins with, what a text's elements become, and what ends."""

from __future__ import annotations

import pytest

from clacks_monitor.forms import Choice, ElementField, Form, Repeat, ValidationIssue, ValueField
from clacks_monitor.forms.costs import ENDLESS, Costs
from clacks_monitor.forms.element_body import MAX_DEPTH
from clacks_monitor.forms.value_fields import RawXml, SimpleElementField
from tests.helpers.small_schemas import NS, XSI, complex_type, element, form_of, leaf, only, repeat, schema_of, shown


def one(name: str, kind: str = "xs:string", **occurs: str) -> str:
    bounds = "".join(f' {key}="{value}"' for key, value in occurs.items())
    return f'<xs:element name="{name}" type="{kind}"{bounds}/>'


def named(name: str, content: str, after: str = "") -> str:
    return f'<xs:complexType name="{name}"><xs:sequence>{content}</xs:sequence>{after}</xs:complexType>'


@pytest.mark.parametrize(
    ("namespace", "words"),
    [
        ("##any", "any namespace"),
        ("##other", "other namespaces than this schema's"),
        ("##local", "no namespace"),
        ("##targetNamespace", "urn:t"),
        ("urn:a", "urn:a"),
        ("urn:b urn:a", "urn:a or urn:b"),
    ],
)
def test_a_wildcard_says_which_namespaces_it_takes(namespace: str, words: str) -> None:
    form = form_of(complex_type(f'<xs:any namespace="{namespace}" processContents="skip"/>'))
    assert only(form, RawXml).documentation == f"Any elements of {words}, as XML text."


@pytest.mark.parametrize(
    ("occurs", "body", "value", "present"),
    [
        ('minOccurs="0"', None, "", False),
        ('minOccurs="0"', "<r></r>", "", False),
        ("", None, "", True),
        ("", "<r></r>", "", False),
        ("", '<r><a xmlns="u"/></r>', '<a xmlns="u"/>', True),
        ('maxOccurs="2"', '<r xmlns:u="u"><u:a/> <u:b/></r>', "<u:a/> <u:b/>", True),
        ('maxOccurs="unbounded"', f'<r xmlns:u="u">{"<u:a/>" * 30}</r>', "<u:a/>" * 30, True),
    ],
)
def test_elements_of_a_wildcard_are_one_raw_part(occurs: str, body: str | None, value: str, present: bool) -> None:
    wild = complex_type(f'<xs:any namespace="##other" processContents="skip" {occurs}/>')
    form = Form.for_element(schema_of(wild), f"{{{NS}}}r", body and body.replace("<r", f'<r xmlns="{NS}"', 1))
    raw = only(form, RawXml)
    assert (raw.value, raw.present, raw.optional) == (value, present, "minOccurs" in occurs)


def test_more_than_a_wildcard_takes_is_not_in_its_part() -> None:
    wild = complex_type('<xs:any namespace="##other" processContents="skip" maxOccurs="2"/>')
    form = Form.for_element(schema_of(wild), f"{{{NS}}}r", f'<r xmlns="{NS}" xmlns:u="u"><u:a/><u:b/><u:c/></r>')
    assert only(form, RawXml).problem() == "the order of the elements violates the schema"


def test_a_wildcard_in_a_choice_that_repeats_takes_one_at_a_time() -> None:
    wild = '<xs:any namespace="##other" processContents="skip"/>'
    choice = complex_type(f'<xs:choice maxOccurs="unbounded">{one("a")}{wild}</xs:choice>')
    form = Form.for_element(schema_of(choice), f"{{{NS}}}r", f'<r xmlns="{NS}" xmlns:u="u"><u:a/><a/><u:b/><u:c/></r>')
    items = next(field for field in form.root.walk() if isinstance(field, Repeat)).items
    assert [item.selected for item in items if isinstance(item, Choice)] == [1, 0, 1, 1]


TREE = named("T", one("n", minOccurs="0") + one("t", "t:T", minOccurs="0"))


def test_a_new_form_takes_the_branch_that_needs_least_and_ends() -> None:
    choice = complex_type(f"<xs:choice><xs:sequence>{one('a')}{one('b')}</xs:sequence>{one('c')}{one('d')}</xs:choice>")
    assert only(form_of(choice), Choice).selected == 1
    recursive = complex_type(one("e", "t:E")) + named(
        "E", f"<xs:choice>{one('e', 't:E')}<xs:sequence>{one('x')}{one('y')}</xs:sequence></xs:choice>"
    )
    form = form_of(recursive)
    assert only(form, Choice).selected == 1
    assert form.costs.finite(only(form, Choice).particle)


def test_a_type_that_requires_itself_is_text_and_said_to_be_endless() -> None:
    endless = complex_type(one("e", "t:E")) + named("E", one("e", "t:E"))
    form = form_of(endless)
    assert form.costs.endless(element(form, "").element)
    assert only(form, RawXml).value == ""
    opened = form_of(endless, "<r><e><e/></e></r>")
    assert element(opened, "e/e").body.content is not None
    tree = form_of(complex_type(one("t", "t:T")) + TREE)
    assert not tree.costs.endless(element(tree, "").element)


def test_a_choice_of_endless_branches_has_none() -> None:
    endless = complex_type(f"<xs:choice minOccurs='0'>{one('e', 't:E')}</xs:choice>") + named("E", one("e", "t:E"))
    form = form_of(endless)
    choice = next(iter(form.root.children))
    assert isinstance(choice, Choice)
    assert (choice.selected, choice.present) == (None, False)
    assert not form.costs.finite(choice.particle.items[0])


@pytest.mark.parametrize(
    ("content", "cost"),
    [
        ("", 0),
        (one("a"), 1),
        (one("a", minOccurs="0"), 0),
        (one("a", minOccurs="3", maxOccurs="3"), 3),
        (one("a") + one("b"), 2),
        (f"<xs:choice>{one('a')}{one('b')}</xs:choice>", 1),
        (f"<xs:choice minOccurs='2' maxOccurs='2'><xs:sequence>{one('a')}{one('b')}</xs:sequence></xs:choice>", 4),
        (f"<xs:sequence minOccurs='0'>{one('a')}</xs:sequence>", 0),
        ('<xs:any minOccurs="2" maxOccurs="2" processContents="skip"/>', 2),
        ('<xs:any minOccurs="0" processContents="skip"/>', 0),
        (one("t", "t:T"), 1),
        (one("u", "t:U"), 3),
        (one("e", "t:E"), ENDLESS),
        (f"<xs:choice>{one('e', 't:E')}{one('u', 't:U')}</xs:choice>", 3),
    ],
)
def test_the_least_number_of_elements(content: str, cost: int) -> None:
    types = TREE + named("U", one("a") + one("t", "t:T")) + named("E", one("e", "t:E"))
    components = schema_of(complex_type(content) + types).components()
    assert not isinstance(components, ValidationIssue)
    spec = components.element(f"{{{NS}}}r")
    assert spec is not None
    costs = Costs()
    assert [costs.of_type(spec.type), costs.of_type(spec.type)] == [cost, cost]


def test_an_element_is_only_a_value_unless_it_can_be_more() -> None:
    declarations = (
        complex_type(
            one("plain")
            + '<xs:element name="nil" type="xs:int" nillable="true"/><xs:element ref="t:head"/>'
            + '<xs:element name="attributed"><xs:complexType><xs:simpleContent><xs:extension base="xs:int">'
            '<xs:attribute name="n"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>'
        )
        + '<xs:element name="head" type="xs:int"/><xs:element name="other" type="xs:int" substitutionGroup="t:head"/>'
    )
    form = form_of(declarations)
    kinds = {field.label: type(field) for field in form.root.children}
    assert kinds == {"plain": SimpleElementField, "nil": ElementField, "head": ElementField, "attributed": ElementField}
    assert element(form, "head").variants == ("head", "other")
    for written, kind in (("1", SimpleElementField), ("<x/>", ElementField)):
        opened = form_of(complex_type(one("plain")), f"<r><plain>{written}</plain></r>")
        assert type(opened.find("plain")) is kind
    for attribute, kind in (
        (' xmlns:x="u"', SimpleElementField),
        (' xmlns="urn:t"', SimpleElementField),
        (' x="u"', ElementField),
    ):
        opened = form_of(
            complex_type(one("plain")), f"<r><plain{attribute}>1</plain></r>".replace("<r", "<r xmlns='urn:t'")
        )
        assert type(opened.find("plain")) is kind, attribute


def test_elements_in_a_value_are_shown_as_text_with_the_reason() -> None:
    form = form_of(complex_type(one("plain")), "<r><plain><x/></plain></r>")
    raw = only(form, RawXml)
    assert (raw.value, raw.problem()) == ("<x/>", "a value must not contain elements")


def test_text_in_content_without_elements_says_whether_it_may_be() -> None:
    assert only(form_of(complex_type("", mixed="true"), "<r>x</r>"), RawXml).problem() is None
    assert only(form_of(complex_type(""), "<r>x</r>"), RawXml).problem() == "text is not allowed here"


def deep(levels: int) -> Form:
    body = "<t>" * levels + "</t>" * levels
    return form_of(complex_type(one("t", "t:T")) + TREE, f"<r>{body}</r>")


def test_what_is_nested_deeper_than_python_can_go_is_text() -> None:
    assert MAX_DEPTH == 40
    form = deep(MAX_DEPTH + 2)
    depths = [field.depth for field in form.root.walk() if isinstance(field, ElementField)]
    assert max(depths) == MAX_DEPTH + 1
    raw = only(form, RawXml)
    assert raw.value == "<t><t></t></t>"
    assert shown(form) == f"<r>{'<t>' * 42}{'</t>' * 42}</r>"
    assert not [field for field in deep(MAX_DEPTH - 1).root.walk() if isinstance(field, RawXml)]


def test_a_type_that_nobody_offered_is_taken_as_it_is_written() -> None:
    form = form_of(
        complex_type(one("v", "xs:decimal"))
        + '<xs:simpleType name="s"><xs:restriction base="xs:decimal"/></xs:simpleType>',
        f'<r {XSI} xmlns:t="urn:t"><v xsi:type="t:s">1</v></r>'.replace("<r", '<r xmlns="urn:t"'),
    )
    v = element(form, "v")
    assert v.variants == ("v", "v (s)")
    assert v.variant == 1
    assert form.text == f'<r xmlns="urn:t" {XSI} xmlns:t="urn:t"><v xsi:type="t:s">1</v></r>'
    unknown = form_of(complex_type(one("v", "xs:decimal")), f'<r {XSI}><v xsi:type="none">1</v></r>')
    assert element(unknown, "v").variants == ("v", "v (none)")


def test_a_type_named_as_the_declared_one_is_that_variant() -> None:
    declarations = complex_type(one("v", "t:V")) + named("V", one("a"))
    form = form_of(declarations, f'<r {XSI}><v xsi:type="V"><a>1</a></v></r>')
    assert (element(form, "v").variants, element(form, "v").variant) == (("v",), 0)
    leaf(form, "v/a").value = "2"
    assert shown(form) == f'<r {XSI}><v xsi:type="V"><a>2</a></v></r>'


def test_a_substitute_is_written_in_its_heads_place() -> None:
    declarations = complex_type('<xs:element ref="t:head"/>') + (
        '<xs:element name="head" type="xs:int"/><xs:element name="other" type="xs:int" substitutionGroup="t:head"/>'
    )
    form = form_of(declarations, "<r><other>1</other></r>")
    field = element(form, "head")
    assert (field.variant, field.text and field.text.value) == (1, "1")
    field.variant = 0
    assert shown(form) == "<r><head></head></r>" or shown(form) == "<r><head/></r>"
    form.edits.undo()
    assert shown(form) == "<r><other>1</other></r>"
    for index in (-1, 2):
        with pytest.raises(IndexError, match="there are 2 variants"):
            field.variant = index


def test_an_abstract_element_without_substitutes_says_so() -> None:
    form = form_of(complex_type('<xs:element ref="t:head"/>') + '<xs:element name="head" abstract="true"/>', "<r></r>")
    head = form.root.children[0]
    assert head.problem() == "is missing"
    head.present = True
    assert head.problem() == "the schema has only abstract types for this"


def test_children_are_attributes_then_content_then_what_is_odd() -> None:
    form = form_of(
        complex_type(one("a"), '<xs:attribute name="n"/><xs:anyAttribute/>', mixed="true"),
        '<r n="1">x<a>1</a><odd/></r>',
    )
    assert [field.path for field in form.root.children] == ["@n", "@*", "a", "text()[1]", "odd"]
    odd = form.find("odd")
    assert odd is not None
    assert (odd.problem(), odd.optional) == ("the schema does not declare this element here", True)


def test_new_items_of_a_wildcard_and_of_elements_are_in_their_repetition() -> None:
    items = repeat(form_of(complex_type(one("a", minOccurs="2", maxOccurs="3"))), "a")
    assert all(isinstance(item, ValueField) and item.in_repeat and item.present for item in items.items)
