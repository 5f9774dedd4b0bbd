"""What every bus driver does, against a real server: receiving, sending, filtering, calling, and coming back."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor.core.bus import (
    BusListener,
    InvalidEvent,
    NotConnected,
    ProbeStepName,
    RpcError,
    RpcTimeout,
)
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, FilterPlace, from_url
from clacks_monitor.core.event import BodyKind, GapCause
from clacks_monitor.core.sending import SendOutcome
from tests.helpers.moving import check_moves
from tests.helpers.recorder import Recorder, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.bus import BusConnection
    from clacks_monitor.core.event import RawMessage
    from tests.contracts.implementations import BusServer

NAMESPACE = "http://www.gonicus.de/Events"


def event(number: int, status: str = "busy") -> bytes:
    """Return a PhoneStatus with a number."""
    return (
        f'<Event xmlns="{NAMESPACE}"><PhoneStatus><CallerId>{number}</CallerId><ReceiverId>1</ReceiverId>'
        f"<Status>{status}</Status></PhoneStatus></Event>"
    ).encode()


def query(condition: str) -> str:
    """Return a subscription query on a PhoneStatus."""
    return f"declare namespace e = '{NAMESPACE}'; ./e:Event/e:PhoneStatus[{condition}]"


@contextlib.contextmanager
def connection(
    bus: BusServer, settings: ConnectionSettings | None = None, *, receiving: bool = True, wait: bool = True
) -> Iterator[tuple[BusConnection, Recorder]]:
    """Run a connection to a bus, and wait until it is up."""
    recorder = Recorder()
    made = bus.connect(settings or from_url(bus.url, protocols=[bus.driver.protocol])[0], recorder, receives=receiving)
    with running(made, recorder, wait=wait):
        yield made, recorder


def in_force(recorder: Recorder, wanted: str) -> bool:
    """Return whether this subscription filter is in force now."""
    return recorder.last.subscription == wanted


def test_receives_and_sends(bus: BusServer) -> None:
    with connection(bus) as (made, recorder):
        assert (recorder.last, recorder.last.subscribed) == (made.status, True)
        assert recorder.last.product
        ticket = made.send(event(1), properties={"a": 1, "b": "x"})
        (message,) = recorder.wait_messages(1)
        assert message.body == event(1)
        assert message.kind is BodyKind.DATA
        assert message.subject == bus.subject
        if bus.typed_properties:
            assert message.properties == {"a": 1, "b": "x"}
            assert message.content_type == "text/xml"
            assert message.creation_ns > 0
        else:
            assert message.properties.items() >= {"a": "1", "b": "x", "topic": bus.subject}.items()
        assert message.message_id == made.message_id(ticket)
        recorder.wait(lambda: recorder.results, "the outcome")
        (result,) = recorder.results
        assert (result.ticket, result.outcome) == (ticket, SendOutcome.ACCEPTED)
        assert 0 < result.sent_ns <= result.settled_ns
        assert result.message_id == message.message_id
    assert recorder.last.state is ConnectionState.CLOSED
    assert not recorder.gaps


@pytest.mark.usefixtures("evaluates_queries")
def test_the_broker_filters_and_says_so(bus: BusServer) -> None:
    settings = replace(from_url(bus.url, protocols=[bus.driver.protocol])[0], subscription=query("e:Status = 'free'"))
    with connection(bus, settings) as (made, recorder):
        assert recorder.last.filter_place is FilterPlace.BROKER
        assert recorder.last.subscription == settings.subscription
        for number in range(20):
            made.send(event(number, "free" if number % 2 else "busy"))
        made.send(event(99, "free"))
        recorder.wait(lambda: recorder.bodies()[-1:] == [event(99, "free")], "the last event")
        assert recorder.bodies() == [event(n, "free") for n in (*range(1, 20, 2), 99)]


@pytest.mark.usefixtures("evaluates_queries")
def test_a_refused_filter_leaves_the_old_one_in_force(bus: BusServer) -> None:
    with connection(bus) as (made, recorder):
        made.subscribe("this is ((( no query")
        recorder.wait(lambda: "is not active" in recorder.last.reason, "the refusal")
        assert recorder.last.state is ConnectionState.CONNECTED
        assert recorder.last.subscription == ""
        made.send(event(1))
        recorder.wait_messages(1)
    assert not recorder.gaps


@pytest.mark.usefixtures("evaluates_queries")
def test_a_filter_refused_at_the_start_is_said_and_another_can_follow(bus: BusServer) -> None:
    settings = replace(from_url(bus.url, protocols=[bus.driver.protocol])[0], subscription="(((")
    with connection(bus, settings, wait=False) as (made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "xquery" in status.reason
        assert not status.subscribed
        made.subscribe(query("true()"))
        recorder.wait_state(ConnectionState.CONNECTED)
        made.send(event(1))
        recorder.wait_messages(1)


def test_a_filter_kept_from_the_broker_is_evaluated_here(bus: BusServer) -> None:
    with connection(bus) as (made, recorder):
        made.subscribe(query("e:Status = 'free'"), why_here="it is ours")
        recorder.wait(lambda: recorder.last.filter_place is FilterPlace.HERE, "the new place")
        made.send(event(1, "busy"))
        recorder.wait_messages(1)


@pytest.mark.usefixtures("evaluates_queries")
def test_changing_the_filter_under_load_misses_and_doubles_nothing(bus: BusServer) -> None:
    """A third of the events match the one filter, a third the other, a third both; the change happens 20 times."""
    kinds = ("one", "other", "both")
    old, new = query("e:Status != 'other'"), query("e:Status != 'one'")
    settings = replace(from_url(bus.url, protocols=[bus.driver.protocol])[0], subscription=old)
    with connection(bus, settings) as (made, recorder), connection(bus, receiving=False) as (sender, _sent):
        stop = threading.Event()
        numbers = []

        def load() -> None:
            for number in range(1_000_000):
                if stop.is_set():
                    return
                sender.send(event(number, kinds[number % 3]))
                numbers.append(number)
                if number % 50 == 0:
                    # Not further ahead than a broker that evaluates queries can follow.
                    recorder.wait_messages(number * 2 // 3 - 300)

        thread = threading.Thread(target=load)
        thread.start()
        for change in range(20):
            wanted = old if change % 2 else new
            made.subscribe(wanted)
            recorder.wait(partial(in_force, recorder, wanted), "the change")
            seen = len(recorder.messages)
            recorder.wait_messages(seen + 100)
        stop.set()
        thread.join()
        sender.send(event(-1, "both"))
        recorder.wait(lambda: event(-1, "both") in recorder.bodies()[-3:], "the last event")
        bodies = Counter(recorder.bodies())
    doubled = [body for body, count in bodies.items() if count > 1]
    both = [number for number in numbers if number % 3 == 2]
    missed = [number for number in both if event(number, "both") not in bodies]
    assert not doubled
    assert not missed
    assert len(both) > 500
    assert not recorder.gaps


@pytest.mark.usefixtures("moves")
def test_moving_to_another_key_and_back_under_load_misses_and_doubles_nothing(bus: BusServer) -> None:
    settings = from_url(bus.url, protocols=[bus.driver.protocol])[0]
    other = replace(settings, routing_key="other")
    with (
        connection(bus, settings) as (made, recorder),
        connection(bus, settings, receiving=False) as sender,
        connection(bus, other, receiving=False) as other_sender,
    ):
        assert made.capabilities.moves
        check_moves((made, recorder), (settings, other), (sender, other_sender), 20, exactly=False)
        assert made.settings == settings


@pytest.mark.usefixtures("moves")
def test_what_is_sent_goes_to_where_the_connection_was_moved(bus: BusServer) -> None:
    settings = from_url(bus.url, protocols=[bus.driver.protocol])[0]
    with connection(bus) as (made, recorder), connection(bus) as (_watching, seen):
        made.send(event(1))
        made.move(replace(settings, routing_key="other"))
        made.send(event(2))
        seen.wait_messages(1)
        recorder.wait(lambda: len(recorder.results) == 2, "the outcomes")
        made.move(settings)
        made.send(event(3))
        seen.wait_messages(2)
        assert seen.bodies() == [event(1), event(3)]


@pytest.mark.usefixtures("own_moves")
def test_a_move_before_the_connection_is_there_is_what_it_begins_with(own_bus: BusServer) -> None:
    own_bus.kill()
    settings = from_url(own_bus.url, protocols=[own_bus.driver.protocol])[0]
    with connection(own_bus, wait=False) as (made, recorder):
        recorder.wait_state(ConnectionState.LOST)
        made.move(replace(settings, routing_key="other"))
        own_bus.restart()
        recorder.wait_state(ConnectionState.CONNECTED)
        with connection(own_bus, receiving=False) as (sender, _sent):
            sender.send(event(1))
            made.send(event(2))
            recorder.wait_messages(1)
            assert recorder.bodies() == [event(2)]


@pytest.mark.usefixtures("moves")
def test_a_source_that_is_refused_leaves_the_old_one_in_force(bus: BusServer) -> None:
    settings = from_url(bus.url, protocols=[bus.driver.protocol])[0]
    with connection(bus) as (made, recorder), connection(bus, receiving=False) as (sender, _sent):
        made.move(replace(settings, domain="org.nowhere"))
        recorder.wait(lambda: "org.nowhere" in recorder.last.reason, "the refusal")
        assert (recorder.last.state, recorder.last.subscribed) == (ConnectionState.CONNECTED, True)
        sender.send(event(1))
        recorder.wait_messages(1)
        made.subscribe(query("true()"), can_be_here=True)
        recorder.wait(lambda: recorder.last.subscription == query("true()"), "the filter")
        sender.send(event(2))
        recorder.wait_messages(2)
    assert not recorder.gaps


def test_equal_events_are_not_taken_for_twins_after_a_change(bus: BusServer) -> None:
    with connection(bus) as (made, recorder):
        made.subscribe(query("true()"))
        recorder.wait(lambda: recorder.last.subscription, "the change")
        for _ in range(100):
            made.send(event(7))
        recorder.wait_messages(100)
        made.send(event(8))
        recorder.wait(lambda: event(8) in recorder.bodies(), "the last event")
        assert len(recorder.messages) == 101


def test_a_killed_broker_is_noticed_said_and_found_again(own_bus: BusServer) -> None:
    with connection(own_bus) as (made, recorder):
        made.send(event(1))
        recorder.wait_messages(1)
        before = recorder.messages[-1].creation_ns or recorder.messages[-1].wall_ns
        own_bus.kill()
        lost = recorder.wait_state(ConnectionState.LOST)
        assert lost.reason
        assert lost.retry_ns
        ticket = made.send(event(2))
        recorder.wait(lambda: recorder.results[-1].ticket == ticket, "the outcome")
        assert recorder.results[-1].outcome is SendOutcome.NOT_CONNECTED
        assert not recorder.gaps
        own_bus.restart()
        recorder.wait_state(ConnectionState.CONNECTED)
        recorder.wait(lambda: recorder.gaps, "the gap")
        (gap,) = recorder.gaps
        assert gap.cause is GapCause.CONNECTION_LOST
        assert before <= gap.from_ns < gap.to_ns
        made.send(event(3))
        recorder.wait_messages(2)
        assert recorder.bodies() == [event(1), event(3)]


def test_a_silent_broker_is_noticed_by_its_missing_heartbeats(own_bus: BusServer) -> None:
    settings = replace(from_url(own_bus.url, protocols=[own_bus.driver.protocol])[0], idle_timeout_s=0.6)
    with connection(own_bus, settings) as (_made, recorder):
        own_bus.pause()
        try:
            recorder.wait_state(ConnectionState.LOST)
            assert "timed out" in recorder.last.reason
        finally:
            own_bus.resume()
        recorder.wait_state(ConnectionState.CONNECTED)
        recorder.wait(lambda: recorder.gaps, "the gap")


@pytest.mark.usefixtures("has_agent")
def test_the_agent_is_called_from_several_threads(bus: BusServer) -> None:
    with connection(bus, receiving=False) as (made, _recorder):
        found: list[object] = []
        threads = [threading.Thread(target=lambda: found.append(made.call("getMethods"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert all(isinstance(methods, dict) and "sendEvent" in methods for methods in found)


@pytest.mark.usefixtures("has_agent")
def test_what_the_agent_sends_arrives_and_what_it_refuses_says_why(bus: BusServer) -> None:
    with connection(bus) as (made, recorder):
        assert made.call("sendEvent", event(5).decode()) is True
        recorder.wait(lambda: event(5) in recorder.bodies(), "the event")
        with pytest.raises(InvalidEvent):
            made.call("sendEvent", f'<Event xmlns="{NAMESPACE}"><PhoneStatus/></Event>')
        with pytest.raises(RpcError, match="noSuchMethod"):
            made.call("noSuchMethod", named={"a": 1})


@pytest.mark.usefixtures("own_has_agent")
def test_without_a_broker_a_call_fails_at_once_and_a_call_that_waits_fails_with_the_broker(own_bus: BusServer) -> None:
    with connection(own_bus) as (made, recorder):
        own_bus.pause()
        failures: list[BaseException] = []

        def call() -> None:
            try:
                made.call("getMethods", timeout=60)
            except NotConnected as error:
                failures.append(error)

        thread = threading.Thread(target=call)
        thread.start()
        own_bus.kill()
        thread.join(30)
        assert len(failures) == 1
        recorder.wait_state(ConnectionState.LOST)
        with pytest.raises(NotConnected):
            made.call("getMethods", timeout=60)


@pytest.mark.usefixtures("own_has_agent")
def test_an_agent_that_does_not_answer_is_given_up(own_bus: BusServer) -> None:
    with connection(own_bus) as (made, _recorder):
        own_bus.pause()
        with pytest.raises(RpcTimeout):
            made.call("getMethods", timeout=0.2)
        own_bus.resume()
        assert made.call("getMethods")


def test_a_broker_that_comes_later_is_waited_for(own_bus: BusServer) -> None:
    own_bus.kill()
    with connection(own_bus, wait=False) as (made, recorder):
        status = recorder.wait_state(ConnectionState.LOST)
        assert "connection refused" in status.reason
        own_bus.restart()
        recorder.wait_state(ConnectionState.CONNECTED)
        made.send(event(1))
        recorder.wait_messages(1)
        assert not recorder.gaps


def test_read_only_attaches_no_sender(bus: BusServer) -> None:
    settings = replace(from_url(bus.url, protocols=[bus.driver.protocol])[0], read_only=True)
    with connection(bus, settings) as (made, recorder):
        made.send(event(1))
        recorder.wait(lambda: recorder.results, "the outcome")
        assert recorder.results[0].outcome is SendOutcome.NOT_PERMITTED
        with pytest.raises(PermissionError, match="read-only"):
            made.call("getMethods")


def test_large_bodies_come_whole(bus: BusServer) -> None:
    bodies = [bytes([65 + n]) * size for n, size in enumerate((0, 1, 65_535, 65_536, 200_000, 3_000_000))]
    with connection(bus) as (made, recorder):
        for body in bodies:
            made.send(body)
        recorder.wait_messages(len(bodies))
        assert recorder.bodies() == bodies


def test_thousands_of_events_from_several_threads_arrive_once_each_in_their_threads_order(bus: BusServer) -> None:
    count, threads = 1250, 4
    with connection(bus) as (made, recorder):

        def send(number: int) -> None:
            for index in range(count):
                made.send(b"<a/>", properties={"thread": number, "index": index})

        workers = [threading.Thread(target=send, args=(number,)) for number in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        recorder.wait(lambda: len(recorder.results) >= count * threads, "the outcomes")
        recorder.wait_messages(count * threads)
        assert {result.outcome for result in recorder.results} == {SendOutcome.ACCEPTED}
        assert sorted(result.ticket for result in recorder.results) == list(range(1, count * threads + 1))
        for number in range(threads):
            properties = [message.properties for message in recorder.messages]
            indices = [int(one["index"]) for one in properties if int(one["thread"]) == number]
            assert indices == list(range(count))


def test_a_callback_that_raises_does_not_end_the_connection(
    bus: BusServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = threading.Event()
    original = Recorder.on_messages

    def once(self: Recorder, batch: list[RawMessage]) -> None:
        if not failed.is_set():
            failed.set()
            raise ValueError("a mistake of the callback")
        original(self, batch)

    monkeypatch.setattr(Recorder, "on_messages", once)
    with connection(bus) as (made, recorder):
        made.send(event(1))
        assert failed.wait(30)
        made.send(event(2))
        recorder.wait_messages(1)
    assert "a mistake of the callback" in caplog.text


def test_it_says_what_it_can_do(bus: BusServer) -> None:
    settings, _password = from_url(bus.url, protocols=[bus.driver.protocol])
    made = bus.driver.connect(settings, BusListener(), password=lambda: None)
    assert made.settings == settings
    assert made.capabilities == bus.capabilities
    reader = bus.driver.connect(replace(settings, read_only=True), BusListener(), password=lambda: None)
    assert (reader.capabilities.agent, reader.capabilities.filters) == (False, bus.capabilities.filters)
    for never_started in (made, reader):
        assert never_started.status.state is ConnectionState.CLOSED
        assert never_started.close()


def test_what_it_made_connects_and_ends(bus: BusServer) -> None:
    recorder = Recorder()
    settings, _password = from_url(bus.url, protocols=[bus.driver.protocol])
    made = bus.driver.connect(settings, recorder, password=lambda: bus.password)
    with made:
        made.start()
        recorder.wait_state(ConnectionState.CONNECTED)
        made.send(event(1))
        recorder.wait_messages(1)
    assert made.stop() == []
    assert made.close()
    assert recorder.last.state is ConnectionState.CLOSED
    with pytest.raises(NotConnected, match="closed"):
        made.send(event(2))
    with pytest.raises(NotConnected, match="closed"):
        made.call("getMethods")


def test_it_says_what_is_known_of_the_peer_and_keeps_it_when_the_peer_is_gone(own_bus: BusServer) -> None:
    wanted = query("e:Status = 'free'")
    settings = replace(from_url(own_bus.url, protocols=[own_bus.driver.protocol])[0], subscription=wanted)
    with connection(own_bus, settings) as (made, recorder):

        def granted() -> bool:
            links = recorder.peers[-1].links if recorder.peers else ()
            return any(link.attached and link.receives and link.credit for link in links)

        recorder.wait(granted, "the receiving link")
        facts = recorder.peers[-1]
        assert (facts.connection_id, facts.name, facts.is_open) == (settings.id, settings.name, True)
        assert facts.product
        assert made.status.product.startswith(facts.product)
        assert facts.host == made.status.host
        assert facts.tls is None
        assert facts.round_trip_ns > 0
        if own_bus.evaluates_queries:
            events = next(link for link in facts.links if link.receives and link.address == settings.domain)
            assert wanted in [value for _name, value in events.filters]
        own_bus.kill()
        recorder.wait(lambda: not recorder.peers[-1].is_open, "the end")
        assert recorder.peers[-1] == replace(facts, is_open=False, links=(), queue_depth=-1.0, **measured(recorder))
        own_bus.restart()
        recorder.wait(granted, "the receiving link of the next connection")
    assert not recorder.peers[-1].is_open


def measured(recorder: Recorder) -> dict[str, Any]:
    """Return what a connection may have measured meanwhile."""
    last = recorder.peers[-1]
    return {"round_trip_ns": last.round_trip_ns, "details": last.details}


def test_it_waits_no_longer_when_it_is_told_to_try_now(own_bus: BusServer) -> None:
    own_bus.kill()
    recorder = Recorder()
    made = own_bus.patient(from_url(own_bus.url, protocols=[own_bus.driver.protocol])[0], recorder)
    with running(made, recorder, wait=False):
        status = recorder.wait_state(ConnectionState.LOST)
        assert status.retry_ns - status.since_ns > 60 * 10**9
        made.retry()
        recorder.wait_state(ConnectionState.CONNECTING)
        recorder.wait_state(ConnectionState.LOST)
        own_bus.restart()
        made.retry()
        recorder.wait_state(ConnectionState.CONNECTED)
        made.retry()  # without effect
        made.send(event(1))
        recorder.wait_messages(1)
        assert [status.state for status in recorder.statuses].count(ConnectionState.CONNECTED) >= 1


def test_an_open_gap_is_told_while_it_lasts(own_bus: BusServer) -> None:
    with connection(own_bus) as (made, recorder):
        made.send(event(1))
        recorder.wait_messages(1)
        assert recorder.last.gap_since_ns == 0
        own_bus.kill()
        lost = recorder.wait_state(ConnectionState.LOST)
        assert 0 < lost.gap_since_ns <= lost.since_ns
        own_bus.restart()
        recorder.wait_state(ConnectionState.CONNECTED)
        recorder.wait(lambda: recorder.gaps, "the gap")
        assert recorder.gaps[0].from_ns == lost.gap_since_ns
        recorder.wait(lambda: recorder.last.gap_since_ns == 0, "the end of the gap")


def test_without_receiving_nothing_is_subscribed_to(bus: BusServer) -> None:
    with connection(bus, receiving=False) as (made, recorder), connection(bus) as (_other, seen):
        made.send(event(1))
        seen.wait_messages(1)
        assert (recorder.messages, recorder.last.subscribed) == ([], False)


def test_a_trial_goes_through_its_steps_in_their_order(bus: BusServer) -> None:
    settings = replace(from_url(bus.url, protocols=[bus.driver.protocol])[0], subscription=query("true()"))
    steps = list(bus.driver.probe(settings, bus.password))
    assert [step.ok for step in steps] == [True] * len(steps)
    names = [step.name for step in steps]
    assert names == [name for name in ProbeStepName if name in names]
    assert {ProbeStepName.TCP, ProbeStepName.OPEN, ProbeStepName.FILTER} <= set(names)
    assert all(step.message for step in steps)


@pytest.mark.usefixtures("evaluates_queries")
@pytest.mark.parametrize("here", [False, True])
def test_a_trial_of_a_filter_that_is_refused_fails_unless_it_can_be_here(bus: BusServer, *, here: bool) -> None:
    settings = replace(from_url(bus.url, protocols=[bus.driver.protocol])[0], subscription="(((")
    *before, last = bus.driver.probe(settings, bus.password, filters_here=here)
    assert all(step.ok for step in before)
    assert (last.name, last.ok) == (ProbeStepName.FILTER, here)


def test_a_trial_ends_with_the_first_step_that_fails(own_bus: BusServer) -> None:
    own_bus.kill()
    *before, last = own_bus.driver.probe(from_url(own_bus.url, protocols=[own_bus.driver.protocol])[0], None)
    assert all(step.ok for step in before)
    assert (last.name, last.ok) == (ProbeStepName.TCP, False)
