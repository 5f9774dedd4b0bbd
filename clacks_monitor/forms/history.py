"""Undo and redo: steps of changes that know how to take themselves back.

Role: the only way in which a form's state changes. Typing into one field is one step.
Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.forms.fields import Field

__all__ = ["FormChange", "History", "Step"]

MAX_STEPS: Final = 500
"""How many steps can be taken back; the memory of a long session is bounded."""


@dataclass(frozen=True, slots=True)
class FormChange:
    """What listeners are told. `field` None: everything may be new (the text was edited).

    `structure` is set when fields appeared, went or moved below the field, not only a value.
    """

    field: Field | None
    structure: bool


@dataclass(slots=True)
class Step:
    """Changes that are taken back together."""

    change: FormChange
    merge: bool = False
    doing: list[Callable[[], object]] = field(default_factory=list)
    undoing: list[Callable[[], object]] = field(default_factory=list)


class History:
    """Steps that were taken, and those that were taken back."""

    def __init__(self) -> None:
        self.done: deque[Step] = deque(maxlen=MAX_STEPS)
        self.undone: list[Step] = []
        self.sealed = True

    def push(self, step: Step) -> None:
        """Remember a step; typing goes on in the step before it when that was the same field's."""
        self.undone.clear()
        last = self.done[-1] if self.done and not self.sealed else None
        if last is not None and step.merge and last.merge and last.change.field is step.change.field:
            last.doing += step.doing
            last.undoing += step.undoing
        else:
            self.done.append(step)
        self.sealed = False

    def undo(self) -> Step | None:
        """Take the last step back."""
        if not self.done:
            return None
        step = self.done.pop()
        for take_back in reversed(step.undoing):
            take_back()
        self.undone.append(step)
        self.sealed = True
        return step

    def redo(self) -> Step | None:
        """Take the step again that was taken back last."""
        if not self.undone:
            return None
        step = self.undone.pop()
        for do in step.doing:
            do()
        self.done.append(step)
        self.sealed = True
        return step
