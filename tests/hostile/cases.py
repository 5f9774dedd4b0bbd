"""All cases by kind, and the steps that each goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tests.hostile import steps as how
from tests.hostile.corpus.brokers import HostileBroker, brokers
from tests.hostile.corpus.captures import HostileCapture, captures
from tests.hostile.corpus.message import Message
from tests.hostile.corpus.messages import messages
from tests.hostile.corpus.profiles import HostileProfile, profiles
from tests.hostile.corpus.schemas import HostileSchema, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tests.hostile.bait import Lures
    from tests.hostile.program import Program

Case: TypeAlias = Message | HostileCapture | HostileProfile | HostileSchema | HostileBroker
_MADE: Mapping[str, Callable[[Lures, int], Sequence[Case]]] = {
    "message": messages,
    "capture": captures,
    "profile": profiles,
    "schema": schemas,
    "broker": brokers,
}
KINDS = tuple(_MADE)
TOGETHER = frozenset({"message", "capture"})
"""Kinds whose cases share one program, one after the other; each of the others gets a program of its own."""


def of(kind: str, lures: Lures, seed: int) -> Sequence[Case]:
    """Return the cases of a kind."""
    return _MADE[kind](lures, seed)


def prepare(program: Program, case: Case) -> None:
    """Do what has to be there before the program starts."""
    if isinstance(case, HostileSchema):
        program.folders.schemas.mkdir(parents=True)


def warm_up(program: Program) -> None:
    """Do once with a good event what is done with hostile ones: what is imported and built at first use is no stall."""
    for _name, step in how.of_message(program, how.NEIGHBOUR):
        program.measured(step)


def steps(program: Program, case: Case, port: int) -> Iterator[how.Step]:
    """Return the steps of a case; a broker listens on ``port``."""
    if isinstance(case, HostileCapture):
        return how.of_capture(program, case)
    if isinstance(case, HostileProfile):
        return how.of_profile(program, case)
    if isinstance(case, HostileSchema):
        return how.of_schema(program, case)
    if isinstance(case, HostileBroker):
        return how.of_broker(program, port)
    return how.of_message(program, case)
