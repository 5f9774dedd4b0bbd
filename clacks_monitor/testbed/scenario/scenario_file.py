"""Reads and checks scenario files.

A scenario is JSON (resources/scenarios/*.json, or a file of the user); format 1. Times are in seconds unless a name
says otherwise. Thread: any.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from clacks_monitor import assets
from clacks_monitor.core.suggestions import did_you_mean

FORMAT: Final = 1
FOLDER: Final = ("resources", "scenarios")
TELEPHONE_MODULES: Final = frozenset({"AsteriskNotification", "AMINotification", "PhoneNotification"})
"""The events by which modules for telephone systems notify of calls."""


class ScenarioError(ValueError):
    """A scenario that does not exist or is not valid; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person in the office: login, telephone extension, and the name of the workstation."""

    login: str
    extension: str
    workstation: str


@dataclass(frozen=True, slots=True)
class ScenarioAgent:
    """An agent with the number of its workers and its usual load."""

    id: str
    workers: int
    load: float


@dataclass(frozen=True, slots=True)
class Method:
    """A method that agents or clients offer."""

    name: str
    path: str
    signature: str
    documentation: str


@dataclass(frozen=True, slots=True)
class Telephony:
    """How calls go: a new one every ``gap_s`` on average, ``answered`` and ``external`` are shares from 0 to 1.

    ``modules`` are the names of the events by which modules for telephone systems notify of calls.
    """

    trunk: str
    modules: tuple[str, ...]
    gap_s: float
    ring_s: float
    talk_s: float
    answered: float
    external: float
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A collectd value and the range in which it wanders; ``count`` values are sent together."""

    plugin: str
    plugin_instance: str
    type: str
    type_instance: str
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of a configuration run's report; ``{n}`` in the message becomes a number."""

    level: str
    message: str
    source: str
    file: str
    line: int
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GosaSite:
    """A site of GOsa 3: hosts of backends and proxies, and how often what happens; ``packages`` are in inventories."""

    backends: tuple[str, ...]
    proxies: tuple[str, ...]
    ping_s: float
    change_s: float
    notify_s: float
    task_s: float
    restart_s: float
    tasks: tuple[str, ...]
    notifications: tuple[str, ...]
    packages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario. ``start`` is its day and hour in seconds since the epoch, ``day_s`` how long people work.

    With ``gosa`` it is one of GOsa 3, which has none of the agents, telephones, measurements and runs of Puppet.
    """

    name: str
    description: str
    start: float
    day_s: float
    arrival_s: float
    network: str
    people: tuple[Person, ...]
    servers: tuple[str, ...]
    agents: tuple[ScenarioAgent, ...]
    status_s: float
    restart_s: float
    agent_methods: tuple[Method, ...]
    client_methods: tuple[Method, ...]
    telephony: Telephony
    measurements: tuple[Measurement, ...]
    measure_s: float
    puppet_s: float
    puppet_errors: float
    routine: tuple[LogLine, ...]
    errors: tuple[LogLine, ...]
    jobs: tuple[str, ...] = ()
    gosa: GosaSite | None = None


_WITHOUT_CLACKS: Final = {
    "agents": {"status_s": 60, "restart_s": 3600},
    "telephony": {"trunk": "", "gap_s": 60, "ring_s": 10, "talk_s": 60, "answered": 1, "external": 1},
    "measure_s": 60,
    "puppet": {"every_s": 1800, "error_share": 0},
}
"""What a scenario of GOsa 3 leaves out: nothing comes of it."""


def names() -> list[str]:
    """Return the names of the scenarios that come with the program."""
    return [name.removesuffix(".json") for name in assets.names(*FOLDER, suffix=".json")]


def load(name: str) -> Scenario:
    """Return a scenario by its name, or by the path of a .json file. Raises ScenarioError."""
    if name.endswith(".json"):
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ScenarioError(
                f"The scenario {name} cannot be read: {getattr(error, 'strerror', None) or error}."
            ) from error
    elif name in names():
        text = assets.text(*FOLDER, f"{name}.json")
    else:
        meant = did_you_mean(name, names())
        raise ScenarioError(
            f"There is no scenario {name}.{meant} There are: {', '.join(names())}, or a file ending in .json."
        )
    return parse(text, name)


def parse(text: str, name: str) -> Scenario:
    """Return the scenario that ``text`` holds; ``name`` is for error messages."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"{name}: this is not JSON: {error}.") from None
    if isinstance(data, dict) and "gosa" in data:
        data = {**_WITHOUT_CLACKS, **data}
    top = _Part(name, data)
    if top.number("format") != FORMAT:
        raise ScenarioError(f"{name}: this program reads scenarios of format {FORMAT}.")
    people = tuple(_person(part) for part in top.parts("people"))
    puppet, agents = top.part("puppet"), top.part("agents")
    scenario = Scenario(
        name=name,
        description=top.text("description"),
        start=top.moment("start"),
        day_s=top.number("day_hours", low=0.1, high=24) * 3600,
        arrival_s=top.number("arrival_s", low=1),
        network=top.text("network"),
        people=people,
        servers=tuple(top.texts("servers")),
        agents=tuple(
            ScenarioAgent(part.text("id"), int(part.number("workers", low=1)), part.number("load"))
            for part in agents.parts("list")
        ),
        status_s=agents.number("status_s", low=0.1),
        restart_s=agents.number("restart_s", low=1),
        agent_methods=tuple(_method(part) for part in agents.parts("methods")),
        client_methods=tuple(_method(part) for part in top.parts("client_methods")),
        telephony=_telephony(top.part("telephony")),
        measurements=tuple(_measurement(part) for part in top.parts("measurements")),
        measure_s=top.number("measure_s", low=0.1),
        puppet_s=puppet.number("every_s", low=1),
        puppet_errors=puppet.number("error_share", high=1),
        routine=tuple(_log_line(part) for part in puppet.parts("routine")),
        errors=tuple(_log_line(part) for part in puppet.parts("errors")),
        jobs=tuple(agents.texts("jobs")),
        gosa=_gosa(top.part("gosa")) if top.has("gosa") else None,
    )
    if not scenario.people and not scenario.servers and not scenario.agents:
        raise ScenarioError(f"{name}: there is nobody and nothing in it, so that nothing could ever happen.")
    if scenario.gosa is None and (scenario.people or scenario.servers) and not (scenario.routine and scenario.errors):
        raise ScenarioError(f"{name}: puppet needs lines in routine and in errors.")
    return scenario


