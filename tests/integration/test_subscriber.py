"""Where the subscription filter runs, and that a change of place or query lets nothing slip: real sockets."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import amqp
from clacks_monitor.amqp.values import Reader, write
from clacks_monitor.core.connection import ConnectionSettings, FilterPlace, from_url
from clacks_monitor.session.receiving.arrival import Subscriber
from clacks_monitor.xquery import QueryError
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.recorder import Recorder, connection
from tests.helpers.scripted_peer import (
    ATTACH,
    DETACH,
    FALSE,
    FLOW,
    NULL,
    SOURCE,
    TRANSFER,
    TRUE,
    ScriptedPeer,
    described,
    scripted_peer,
    symbol,
    uint,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "declare namespace f='http://www.gonicus.de/Events'; "
KINDS = ("one", "other", "both", "neither")
OLD_KINDS, NEW_KINDS = ("one", "both"), ("other", "both")


def query(kinds: tuple[str, ...], *, here: bool) -> str:
    """Return a query for kinds of events; with ``here`` one that only this program understands."""
    wanted = ", ".join(f"'{kind}'" for kind in kinds)
    condition = f"./f:Event/f:PhoneStatus[f:Status = ({wanted})]"
    return NAMESPACE + (f"{condition} ! true()" if here else condition)


def event(number: int, kind: str) -> bytes:
    return (
        f'<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus><CallerId>{number}</CallerId>'
        f"<ReceiverId>1</ReceiverId><Status>{kind}</Status></PhoneStatus></Event>"
    ).encode()


@pytest.fixture(scope="module")
def broker() -> Iterator[BrokerProcess]:
    with running_broker() as process:
        yield process


@contextlib.contextmanager
def subscriber(settings: ConnectionSettings) -> Iterator[tuple[Subscriber, Recorder]]:
    """Run a subscriber until it is subscribed, and end it."""
    recorder = Recorder()
    made = Subscriber(amqp, settings, recorder, password=lambda: None)
    made.start()
    try:
        recorder.wait(lambda: recorder.statuses and recorder.last.subscribed, "the subscription")
        yield made, recorder
    finally:
        made.close()


@pytest.mark.parametrize("before", ["broker", "here"])
@pytest.mark.parametrize("after", ["broker", "here"])
def test_a_change_of_query_and_place_under_load_shows_exactly_what_either_matches(
    broker: BrokerProcess, before: str, after: str
) -> None:
    old, new = query(OLD_KINDS, here=before == "here"), query(NEW_KINDS, here=after == "here")
    settings = replace(from_url(broker.url)[0], subscription=old)
    with subscriber(settings) as (made, recorder), connection(broker.url, receiving=False) as (sender, _sent):
        assert recorder.last.filter_place.value == before
        stop, numbers = threading.Event(), [0]

        def load() -> None:
            while not stop.is_set():
                number = numbers[0]
                sender.send(event(number, KINDS[number % 4]))
                numbers[0] += 1
                if number % 50 == 0:
                    # Not further ahead than a broker that evaluates queries can follow; half of the events match.
                    recorder.wait_messages(number // 2 - 200)

        thread = threading.Thread(target=load)
        thread.start()
        recorder.wait_messages(50)
        made.subscribe(new)
        recorder.wait(
            lambda: recorder.last.subscription == new and len(recorder.last.asked_here) < 2, "the change's end"
        )
        recorder.wait(lambda: sum(b"other" in body for body in recorder.bodies()) > 20, "what only the new one matches")
        stop.set()
        thread.join()
        both = {event(number, "both") for number in range(2, numbers[0], 4)}
        recorder.wait(lambda: both <= set(recorder.bodies()), "what both match")
        assert recorder.last.filter_place.value == after
        bodies = Counter(recorder.bodies())
    assert max(bodies.values()) == 1
    assert not [body for body in bodies if b"neither" in body]
    for kind in ("one", "other"):
        seen = [number for number in range(numbers[0]) if event(number, kind) in bodies]
        # One run without a hole, from the beginning or to the end.
        assert seen == list(range(seen[0], seen[-1] + 1, 4))
    assert not recorder.gaps


def test_a_query_that_the_broker_would_refuse_is_evaluated_here_and_says_why(broker: BrokerProcess) -> None:
    settings = replace(from_url(broker.url)[0], subscription=query(NEW_KINDS, here=True))
    with subscriber(settings) as (_made, recorder):
        assert recorder.last.filter_place is FilterPlace.HERE
        assert "would reject" in recorder.last.filter_note


def test_a_query_too_long_for_the_broker_is_evaluated_here(broker: BrokerProcess) -> None:
    rest = len("1 = 1 (:é:)".encode())
    fitting, too_long = (f"1 = 1 (:é{'x' * (size - rest)}:)" for size in (65_535, 65_536))
    settings = replace(from_url(broker.url)[0], subscription=fitting)
    with subscriber(settings) as (_made, recorder):
        assert recorder.last.filter_place is FilterPlace.BROKER
    settings = replace(settings, subscription=too_long)
    with subscriber(settings) as (made, recorder), connection(broker.url, receiving=False) as (sender, _sent):
        assert recorder.last.filter_place is FilterPlace.HERE
        assert "too long" in recorder.last.filter_note
        sender.send(event(1, "one"))
        recorder.wait_messages(1)
        made.subscribe("1 = 1")
        recorder.wait(lambda: recorder.last.filter_place is FilterPlace.BROKER, "the broker's turn")
        assert recorder.last.filter_note == ""


def test_a_query_that_the_broker_refuses_all_the_same_is_evaluated_here() -> None:
    """The refusal in Qpid's shape: an attach without a source, then a detach that says why."""

    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open()
        peer.attach(name_of(peer.wait_for(ATTACH)), NULL)
        why = "Could not parse xquery:./a: the broker has its own mind"
        peer.say(DETACH, uint(0), TRUE, described(0x1D, symbol("amqp:internal-error"), write(why)))
        peer.attach(name_of(peer.wait_for(ATTACH)), SOURCE, handle=1)
        peer.until_hung_up()

    with scripted_peer(script) as port:
        settings = replace(from_url(f"amqp://127.0.0.1:{port}")[0], subscription="./a")
        with subscriber(settings) as (_made, recorder):
            assert recorder.last.filter_place is FilterPlace.HERE
            assert "its own mind" in recorder.last.filter_note
            assert recorder.last.asked_here == ("./a",)


