"""The connection against a broker of the site's own choice.

    python -m pytest tests/integration/external.py --broker-url amqp://user:password@host:5672/org.clacks

It is not collected by default. It publishes a few thousand harmless events with the type name ClacksMonitorTest on the
domain's exchange, so that production consumers may see them: choose the broker with that in mind. What a broker
cannot do (filter by itself, answer for an agent) is skipped and said.
"""

from __future__ import annotations

import uuid

import pytest

from clacks_monitor.amqp import AmqpError, probe
from clacks_monitor.core.connection import ConnectionSettings, FilterPlace, from_url
from clacks_monitor.core.sending import SendOutcome
from tests.helpers.recorder import Recorder, connection

NAMESPACE = "http://www.gonicus.de/Events"


@pytest.fixture
def broker(request: pytest.FixtureRequest) -> tuple[ConnectionSettings, str | None]:
    url: str = request.config.getoption("--broker-url")
    if not url:
        pytest.skip("no --broker-url was given")
    return from_url(url)


@pytest.fixture
def run() -> str:
    """Return a mark by which this test knows its own events among everybody else's."""
    return uuid.uuid4().hex


def event(run: str, number: int, text: str = "") -> bytes:
    """Return an event of a type of our own."""
    inner = f"<Run>{run}</Run><Number>{number}</Number><Text>{text}</Text>"
    return f'<Event xmlns="{NAMESPACE}"><ClacksMonitorTest>{inner}</ClacksMonitorTest></Event>'.encode()


def mine(recorder: Recorder, run: str) -> list[bytes]:
    """Return the bodies of this test's events."""
    return [body for body in recorder.bodies() if run.encode() in body]


def test_every_step_of_the_trial_works(broker: tuple[ConnectionSettings, str | None]) -> None:
    steps = list(probe(*broker))
    assert all(step.ok for step in steps), "\n".join(step.message for step in steps)


def test_events_come_back_once_each_and_in_order(broker: tuple[ConnectionSettings, str | None], run: str) -> None:
    with connection(broker[0], password=broker[1]) as (made, recorder):
        for number in range(2000):
            made.send(event(run, number))
        recorder.wait(lambda: len(recorder.results) == 2000, "the outcomes")
        assert {result.outcome for result in recorder.results} == {SendOutcome.ACCEPTED}
        recorder.wait(lambda: len(mine(recorder, run)) >= 2000, "the events")
        assert mine(recorder, run) == [event(run, number) for number in range(2000)]
        assert not recorder.gaps


def test_large_events_come_whole(broker: tuple[ConnectionSettings, str | None], run: str) -> None:
    with connection(broker[0], password=broker[1]) as (made, recorder):
        bodies = [event(run, number, "x" * size) for number, size in enumerate((100, 70_000, 1_000_000))]
        for body in bodies:
            made.send(body)
        recorder.wait(lambda: len(mine(recorder, run)) == len(bodies), "the events")
        assert mine(recorder, run) == bodies


def test_the_filter_runs_where_the_status_says(broker: tuple[ConnectionSettings, str | None], run: str) -> None:
    with connection(broker[0], password=broker[1]) as (made, recorder):
        query = f"declare namespace e = '{NAMESPACE}'; ./e:Event/e:ClacksMonitorTest[e:Number >= 5]"
        made.subscribe(query)
        recorder.wait(lambda: recorder.last.subscription == query, "the filter")
        if recorder.last.filter_place is not FilterPlace.BROKER:
            pytest.skip(f"this broker does not filter: {recorder.last.filter_note}")
        for number in range(10):
            made.send(event(run, number))
        recorder.wait(lambda: event(run, 9) in recorder.bodies(), "the last event")
        assert mine(recorder, run) == [event(run, number) for number in range(5, 10)]
        made.subscribe("")
        recorder.wait(lambda: recorder.last.subscription == "", "the filter's end")
        made.send(event(run, 1))
        recorder.wait(lambda: event(run, 1) in recorder.bodies(), "the event")
        assert not recorder.gaps


def test_a_query_that_cannot_be_parsed_is_refused(broker: tuple[ConnectionSettings, str | None]) -> None:
    with connection(broker[0], password=broker[1]) as (made, recorder):
        made.subscribe("(((")
        recorder.wait(lambda: recorder.last.subscription == "(((" or recorder.last.reason, "an answer")
        if recorder.last.subscription == "(((":
            pytest.skip("this broker does not look at the filter")
        assert recorder.last.subscribed


def test_the_agent_answers(broker: tuple[ConnectionSettings, str | None]) -> None:
    with connection(broker[0], password=broker[1], receiving=False) as (made, _recorder):
        try:
            methods = made.call("getMethods", timeout=10)
        except AmqpError as error:
            pytest.skip(f"no agent: {error}")
        assert isinstance(methods, dict)
        assert "sendEvent" in methods
