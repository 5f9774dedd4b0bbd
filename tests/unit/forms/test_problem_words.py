"""What an operator reads at a field: what is wanted, not which facet is violated."""

from __future__ import annotations

from pathlib import Path

import pytest

from clacks_monitor.forms import Catalogue, Form, Kind, new_form, pattern
from clacks_monitor.forms.example_event import fill
from clacks_monitor.forms.fields import ValueField
from clacks_monitor.forms.schema_set import SchemaSet
from tests.conformance.forms import load

SCHEMAS = Path(__file__).parents[3] / "schemas"
OWN = Path(__file__).parents[2] / "conformance" / "schemas"
CATALOGUE = Catalogue([SCHEMAS])


def own(name: str) -> Form:
    schema = load(OWN / f"{name}.xsd", [OWN])
    assert isinstance(schema, SchemaSet)
    return Form.for_element(schema, f"{{urn:clacks:conformance}}{name}")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("code", "abc", "expected: 3 capital letters, then a hyphen, then 4 digits"),
        ("both", "a", "expected: 2 to 4 characters"),
        ("sized", "a", "must have at least 2 characters, has 1"),
        ("sized", "abcdef", "must have at most 5 characters, has 6"),
        ("sized", "\U0001f600\U0001f600\U0001f600", None),
        ("exact", "00ff", "must have exactly 4 bytes, has 2"),
        ("exact", "xyz", "expected: pairs of hexadecimal digits such as 00FF10"),
        ("ranged", "0", "must be greater than 0 and at most 9.99"),
        ("ranged", "1.234", "at most 2 digits are allowed after the decimal point"),
        ("ranged", "many", "expected: a number such as 12 or 3.5"),
        ("open", "-100000000000000000001", None),
        ("open", "-100000000000000000000", "must be less than -100000000000000000000"),
        ("enum", "2", "expected: one of 1, 10"),
        ("day", "2025-01-01", "must be at least 2024-01-01 and less than 2025-01-01"),
        ("day", "31.5.2024", "expected: a date such as 2024-05-31"),
    ],
)
def test_facets_in_words(path: str, value: str, words: str | None) -> None:
    form = own("Facets")
    field = form.find(path)
    assert isinstance(field, ValueField)
    field.value = value
    assert field.problem() == words
    mine = [p for p in form.problems() if p.path == path]
    assert bool(mine) == (words is not None)
    if words is not None:
        assert mine[0].text == words
        assert form.find(mine[0].path) is field
        assert form.text.splitlines()[(mine[0].line or 0) - 1][(mine[0].column or 0) - 1 :].startswith("<")


@pytest.mark.parametrize(
    ("schema", "path", "value", "words"),
    [
        ("BuiltinNumbers", "unsignedByte", "256", "expected: a whole number from 0 to 255"),
        ("BuiltinNumbers", "integer", "1" * 400, None),
        ("BuiltinNumbers", "boolean", "yes", "expected: true or false"),
        (
            "BuiltinTimes",
            "duration",
            "5 minutes",
            "expected: a duration such as PT5M (five minutes) or P1DT2H (a day and two hours)",
        ),
        ("Lists", "t", "1 2", "must have exactly 3 items, has 2"),
        ("Lists", "n", "1 x", "item 2, 'x': expected: a number such as 12, 3.5 or 1.2E3"),
        ("Unions", "s[1]", "huge", "expected: a whole number from 1 to 100, or one of small, large"),
    ],
)
def test_types_in_words(schema: str, path: str, value: str, words: str | None) -> None:
    field = own(schema).find(path)
    assert isinstance(field, ValueField)
    field.value = value
    assert field.problem() == words


def test_an_element_is_named_once_with_its_place() -> None:
    body = b"<PhoneStatus><CallerId>1</CallerId><Nonsense/></PhoneStatus>"
    found = CATALOGUE.validator.validate(b'<Event xmlns="http://www.gonicus.de/Events">' + body + b"</Event>")
    words = "Nonsense: not expected here; expected: ReceiverId or Status"
    assert [str(problem) for problem in found] == [f"line 1, column 80: {words}"]


