"""The simulated office: every event is one that the schemas know, and the story holds together."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from clacks_monitor import assets
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.testbed.event_check import SchemaCheck
from clacks_monitor.testbed.scenario import scenario_file
from clacks_monitor.testbed.scenario.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.testbed.scenario.simulator import SimulatedEvent

E = f"{{{EVENT_NAMESPACE}}}"
COUNT = 2000


def day(name: str, *, seed: int = 1, count: int = COUNT) -> list[SimulatedEvent]:
    return list(itertools.islice(World(scenario_file.load(name), seed=seed), count))


def parsed(happening: SimulatedEvent) -> etree._Element:
    return etree.fromstring(happening.body)[0]


def text(event: etree._Element, field: str) -> str:
    return event.findtext(E + field) or ""


@pytest.mark.parametrize("name", scenario_file.names())
def test_every_event_is_valid_by_its_schema(name: str) -> None:
    check = SchemaCheck()
    for happening in day(name):
        found = check(happening.body)
        assert found.problems == (), happening.body.decode()
        assert found.name == happening.name


@pytest.mark.parametrize("name", scenario_file.names())
def test_the_same_seed_tells_the_same_story_and_another_one_another(name: str) -> None:
    assert day(name, count=300) == day(name, count=300)
    assert day(name, count=300) != day(name, seed=2, count=300)


def test_the_scenarios_have_every_type_in_them() -> None:
    found = {name: Counter(one.name for one in day(name, count=12_000)) for name in scenario_file.names()}
    types = {name.removesuffix(".xsd") for name in assets.names("schemas", suffix=".xsd")}
    assert set().union(*found.values()) == types
    office = found["office-day"]
    assert office["PhoneStatus"] > office["UserSession"] > office["ClientPoll"]
    gosa = found["gosa-day"]
    assert gosa["ClientPing"] > gosa["Inventory"] > gosa["ClientPoll"] > 0
    only_clacks = {"PhoneStatus", "AsteriskNotification", "AMINotification", "PhoneNotification", "SchedulerUpdate"}
    only_clacks |= {"PuppetReport", "CollectD", "NodeAnnounce", "NodeCapabilities", "NodeLeave", "NodeStatus"}
    assert set(gosa) == types - only_clacks


def test_events_of_gosa_have_the_topics_that_it_publishes_them_on() -> None:
    people = {f"client/{person.login}" for person in scenario_file.load("gosa-day").people}
    for happening in day("gosa-day", count=12_000):
        event = parsed(happening)
        if happening.name in {"ClientAnnounce", "ClientSignature", "ClientPing", "ClientLeave", "UserSession"}:
            assert happening.topic == f"client/{text(event, 'Id')}"
        elif happening.name == "Inventory":
            assert happening.topic == f"client/{text(event, 'ClientUUID')}"
        elif happening.name in {"Notification", "ObjectCloseAnnouncement"}:
            assert happening.topic in people
            assert happening.topic == f"client/{text(event, 'Target')}"
        else:
            topic = {"ClientPoll": "client/broadcast", "BusClientState": "bus", "Trigger": "proxy"}
            assert happening.topic == topic.get(happening.name, "events")
    assert {one.topic for one in day("office-day")} == {""}


def test_members_of_gosas_bus_come_get_ready_and_go_in_this_order() -> None:
    states: dict[str, str] = {}
    allowed = {("", "init"), ("init", "ready"), ("ready", "leave"), ("leave", "init")}
    for event in map(parsed, (one for one in day("gosa-day", count=12_000) if one.name == "BusClientState")):
        member, state = text(event, "Id"), text(event, "State")
        assert (states.get(member, ""), state) in allowed
        states[member] = state
    assert "leave" in states.values()


def test_long_tasks_of_gosa_go_on_until_they_are_done() -> None:
    running: Counter[str] = Counter()
    for event in map(parsed, (one for one in day("gosa-day", count=4_000) if one.name.startswith("Backend"))):
        if event.tag == f"{E}BackendState" and text(event, "Progress") == "0":
            running[text(event, "Type")] += 1
        elif event.tag == f"{E}BackendDone":
            running[text(event, "Type")] -= 1
    assert all(count >= 0 for count in running.values())
    assert running.total() <= 1


def test_the_demonstrations_first_events_show_a_busy_telephone_soon() -> None:
    first = day("office-day", count=100)
    assert any(b"<Status>busy" in happening.body for happening in first)


def test_time_passes_and_never_turns_back() -> None:
    times = [happening.time_s for happening in day("office-day")]
    assert times == sorted(times)
    assert times[0] >= scenario_file.load("office-day").start


@pytest.mark.parametrize("name", ["office-day", "telephone-rush"])
def test_telephones_ring_before_they_are_busy_and_are_in_one_call_at_a_time(name: str) -> None:
    own = {person.extension for person in scenario_file.load(name).people}
    states: dict[tuple[str, str], str] = {}
    allowed = {(None, "ringing"), ("ringing", "busy"), ("ringing", "free"), ("busy", "free")}
    for event in map(parsed, (one for one in day(name) if one.name == "PhoneStatus")):
        call, status = (text(event, "CallerId"), text(event, "ReceiverId")), text(event, "Status")
        assert (states.pop(call, None), status) in allowed
        if status != "free":
            states[call] = status
        engaged = Counter(party for pair in states for party in pair if party in own)
        assert max(engaged.values(), default=0) <= 1


def test_calls_are_missed_in_the_rush() -> None:
    events = [parsed(one) for one in day("telephone-rush") if one.name == "AsteriskNotification"]
    kinds = Counter(event.get("Type") for event in events)
    assert kinds["CallMissed"] > kinds["IncomingCall"] / 5
    ended = [event for event in events if event.get("Type") == "CallEnded"]
    assert all(float(text(event, "Duration")) > 0 for event in ended)


def test_clients_announce_themselves_before_anything_else_and_all_that_are_up_answer_a_poll() -> None:
    servers = len(scenario_file.load("office-day").servers)
    up: set[str] = set()
    waiting: set[str] | None = None
    polls = 0
    for happening in day("office-day", count=20_000):
        event = parsed(happening)
        client = text(event, "Id")
        if happening.name == "ClientAnnounce":
            up.add(client)
            if waiting is not None:
                waiting.discard(client)
        elif happening.name == "ClientLeave":
            up.remove(client)
            if waiting is not None:
                waiting.discard(client)
        elif happening.name == "UserSession":
            assert client in up
        elif happening.name == "ClientPoll":
            assert not waiting, "somebody had not answered the poll before"
            waiting = set(up)
            polls += 1
    assert polls > 1
    assert len(up) >= servers


def test_people_log_off_before_their_client_leaves() -> None:
    users: dict[str, list[str]] = {}
    leaves = 0
    for happening in day("office-day", count=12_000):
        event = parsed(happening)
        if happening.name == "UserSession":
            users[text(event, "Id")] = [name.text or "" for name in event.iter(f"{E}Name")]
        elif happening.name == "ClientLeave":
            leaves += 1
            assert not users.get(text(event, "Id"))
    assert leaves > 0


def test_a_few_configuration_runs_fail_and_many_in_the_bad_night() -> None:
    def share(name: str) -> float:
        reports = [one.body for one in day(name, count=6000) if one.name == "PuppetReport"]
        return sum(b"<Level>err" in body or b"<Level>crit" in body for body in reports) / len(reports)

    assert 0 < share("office-day") < 0.15
    assert share("puppet-night") > 0.15


def test_somebody_elses_poll_is_answered_too() -> None:
    world = World(scenario_file.load("puppet-night"), seed=1)
    story = iter(world)
    before = list(itertools.islice(story, 200))
    world.poll()
    answers = {parsed(one).findtext(f"{E}Id") for one in itertools.islice(story, 60) if one.name == "ClientAnnounce"}
    known = {parsed(one).findtext(f"{E}Id") for one in before if one.name == "ClientAnnounce"}
    assert answers == known


def changed(**changes: Any) -> str:
    data = json.loads(assets.text("resources", "scenarios", "office-day.json"))
    return json.dumps({**data, **changes})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not JSON"),
        ("[]", "an object"),
        (changed(format=2), "format 1"),
        (changed(start="yesterday"), "date and time"),
        (changed(start="2026-03-02T07:55:00"), "zone"),
        (changed(people=[{"login": 5}]), r"people\[0\]: login"),
        (changed(people="all"), "people must be a list"),
        (changed(measure_s=0), "measure_s"),
        (changed(telephony={}), "trunk"),
        (changed(people=[], servers=[], agents={"list": [], "status_s": 1, "restart_s": 1}), "nobody"),
        (changed(puppet={"every_s": 5, "error_share": 0.1}), "puppet"),
        (changed(telephony={"trunk": "", "modules": ["Doors"]}), "modules must be made of AMINotification"),
        (changed(gosa={"tasks": []}), "tasks and notifications"),
        (changed(gosa={"tasks": ["index"], "notifications": ["x"], "ping_s": 0}), "ping_s"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused_with_the_place(content: str, words: str) -> None:
    with pytest.raises(scenario_file.ScenarioError, match=words):
        scenario_file.parse(content, "mine.json")


def test_a_scenario_of_ones_own_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(changed(description="mine"), encoding="utf-8")
    assert scenario_file.load(str(path)).description == "mine"
    for missing in ("nowhere", str(tmp_path / "none.json")):
        with pytest.raises(scenario_file.ScenarioError, match="scenario"):
            scenario_file.load(missing)


def _with(path: str, value: object) -> str:
    """Return the office day with one number changed; ``path`` is keys and places with slashes between."""
    data = json.loads(assets.text("resources", "scenarios", "office-day.json"))
    *parents, last = path.split("/")
    place = data
    for key in parents:
        place = place[int(key)] if isinstance(place, list) else place[key]
    place[last] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("path", "low", "high"),
    [
        ("day_hours", 0.1, 24),
        ("arrival_s", 1, None),
        ("agents/status_s", 0.1, None),
        ("agents/restart_s", 1, None),
        ("agents/list/0/workers", 1, None),
        ("agents/list/0/load", 0, None),
        ("telephony/gap_s", 0.1, None),
        ("telephony/ring_s", 0.1, None),
        ("telephony/talk_s", 0.1, None),
        ("telephony/answered", 0, 1),
        ("telephony/external", 0, 1),
        ("measurements/0/low", -1e12, 1e12),
        ("measurements/0/high", -1e12, 1e12),
        ("measurements/0/count", 1, 64),
        ("measure_s", 0.1, None),
        ("puppet/every_s", 1, None),
        ("puppet/error_share", 0, 1),
        ("puppet/routine/1/line", 0, 1e12),
    ],
)
def test_each_number_has_its_bounds(path: str, low: float, high: float | None) -> None:
    highest = 1e12 if high is None else high
    for allowed in (low, highest):
        scenario_file.parse(_with(path, allowed), "mine.json")
    name = path.rpartition("/")[2]
    for refused in (low - 0.01, highest * 1.001, True, "5"):
        with pytest.raises(scenario_file.ScenarioError, match=f"{name} must be a number from "):
            scenario_file.parse(_with(path, refused), "mine.json")


@pytest.mark.parametrize(
    "path", ["people/0/login", "network", "puppet/routine/0/source", "measurements/0/plugin_instance"]
)
def test_a_text_is_no_number(path: str) -> None:
    with pytest.raises(scenario_file.ScenarioError, match="must be a text"):
        scenario_file.parse(_with(path, 5), "mine.json")


@pytest.mark.parametrize("value", ["a", [1], ["a", None]])
def test_a_list_of_texts_is_nothing_else(value: object) -> None:
    with pytest.raises(scenario_file.ScenarioError, match="servers must be a list of texts"):
        scenario_file.parse(changed(servers=value), "mine.json")


def test_what_is_left_out_has_its_usual_value() -> None:
    data = json.loads(changed(client_methods=[], servers=[]))
    data["measurements"] = [{"plugin": "load", "type": "load", "low": 0, "high": 1}]
    data["puppet"]["routine"] = [{"level": "info", "message": "m"}]
    found = scenario_file.parse(json.dumps(data), "mine.json")
    assert found.measurements == (scenario_file.Measurement("load", "", "load", "", 0, 1, 1),)
    assert found.routine == (scenario_file.LogLine("info", "m", "", "", 0, ()),)
    assert (found.name, found.day_s, found.client_methods) == ("mine.json", 9.5 * 3600, ())


@pytest.mark.parametrize("lines", ["routine", "errors"])
def test_clients_need_both_kinds_of_lines(lines: str) -> None:
    for missing in (None, "people", "servers"):
        data = json.loads(changed())
        if missing is not None:
            data[missing] = []
        data["puppet"][lines] = []
        with pytest.raises(scenario_file.ScenarioError, match="needs lines in routine and in errors"):
            scenario_file.parse(json.dumps(data), "mine.json")
    data = json.loads(changed(people=[], servers=[]))
    data["puppet"].update(routine=[], errors=[])
    assert scenario_file.parse(json.dumps(data), "mine.json").agents
