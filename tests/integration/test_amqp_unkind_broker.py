"""A broker within the standard that does nothing for the client's comfort: refuses, answers late or never."""

from __future__ import annotations

import socket
import struct
import threading
from dataclasses import replace

import pytest

from clacks_monitor.amqp import Connection, handover
from clacks_monitor.amqp.values import write
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, from_url
from clacks_monitor.core.event import GapCause
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.networking import sending
from tests.helpers.recorder import QUICK, Recorder, connection
from tests.helpers.scripted_links import Links
from tests.helpers.scripted_peer import (
    ATTACH,
    CLOSE,
    DETACH,
    DISPOSITION,
    END,
    FALSE,
    FLOW,
    NULL,
    TRANSFER,
    TRUE,
    ScriptedPeer,
    described,
    event,
    scripted_peer,
    serve,
    symbol,
    transfer,
    uint,
)
from tests.helpers.turning_clock import TurningClock

HOUR = 3600
ACCEPTED, REJECTED, RELEASED, MODIFIED, RECEIVED = 0x24, 0x25, 0x26, 0x27, 0x23


def settings(port: int, query: str = "") -> ConnectionSettings:
    """Return settings for a peer that sends no heartbeats while time passes."""
    return replace(from_url(f"amqp://127.0.0.1:{port}")[0], idle_timeout_s=0, subscription=query, handover_s=0)


def test_a_filter_change_goes_on_when_the_old_link_is_never_drained() -> None:
    time, drains, ended = TurningClock(), [threading.Event(), threading.Event()], threading.Event()

    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        while True:
            code, number, fields = links.hear()
            if code == FLOW and len(fields) > 8 and fields[8] and number < 2:
                drains[number].set()  # and no answer
            elif code == DETACH and number == 0:
                ended.set()

    with (
        scripted_peer(script) as port,
        connection(settings(port), clock=time.clock) as (made, recorder),
    ):
        made.subscribe("true()", why_here="it is tried here", can_be_here=True)
        made.subscribe("1 = 1")
        recorder.wait(lambda: recorder.last.subscription == "1 = 1", "the new filter")
        assert drains[0].wait(20)
        time.turn(int(handover.PATIENCE) - 1, made)
        assert not recorder.gaps
        assert not ended.is_set()
        time.turn(2, made)
        recorder.wait(lambda: recorder.gaps, "word of it")
        (gap,) = recorder.gaps
        assert gap.cause is GapCause.FILTER_CHANGED
        assert "did not report" in gap.detail
        assert ended.wait(20), "the old link is ended all the same"
        # The drain of the new link is not answered either: that alone loses nothing.
        assert drains[1].wait(20)
        time.turn(int(handover.PATIENCE) + 1, made)
        made.subscribe("")
        recorder.wait(lambda: not recorder.last.subscription, "the next filter")
        assert len(recorder.gaps) == 1


def test_a_sent_event_that_is_never_confirmed_is_told_after_its_time_and_not_before() -> None:
    time, taken = TurningClock(), threading.Event()

    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        while True:
            code, number, _fields = links.hear()
            if code == ATTACH:
                links.credit(number)
            elif code == TRANSFER:
                taken.set()

    with (
        scripted_peer(script) as port,
        connection(settings(port), receiving=False, clock=time.clock) as (made, recorder),
    ):
        ticket = made.send(b"<a/>")
        assert taken.wait(20)
        assert sending.PATIENCE == 30.0
        time.turn(15, made)
        time.turn(14, made)
        assert not recorder.results
        time.turn(2, made)
        recorder.wait(lambda: recorder.results, "word of it")
        time.turn(HOUR, made)
        (told,) = recorder.results
        assert (told.ticket, told.outcome, told.final) == (ticket, SendOutcome.TIMED_OUT, False)
        assert "30 s" in told.detail
    assert [result.outcome for result in recorder.results] == [SendOutcome.TIMED_OUT, SendOutcome.NOT_CONNECTED]


REFUSAL = described(0x1D, symbol("amqp:not-allowed"), write("no right\u202e here" + "!" * 5000))


