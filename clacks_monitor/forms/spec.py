"""A schema's components as plain values that forms are built from, independent of the library that read them.

Elements, types, attributes and content models. Types and content are looked up on demand, so a type may contain itself.
Owner: ``Components`` makes them, one set per schema; nothing changes afterwards. Thread: any.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "NO_BOUNDS",
    "AttributeSpec",
    "Bounds",
    "ChoiceValue",
    "ElementParticle",
    "ElementSpec",
    "GroupParticle",
    "IdentitySpec",
    "Kind",
    "Particle",
    "SimpleSpec",
    "TypeSpec",
    "Variant",
    "WildcardParticle",
]


class Kind(StrEnum):
    """The kind of a value, which decides its editor."""

    TEXT = "text"
    MULTILINE = "multiline"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    DURATION = "duration"
    PARTIAL_DATE = "partial-date"
    ENUMERATION = "enumeration"
    LIST = "list"
    UNION = "union"
    HEX = "hex"
    BASE64 = "base64"
    URI = "uri"
    QNAME = "qname"
    RAW_XML = "raw-xml"
    ATTRIBUTES = "attributes"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest value as the schema writes them, without rounding."""

    minimum: str | None = None
    maximum: str | None = None
    minimum_excluded: bool = False
    maximum_excluded: bool = False


NO_BOUNDS: Final = Bounds()


@dataclass(frozen=True, slots=True)
class ChoiceValue:
    """One value of an enumeration."""

    value: str
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class SimpleSpec:
    """A simple type. ``check`` returns the problem of a text, or None.

    ``builtin`` is the local name of the built-in type that it is derived from, ``patterns`` are the pattern facets of
    each derivation step (one of each tuple has to match); lengths count characters, bytes or items.
    """

    kind: Kind
    builtin: str
    check: Callable[[str], str | None]
    choices: tuple[ChoiceValue, ...] = ()
    bounds: Bounds = NO_BOUNDS
    patterns: tuple[tuple[str, ...], ...] = ()
    pattern_description: str = ""
    minimum_length: int | None = None
    maximum_length: int | None = None
    fraction_digits: int | None = None
    white_space: Literal["preserve", "replace", "collapse"] = "collapse"
    item: SimpleSpec | None = None
    members: tuple[SimpleSpec, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttributeSpec:
    """An attribute use of a type."""

    qname: str
    label: str
    documentation: str
    simple: SimpleSpec
    required: bool
    fixed: str | None = None
    default: str | None = None


@dataclass(eq=False)
class TypeSpec:
    """A type: simple content, or attributes and a content model, which are looked up on first access.

    ``anything`` is set for xs:anyType: any well-formed content.
    """

    qname: str
    label: str
    anything: bool
    mixed: bool
    simple: SimpleSpec | None
    load_attributes: Callable[[], tuple[tuple[AttributeSpec, ...], Callable[[str], bool] | None]]
    load_content: Callable[[], Particle | None]

    @cached_property
    def attributes(self) -> tuple[AttributeSpec, ...]:
        """The attributes, in the schema's order, prohibited ones left out."""
        return self.load_attributes()[0]

    @cached_property
    def any_attribute(self) -> Callable[[str], bool] | None:
        """Which other attribute names are allowed, when others are."""
        return self.load_attributes()[1]

    @cached_property
    def content(self) -> Particle | None:
        """The content model, or None for empty and for simple content."""
        return self.load_content()

    @property
    def plain(self) -> bool:
        """Whether the type is only a value, without attributes."""
        return self.simple is not None and not self.attributes and self.any_attribute is None

    @cached_property
    def free_text(self) -> bool:
        """Whether text and elements mix freely, as they do in prose.

        Some schemas declare mixed content without a use for it; where a child is required, or may occur at most once,
        the content is a record and not prose.
        """
        model = self.content
        if not self.mixed:
            return False
        if model is None:
            return True
        return model.emptiable and _repeats(model)


def _repeats(particle: Particle) -> bool:
    if particle.maximum is None:
        return True
    if isinstance(particle, GroupParticle):
        return bool(particle.items) and all(_repeats(item) for item in particle.items)
    return False


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to write an element: itself, a member of its substitution group, or with a derived type.

    ``type_name`` is the value of xsi:type as ``{namespace}local``, or "".
    """

    label: str
    element: ElementSpec
    type: TypeSpec
    type_name: str = ""


@dataclass(frozen=True, slots=True)
class IdentitySpec:
    """An identity constraint of an element (key, unique or keyref) with the schema's own expressions.

    ``complete`` is set for keys, all parts of which have to be present; ``refers_to`` names a keyref's key.
    """

    name: str
    selector: str
    fields: tuple[str, ...]
    namespaces: Mapping[str, str]
    complete: bool
    refers_to: str


@dataclass(eq=False)
class ElementSpec:
    """An element declaration."""

    qname: str
    label: str
    documentation: str
    nillable: bool
    abstract: bool
    fixed: str | None
    default: str | None
    load_type: Callable[[], TypeSpec]
    load_variants: Callable[[], tuple[Variant, ...]]
    load_names: Callable[[], frozenset[str]]
    identities: tuple[IdentitySpec, ...] = ()

    @cached_property
    def type(self) -> TypeSpec:
        """The declared type."""
        return self.load_type()

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """Every concrete way to write it; the element itself first when it is not abstract."""
        return self.load_variants()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the element and of its substitution group."""
        return self.load_names()


@dataclass(eq=False)
class ElementParticle:
    """An element in a content model. ``maximum`` None is unbounded, here and below."""

    element: ElementSpec
    minimum: int
    maximum: int | None

    def starts(self, qname: str) -> bool:
        """Whether content of this particle may begin with an element of that name."""
        return qname in self.element.names

    def mentions(self, qname: str) -> bool:
        """Whether an element of that name may occur anywhere in it."""
        return qname in self.element.names

    @property
    def emptiable(self) -> bool:
        """Whether it may be absent."""
        return self.minimum == 0


@dataclass(eq=False)
class WildcardParticle:
    """An element wildcard; ``matches`` decides which names it allows."""

    matches: Callable[[str], bool]
    namespaces: str
    process: str
    minimum: int
    maximum: int | None

    def starts(self, qname: str) -> bool:
        """Whether an element of that name is allowed."""
        return self.matches(qname)

    def mentions(self, qname: str) -> bool:
        """Whether an element of that name is allowed."""
        return self.matches(qname)

    @property
    def emptiable(self) -> bool:
        """Whether it may be absent."""
        return self.minimum == 0


@dataclass(eq=False)
class GroupParticle:
    """A sequence, a choice, or an all group."""

    model: Literal["sequence", "choice", "all"]
    items: tuple[Particle, ...]
    minimum: int
    maximum: int | None
    label: str = ""
    documentation: str = ""

    def starts(self, qname: str) -> bool:
        """Whether content of this group may begin with an element of that name."""
        for item in self.items:
            if item.starts(qname):
                return True
            if self.model == "sequence" and not item.emptiable:
                return False
        return False

    def mentions(self, qname: str) -> bool:
        """Whether an element of that name may occur anywhere in it."""
        return any(item.mentions(qname) for item in self.items)

    @cached_property
    def emptiable(self) -> bool:
        """Whether empty content satisfies it."""
        if self.minimum == 0 or not self.items:
            return self.model != "choice" or self.minimum == 0
        if self.model == "choice":
            return any(item.emptiable for item in self.items)
        return all(item.emptiable for item in self.items)


Particle = ElementParticle | WildcardParticle | GroupParticle