def test_what_the_old_link_delivers_in_one_piece_with_the_new_links_answer_is_shown_once() -> None:
    """Both queues hold an event that is routed after the new one is bound, and one read holds the first of the two."""

    def transfer(peer: ScriptedPeer, number: int, handle: int, body: bytes) -> None:
        tag = write(number.to_bytes(4, "big"))
        payload = b"\x00\x53\x75" + write(body)
        peer.say(TRANSFER, uint(handle), uint(number), tag, uint(0), TRUE, FALSE, payload=payload)

    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open()
        peer.attach(name_of(peer.wait_for(ATTACH)), SOURCE)
        peer.wait_for(FLOW)
        new = name_of(peer.wait_for(ATTACH))
        with peer.together():
            transfer(peer, 0, 0, event(0, "before"))
            peer.attach(new, SOURCE, handle=1)
            transfer(peer, 1, 0, event(1, "both"))
        peer.wait_for(FLOW)
        transfer(peer, 2, 1, event(1, "both"))
        transfer(peer, 3, 1, event(2, "after"))
        peer.until_hung_up()

    with scripted_peer(script) as port:
        settings = replace(from_url(f"amqp://127.0.0.1:{port}")[0], subscription="1 = 1")
        with subscriber(settings) as (made, recorder):
            made.subscribe("2 = 2")
            recorder.wait(lambda: event(2, "after") in recorder.bodies(), "the last event")
            assert recorder.bodies() == [event(0, "before"), event(1, "both"), event(2, "after")]


def name_of(attach: bytes) -> str:
    """Return the name of the link in an attach."""
    fields, _end = Reader(attach).read(0)
    assert isinstance(fields, list)
    return str(fields[0])


def test_a_query_that_nobody_can_read_is_refused_at_once_and_the_old_one_stays(broker: BrokerProcess) -> None:
    with pytest.raises(QueryError), subscriber(replace(from_url(broker.url)[0], subscription="((")):
        pass
    with subscriber(from_url(broker.url)[0]) as (made, recorder):
        with pytest.raises(QueryError):
            made.subscribe("((")
        assert recorder.last.subscription == ""
