"""Telephone calls: ringing, answered or missed, ended.

Owner: ``World``. Thread: the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    from clacks_monitor.testbed.scenario.simulator import Simulator

RINGING, BUSY, FREE = "ringing", "busy", "free"
QUEUE = "office"
_DEVICE_STATES = {RINGING: "AST_DEVICE_RINGING", BUSY: "AST_DEVICE_INUSE", FREE: "AST_DEVICE_NOT_INUSE"}
INCOMING_SHARE = 0.6
"""The share of external calls that come in."""


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a call: its number as telephones show it and in international form, and a colleague's login or ""."""

    shown: str
    international: str
    login: str = ""


class Switchboard:
    """Connects calls; a telephone is in one call at a time."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._telephony = simulator.scenario.telephony
        self._queues = [module for module in self._telephony.modules if module != "AsteriskNotification"]
        self._free = [
            Party(person.extension, self._telephony.trunk + person.extension, person.login)
            for person in simulator.scenario.people
        ]

    def begin(self) -> None:
        """Wait for the first call."""
        if self._free and self._telephony.numbers:
            self._simulator.later(self._simulator.around(self._telephony.gap_s), self._call)

    def _call(self) -> None:
        simulator = self._simulator
        simulator.later(simulator.random.expovariate(1 / self._telephony.gap_s), self._call)
        if not self._free:
            return
        own = self._pick()
        if simulator.random.random() < self._telephony.external or not self._free:
            other = _external(simulator.random.choice(self._telephony.numbers))
            incoming = simulator.random.random() < INCOMING_SHARE
            caller, called = (other, own) if incoming else (own, other)
        else:
            caller, called = own, self._pick()
        self._ring(caller, called)

    def _pick(self) -> Party:
        return self._free.pop(self._simulator.random.randrange(len(self._free)))

    def _ring(self, caller: Party, called: Party) -> None:
        simulator = self._simulator
        self._status(caller, called, RINGING)
        if called.login:
            self._notify("IncomingCall", caller, called)
        rung = simulator.random.uniform(0.3, 2.0) * self._telephony.ring_s
        if simulator.random.random() < self._telephony.answered:
            simulator.later(rung, lambda: self._answer(caller, called))
        else:
            simulator.later(rung * 2, lambda: self._miss(caller, called))

    def _answer(self, caller: Party, called: Party) -> None:
        self._status(caller, called, BUSY)
        talk = max(4.0, self._simulator.random.expovariate(1 / self._telephony.talk_s))
        self._simulator.later(talk, lambda: self._hang_up(caller, called, talk))

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
        make = self._simulator.make
        for module in self._queues:
            if called.login:
                self._simulator.emit(getattr(make, module)(self._member(called, status)))
        self._simulator.emit(
            make.PhoneStatus(make.CallerId(caller.shown), make.ReceiverId(called.shown), make.Status(status))
        )

    def _member(self, called: Party, status: str) -> etree._Element:
        make = self._simulator.make
        member: etree._Element = make.QueueMemberStatus(
            make.Queue(QUEUE), make.Location(f"SIP/{called.shown}"), make.MemberName(called.login),
            make.Membership("static"), make.Penalty("0"), make.CallsTaken("0"), make.LastCall("0"),
            make.Status(_DEVICE_STATES[status]), make.Paused("0"),
        )  # fmt: skip
        return member

    def _notify(self, kind: str, caller: Party, called: Party, *, duration: float = 0, cause: str = "") -> None:
        identity = called.login or caller.login
        if "AsteriskNotification" in self._telephony.modules:
            event: etree._Element = self._simulator.make.AsteriskNotification(
                *self._call_fields(caller, called, duration, cause)
            )
            event.set("Type", kind)
            if identity:
                event.set("Identity", identity)
            self._simulator.emit(event)
        make = self._simulator.make
        for module in self._queues:
            fields = self._call_fields(caller, called, duration, cause)
            call = make.Call(make.Type(kind), make.Identity(identity), *fields)
            self._simulator.emit(getattr(make, module)(call))

    def _call_fields(self, caller: Party, called: Party, duration: float, cause: str) -> list[etree._Element]:
        make = self._simulator.make
        fields: list[etree._Element] = [
            make.From(caller.international), make.To(called.international), make.Timestamp(f"{self._simulator.now:.3f}")
        ]  # fmt: skip
        if duration:
            fields.append(make.Duration(f"{duration:.1f}"))
        if cause:
            fields.append(make.Cause(cause))
        return fields


def _external(number: str) -> Party:
    """Return an external caller: +49 30 1234 is shown as 0301234."""
    return Party("0" + number.removeprefix("+49") if number.startswith("+49") else "00" + number[1:], number)
