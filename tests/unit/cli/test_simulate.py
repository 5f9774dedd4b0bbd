"""`simulate`: how many events it sends, what it says, and when it ends."""

from __future__ import annotations

import itertools
import signal
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.app import main
from clacks_monitor.cli import simulate
from clacks_monitor.core.connection import from_url
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.testbed.scenario import scenario_file
from clacks_monitor.testbed.scenario.world import World
from tests.helpers.entries import an_event
from tests.helpers.scripted_bus import CONNECTED, CONNECTING, LOST, REFUSED, ScriptedLink, accepted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.scripted_bus import ScriptedBus

URL = "amqp://127.0.0.1:1"
SETTINGS, _ = from_url(URL)
FAST = ["simulate", URL, "--rate", "0"]


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_the_count_is_sent_and_what_was_accepted_said(bus: ScriptedBus, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*FAST, "--count", "7"]) == 0
    assert len(bus.only.bodies) == 7
    assert bus.only.closed
    assert capsys.readouterr().err == "connected to bus:5672; no subscription filter\n7 events accepted\n"


def test_a_seed_gives_the_same_events_on_the_scenarios_own_day(bus: ScriptedBus) -> None:
    for seed in (["--seed", "7"], ["--seed", "7"], ["--seed", "8"], [], []):
        assert main([*FAST, "--count", "30", *seed]) == 0
    first, again, other, random, another = (link.bodies for link in bus.links)
    assert first == again
    assert first != other
    assert random != another
    story = World(scenario_file.load("office-day"), seed="7", start=scenario_file.load("office-day").start)
    assert first == [happening.body for happening in itertools.islice(story, 30)]


def test_without_a_seed_it_is_today(bus: ScriptedBus) -> None:
    office = scenario_file.load("office-day")
    started = simulate.today(office)
    assert 0 <= time.time() - started < simulate.DAY_S + 1
    assert (started - office.start) % simulate.DAY_S == 0
    assert bus.links == []


@pytest.mark.parametrize(
    ("options", "told"),
    [(["--scenario", "none"], "There is no scenario none."), (["--scenario", "none.json"], "cannot be read")],
)
def test_a_scenario_that_is_not_there_is_said(
    options: list[str], told: str, bus: ScriptedBus, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*FAST, *options]) == 2
    assert told in capsys.readouterr().err
    assert main(["simulate", "http://x"]) == 2
    assert "amqp://" in capsys.readouterr().err
    assert bus.links == []