@pytest.mark.parametrize(
    ("settled", "state", "outcome", "words"),
    [
        (TRUE, described(ACCEPTED), SendOutcome.ACCEPTED, ""),
        (FALSE, described(ACCEPTED), SendOutcome.ACCEPTED, ""),
        (TRUE, NULL, SendOutcome.ACCEPTED, ""),
        (TRUE, described(RELEASED), SendOutcome.REJECTED, "released it"),
        (FALSE, described(RELEASED), SendOutcome.REJECTED, "released it"),
        (TRUE, described(MODIFIED, TRUE, TRUE), SendOutcome.REJECTED, "released it"),
        (TRUE, described(REJECTED), SendOutcome.REJECTED, "no reason given"),
        (TRUE, described(REJECTED, REFUSAL), SendOutcome.NOT_PERMITTED, "no right‹U+202E› here"),
    ],
)
def test_each_outcome_of_a_sent_event_is_told(settled: bytes, state: bytes, outcome: SendOutcome, words: str) -> None:
    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        while True:
            code, number, _fields = links.hear()
            if code == ATTACH:
                links.credit(number)
            elif code == TRANSFER:
                peer.say(DISPOSITION, TRUE, uint(0), uint(0), FALSE, described(RECEIVED, uint(0), b"\x44"))
                peer.say(DISPOSITION, TRUE, uint(0), uint(0), settled, state)

    with scripted_peer(script) as port, connection(settings(port), receiving=False) as (made, recorder):
        ticket = made.send(b"<a/>")
        recorder.wait(lambda: recorder.results, "the outcome")
        (told,) = recorder.results
    assert (told.ticket, told.outcome, told.final) == (ticket, outcome, True)
    assert words in told.detail
    assert len(told.detail) < 800


def test_unsettled_events_are_accepted_and_settled() -> None:
    answers: list[list[object]] = []
    answered = threading.Event()

    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        for number in range(3):
            tag = b"\xa0\x01" + bytes([number])
            peer.say(TRANSFER, uint(0), uint(number), tag, uint(0), FALSE, FALSE, payload=event(b"<a/>"))
        while True:
            code, fields = peer.hear()
            if code == DISPOSITION:
                answers.append(fields)
                last = fields[2] if fields[2] is not None else fields[1]
                if last == 2:
                    answered.set()

    with scripted_peer(script) as port, connection(settings(port)) as (_made, recorder):
        assert len(recorder.wait_messages(3)) == 3
        assert answered.wait(20)
    assert all(fields[0] is True and fields[3] is True for fields in answers)


def test_events_beyond_the_credit_while_draining_end_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clacks_monitor.amqp.receiving.ReceiverLink.window", 10)

    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        while True:
            code, number, fields = links.hear()
            if code == FLOW and number == 0 and len(fields) > 8 and fields[8]:
                with peer.together():
                    for delivery in range(300):
                        transfer(peer, delivery, event(b"<a/>"))

    with scripted_peer(script) as port, connection(settings(port)) as (made, recorder):
        made.subscribe("1 = 1")
        recorder.wait(lambda: any("more than requested" in s.reason for s in recorder.statuses), "the end")
        assert len(recorder.messages) < 300


def test_a_client_with_nothing_to_say_takes_no_event_from_others() -> None:
    """What it attaches: copies only, no messages settled as released, no sending link before something is sent."""
    heard: list[tuple[int, list[object]]] = []
    seen = threading.Event()

    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        while True:
            code, _number, fields = links.hear()
            heard.append((code, fields))
            if code == FLOW:
                seen.set()

    with scripted_peer(script) as port, connection(settings(port)) as (_made, _recorder):
        assert seen.wait(20)
    attached = [fields for code, fields in heard if code == ATTACH]
    assert attached[0][2] is True, "a receiver"
    assert all(fields[2] for fields in attached)


def reasons(port: int) -> list[str]:
    """Connect, and return the reasons that were told until the first failure."""
    with connection(settings(port), wait=False) as (_made, recorder):
        recorder.wait(lambda: any(s.reason for s in recorder.statuses), "a reason")
        return [status.reason for status in recorder.statuses if status.reason]


def test_a_broker_that_resets_the_connection_is_said_to_hang_up() -> None:
    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with scripted_peer(script) as port:
        assert reasons(port)[0] == "Connection closed by 127.0.0.1: Connection reset by peer."


def test_one_that_hangs_up_during_the_login_is_asked_about_it() -> None:
    def script(peer: ScriptedPeer) -> None:
        peer.sock.recv(8)

    with scripted_peer(script) as port:
        assert (
            reasons(port)[0]
            == "Connection closed by 127.0.0.1. This was during the login: are user name and password correct?"
        )


def test_one_that_hangs_up_later_is_not() -> None:
    with scripted_peer(serve) as port:
        assert reasons(port)[0] == "Connection closed by 127.0.0.1."


@pytest.mark.parametrize("goodbye", [True, False])
def test_closing_says_goodbye_and_waits_only_a_moment_for_the_answer(*, goodbye: bool) -> None:
    heard: list[int] = []

    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        while (code := peer.hear()[0]) != CLOSE:
            pass
        heard.append(code)
        if goodbye:
            peer.say(CLOSE)
        peer.until_hung_up()
        heard.append(0)

    with scripted_peer(script) as port, connection(settings(port)) as (made, recorder):
        assert made.stop() == [made._loop.thread]
        made._loop.thread.join(20)
        assert not made._loop.thread.is_alive()
        assert recorder.last.state is ConnectionState.CLOSED
        assert (recorder.last.reason, recorder.last.subscribed) == ("", False)
        assert made.stop() == []
    assert heard == [CLOSE, 0]


