"""Every event store can be asked questions: its events are the collection, and what it knows of them the functions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.event import Problem, ProblemKind
from clacks_monitor.session.questions import EndKind, EventSelection, ResultForm
from tests.helpers.entries import SECOND, START, a_gap, an_event, some_events
from tests.helpers.questions import ask

if TYPE_CHECKING:
    from clacks_monitor.core.store import EventStore

F = "declare namespace f='http://www.gonicus.de/Events'; "


@pytest.fixture
def filled(store: EventStore) -> EventStore:
    wrong = replace(
        an_event(13, body=b"not XML", kind=""), problem=Problem(ProblemKind.NOT_XML, "The body is not XML.")
    )
    store.append([*some_events(12), a_gap(12, lost=3), wrong, an_event(14, connection="branch")])
    store.notes.annotate(3, mark=True, comment="look here")
    return store


def test_the_collection_is_all_events_in_order(filled: EventStore) -> None:
    assert ask(filled.address, "count(collection())").items == [14]
    assert ask(filled.address, F + "collection()/f:Event/*/f:Id/xs:integer(.)").items == [*range(12), 14]
    found = ask(filled.address, "collection() ! ev:sequence()")
    assert found.items == [*range(1, 13), 14, 15]
    assert found.ending.kind is EndKind.COMPLETE


def test_functions_tell_what_the_store_knows(filled: EventStore) -> None:
    found = ask(
        filled.address,
        "for $e in collection()[ev:sequence() = (3, 6, 14, 15)] return map {"
        " 'sequence': ev:sequence($e), 'type': ev:type($e), 'connection': ev:connection($e),"
        " 'subject': ev:subject($e), 'summary': ev:summary($e), 'n': ev:property('n', $e),"
        " 'even': ev:property('even', $e), 'problem': ev:problem($e), 'mark': ev:mark($e), 'comment': ev:comment($e) }",
    )
    third, sixth, wrong, branch = found.values
    assert third == {
        "sequence": 3, "type": "NodeStatus", "connection": "office", "subject": "event",
        "summary": "NodeStatus number 2", "n": None, "even": None, "problem": None, "mark": True,
        "comment": "look here",
    }  # fmt: skip  # as it is asked for
    assert (sixth["n"], sixth["even"]) == (5, False)
    assert (wrong["type"], wrong["problem"]) == ("", "The body is not XML.")
    assert branch["connection"] == "branch"
    assert [row.sequence for row in found.rows] == [3, 6, 14, 15]


def test_times_are_exact_and_can_be_calculated_with(filled: EventStore) -> None:
    seconds = "(ev:time($e) - xs:dateTime('1970-01-01T00:00:00Z')) div xs:dayTimeDuration('PT1S')"
    found = ask(filled.address, f"for $e in collection()[4] return xs:integer({seconds})")
    assert found.items == [START // SECOND + 3]
    assert ask(filled.address, "for $e in collection() where ev:time($e) = $from return ev:sequence($e)").items == [1]
    assert ask(filled.address, "$to - $from").items == ["PT14S"]


def test_gaps_are_maps(filled: EventStore) -> None:
    (gap,) = ask(filled.address, "ev:gaps()").rows
    assert gap.sequence == 13
    assert {name: gap.values[name] for name in ("cause", "lost", "connection")} == {
        "cause": "connection-lost", "lost": 3, "connection": "office",
    }  # fmt: skip  # as it is asked for
    assert ask(filled.address, "ev:gaps() ! (?to - ?from)").items == ["PT5S"]


def test_a_selection_limits_the_collection(filled: EventStore) -> None:
    numbers = "collection() ! ev:sequence()"
    types = EventSelection(types=frozenset({"PhoneStatus"}))
    assert ask(filled.address, numbers, selection=types).items == [1, 4, 7, 10]
    times = EventSelection(from_ns=START + 3 * SECOND, to_ns=START + 6 * SECOND)
    assert ask(filled.address, numbers, selection=times).items == [4, 5, 6]
    assert ask(filled.address, "$to - $from", selection=times).items == ["PT3S"]
    assert ask(filled.address, "count(ev:gaps())", selection=times).items == [0]
    both = replace(times, types=frozenset({"PhoneStatus", "ClientPoll"}))
    assert ask(filled.address, numbers, selection=both).items == [4, 5]


def test_what_is_not_xml_is_a_document_without_content(filled: EventStore) -> None:
    assert ask(filled.address, "collection()[not(*)] ! ev:sequence()").items == [14]


def test_rows_know_their_events(filled: EventStore) -> None:
    (whole,) = ask(filled.address, "collection()[2]").rows
    assert list(whole.values) == ["sequence", "time", "type", "event"]
    assert whole.sequence == 2
    assert ask(filled.address, F + "collection()[5]/f:Event/*").rows[0].sequence == 5
    assert ask(filled.address, "<row sequence='4' a='1'/>").rows[0].sequence == 4
    assert ask(filled.address, "count(collection())").rows[0].sequence is None
    (text,) = ask(filled.address, "collection()[2]", form=ResultForm.TEXT).rows
    assert text.text == ('<Event xmlns="http://www.gonicus.de/Events"><ClientPoll><Id>1</Id></ClientPoll></Event>')
    assert text.sequence == 2


def test_an_empty_store_is_an_empty_collection(store: EventStore) -> None:
    assert ask(store.address, "count(collection()), count(ev:gaps())").items == [0, 0]


def test_a_node_that_is_of_no_event_is_an_error(filled: EventStore) -> None:
    found = ask(filled.address, "1, 2,\n ev:time(<a/>)")
    assert (found.ending.kind, found.ending.code) == (EndKind.ERROR, "CLACKS0010")
    assert (found.ending.line, found.ending.column) == (2, 2)
    assert found.items == [1, 2]