def test_what_is_refused_is_counted_and_the_last_reason_said(
    bus: ScriptedBus, capsys: pytest.CaptureFixture[str]
) -> None:
    def every_other(link: ScriptedLink, ticket: int) -> None:
        link.settle(
            ticket, SendOutcome.REJECTED if ticket % 2 else SendOutcome.ACCEPTED, f"number {ticket}" * (ticket % 2)
        )

    bus.on_send = every_other
    assert main([*FAST, "--count", "5"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "2 events accepted of 5; number 5"
    bus.on_send = lambda link, ticket: link.settle(ticket, SendOutcome.REJECTED)
    assert main([*FAST, "--count", "1"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "0 events accepted of 1"


def test_a_refused_connection_ends_it(bus: ScriptedBus, capsys: pytest.CaptureFixture[str]) -> None:
    bus.states = [CONNECTING, REFUSED]
    assert main([*FAST, "--count", "5"]) == 3
    assert capsys.readouterr().err == "refused: The broker refused the login.\n"
    assert (bus.only.bodies, bus.only.closed) == ([], True)


def test_each_coming_and_going_of_the_bus_is_said_once(bus: ScriptedBus, capsys: pytest.CaptureFixture[str]) -> None:
    again = replace(LOST, reason="Still none.")
    bus.states = [CONNECTING, LOST, CONNECTING, again, CONNECTED, replace(CONNECTED, queue_depth=0.5), LOST, CONNECTED]
    assert main([*FAST, "--count", "1"]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == [
        "lost", "connected to bus", "lost", "connected to bus", "1 event accepted",
    ]  # fmt: skip


def test_it_ends_when_told_though_the_count_is_not_reached(
    bus: ScriptedBus, capsys: pytest.CaptureFixture[str]
) -> None:
    def terminated(link: ScriptedLink, ticket: int) -> None:
        accepted(link, ticket)
        if ticket == 3:
            signal.raise_signal(signal.SIGTERM)

    bus.on_send = terminated
    assert main([*FAST, "--count", "1000000"]) == 0
    sent = len(bus.only.bodies)  # the signal is handled beside the sending
    assert 3 <= sent < 1_000_000
    assert capsys.readouterr().err.splitlines()[-1] == f"{sent:,} events accepted"


def test_polls_of_others_are_answered_and_its_own_are_not(bus: ScriptedBus, monkeypatch: pytest.MonkeyPatch) -> None:
    polled: list[int] = []
    poll = replace(an_event(1, body=b"<Event><ClientPoll/></Event>").raw, message_id="other-1")

    def heard(link: ScriptedLink, ticket: int) -> None:
        accepted(link, ticket)
        assert link.receives
        if ticket == 2:
            link.listener.on_messages([poll, replace(poll, message_id="own-2"), an_event(2).raw])
        if ticket == 4:
            link.listener.on_messages([replace(poll, message_id="own-4"), replace(an_event(1).raw, body=b"<Event/>")])

    monkeypatch.setattr(World, "poll", lambda _world: polled.append(len(bus.only.bodies)))
    bus.on_send = heard
    assert main(["simulate", URL, "--rate", "100000", "--count", "6"]) == 0
    assert polled == [2]
    assert bus.only.settings.subscription == simulate.POLLS


def test_as_fast_as_possible_nothing_is_listened_to(bus: ScriptedBus) -> None:
    assert main([*FAST, "--count", "1"]) == 0
    assert not bus.only.receives
    assert bus.only.settings.subscription == ""


def test_each_event_waits_for_its_time(bus: ScriptedBus, monkeypatch: pytest.MonkeyPatch) -> None:
    """At two a second: with a clock that stands still the third is due in a second."""
    waits: list[float] = []
    simulation = simulate.Simulation(bus, SETTINGS, None, rate=2.0, answer_polls=False)
    wait_for = simulation._changed.wait_for

    def noted(predicate: object, seconds: float | None = None) -> bool:
        if seconds is not None:
            waits.append(seconds)
        return wait_for(predicate, 0 if seconds is not None else None)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(simulation._changed, "wait_for", noted)
    monkeypatch.setattr("clacks_monitor.cli.simulate.time.monotonic", lambda: 100.0)
    assert simulation.run(World(scenario_file.load("office-day"), seed=1), 3) == 0
    assert waits == [0.5, 1.0, 15.0, *waits[3:]]
    assert len(bus.only.bodies) == 3


def test_too_many_without_an_outcome_are_waited_for(bus: ScriptedBus, monkeypatch: pytest.MonkeyPatch) -> None:
    sent_when_waiting: list[int] = []
    bus.on_send = lambda _link, _ticket: None
    simulation = simulate.Simulation(bus, SETTINGS, None, rate=0.0, answer_polls=False)
    wait_for = simulation._changed.wait_for

    def relieved(predicate: object, seconds: float | None = None) -> bool:
        while not predicate():  # type: ignore[operator]  # it is a function
            sent_when_waiting.append(len(bus.only.bodies))
            bus.only.settle(len(sent_when_waiting), SendOutcome.ACCEPTED)
        return wait_for(predicate, seconds)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(simulation._changed, "wait_for", relieved)
    assert simulation.run(World(scenario_file.load("office-day"), seed=1), 2_002) == 0
    assert sent_when_waiting[:4] == [2_000, 2_001, 2_002, 2_002]
    assert len(sent_when_waiting) == 2_002


def test_it_ends_when_its_parent_has(
    bus: ScriptedBus, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ended = tmp_path_factory.mktemp("parent") / "input"
    ended.write_text("what a parent wrote is passed over")
    with ended.open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert main([*FAST, "--with-parent"]) == 0
    assert bus.only.closed
