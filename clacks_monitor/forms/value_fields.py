"""Fields with one value, each with its way of being read from a text and written to it.

Attributes, elements that are only a value, text, and raw XML for content that has no better field.
Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.forms import lossless
from clacks_monitor.forms.errors import XmlTextError
from clacks_monitor.forms.fields import ValueField
from clacks_monitor.forms.lossless import escape_attribute, escape_text
from clacks_monitor.forms.markup import StartTag
from clacks_monitor.forms.spec import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms.fields import Edits, FormField, Fragment
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import XmlTextWriter
    from clacks_monitor.forms.spec import (
        AttributeSpec,
        ElementSpec,
        SimpleSpec,
        WildcardParticle,
    )

__all__ = [
    "AnyAttributes",
    "AttributeField",
    "GapText",
    "NamespaceScope",
    "RawXml",
    "SimpleElementField",
    "TextContent",
    "initial_value",
]


@dataclass(frozen=True, slots=True)
class NamespaceScope:
    """The namespaces of a document: those that its root declares, and the prefixes that its schema declares."""

    nsmap: Mapping[str, str]
    prefixes: Mapping[str, str]

    def declarations(self, field: FormField) -> str:
        """Return the declarations that hold where a field is, as the text of attributes."""
        nodes = next((nodes for item in (field, *field.ancestors()) if (nodes := item.nodes())), None)
        nsmap = {**self.prefixes, **(self.nsmap if nodes is None else nodes[0].nsmap)}
        return "".join(
            f' xmlns{":" + prefix if prefix else ""}="{escape_attribute(uri)}"'
            for prefix, uri in nsmap.items()
            if prefix != "xml" and (uri or not prefix)
        )


class AttributeField(ValueField):
    """An attribute of the element around it."""

    def __init__(self, edits: Edits, parent: FormField, spec: AttributeSpec) -> None:
        super().__init__(edits, parent, spec.label, spec.documentation, spec.simple)
        self.attribute = spec
        self.fixed, self.default = spec.fixed, spec.default
        self.optional = not spec.required
        self.segment = f"@{spec.label}"
        self._present = spec.required
        self._value = initial_value(spec.simple, spec.fixed, spec.default)

    def load(self, source: ElementNode) -> None:
        """Load the value from an element of a text."""
        found = next((a for a in source.attributes if a.qname == self.attribute.qname), None)
        self._present = found is not None
        if found is not None:
            self._value = found.value


class TextContent(ValueField):
    """The text of an element that has attributes as well."""

    def __init__(self, edits: Edits, parent: FormField, spec: ElementSpec, simple: SimpleSpec | None) -> None:
        super().__init__(edits, parent, spec.label, spec.documentation, simple)
        self.fixed, self.default = spec.fixed, spec.default
        self._value = initial_value(simple, spec.fixed, spec.default)

    def load(self, source: ElementNode) -> None:
        """Load the value from an element of a text."""
        self._value = source.plain


class GapText(ValueField):
    """Text between the elements of mixed content that is otherwise a record."""

    def __init__(self, edits: Edits, parent: FormField, value: str, number: int) -> None:
        super().__init__(edits, parent, Message("text"), Message("Text between the elements."), None)
        self.segment = f"text()[{number}]"
        self.original = value
        self._value = value

    @property
    def kind(self) -> Kind:
        """Which editor fits."""
        return Kind.MULTILINE


class AnyAttributes(ValueField):
    """Attributes that the schema allows without naming them, as raw text."""

    def __init__(self, edits: Edits, parent: FormField, scope: NamespaceScope) -> None:
        super().__init__(edits, parent, Message("other attributes"), Message("Further attributes, as XML text."), None)
        self._scope = scope
        self.segment = "@*"
        self.optional = True
        self._present = False
        self.original = ""
        self.names: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """Which editor fits."""
        return Kind.ATTRIBUTES

    def load(self, source: ElementNode, names: tuple[str, ...]) -> None:
        """Load the attributes of these names."""
        slices = [source.source[a.start : a.end] for a in source.attributes if a.qname in names]
        self.names = names
        self.original = self._value = " ".join(item.strip() for item in slices)
        self._present = bool(names)

    def check(self, value: str) -> str | None:
        """Return why the text is not a list of attributes, or None."""
        return _markup_problem(f"<x{self._scope.declarations(self)} {value}/>")


class RawXml(ValueField):
    """A part as XML text: content of any kind, or what the form has no better field for.

    A ``whole`` field represents elements between siblings, another one the content of an element. ``excuse`` says why
    the part is raw where that is an error.
    """

    def __init__(
        self,
        edits: Edits,
        parent: FormField | None,
        scope: NamespaceScope,
        label: str,
        documentation: str,
        *,
        whole: bool,
    ) -> None:
        super().__init__(edits, parent, label, documentation, None)
        self._scope = scope
        self.whole = whole
        self.segment = label if whole else ""
        self.wildcard: WildcardParticle | None = None
        self.excuse = ""
        self.original = ""
        self._nodes: list[ElementNode] = []

    @property
    def kind(self) -> Kind:
        """Which editor fits."""
        return Kind.RAW_XML

    def load_nodes(self, nodes: list[ElementNode]) -> None:
        """Load adjacent elements of a text."""
        self._nodes = nodes
        if nodes:
            self.original = self._value = nodes[0].source[nodes[0].start : nodes[-1].end]
        self._present = bool(nodes)

    def load_text(self, text: str) -> None:
        """Begin with a text."""
        self.original = self._value = text

    def nodes(self) -> list[ElementNode]:
        """Return the elements of the original text that it represents."""
        return self._nodes

    def problem(self) -> str | None:
        """Return why the text is not well-formed, or the excuse."""
        return super().problem() or (self.excuse if self._present else "") or None

    def check(self, value: str) -> str | None:
        """Return why a text is not well-formed here, or None."""
        return _markup_problem(f"<x{self._scope.declarations(self)}>{value}</x>")

    def fragments(self) -> list[Fragment]:
        """Return the field itself, when it is between siblings."""
        return [self] if self.whole and self._present and self._value.strip() else []

    def write(self, writer: XmlTextWriter, nsmap: Mapping[str, str]) -> None:
        """Write the text as it is."""
        del nsmap
        writer.mark(self)
        writer.write(self._value)


class SimpleElementField(ValueField):
    """An element that is only a value."""

    def __init__(self, edits: Edits, parent: FormField | None, spec: ElementSpec) -> None:
        super().__init__(edits, parent, spec.label, spec.documentation, spec.type.simple)
        self.element = spec
        self.source: ElementNode | None = None
        self.fixed, self.default = spec.fixed, spec.default
        self.segment = spec.label
        self._value = initial_value(spec.type.simple, spec.fixed, spec.default)

    def load(self, source: ElementNode) -> None:
        """Load the value from an element of a text."""
        self.source = source
        self._present = True
        self._value = source.plain

    def nodes(self) -> list[ElementNode]:
        """Return the element of the original text that it represents."""
        return [self.source] if self.source is not None else []

    def fragments(self) -> list[Fragment]:
        """Return the field itself."""
        return [self] if self._present else []

    def write(self, writer: XmlTextWriter, nsmap: Mapping[str, str]) -> None:
        """Write the element; the original slice when the value is unchanged."""
        writer.mark(self)
        source = self.source
        if source is not None and source.plain == self._value:
            writer.write(source.raw)
            return
        tag = StartTag(self.element.qname, source, nsmap, writer.prefixes)
        self.prefixes_for(tag)
        text, closed = tag.render(empty=not self._value)
        writer.write(text)
        if not closed:
            writer.write(escape_text(self._value))
            end = source.source[source.content_end : source.end] if source else ""
            writer.write(end or f"</{tag.name}>")


def initial_value(spec: SimpleSpec | None, fixed: str | None, default: str | None) -> str:
    """Return the value of a new field: the fixed value, the default, or the first of an enumeration."""
    if fixed is not None:
        return fixed
    if default is not None:
        return default
    if spec is None:
        return ""
    if spec.kind is Kind.ENUMERATION and spec.choices:
        return spec.choices[0].value
    return "false" if spec.kind is Kind.BOOLEAN else ""


def _markup_problem(text: str) -> str | None:
    try:
        lossless.parse(text)
    except XmlTextError as error:
        return error.problem.text
    return None
