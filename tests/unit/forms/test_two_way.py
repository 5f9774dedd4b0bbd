"""Form and text side by side: what was not edited stays byte for byte, and either may lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clacks_monitor.forms import (
    Catalogue,
    Choice,
    Form,
    FormChange,
    FormsError,
    Repeat,
    XmlTextError,
    new_form,
    open_form,
)
from clacks_monitor.forms.example_event import fill
from clacks_monitor.forms.example_values import example_value
from clacks_monitor.forms.fields import ValueField
from clacks_monitor.forms.schema_set import SchemaSet
from tests.conformance.forms import canonical, load

SCHEMAS = Path(__file__).parents[3] / "schemas"
OWN = Path(__file__).parents[2] / "conformance" / "schemas"
NS = "http://www.gonicus.de/Events"
CATALOGUE = Catalogue([SCHEMAS])
ODD = f"""<?xml version='1.0'?>
<!-- before --><e:Event  xmlns:e="{NS}" >
   <e:AsteriskNotification Identity = 'x &amp; y'
      Type="CallMissed" ><!-- c --><e:From>+123  +456</e:From>
   <e:To><![CDATA[+456]]></e:To>
   <e:Timestamp>1<!-- x -->2</e:Timestamp>
   </e:AsteriskNotification></e:Event>
