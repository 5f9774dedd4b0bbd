"""Fields that hold fields: groups, choices and repetitions.

They follow the shape of a content model. None of them corresponds to an element in the XML: they decide which elements
are written, and in which order. Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.building import Cursor
from clacks_monitor.forms.fields import FormField, ValueField
from clacks_monitor.forms.spec import ElementParticle, GroupParticle, WildcardParticle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms.building import FieldBuilder
    from clacks_monitor.forms.fields import Fragment
    from clacks_monitor.forms.spec import Particle

__all__ = ["Choice", "Group", "Repeat", "particle_label"]


MAX_NEW: Final = 5_000
"""The most items of one repetition in a new event, whatever minOccurs requires."""
_MAX_NAMES: Final = 3
"""The most names in the label of a group."""


def particle_label(particle: Particle) -> str:
    """Return a short name for a part of a content model."""
    if isinstance(particle, ElementParticle):
        return particle.element.label
    if isinstance(particle, WildcardParticle) or not (particle.label or particle.items):
        return Message("any element")
    if particle.label:
        return particle.label
    names = [particle_label(item) for item in particle.items[:_MAX_NAMES]]
    joined = (" or " if particle.model == "choice" else ", ").join(names)
    return joined + (", ..." if len(particle.items) > _MAX_NAMES else "")


class Group(FormField):
    """A sequence, or an all group (``any_order``), of fields."""

    def __init__(self, builder: FieldBuilder, parent: FormField | None, particle: GroupParticle) -> None:
        super().__init__(builder.edits, parent, particle_label(particle), particle.documentation)
        self._builder = builder
        self.particle = particle
        self.any_order = particle.model == "all"
        self._children: tuple[FormField, ...] | None = None

    def load(self, cursor: Cursor) -> None:
        """Load the elements of a text."""
        if self.any_order:
            self._children = self._load_any_order(cursor)
        else:
            self._children = tuple(self._builder.build(item, self, cursor) for item in self.particle.items)

    def _load_any_order(self, cursor: Cursor) -> tuple[FormField, ...]:
        items = self.particle.items
        found: dict[int, FormField] = {}
        while (name := cursor.peek()) is not None:
            index = next((i for i, item in enumerate(items) if i not in found and item.starts(name)), None)
            if index is None:
                break
            found[index] = self._builder.build(items[index], self, cursor)
        nothing = Cursor(())
        return tuple(found.get(i) or self._builder.build(item, self, nothing) for i, item in enumerate(items))

    @property
    def children(self) -> tuple[FormField, ...]:
        """The fields of the group."""
        if self._children is None:
            self._children = tuple(self._builder.build(item, self, None) for item in self.particle.items)
        return self._children

    def fragments(self) -> list[Fragment]:
        """Return what the children write; an all group keeps the order of the text it came from."""
        if not self._present:
            return []
        found = [item for child in self.children for item in child.fragments()]
        if self.any_order:
            placed = [item for item in found if item.nodes()]
            placed.sort(key=lambda item: item.nodes()[0].start)
            found = placed + [item for item in found if not item.nodes()]
        return found


class Choice(FormField):
    """One of several branches. Switching keeps the other branches' values."""

    def __init__(self, builder: FieldBuilder, parent: FormField | None, particle: GroupParticle) -> None:
        super().__init__(builder.edits, parent, particle_label(particle), particle.documentation)
        self._builder = builder
        self.particle = particle
        self._branches: dict[int, FormField] = {}
        self._selected: int | None = None
        self.labels = tuple(particle_label(item) for item in particle.items)

    @property
    def branches(self) -> tuple[FormField, ...]:
        """The fields of all branches."""
        return tuple(self.branch(index) for index in range(len(self.labels)))

    def branch(self, index: int) -> FormField:
        """Return the field of one branch, built on first access."""
        found = self._branches.get(index)
        if found is None:
            found = self._branches[index] = self._builder.build(self.particle.items[index], self, None)
        return found

    def load(self, cursor: Cursor | None) -> None:
        """Select the branch that a text has, or the one that a new form begins with."""
        items = self.particle.items
        found = None
        if cursor is not None and (name := cursor.peek()) is not None:
            found = next((i for i, item in enumerate(items) if item.starts(name)), None)
        if found is not None:
            self._branches[found] = self._builder.build(items[found], self, cursor)
        elif cursor is None:
            found = self._builder.costs.cheapest(items)
        else:
            found = next((i for i, item in enumerate(items) if item.emptiable), None)
        self._selected = found

    @property
    def selected(self) -> int | None:
        """Index of the branch that is written; None when none is."""
        return self._selected

    @selected.setter
    def selected(self, index: int | None) -> None:
        if index is not None and not 0 <= index < len(self.labels):
            raise IndexError(f"there are {len(self.labels)} branches")
        if index == self._selected:
            return
        with self.edits.step(self, structure=True):
            if index is not None and not self._present:
                self.present = True
            self.include_ancestors()
            self.assign("_selected", index)

    @property
    def children(self) -> tuple[FormField, ...]:
        """The selected branch."""
        return () if self._selected is None else (self.branch(self._selected),)

    def problem(self) -> str | None:
        """Whether nothing has been chosen."""
        if self._present and self._selected is None and not self.particle.emptiable:
            return Message("choose one of: {0}", ", ".join(self.labels))
        return super().problem()

    def fragments(self) -> list[Fragment]:
        """Return what the selected branch writes."""
        return [item for child in self.children for item in child.fragments()] if self._present else []

    def inherit(self, other: Choice) -> None:
        """Keep the values of branches that another form of the same choice had and this has not."""
        if other.particle is not self.particle:
            return
        for index, field in other.opened_branches.items():
            if index not in self._branches:
                field.parent = self
                self._branches[index] = field

    @property
    def opened_branches(self) -> Mapping[int, FormField]:
        """The branches that have been built."""
        return self._branches


