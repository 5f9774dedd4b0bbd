"""Identity constraints: makes the values of a generated event satisfy its keys, uniques and keyrefs.

Evaluates the part of XPath that xs:selector and xs:field may use on fields, and changes values that violate a
constraint. It does not validate. Thread: the form's.
Source: https://www.w3.org/TR/xmlschema-1/#cIdentity-constraint_Definitions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.forms.element import ElementField
from clacks_monitor.forms.example_values import example_value
from clacks_monitor.forms.fields import ValueField
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.value_fields import AttributeField, SimpleElementField

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clacks_monitor.forms.fields import FormField
    from clacks_monitor.forms.spec import IdentitySpec

__all__ = ["satisfy_identities"]

_TRIES = 200
"""How many other values are tried for a key that is there already."""


def satisfy_identities(root: FormField) -> None:
    """Make keys complete and unique, then let references point to keys."""
    owned = [
        (field, identity)
        for field in root.walk()
        if isinstance(field, ElementField) and field.present
        for identity in field.current.element.identities
    ]
    for owner, identity in owned:
        if not identity.refers_to:
            _differ(owner, identity)
    for owner, identity in owned:
        if identity.refers_to:
            _refer(owner, identity, [item for item in owned if item[1].name == identity.refers_to])


def _differ(owner: FormField, identity: IdentitySpec) -> None:
    """Give each selected element values that no other has."""
    seen: set[tuple[str, ...]] = set()
    for row in _rows(owner, identity):
        variation = 0
        while (key := tuple(leaf.value for leaf in row)) in seen and variation < _TRIES:
            leaf = row[variation % len(row)]
            variation += 1
            other = example_value(leaf.spec, variation) if leaf.spec is not None and leaf.fixed is None else None
            if other is not None:
                leaf.value = other
        seen.add(key)


def _refer(owner: FormField, identity: IdentitySpec, targets: list[tuple[ElementField, IdentitySpec]]) -> None:
    """Give each selected element the values of an element that it may refer to."""
    inside = [(holder, key) for holder, key in targets if holder is owner or owner in holder.ancestors()]
    keys = [row for holder, key in inside for row in _rows(holder, key)]
    for index, row in enumerate(_rows(owner, identity)):
        for leaf, wanted in zip(row, keys[index % len(keys)] if keys else (), strict=False):
            leaf.value = wanted.value


def _rows(owner: FormField, identity: IdentitySpec) -> list[list[ValueField]]:
    """Return the values of each selected element, where all of them are there."""
    rows = (_leaves(item, identity) for item in _select(owner, identity.selector, identity.namespaces))
    return [row for row in rows if row]


def _leaves(item: FormField, identity: IdentitySpec) -> list[ValueField]:
    """Return one value for each part: further ones are left out, a key's missing ones added."""
    found: list[ValueField] = []
    for path in identity.fields:
        candidates = _select(item, path, identity.namespaces)
        present = [field for field in candidates if field.present]
        for further in present[1:]:
            if further.optional:
                further.present = False
        if not present and identity.complete and candidates:
            present = candidates[:1]
            _add(present[0])
        leaf = _value_of(present[0]) if present else None
        if leaf is None:
            return []
        found.append(leaf)
    return found


def _add(field: FormField) -> None:
    field.present = True
    leaf = _value_of(field)
    if leaf is not None and leaf.spec is not None and leaf.fixed is None:
        leaf.value = example_value(leaf.spec) or leaf.value


def _value_of(field: FormField) -> ValueField | None:
    if isinstance(field, ElementField):
        return field.text
    return field if isinstance(field, ValueField) else None


def _select(field: FormField, xpath: str, namespaces: Mapping[str, str]) -> list[FormField]:
    """Evaluate a selector's or a field's expression. Attributes that are absent are found as well."""
    found: dict[int, FormField] = {}
    for path in "".join(xpath.split()).split("|"):
        deep = path.startswith(".//")
        here = [field, *_descendants(field)] if deep else [field]
        for step in path.removeprefix(".//").split("/"):
            here = [item for place in here for item in _step(place, step, namespaces)]
        found |= {id(item): item for item in here}
    return list(found.values())


def _step(place: FormField, step: str, namespaces: Mapping[str, str]) -> Iterator[FormField]:
    if step == ".":
        yield place
    elif step.startswith(("@", "attribute::")):
        test = step.removeprefix("@").removeprefix("attribute::")
        attributes = place.body.attributes if isinstance(place, ElementField) else ()
        yield from (item for item in attributes if _matches(item, test, namespaces))
    else:
        test = step.removeprefix("child::")
        yield from (item for item in _elements(place) if _matches(item, test, namespaces))


def _elements(place: FormField) -> Iterator[ElementField | SimpleElementField]:
    """Child elements, through the groups between; absent ones only where they are asked for by name."""
    for child in place.children if isinstance(place, ElementField) or not isinstance(place, ValueField) else ():
        if isinstance(child, ElementField | SimpleElementField):
            yield child
        elif child.present:
            yield from _elements(child)


def _descendants(place: FormField) -> Iterator[FormField]:
    for child in _elements(place):
        if child.present:
            yield child
            yield from _descendants(child)


def _matches(item: FormField, test: str, namespaces: Mapping[str, str]) -> bool:
    if isinstance(item, AttributeField):
        qname = item.attribute.qname
    elif isinstance(item, ElementField):
        qname = item.current.element.qname
    else:
        qname = item.element.qname if isinstance(item, SimpleElementField) else ""
    prefix, colon, wanted = test.rpartition(":")
    namespace, local = split_name(qname)
    if wanted == "*":
        return not colon or namespace == namespaces.get(prefix)
    return local == wanted and namespace == (namespaces.get(prefix, "") if colon else "")