<!-- after -->
"""


def leaf(form: Form, path: str) -> ValueField:
    found = form.find(path)
    assert isinstance(found, ValueField), path
    return found


def own(name: str, body: str | None = None, element: str | None = None) -> Form:
    schema = load(OWN / f"{name}.xsd", [OWN])
    assert isinstance(schema, SchemaSet)
    return Form.for_element(schema, f"{{urn:clacks:conformance}}{element or name}", body)


def repeat(form: Form, path: str) -> Repeat:
    return next(f for f in form.root.walk() if isinstance(f, Repeat) and f.label == path)


def test_untouched_is_byte_for_byte() -> None:
    form = open_form(CATALOGUE, ODD.encode())
    assert form.to_xml() == ODD.encode()
    assert form.problems() == []


def test_one_edit_changes_only_its_own_bytes() -> None:
    form = open_form(CATALOGUE, ODD.encode())
    leaf(form, "@Type").value = "CallEnded"
    assert form.text == ODD.replace("CallMissed", "CallEnded")
    leaf(form, "@Identity").value = "it's"
    assert form.text == ODD.replace("CallMissed", "CallEnded").replace("x &amp; y", "it&apos;s")
    form.edits.undo()
    form.edits.undo()
    assert form.to_xml() == ODD.encode()
    leaf(form, "Cause").value = "a<b"
    stamp = "<!-- x -->2</e:Timestamp>\n   "
    assert form.text == ODD.replace(stamp, stamp + "<e:Cause>a&lt;b</e:Cause>\n   ")


def test_other_encodings_and_line_ends_survive() -> None:
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    text = f'{head}\r\n<Event xmlns="{NS}">\r\n <ClientLeave><Id>\xe4</Id></ClientLeave>\r\n</Event>'
    body = text.encode("latin-1")
    form = open_form(CATALOGUE, body)
    assert form.to_xml() == body
    leaf(form, "Id").value = "\u20ac"
    assert form.to_xml() == body.replace(b"\xe4", b"&#8364;")
    assert form.problems() == []
    marked = b"\xef\xbb\xbf" + f'<Event xmlns="{NS}"><ClientPoll/></Event>'.encode()
    assert open_form(CATALOGUE, marked).to_xml() == marked


def test_removing_an_element_keeps_the_comments_around() -> None:
    logs = (
        f"\n<!-- {word} --><PuppetLog><Timestamp>{at}</Timestamp><Level>err</Level><Message/></PuppetLog>"
        for at, word in ((1, "one"), (2, "two"))
    )
    inner = "".join(logs)
    body = f'<Event xmlns="{NS}"><PuppetReport><Id/>{inner}\n</PuppetReport></Event>'
    form = open_form(CATALOGUE, body)
    entries = repeat(form, "PuppetLog")
    entries.remove(0)
    assert "<!-- one -->" in form.text
    assert "<!-- two --><PuppetLog><Timestamp>2" in form.text
    assert form.problems() == []
    form.edits.undo()
    assert form.text == body
    entries.move(0, 1)
    assert form.text.index("<!-- two -->") < form.text.index("<!-- one --><PuppetLog><Timestamp>1")
    added = entries.add()
    assert leaf(form, "PuppetLog[3]/Level") in list(added.walk())


def test_text_leads_and_fields_follow() -> None:
    form = new_form(CATALOGUE, "PhoneStatus")
    told: list[FormChange] = []
    stop = form.edits.subscribe(told.append)
    assert form.text_edited(form.text.replace("<Status/>", "<Status>busy</Status><!-- mine -->")) == []
    assert leaf(form, "Status").value == "busy"
    assert told[-1].field is None
    leaf(form, "CallerId").value = "1"
    assert "<Status>busy</Status><!-- mine -->" in form.text
    form.edits.undo()
    form.edits.undo()
    assert leaf(form, "Status").value == ""
    form.edits.redo()
    assert leaf(form, "Status").value == "busy"
    count = len(told)
    stop()
    leaf(form, "Status").value = "free"
    assert len(told) == count


def test_a_broken_text_keeps_the_fields_and_says_where() -> None:
    form = new_form(CATALOGUE, "PhoneStatus")
    fill(form)
    before = form.to_xml()
    problems = form.text_edited(form.text.replace("</Status>", "</Statu>"))
    assert [(p.line, p.column) for p in problems] == [(5, 25)]
    assert form.to_xml() == before
    assert "</Statu>" in form.text
    assert form.problems() == problems
    leaf(form, "Status").value = "back"
    assert form.broken_text is None
    other = form.text_edited(f'<Event xmlns="{NS}"><ClientPoll/></Event>')
    assert other[0].text == "found ClientPoll, the form is for PhoneStatus"


def test_an_event_that_breaks_its_schema_opens_and_survives() -> None:
    strange = f'<Event xmlns="{NS}"><PhoneStatus a="1"><Status>x</Status> <Extra/><CallerId/></PhoneStatus></Event>'
    form = open_form(CATALOGUE, strange)
    assert form.text == strange
    words = {p.path: p.text for p in form.problems()}
    assert words["ReceiverId"] == "is missing"
    assert "does not declare" in words["Extra"]
    leaf(form, "ReceiverId").value = "5"
    extra = form.find("Extra")
    assert extra is not None
    extra.present = False
    assert "<ReceiverId>5</ReceiverId>" in form.text
    assert "<Extra/>" not in form.text
    wrong_order = f'<Event xmlns="{NS}"><PuppetReport><PuppetLog/><Id>1</Id></PuppetReport></Event>'
    form = open_form(CATALOGUE, wrong_order)
    assert form.text == wrong_order
    assert any("order" in p.text for p in form.problems())


def test_doctypes_and_what_is_no_event_are_refused_with_a_place() -> None:
    with pytest.raises(XmlTextError) as doctype:
        open_form(CATALOGUE, f'<!DOCTYPE Event [<!ENTITY x "y">]><Event xmlns="{NS}"><ClientPoll/></Event>')
    assert (doctype.value.line, doctype.value.column) == (1, 1)
    for body in (b"", b"<a", b"\x00", f'<Event xmlns="{NS}"/>'.encode(), b"<Event><ClientPoll/></Event>"):
        with pytest.raises(FormsError):
            open_form(CATALOGUE, body)


def test_a_doctype_inside_a_comment_is_only_text() -> None:
    body = (
        f'<!-- <!DOCTYPE x> --><Event xmlns="{NS}"><ClientLeave><Id><![CDATA[<!DOCTYPE y>]]></Id></ClientLeave></Event>'
    )
    assert open_form(CATALOGUE, body).text == body


def test_choice_keeps_the_values_of_the_other_branch() -> None:
    form = own("ChoiceOne")
    choice = next(f for f in form.root.walk() if isinstance(f, Choice))
    number = choice.branch(0)
    assert isinstance(number, ValueField)
    number.value = "123456789012345678901234567890"
    choice.selected = 1
    assert "number" not in form.text
    assert form.text_edited(form.text.replace("<n:word/>", "<n:word>hello</n:word>")) == []
    choice = next(f for f in form.root.walk() if isinstance(f, Choice))
    word = choice.branch(1)
    assert isinstance(word, ValueField)
    assert word.value == "hello"
    choice.selected = 0
    assert "<n:number>123456789012345678901234567890</n:number>" in form.text
    assert form.problems() == []
    choice.selected = 1
    assert "hello" in form.text


def test_recursion_opens_on_demand() -> None:
    form = own("Recursion", element="Recursion")
    node = repeat(form, "node")
    assert node.items == ()
    inner = node.add()
    deeper = next(f for f in inner.children if isinstance(f, Repeat))
    deeper.add()
    assert form.text.count("<n:node>") + form.text.count("<node>") == 2


def test_nil_and_variants() -> None:
    form = own("Nillable", '<Nillable xmlns="urn:clacks:conformance"><when>2024-01-01T00:00:00</when></Nillable>')
    when = form.find("when")
    when.nil = True  # type: ignore[union-attr]  # an Element: it is nillable
    assert 'xsi:nil="true"' in form.text
    assert form.problems() == []
    form.edits.undo()
    assert "nil" not in form.text
    shapes = own("AbstractTypes")
    shape = shapes.find("shape[1]")
    assert shape is not None
    assert shape.variants == ("shape (circle)", "shape (square)")  # type: ignore[attr-defined]  # an Element
    shape.variant = 1  # type: ignore[attr-defined]  # an Element
    assert "square" in shapes.text


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\r<>&'\" ]"), max_size=30
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(caller=TEXT, identity=TEXT, message=TEXT)
def test_any_text_comes_back_equal(caller: str, identity: str, message: str) -> None:
    caller, identity, message = (v.replace("\ufffe", "").replace("\uffff", "") for v in (caller, identity, message))
    form = open_form(CATALOGUE, ODD.encode())
    leaf(form, "@Identity").value = identity
    leaf(form, "Cause").value = message
    again = open_form(CATALOGUE, form.to_xml())
    assert leaf(again, "@Identity").value == identity
    assert leaf(again, "Cause").value == message
    assert again.problems() == []
    phone = new_form(CATALOGUE, "PhoneStatus")
    leaf(phone, "CallerId").value = caller
    assert leaf(open_form(CATALOGUE, phone.to_xml()), "CallerId").value == caller


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_random_edits_stay_valid_and_undo_restores(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([k.name for k in CATALOGUE.types()]))
    form = new_form(CATALOGUE, name)
    fill(form)
    start = form.to_xml()
    steps = 0
    for _ in range(data.draw(st.integers(1, 8))):
        steps += _random_edit(form, data)
    assert form.problems() == []
    again = open_form(CATALOGUE, form.to_xml())
    assert [f.value for f in again.root.walk() if isinstance(f, ValueField) and f.present] == [
        f.value for f in form.root.walk() if isinstance(f, ValueField) and f.present
    ] or canonical(again.to_xml()) == canonical(form.to_xml())
    while form.edits.undo():
        pass
    while form.edits.redo():
        pass
    assert form.to_xml() == again.to_xml()
    while form.edits.undo():
        pass
    assert len(form.to_xml()) <= len(start)


def _random_edit(form: Form, data: st.DataObject) -> int:

    field = data.draw(st.sampled_from([f for f in form.root.walk() if f is not form.root] or [form.root]))
    if isinstance(field, Repeat):
        if field.can_add:
            for found in field.add().walk():
                if isinstance(found, ValueField) and found.present and found.spec is not None:
                    found.value = example_value(found.spec) or ""
        return 1
    if field.optional and data.draw(st.booleans()):
        field.present = not field.present
    if isinstance(field, ValueField) and field.spec is not None and field.present:
        field.value = example_value(field.spec, data.draw(st.integers(0, 3))) or ""
        return 1
    if field.present:
        for found in field.walk():
            if isinstance(found, ValueField) and found.present and found.spec is not None:
                found.value = example_value(found.spec) or ""
    return 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<",
        "<Event",
        "<a>\ud800</a>",
        '<?xml version="1.0" encoding="nope"?><a/>',
        "\x00",
        '<a b="1" b="2"/>',
        f'<Event xmlns="{NS}"><PhoneStatus>&x;</PhoneStatus></Event>',
    ],
)
def test_a_half_typed_text_never_raises_and_has_a_place(text: str) -> None:
    form = new_form(CATALOGUE, "PhoneStatus")
    before = form.to_xml()
    problems = form.text_edited(text)
    assert problems
    assert problems[0].line is not None
    assert form.to_xml() == before


def test_a_prefix_that_means_something_else_deeper_down_is_not_mixed_up() -> None:
    inner = f'<x:NodeLeave xmlns:x="{NS}" xmlns:e="urn:other"><x:Id>1</x:Id></x:NodeLeave>'
    body = f'<e:Event xmlns:e="{NS}">{inner}</e:Event>'
    form = open_form(CATALOGUE, body)
    leaf(form, "Id").value = "2"
    assert form.text == body.replace(">1<", ">2<")
    assert form.problems() == []
