"""Fields: what a form shows, edits and writes. Here the base class, and fields with one value.

Plain objects without widgets. A field changes its state only through ``Edits``, which records the change for undo and
notifies the form's listeners. Owner: the form. Thread: the form's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.spec import NO_BOUNDS, Bounds, ChoiceValue, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from clacks_monitor.forms.lossless import ElementNode
    from clacks_monitor.forms.markup import StartTag, XmlTextWriter
    from clacks_monitor.forms.spec import SimpleSpec

__all__ = ["Edits", "FormField", "Fragment", "ValueField"]

_MULTILINE_LABELS = re.compile(
    r"message|documentation|description|comment|note|body|details|remark|text$", re.IGNORECASE
)


class Edits(Protocol):
    """The interface by which a field changes its state and checks values that contain placeholders."""

    @property
    def preview(self) -> Callable[[str], str]:
        """Function that resolves the placeholders of a value without using them up."""
        ...

    def step(
        self, field: FormField | None, *, structure: bool = False, merge: bool = False
    ) -> AbstractContextManager[None]:
        """Collect the changes of one action of the user; nested steps join the outer one."""
        ...

    def change(self, field: FormField | None, do: Callable[[], object], undo: Callable[[], object]) -> None:
        """Make one change, as part of the current step or as a separate one."""
        ...


class Fragment(Protocol):
    """A part of an element's content that writes itself."""

    def nodes(self) -> list[ElementNode]:
        """Return the elements of the original text that it represents; none when it is new."""
        ...

    def write(self, writer: XmlTextWriter, nsmap: Mapping[str, str]) -> None:
        """Write it."""
        ...


class FormField:
    """Base of all fields. ``optional`` fields can be switched on and off with ``present``.

    A required field of a received event can be absent as well: ``present`` is False and ``problem()`` says that it is
    missing. Setting its value makes it present again.
    """

    segment = ""
    """This field's own step of ``path``; empty for groups, which have no element of their own."""

    def __init__(self, edits: Edits, parent: FormField | None, label: str, documentation: str = "") -> None:
        self.edits = edits
        self.parent = parent
        self.label = label
        self.documentation = documentation
        self.optional = False
        self.in_repeat = False
        self._present = True

    @property
    def required(self) -> bool:
        """Whether the schema requires it where its parent is present."""
        return not self.optional

    @property
    def present(self) -> bool:
        """Whether it will be written."""
        return self._present

    @present.setter
    def present(self, value: bool) -> None:
        if value != self._present:
            with self.edits.step(self, structure=True):
                if value:
                    self.include_ancestors()
                self.assign("_present", value)

    def assign(self, name: str, value: object) -> None:
        """Change an attribute of the field through ``Edits``."""
        old = getattr(self, name)
        self.edits.change(self, lambda: setattr(self, name, value), lambda: setattr(self, name, old))

    def start_absent(self) -> None:
        """Be absent initially, which is not a change that could be undone."""
        self._present = False

    def include_ancestors(self) -> None:
        """Make every field around this one present, so that it will be written."""
        for field in self.ancestors():
            field.present = True

    def ancestors(self) -> Iterator[FormField]:
        """Yield the fields around this one, the nearest first."""
        parent = self.parent
        while parent is not None:
            yield parent
            parent = parent.parent

    @property
    def children(self) -> tuple[FormField, ...]:
        """The fields inside; built on first access, because types may contain themselves."""
        return ()

    @property
    def path(self) -> str:
        """Readable path for ``Form.find``: "PuppetLog[2]/Level", "@Type"."""
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

    def number_of(self, child: FormField) -> int:
        """Position of a child among the children, from 1."""
        return next((i for i, item in enumerate(self.children, 1) if item is child), 1)

    def problem(self) -> str | None:
        """Return the problem of this field itself, or None."""
        return Message("is missing") if self.required and not self._present else None

    def nodes(self) -> list[ElementNode]:
        """Return the elements of the original text that it represents; none when it is new."""
        return []

    def fragments(self) -> list[Fragment]:
        """Return what it writes, in order."""
        return []

    def walk(self) -> Iterator[FormField]:
        """Yield this field and the fields below it that will be written or are missing."""
        yield self
        if self._present:
            for child in self.children:
                yield from child.walk()


class ValueField(FormField):
    """A field with one value, kept as the string that is written: no precision is lost to a number's or date's type."""

    def __init__(
        self, edits: Edits, parent: FormField | None, label: str, documentation: str, spec: SimpleSpec | None
    ) -> None:
        super().__init__(edits, parent, label, documentation)
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
        with self.edits.step(self, merge=True):
            self.include_ancestors()
            if not self._present:
                self.assign("_present", value=True)
            self.assign("_value", value)

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
    def pattern_description(self) -> str:
        """Description of the patterns; "" without any."""
        if self.spec is None:
            return ""
        if self.spec.item is not None and not self.spec.pattern_description:
            return self.spec.item.pattern_description
        return self.spec.pattern_description

    def problem(self) -> str | None:
        """Return the problem of the value, or None."""
        if not self._present:
            return super().problem()
        return self.check(self.edits.preview(self._value))

    def check(self, value: str) -> str | None:
        """Return what would be wrong with another value."""
        if self.spec is None:
            return None if self.fixed in {None, "", value} or value == "" else Message("must be {0}", self.fixed)
        if value == "" and (self.default is not None or self.fixed is not None):
            value = self.default if self.default is not None else self.fixed or ""
        problem = self.spec.check(value)
        if problem is not None:
            return problem if value.strip() else Message("empty; {0}", problem)
        if self.fixed is not None and not self._equals_fixed(value):
            return Message("must be {0}", self.fixed)
        return None

    def _equals_fixed(self, value: str) -> bool:
        """Compare as text; numbers and the like are left to libxml2, which compares values."""
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
        names = {name.partition(":")[0] for name in self._value.split() if ":" in name}
        for spec in (self.spec, self.spec.item, *self.spec.members):
            prefixes = spec.prefixes if spec is not None else {}
            for prefix in sorted(names & prefixes.keys()):
                tag.declare(prefix, prefixes[prefix])
