"""Telephones: they ring, are answered or not, are busy, and hang up.

Owner: the world. Thread: the world's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    from clacks_monitor.testbed.scenario.world import World

RINGING, BUSY, FREE = "ringing", "busy", "free"


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a call: the number as telephones show it and in international form; login of a colleague, else ""."""

    shown: str
    international: str
    login: str = ""


class Switchboard:
    """Connects calls; a telephone is in one call at a time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._plan = world.plan.telephony
        self._free = [
            Party(person.extension, self._plan.trunk + person.extension, person.login) for person in world.plan.people
        ]

    def begin(self) -> None:
        """Wait for the first call."""
        if self._free and self._plan.numbers:
            self._world.later(self._world.around(self._plan.gap_s), self._call)

    def _call(self) -> None:
        world = self._world
        world.later(world.random.expovariate(1 / self._plan.gap_s), self._call)
        if not self._free:
            return
        own = self._take()
        if world.random.random() < self._plan.external or not self._free:
            other = _outside(world.random.choice(self._plan.numbers))
            incoming = world.random.random() < 0.6  # noqa: PLR2004 - offices are called more than they call
            caller, called = (other, own) if incoming else (own, other)
        else:
            caller, called = own, self._take()
        self._ring(caller, called)

    def _take(self) -> Party:
        return self._free.pop(self._world.random.randrange(len(self._free)))

    def _ring(self, caller: Party, called: Party) -> None:
        world = self._world
        self._status(caller, called, RINGING)
        if called.login:
            self._notify("IncomingCall", caller, called)
        rung = world.random.uniform(0.3, 2.0) * self._plan.ring_s
        if world.random.random() < self._plan.answered:
            world.later(rung, lambda: self._answer(caller, called))
        else:
            world.later(rung * 2, lambda: self._miss(caller, called))

    def _answer(self, caller: Party, called: Party) -> None:
        self._status(caller, called, BUSY)
        talk = max(4.0, self._world.random.expovariate(1 / self._plan.talk_s))
        self._world.later(talk, lambda: self._hang_up(caller, called, talk))

    def _hang_up(self, caller: Party, called: Party, talk: float) -> None:
        self._status(caller, called, FREE)
        self._notify("CallEnded", caller, called, duration=talk, cause="Normal clearing")
        self._release(caller, called)

    def _miss(self, caller: Party, called: Party) -> None:
        self._status(caller, called, FREE)
        if called.login:
            self._notify("CallMissed", caller, called, cause="No answer")
        self._release(caller, called)

    def _release(self, *parties: Party) -> None:
        self._free.extend(party for party in parties if party.login)

    def _status(self, caller: Party, called: Party, status: str) -> None:
        make = self._world.make
        self._world.emit(
            make.PhoneStatus(make.CallerId(caller.shown), make.ReceiverId(called.shown), make.Status(status))
        )

    def _notify(self, kind: str, caller: Party, called: Party, *, duration: float = 0, cause: str = "") -> None:
        make = self._world.make
        event: etree._Element = make.AsteriskNotification(
            make.From(caller.international), make.To(called.international), make.Timestamp(f"{self._world.now:.3f}")
        )
        event.set("Type", kind)
        identity = called.login or caller.login
        if identity:
            event.set("Identity", identity)
        if duration:
            event.append(make.Duration(f"{duration:.1f}"))
        if cause:
            event.append(make.Cause(cause))
        self._world.emit(event)


def _outside(number: str) -> Party:
    """Return a caller from outside: +49 30 1234 shows as 0301234."""
    return Party("0" + number.removeprefix("+49") if number.startswith("+49") else "00" + number[1:], number)
