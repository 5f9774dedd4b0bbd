"""Forms of a catalogue's types: new ones, those of received events, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from clacks_monitor.forms import Catalogue, FormsError, new_form, open_form
from clacks_monitor.forms.example_event import fill
from tests.helpers.small_schemas import leaf

EVENTS = "http://www.gonicus.de/Events"
SCHEMAS = Path(__file__).parents[3] / "schemas"
CATALOGUE = Catalogue([SCHEMAS])
PHONE = "<CallerId>1</CallerId><ReceiverId>2</ReceiverId><Status>busy</Status>"


def phone(inner: str = PHONE) -> str:
    return f'<Event xmlns="{EVENTS}"><PhoneStatus>{inner}</PhoneStatus></Event>'


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A catalogue of one type whose schema is broken, and one of another namespace."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "Broken.xsd").write_text('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>')
    (folder / "Plain.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="Plain" type="xs:int"/></xs:schema>'
    )
    return Catalogue([folder], own=[folder])


def test_a_new_event_is_empty_or_filled_with_example_values() -> None:
    empty = new_form(CATALOGUE, "PhoneStatus")
    assert empty.text == (
        f'<Event xmlns="{EVENTS}">\n  <PhoneStatus>\n    <CallerId/>\n    <ReceiverId/>\n    <Status/>\n'
        "  </PhoneStatus>\n</Event>\n"
    )
    assert (empty.type_name, empty.qname, empty.wrapped) == ("PhoneStatus", f"{{{EVENTS}}}PhoneStatus", True)
    full = new_form(CATALOGUE, "PhoneStatus")
    fill(full)
    assert all(leaf(full, name).value for name in ("CallerId", "ReceiverId", "Status"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Unheard", "no schema defines the event type Unheard"),
        ("Broken", "line 1, column 1: does not define the element Broken given by its file name"),
    ],
)
def test_no_event_is_made_of_an_unknown_or_broken_type(broken: Catalogue, name: str, words: str) -> None:
    with pytest.raises(FormsError) as refused:
        new_form(broken, name)
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            f'\n<Event xmlns="{EVENTS}"/>',
            "line 2, column 1: the root element is not an Event with exactly one child element",
        ),
        (f'<Event xmlns="{EVENTS}"><a/><b/></Event>', "line 1, column 1: the root element is not an Event with"),
        ("<Event><Plain>1</Plain></Event>", "line 1, column 1: the root element is not an Event with exactly one"),
        (
            f'<e:Event xmlns:e="{EVENTS}">\n <Unheard/></e:Event>',
            "line 2, column 2: no schema defines the event type Unheard",
        ),
        (
            f'<Event xmlns="{EVENTS}"><Plain>1</Plain></Event>',
            "line 1, column 45: no schema defines the event type Plain",
        ),
        (
            f'<Event xmlns="{EVENTS}"><Broken/></Event>',
            "line 1, column 45: the schema of Broken is broken: does not define the element Broken",
        ),
    ],
)
def test_what_is_no_event_of_a_known_type_is_refused_with_its_place(broken: Catalogue, body: str, words: str) -> None:
    with pytest.raises(FormsError) as refused:
        open_form(broken, body)
    assert str(refused.value).startswith(words)


def test_an_event_without_a_namespace_of_its_own_is_made_and_opened(broken: Catalogue) -> None:
    form = new_form(broken, "Plain")
    assert form.text == f'<Event xmlns="{EVENTS}">\n  <Plain xmlns=""/>\n</Event>\n'
    leaf(form, "").value = "1"
    again = open_form(broken, form.to_xml())
    assert (leaf(again, "").value, again.problems()) == ("1", [])


@pytest.mark.parametrize("guarded", [False, True])
def test_opening_uses_the_schema_of_this_process_or_of_the_guard(guarded: bool) -> None:
    form = open_form(CATALOGUE, phone(), guarded=guarded)
    assert form.schema is (
        CATALOGUE.schema("PhoneStatus", guarded=True) if guarded else CATALOGUE.schema("PhoneStatus")
    )
    assert form.schema is not (
        CATALOGUE.schema("PhoneStatus") if guarded else CATALOGUE.schema("PhoneStatus", guarded=True)
    )


def test_opening_is_not_guarded_unless_wanted() -> None:
    assert open_form(CATALOGUE, phone()).schema is CATALOGUE.schema("PhoneStatus")
