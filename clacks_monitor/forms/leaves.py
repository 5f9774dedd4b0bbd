"""Fields with one value, each with its way to be read from a text and written to it.

Role: attributes, elements that are only a value, text, and raw XML for what has no better field.
Owner: the form. Thread: the form's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.forms import lossless
from clacks_monitor.forms.errors import XmlTextError
from clacks_monitor.forms.fields import Field, Leaf, Piece
from clacks_monitor.forms.lossless import escape_attribute, escape_text
from clacks_monitor.forms.markup import StartTag
from clacks_monitor.forms.spec import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.forms.form import Form
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import Writer
    from clacks_monitor.forms.spec import (
        AttributeSpec,
        ElementSpec,
        SimpleSpec,
        WildcardParticle,
    )

__all__ = [
    "AnyAttributes",
    "Attribute",
    "GapText",
    "LeafElement",
    "RawXml",
    "TextContent",
    "initial_value",
    "scope_declarations",
]


class Attribute(Leaf):
    """An attribute of the element around it."""

    def __init__(self, form: Form, parent: Field, spec: AttributeSpec) -> None:
        super().__init__(form, parent, spec.label, spec.documentation, spec.simple)
        self.attribute = spec
        self.fixed, self.default = spec.fixed, spec.default
        self.optional = not spec.required
        self.segment = f"@{spec.label}"
        self._present = spec.required
        self._value = initial_value(spec.simple, spec.fixed, spec.default)

    def load(self, source: ElementNode) -> None:
        """Take over what an element of a text has."""
        found = next((a for a in source.attributes if a.qname == self.attribute.qname), None)
        self._present = found is not None
        if found is not None:
            self._value = found.value


class TextContent(Leaf):
    """The text of an element that has attributes as well."""

    def load(self, source: ElementNode) -> None:
        """Take over what an element of a text has."""
        self._value = source.plain


class GapText(Leaf):
    """Text between the elements of mixed content that is otherwise a record."""

    def __init__(self, form: Form, parent: Field, value: str, number: int) -> None:
        super().__init__(form, parent, Message("text"), Message("Text between the elements."), None)
        self.segment = f"text()[{number}]"
        self.original = value
        self._value = value

    @property
    def kind(self) -> Kind:
        """Which editor fits."""
        return Kind.MULTILINE


class AnyAttributes(Leaf):
    """Attributes that the schema allows without naming them, as raw text."""

    def __init__(self, form: Form, parent: Field) -> None:
        super().__init__(form, parent, Message("other attributes"), Message("Further attributes, as XML text."), None)
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
        """Take over the attributes of these names."""
        slices = [source.source[a.start : a.end] for a in source.attributes if a.qname in names]
        self.names = names
        self.original = self._value = " ".join(item.strip() for item in slices)
        self._present = bool(names)

    def check(self, value: str) -> str | None:
        """Whether the text is attributes."""
        scope = self.form.scope_of(self)
        return _markup_problem(f"<x{scope} {value}/>")


class RawXml(Leaf):
    """A part as XML text: content of any kind, or what the form has no better field for.

    `whole` raw fields stand for elements between siblings; the others for all that is inside of
    an element.
    """

    def __init__(self, form: Form, parent: Field | None, label: str, documentation: str, *, whole: bool) -> None:
        super().__init__(form, parent, label, documentation, None)
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
        """Take over neighbouring elements of a text."""
        self._nodes = nodes
        if nodes:
            self.original = self._value = nodes[0].source[nodes[0].start : nodes[-1].end]
        self._present = bool(nodes)

    def load_inner(self, source: ElementNode) -> None:
        """Take over what is inside of an element of a text."""
        self.original = self._value = source.inner

    def nodes(self) -> list[ElementNode]:
        """Return the elements of the original text that it stands for."""
        return self._nodes

    def problem(self) -> str | None:
        """Whether the text is well-formed, and why the part is raw if that is an error."""
        return super().problem() or (self.excuse if self._present else "") or None

    def check(self, value: str) -> str | None:
        """Whether a text is well-formed here."""
        return _markup_problem(f"<x{self.form.scope_of(self)}>{value}</x>")

    def pieces(self) -> list[Piece]:
        """Itself, when it stands between siblings."""
        return [self] if self.whole and self._present and self._value.strip() else []

    def write(self, writer: Writer, nsmap: Mapping[str, str]) -> None:
        """Write the text as it is."""
        del nsmap
        writer.mark(self)
        writer.write(self._value)


class LeafElement(Leaf):
    """An element that is only a value."""

    def __init__(self, form: Form, parent: Field | None, spec: ElementSpec) -> None:
        super().__init__(form, parent, spec.label, spec.documentation, spec.type.simple)
        self.element = spec
        self.source: ElementNode | None = None
        self.fixed, self.default = spec.fixed, spec.default
        self.segment = spec.label
        self._value = initial_value(spec.type.simple, spec.fixed, spec.default)

    def load(self, source: ElementNode) -> None:
        """Take over what an element of a text has."""
        self.source = source
        self._present = True
        self._value = source.plain

    def nodes(self) -> list[ElementNode]:
        """Return the element of the original text that it stands for."""
        return [self.source] if self.source is not None else []

    def pieces(self) -> list[Piece]:
        """Itself."""
        return [self] if self._present else []

    def write(self, writer: Writer, nsmap: Mapping[str, str]) -> None:
        """Write the element; the original slice when the value is as it was."""
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
    """Return what a new field holds: what is fixed, the default, else the first of what can be chosen."""
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


def scope_declarations(nsmap: Mapping[str, str]) -> str:
    """Return the declarations that make a piece of markup parse by itself."""
    return "".join(
        f' xmlns{":" + prefix if prefix else ""}="{escape_attribute(uri)}"'
        for prefix, uri in nsmap.items()
        if prefix != "xml" and (uri or not prefix)
    )
