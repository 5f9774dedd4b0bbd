"""A small office whose die always falls the same: what happens when can be reckoned, and stands in story.txt.

Each line there is a moment (seconds since the start), an event and what is in it. With the die in the middle an arrival
takes a quarter of the 40 seconds, a call comes after the 3000 s of the gap, the next after 3000 s * ln 2, and so on.
"""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from lxml import etree

from clacks_monitor.testbed.scenario import scenario_file, world

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")
STORY = Path(__file__).with_name("story.txt")
OFFICE = {
    "format": 1,
    "description": "two people",
    "start": "2026-03-02T08:00:00+00:00",
    "day_hours": 1,
    "arrival_s": 40,
    "network": "10.3",
    "people": [
        {"login": "anna", "extension": "201", "workstation": "ws-1"},
        {"login": "jonas", "extension": "202", "workstation": "ws-2"},
    ],
    "servers": ["mail"],
    "agents": {
        "list": [{"id": "berlin", "workers": 8, "load": 0.7}, {"id": "arnsberg", "workers": 4, "load": 0.4}],
        "status_s": 400,
        "restart_s": 1500,
        "methods": [{"name": "sendEvent", "path": "core.sendEvent", "signature": "[1]", "documentation": "Send."}],
    },
    "client_methods": [{"name": "notify", "path": "notify.notify", "signature": "[2]", "documentation": "Tell."}],
    "telephony": {
        "trunk": "+492932916",
        "gap_s": 3000,
        "ring_s": 8,
        "talk_s": 100,
        "answered": 0.8,
        "external": 0.7,
        "numbers": ["+4930123", "+43178"],
    },
    "measurements": [
        {"plugin": "load", "type": "load", "low": 1, "high": 3, "count": 2},
        {"plugin": "cpu", "plugin_instance": "0", "type": "cpu", "type_instance": "idle", "low": 20, "high": 100},
    ],
    "measure_s": 1000,
    "puppet": {
        "every_s": 1800,
        "error_share": 0.2,
        "routine": [{"level": "info", "message": "Applying {n}"}],
        "errors": [{"level": "err", "message": "No.", "source": "/S", "file": "/f.pp", "line": 23, "tags": ["a", "b"]}],
    },
}


class Die:
    """Falls the same each time: ``share`` of the way from the lowest to the highest."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._ids = itertools.count(1)

    def random(self) -> float:
        return self._share

    def uniform(self, low: float, high: float) -> float:
        return low + (high - low) * self._share

    def randrange(self, stop: int) -> int:
        return int(stop * self._share)

    def randint(self, low: int, high: int) -> int:
        return low + self.randrange(high - low + 1)

    def choice(self, values: Sequence[T]) -> T:
        return values[self.randrange(len(values))]

    def expovariate(self, rate: float) -> float:
        return -math.log(1 - self._share) / rate

    def getrandbits(self, _bits: int) -> int:
        return next(self._ids)


def _inside(element: etree._Element) -> str:
    """Return what is in an element: attributes, then each child by its name, or the text."""
    words = [f"@{name}={value}" for name, value in element.items()]
    words += [f"{etree.QName(child).localname}={_inside(child)}" for child in element]
    if not words:
        return element.text or ""
    return f"({' '.join(words)})"


def _told(share: float, seconds: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr("clacks_monitor.testbed.scenario.simulator.random.Random", lambda _seed: Die(share))
    office = scenario_file.parse(json.dumps(OFFICE), "small.json")
    for happening in itertools.takewhile(
        lambda one: one.time_s < office.start + seconds, world.World(office, seed="none")
    ):
        event = etree.fromstring(happening.body)[0]
        assert etree.QName(event).localname == happening.name
        yield f"{happening.time_s - office.start:.2f} {happening.name} {_inside(event)}"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_story_is_the_one_that_can_be_reckoned(share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = dict(part.split("\n", 1) for part in STORY.read_text(encoding="utf-8").split("== ")[1:])
    expected = parts[f"the die at {share}"].splitlines()
    assert list(_told(share, 4200, monkeypatch)) == expected


def test_each_day_is_like_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of both people: on at the same moments; the configuration runs of the day before are over."""
    days: tuple[list[str], list[str]] = ([], [])
    for line in _told(0.5, 2 * 86_400, monkeypatch):
        moment, name, inside = line.split(" ", 2)
        if name in {"UserSession", "ClientLeave"}:
            day, second = divmod(float(moment), 86_400)
            days[int(day)].append(f"{second:.2f} {name} {inside}")
    assert days[0] == days[1]
    assert len(days[0]) == 2 * 3  # on, off and away, for each