def _person(part: _Part) -> Person:
    return Person(part.text("login"), part.text("extension"), part.text("workstation"))


def _method(part: _Part) -> Method:
    return Method(part.text("name"), part.text("path"), part.text("signature"), part.text("documentation"))


def _telephony(part: _Part) -> Telephony:
    return Telephony(
        part.text("trunk"),
        _modules(part),
        part.number("gap_s", low=0.1),
        part.number("ring_s", low=0.1),
        part.number("talk_s", low=0.1),
        part.number("answered", high=1),
        part.number("external", high=1),
        tuple(part.texts("numbers")),
    )


def _modules(part: _Part) -> tuple[str, ...]:
    named = part.texts("modules") if part.has("modules") else ["AsteriskNotification"]
    if not set(named) <= TELEPHONE_MODULES:
        raise part.wrong("modules", f"made of {', '.join(sorted(TELEPHONE_MODULES))}")
    return tuple(named)


def _gosa(part: _Part) -> GosaSite:
    tasks, notifications = part.texts("tasks"), part.texts("notifications")
    if not tasks or not notifications:
        raise part.wrong("tasks and notifications", "lists with at least one text")
    return GosaSite(
        tuple(part.texts("backends")),
        tuple(part.texts("proxies")),
        part.number("ping_s", low=1),
        part.number("change_s", low=1),
        part.number("notify_s", low=1),
        part.number("task_s", low=1),
        part.number("restart_s", low=30),
        tuple(tasks),
        tuple(notifications),
        tuple(part.texts("packages")),
    )


def _measurement(part: _Part) -> Measurement:
    return Measurement(
        part.text("plugin"),
        part.text("plugin_instance", ""),
        part.text("type"),
        part.text("type_instance", ""),
        part.number("low", low=-1e12),
        part.number("high", low=-1e12),
        int(part.number("count", low=1, high=64, default=1)),
    )


def _log_line(part: _Part) -> LogLine:
    return LogLine(
        part.text("level"),
        part.text("message"),
        part.text("source", ""),
        part.text("file", ""),
        int(part.number("line", default=0)),
        tuple(part.texts("tags")),
    )


class _Part:
    """A JSON object, and where it is: ``office-day: people[3]``."""

    def __init__(self, place: str, data: object) -> None:
        if not isinstance(data, dict):
            raise ScenarioError(f"{place}: an object was expected.")
        self._place = place
        self._data: dict[str, Any] = data

    def has(self, key: str) -> bool:
        return key in self._data

    def wrong(self, key: str, expected: str) -> ScenarioError:
        return ScenarioError(f"{self._place}: {key} must be {expected}.")

    def text(self, key: str, default: str | None = None) -> str:
        value = self._data.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, "a text")
        return value

    def number(self, key: str, *, low: float = 0, high: float = 1e12, default: float | None = None) -> float:
        value = self._data.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.wrong(key, f"a number from {low:g} to {high:g}")
        return float(value)

    def moment(self, key: str) -> float:
        try:
            when = datetime.fromisoformat(self.text(key))
        except ValueError:
            when = None
        if when is None or when.tzinfo is None:
            raise self.wrong(key, "a date and time with its zone, such as 2026-03-02T07:55:00+01:00")
        return when.timestamp()

    def texts(self, key: str) -> list[str]:
        value = self._data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "a list of texts")
        return list(value)

    def part(self, key: str) -> _Part:
        return _Part(f"{self._place}: {key}", self._data.get(key))

    def parts(self, key: str) -> list[_Part]:
        value = self._data.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "a list")
        return [_Part(f"{self._place}: {key}[{number}]", item) for number, item in enumerate(value)]
