"""An element with more than a value: attributes, content, nil, several ways to write it.

Role: the only container that is a place in the XML; it writes the gaps between its children as
they were. Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.forms import element_writer
from clacks_monitor.forms.containers import Group
from clacks_monitor.forms.costs import ENDLESS
from clacks_monitor.forms.fields import Field
from clacks_monitor.forms.leaves import (
    AnyAttributes,
    Attribute,
    GapText,
    LeafElement,
    RawXml,
    TextContent,
    initial_value,
)
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.markup import XSI
from clacks_monitor.forms.spec import Variant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms.fields import Piece
    from clacks_monitor.forms.form import Form
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import Writer
    from clacks_monitor.forms.spec import ElementSpec, TypeSpec

__all__ = ["NIL", "TYPE", "Body", "Element"]

NIL: Final = f"{{{XSI}}}nil"
TYPE: Final = f"{{{XSI}}}type"
MAX_DEPTH: Final = 40
"""Elements nested deeper than this are shown as raw XML: Python's stack is finite."""
_TRUE: Final = frozenset({"true", "1"})


@dataclass(slots=True)
class Body:
    """What one variant of an element consists of; kept when the user looks at another."""

    source: ElementNode | None = None
    attributes: tuple[Attribute, ...] = ()
    any_attributes: AnyAttributes | None = None
    text: TextContent | None = None
    raw: RawXml | None = None
    content: Field | None = None
    unexpected: tuple[RawXml, ...] = ()
    gaps: dict[int, GapText] = field(default_factory=dict)


