"""Fields: what a form shows, edits and writes; here the base, and one value.

Role: plain objects without widgets. A field's state changes only through its form, which keeps
the undo history and tells its listeners.
Owner: the form. Thread: the form's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.spec import NO_BOUNDS, Bounds, ChoiceValue, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clacks_monitor.forms.form import Form
    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import StartTag, Writer
    from clacks_monitor.forms.spec import SimpleSpec

__all__ = ["Field", "Leaf", "Piece"]

_MULTILINE_LABELS = re.compile(
    r"message|documentation|description|comment|note|body|details|remark|text$", re.IGNORECASE
)


class Piece(Protocol):
    """Something that writes itself between its siblings' elements."""

    def nodes(self) -> list[ElementNode]:
        """Return the elements of the original text that it stands for; none when it is new."""
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

    def _appear(self) -> None:
        self._present = True

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
        """Return what is wrong with this field itself, in words; None when nothing is."""
        return Message("is missing") if self.required and not self._present else None

    def pieces(self) -> list[Piece]:
        """Return what it writes, in order."""
        return []

    def walk(self) -> Iterator[Field]:
        """Return this field and all below it that will be written, and the missing ones."""
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
                self.form.change(self, self._appear, self.start_absent)
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
        """Return what is wrong with the value, in words."""
        if not self._present:
            return super().problem()
        return self.check(self.form.preview(self._value))

    def check(self, value: str) -> str | None:
        """Return what would be wrong with another value."""
        if self.spec is None:
            return None if self.fixed in {None, "", value} or value == "" else Message("must be {0}", self.fixed)
        if value == "" and (self.default is not None or self.fixed is not None):
            value = self.default if self.default is not None else self.fixed or ""
        words = self.spec.check(value)
        if words is not None:
            return words if value.strip() else Message("must not be empty; {0}", words)
        if self.fixed is not None and not self._equals_fixed(value):
            return Message("must be {0}", self.fixed)
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
