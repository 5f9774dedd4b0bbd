"""A profile: a named filter with its colour, columns, alert and tests, as an operator keeps and shares it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from clacks_monitor.core.event import NO_PROPERTIES
from clacks_monitor.core.webhook import NO_WEBHOOK, Webhook

if TYPE_CHECKING:
    from clacks_monitor.core.event import Properties


PAUSE_S = 10.0
"""At most one alert of a profile in this many seconds, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Alert:
    """When and how a profile alerts the operator; by default, never.

    ``absence_s`` alerts when nothing has matched for so many seconds (0: never), ``on_match`` when something has. An
    alert is always counted and shown in the window; ``tray`` and ``sound`` add to that, and ``command`` is a program
    with its arguments - never a line for a shell - that gets the event's XML on its standard input; ``webhook`` is a
    URL that each alert is posted to. At most one alert in ``pause_s`` seconds; what matched in between is counted in
    the next one.
    """

    on_match: bool = False
    absence_s: float = 0.0
    tray: bool = False
    sound: bool = False
    command: tuple[str, ...] = ()
    webhook: Webhook = NO_WEBHOOK
    pause_s: float = PAUSE_S

    @property
    def wanted(self) -> bool:
        """Whether there is anything to watch for."""
        return self.on_match or self.absence_s > 0


NO_ALERT = Alert()


class Expected(StrEnum):
    """The result that a filter test expects of the query."""

    MATCH = "match"
    NO_MATCH = "no-match"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class FilterTest:
    """An event that tests a profile's query: body and properties as received, and the expected result."""

    name: str
    body: bytes
    expected: Expected
    properties: Properties = field(default_factory=lambda: NO_PROPERTIES, hash=False)


def _new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Profile:
    """A named filter.

    ``query`` is XQuery text, "" matches everything; ``colour`` is one of COLOURS; ``active`` means it takes part
    in deciding what is shown: with no active profile everything is shown, with some, what any of them matches.
    ``columns`` lists column keys in order (empty: as the window has them); ``alert`` is when to alert the operator;
    ``filter_tests`` are tests of the query. ``order`` is that of the rules: the first that matches gives the colour.
    """

    name: str
    query: str = ""
    description: str = ""
    colour: str = "none"
    active: bool = False
    alert: Alert = NO_ALERT
    columns: tuple[str, ...] = ()
    filter_tests: tuple[FilterTest, ...] = ()
    order: int = 0
    id: str = field(default_factory=_new_id)
