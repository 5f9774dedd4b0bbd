"""The connection against the embedded broker: real processes, real sockets."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.bus import InvalidEvent, NotConnected, RpcError, RpcTimeout
from clacks_monitor.core.connection import ConnectionState, DialectName, FilterPlace, from_url
from clacks_monitor.core.event import BodyKind, GapCause
from clacks_monitor.core.sending import SendOutcome
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.recorder import Recorder, connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.event import RawMessage

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


def in_force(recorder: Recorder, wanted: str) -> bool:
    """Return whether this subscription filter is in force now."""
    return recorder.last.subscription == wanted


@pytest.fixture(scope="module")
def broker() -> Iterator[BrokerProcess]:
    with running_broker() as process:
        yield process


@pytest.fixture
def url(broker: BrokerProcess) -> str:
    """Return the URL of the module's broker."""
    return broker.url


def test_receives_and_sends(url: str) -> None:
    with connection(url) as (made, recorder):
        assert recorder.last.dialect is DialectName.EMBEDDED
        assert recorder.last.product
        ticket = made.send(event(1), properties={"a": 1, "b": "x"})
        (message,) = recorder.wait_messages(1)
        assert message.body == event(1)
        assert message.kind is BodyKind.DATA
        assert (message.subject, message.content_type) == ("event", "text/xml")
        assert message.properties == {"a": 1, "b": "x"}
        assert message.message_id == made.message_id(ticket)
        assert message.creation_ns > 0
        recorder.wait(lambda: recorder.results, "the outcome")
        (result,) = recorder.results
        assert (result.ticket, result.outcome) == (ticket, SendOutcome.ACCEPTED)
        assert 0 < result.sent_ns <= result.settled_ns
        assert result.message_id == message.message_id
    assert recorder.last.state is ConnectionState.CLOSED
    assert not recorder.gaps


def test_the_broker_filters_and_says_so(url: str) -> None:
    settings = replace(from_url(url)[0], subscription=query("e:Status = 'free'"))
    with connection(settings) as (made, recorder):
        assert recorder.last.filter_place is FilterPlace.BROKER
        assert recorder.last.subscription == settings.subscription
        for number in range(20):
            made.send(event(number, "free" if number % 2 else "busy"))
        made.send(event(99, "free"))
        recorder.wait(lambda: recorder.bodies()[-1:] == [event(99, "free")], "the last event")
        assert recorder.bodies() == [event(n, "free") for n in (*range(1, 20, 2), 99)]


def test_a_refused_filter_leaves_the_old_one_in_force(url: str) -> None:
    with connection(url) as (made, recorder):
        made.subscribe("this is ((( no query")
        recorder.wait(lambda: "not in force" in recorder.last.reason, "the refusal")
        assert recorder.last.state is ConnectionState.CONNECTED
        assert recorder.last.subscription == ""
        made.send(event(1))
        recorder.wait_messages(1)
    assert not recorder.gaps