def test_a_connection_that_was_never_started_can_be_closed() -> None:
    made = Connection(from_url("amqp://127.0.0.1:1")[0], BusListener(), password=lambda: None)
    assert made.status.state is ConnectionState.CLOSED
    assert made.close()
    assert made.close()
    made.start()
    assert made.close()
    assert repr(made) == "<Connection '127.0.0.1' amqp://127.0.0.1:1/org.clacks closed>"


def test_a_session_that_ends_is_told_with_its_reason() -> None:
    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        peer.say(END, described(0x1D, symbol("amqp:not-allowed"), write("too busy")))
        peer.until_hung_up()

    with scripted_peer(script) as port:
        assert reasons(port)[0] == "127.0.0.1 ended the session: too busy."


def test_a_password_is_asked_for_before_each_login_and_only_with_a_user() -> None:
    asked: list[int] = []

    def password() -> str:
        asked.append(1)
        return "secret"

    with scripted_peer(serve) as port:
        for user, count in (("", 0), ("u", 2)):
            recorder = Recorder()
            made = Connection(replace(settings(port), user=user), recorder, password=password, backoff=QUICK)
            with made:
                recorder.wait(lambda: sum(s.subscribed for s in recorder.statuses) >= 2, "a second connection")  # noqa: B023 - waited for at once
            assert len(asked) >= count
            assert bool(asked) is bool(user)


def test_a_change_during_which_too_many_events_come_goes_on_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clacks_monitor.amqp.merging.MAX_WAITING", 5)

    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        while True:
            code, number, fields = links.hear()
            if code == FLOW and number == 0 and len(fields) > 8 and fields[8]:
                for delivery in range(10):  # on the new link, and the drain of the old one is not answered
                    transfer(peer, delivery, event(b"<a>%d</a>" % delivery), handle=1)

    with scripted_peer(script) as port, connection(settings(port)) as (made, recorder):
        made.subscribe("1 = 1")
        recorder.wait_messages(10)
        recorder.wait(lambda: recorder.gaps, "word of it")
        assert recorder.bodies() == [b"<a>%d</a>" % number for number in range(10)]
        (gap,) = recorder.gaps[:1]
        assert gap.cause is GapCause.FILTER_CHANGED
        assert {found.detail for found in recorder.gaps} >= {
            "So many events came during the change of filter that duplicates could not be recognised."
        }


def test_a_subscription_that_is_ended_during_a_change_is_subscribed_anew() -> None:
    time = TurningClock()

    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        while True:
            code, number, fields = links.hear()
            if code == FLOW and number == 0 and len(fields) > 8 and fields[8]:
                peer.say(DETACH, uint(1), TRUE, described(0x1D, symbol("amqp:not-found"), write("gone")))

    with scripted_peer(script) as port, connection(settings(port), clock=time.clock) as (made, recorder):
        made.subscribe("1 = 1")
        recorder.wait(lambda: any("gone" in status.reason for status in recorder.statuses), "the end")
        assert not recorder.last.subscribed
        time.turn(HOUR, made)
        recorder.wait(lambda: recorder.last.subscribed, "the subscription")
        assert recorder.last.subscription == "1 = 1"
        assert [gap.cause for gap in recorder.gaps] == [GapCause.EXCHANGE_DELETED]


def test_a_filter_that_waited_for_an_interrupted_change_does_not_come_back_later() -> None:
    time, second_is_wanted = TurningClock(), threading.Event()

    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        while True:
            code, number, fields = links.hear()
            if code == FLOW and number == 0 and len(fields) > 8 and fields[8]:
                assert second_is_wanted.wait(20)
                peer.say(DETACH, uint(1), TRUE, described(0x1D, symbol("amqp:not-found"), write("gone")))

    with scripted_peer(script) as port, connection(settings(port), clock=time.clock) as (made, recorder):
        made.subscribe("1 = 1")
        recorder.wait(lambda: recorder.last.subscription == "1 = 1", "the first filter")
        made.subscribe("2 = 2")
        time.turn(0, made)
        second_is_wanted.set()
        recorder.wait(lambda: any("gone" in status.reason for status in recorder.statuses), "the end")
        time.turn(1, made)
        recorder.wait(lambda: recorder.last.subscribed and recorder.last.subscription == "2 = 2", "the second filter")
        made.subscribe("3 = 3")
        recorder.wait(lambda: recorder.last.subscription == "3 = 3", "the third filter")
        for seconds in (0, int(handover.PATIENCE) + 1, int(handover.PATIENCE) + 1):  # neither drain is answered
            time.turn(seconds, made)
        subscription = made._worker.reception._subscription
        assert subscription is not None
        assert subscription._wanted.query == "3 = 3"
