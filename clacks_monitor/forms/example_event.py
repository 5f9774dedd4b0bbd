"""Fills a form with example values that its schema allows. Thread: the form's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from clacks_monitor.forms.containers import Choice
from clacks_monitor.forms.element import ElementField
from clacks_monitor.forms.errors import ValidationIssue
from clacks_monitor.forms.example_values import example_value
from clacks_monitor.forms.fields import ValueField
from clacks_monitor.forms.identities import satisfy_identities
from clacks_monitor.forms.lossless import escape_text, split_name
from clacks_monitor.forms.spec import GroupParticle, WildcardParticle
from clacks_monitor.forms.value_fields import AnyAttributes, GapText, RawXml, SimpleElementField

if TYPE_CHECKING:
    from clacks_monitor.forms.fields import FormField
    from clacks_monitor.forms.form import Form
    from clacks_monitor.forms.schema_set import SchemaSet
    from clacks_monitor.forms.spec import Particle

__all__ = ["fill", "wildcard_example", "writable"]

_VARIATIONS: Final = 40
"""After this many different values they begin again: finding the n-th costs n checks."""


def fill(form: Form) -> None:
    """Give every field that will be written a value that its type allows."""
    seen: Counter[str] = Counter()
    with form.edits.step(None, structure=True):
        for field in form.root.walk():
            if isinstance(field, Choice) and field.selected is not None:
                _choose_writable(form, field, field.selected)
            elif isinstance(field, RawXml) and field.present:
                if field.wildcard is not None and not field.value:
                    field.value = wildcard_example(form.schema, field.wildcard) * max(field.wildcard.minimum, 1)
            elif isinstance(field, ValueField) and field.present and not isinstance(field, AnyAttributes | GapText):
                _fill_leaf(field, seen)
        _point_references(form.root)
        satisfy_identities(form.root)


def _point_references(root: FormField) -> None:
    """Let references point to the IDs of the event; without any, optional references are removed."""
    leaves = [field for field in root.walk() if isinstance(field, ValueField) and field.present]
    ids = [leaf.value for leaf in leaves if leaf.spec is not None and leaf.spec.builtin == "ID"]
    references = [leaf for leaf in leaves if leaf.spec is not None and leaf.spec.builtin in {"IDREF", "IDREFS"}]
    for index, leaf in enumerate(references):
        wanted = ids[index % len(ids)] if ids else ""
        if wanted and leaf.problem() is None and leaf.check(wanted) is None:
            leaf.value = wanted
        elif not ids and leaf.optional:
            leaf.present = False


def wildcard_example(schema: SchemaSet, wildcard: WildcardParticle) -> str:
    """Return an element that a wildcard allows, as XML text; "" when there is none.

    A strict wildcard requires an element that the schema declares.
    """
    components = schema.components()
    if wildcard.process != "strict" or isinstance(components, ValidationIssue):
        listed = [item for item in wildcard.namespaces.split() if not item.startswith("##")]
        spaces = ["urn:example:any", "", schema.namespace, *listed]
        named = ((space, f"{{{space}}}any" if space else "any") for space in spaces)
        found = next((space for space, name in named if wildcard.matches(name)), None)
        return "" if found is None else f'<any xmlns="{found}"/>'
    for qname in components.element_names(everywhere=True):
        spec = components.element(qname)
        if spec is not None and not spec.abstract and spec.type.plain and wildcard.matches(qname):
            value = spec.fixed or (example_value(spec.type.simple) if spec.type.simple is not None else "")
            if value is not None:
                namespace, local = split_name(qname)
                return f'<{local} xmlns="{namespace}">{escape_text(value)}</{local}>'
    return ""


def _choose_writable(form: Form, choice: Choice, selected: int) -> None:
    """Select another branch where the selected one requires an element that the schema does not declare."""
    items = choice.particle.items
    if choice.present and not writable(form, items[selected]):
        good = [index for index, item in enumerate(items) if writable(form, item)]
        if good:
            choice.selected = good[0]


def writable(form: Form, particle: Particle) -> bool:
    """Whether a particle can be written: it does not require itself, and there are elements for its wildcards."""
    if particle.minimum == 0:
        return True
    if isinstance(particle, WildcardParticle):
        return bool(wildcard_example(form.schema, particle))
    if isinstance(particle, GroupParticle):
        every = any if particle.model == "choice" else all
        return every(writable(form, item) for item in particle.items)
    return form.costs.finite(particle)


def _fill_leaf(leaf: ValueField, seen: Counter[str]) -> None:
    if leaf.spec is None or leaf.fixed is not None:
        return
    key = _kind_key(leaf)
    variation = seen[key] if key == "ID" else seen[key] % _VARIATIONS
    seen[key] += 1
    found = example_value(leaf.spec, variation)
    if found is None and variation:
        found = example_value(leaf.spec)
    if found is not None:
        leaf.value = found


def _kind_key(leaf: ValueField) -> str:
    """Return the key of fields that are varied together: those of one name, so that keys are unique.

    IDs have to be unique in the whole document.
    """
    if leaf.spec is not None and leaf.spec.builtin == "ID":
        return "ID"
    return leaf.label if isinstance(leaf, SimpleElementField) else f"{_owner(leaf)}/{leaf.label}"


def _owner(leaf: ValueField) -> str:
    return next((field.label for field in leaf.ancestors() if isinstance(field, ElementField)), "")
