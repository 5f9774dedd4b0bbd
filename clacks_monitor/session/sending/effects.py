"""What sending an event would set off, said before it is sent.

Pure functions of the event, the connection and the profiles; any thread. Which events act on machines or reach people
is known for the built-in types (each schema's documentation says when its event is sent and who answers).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from clacks_monitor.session.view.compiled_queries import found_together
from clacks_monitor.xquery import Guard, MatchOutcome, QueryError, QuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.profile import Profile


class Reach(StrEnum):
    """Whom an event moves."""

    NOBODY = "nobody"
    """Nobody is known to act on it: it is shown, counted or stored."""
    AGENTS = "agents"
    """Agents change what they believe about clients or about each other."""
    MACHINES = "machines"
    """Machines do something at once."""
    PEOPLE = "people"
    """People see something on their screens."""
    UNKNOWN = "unknown"
    """A type that is not built in: whoever listens decides."""


class Reaction(StrEnum):
    """What happens when an event is heard; the window and the command line have the words."""

    CLIENTS_ANNOUNCE_AGAIN = "clients-announce-again"
    NOTIFICATION_POPS_UP = "notification-pops-up"
    CALLS_ARE_COUNTED = "calls-are-counted"
    CLIENT_COUNTS_AS_ONLINE = "client-counts-as-online"
    CLIENT_COUNTS_AS_GONE = "client-counts-as-gone"
    AGENTS_TELL_CAPABILITIES = "agents-tell-capabilities"
    CALLS_ARE_ROUTED_ANEW = "calls-are-routed-anew"
    AGENT_COUNTS_AS_GONE = "agent-counts-as-gone"
    LOAD_IS_BALANCED_ANEW = "load-is-balanced-anew"
    USER_COUNTS_AS_LOGGED_ON = "user-counts-as-logged-on"
    REPORT_IS_FILED = "report-is-filed"
    MEASUREMENT_IS_STORED = "measurement-is-stored"
    STATUS_IS_SHOWN = "status-is-shown"


_KNOWN: Final[dict[str, tuple[Reach, tuple[Reaction, ...]]]] = {
    "ClientPoll": (Reach.MACHINES, (Reaction.CLIENTS_ANNOUNCE_AGAIN,)),
    "AsteriskNotification": (Reach.PEOPLE, (Reaction.NOTIFICATION_POPS_UP, Reaction.CALLS_ARE_COUNTED)),
    "NodeAnnounce": (Reach.MACHINES, (Reaction.AGENTS_TELL_CAPABILITIES,)),
    "NodeCapabilities": (Reach.AGENTS, (Reaction.CALLS_ARE_ROUTED_ANEW,)),
    "NodeLeave": (Reach.AGENTS, (Reaction.AGENT_COUNTS_AS_GONE,)),
    "NodeStatus": (Reach.AGENTS, (Reaction.LOAD_IS_BALANCED_ANEW,)),
    "ClientAnnounce": (Reach.AGENTS, (Reaction.CLIENT_COUNTS_AS_ONLINE,)),
    "ClientLeave": (Reach.AGENTS, (Reaction.CLIENT_COUNTS_AS_GONE,)),
    "UserSession": (Reach.AGENTS, (Reaction.USER_COUNTS_AS_LOGGED_ON,)),
    "PuppetReport": (Reach.NOBODY, (Reaction.REPORT_IS_FILED,)),
    "CollectD": (Reach.NOBODY, (Reaction.MEASUREMENT_IS_STORED,)),
    "PhoneStatus": (Reach.NOBODY, (Reaction.STATUS_IS_SHOWN,)),
}


@dataclass(frozen=True, slots=True)
class Consequences:
    """What sending would set off.

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


def consequences(
    type_name: str, xml: bytes, connection: ConnectionSettings, profiles: Iterable[Profile]
) -> Consequences:
    """Return what sending ``xml`` on a connection would set off.

    A profile without a query matches everything and says nothing about this event: it is left out.
    """
    reach, reactions = _KNOWN.get(type_name, (Reach.UNKNOWN, ()))
    matching, unsure = _profiles_on(xml, [profile for profile in profiles if profile.query.strip()])
    return Consequences(
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
    known = found_together(profile.query for profile in profiles)
    asked = {number: known[profile.query] for number, profile in enumerate(profiles)}
    compiled = {number: query for number, query in asked.items() if not isinstance(query, QueryError)}
    outcomes: dict[int, MatchOutcome] = {}
    if compiled:
        with Guard() as guard:  # a query may take for ever
            verdicts = QuerySet(list(compiled.values()), guard=guard).evaluate(xml, {})
        outcomes = {number: verdict.outcome for number, verdict in zip(compiled, verdicts, strict=True)}

    def named(wanted: MatchOutcome) -> tuple[str, ...]:
        return tuple(p.name for number, p in enumerate(profiles) if outcomes.get(number, MatchOutcome.ERROR) is wanted)

    return named(MatchOutcome.MATCH), named(MatchOutcome.ERROR)
