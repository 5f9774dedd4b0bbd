"""Sending: every outcome reaches whoever sent, once, whichever way it went and in whatever order it is heard of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest

from clacks_monitor.amqp import AmqpError
from clacks_monitor.core.bus import InvalidEvent, NotConnected, NotPermitted, RpcTimeout
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.event import Event, Gap, GapCause, RawMessage
from clacks_monitor.core.sending import SendOutcome, SendResult, Via
from clacks_monitor.session.notices import EventSent, Notice
from clacks_monitor.session.sending import echo_tracker
from clacks_monitor.session.sending.echo_tracker import EchoTracker
from clacks_monitor.session.sending.sender import Sender

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from clacks_monitor.core.event import Entry
    from clacks_monitor.session.connections import Connections

XML = b"<Event/>"


@dataclass
class Link:
    """A connection that numbers what it is given, or raises."""

    error: Exception | None = None
    sent: list[bytes] = field(default_factory=list)
    called: list[tuple[str, str]] = field(default_factory=list)
    on_send: Callable[[int], object] | None = None

    def send(self, xml: bytes) -> int:
        if self.error is not None:
            raise self.error
        self.sent.append(xml)
        if self.on_send is not None:
            self.on_send(len(self.sent))
        return len(self.sent)

    def message_id(self, ticket: int) -> str:
        return f"ours-{ticket}"

    def call(self, method: str, xml: str) -> None:
        self.called.append((method, xml))
        if self.error is not None:
            raise self.error


@dataclass
class Links:
    """One connection named office, as its settings and status are."""

    link: Link | None
    read_only: bool = False
    state: ConnectionState | None = ConnectionState.CONNECTED

    def get(self, connection_id: str) -> ConnectionSettings | None:
        return ConnectionSettings("Office", read_only=self.read_only) if connection_id == "office" else None

    def statuses(self) -> dict[str, ConnectionStatus]:
        return {} if self.state is None else {"office": ConnectionStatus("office", "Office", self.state, 0)}

    def live(self, connection_id: str) -> Link | None:
        return self.link if connection_id == "office" else None


class Sending:
    """A sender with what it told."""

    def __init__(self, links: Links) -> None:
        self.results: list[SendResult] = []
        self.tracker = EchoTracker(self._notify)
        self.sender = Sender(cast("Connections", links), self.tracker)

    def _notify(self, notices: Iterable[Notice]) -> None:
        self.results += [notice.result for notice in notices if isinstance(notice, EventSent)]

    def told(self) -> list[tuple[int, SendOutcome, bool]]:
        return [(result.ticket, result.outcome, result.final) for result in self.results]

    def agent_is_done(self) -> None:
        """Wait for the calls of the agent that were begun."""
        thread = self.sender._agent._thread
        assert thread is not None
        self.sender._agent._calls.put(None)
        assert wait_for([thread], 20) == []


@pytest.fixture
def link() -> Link:
    return Link()


@pytest.fixture
def sending(link: Link) -> Iterator[Sending]:
    made = Sending(Links(link))
    yield made
    assert wait_for(made.sender.stop(), 20) == []


def echo(body: bytes = XML, message_id: str = "ours-1", at: int = 77) -> Event:
    return Event(RawMessage("Office", at, at, body, message_id=message_id), "", "")


@pytest.mark.parametrize(
    ("links", "connection", "words"),
    [
        (Links(Link()), "gone", "Choose a connection for sending."),
        (
            Links(Link(), read_only=True),
            "office",
            "Office is read-only. Choose another connection or edit this one.",
        ),
        (
            Links(Link(), state=ConnectionState.CONNECTING),
            "office",
            "Office is not connected. Connect it first or choose another connection.",
        ),
        (
            Links(Link(), state=None),
            "office",
            "Office is not connected. Connect it first or choose another connection.",
        ),
        (Links(None), "office", "Not connected."),
    ],
)
@pytest.mark.parametrize("via", Via)
def test_why_nothing_can_be_sent_is_said_at_once(links: Links, connection: str, words: str, via: Via) -> None:
    sending = Sending(links)
    ticket = sending.sender.send(connection, XML, via)
    (result,) = sending.results
    assert (result.ticket, result.outcome, result.detail, result.final) == (
        ticket,
        SendOutcome.NOT_CONNECTED,
        words,
        True,
    )
    assert result.sent_ns > 0
    assert not sending.tracker.waiting
    assert links.link is None or (links.link.sent, links.link.called) == ([], [])
    assert sending.sender.why_not(connection) == (words if links.link is not None else "")


def test_the_way_is_the_exchange_unless_said_otherwise_and_tickets_differ(sending: Sending, link: Link) -> None:
    assert [sending.sender.send("office", body) for body in (b"<a/>", b"<b/>")] == [1, 2]
    assert (link.sent, link.called, sending.results) == ([b"<a/>", b"<b/>"], [], [])
    assert sending.tracker.waiting


def test_what_was_accepted_is_told_and_again_when_it_comes_back(sending: Sending) -> None:
    ticket = sending.sender.send("office", XML)
    sending.tracker.on_results("office", [SendResult(1, SendOutcome.ACCEPTED, "good")])
    assert sending.told() == [(ticket, SendOutcome.ACCEPTED, False)]
    assert sending.results[0].settled_ns >= sending.results[0].sent_ns > 0
    sending.tracker.on_stored(5, [echo(message_id="theirs"), echo()])
    assert sending.told() == [(ticket, SendOutcome.ACCEPTED, False), (ticket, SendOutcome.ACCEPTED, True)]
    back = sending.results[1]
    assert (back.returned_ns, back.sequence, back.detail) == (77, 6, "good")
    assert (back.sent_ns, back.settled_ns) == (sending.results[0].sent_ns, sending.results[0].settled_ns)
    assert not sending.tracker.waiting
    sending.tracker.on_stored(9, [echo()])
    assert len(sending.results) == 2


def test_an_echo_before_the_outcome_is_told_with_it(sending: Sending) -> None:
    ticket = sending.sender.send("office", XML)
    sending.tracker.on_stored(5, [echo()])
    assert (sending.results, sending.tracker.waiting) == ([], True)
    sending.tracker.on_results("office", [SendResult(1, SendOutcome.ACCEPTED)])
    assert sending.told() == [(ticket, SendOutcome.ACCEPTED, True)]
    assert (sending.results[0].returned_ns, sending.results[0].sequence) == (77, 5)
    assert not sending.tracker.waiting


def test_an_outcome_that_is_heard_before_the_ticket_is_known_is_not_lost(sending: Sending, link: Link) -> None:
    link.on_send = lambda number: sending.tracker.on_results(
        "office", [SendResult(number, SendOutcome.REJECTED, "full")]
    )
    tickets = [sending.sender.send("office", XML) for _ in range(2)]
    assert sending.told() == [(ticket, SendOutcome.REJECTED, True) for ticket in tickets]
    assert not sending.tracker.waiting


@pytest.mark.parametrize("outcome", [item for item in SendOutcome if item is not SendOutcome.ACCEPTED])
def test_a_failure_is_final_and_waits_for_nothing(sending: Sending, outcome: SendOutcome) -> None:
    ticket = sending.sender.send("office", XML)
    sending.tracker.on_results("office", [SendResult(1, outcome, "why", settled_ns=9)])
    assert sending.told() == [(ticket, outcome, True)]
    assert (sending.results[0].detail, sending.results[0].settled_ns) == ("why", 9)
    assert not sending.tracker.waiting


def test_an_outcome_that_may_be_followed_by_another_is_followed(sending: Sending) -> None:
    ticket = sending.sender.send("office", XML)
    sending.tracker.on_results("office", [SendResult(1, SendOutcome.TIMED_OUT, "no answer yet", final=False)])
    sending.tracker.on_results("office", [SendResult(1, SendOutcome.REJECTED, "no")])
    assert sending.told() == [(ticket, SendOutcome.TIMED_OUT, False), (ticket, SendOutcome.REJECTED, True)]


def test_outcomes_of_other_connections_are_not_ours(sending: Sending) -> None:
    ticket = sending.sender.send("office", XML)
    sending.tracker.on_results("elsewhere", [SendResult(1, SendOutcome.REJECTED)])
    assert sending.results == []
    sending.tracker.on_results("office", [SendResult(1, SendOutcome.ACCEPTED)])
    assert sending.told() == [(ticket, SendOutcome.ACCEPTED, False)]


def test_a_connection_that_refuses_to_send_is_told_in_its_words(sending: Sending, link: Link) -> None:
    link.error = NotConnected("The bus went away.")
    ticket = sending.sender.send("office", XML)
    assert sending.told() == [(ticket, SendOutcome.NOT_CONNECTED, True)]
    assert sending.results[0].detail == "The bus went away."
    assert not sending.tracker.waiting


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (InvalidEvent("It breaks its schema."), SendOutcome.INVALID),
        (NotPermitted("No right."), SendOutcome.NOT_PERMITTED),
        (RpcTimeout("No answer."), SendOutcome.TIMED_OUT),
        (NotConnected("The agent is away."), SendOutcome.NOT_CONNECTED),
        (AmqpError("Something else."), SendOutcome.REJECTED),
    ],
)
def test_whatever_the_agent_says_ends_the_sending(
    sending: Sending, link: Link, error: AmqpError, outcome: SendOutcome
) -> None:
    link.error = error
    ticket = sending.sender.send("office", XML, Via.AGENT)
    sending.agent_is_done()
    assert sending.told() == [(ticket, outcome, True)]
    assert sending.results[0].detail == str(error)
    assert link.called == [("sendEvent", "<Event/>")]
    assert (link.sent, sending.tracker.waiting) == ([], False)


def test_what_the_agent_published_is_known_by_its_body(sending: Sending, link: Link) -> None:
    ticket = sending.sender.send("office", b"\n<a>\xff</a>\n", Via.AGENT)
    sending.agent_is_done()
    assert link.called == [("sendEvent", "\n<a>\ufffd</a>\n")]
    assert sending.told() == [(ticket, SendOutcome.ACCEPTED, False)]
    assert sending.results[0].detail == "Published by the agent."
    sending.tracker.on_stored(3, [echo(b"<a>\xff</a>", "the agent's")])
    assert sending.told()[1:] == [(ticket, SendOutcome.ACCEPTED, True)]


def test_entries_that_are_no_events_are_passed_over(sending: Sending) -> None:
    ticket = sending.sender.send("office", XML)
    gap = Gap("Office", 1, 2, GapCause.SHED)
    entries: list[Entry] = [gap, echo()]
    sending.tracker.on_results("office", [SendResult(1, SendOutcome.ACCEPTED)])
    sending.tracker.on_stored(10, entries)
    assert (sending.told()[1:], sending.results[-1].sequence) == ([(ticket, SendOutcome.ACCEPTED, True)], 11)


@pytest.mark.parametrize(("late_ns", "given_up"), [(0, False), (1, True)])
def test_what_does_not_come_back_within_some_seconds_is_said_to_be_routed_elsewhere(
    sending: Sending, monkeypatch: pytest.MonkeyPatch, late_ns: int, given_up: bool
) -> None:
    assert echo_tracker.ECHO_WAIT_NS == 5_000_000_000
    ticket = sending.sender.send("office", XML)
    sending.sender.send("office", XML)
    sending.tracker.on_results("office", [SendResult(1, SendOutcome.ACCEPTED, settled_ns=1_000)])
    monkeypatch.setattr(
        "clacks_monitor.session.sending.echo_tracker.time.time_ns", lambda: 1_000 + 5_000_000_000 + late_ns
    )
    sending.tracker.give_up_waiting()
    expected = [(ticket, SendOutcome.ACCEPTED, True)] if given_up else []
    assert sending.told()[1:] == expected
    assert sending.tracker.waiting
    if given_up:
        assert sending.results[-1].detail == "Accepted by the broker, not received here."
        sending.tracker.give_up_waiting()
        sending.tracker.on_stored(1, [echo()])
        assert len(sending.results) == 2
