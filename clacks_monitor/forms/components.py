"""Converts xmlschema's components to the plain specifications that forms are built from.

Only this module and those that it imports use xmlschema, which takes 0.1 to 0.3 s to import; import it late.
Owner: one ``Components`` per schema set. Thread: any; xmlschema's components do not change once they are built, and a
specification that two threads make at the same time is equal.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from lxml import etree
from xmlschema import XMLSchemaException
from xmlschema.validators import XsdAnyAttribute, XsdAnyElement, XsdElement, XsdGroup, XsdKey

from clacks_monitor.forms import simple_types
from clacks_monitor.forms.documentation import XmlSchemaObject, documentation_of
from clacks_monitor.forms.errors import Finding, ValidationIssue
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.messages import xmlschema_message
from clacks_monitor.forms.schema_reader import read_schema
from clacks_monitor.forms.sources import XSD
from clacks_monitor.forms.spec import (
    AttributeSpec,
    ElementParticle,
    ElementSpec,
    GroupParticle,
    IdentitySpec,
    Particle,
    TypeSpec,
    Variant,
    WildcardParticle,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from xmlschema import XMLSchema10
    from xmlschema.validators import XsdAttribute, XsdIdentity, XsdType

    from clacks_monitor.forms.sources import SourceSet

__all__ = ["Components", "load_components"]

_ANY_TYPE: Final = f"{{{XSD}}}anyType"
_TROUBLE: Final = (
    *(XMLSchemaException, ValueError, TypeError, LookupError),
    *(ArithmeticError, RecursionError, AttributeError, AssertionError),
)
"""Exceptions of xmlschema on unusual schemas and values besides its own, such as OverflowError on a long duration.
None of it may end a form."""


def load_components(sources: SourceSet) -> Components | ValidationIssue:
    """Read a source set with xmlschema; return why it cannot be read.

    A schema that libxml2 accepts and xmlschema rejects is read again in lax mode: forms can be made of it, but
    xmlschema does not validate events by it.
    """
    problem = ValidationIssue("")
    for strict in (True, False):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error" if strict else "ignore")
                schema = read_schema(sources, "strict" if strict else "lax")
                return Components(schema, trusted=strict)
        except (*_TROUBLE, Warning) as error:
            reason = getattr(error, "message", None) or str(error)
            line = getattr(getattr(error, "elem", None), "sourceline", None)
            problem = ValidationIssue(str(reason).splitlines()[0], line, objector="xmlschema")
    return problem


class Components:
    """Specifications of one schema's elements and types."""

    def __init__(self, schema: XMLSchema10, *, trusted: bool = True) -> None:
        self.schema = schema
        self.trusted = trusted
        self._elements: dict[int, ElementSpec] = {}
        self._types: dict[int, TypeSpec] = {}

    def element_names(self, *, everywhere: bool = False) -> list[str]:
        """Global elements of the target namespace, or of every namespace that was imported."""
        own = self.schema.target_namespace
        spaces = {own} | (set(self.schema.imported_namespaces) if everywhere else set())
        return [
            name
            for name, item in self.schema.maps.elements.items()
            if split_name(name)[0] in spaces and item.name == name
        ]

    def element(self, qname: str) -> ElementSpec | None:
        """Return a global element by name."""
        found = self.schema.maps.elements.get(qname)
        return self._element(found) if isinstance(found, XsdElement) else None

    def type_named(self, qname: str) -> TypeSpec | None:
        """Return a global type by name, for xsi:type."""
        try:
            found = self.schema.maps.types.get(qname)
        except _TROUBLE:
            return None
        return self._type(found) if found is not None else None

    def findings(self, element: etree._Element) -> list[Finding]:
        """Validate an element with xmlschema."""
        found: list[Finding] = []
        if not self.trusted:
            return found
        try:
            for error in self.schema.iter_errors(cast("Any", element), use_location_hints=False, max_depth=None):
                elem = cast("object", error.elem)
                invalid = elem if isinstance(elem, etree._Element) else element
                reason = xmlschema_message(error.reason or str(error))
                found.append((invalid, ValidationIssue(reason, invalid.sourceline, objector="xmlschema")))
        except _TROUBLE as error:
            found.append((element, ValidationIssue(str(error), element.sourceline, objector="xmlschema")))
        return found

    def _element(self, xsd: XsdElement) -> ElementSpec:
        known = self._elements.get(id(xsd))
        if known is None:
            known = self._elements[id(xsd)] = ElementSpec(
                qname=xsd.name,
                label=split_name(xsd.name)[1],
                documentation=documentation_of(xsd) or documentation_of(xsd.type),
                nillable=bool(xsd.nillable),
                abstract=bool(xsd.abstract),
                fixed=xsd.fixed,
                default=xsd.default,
                load_type=lambda: self._type(xsd.type),
                load_variants=lambda: tuple(self._variants(xsd)),
                load_names=lambda: frozenset(item.name for item in self._family(xsd)),
                identities=tuple(_identity(item) for item in (xsd.ref or xsd).identities),
            )
        return known

    def _family(self, xsd: XsdElement) -> list[XsdElement]:
        """Return the element and its substitution group."""
        family = [xsd]
        if xsd.ref is not None or xsd.is_global():
            head = self.schema.maps.elements.get(xsd.name, xsd)
            blocked = "substitution" in head.block
            if not blocked:
                # xmlschema keeps them in a set: their order would change from run to run.
                others = (item for item in head.iter_substitutes() if item.name != xsd.name)
                family += sorted(others, key=lambda item: str(item.name))
        return family

    def _variants(self, xsd: XsdElement) -> list[Variant]:
        found: list[Variant] = []
        for item in self._family(xsd):
            if item.abstract:
                continue
            spec = self._element(item)
            if not item.type.abstract:
                found.append(Variant(spec.label, spec, self._type(item.type)))
            found += [
                Variant(f"{spec.label} ({split_name(name)[1]})", spec, self._type(derived), name)
                for derived in self._derived(item)
                if (name := derived.name) is not None
            ]
        return found

    def _derived(self, xsd: XsdElement) -> list[XsdType]:
        """Return the global complex types that xsi:type may name; none for xs:anyType, from which all are derived."""
        base = xsd.type
        if not base.is_complex() or base.name == _ANY_TYPE:
            return []
        return [
            item
            for item in self.schema.maps.types.values()
            if item is not base
            and item.name
            and item.is_complex()
            and not item.abstract
            and item.is_derived(base)
            and not _blocked(item, base, xsd.block)
        ]

    def _type(self, xsd: XsdType) -> TypeSpec:
        known = self._types.get(id(xsd))
        if known is None:
            simple = xsd.simple_type
            known = self._types[id(xsd)] = TypeSpec(
                qname=xsd.name or "",
                label=split_name(xsd.name or "")[1],
                anything=xsd.name == _ANY_TYPE,
                mixed=bool(getattr(xsd, "mixed", False)) and simple is None,
                simple=None if simple is None else simple_types.simple_spec(simple),
                load_attributes=lambda: self._attributes(xsd),
                load_content=lambda: self._content(xsd),
            )
        return known

    def _attributes(self, xsd: XsdType) -> tuple[tuple[AttributeSpec, ...], Callable[[str], bool] | None]:
        found: list[AttributeSpec] = []
        any_attribute: Callable[[str], bool] | None = None
        for name, item in getattr(xsd, "attributes", {}).items():
            if isinstance(item, XsdAnyAttribute):
                any_attribute = item.is_matching
            elif name is not None and item.use != "prohibited":
                found.append(_attribute(name, item))
        return tuple(found), any_attribute

    def _content(self, xsd: XsdType) -> Particle | None:
        group = xsd.model_group
        if group is None or not len(group):
            return None
        particle = self._particle(group)
        return None if particle.maximum == 0 else particle

    def _particle(self, xsd: XmlSchemaObject) -> Particle:
        if isinstance(xsd, XsdElement):
            return ElementParticle(self._element(xsd), xsd.min_occurs, xsd.max_occurs)
        if isinstance(xsd, XsdAnyElement):
            allowed = [str(item) for item in cast("list[str]", xsd.namespace)]
            return WildcardParticle(
                xsd.is_matching,
                " ".join(sorted(allowed)),
                xsd.process_contents,
                xsd.min_occurs,
                xsd.max_occurs,
            )
        return self._group(xsd)

    def _group(self, xsd: XsdGroup) -> GroupParticle:
        items = [self._particle(item) for item in xsd]
        return GroupParticle(
            model=cast("Literal['sequence', 'choice', 'all']", xsd.model or "sequence"),
            items=tuple(item for item in items if item.maximum != 0),
            minimum=xsd.min_occurs,
            maximum=xsd.max_occurs,
            label=split_name(xsd.name or "")[1],
            documentation=documentation_of(xsd),
        )


def _blocked(item: XsdType, base: XsdType, block: str) -> bool:
    """Whether the block attribute of an element or a type forbids the derived type."""
    forbidden = set(block.split()) | set(str(getattr(base, "block", "")).split())
    step: Any = item
    while step is not None and step is not base:
        if step.derivation in forbidden:
            return True
        step = step.base_type
    return False


def _identity(item: XsdIdentity) -> IdentitySpec:
    return IdentitySpec(
        name=item.name,
        selector="" if item.selector is None else item.selector.path,
        fields=tuple(field.path for field in item.fields),
        namespaces={} if item.selector is None else dict(item.selector.namespaces),
        complete=isinstance(item, XsdKey),
        refers_to=str(getattr(getattr(item, "refer", None), "name", "")),
    )


def _attribute(name: str, item: XsdAttribute) -> AttributeSpec:
    return AttributeSpec(
        qname=name,
        label=split_name(name)[1],
        documentation=documentation_of(item) or documentation_of(item.type),
        simple=simple_types.simple_spec(item.type),
        required=item.use == "required",
        fixed=item.fixed,
        default=item.default,
    )