def test_a_filter_refused_at_the_start_is_said_and_another_can_follow(url: str) -> None:
    settings = replace(from_url(url)[0], subscription="(((")
    with connection(settings, wait=False) as (made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "xquery" in status.reason
        assert not status.subscribed
        made.subscribe(query("true()"))
        recorder.wait_state(ConnectionState.CONNECTED)
        made.send(event(1))
        recorder.wait_messages(1)


def test_a_filter_kept_from_the_broker_is_evaluated_here(url: str) -> None:
    with connection(url) as (made, recorder):
        made.subscribe(query("e:Status = 'free'"), why_here="it is ours")
        recorder.wait(lambda: recorder.last.filter_place is FilterPlace.HERE, "the new place")
        made.send(event(1, "busy"))
        recorder.wait_messages(1)


def test_changing_the_filter_under_load_misses_and_doubles_nothing(url: str) -> None:
    """A third of the events match the one filter, a third the other, a third both; the change happens 20 times."""
    kinds = ("one", "other", "both")
    old, new = query("e:Status != 'other'"), query("e:Status != 'one'")
    settings = replace(from_url(url)[0], subscription=old)
    with connection(settings) as (made, recorder), connection(url, receiving=False) as (sender, _sent):
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


def test_equal_events_are_not_taken_for_twins_after_a_change(url: str) -> None:
    with connection(url) as (made, recorder):
        made.subscribe(query("true()"))
        recorder.wait(lambda: recorder.last.subscription, "the change")
        for _ in range(100):
            made.send(event(7))
        recorder.wait_messages(100)
        made.send(event(8))
        recorder.wait(lambda: event(8) in recorder.bodies(), "the last event")
        assert len(recorder.messages) == 101


def test_a_killed_broker_is_noticed_said_and_found_again() -> None:
    with running_broker() as broker, connection(broker.url) as (made, recorder):
        made.send(event(1))
        recorder.wait_messages(1)
        before = recorder.messages[-1].wall_ns
        broker.kill()
        lost = recorder.wait_state(ConnectionState.LOST)
        assert lost.reason
        assert lost.retry_ns
        ticket = made.send(event(2))
        recorder.wait(lambda: recorder.results[-1].ticket == ticket, "the outcome")
        assert recorder.results[-1].outcome is SendOutcome.NOT_CONNECTED
        assert not recorder.gaps
        broker.restart()
        recorder.wait_state(ConnectionState.CONNECTED)
        recorder.wait(lambda: recorder.gaps, "the gap")
        (gap,) = recorder.gaps
        assert gap.cause is GapCause.CONNECTION_LOST
        assert before <= gap.from_ns < gap.to_ns
        made.send(event(3))
        recorder.wait_messages(2)
        assert recorder.bodies() == [event(1), event(3)]


def test_a_silent_broker_is_noticed_by_its_missing_heartbeats() -> None:
    with running_broker() as broker:
        settings = replace(from_url(broker.url)[0], idle_timeout_s=0.6)
        with connection(settings) as (_made, recorder):
            os.kill(broker.pid, signal.SIGSTOP)
            try:
                recorder.wait_state(ConnectionState.LOST)
                assert "silent" in recorder.last.reason
            finally:
                os.kill(broker.pid, signal.SIGCONT)
            recorder.wait_state(ConnectionState.CONNECTED)
            recorder.wait(lambda: recorder.gaps, "the gap")


def test_the_agent_is_called_from_several_threads(url: str) -> None:
    with connection(url, receiving=False) as (made, _recorder):
        found: list[object] = []
        threads = [threading.Thread(target=lambda: found.append(made.call("getMethods"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert all(isinstance(methods, dict) and "sendEvent" in methods for methods in found)


def test_what_the_agent_sends_arrives_and_what_it_refuses_says_why(url: str) -> None:
    with connection(url) as (made, recorder):
        assert made.call("sendEvent", event(5).decode()) is True
        recorder.wait(lambda: event(5) in recorder.bodies(), "the event")
        with pytest.raises(InvalidEvent):
            made.call("sendEvent", f'<Event xmlns="{NAMESPACE}"><PhoneStatus/></Event>')
        with pytest.raises(RpcError, match="noSuchMethod"):
            made.call("noSuchMethod", named={"a": 1})


def test_without_a_broker_a_call_fails_at_once_and_a_call_that_waits_fails_with_the_broker() -> None:
    with running_broker() as broker, connection(broker.url) as (made, recorder):
        os.kill(broker.pid, signal.SIGSTOP)
        failures: list[BaseException] = []

        def call() -> None:
            try:
                made.call("getMethods", timeout=60)
            except NotConnected as error:
                failures.append(error)

        thread = threading.Thread(target=call)
        thread.start()
        broker.kill()
        thread.join(30)
        assert len(failures) == 1
        recorder.wait_state(ConnectionState.LOST)
        with pytest.raises(NotConnected):
            made.call("getMethods", timeout=60)


def test_an_agent_that_does_not_answer_is_given_up() -> None:
    with running_broker() as broker, connection(broker.url) as (made, _recorder):
        os.kill(broker.pid, signal.SIGSTOP)
        with pytest.raises(RpcTimeout):
            made.call("getMethods", timeout=0.2)
        os.kill(broker.pid, signal.SIGCONT)
        assert made.call("getMethods")


def test_the_next_host_of_the_list_is_taken() -> None:
    with running_broker() as first, running_broker() as second:
        settings = replace(from_url(first.url)[0], hosts=(("127.0.0.1", first.port), ("localhost", second.port)))
        with connection(settings) as (made, recorder):
            assert recorder.last.host == f"127.0.0.1:{first.port}"
            first.kill()
            recorder.wait(lambda: recorder.last.host.startswith("localhost"), "the other host")
            recorder.wait_state(ConnectionState.CONNECTED)
            made.send(event(1))
            recorder.wait_messages(1)


def test_a_broker_that_comes_later_is_waited_for() -> None:
    broker = BrokerProcess()
    broker.start()
    broker.kill()
    with connection(f"amqp://127.0.0.1:{broker.port}/org.clacks", wait=False) as (made, recorder):
        status = recorder.wait_state(ConnectionState.LOST)
        assert "nothing listens there" in status.reason
        broker.restart()
        try:
            recorder.wait_state(ConnectionState.CONNECTED)
            made.send(event(1))
            recorder.wait_messages(1)
            assert not recorder.gaps
        finally:
            broker.kill()


def test_a_missing_exchange_is_named_and_tried_again(broker: BrokerProcess) -> None:
    url = broker.url.replace("org.clacks", "org.nowhere")
    with connection(url, wait=False) as (_made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "org.nowhere" in status.reason
        assert status.retry_ns


def test_read_only_attaches_no_sender(url: str) -> None:
    settings = replace(from_url(url)[0], read_only=True)
    with connection(settings) as (made, recorder):
        made.send(event(1))
        recorder.wait(lambda: recorder.results, "the outcome")
        assert recorder.results[0].outcome is SendOutcome.NOT_PERMITTED
        with pytest.raises(PermissionError, match="read-only"):
            made.call("getMethods")


def test_large_bodies_come_whole(url: str) -> None:
    bodies = [bytes([65 + n]) * size for n, size in enumerate((0, 1, 65_535, 65_536, 200_000, 3_000_000))]
    with connection(url) as (made, recorder):
        for body in bodies:
            made.send(body)
        recorder.wait_messages(len(bodies))
        assert recorder.bodies() == bodies


def test_thousands_of_events_from_several_threads_arrive_once_each_in_their_threads_order(url: str) -> None:
    count, threads = 1250, 4
    with connection(url) as (made, recorder):

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
            indices = [m.properties["index"] for m in recorder.messages if m.properties["thread"] == number]
            assert indices == list(range(count))


def test_a_callback_that_raises_does_not_end_the_connection(
    url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = threading.Event()
    original = Recorder.on_messages

    def once(self: Recorder, batch: list[RawMessage]) -> None:
        if not failed.is_set():
            failed.set()
            raise ValueError("a mistake of the callback")
        original(self, batch)

    monkeypatch.setattr(Recorder, "on_messages", once)
    with connection(url) as (made, recorder):
        made.send(event(1))
        assert failed.wait(30)
        made.send(event(2))
        recorder.wait_messages(1)
    assert "a mistake of the callback" in caplog.text
