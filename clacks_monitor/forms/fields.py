"""Fields: what a form shows, edits and writes; here the base and everything that is one value.

Role: plain objects without widgets. A field's state changes only through its form, which keeps
the undo history and tells its listeners.
Owner: the form. Thread: the form's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.forms import lossless
from clacks_monitor.forms.errors import XmlTextError
from clacks_monitor.forms.lossless import escape_attribute, escape_text
from clacks_monitor.forms.markup import StartTag
from clacks_monitor.forms.spec import NO_BOUNDS, Bounds, ChoiceValue, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clacks_monitor.forms.form import Form
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import Writer
    from clacks_monitor.forms.spec import AttributeSpec, ElementSpec, SimpleSpec, WildcardParticle

__all__ = [
    "AnyAttributes",
    "Attribute",
    "Field",
    "GapText",
    "Leaf",
    "LeafElement",
    "Piece",
    "RawXml",
    "TextContent",
]

_MULTILINE_LABELS = re.compile(
    r"message|documentation|description|comment|note|body|details|remark|text$", re.IGNORECASE
)


class Piece(Protocol):
    """Something that writes itself between its siblings' elements."""

    def nodes(self) -> list[ElementNode]:
        """The elements of the original text that it stands for; none when it is new."""
        ...

    def write(self, writer: Writer, nsmap: Mapping[str, str]) -> None:
        """Write it."""
        ...


class Field:
    """Base of all fields. `optional` fields can be switched on and off with `present`.

    A required field of a received event can be absent as well: `present` is False, `problem()`
    says that it is missing, and giving it a value brings it back.
    """

    segment = ""
    """This field's own step of `path`; empty for groups, which are no place in the XML."""

    def __init__(self, form: Form, parent: Field | None, label: str, documentation: str = "") -> None:
        self.form = form
        self.parent = parent
        self.label = label
        self.documentation = documentation
        self.optional = False
        self.in_repeat = False
        self._present = True

    @property
    def required(self) -> bool:
        """Whether the schema wants it (inside of whatever is present around it)."""
        return not self.optional

    @property
    def present(self) -> bool:
        """Whether it will be written."""
        return self._present

    @present.setter
    def present(self, value: bool) -> None:
        if value != self._present:
            old = self._present
            with self.form.step(self, structure=True):
                if value:
                    self.bring_back()
                self.form.change(self, lambda: self._set_present(value), lambda: self._set_present(old))

    def _set_present(self, value: bool) -> None:  # noqa: FBT001 - private
        self._present = value

    def start_absent(self) -> None:
        """Be absent from the beginning: not a change, there is nothing to undo."""
        self._present = False

    def bring_back(self) -> None:
        """Make everything around this field present, so that it can be written."""
        parent = self.parent
        while parent is not None:
            if not parent.present:
                parent.present = True
            parent = parent.parent

    @property
    def children(self) -> tuple[Field, ...]:
        """The fields inside; built when first asked for, so types may contain themselves."""
        return ()

    @property
    def path(self) -> str:
        """Where it is, readable and usable with `Form.find`: "PuppetLog[2]/Level", "@Type"."""
        above = self.parent.path if self.parent is not None else ""
        own = self._own_segment()
        return f"{above}/{own}" if above and own else above or own

    def _own_segment(self) -> str:
        if self.parent is None:
            return ""
        if self.in_repeat:
            number = self.parent.number_of(self)
            return f"{self.segment or self.label}[{number}]"
        return self.segment

    def number_of(self, child: Field) -> int:
        """Position of a child among its like, from 1."""
        return next((i for i, item in enumerate(self.children, 1) if item is child), 1)

    def problem(self) -> str | None:
        """What is wrong with this field itself, in words; None when nothing is."""
        return "is missing" if self.required and not self._present else None

    def pieces(self) -> list[Piece]:
        """What it writes, in order."""
        return []

    def walk(self) -> Iterator[Field]:
        """This field and all below it that will be written, and the missing ones."""
        yield self
        if self._present:
            for child in self.children:
                yield from child.walk()


