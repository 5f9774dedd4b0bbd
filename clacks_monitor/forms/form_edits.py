"""The edits of a form: steps that can be undone and redone, and the listeners that are notified of them.

A form's state changes only here. Typing into one field is one step. Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.forms.fields import FormField

__all__ = ["FormChange", "FormEdits"]

MAX_STEPS: Final = 500
"""How many steps can be undone; the memory of a long session is bounded."""


@dataclass(frozen=True, slots=True)
class FormChange:
    """A change. ``field`` None: everything may be new (the text was edited).

    ``structure`` is set when fields appeared, disappeared or moved below the field, not only a value.
    """

    field: FormField | None
    structure: bool


@dataclass(slots=True)
class _Step:
    """Changes that are undone together."""

    change: FormChange
    merge: bool
    redo: list[Callable[[], object]] = field(default_factory=list)
    undo: list[Callable[[], object]] = field(default_factory=list)


class FormEdits:
    """The undo history of one form. ``version`` grows with each change.

    ``preview`` resolves the placeholders of a value before it is checked; the identity by default.
    """

    def __init__(self) -> None:
        self.preview: Callable[[str], str] = _unchanged
        self.version = 0
        self.done: deque[_Step] = deque(maxlen=MAX_STEPS)
        self.undone: list[_Step] = []
        self._sealed = True
        self._step: _Step | None = None
        self._listeners: list[Callable[[FormChange], object]] = []

    def subscribe(self, listener: Callable[[FormChange], object]) -> Callable[[], None]:
        """Call a function after each change; return a function that ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    @contextmanager
    def step(self, field: FormField | None, *, structure: bool = False, merge: bool = False) -> Iterator[None]:
        """Collect the changes of one action of the user; nested steps join the outer one.

        With ``merge`` they join the step before, if that was the same field's and ``seal`` was not called since.
        """
        if self._step is not None:
            yield
            return
        step = self._step = _Step(FormChange(field, structure), merge)
        try:
            yield
        finally:
            self._step = None
            if step.redo:
                self._record(step)
        if step.redo:
            self._notify(step.change)

    def change(self, field: FormField | None, do: Callable[[], object], undo: Callable[[], object]) -> None:
        """Make one change, as part of the current step or as a separate one."""
        with self.step(field):
            do()
            self.version += 1
            if self._step is not None:
                self._step.redo.append(do)
                self._step.undo.append(undo)

    def seal(self) -> None:
        """End the current undo step: later input starts a new one."""
        self._sealed = True

    def undo(self) -> bool:
        """Undo the last step; return whether there was one."""
        if not self.done:
            return False
        step = self.done.pop()
        for undo in reversed(step.undo):
            undo()
        self.undone.append(step)
        self._moved(step)
        return True

    def redo(self) -> bool:
        """Make the step again that was undone last; return whether there was one."""
        if not self.undone:
            return False
        step = self.undone.pop()
        for redo in step.redo:
            redo()
        self.done.append(step)
        self._moved(step)
        return True

    def _record(self, step: _Step) -> None:
        self.undone.clear()
        last = self.done[-1] if self.done and not self._sealed else None
        if last is not None and step.merge and last.merge and last.change.field is step.change.field:
            last.redo += step.redo
            last.undo += step.undo
        else:
            self.done.append(step)
        self._sealed = False

    def _moved(self, step: _Step) -> None:
        self._sealed = True
        self.version += 1
        self._notify(FormChange(step.change.field, structure=True))

    def _notify(self, change: FormChange) -> None:
        for listener in list(self._listeners):
            listener(change)


def _unchanged(value: str) -> str:
    return value
