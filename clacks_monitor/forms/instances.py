"""Generated events: the least and the most that a schema's form can hold.

Role: sample values for a new form, and what conformance tests validate.
Owner: nobody, functions on a form. Thread: the form's.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from clacks_monitor.forms.containers import Choice, Repeat
from clacks_monitor.forms.element import Element
from clacks_monitor.forms.errors import Problem
from clacks_monitor.forms.fields import Leaf
from clacks_monitor.forms.form import Form
from clacks_monitor.forms.identities import keep_identities
from clacks_monitor.forms.leaves import AnyAttributes, GapText, LeafElement, RawXml
from clacks_monitor.forms.lossless import escape_text, split_name
from clacks_monitor.forms.samples import sample
from clacks_monitor.forms.spec import GroupParticle, WildcardParticle

if TYPE_CHECKING:
    from clacks_monitor.forms.fields import Field
    from clacks_monitor.forms.schema_set import SchemaSet
    from clacks_monitor.forms.spec import Particle

__all__ = ["fill", "maximal_instance", "minimal_instance"]

_DEPTH: Final = 12
_FIELDS: Final = 1500
"""How far a maximal event goes into types that contain themselves, and how large it gets."""
_PER_REPEAT: Final = 2
_VARIATIONS: Final = 40
"""After this many different values they begin again: finding the n-th costs n checks."""


def minimal_instance(schema: SchemaSet, qname: str) -> Form:
    """Only what is required, with sample values."""
    form = Form.for_element(schema, qname)
    fill(form)
    return form


def maximal_instance(schema: SchemaSet, qname: str) -> Form:
    """Everything that is optional as well, each repeated part twice, as deep as is reasonable."""
    form = Form.for_element(schema, qname)
    _expand(form.root, 0, [_FIELDS])
    fill(form)
    return form


def fill(form: Form) -> None:
    """Give every field that will be written a value that its type allows."""
    seen: Counter[str] = Counter()
    with form.step(None, structure=True):
        for field in form.root.walk():
            if isinstance(field, Choice) and field.selected is not None:
                _choose_writable(field, field.selected)
            elif isinstance(field, RawXml) and field.present:
                if field.wildcard is not None and not field.value:
                    field.value = wild(form, field.wildcard) * max(field.wildcard.minimum, 1)
            elif isinstance(field, Leaf) and field.present and not isinstance(field, AnyAttributes | GapText):
                _fill_leaf(field, seen)
        _point_references(form)
        keep_identities(form)


def _point_references(form: Form) -> None:
    """Let references point to IDs that are there; without any, optional references go."""
    leaves = [field for field in form.root.walk() if isinstance(field, Leaf) and field.present]
    ids = [leaf.value for leaf in leaves if leaf.spec is not None and leaf.spec.builtin == "ID"]
    references = [leaf for leaf in leaves if leaf.spec is not None and leaf.spec.builtin in {"IDREF", "IDREFS"}]
    for index, leaf in enumerate(references):
        wanted = ids[index % len(ids)] if ids else ""
        if wanted and leaf.problem() is None and leaf.check(wanted) is None:
            leaf.value = wanted
        elif not ids and leaf.optional:
            leaf.present = False


def wild(form: Form, wildcard: WildcardParticle) -> str:
    """Return an element that a wildcard takes, as XML text; "" when there is none.

    A strict wildcard wants an element that the schema declares.
    """
    components = form.schema.components()
    if wildcard.process != "strict" or isinstance(components, Problem):
        listed = [item for item in wildcard.namespaces.split() if not item.startswith("##")]
        spaces = ["urn:example:any", "", form.schema.namespace, *listed]
        named = ((space, f"{{{space}}}any" if space else "any") for space in spaces)
        found = next((space for space, name in named if wildcard.matches(name)), None)
        return "" if found is None else f'<any xmlns="{found}"/>'
    for qname in components.element_names(everywhere=True):
        spec = components.element(qname)
        if spec is not None and not spec.abstract and spec.type.plain and wildcard.matches(qname):
            value = spec.fixed or (sample(spec.type.simple) if spec.type.simple is not None else "")
            if value is not None:
                namespace, local = split_name(qname)
                return f'<{local} xmlns="{namespace}">{escape_text(value)}</{local}>'
    return ""


def _choose_writable(choice: Choice, selected: int) -> None:
    """Leave a branch that wants an element which no schema here declares, where another one does not."""
    items = choice.particle.items
    if choice.present and not _writable(choice.form, items[selected]):
        good = [index for index, item in enumerate(items) if _writable(choice.form, item)]
        if good:
            choice.selected = good[0]


def _writable(form: Form, particle: Particle) -> bool:
    """Whether a part can be written: it ends, and for its wildcards there are elements."""
    if particle.minimum == 0:
        return True
    if isinstance(particle, WildcardParticle):
        return bool(wild(form, particle))
    if isinstance(particle, GroupParticle):
        every = any if particle.model == "choice" else all
        return every(_writable(form, item) for item in particle.items)
    return form.builder.finite(particle)


def _fill_leaf(leaf: Leaf, seen: Counter[str]) -> None:
    if leaf.spec is None or leaf.fixed is not None:
        return
    key = _kind_key(leaf)
    variation = seen[key] if key == "ID" else seen[key] % _VARIATIONS
    seen[key] += 1
    found = sample(leaf.spec, variation)
    if found is None and variation:
        found = sample(leaf.spec)
    if found is not None:
        leaf.value = found


def _kind_key(leaf: Leaf) -> str:
    """Fields of one name are varied together, so that keys are unique and references find them.

    An ID has to be unique in the whole document.
    """
    if leaf.spec is not None and leaf.spec.builtin == "ID":
        return "ID"
    return leaf.label if isinstance(leaf, LeafElement) else f"{_owner(leaf)}/{leaf.label}"


def _owner(leaf: Leaf) -> str:
    step: Field | None = leaf.parent
    while step is not None and not isinstance(step, Element):
        step = step.parent
    return step.label if step is not None else ""


def _expand(field: Field, depth: int, left: list[int]) -> None:
    """Switch on everything below a field."""
    left[0] -= 1
    if depth > _DEPTH or left[0] < 0:
        return
    if isinstance(field, Repeat):
        _repeat(field)
    elif not field.present and not isinstance(field, AnyAttributes) and not _impossible(field):
        field.present = True
    if isinstance(field, Choice):
        _richest(field)
    if field.present:
        for child in field.children:
            _expand(child, depth + isinstance(child, Element), left)


def _repeat(field: Repeat) -> None:
    most = _PER_REPEAT if field.maximum is None else min(_PER_REPEAT, field.maximum)
    while len(field.items) < most:
        if _impossible(field.add()):
            field.remove(len(field.items) - 1)
            return


def _impossible(field: Field) -> bool:
    """Whether a field needs something else in the document, or can have no value at all."""
    spec = field.spec if isinstance(field, Leaf) else None
    if spec is not None and (spec.builtin in {"ENTITY", "ENTITIES"} or sample(spec) is None):
        return True
    if isinstance(field, RawXml) and field.wildcard is not None:
        return not wild(field.form, field.wildcard)
    if isinstance(field, Element):
        return field.form.builder.endless(field.element)
    return False


def _richest(choice: Choice) -> None:
    """Take the last branch that can be written: the first one is in the minimal event."""
    good = [index for index, item in enumerate(choice.particle.items) if _writable(choice.form, item)]
    if good:
        choice.selected = good[-1]