class Repeat(FormField):
    """Any number of the same, between ``minimum`` and ``maximum`` (None: unbounded)."""

    def __init__(
        self, builder: FieldBuilder, parent: FormField | None, particle: ElementParticle | GroupParticle
    ) -> None:
        documented = particle.element if isinstance(particle, ElementParticle) else particle
        super().__init__(builder.edits, parent, particle_label(particle), documented.documentation)
        self._builder = builder
        self.particle = particle
        self.minimum, self.maximum = particle.minimum, particle.maximum
        self._items: list[FormField] = []

    def load(self, cursor: Cursor | None) -> None:
        """Load the elements of a text, or begin with as many as the schema requires."""
        if cursor is None:
            self._items = [self._item(None) for _ in range(min(self.minimum, MAX_NEW))]
            return
        items: list[FormField] = []
        while self.maximum is None or len(items) < self.maximum:
            name, before = cursor.peek(), cursor.at
            if name is None or not self.particle.starts(name):
                break
            items.append(self._item(cursor))
            if cursor.at == before:
                items.pop()
                break
        self._items = items

    def _item(self, cursor: Cursor | None) -> FormField:
        field = self._builder.occurrence(self.particle, self, cursor)
        field.in_repeat = True
        return field

    @property
    def items(self) -> tuple[FormField, ...]:
        """The items, in order."""
        return tuple(self._items)

    @property
    def children(self) -> tuple[FormField, ...]:
        """The items."""
        return tuple(self._items)

    @property
    def can_add(self) -> bool:
        """Whether the schema allows one more."""
        return self.maximum is None or len(self._items) < self.maximum

    def add(self, index: int | None = None) -> FormField:
        """Add one at the end, or before an index; return it."""
        field = self._item(None)
        at = len(self._items) if index is None else index
        with self.edits.step(self, structure=True):
            self.include_ancestors()
            self.edits.change(self, lambda: self._items.insert(at, field), lambda: self._items.pop(at))
        return field

    def duplicate(self, index: int) -> FormField:
        """Add a copy of one behind it; return it. Raises IndexError."""
        source = self._items[index]
        with self.edits.step(self, structure=True):
            copied = self.add(index % len(self._items) + 1)
            copy_values(source, copied)
        return copied

    def remove(self, index: int) -> None:
        """Remove one. Raises IndexError."""
        field = self._items[index]
        at = index % len(self._items)
        with self.edits.step(self, structure=True):
            self.edits.change(self, lambda: self._items.pop(at), lambda: self._items.insert(at, field))

    def move(self, index: int, to: int) -> None:
        """Move one to another index. Raises IndexError."""
        count = len(self._items)
        if not (0 <= index < count and 0 <= to < count):
            raise IndexError(f"there are {count}")
        with self.edits.step(self, structure=True):
            self.edits.change(self, lambda: self._shift(index, to), lambda: self._shift(to, index))

    def _shift(self, index: int, to: int) -> None:
        self._items.insert(to, self._items.pop(index))

    def problem(self) -> str | None:
        """Whether there are too few or too many."""
        count = len(self._items)
        if count < self.minimum:
            few = Message("at least {0} are required, there are {1}", self.minimum, count)
            return few if count else Message("is missing")
        if self.maximum is not None and count > self.maximum:
            return Message("at most {0} are allowed, found {1}", self.maximum, count)
        return None

    def fragments(self) -> list[Fragment]:
        """Return what the items write."""
        return [fragment for item in self._items for fragment in item.fragments()]


def copy_values(source: FormField, target: FormField) -> None:
    """Give a field, and those below it, the values of another one of the same kind."""
    if target.optional or target.present != source.present:
        target.present = source.present
    if not source.present:
        return
    if isinstance(source, ValueField) and isinstance(target, ValueField):
        target.value = source.value
    elif isinstance(source, Choice) and isinstance(target, Choice):
        target.selected = source.selected
    elif isinstance(source, Repeat) and isinstance(target, Repeat):
        while len(target.items) < len(source.items):
            target.add()
        while len(target.items) > len(source.items):
            target.remove(-1)
    for mine, other in zip(source.children, target.children, strict=False):
        copy_values(mine, other)
