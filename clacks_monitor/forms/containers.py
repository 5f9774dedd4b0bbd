"""Fields that hold fields: groups, choices and repetitions.

Role: the shape of a content model. None of them is a place in the XML: they decide which elements
are written, and in which order.
Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.fields import Field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.forms.builder import Cursor
    from clacks_monitor.forms.fields import Piece
    from clacks_monitor.forms.form import Form
    from clacks_monitor.forms.spec import ElementParticle, GroupParticle, Particle

__all__ = ["Choice", "Group", "Repeat", "particle_label"]


MAX_NEW: Final = 5_000
"""As many of a kind has a new event at most, whatever minOccurs says."""


def particle_label(particle: Particle) -> str:
    """Return a short name for a part of a content model."""
    element = getattr(particle, "element", None)
    if element is not None:
        return str(element.label)
    label = getattr(particle, "label", "")
    if label:
        return str(label)
    items = getattr(particle, "items", ())
    names = [particle_label(item) for item in items[:3]]
    if not names:
        return Message("any element")
    joined = (" or " if getattr(particle, "model", "") == "choice" else ", ").join(names)
    return joined + (", ..." if len(items) > 3 else "")  # noqa: PLR2004 - as many as fit on a line


class Group(Field):
    """A sequence, or an all group (`any_order`), of fields."""

    def __init__(self, form: Form, parent: Field | None, particle: GroupParticle) -> None:
        super().__init__(form, parent, particle_label(particle), particle.documentation)
        self.particle = particle
        self.any_order = particle.model == "all"
        self._children: tuple[Field, ...] | None = None

    def load(self, cursor: Cursor) -> None:
        """Take over elements of a text."""
        builder = self.form.builder
        if self.any_order:
            self._children = builder.load_all(self, self.particle, cursor)
        else:
            built = (builder.build(item, self, cursor) for item in self.particle.items)
            self._children = tuple(field for field in built if field is not None)

    @property
    def children(self) -> tuple[Field, ...]:
        """The fields of the group."""
        if self._children is None:
            built = (self.form.builder.build(item, self, None) for item in self.particle.items)
            self._children = tuple(field for field in built if field is not None)
        return self._children

    def pieces(self) -> list[Piece]:
        """Return what the children write; an all group keeps the order of the text it came from."""
        if not self._present:
            return []
        found = [piece for child in self.children for piece in child.pieces()]
        if self.any_order:
            placed = [piece for piece in found if piece.nodes()]
            placed.sort(key=lambda piece: piece.nodes()[0].start)
            found = placed + [piece for piece in found if not piece.nodes()]
        return found


class Choice(Field):
    """One of several branches. Switching keeps the other branches' values."""

    def __init__(self, form: Form, parent: Field | None, particle: GroupParticle) -> None:
        super().__init__(form, parent, particle_label(particle), particle.documentation)
        self.particle = particle
        self._branches: dict[int, Field] = {}
        self._selected: int | None = None
        self.labels = tuple(particle_label(item) for item in particle.items)

    @property
    def branches(self) -> tuple[Field, ...]:
        """Every branch's field."""
        return tuple(self.branch(index) for index in range(len(self.labels)))

    def branch(self, index: int) -> Field:
        """One branch's field, built when first asked for."""
        found = self._branches.get(index)
        if found is None:
            found = self._branches[index] = self._built(index, None)
        return found

    def _built(self, index: int, cursor: Cursor | None) -> Field:
        field = self.form.builder.build(self.particle.items[index], self, cursor)
        assert field is not None  # noqa: S101 - a specification leaves particles out that may not occur
        return field

    def load(self, cursor: Cursor | None) -> None:
        """Select the branch that a text has, or the one that a new form begins with."""
        items = self.particle.items
        found = None
        if cursor is not None and (name := cursor.peek()) is not None:
            found = next((i for i, item in enumerate(items) if item.starts(name)), None)
        if found is not None:
            self._branches[found] = self._built(found, cursor)
        elif cursor is None:
            found = self.form.builder.cheapest(items)
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
        old = self._selected
        with self.form.step(self, structure=True):
            if index is not None and not self._present:
                self.present = True
            self.bring_back()
            self.form.change(self, lambda: self._select(index), lambda: self._select(old))

    def _select(self, index: int | None) -> None:
        self._selected = index

    @property
    def children(self) -> tuple[Field, ...]:
        """The selected branch."""
        return () if self._selected is None else (self.branch(self._selected),)

    def problem(self) -> str | None:
        """Whether nothing has been chosen."""
        if self._present and self._selected is None and not self.particle.emptiable:
            return Message("choose one of: {0}", ", ".join(self.labels))
        return super().problem()

    def pieces(self) -> list[Piece]:
        """Return what the selected branch writes."""
        return [piece for child in self.children for piece in child.pieces()] if self._present else []

    def inherit(self, other: Choice) -> None:
        """Keep the values of branches that another form of the same choice had and this has not."""
        if other.particle is not self.particle:
            return
        for index, field in other.built_branches():
            if index not in self._branches:
                field.parent = self
                self._branches[index] = field

    def built_branches(self) -> Iterator[tuple[int, Field]]:
        """Branches that have been opened."""
        yield from self._branches.items()


