"""Making, opening and editing forms: what is refused, in whose words, and what a text's edit leaves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.forms import Catalogue, Form, FormsError, XmlTextError, open_form
from clacks_monitor.forms.form_edits import FormEdits
from clacks_monitor.forms.value_fields import RawXml
from tests.helpers.small_schemas import NS, can_undo, complex_type, form_of, leaf, only, repeat, schema_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS = "http://www.gonicus.de/Events"
SCHEMAS = Path(__file__).parents[3] / "schemas"
CATALOGUE = Catalogue([SCHEMAS])
PHONE = "<CallerId>1</CallerId><ReceiverId>2</ReceiverId><Status>busy</Status>"


def phone(inner: str = PHONE) -> str:
    return f'<Event xmlns="{EVENTS}"><PhoneStatus>{inner}</PhoneStatus></Event>'


def test_a_document_of_another_element_is_refused() -> None:
    with pytest.raises(FormsError) as refused:
        Form.for_element(schema_of('<xs:element name="r"/>'), f"{{{NS}}}r", "<x/>")
    assert str(refused.value) == "line 1, column 1: the root element is not r"


def test_an_element_that_the_schema_lacks_is_raw_text() -> None:
    schema = schema_of('<xs:element name="r"/>')
    form = Form.for_element(schema, "{urn:u}x")
    assert form.text == '<x xmlns="urn:u"/>\n'
    assert isinstance(form.root, RawXml)
    opened = Form.for_element(schema, "{urn:u}x", '<x xmlns="urn:u">1</x>')
    assert isinstance(opened.root, RawXml)
    assert (opened.root.value, opened.text) == ('<x xmlns="urn:u">1</x>', '<x xmlns="urn:u">1</x>')


TWO = complex_type('<xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:string" minOccurs="0"/>')


def test_an_edited_text_is_read_again_and_is_one_step_with_the_next() -> None:
    form = form_of(TWO, "<r><a>1</a></r>")
    assert form.text_edited(form.text.replace("1", "12")) == []
    assert form.text_edited(form.text.replace("12", "123")) == []
    assert leaf(form, "a").value == "123"
    assert form.edits.undo()
    assert (shown(form), can_undo(form)) == ("<r><a>1</a></r>", False)
    form.edits.redo()
    assert shown(form) == "<r><a>123</a></r>"


def test_the_same_text_again_is_no_edit() -> None:
    form = form_of(TWO, "<r><a>x</a></r>")
    root = form.root
    assert [problem.path for problem in form.text_edited(form.text)] == ["a"]
    assert form.text_edited(form.text, check=False) == []
    assert (form.root is root, can_undo(form)) == (True, False)


def test_without_a_check_only_what_cannot_be_read_is_said() -> None:
    form = form_of(TWO, "<r><a>1</a></r>")
    assert form.text_edited(form.text.replace("1", "x"), check=False) == []
    assert [problem.path for problem in form.text_edited(form.text.replace(">x<", ">y<"))] == ["a"]
    assert [problem.line for problem in form.text_edited("<r", check=False)] == [1]


def test_a_text_that_was_broken_and_is_as_before_again_changes_nothing() -> None:
    form = form_of(TWO, "<r><a>1</a></r>")
    good = form.text
    assert form.text_edited("<r") != []
    assert (form.text, form.broken_text) == ("<r", "<r")
    assert form.text_edited(good) == []
    assert (form.text, form.broken_text) == (good, None)


@pytest.mark.parametrize("travel", [FormEdits.undo, FormEdits.redo])
def test_undo_and_redo_leave_a_broken_text_behind(travel: Callable[[FormEdits], bool]) -> None:
    form = form_of(TWO, "<r><a>1</a></r>")
    leaf(form, "a").value = "2"
    if travel is FormEdits.redo:
        form.edits.undo()
    form.text_edited("<r")
    assert travel(form.edits)
    assert form.broken_text is None
    form.text_edited("<r")
    assert not travel(form.edits)
    assert form.broken_text == "<r"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f'<Event xmlns="{EVENTS}"/>',
            "line 1, column 1: the root element is not an Event with exactly one child element",
        ),
        (
            f'<Event xmlns="{EVENTS}"><a/><b/></Event>',
            "line 1, column 1: the root element is not an Event with exactly",
        ),
        (
            f"<Event>{PHONE}</Event>",
            "line 1, column 1: the root element is not an Event with exactly one child element",
        ),
        (
            f'<Event xmlns="{EVENTS}">\n<ClientPoll/></Event>',
            "line 2, column 1: found ClientPoll, the form is for PhoneStatus",
        ),
        (f"<!DOCTYPE Event>{phone()}", "line 1, column 1: an event has no document type declaration"),
    ],
)
def test_a_text_of_something_else_leaves_the_fields(text: str, words: str) -> None:
    form = open_form(CATALOGUE, phone())
    before = form.to_xml()
    assert [str(problem).startswith(words) for problem in form.text_edited(text)] == [True]
    assert (form.text, form.to_xml()) == (text, before)
    assert form.edits.undo() is False


def test_a_document_may_declare_its_type_an_event_may_not() -> None:
    form = form_of(TWO, "<r><a>1</a></r>")
    declared = "<!DOCTYPE r>\n" + form.text.replace("1", "2")
    assert form.text_edited(declared) == []
    assert form.text == declared


def test_a_byte_order_mark_survives_an_edit_of_the_text() -> None:
    form = open_form(CATALOGUE, b"\xef\xbb\xbf" + phone().encode())
    form.text_edited(form.text.replace("busy", "free"))
    assert form.to_xml() == b"\xef\xbb\xbf" + phone().replace("busy", "free").encode()
    bare = open_form(CATALOGUE, phone().encode())
    bare.text_edited(bare.text.replace("busy", "free"))
    assert bare.to_xml() == phone().replace("busy", "free").encode()


def test_an_event_on_one_line_gets_no_lines_and_one_on_several_gets_them() -> None:
    repeated = complex_type('<xs:element name="a" type="xs:int" minOccurs="0" maxOccurs="9"/>')
    for body, added in (("<r/>", "<r><a/></r>"), ("<r/>\n", "<r><a/></r>\n"), ("<r>\n</r>", "<r>\n  <a/>\n</r>")):
        form = form_of(repeated, body)
        repeat(form, "a").add()
        assert shown(form) == added


def test_the_prefixes_of_a_text_hold_where_raw_parts_are_checked() -> None:
    wild = complex_type('<xs:any processContents="skip" maxOccurs="2" minOccurs="0"/>', "<xs:anyAttribute/>")
    form = form_of(wild, '<r xmlns:p="urn:p"><p:x/></r>')
    raw = only(form, RawXml)
    assert [raw.check(text) for text in ("<p:x/>", "<t:y/>", "<x p:a='1'/>")] == [None, None, None]
    assert raw.check("<q:x/>") is not None
    assert raw.check("<x>") is not None
    others = leaf(form, "@*")
    assert others.check('p:a="1"') is None
    assert others.check('q:a="1"') is not None
    assert others.check('a="1" a="2"') is not None
    deeper = form_of(wild, '<r><x xmlns:d="urn:d"/></r>')
    assert only(deeper, RawXml).check("<d:y/>") is None
    new = form_of(wild)
    assert [leaf(new, "@*").check(text) for text in ('t:a="1"', "xml:lang='de'")] == [None, None]


def test_errors_carry_their_problem() -> None:
    form = open_form(CATALOGUE, phone())
    (problem,) = form.text_edited("<a>\n<b></a>")
    error = XmlTextError(problem)
    assert (error.line, error.column, error.problem, str(error)) == (2, 8, problem, str(problem))
