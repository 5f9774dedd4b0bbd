"""From a content model, and the elements of a text if there is one, to fields.

Role: the matching of child elements with particles. The schema's unique particle attribution
makes one look ahead enough; what does not fit is left over and shown as raw XML by the element.
Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.containers import Choice, Group, Repeat
from clacks_monitor.forms.costs import ENDLESS, Costs
from clacks_monitor.forms.element import Element
from clacks_monitor.forms.leaves import LeafElement, RawXml
from clacks_monitor.forms.spec import ElementParticle, GroupParticle, Particle, WildcardParticle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.forms.fields import Field
    from clacks_monitor.forms.form import Form
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.spec import ElementSpec, Variant

__all__ = ["Builder", "Cursor"]


class Cursor:
    """A place among the children of an element."""

    def __init__(self, nodes: Sequence[ElementNode]) -> None:
        self.nodes = nodes
        self.at = 0

    def peek(self) -> str | None:
        """Name of the next child, None at the end."""
        return self.nodes[self.at].qname if self.at < len(self.nodes) else None

    def take(self) -> ElementNode:
        """Return the next child."""
        node = self.nodes[self.at]
        self.at += 1
        return node

    def starts(self, particle: Particle) -> bool:
        """Whether the next child may begin a particle."""
        name = self.peek()
        return name is not None and particle.starts(name)


class Builder:
    """Builds the fields of one form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.costs = Costs()

    def build(self, particle: Particle, parent: Field, cursor: Cursor | None) -> Field | None:
        """Build the field of a particle with its occurrence bounds; None when it cannot occur."""
        if particle.maximum == 0:
            return None
        if isinstance(particle, WildcardParticle):
            return self._wildcard(particle, parent, cursor)
        if particle.maximum == 1:
            field = self.one(particle, parent, cursor)
            field.optional = particle.minimum == 0
            if field.optional and cursor is None:
                field.start_absent()
            return field
        repeat = Repeat(self.form, parent, particle)
        repeat.load(cursor)
        return repeat

    def one(self, particle: ElementParticle | GroupParticle, parent: Field, cursor: Cursor | None) -> Field:
        """Build one occurrence."""
        starts = cursor is not None and cursor.starts(particle)
        if isinstance(particle, ElementParticle):
            node = cursor.take() if cursor is not None and starts else None
            field = self.element(particle.element, parent, node)
            if cursor is not None and node is None:
                field.start_absent()
            return field
        return self._group(particle, parent, cursor, starts=starts)

    def _group(self, particle: GroupParticle, parent: Field, cursor: Cursor | None, *, starts: bool) -> Field:
        if particle.model == "choice":
            choice = Choice(self.form, parent, particle)
            choice.load(cursor)
            if cursor is not None and not starts and particle.minimum == 0:
                choice.start_absent()
            return choice
        group = Group(self.form, parent, particle)
        if cursor is not None and (starts or particle.minimum):
            group.load(cursor)
        elif cursor is not None:
            group.start_absent()
        return group

    def _wildcard(self, particle: WildcardParticle, parent: Field, cursor: Cursor | None) -> RawXml:
        field = RawXml(self.form, parent, Message("any element"), _wildcard_words(particle), whole=True)
        field.optional = particle.minimum == 0
        field.wildcard = particle
        most = particle.maximum
        nodes: list[ElementNode] = []
        while cursor is not None and (most is None or len(nodes) < most) and cursor.starts(particle):
            nodes.append(cursor.take())
        if cursor is None:
            if field.optional:
                field.start_absent()
        else:
            field.load_nodes(nodes)
        return field

    def element(self, spec: ElementSpec, parent: Field | None, node: ElementNode | None) -> Field:
        """Build the field of an element."""
        if _only_a_value(spec, node):
            leaf = LeafElement(self.form, parent, spec)
            if node is not None:
                leaf.load(node)
            return leaf
        field = Element(self.form, parent, spec)
        field.load(node)
        return field

    def load_all(self, parent: Group, particle: GroupParticle, cursor: Cursor) -> tuple[Field, ...]:
        """Match the children of an all group, in whatever order they are."""
        found: dict[int, Field] = {}
        while (name := cursor.peek()) is not None:
            index = next((i for i, item in enumerate(particle.items) if i not in found and item.starts(name)), None)
            if index is None:
                break
            field = self.build(particle.items[index], parent, cursor)
            if field is not None:
                found[index] = field
        nothing = Cursor(())
        built = (
            found[index] if index in found else self.build(item, parent, nothing)
            for index, item in enumerate(particle.items)
        )
        return tuple(field for field in built if field is not None)

    def cheapest(self, items: Sequence[Particle]) -> int | None:
        """Return the branch that a new form begins with: the first of those that need least.

        Always taking the least is what ends where types contain themselves.
        """
        return _least([self.costs.of(item) for item in items])

    def cheapest_variant(self, variants: Sequence[Variant]) -> int:
        """Return the way to write an element that a new form begins with."""
        return _least([self.costs.of_type(item.type) for item in variants]) or 0

    def finite(self, particle: Particle) -> bool:
        """Whether a particle can be written at all: a type may require itself."""
        return self.costs.of(particle) < ENDLESS

    def endless(self, spec: ElementSpec) -> bool:
        """Whether no way to write an element ends."""
        return min((self.costs.of_type(v.type) for v in spec.variants), default=ENDLESS) >= ENDLESS


def _least(costs: list[int]) -> int | None:
    least = min(costs, default=ENDLESS)
    return None if least >= ENDLESS else costs.index(least)


def _only_a_value(spec: ElementSpec, node: ElementNode | None) -> bool:
    """Whether an element has nothing but a value: no attributes, no nil, no other way to write it."""
    if not spec.type.plain or spec.nillable or len(spec.variants) != 1 or len(spec.names) != 1:
        return False
    if node is None:
        return True
    if node.children or node.qname != spec.qname:
        return False
    return all(item.name == "xmlns" or item.name.startswith("xmlns:") for item in node.attributes)


def _wildcard_words(particle: WildcardParticle) -> str:
    known = {
        "##any": Message("any namespace"),
        "##other": Message("other namespaces than this schema's"),
        "##local": Message("no namespace"),
        "##targetNamespace": Message("this schema's namespace"),
    }
    spaces = [known.get(item, item) for item in particle.namespaces.split()] or [Message("no namespace")]
    return Message(
        "Any elements of {0}, as XML text.", reduce(lambda one, other: Message("{0} or {1}", one, other), spaces)
    )
