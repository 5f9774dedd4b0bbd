"""Describes elements with their children, attributes and values, for completion in editors. Thread: any."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.spec import ElementParticle, GroupParticle, WildcardParticle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.forms.spec import (
        AttributeSpec,
        ElementSpec,
        Particle,
        SimpleSpec,
        TypeSpec,
    )

__all__ = ["AttributeInfo", "ElementInfo", "element_info"]

_MAX_DEPTH: Final = 12
"""The depth of the elements that are described."""
MAX_ELEMENTS: Final = 5_000
"""The most elements that are described: a schema's tree may be exponentially wide."""
MAX_VALUES: Final = 1_000
"""The most values of an enumeration."""


@dataclass(frozen=True, slots=True)
class AttributeInfo:
    """One attribute: its name (local), namespace, documentation and enumerated values."""

    name: str
    namespace: str
    documentation: str
    values: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class ElementInfo:
    """One element. ``values`` are the values of an enumeration; ``kind`` is the type's plain name.

    A type that contains itself is followed once: deeper down ``recursive`` is set and ``children`` is empty. ``open``
    says that further children are possible, for that reason or because of a wildcard.
    """

    name: str
    namespace: str
    documentation: str
    children: tuple[ElementInfo, ...]
    attributes: tuple[AttributeInfo, ...]
    values: tuple[str, ...]
    kind: str
    recursive: bool = False
    open: bool = False


def element_info(spec: ElementSpec) -> ElementInfo:
    """Describe an element and everything below it."""
    return _info(spec, (), itertools.count(1))


def _info(spec: ElementSpec, open_types: tuple[TypeSpec, ...], numbers: Iterator[int]) -> ElementInfo:
    kind = spec.type
    recursive = kind in open_types and kind.simple is None
    children: tuple[ElementInfo, ...] = ()
    deep = len(open_types) >= _MAX_DEPTH or next(numbers) > MAX_ELEMENTS
    cut = recursive or (kind.content is not None and deep)
    if not recursive and kind.content is not None and not deep:
        below = itertools.islice(dict.fromkeys(_elements(kind.content)), MAX_ELEMENTS)
        children = tuple(_info(child, (*open_types, kind), numbers) for child in below)
    return ElementInfo(
        name=spec.label,
        namespace=split_name(spec.qname)[0],
        documentation=spec.documentation,
        children=children,
        attributes=tuple(_attribute(item) for item in kind.attributes),
        values=_values(kind.simple),
        kind=kind.label or (kind.simple.builtin if kind.simple is not None else ""),
        recursive=recursive,
        open=cut or (kind.content is not None and _holds_anything(kind.content)),
    )


def _elements(particle: Particle) -> list[ElementSpec]:
    if isinstance(particle, ElementParticle):
        if len(particle.element.names) == 1:
            return [particle.element]
        found = [item.element for item in particle.element.variants]
        return found or [particle.element]
    if isinstance(particle, GroupParticle):
        return [spec for item in particle.items for spec in _elements(item)]
    return []


def _holds_anything(particle: Particle) -> bool:
    if isinstance(particle, GroupParticle):
        return any(_holds_anything(item) for item in particle.items)
    return isinstance(particle, WildcardParticle)


def _values(simple: SimpleSpec | None) -> tuple[str, ...]:
    if simple is None:
        return ()
    if simple.item is not None:
        return _values(simple.item)
    if simple.builtin == "boolean" and not simple.choices:
        return ("true", "false")
    return tuple(item.value for item in simple.choices[:MAX_VALUES])


def _attribute(spec: AttributeSpec) -> AttributeInfo:
    return AttributeInfo(spec.label, split_name(spec.qname)[0], spec.documentation, _values(spec.simple), spec.required)