class Element(Field):
    """An element with attributes or content. `variants` are the ways to write it."""

    def __init__(self, form: Form, parent: Field | None, spec: ElementSpec) -> None:
        super().__init__(form, parent, spec.label, spec.documentation)
        self.element = spec
        self.segment = spec.label
        self._variants: tuple[Variant, ...] = spec.variants
        self._variant = 0
        self._nil = False
        self._bodies: dict[int, Body] = {}
        self.depth: int = 1 + next((p.depth for p in _ancestors(self) if isinstance(p, Element)), 0)

    def load(self, node: ElementNode | None) -> None:
        """Take over an element of a text."""
        if node is None:
            self._variant = self.form.builder.cheapest_variant(self._variants)
            return
        self._variant = self._variant_of(node)
        self._nil = any(a.qname == NIL and a.value.strip() in _TRUE for a in node.attributes)
        self._bodies[self._variant] = self._body(node)

    def _variant_of(self, node: ElementNode) -> int:
        """Which variant a text has; one that nobody offered (a type of a value) is added."""
        written = next((a.value.strip() for a in node.attributes if a.qname == TYPE), "")
        prefix, _, local = written.rpartition(":")
        namespace = node.nsmap.get(prefix, "")
        wanted = f"{{{namespace}}}{local}" if namespace and written else local
        same_name = [(i, v) for i, v in enumerate(self._variants) if v.element.qname == node.qname]
        for index, variant in same_name:
            if variant.type_name == wanted or (wanted and not variant.type_name and variant.type.qname == wanted):
                return index
        spec = same_name[0][1].element if same_name else self.form.spec_of(node.qname) or self.element
        kind = self.form.type_of(wanted) if wanted else spec.type
        label = f"{spec.label} ({split_name(wanted)[1]})" if wanted else spec.label
        self._variants = (*self._variants, Variant(label, spec, kind or spec.type, wanted))
        return len(self._variants) - 1

    @property
    def variants(self) -> tuple[str, ...]:
        """Names of the ways to write it; one when there is no choice."""
        return tuple(item.label for item in self._variants)

    @property
    def variant(self) -> int:
        """Index of the way that is used."""
        return self._variant

    @variant.setter
    def variant(self, index: int) -> None:
        if not 0 <= index < len(self._variants):
            raise IndexError(f"there are {len(self._variants)} variants")
        if index != self._variant:
            old = self._variant
            with self.form.step(self, structure=True):
                self.bring_back()
                self.form.change(self, lambda: self._set_variant(index), lambda: self._set_variant(old))

    def _set_variant(self, index: int) -> None:
        self._variant = index

    @property
    def current(self) -> Variant:
        """The way that is used; an abstract element without substitutes stands for itself."""
        if self._variants:
            return self._variants[self._variant]
        return Variant(self.element.label, self.element, self.element.type)

    @property
    def nillable(self) -> bool:
        """Whether it may be marked as having no value."""
        return self.current.element.nillable or self._nil

    @property
    def nil(self) -> bool:
        """Whether it is marked as having no value."""
        return self._nil

    @nil.setter
    def nil(self, value: bool) -> None:
        if value != self._nil:
            old = self._nil
            with self.form.step(self, structure=True):
                self.bring_back()
                self.form.change(self, lambda: self._set_nil(value), lambda: self._set_nil(old))

    def _set_nil(self, value: bool) -> None:  # noqa: FBT001 - private
        self._nil = value

    @property
    def body(self) -> Body:
        """The fields of the variant that is used."""
        found = self._bodies.get(self._variant)
        if found is None:
            found = self._bodies[self._variant] = self._body(None)
        return found

    def _body(self, node: ElementNode | None) -> Body:
        variant = self.current
        kind = variant.type
        body = Body(source=node)
        body.attributes = tuple(Attribute(self.form, self, spec) for spec in kind.attributes)
        if kind.any_attribute is not None or kind.anything:
            body.any_attributes = AnyAttributes(self.form, self)
        if node is not None:
            self._load_attributes(body, node, kind)
        if kind.simple is not None or (kind.mixed and variant.element.fixed is not None):
            self._simple(body, node, variant)
        else:
            self._complex(body, node, kind)
        return body

    def _load_attributes(self, body: Body, node: ElementNode, kind: TypeSpec) -> None:
        for attribute in body.attributes:
            attribute.load(node)
        if body.any_attributes is None:
            return
        named = {item.qname for item in kind.attributes}
        others = tuple(
            a.qname
            for a in node.attributes
            if a.qname not in named and not a.name.startswith("xmlns") and split_name(a.qname)[0] != XSI
        )
        body.any_attributes.load(node, others)

    def _simple(self, body: Body, node: ElementNode | None, variant: Variant) -> None:
        if node is not None and node.children:
            body.raw = self._raw(node, Message("there must be no elements in a value"))
            return
        spec = variant.element
        body.text = TextContent(self.form, self, spec.label, spec.documentation, variant.type.simple)
        body.text.fixed, body.text.default = spec.fixed, spec.default
        body.text._value = initial_value(variant.type.simple, spec.fixed, spec.default)  # noqa: SLF001 - of its own field
        if node is not None:
            body.text.load(node)

    def _complex(self, body: Body, node: ElementNode | None, kind: TypeSpec) -> None:
        if kind.anything or kind.free_text or self.depth > MAX_DEPTH or (node is None and self._endless(kind)):
            body.raw = self._raw(node, "")
            return
        model = kind.content
        if node is None:
            body.content = None if model is None else self.form.builder.build(model, self, None)
            return
        mentioned = {name for name in {c.qname for c in node.children} if model is not None and model.mentions(name)}
        known = [child for child in node.children if child.qname in mentioned]
        strange = [child for child in node.children if child.qname not in mentioned]
        left_over = False
        if model is not None:
            cursor = self.form.builder_cursor(known)
            body.content = self.form.builder.build(model, self, cursor)
            left_over = cursor.at < len(known)
        if left_over:
            body.content = None
            body.raw = self._raw(node, Message("the elements are not in an order that the schema allows"))
            return
        body.unexpected = tuple(self._unexpected(child) for child in strange)
        if any(text.strip() for text in node.texts):
            self._gaps(body, node)

    def _endless(self, kind: TypeSpec) -> bool:
        """Whether a type requires itself: a new form of it would never be complete."""
        return self.form.builder.costs.of_type(kind) >= ENDLESS

    def _raw(self, node: ElementNode | None, excuse: str) -> RawXml:
        raw = RawXml(self.form, self, Message("content"), self.documentation, whole=False)
        raw.excuse = excuse
        if node is not None:
            raw.load_inner(node)
        return raw

    def _unexpected(self, node: ElementNode) -> RawXml:
        raw = RawXml(self.form, self, split_name(node.qname)[1], "", whole=True)
        raw.optional = True
        raw.excuse = Message("the schema does not know this element here")
        raw.load_nodes([node])
        return raw

    def _gaps(self, body: Body, node: ElementNode) -> None:
        if not node.children and body.content is None:
            body.raw = self._raw(node, "" if self.current.type.mixed else Message("there must be no text here"))
            return
        for index, text in enumerate(node.texts):
            if text.strip():
                body.gaps[index] = GapText(self.form, self, text, len(body.gaps) + 1)

    @property
    def text(self) -> TextContent | None:
        """The value, of an element that has attributes as well."""
        return self.body.text

    @property
    def children(self) -> tuple[Field, ...]:
        """Attributes first, then the value or the content."""
        body = self.body
        found: list[Field] = [*body.attributes]
        if body.any_attributes is not None:
            found.append(body.any_attributes)
        if self._nil:
            return tuple(found)
        if body.text is not None:
            found.append(body.text)
        if body.raw is not None:
            found.append(body.raw)
        content = body.content
        if isinstance(content, Group) and not content.optional and content.present:
            found += content.children
        elif content is not None:
            found.append(content)
        return (*found, *body.gaps.values(), *body.unexpected)

    def model_pieces(self) -> list[Piece]:
        """Return what stands between the tags, in order."""
        body = self.body
        found = [] if body.content is None else body.content.pieces()
        strange = deque(piece for item in body.unexpected for piece in item.pieces())
        if not strange:
            return found
        merged: list[Piece] = []
        for piece in found:
            nodes = piece.nodes()
            while strange and nodes and strange[0].nodes()[0].start < nodes[0].start:
                merged.append(strange.popleft())
            merged.append(piece)
        return [*merged, *strange]

    def nodes(self) -> list[ElementNode]:
        """Return the element of the original text that it stands for."""
        source = self.body.source
        return [source] if source is not None else []

    def pieces(self) -> list[Piece]:
        """Itself."""
        return [self] if self._present else []

    def write(self, writer: Writer, nsmap: Mapping[str, str]) -> None:
        """Write the element."""
        element_writer.write(self, writer, nsmap)

    def problem(self) -> str | None:
        """Whether it is missing, or abstract with nothing to stand for it."""
        if self._present and not self._variants:
            return Message("the schema offers no concrete way to write this")
        return super().problem()

    def find_leaf(self, name: str) -> LeafElement | None:
        """Return a direct child that is only a value, by its label."""
        return next((c for c in self.children if isinstance(c, LeafElement) and c.label == name), None)


def _ancestors(start: Field) -> list[Field]:
    found = []
    parent = start.parent
    while parent is not None:
        found.append(parent)
        parent = parent.parent
    return found
