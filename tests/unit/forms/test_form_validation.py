"""A form's list of problems: in the text's order, each at its field, each once."""

from __future__ import annotations

from clacks_monitor.forms import Form
from clacks_monitor.forms.form_validation import resolve
from tests.helpers.small_schemas import complex_type, form_of, leaf, schema_of, value_type

INT = "a whole number from -2147483648 to 2147483647"
TWO = complex_type(
    '<xs:element name="a" type="xs:int"/><xs:element name="b" minOccurs="0" maxOccurs="9"><xs:complexType>'
    '<xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="n" type="xs:int" use="required"/>'
    "</xs:extension></xs:simpleContent></xs:complexType></xs:element>"
)


def told(form: Form, *, second_opinion: bool = True) -> list[str]:
    return [str(problem) for problem in form.problems(second_opinion=second_opinion)]


def test_problems_come_in_the_texts_order_each_at_its_element() -> None:
    form = form_of(TWO, '<r>\n<a>x</a>\n<b n="y">z</b>\n<b n="1">2</b>\n<b>3</b></r>')
    assert told(form) == [
        f"line 2, column 1: a: expected: {INT}",
        f"line 3, column 1: b[1]/@n: expected: {INT}",
        f"line 3, column 1: b[1]: expected: {INT}",
        "line 5, column 1: b[3]/@n: is missing",
    ]
    assert told(form, second_opinion=False) == told(form)


def test_what_only_the_validators_see_is_put_at_its_field() -> None:
    unique = TWO.replace(
        "</xs:element>",
        '<xs:unique name="u"><xs:selector xpath="t:b"/><xs:field xpath="@n"/></xs:unique></xs:element>',
    )
    declarations = TWO[: TWO.rindex("</xs:element>")] + unique[unique.rindex("<xs:unique") :]
    form = form_of(declarations, '<r><a>1</a>\n<b n="1">2</b>\n<b n="1">3</b></r>')
    assert told(form) == ["line 3, column 1: b[2]: duplicate '1' (u)"]


def test_a_problem_that_only_one_validator_sees_names_it_and_a_first_look_does_not_ask_the_second() -> None:
    form = form_of(complex_type('<xs:element name="i" type="xs:IDREF"/>'), "<r><i>a</i></r>")
    words = "accepted by the agent's validator (libxml2), not allowed by XML Schema"
    assert told(form) == [f"line 1, column 1: no element has the ID a ({words})"]
    assert told(form, second_opinion=False) == []


def test_a_text_that_is_no_longer_well_formed_is_the_only_problem() -> None:
    form = form_of(TWO, "<r><a>x</a></r>")
    form.text_edited("<r>\n<")
    assert [problem.line for problem in form.problems()] == [2]
    form.text_edited("<x/>")
    assert told(form) == [f"line 1, column 18: a: expected: {INT}"]


def test_a_raw_part_that_is_not_well_formed_is_said_by_its_field() -> None:
    form = form_of(complex_type('<xs:any processContents="skip"/>'), '<r xmlns="urn:t"><x xmlns="u"/></r>')
    leaf(form, "any element").value = "<x>"
    (problem,) = form.problems()
    assert (problem.path, problem.line, problem.column) == ("any element", 1, 18)
    assert "not well-formed" in problem.text


def test_what_no_field_objects_to_is_said_with_the_place_of_the_parser() -> None:
    form = form_of(value_type(""), "<r>x</r>")
    leaf(form, "").value = "\x01"
    (problem,) = form.problems()
    assert (problem.line, problem.path) == (1, "")
    assert "not well-formed" in problem.text


def test_placeholders_are_resolved_and_escaped_for_a_look() -> None:
    values = {"{{a}}": "<&>", "{{b&c}}": '"'}
    assert resolve("<r>{{a}} {{b&amp;c}} { {d} }</r>", values.__getitem__) == "<r>&lt;&amp;> &quot; { {d} }</r>"


def test_an_event_in_an_encoding_that_lacks_a_placeholders_value_is_judged_rightly() -> None:
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    form = Form.for_element(
        schema_of(value_type('<xs:length value="1"/>')), "{urn:t}r", f'{head}<r xmlns="urn:t">{{{{e}}}}</r>'
    )
    form.edits.preview = lambda text: text.replace("{{e}}", "\u20ac")
    assert form.problems() == []


def test_a_repeated_group_that_can_be_read_otherwise_is_no_problem_of_its_structure() -> None:
    group = complex_type(
        '<xs:sequence minOccurs="2" maxOccurs="2"><xs:element name="a" type="xs:int" maxOccurs="2"/></xs:sequence>'
    )
    good = form_of(group, "<r><a>1</a><a>2</a></r>")
    assert told(good) == []
    assert told(form_of(group, "<r><a>1</a><a>x</a></r>")) != []