def test_a_duration_that_overflows_a_library_is_no_crash() -> None:
    form = own("BuiltinTimes")
    field = form.find("duration")
    assert isinstance(field, ValueField)
    field.value = "P2147483647Y"
    field.problem()
    form.problems()


def test_editors_fit_the_types() -> None:
    form = new_form(CATALOGUE, "NodeStatus")
    kinds = {f.label: f.kind for f in form.root.walk() if isinstance(f, ValueField)}
    assert kinds == {
        "Load": Kind.FLOAT,
        "Latency": Kind.FLOAT,
        "Workers": Kind.INTEGER,
        "Id": Kind.TEXT,
        "Indexed": Kind.BOOLEAN,
    }
    workers = form.find("Workers")
    assert isinstance(workers, ValueField)
    assert (workers.bounds.minimum, workers.bounds.maximum) == ("-2147483648", "2147483647")
    times = {f.label: f.kind for f in own("BuiltinTimes").root.walk() if isinstance(f, ValueField)}
    assert (times["date"], times["dateTime"], times["gDay"]) == (Kind.DATE, Kind.DATETIME, Kind.PARTIAL_DATE)
    call = new_form(CATALOGUE, "AsteriskNotification")
    numbers = call.find("From")
    assert isinstance(numbers, ValueField)
    assert numbers.kind is Kind.LIST
    assert numbers.pattern_description == "a plus sign, then 3 or more digits"
    kind = call.find("@Type")
    assert isinstance(kind, ValueField)
    assert [item.value for item in kind.choices] == ["CallMissed", "IncomingCall", "CallEnded"]
    assert all(item.documentation for item in kind.choices)


def test_keys_are_checked_and_the_duplicate_is_named() -> None:
    schema = load(OWN / "Keys.xsd", [OWN])
    assert isinstance(schema, SchemaSet)
    body = '<Keys xmlns="urn:clacks:conformance"><user uid="1">a</user>\n<user uid="1"/></Keys>'
    form = Form.for_element(schema, "{urn:clacks:conformance}Keys", body)
    problems = form.problems()
    assert [(p.line, p.path) for p in problems] == [(2, "user[2]")]
    assert "duplicate" in problems[0].text


def test_an_idref_without_its_id_is_said_although_the_agent_takes_it() -> None:
    schema = load(OWN / "Identifiers.xsd", [OWN])
    assert isinstance(schema, SchemaSet)
    body = '<Identifiers xmlns="urn:clacks:conformance"><thing id="a"/><uses>b</uses></Identifiers>'
    problems = Form.for_element(schema, "{urn:clacks:conformance}Identifiers", body).problems()
    assert [p.objector for p in problems] == ["xmlschema"]
    assert problems[0].text.startswith("no element has the ID b (")


def test_placeholders_are_judged_by_what_they_become() -> None:
    form = new_form(CATALOGUE, "NodeStatus")
    fill(form)
    field = form.find("Workers")
    assert isinstance(field, ValueField)
    field.value = "{{counter}}"
    assert field.problem() is not None
    form.edits.preview = lambda text: text.replace("{{counter}}", "7")
    assert form.problems() == []
    assert "{{counter}}" in form.text


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"\+[0-9]{3,}", "a plus sign, then 3 or more digits"),
        ("[A-Z]{2}", "2 capital letters"),
        ("yes|no", "“yes”, or “no”"),
        (r"\d{1,3}(\.\d{1,3}){3}", "1 to 3 digits, then 3 times (a dot, then 1 to 3 digits)"),
        ("[a-z-[aeiou]]", "the pattern [a-z-[aeiou]]"),
    ],
)
def test_patterns_in_words(expression: str, words: str) -> None:
    assert pattern.describe_pattern(expression) == words


def test_groups_that_can_be_read_in_two_ways_are_right_if_one_of_them_is() -> None:
    schema = load(OWN / "HugeBounds.xsd", [OWN])
    assert isinstance(schema, SchemaSet)
    six = "<r>" + "<a>1</a>" * 6 + "</r>"
    assert Form.for_element(schema, "r", six).problems() == []
    five = "<r>" + "<a>1</a>" * 5 + "</r>"
    assert Form.for_element(schema, "r", five).problems() != []
