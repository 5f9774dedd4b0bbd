"""The effects of sending an event: who acts on it, which right it takes, which profiles match. Any thread.

Who acts on the built-in types is data (resources/effects/known.json): the documentation of each schema says when its
event is sent and who answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.session.view.compiled_queries import find_all
from clacks_monitor.xquery import Guard, MatchOutcome, QueryError, QuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.profile import Profile
    from clacks_monitor.session.profiles.profiles import Profiles


class Reach(StrEnum):
    """Who acts on an event."""

    NONE = "nobody"
    """No program or person acts on it: it is shown, counted or stored."""
    AGENTS = "agents"
    """Agents change what they know about clients or about each other."""
    MACHINES = "machines"
    """Machines do something at once."""
    PEOPLE = "people"
    """People see something on their screens."""
    UNKNOWN = "unknown"
    """A type that is not built in: what listens to it decides."""


class Reaction(StrEnum):
    """What happens when an event is received; the window has the texts."""

    CLIENTS_ANNOUNCE_AGAIN = "clients-announce-again"
    NOTIFICATION_POPS_UP = "notification-pops-up"
    CALLS_ARE_COUNTED = "calls-are-counted"
    CLIENT_COUNTS_AS_ONLINE = "client-counts-as-online"
    CLIENT_COUNTS_AS_GONE = "client-counts-as-gone"
    AGENTS_SEND_CAPABILITIES = "agents-send-capabilities"
    CALLS_ARE_ROUTED_ANEW = "calls-are-routed-anew"
    AGENT_COUNTS_AS_GONE = "agent-counts-as-gone"
    LOAD_IS_BALANCED_ANEW = "load-is-balanced-anew"
    USER_COUNTS_AS_LOGGED_ON = "user-counts-as-logged-on"
    REPORT_IS_FILED = "report-is-filed"
    MEASUREMENT_IS_STORED = "measurement-is-stored"
    STATUS_IS_SHOWN = "status-is-shown"
    USER_IS_WARNED = "user-is-warned"
    PROXIES_ACT = "proxies-act"
    BROWSERS_LOAD_PLUGIN = "browsers-load-plugin"
    INDEX_IS_UPDATED = "index-is-updated"
    MEMBER_COUNTS_AS_SAID = "member-counts-as-said"
    METHODS_ARE_OFFERED = "methods-are-offered"
    PROGRESS_IS_SHOWN = "progress-is-shown"
    VIEWS_ARE_UPDATED = "views-are-updated"
    INVENTORY_IS_STORED = "inventory-is-stored"


@dataclass(frozen=True, slots=True)
class Effects:
    """What sending an event would cause.

    ``right`` is what the sender needs when the agent publishes ("org.clacks.event.PhoneStatus", right x);
    ``profiles`` names the profiles that would match, ``unsure`` those whose query raises an error on the event or
    cannot be read; ``confirm`` asks for a typed confirmation with ``confirm_text`` as what is to be typed.
    """

    type: str
    right: str
    reach: Reach = Reach.UNKNOWN
    reactions: tuple[Reaction, ...] = ()
    profiles: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    confirm: bool = False
    confirm_text: str = ""


class EffectFinder:
    """Finds the effects of events with the profiles in use."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles

    def find(self, type_name: str, xml: bytes, connection: ConnectionSettings) -> Effects:
        """Return the effects of sending ``xml`` on a connection; this evaluates the query of every profile."""
        return effects_of(type_name, xml, connection, self._profiles.all())

    @staticmethod
    def without_profiles(type_name: str, connection: ConnectionSettings) -> Effects:
        """Return the effects of any event of a type, at once."""
        return effects_of(type_name, b"", connection, ())


@cache
def _known() -> Mapping[str, tuple[Reach, tuple[Reaction, ...]]]:
    """Return who acts on the built-in types, and how."""
    table = json.loads(assets.text("resources", "effects", "known.json"))
    return {
        name: (Reach(known["reach"]), tuple(Reaction(reaction) for reaction in known["reactions"]))
        for name, known in table.items()
    }


def effects_of(type_name: str, xml: bytes, connection: ConnectionSettings, profiles: Iterable[Profile]) -> Effects:
    """Return the effects of sending ``xml`` on a connection.

    A profile without a query matches every event, which says nothing about this one: it is left out.
    """
    reach, reactions = _known().get(type_name, (Reach.UNKNOWN, ()))
    matching, unsure = _profiles_on(xml, [profile for profile in profiles if profile.query.strip()])
    return Effects(
        type=type_name,
        right=f"{connection.domain}.event.{type_name}",
        reach=reach,
        reactions=reactions,
        profiles=matching,
        unsure=unsure,
        confirm=connection.production or connection.read_only,
        confirm_text=connection.name,
    )


def _profiles_on(xml: bytes, profiles: Sequence[Profile]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the profiles that match, and of those whose query raises an error or cannot be read."""
    known = find_all(profile.query for profile in profiles)
    asked = {number: known[profile.query] for number, profile in enumerate(profiles)}
    compiled = {number: query for number, query in asked.items() if not isinstance(query, QueryError)}
    outcomes: dict[int, MatchOutcome] = {}
    if compiled:
        with Guard() as guard:  # a query may never end
            results = QuerySet(list(compiled.values()), guard=guard).evaluate(xml, {})
        outcomes = {number: result.outcome for number, result in zip(compiled, results, strict=True)}

    def named(wanted: MatchOutcome) -> tuple[str, ...]:
        return tuple(p.name for number, p in enumerate(profiles) if outcomes.get(number, MatchOutcome.ERROR) is wanted)

    return named(MatchOutcome.MATCH), named(MatchOutcome.ERROR)
