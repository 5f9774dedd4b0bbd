"""The attributes and the content of an element: the fields inside one variant of it, new or loaded from a text.

Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.building import Cursor
from clacks_monitor.forms.containers import Group
from clacks_monitor.forms.costs import ENDLESS
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.markup import XSI
from clacks_monitor.forms.value_fields import AnyAttributes, AttributeField, GapText, RawXml, TextContent

if TYPE_CHECKING:
    from clacks_monitor.forms.building import FieldBuilder
    from clacks_monitor.forms.fields import FormField, Fragment
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.spec import TypeSpec, Variant

__all__ = ["Body", "build_body"]

MAX_DEPTH: Final = 40
"""Elements nested deeper than this are shown as raw XML: Python's stack is finite."""


@dataclass(slots=True)
class Body:
    """The fields of one variant of an element; they are kept when another variant is selected.

    Of ``text``, ``raw`` and ``content`` at most one is there. ``gaps`` are texts between children by their index,
    ``unexpected`` are children that the schema does not allow.
    """

    source: ElementNode | None = None
    attributes: tuple[AttributeField, ...] = ()
    any_attributes: AnyAttributes | None = None
    text: TextContent | None = None
    raw: RawXml | None = None
    content: FormField | None = None
    unexpected: tuple[RawXml, ...] = ()
    gaps: dict[int, GapText] = field(default_factory=dict)

    def fields(self, *, nil: bool) -> tuple[FormField, ...]:
        """Return the attributes, then the value or the content unless it is ``nil``."""
        found: list[FormField] = [*self.attributes]
        if self.any_attributes is not None:
            found.append(self.any_attributes)
        if nil:
            return tuple(found)
        if self.text is not None:
            found.append(self.text)
        if self.raw is not None:
            found.append(self.raw)
        content = self.content
        if isinstance(content, Group) and not content.optional and content.present:
            found += content.children
        elif content is not None:
            found.append(content)
        return (*found, *self.gaps.values(), *self.unexpected)

    def fragments(self) -> list[Fragment]:
        """Return the content between the tags, in order."""
        found = [] if self.content is None else self.content.fragments()
        unexpected = deque(fragment for item in self.unexpected for fragment in item.fragments())
        if not unexpected:
            return found
        merged: list[Fragment] = []
        for fragment in found:
            nodes = fragment.nodes()
            while unexpected and nodes and unexpected[0].nodes()[0].start < nodes[0].start:
                merged.append(unexpected.popleft())
            merged.append(fragment)
        return [*merged, *unexpected]


def build_body(builder: FieldBuilder, owner: FormField, variant: Variant, node: ElementNode | None, depth: int) -> Body:
    """Build the fields inside an element, which is ``depth`` elements below the root; without ``node`` they are new."""
    return _BodyBuilder(builder, owner, variant).build(node, depth)


class _BodyBuilder:
    def __init__(self, builder: FieldBuilder, owner: FormField, variant: Variant) -> None:
        self.builder = builder
        self.edits = builder.edits
        self.owner = owner
        self.variant = variant
        self.body = Body()

    def build(self, node: ElementNode | None, depth: int) -> Body:
        kind = self.variant.type
        self.body.source = node
        self.body.attributes = tuple(AttributeField(self.edits, self.owner, spec) for spec in kind.attributes)
        if kind.any_attribute is not None or kind.anything:
            self.body.any_attributes = AnyAttributes(self.edits, self.owner, self.builder.scope)
        if node is not None:
            self.load_attributes(node)
        if kind.simple is not None or (kind.mixed and self.variant.element.fixed is not None):
            self.simple_content(node)
        elif kind.anything or kind.free_text or depth > MAX_DEPTH or (node is None and self.endless(kind)):
            self.body.raw = self.raw(node)
        elif node is None:
            self.body.content = None if kind.content is None else self.builder.build(kind.content, self.owner, None)
        else:
            self.element_content(node)
        return self.body

    def endless(self, kind: TypeSpec) -> bool:
        """Whether a type requires itself: a new form of it would never be complete."""
        return self.builder.costs.of_type(kind) >= ENDLESS

    def load_attributes(self, node: ElementNode) -> None:
        for attribute in self.body.attributes:
            attribute.load(node)
        if self.body.any_attributes is None:
            return
        named = {item.qname for item in self.variant.type.attributes}
        others = tuple(
            a.qname
            for a in node.attributes
            if a.qname not in named and not a.name.startswith("xmlns") and split_name(a.qname)[0] != XSI
        )
        self.body.any_attributes.load(node, others)

    def simple_content(self, node: ElementNode | None) -> None:
        if node is not None and node.children:
            self.body.raw = self.raw(node, Message("a value must not contain elements"))
            return
        self.body.text = TextContent(self.edits, self.owner, self.variant.element, self.variant.type.simple)
        if node is not None:
            self.body.text.load(node)

    def element_content(self, node: ElementNode) -> None:
        model = self.variant.type.content
        known = {name for name in {c.qname for c in node.children} if model is not None and model.mentions(name)}
        if model is not None:
            cursor = Cursor([child for child in node.children if child.qname in known])
            content = self.builder.build(model, self.owner, cursor)
            if cursor.peek() is not None:
                self.body.raw = self.raw(node, Message("the order of the elements violates the schema"))
                return
            self.body.content = content
        self.body.unexpected = tuple(self.unexpected(child) for child in node.children if child.qname not in known)
        if any(text.strip() for text in node.texts):
            self.load_gaps(node)

    def raw(self, node: ElementNode | None, excuse: str = "") -> RawXml:
        documentation = self.owner.documentation
        raw = RawXml(self.edits, self.owner, self.builder.scope, Message("content"), documentation, whole=False)
        raw.excuse = excuse
        if node is not None:
            raw.load_text(node.inner)
        return raw

    def unexpected(self, node: ElementNode) -> RawXml:
        raw = RawXml(self.edits, self.owner, self.builder.scope, split_name(node.qname)[1], "", whole=True)
        raw.optional = True
        raw.excuse = Message("the schema does not declare this element here")
        raw.load_nodes([node])
        return raw

    def load_gaps(self, node: ElementNode) -> None:
        if not node.children and self.body.content is None:
            mixed = self.variant.type.mixed
            self.body.raw = self.raw(node, "" if mixed else Message("text is not allowed here"))
            return
        for index, text in enumerate(node.texts):
            if text.strip():
                self.body.gaps[index] = GapText(self.edits, self.owner, text, len(self.body.gaps) + 1)
