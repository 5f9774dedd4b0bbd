"""An element with more than a value: attributes, content, nil, several variants.

The only container that corresponds to an element in the XML. Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.forms import element_writer
from clacks_monitor.forms.element_body import build_body
from clacks_monitor.forms.fields import FormField
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.markup import XSI_NIL, XSI_TYPE
from clacks_monitor.forms.spec import Variant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms.building import FieldBuilder
    from clacks_monitor.forms.element_body import Body
    from clacks_monitor.forms.fields import Fragment
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import XmlTextWriter
    from clacks_monitor.forms.spec import ElementSpec
    from clacks_monitor.forms.value_fields import TextContent

__all__ = ["ElementField"]

_TRUE: Final = frozenset({"true", "1"})


class ElementField(FormField):
    """An element with attributes or content. ``variants`` are the ways to write it."""

    def __init__(self, builder: FieldBuilder, parent: FormField | None, spec: ElementSpec) -> None:
        super().__init__(builder.edits, parent, spec.label, spec.documentation)
        self.element = spec
        self.segment = spec.label
        self._builder = builder
        self._variants: tuple[Variant, ...] = spec.variants
        self._variant = 0
        self._nil = False
        self._bodies: dict[int, Body] = {}
        self.depth: int = 1 + next((field.depth for field in self.ancestors() if isinstance(field, ElementField)), 0)

    def load(self, node: ElementNode | None) -> None:
        """Load an element of a text; None: begin with the variant that needs least."""
        if node is None:
            self._variant = self._builder.costs.cheapest_variant(self._variants)
            return
        variant = _written_variant(self._builder, self.element, self._variants, node)
        if variant not in self._variants:
            self._variants = (*self._variants, variant)
        self._variant = self._variants.index(variant)
        self._nil = any(a.qname == XSI_NIL and a.value.strip() in _TRUE for a in node.attributes)
        self._bodies[self._variant] = build_body(self._builder, self, variant, node, self.depth)

    @property
    def variants(self) -> tuple[str, ...]:
        """Names of its variants; a single one when there is no choice."""
        return tuple(item.label for item in self._variants)

    @property
    def variant(self) -> int:
        """Index of the variant that is written."""
        return self._variant

    @variant.setter
    def variant(self, index: int) -> None:
        if not 0 <= index < len(self._variants):
            raise IndexError(f"there are {len(self._variants)} variants")
        if index != self._variant:
            self._assign_structure("_variant", index)

    @property
    def current(self) -> Variant:
        """The variant that is written; an abstract element without substitutes has only itself."""
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
            self._assign_structure("_nil", value)

    def _assign_structure(self, name: str, value: object) -> None:
        with self.edits.step(self, structure=True):
            self.include_ancestors()
            self.assign(name, value)

    @property
    def body(self) -> Body:
        """The fields of the variant that is written."""
        found = self._bodies.get(self._variant)
        if found is None:
            found = build_body(self._builder, self, self.current, None, self.depth)
            self._bodies[self._variant] = found
        return found

    @property
    def text(self) -> TextContent | None:
        """The value, of an element that has attributes as well."""
        return self.body.text

    @property
    def children(self) -> tuple[FormField, ...]:
        """Attributes first, then the value or the content."""
        return self.body.fields(nil=self._nil)

    def nodes(self) -> list[ElementNode]:
        """Return the element of the original text that it represents."""
        source = self.body.source
        return [source] if source is not None else []

    def fragments(self) -> list[Fragment]:
        """Return the element itself."""
        return [self] if self._present else []

    def write(self, writer: XmlTextWriter, nsmap: Mapping[str, str]) -> None:
        """Write the element."""
        writer.mark(self)
        element_writer.write(self.current, self.body, writer, nsmap, nil=self._nil)

    def problem(self) -> str | None:
        """Return whether it is missing, or abstract without a concrete variant."""
        if self._present and not self._variants:
            return Message("the schema has only abstract types for this")
        return super().problem()


def _written_variant(
    builder: FieldBuilder, declared: ElementSpec, variants: tuple[Variant, ...], node: ElementNode
) -> Variant:
    """Return the variant that a text has; a new one if the schema does not list it (xsi:type of a simple type)."""
    written = next((a.value.strip() for a in node.attributes if a.qname == XSI_TYPE), "")
    prefix, _, local = written.rpartition(":")
    namespace = node.nsmap.get(prefix, "")
    wanted = f"{{{namespace}}}{local}" if namespace and written else local
    same_name = [variant for variant in variants if variant.element.qname == node.qname]
    for variant in same_name:
        if variant.type_name == wanted or (wanted and not variant.type_name and variant.type.qname == wanted):
            return variant
    spec = same_name[0].element if same_name else builder.element_named(node.qname) or declared
    kind = builder.type_named(wanted) if wanted else spec.type
    label = f"{spec.label} ({split_name(wanted)[1]})" if wanted else spec.label
    return Variant(label, spec, kind or spec.type, wanted)
