"""Builds fields from a content model, and from the elements of a text if there is one.

Child elements are matched with particles. Because of XML Schema's unique particle attribution one element of lookahead
is enough; what does not match is left over, and the element shows its content as raw XML.
Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.containers import Choice, Group, Repeat
from clacks_monitor.forms.element import ElementField
from clacks_monitor.forms.spec import ElementParticle, GroupParticle, Particle, WildcardParticle
from clacks_monitor.forms.value_fields import RawXml, SimpleElementField

if TYPE_CHECKING:
    from clacks_monitor.forms.building import Cursor
    from clacks_monitor.forms.components import Components
    from clacks_monitor.forms.costs import Costs
    from clacks_monitor.forms.fields import Edits, FormField
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.spec import ElementSpec, TypeSpec
    from clacks_monitor.forms.value_fields import NamespaceScope

__all__ = ["Builder"]


class Builder:
    """Builds the fields of one document."""

    def __init__(self, edits: Edits, components: Components | None, scope: NamespaceScope, costs: Costs) -> None:
        self.edits = edits
        self.scope = scope
        self.costs = costs
        self._components = components

    def element_named(self, qname: str) -> ElementSpec | None:
        """Return a global element of the schema."""
        return None if self._components is None else self._components.element(qname)

    def type_named(self, qname: str) -> TypeSpec | None:
        """Return a global type of the schema."""
        return None if self._components is None else self._components.type_named(qname)

    def build(self, particle: Particle, parent: FormField, cursor: Cursor | None) -> FormField:
        """Build the field of a particle, with its occurrence bounds."""
        if isinstance(particle, WildcardParticle):
            return self._wildcard(particle, parent, cursor)
        if particle.maximum == 1:
            field = self.occurrence(particle, parent, cursor)
            field.optional = particle.minimum == 0
            if field.optional and cursor is None:
                field.start_absent()
            return field
        repeat = Repeat(self, parent, particle)
        repeat.load(cursor)
        return repeat

    def occurrence(
        self, particle: ElementParticle | GroupParticle, parent: FormField, cursor: Cursor | None
    ) -> FormField:
        """Build the field of one occurrence of a particle."""
        starts = cursor is not None and cursor.starts(particle)
        if isinstance(particle, ElementParticle):
            node = cursor.pop() if cursor is not None and starts else None
            field = self.element(particle.element, parent, node)
            if cursor is not None and node is None:
                field.start_absent()
            return field
        return self._group(particle, parent, cursor, starts=starts)

    def _group(self, particle: GroupParticle, parent: FormField, cursor: Cursor | None, *, starts: bool) -> FormField:
        if particle.model == "choice":
            choice = Choice(self, parent, particle)
            choice.load(cursor)
            if cursor is not None and not starts and particle.minimum == 0:
                choice.start_absent()
            return choice
        group = Group(self, parent, particle)
        if cursor is not None and (starts or particle.minimum):
            group.load(cursor)
        elif cursor is not None:
            group.start_absent()
        return group

    def _wildcard(self, particle: WildcardParticle, parent: FormField, cursor: Cursor | None) -> RawXml:
        description = _wildcard_description(particle)
        field = RawXml(self.edits, parent, self.scope, Message("any element"), description, whole=True)
        field.optional = particle.minimum == 0
        field.wildcard = particle
        most = particle.maximum
        nodes: list[ElementNode] = []
        while cursor is not None and (most is None or len(nodes) < most) and cursor.starts(particle):
            nodes.append(cursor.pop())
        if cursor is None:
            if field.optional:
                field.start_absent()
        else:
            field.load_nodes(nodes)
        return field

    def element(self, spec: ElementSpec, parent: FormField | None, node: ElementNode | None) -> FormField:
        """Build the field of an element."""
        if _only_a_value(spec, node):
            leaf = SimpleElementField(self.edits, parent, spec)
            if node is not None:
                leaf.load(node)
            return leaf
        field = ElementField(self, parent, spec)
        field.load(node)
        return field


def _only_a_value(spec: ElementSpec, node: ElementNode | None) -> bool:
    """Whether an element is only a value: without attributes, nil and other variants."""
    if not spec.type.plain or spec.nillable or len(spec.variants) != 1 or len(spec.names) != 1:
        return False
    if node is None:
        return True
    if node.children or node.qname != spec.qname:
        return False
    return all(item.name == "xmlns" or item.name.startswith("xmlns:") for item in node.attributes)


def _wildcard_description(particle: WildcardParticle) -> str:
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
