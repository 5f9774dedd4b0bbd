"""Validation of events: what is reported, where, by which validator, and in which process."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from clacks_monitor.forms import Catalogue, event_validator
from clacks_monitor.forms.guarded_schema import GuardedSchema
from tests.helpers.event_schemas import NS, SCHEMAS, event, own, schema

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (f'<Event xmlns="{NS}"/>', "an event must contain exactly one element, found 0"),
        ("<Event><PhoneStatus/></Event>", f"the root element is Event without a namespace, expected Event in {NS}"),
        (f'<Event xmlns="{NS}"><Unheard/></Event>', "no schema defines the event type Unheard"),
        (f'<Event xmlns="{NS}"><PhoneStatus xmlns="urn:x"/></Event>', f"PhoneStatus belongs to {NS}, not to urn:x"),
    ],
)
def test_what_is_no_event_is_said_in_words(xml: str, words: str) -> None:
    catalogue = Catalogue([SCHEMAS])
    assert catalogue.validator.check(etree.fromstring(xml)) == words
    assert words in str(catalogue.validator.validate(xml.encode())[0])


def test_validate_says_where_and_who_objects() -> None:
    catalogue = Catalogue([SCHEMAS])
    values = "<Load>x</Load><Latency>1</Latency><Workers>1</Workers><Id/>"
    body = f'<Event xmlns="{NS}">\n <NodeStatus>{values}</NodeStatus></Event>'
    problems = catalogue.validator.validate(body.encode())
    assert [(p.line, p.column, p.path, p.objector) for p in problems] == [(2, 14, "Load", "")]
    assert "'x' is not a number" in problems[0].text
    spaced = body.replace("<Load>x", "<Load>1").replace("<Latency>1", "<Latency>INF ")
    only_lxml = catalogue.validator.validate(spaced.encode())
    assert [p.objector for p in only_lxml] == ["lxml"]
    assert "reported only by the agent's validator" in only_lxml[0].text


def test_checks_from_many_threads_agree() -> None:
    catalogue = Catalogue([SCHEMAS])
    wrong: list[str | None] = []

    def work(number: int) -> None:
        good = event("<ClientLeave><Id>1</Id></ClientLeave>")
        bad = event(f"<ClientLeave><Id{number}/></ClientLeave>")
        for _ in range(200):
            if catalogue.validator.check(good) is not None:
                wrong.append("good refused")
            words = catalogue.validator.check(bad)
            if words != f"Id{number}: not expected here; expected: Id":
                wrong.append(words)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_events_location_hint_opens_nothing(tmp_path: Path) -> None:
    hint = (tmp_path / "never.xsd").as_uri()
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    location = f'xsi:schemaLocation="urn:x {hint}"'
    inner = f"<ClientLeave {location}><Id/></ClientLeave>"
    body = f'<Event xmlns="{NS}" xmlns:xsi="{xsi}" {location}>{inner}</Event>'
    assert Catalogue([SCHEMAS]).validator.validate(body.encode()) == []


@pytest.mark.parametrize(
    ("bound", "attributes", "guarded"),
    [("LARGE_NODES", 2, False), ("LARGE_NODES", 3, True), ("LARGE_ELEMENT", 4, False), ("LARGE_ELEMENT", 5, True)],
)
def test_the_guard_is_asked_about_events_above_a_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, attributes: int, guarded: bool
) -> None:
    assert (event_validator.LARGE_NODES, event_validator.LARGE_ELEMENT) == (20_000, 1_000)
    monkeypatch.setattr(event_validator, bound, 4)
    asked: list[str] = []
    monkeypatch.setattr(GuardedSchema, "first_problem", lambda *_: asked.append("guard"))
    (tmp_path / "A.xsd").write_text(schema("A"))
    catalogue = own(tmp_path)
    written = " ".join(f'n{number}=""' for number in range(attributes))
    words = catalogue.validator.check(event(f"<A {written}><v>1</v></A>"))
    assert asked == (["guard"] if guarded else [])
    assert (words is None) is guarded


def places(catalogue: Catalogue, body: str, *, type_name: str | None = None) -> list[str]:
    return [str(problem) for problem in catalogue.validator.validate(body.encode(), type_name=type_name)]


def test_validate_refuses_what_check_refuses_with_a_place(tmp_path: Path) -> None:
    (tmp_path / "A.xsd").write_text(schema("A"))
    (tmp_path / "Broken.xsd").write_text("<a/>")
    catalogue = own(tmp_path)
    good = f'<Event xmlns="{NS}">\n<A><v>1</v></A></Event>'
    assert places(catalogue, good) == []
    assert places(catalogue, good, type_name="A") == []
    assert places(catalogue, good, type_name="B") == ["line 2, column 1: found A, expected B"]
    assert places(catalogue, "<a") == ["line 1, column 3: not well-formed: Couldn't find end of Start Tag a line 1"]
    assert places(catalogue, f'\n<Event xmlns="{NS}"/>') == [
        "line 2, column 1: an event must contain exactly one element, found 0"
    ]
    assert places(catalogue, "<Event><A/></Event>")[0].startswith("line 1, column 1: the root element is Event without")
    assert places(catalogue, f'<Event xmlns="{NS}">\n<Unheard/></Event>') == [
        "line 2, column 1: no schema defines the event type Unheard"
    ]
    assert places(catalogue, f'<Event xmlns="{NS}">\n<Broken/></Event>') == [
        "line 2, column 1: cannot be checked: this is not an XML Schema document"
    ]
    assert catalogue.validator.validate(event("<A><v>1</v></A>")) == []
    assert [problem.path for problem in catalogue.validator.validate(event("<A><v>x</v></A>"))] == ["v"]