class Leaf(Field):
    """A field with one value, a string: nothing is lost to a number's or a date's type."""

    def __init__(
        self, form: Form, parent: Field | None, label: str, documentation: str, spec: SimpleSpec | None
    ) -> None:
        super().__init__(form, parent, label, documentation)
        self.spec = spec
        self.fixed: str | None = None
        self.default: str | None = None
        self._value = ""

    @property
    def value(self) -> str:
        """The value as it will be written, before escaping."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        if value == self._value and self._present:
            return
        old = self._value
        with self.form.step(self, merge=True):
            self.bring_back()
            if not self._present:
                self.form.change(self, lambda: self._set_present(True), lambda: self._set_present(False))
            self.form.change(self, lambda: self._set_value(value), lambda: self._set_value(old))

    def _set_value(self, value: str) -> None:
        self._value = value

    @property
    def kind(self) -> Kind:
        """Which editor fits."""
        spec = self.spec
        if spec is None:
            return Kind.TEXT
        if spec.kind is Kind.TEXT and spec.white_space == "preserve" and spec.builtin == "string":
            long = "\n" in self._value or _MULTILINE_LABELS.search(self.label) is not None
            limited = spec.patterns or spec.maximum_length is not None
            return Kind.MULTILINE if long and not limited else Kind.TEXT
        return spec.kind

    @property
    def bounds(self) -> Bounds:
        """Lowest and highest value."""
        return self.spec.bounds if self.spec is not None else NO_BOUNDS

    @property
    def choices(self) -> tuple[ChoiceValue, ...]:
        """The values of an enumeration; of a list's items, when the items have one."""
        if self.spec is None:
            return ()
        if self.spec.item is not None and not self.spec.choices:
            return self.spec.item.choices
        return self.spec.choices

    @property
    def pattern_words(self) -> str:
        """The wanted form in words; "" when any is good."""
        if self.spec is None:
            return ""
        if self.spec.item is not None and not self.spec.pattern_words:
            return self.spec.item.pattern_words
        return self.spec.pattern_words

    def problem(self) -> str | None:
        """What is wrong with the value, in words."""
        if not self._present:
            return super().problem()
        return self.check(self.form.preview(self._value))

    def check(self, value: str) -> str | None:
        """What would be wrong with another value."""
        if self.spec is None:
            return None
        if value == "" and (self.default is not None or self.fixed is not None):
            value = self.default if self.default is not None else self.fixed or ""
        words = self.spec.check(value)
        if words is not None:
            return words if value.strip() else f"must not be empty: {words}"
        if self.fixed is not None and not self._equals_fixed(value):
            return f"must be {self.fixed}"
        return None

    def _equals_fixed(self, value: str) -> bool:
        """Compare as text; for numbers and the like libxml2 compares values and has the last word."""
        fixed = self.fixed or ""
        if self.spec is not None and (self.spec.white_space == "collapse"):
            if self.spec.builtin not in {"token", "string", "normalizedString", "NMTOKEN", "Name", "NCName"}:
                return True
            return value.split() == fixed.split()
        return value == fixed

    def prefixes_for(self, tag: StartTag) -> None:
        """Declare the prefix that a qualified name uses, when only the schema knows it."""
        if self.spec is None or not self._present:
            return
        names = {word.partition(":")[0] for word in self._value.split() if ":" in word}
        specs = [self.spec, self.spec.item, *self.spec.members]
        for spec in specs:
            for prefix in names if spec is not None else ():
                if spec is not None and prefix in spec.prefixes:
                    tag.declare(prefix, spec.prefixes[prefix])


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
        super().__init__(form, parent, "text", "Text between the elements.", None)
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
        super().__init__(form, parent, "other attributes", "Further attributes, as XML text.", None)
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
        """The elements of the original text that it stands for."""
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
        """The element of the original text that it stands for."""
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
    """What a new field holds: what is fixed, the default, else the first of what can be chosen."""
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
    """The declarations that make a piece of markup parse by itself."""
    return "".join(
        f' xmlns{":" + prefix if prefix else ""}="{escape_attribute(uri)}"'
        for prefix, uri in nsmap.items()
        if prefix != "xml" and (uri or not prefix)
    )
