"""ActiveMQ Artemis, played by the embedded broker: its selectors, its kinds of addresses."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from proton import Message
from proton.utils import BlockingConnection

from clacks_monitor import amqp
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, DialectName, FilterPlace, from_url
from clacks_monitor.session.receiving.arrival import Subscriber
from clacks_monitor.testbed.broker import BrokerKind, BrokerSettings
from clacks_monitor.xquery import compile_query
from tests.helpers.played_broker import played_broker
from tests.helpers.recorder import Recorder, connection

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "http://www.gonicus.de/Events"
QUEUE = "telephones"
ARTEMIS = BrokerSettings(port=0, kind=BrokerKind.ARTEMIS, queues=(QUEUE, "org.clacks::shared"))
BUSY = f"declare namespace e='{NAMESPACE}'; ./e:Event/e:PhoneStatus[e:Status = 'it''s busy']"


def event(number: int, status: str) -> str:
    return (
        f'<Event xmlns="{NAMESPACE}"><PhoneStatus><CallerId>{number}</CallerId><Status>{status}</Status></PhoneStatus>'
        "</Event>"
    )


@pytest.fixture
def url() -> Iterator[str]:
    with played_broker(ARTEMIS) as broker:
        yield broker.url


def publish(url: str, bodies: list[str | bytes], address: str = "org.clacks") -> None:
    """Publish texts as AMQP strings, and bytes as data."""
    with contextlib.closing(BlockingConnection(url.rsplit("/", 1)[0], timeout=20)) as made:
        sender = made.create_sender(address)
        for body in bodies:
            sender.send(Message(body=body, subject="event", inferred=isinstance(body, bytes)))


def mixed(count: int) -> list[str | bytes]:
    """Return strings that match in part, data that matches in part, and what cannot be evaluated."""
    bodies: list[str | bytes] = []
    for number in range(count):
        text = event(number, "it's busy" if number % 5 == 0 else "free")
        bodies.append(text if number % 2 else text.encode())
    return [*bodies, "<not xml", f"<!DOCTYPE a>{event(count, 'free')}", b"\x00\xff", event(-1, "it's busy")]


def test_the_selector_keeps_back_what_surely_does_not_match(url: str) -> None:
    with connection(url) as (made, recorder):
        assert recorder.last.dialect is DialectName.ARTEMIS
        made.subscribe(BUSY, can_be_here=True, portable=compile_query(BUSY).portable)
        recorder.wait(lambda: recorder.last.subscription == BUSY, "the filter")
        assert recorder.last.filter_place is FilterPlace.BROKER
        assert "not an AMQP string" in recorder.last.filter_note
        recorder.wait(lambda: recorder.last.asked_here == (BUSY,), "the end of the change")
        publish(url, mixed(100))
        last = event(-1, "it's busy").encode()
        recorder.wait(lambda: last in recorder.bodies(), "the last event")
        kept_back = {event(n, "free").encode() for n in range(1, 100, 2) if n % 5}
        sent = [body if isinstance(body, bytes) else body.encode() for body in mixed(100)]
        assert recorder.bodies() == [body for body in sent if body not in kept_back]
        assert len(kept_back) == 40


def test_what_passes_the_selector_is_evaluated_here_as_well(url: str) -> None:
    settings = replace(from_url(url)[0], subscription=BUSY)
    recorder = Recorder()
    subscriber = Subscriber(amqp, settings, recorder, password=lambda: None)
    subscriber.start()
    try:
        recorder.wait_state(ConnectionState.CONNECTED)
        assert recorder.last.filter_place is FilterPlace.BROKER
        publish(url, mixed(100))
        last = event(-1, "it's busy").encode()
        recorder.wait(lambda: last in recorder.bodies(), "the last event")
        busy = [event(n, "it's busy").encode() for n in range(0, 100, 5)]
        # What cannot be parsed is shown: the query could not say that it is not wanted.
        broken = [b"<not xml", f"<!DOCTYPE a>{event(100, 'free')}".encode(), b"\x00\xff"]
        assert recorder.bodies() == [*busy, *broken, last]
    finally:
        subscriber.close()


def test_a_filter_that_has_no_form_in_xpath_runs_here(url: str) -> None:
    query = "matches(string(.), 'busy')"
    with connection(url) as (made, recorder):
        made.subscribe(query, can_be_here=True, portable=compile_query(query).portable)
        recorder.wait(lambda: recorder.last.subscription == query, "the filter")
        assert (recorder.last.filter_place, recorder.last.asked_here) == (FilterPlace.HERE, (query,))
        assert "XPath 1.0 only" in recorder.last.filter_note


def test_changes_of_the_filter_lose_and_double_nothing(url: str) -> None:
    free = BUSY.replace("it''s busy", "free")
    with connection(url) as (made, recorder):
        for change in range(10):
            query = free if change % 2 else BUSY
            made.subscribe(query, can_be_here=True, portable=compile_query(query).portable)
            publish(url, [event(change, "it's busy"), event(change, "free")])
            recorder.wait(lambda query=query: recorder.last.asked_here == (query,), "the change")  # type: ignore[misc]  # bound
        bodies = recorder.bodies()
        assert len(set(bodies)) == len(bodies)
        assert not recorder.gaps


@pytest.mark.parametrize(("domain", "looks"), [(QUEUE, True), ("org.clacks::shared", True), ("org.clacks", False)])
def test_a_queue_is_looked_at_and_the_status_says_so(url: str, domain: str, *, looks: bool) -> None:
    with connection(replace(from_url(url)[0], domain=domain)) as (_made, recorder):
        assert ("only looked at" in recorder.last.reason) == looks
        assert recorder.last.subscribed


def test_a_queue_of_the_monitors_own_is_emptied(url: str) -> None:
    settings = replace(from_url(url)[0], domain=QUEUE, consumes=True)
    publish(url, [event(n, "free") for n in range(10)], QUEUE)
    with connection(settings) as (_made, recorder):
        recorder.wait_messages(10)
        assert not recorder.last.reason
    with connection(replace(settings, consumes=False)) as (made, recorder):
        made.send(b"<later/>")
        recorder.wait(lambda: recorder.messages, "what came later")
        assert recorder.bodies() == [b"<later/>"]


def test_an_address_that_is_missing_is_told(url: str) -> None:
    with connection(replace(from_url(url)[0], domain="org.nowhere"), wait=False) as (_made, recorder):
        assert "check the domain" in recorder.wait_state(ConnectionState.REFUSED).reason


def settings_for(url: str) -> ConnectionSettings:
    return replace(from_url(url)[0], subscription=BUSY)


def test_the_trial_shows_that_the_broker_filters(url: str) -> None:
    *before, last = amqp.probe(from_url(url)[0], None)
    assert all(step.ok for step in before)
    assert (last.ok, last.message) == (True, "Filter accepted by the broker.")
    last = list(amqp.probe(settings_for(url), None))[-1]
    assert last.ok
    assert "XPath 1.0 only" in last.message
