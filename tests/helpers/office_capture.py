"""The demonstration's events as a capture: the same ones each time, arriving when they happen in the simulated day."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from clacks_monitor import assets, captures
from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE, RawMessage
from clacks_monitor.core.summary import Summaries
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.receiving.recorder import schema_check
from clacks_monitor.testbed.scenario.scenario_file import load
from clacks_monitor.testbed.scenario.world import World

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = 12_000
SEED = 7
NS = 1_000_000_000
BROKEN = (
    b'<Event xmlns="http://www.gonicus.de/Events"><NodeStatus><Load>high</Load><Id>agent-2</Id></NodeStatus></Event>',
    b'<Event xmlns="http://www.gonicus.de/Events"><ClientLeave/></Event>',
    b"no XML",
)
"""Events that break their schema, the last one XML itself; they come a minute after the others, a second apart."""


def make_office_capture(path: Path, events: int = EVENTS) -> None:
    """Write a capture of so many events of the simulated day, and of a few that are broken."""
    scenario = load("office-day")
    decode = Decoder(Summaries.load("en", EVENT_NAMESPACE), schema_check(Catalogue([assets.folder("schemas")])))
    told = [(event.time_s, event.body) for event in islice(World(scenario, seed=SEED, start=scenario.start), events)]
    told += [(told[-1][0] + 60 + number, body) for number, body in enumerate(BROKEN)]
    with captures.create(path) as capture:
        capture.append(
            [
                decode(RawMessage("office bus", round(seconds * NS), round(seconds * NS), body, subject="event"))
                for seconds, body in told
            ]
        )
