"""Building of nested fields: the interface of a builder, and a cursor over a text's elements.

Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.forms.costs import Costs
    from clacks_monitor.forms.fields import Edits, FormField
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.spec import ElementParticle, ElementSpec, GroupParticle, Particle, TypeSpec
    from clacks_monitor.forms.value_fields import NamespaceScope

__all__ = ["Cursor", "FieldBuilder"]


class Cursor:
    """A position among the children of an element."""

    def __init__(self, nodes: Sequence[ElementNode]) -> None:
        self.nodes = nodes
        self.at = 0

    def peek(self) -> str | None:
        """Return the name of the next child, None at the end."""
        return self.nodes[self.at].qname if self.at < len(self.nodes) else None

    def pop(self) -> ElementNode:
        """Return the next child and go past it."""
        node = self.nodes[self.at]
        self.at += 1
        return node

    def starts(self, particle: Particle) -> bool:
        """Whether a particle may begin with the next child."""
        name = self.peek()
        return name is not None and particle.starts(name)


class FieldBuilder(Protocol):
    """Builds the fields of one document. With a cursor they are loaded from a text, without one they are new."""

    @property
    def edits(self) -> Edits:
        """The edits through which the fields change their state."""
        ...

    @property
    def scope(self) -> NamespaceScope:
        """The document's namespace declarations."""
        ...

    @property
    def costs(self) -> Costs:
        """The least that each part of a content model needs."""
        ...

    def build(self, particle: Particle, parent: FormField, cursor: Cursor | None) -> FormField:
        """Build the field of a particle, with its occurrence bounds."""
        ...

    def occurrence(
        self, particle: ElementParticle | GroupParticle, parent: FormField, cursor: Cursor | None
    ) -> FormField:
        """Build the field of one occurrence of a particle."""
        ...

    def element_named(self, qname: str) -> ElementSpec | None:
        """Return a global element of the schema."""
        ...

    def type_named(self, qname: str) -> TypeSpec | None:
        """Return a global type of the schema."""
        ...
