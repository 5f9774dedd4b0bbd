"""The subscription filter here: what it passes on, and when it asks nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor.core.bus import BusCapabilities, BusListener
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.peer import PeerFacts
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.session.receiving.arrival import KEPT, ArrivalFilter, Subscriber
from clacks_monitor.xquery import QueryError
from tests.helpers.entries import a_gap, an_event
from tests.helpers.scripted_bus import ScriptedBus, ScriptedLink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clacks_monitor.core.event import Gap, RawMessage

STATUS = ConnectionStatus("1", "bus", ConnectionState.CONNECTED, 0)
RAWS = [an_event(number).raw for number in range(6)]


@pytest.fixture
def passed() -> list[int]:
    return []


@pytest.fixture
def arriving(passed: list[int]) -> Iterator[ArrivalFilter]:
    def receive(raws: Sequence[RawMessage]) -> None:
        passed.extend(RAWS.index(raw) for raw in raws)

    made = ArrivalFilter(receive)
    yield made
    made.close()


def ask(arriving: ArrivalFilter, *texts: str) -> None:
    for text in texts:
        arriving.prepare(text)
    arriving.follow(replace(STATUS, asked_here=texts))
    arriving(RAWS)


def test_without_a_question_everything_is_passed_on(arriving: ArrivalFilter, passed: list[int]) -> None:
    arriving(RAWS)
    assert passed == [0, 1, 2, 3, 4, 5]


def test_what_matches_one_of_the_queries_is_passed_on(arriving: ArrivalFilter, passed: list[int]) -> None:
    ask(arriving, "//*:Id = 1", "//*:Id = 4")
    assert passed == [1, 4]


def test_it_follows_what_the_connection_says(arriving: ArrivalFilter, passed: list[int]) -> None:
    ask(arriving, "//*:Id = 1")
    ask(arriving, "//*:Id = 2")
    assert passed == [1, 2]
    passed.clear()
    arriving.follow(STATUS)
    arriving(RAWS)
    assert len(passed) == 6
    passed.clear()
    arriving.follow(replace(STATUS, asked_here=("never prepared", "//*:Id = 1")))
    arriving(RAWS)
    assert passed == [1]


def test_what_cannot_be_decided_is_kept(arriving: ArrivalFilter, passed: list[int]) -> None:
    ask(arriving, "if (//*:Id = 3) then xs:integer('x') else //*:Id = 1")
    assert passed == [1, 3]


def test_after_the_end_what_cannot_be_decided_is_not_passed_on(arriving: ArrivalFilter, passed: list[int]) -> None:
    arriving.prepare("if (//*:Id = 3) then xs:integer('x') else //*:Id = 1")
    arriving.follow(replace(STATUS, asked_here=("if (//*:Id = 3) then xs:integer('x') else //*:Id = 1",)))
    arriving.stop()
    arriving(RAWS)
    assert 3 not in passed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", ""),
        ("  \n", ""),
        ("//*:Id = 1", ""),
        ("'x' ! true()", "The broker would reject the filter: "),
    ],
)
def test_it_is_said_why_the_broker_cannot_be_asked(arriving: ArrivalFilter, text: str, why: str) -> None:
    found = arriving.prepare(text)
    assert found.startswith(why)
    assert (found == "") == (why == "")
    assert not found.endswith("..")


def test_a_query_that_is_wrong_is_an_error(arriving: ArrivalFilter) -> None:
    with pytest.raises(QueryError):
        arriving.prepare("1 +")


def test_the_latest_queries_are_kept_and_older_ones_are_not(arriving: ArrivalFilter, passed: list[int]) -> None:
    texts = [f"//*:Id = {number}" for number in range(KEPT + 1)]
    for text in texts:
        arriving.prepare(text)
    arriving.follow(replace(STATUS, asked_here=(texts[1], texts[2])))
    arriving(RAWS)
    assert passed == [1, 2]
    passed.clear()
    arriving.follow(replace(STATUS, asked_here=(texts[0],)))
    arriving(RAWS)
    assert len(passed) == 6, "it is forgotten: nothing is asked"


class Line(ScriptedLink):
    """A connection of which is counted how often it was started, and whose threads are chosen."""

    started = 0
    threads: Sequence[threading.Thread] = ()

    def start(self) -> None:
        self.started += 1

    def stop(self) -> list[threading.Thread]:
        return list(self.threads)


class Lines(ScriptedBus):
    def connect(
        self,
        settings: ConnectionSettings,
        listener: BusListener,
        /,
        *,
        password: Callable[[], str | None],
        receives: bool = True,
    ) -> Line:
        return Line(self, settings, password(), listener, receives)


class Listener(BusListener):
    def __init__(self) -> None:
        self.told: list[object] = []

    def on_messages(self, messages: list[RawMessage]) -> None:
        self.told.append(messages)

    def on_status(self, status: ConnectionStatus) -> None:
        self.told.append(status)

    def on_peer(self, facts: PeerFacts) -> None:
        self.told.append(facts)

    def on_gap(self, gap: Gap) -> None:
        self.told.append(gap)

    def on_results(self, results: list[SendResult]) -> None:
        self.told.append(results)


def _subscriber(subscription: str = "") -> tuple[Subscriber, Line, list[object]]:
    listener = Listener()
    made = Subscriber(
        Lines(), ConnectionSettings("bus", subscription=subscription), listener, password=lambda: "secret"
    )
    line = made.connection
    assert isinstance(line, Line)
    return made, line, listener.told


def test_the_filter_of_the_settings_is_asked_for_from_the_beginning() -> None:
    made, line, _told = _subscriber("//*:Id = 1")
    assert line.asked == [("//*:Id = 1", "", True)]
    assert line.password == "secret"
    assert line.started == 0
    made.start()
    assert line.started == 1
    made.subscribe("'x' ! true()")
    text, why, here = line.asked[-1]
    assert (text, here) == ("'x' ! true()", True)
    assert why.startswith("The broker would reject the filter: ")
    with pytest.raises(QueryError):
        made.subscribe("1 +")
    assert len(line.asked) == 2
    made.close()
    with pytest.raises(QueryError):
        _subscriber("1 +")


@pytest.mark.parametrize(
    ("change", "moves", "moved"),
    [
        ({"domain": "other"}, True, True),
        ({"routing_key": "other", "name": "renamed", "production": True}, True, True),
        ({"stream_from": "first"}, True, True),
        ({"domain": "other"}, False, False),
        ({"name": "renamed"}, True, False),
        ({"domain": "other", "hosts": (("elsewhere", 5672),)}, True, False),
        ({"domain": "other", "read_only": True}, True, False),
        ({"domain": "other", "consumes": True}, True, False),
    ],
)
def test_another_source_at_the_same_broker_takes_effect_now(
    change: dict[str, Any], *, moves: bool, moved: bool
) -> None:
    made, line, _told = _subscriber()
    line.capabilities = BusCapabilities(moves=moves)
    before = line.settings
    made.move(replace(before, **change))
    assert (line.settings != before) == moved


def test_a_status_is_followed_and_told() -> None:
    made, line, told = _subscriber("//*:Id = 1")
    asked = replace(STATUS, asked_here=("//*:Id = 1",))
    line.listener.on_status(asked)
    line.listener.on_messages(RAWS)
    assert told == [asked, [RAWS[1]]]
    closed = replace(STATUS, state=ConnectionState.CLOSED)
    line.listener.on_status(closed)
    facts = PeerFacts("office", "office")
    line.listener.on_peer(facts)
    assert told[-2:] == [closed, facts]
    made.close()


def test_what_is_still_about_is_named_and_waited_for() -> None:
    made, line, _told = _subscriber()
    about = threading.Event()
    line.threads = [threading.Thread(target=about.wait, daemon=True)]
    line.threads[0].start()
    assert made.stop() == line.threads
    about.set()
    made.close()
    assert not line.threads[0].is_alive()


def test_gaps_and_outcomes_are_told() -> None:
    made, line, told = _subscriber()
    gap, results = a_gap(), [SendResult(1, SendOutcome.ACCEPTED)]
    line.listener.on_gap(gap)
    line.listener.on_results(results)
    assert told == [gap, results]
    made.close()


def test_where_the_bus_cannot_filter_the_query_is_evaluated_here() -> None:
    made, line, _told = _subscriber()
    assert line.asked == [("", "", True)]
    line.capabilities = BusCapabilities(filters=False)
    made.subscribe("//*:Id = 1")
    assert line.asked[-1] == ("//*:Id = 1", "This kind of bus does not filter by XQuery.", True)
    made.subscribe("'x' ! true()")
    assert line.asked[-1][1].startswith("The broker would reject the filter: ")
    for nothing in ("", "  "):
        made.subscribe(nothing)
        assert line.asked[-1] == (nothing, "", True)
    made.close()


def test_after_the_end_the_filter_is_released() -> None:
    made, line, told = _subscriber("if (//*:Id = 3) then xs:integer('x') else //*:Id = 1")
    line.listener.on_status(replace(STATUS, asked_here=(line.asked[0][0],)))
    made.stop()
    line.listener.on_messages(RAWS)
    assert RAWS[3] not in [raw for found in told if isinstance(found, list) for raw in found]
