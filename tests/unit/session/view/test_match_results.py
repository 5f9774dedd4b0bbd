"""What queries say about one event: match, no match, an error that a broker would hide, a refusal."""

from __future__ import annotations

from clacks_monitor.core.event import EVENT_NAMESPACE, RawMessage
from clacks_monitor.session.view.match_results import match_event
from clacks_monitor.xquery import MatchOutcome

BODY = f"<Event xmlns='{EVENT_NAMESPACE}'><PhoneStatus><Status>busy</Status></PhoneStatus></Event>".encode()
PROLOG = f"declare namespace f='{EVENT_NAMESPACE}'; "


def test_each_query_answers_for_itself_in_order() -> None:
    queries = [
        ("", f"{PROLOG}./f:Event/f:PhoneStatus/f:Status = 'busy'"),
        ("free", f"{PROLOG}./f:Event/f:PhoneStatus/f:Status = 'free'"),
        ("number", f"{PROLOG}./f:Event/f:PhoneStatus/f:Status != 1"),
        ("new", "(1, 2) ! (. = 2)"),
        ("broken", "./f:Event["),
        ("endless", "declare function local:f() { local:f() }; local:f()"),
    ]
    found = match_event(RawMessage("bus", 1, 1, BODY), queries)
    assert [v.source for v in found] == ["", "free", "number", "new", "broken", "endless"]
    by_source = {m.source: m.result for m in found}
    assert by_source[""].outcome is MatchOutcome.MATCH
    assert by_source["free"].outcome is MatchOutcome.NO_MATCH
    assert (by_source["number"].outcome, by_source["number"].code) == (MatchOutcome.ERROR, "FORG0001")
    assert by_source["number"].line == 1
    assert by_source["broken"].outcome is MatchOutcome.ERROR
    assert by_source["endless"].code.startswith("CLACKS")
    assert [v.source for v in found if v.refusal] == ["new"]


def test_a_body_that_is_no_xml_is_an_error_only_where_it_is_looked_at() -> None:
    found = match_event(RawMessage("bus", 1, 1, b"no XML"), [("all", "true()"), ("type", "./*:Event")])
    assert [m.result.outcome for m in found] == [MatchOutcome.MATCH, MatchOutcome.ERROR]