class Repeat(Field):
    """Any number of the same, between `minimum` and `maximum` (None: unbounded)."""

    def __init__(self, form: Form, parent: Field | None, particle: ElementParticle | GroupParticle) -> None:
        documentation = getattr(particle, "documentation", "")
        element = getattr(particle, "element", None)
        if element is not None:
            documentation = element.documentation
        super().__init__(form, parent, particle_label(particle), documentation)
        self.particle = particle
        self.minimum, self.maximum = particle.minimum, particle.maximum
        self._items: list[Field] = []

    def load(self, cursor: Cursor | None) -> None:
        """Take over elements of a text, or begin with as many as the schema wants."""
        if cursor is None:
            self._items = [self._new() for _ in range(min(self.minimum, MAX_NEW))]
            return
        items: list[Field] = []
        while self.maximum is None or len(items) < self.maximum:
            name, before = cursor.peek(), cursor.at
            if name is None or not self.particle.starts(name):
                break
            items.append(self._one(cursor))
            if cursor.at == before:
                items.pop()
                break
        self._items = items

    def _one(self, cursor: Cursor | None) -> Field:
        field = self.form.builder.one(self.particle, self, cursor)
        field.in_repeat = True
        return field

    def _new(self) -> Field:
        return self._one(None)

    @property
    def items(self) -> tuple[Field, ...]:
        """What is there, in order."""
        return tuple(self._items)

    @property
    def children(self) -> tuple[Field, ...]:
        """The items."""
        return tuple(self._items)

    @property
    def can_add(self) -> bool:
        """Whether the schema allows one more."""
        return self.maximum is None or len(self._items) < self.maximum

    @property
    def can_remove(self) -> bool:
        """Whether the schema allows one less."""
        return len(self._items) > self.minimum

    def add(self, index: int | None = None) -> Field:
        """Add one at the end, or before an index; return it."""
        field = self._new()
        at = len(self._items) if index is None else index
        with self.form.step(self, structure=True):
            self.bring_back()
            self.form.change(self, lambda: self._items.insert(at, field), lambda: self._take(at))
        return field

    def _take(self, index: int) -> None:
        del self._items[index]

    def remove(self, index: int) -> None:
        """Remove one. Raises IndexError."""
        field = self._items[index]
        at = index % len(self._items)
        with self.form.step(self, structure=True):
            self.form.change(self, lambda: self._take(at), lambda: self._items.insert(at, field))

    def move(self, index: int, to: int) -> None:
        """Move one to another place. Raises IndexError."""
        count = len(self._items)
        if not (0 <= index < count and 0 <= to < count):
            raise IndexError(f"there are {count}")
        with self.form.step(self, structure=True):
            self.form.change(self, lambda: self._shift(index, to), lambda: self._shift(to, index))

    def _shift(self, index: int, to: int) -> None:
        self._items.insert(to, self._items.pop(index))

    def problem(self) -> str | None:
        """Whether there are too few or too many."""
        count = len(self._items)
        if count < self.minimum:
            few = Message("at least {0} are wanted, there are {1}", self.minimum, count)
            return few if count else Message("is missing")
        if self.maximum is not None and count > self.maximum:
            return Message("at most {0} are allowed, there are {1}", self.maximum, count)
        return None

    def pieces(self) -> list[Piece]:
        """Return what the items write."""
        return [piece for item in self._items for piece in item.pieces()]
