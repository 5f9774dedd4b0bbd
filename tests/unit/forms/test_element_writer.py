"""What an edit makes of an element's text: only its own place changes, also where parts were lacking or odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.forms import Choice, Form
from tests.helpers.small_schemas import XSI, complex_type, element, form_of, leaf, only, repeat, shown

if TYPE_CHECKING:
    from collections.abc import Callable

OPTIONAL = complex_type(
    '<xs:element name="a" type="xs:string" minOccurs="0"/><xs:element name="b" type="xs:string" minOccurs="0"/>',
    '<xs:attribute name="n"/><xs:attribute name="o" default="x"/><xs:anyAttribute processContents="lax"/>',
)
NILLABLE = complex_type(
    '<xs:element name="a" nillable="true" minOccurs="0"><xs:complexType><xs:sequence>'
    '<xs:element name="x" type="xs:int" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>'
)
MIXED = complex_type(
    '<xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string" minOccurs="0"/>', mixed="true"
)
REPEATED = complex_type(
    '<xs:element name="a" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>'
    '<xs:element name="b" type="xs:string" minOccurs="0"/>'
)


def value(path: str, new: str) -> Callable[[Form], None]:
    def edit(form: Form) -> None:
        leaf(form, path).value = new

    return edit


def absent(path: str) -> Callable[[Form], None]:
    def edit(form: Form) -> None:
        leaf(form, path).present = False

    return edit


@pytest.mark.parametrize(
    ("body", "edit", "edited"),
    [
        ('<r x="1" n="2" y="3"><a>q</a></r>', value("@*", 'x="5"'), '<r n="2" x="5"><a>q</a></r>'),
        ('<r x="1" n="2" y="3"><a>q</a></r>', value("@*", ' x="5" z="6" '), '<r n="2" x="5" z="6"><a>q</a></r>'),
        ('<r x="1" n="2" y="3"><a>q</a></r>', absent("@*"), '<r n="2"><a>q</a></r>'),
        ('<r x="1" n="2" y="3"><a>q</a></r>', value("@*", ""), '<r n="2"><a>q</a></r>'),
        ('<r x="1" n="2" y="3"><a>q</a></r>', value("a", "p"), '<r x="1" n="2" y="3"><a>p</a></r>'),
        ('<r x="1" n="2" y="3"><a>q</a></r>', absent("@n"), '<r x="1" y="3"><a>q</a></r>'),
        ('<r n="2"/>', value("@*", 'x="1"'), '<r n="2" x="1"/>'),
        ('<r n="2"/>', value("@o", "x"), '<r n="2" o="x"/>'),
        ('<r n="2"/>', value("@o", "y"), '<r n="2" o="y"/>'),
        ('<r o="z"/>', value("@o", "x"), '<r o="x"/>'),
        ('<r o="z"/>', absent("@o"), "<r/>"),
    ],
)
def test_attributes_are_changed_where_they_stand_and_never_written_twice(
    body: str, edit: Callable[[Form], None], edited: str
) -> None:
    form = form_of(OPTIONAL, body)
    assert shown(form) == body
    edit(form)
    assert shown(form) == edited
    assert form.problems() == []
    form.edits.undo()
    assert shown(form) == body


def test_wildcard_attributes_are_one_field_without_those_that_have_their_own() -> None:
    form = form_of(OPTIONAL, f'<r {XSI} xmlns:p="urn:p" p:x = "1" n="2"\n y=\'3\' xsi:schemaLocation="a b"/>')
    assert (leaf(form, "@*").value, leaf(form, "@*").present) == ("p:x = \"1\" y='3'", True)
    assert (leaf(form, "@n").value, leaf(form, "@n").present) == ("2", True)
    assert (leaf(form, "@o").value, leaf(form, "@o").present) == ("x", False)
    bare = form_of(OPTIONAL, "<r/>")
    assert (leaf(bare, "@*").value, leaf(bare, "@*").present) == ("", False)


@pytest.mark.parametrize(
    ("body", "edited"),
    [
        ("<r/>", "<r><b>u</b></r>"),
        ("<r></r>", "<r><b>u</b></r>"),
        ("<r> </r>", "<r><b>u</b></r>"),
        ("<r><!-- c --></r>", "<r><!-- c --><b>u</b></r>"),
        ("<r>\n</r>", "<r>\n  <b>u</b>\n</r>"),
        ('<r n="1" />', '<r n="1"><b>u</b></r>'),
        ('<r\n  n="1"\n/>', '<r\n  n="1">\n  <b>u</b>\n</r>'),
        ("<r>\n <a>1</a>\n</r>", "<r>\n <a>1</a>\n <b>u</b>\n</r>"),
        ("<r><a>1</a></r>", "<r><a>1</a><b>u</b></r>"),
        ("<r>\n  <!-- x --><a>1</a>\n</r>", "<r>\n  <!-- x --><a>1</a>\n  <b>u</b>\n</r>"),
    ],
)
def test_an_optional_part_that_a_text_lacks_is_written_in_the_texts_own_shape(body: str, edited: str) -> None:
    form = form_of(OPTIONAL, body)
    assert shown(form) == body
    assert not leaf(form, "b").present
    leaf(form, "b").value = "u"
    assert shown(form) == edited
    assert form.problems() == []
    form.edits.undo()
    assert shown(form) == body


def test_a_new_element_has_its_parts_on_lines_of_their_own_and_closes_itself_when_empty() -> None:
    form = form_of(OPTIONAL)
    assert form.text == '<t:r xmlns:t="urn:t"/>\n'
    leaf(form, "@*").value = 'p="1"'
    leaf(form, "@n").value = "1"
    leaf(form, "b").value = "u"
    leaf(form, "a").value = ""
    assert form.text == '<t:r xmlns:t="urn:t" n="1" p="1">\n  <t:a/>\n  <t:b>u</t:b>\n</t:r>\n'


@pytest.mark.parametrize(
    ("inner", "edited"),
    [
        ("<a><x>1</x></a>", f'<a {XSI} xsi:nil="true"></a>'),
        ("<a><!-- k --></a>", f'<a {XSI} xsi:nil="true"><!-- k --></a>'),
        ("<a>text</a>", f'<a {XSI} xsi:nil="true"></a>'),
        (f'<a {XSI} xsi:nil="false"/>', f'<a {XSI} xsi:nil="true"/>'),
        (f'<a {XSI} xsi:nil="true"/>', f"<a {XSI}/>"),
        (f'<a {XSI} xsi:nil="1"/>', f"<a {XSI}/>"),
        (f'<a {XSI} xsi:nil=" true "><!-- c --></a>', f"<a {XSI}><!-- c --></a>"),
    ],
)
def test_nil_is_set_and_taken_away(inner: str, edited: str) -> None:
    form = form_of(NILLABLE, f"<r>{inner}</r>")
    field = element(form, "a")
    assert shown(form) == f"<r>{inner}</r>"
    field.nil = not field.nil
    assert shown(form) == f"<r>{edited}</r>"
    assert form.problems() == []
    form.edits.undo()
    assert shown(form) == f"<r>{inner}</r>"


def test_an_element_that_was_nil_can_be_filled() -> None:
    form = form_of(NILLABLE, f'<r><a {XSI} xsi:nil="true"/></r>')
    assert form.find("a/x") is None
    element(form, "a").nil = False
    leaf(form, "a/x").value = "3"
    assert shown(form) == f"<r><a {XSI}><x>3</x></a></r>"


@pytest.mark.parametrize(
    ("edits", "edited"),
    [
        ([value("text()[2]", "x<y")], "<r>one<a>1</a>x&lt;y<!-- c --><b>2</b>four<?p x?></r>"),
        ([absent("text()[1]")], "<r><a>1</a>two<!-- c -->three<b>2</b>four<?p x?></r>"),
        ([value("text()[3]", "z")], "<r>one<a>1</a>two<!-- c -->three<b>2</b>z<?p x?></r>"),
        ([absent("b")], "<r>one<a>1</a>two<!-- c -->threefour<?p x?></r>"),
        ([value("text()[2]", "x"), absent("b")], "<r>one<a>1</a>x<!-- c -->four<?p x?></r>"),
    ],
)
def test_text_between_elements_is_edited_without_its_comments(edits: list[Callable[[Form], None]], edited: str) -> None:
    body = "<r>one<a>1</a>two<!-- c -->three<b>2</b>four<?p x?></r>"
    form = form_of(MIXED, body)
    assert [leaf(form, f"text()[{n}]").value for n in (1, 2, 3)] == ["one", "twothree", "four"]
    for edit in edits:
        form.edits.seal()
        edit(form)
    assert shown(form) == edited
    while form.edits.undo():
        pass
    assert shown(form) == body


def test_text_stays_where_it_was_when_elements_come_and_go_around_it() -> None:
    form = form_of(MIXED, "<r>one</r>")
    assert leaf(form, "a").problem() == "is missing"
    leaf(form, "a").value = "x"
    assert shown(form) == "<r>one<a>x</a></r>"
    form = form_of(MIXED, "<r>\n  <a>1</a>\n  two\n  <b>2</b>\n</r>")
    leaf(form, "b").present = False
    assert shown(form) == "<r>\n  <a>1</a>\n  two\n</r>"


SPACED = "<r>\n <a>1</a>\n\n <!-- two --><a>2</a>\n\n\n <a>3</a>\n</r>"
COMMENTED = "<r><!-- one --><a>1</a><!-- two --><a>2</a> text <b>3</b><!-- z --></r>"


@pytest.mark.parametrize(
    ("body", "edit", "edited"),
    [
        (SPACED, lambda form: repeat(form, "a").add(0), SPACED.replace("<r>", "<r>\n <a/>")),
        (SPACED, lambda form: repeat(form, "a").add(), SPACED.replace("3</a>", "3</a>\n <a/>")),
        (SPACED, lambda form: repeat(form, "a").remove(2), SPACED.replace("\n\n\n <a>3</a>", "")),
        (SPACED, lambda form: repeat(form, "a").remove(1), SPACED.replace("<a>2</a>", "")),
        (SPACED, lambda form: repeat(form, "a").remove(0), SPACED.replace("\n <a>1</a>", "")),
        (SPACED, lambda form: repeat(form, "a").remove(-1), SPACED.replace("\n\n\n <a>3</a>", "")),
        (COMMENTED, lambda form: repeat(form, "a").remove(1), COMMENTED.replace("<a>2</a>", "")),
        (COMMENTED, lambda form: repeat(form, "a").remove(0), COMMENTED.replace("<a>1</a>", "")),
        (COMMENTED, absent("b"), COMMENTED.replace(" <b>3</b>", "")),
        (
            COMMENTED,
            lambda form: repeat(form, "a").move(0, 1),
            "<r><!-- two --><a>2</a><!-- one --><a>1</a> text <b>3</b><!-- z --></r>",
        ),
    ],
)
def test_repeated_elements_come_and_go_with_their_blanks_and_without_their_comments(
    body: str, edit: Callable[[Form], None], edited: str
) -> None:
    form = form_of(REPEATED, body)
    assert shown(form) == body
    edit(form)
    assert shown(form) == edited
    form.edits.undo()
    assert shown(form) == body


def test_the_last_repeated_element_leaves_comments_where_all_stood() -> None:
    form = form_of(REPEATED, COMMENTED)
    repeat(form, "a").remove(0)
    repeat(form, "a").remove(0)
    assert shown(form) == "<r><!-- one --><!-- two --> text <b>3</b><!-- z --></r>"


VARIANTS = complex_type('<xs:element name="s" type="t:Shape"/>') + (
    '<xs:complexType name="Shape"><xs:sequence><xs:element name="at" type="xs:int" minOccurs="0"/></xs:sequence>'
    '</xs:complexType><xs:complexType name="Circle"><xs:complexContent><xs:extension base="t:Shape"><xs:sequence>'
    '<xs:element name="radius" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>'
)


def test_a_derived_type_is_named_in_the_tag_and_the_plain_one_is_not() -> None:
    form = form_of(VARIANTS, "<r><s><at>1</at></s></r>")
    shape = element(form, "s")
    assert shape.variants == ("s", "s (Circle)")
    shape.variant = 1
    leaf(form, "s/radius").value = "2"
    assert form.text == f'<r xmlns="urn:t"><s {XSI} xsi:type="Circle"><radius>2</radius></s></r>'
    assert form.problems() == []
    shape.variant = 0
    assert shown(form) == "<r><s><at>1</at></s></r>"


@pytest.mark.parametrize("name", ["p:Circle", "  p:Circle\n"])
def test_a_derived_type_of_a_text_is_kept_as_it_is_spelled(name: str) -> None:
    body = f'<r {XSI} xmlns:p="urn:t"><s xsi:type="{name}"><radius>1</radius></s></r>'
    form = form_of(VARIANTS, body)
    assert element(form, "s").variant == 1
    leaf(form, "s/radius").value = "2"
    assert shown(form) == body.replace(">1<", ">2<")


VALUE = complex_type(
    '<xs:element name="v" minOccurs="0"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">'
    '<xs:attribute name="u"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>'
)


@pytest.mark.parametrize(
    ("body", "edit", "edited"),
    [
        ("<r><v>a<!-- c -->b</v></r>", value("v/@u", "1"), '<r><v u="1">a<!-- c -->b</v></r>'),
        ("<r><v><![CDATA[<]]></v></r>", value("v/@u", "1"), '<r><v u="1"><![CDATA[<]]></v></r>'),
        ("<r><v u='1'>a</v ></r>", lambda form: setattr(element(form, "v").text, "value", "<b>"),
         "<r><v u='1'>&lt;b&gt;</v ></r>"),
        ("<r><v/></r>", lambda form: setattr(element(form, "v").text, "value", "b"), "<r><v>b</v></r>"),
        ("<r><v>a</v></r>", lambda form: setattr(element(form, "v").text, "value", ""), "<r><v></v></r>"),
    ],
)  # fmt: skip
def test_the_value_of_an_element_with_attributes_is_kept_or_written_anew(
    body: str, edit: Callable[[Form], None], edited: str
) -> None:
    form = form_of(VALUE, body)
    edit(form)
    assert shown(form) == edited
    form.edits.undo()
    assert shown(form) == body


def test_an_unknown_element_stays_before_the_known_one_that_it_stood_before() -> None:
    body = "<r><x/><a>1</a><y/><z/><b>2</b><w/></r>"
    form = form_of(REPEATED, body)
    assert shown(form) == body
    repeat(form, "a").add()
    assert shown(form) == "<r><x/><a>1</a><a/><y/><z/><b>2</b><w/></r>"
    form.edits.undo()
    absent_one = form.find("y")
    assert absent_one is not None
    absent_one.present = False
    assert shown(form) == body.replace("<y/>", "")


def test_elements_in_an_order_that_no_schema_allows_are_edited_as_text() -> None:
    form = form_of(REPEATED, "<r><b>1</b><a>2</a></r>")
    raw = next(field for field in form.root.walk() if field.label == "content")
    assert raw.problem() == "the order of the elements violates the schema"
    raw.value = "<a>2</a><b>1</b>"  # type: ignore[attr-defined]  # a value
    assert shown(form) == "<r><a>2</a><b>1</b></r>"
    raw.value = ""  # type: ignore[attr-defined]  # a value
    assert shown(form) == "<r></r>"


def test_a_choice_writes_only_its_selected_branch() -> None:
    choice = complex_type(
        '<xs:choice minOccurs="0"><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string"/>'
        "</xs:choice>"
    )
    form = form_of(choice, "<r><a>1</a></r>")
    branches = only(form, Choice)
    branches.selected = 1
    assert shown(form) == "<r><b/></r>"
    branches.present = False
    assert shown(form) == "<r></r>"
