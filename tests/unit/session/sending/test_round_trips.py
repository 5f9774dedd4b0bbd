"""Sent events are known when they come back: by message id, by body where there is none of ours, each once."""

from __future__ import annotations

from dataclasses import replace

from clacks_monitor.core.event import RawMessage
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.session.sending.round_trips import Awaited, Echoes


def awaited(ticket: int, body: bytes = b"<a/>", message_id: str = "") -> Awaited:
    return Awaited(body, SendResult(ticket, SendOutcome.ACCEPTED, final=False), message_id)


def arrival(body: bytes = b"<a/>", message_id: str = "") -> RawMessage:
    return RawMessage("bus", 1, 1, body, message_id=message_id)


def test_by_message_id_and_by_nothing_else_where_there_is_one() -> None:
    echoes = Echoes()
    echoes[1] = awaited(1, message_id="ours-1")
    echoes[2] = awaited(2, message_id="ours-2")
    assert echoes.find(arrival(message_id="ours-2")) == 2
    assert echoes.find(arrival(message_id="theirs")) is None


def test_by_body_where_the_agent_published_it_equal_ones_in_their_order() -> None:
    echoes = Echoes()
    for ticket in (1, 2):
        echoes[ticket] = awaited(ticket, b"\n<a/>\n")
    assert echoes.find(arrival(message_id="the agent's")) == 1
    echoes[1] = replace(echoes[1], result=replace(echoes[1].result, returned_ns=5))
    assert echoes.find(arrival()) == 2
    assert echoes.pop(2) is not None
    assert echoes.find(arrival()) is None
    assert 1 in echoes


def test_one_that_learns_its_message_id_is_found_by_it_from_then_on() -> None:
    echoes = Echoes()
    echoes[1] = awaited(1)
    assert echoes.find(arrival()) == 1
    echoes[1] = replace(echoes[1], message_id="ours-1")
    assert echoes.find(arrival()) is None
    assert echoes.find(arrival(message_id="ours-1")) == 1
    assert len(echoes) == 1


def test_nothing_stays_behind() -> None:
    echoes = Echoes()
    for ticket in range(100):
        echoes[ticket] = awaited(ticket, str(ticket % 7).encode(), f"ours-{ticket}" if ticket % 2 else "")
    for ticket in range(100):
        assert echoes.pop(ticket) is not None
        assert echoes.pop(ticket) is None
    assert not len(echoes)
    assert echoes.find(arrival(b"1")) is None
    assert not echoes._by_body
    assert not echoes._by_id


def test_what_has_come_back_waits_only_for_its_outcome() -> None:
    echoes = Echoes()
    echoes[1] = awaited(1, message_id="ours-1")
    echoes[1] = replace(echoes[1], result=replace(echoes[1].result, returned_ns=5))
    assert echoes.find(arrival(message_id="ours-1")) is None
    assert [len(echoes), 1 in echoes, 2 in echoes] == [1, True, False]
    assert [item.result.returned_ns for item in echoes.values()] == [5]


def test_an_id_comes_before_a_body_and_white_space_around_a_body_is_nothing() -> None:
    echoes = Echoes()
    echoes[1] = awaited(1)
    echoes[2] = awaited(2, message_id="ours-2")
    assert echoes.find(arrival(b" <a/>\n", "ours-2")) == 2
    assert echoes.find(arrival(b" <a/>\n", "theirs")) == 1
    assert echoes.find(arrival(b"<b/>")) is None
