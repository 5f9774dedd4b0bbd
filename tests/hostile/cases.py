"""All cases by kind, and the steps that each goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile import steps as how
from tests.hostile.corpus.message import Message
from tests.hostile.corpus.messages import messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.hostile.bait import Lures
    from tests.hostile.program import Program

Case = Message
KINDS = ("message",)
TOGETHER = frozenset({"message"})
"""Kinds whose cases share one program, one after the other; each of the others gets a program of its own."""


def of(kind: str, lures: Lures, seed: int) -> Sequence[Case]:
    """Return the cases of a kind."""
    return {"message": messages}[kind](lures, seed)


def prepare(program: Program, case: Case) -> None:
    """Do what has to be there before the program starts."""


def warm_up(program: Program) -> None:
    """Do once with a good event what is done with hostile ones: what is imported and built at first use is no stall."""
    for _name, step in how.of_message(program, how.NEIGHBOUR):
        program.measured(step)


def steps(program: Program, case: Case) -> Iterator[how.Step]:
    """Return the steps of a case."""
    return how.of_message(program, case)
