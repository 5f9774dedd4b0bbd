"""Generated documents: the least and the most that a schema allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.forms.containers import Choice, Repeat
from clacks_monitor.forms.element import ElementField
from clacks_monitor.forms.example_event import fill, wildcard_example, writable
from clacks_monitor.forms.example_values import example_value
from clacks_monitor.forms.fields import ValueField
from clacks_monitor.forms.form import Form
from clacks_monitor.forms.value_fields import AnyAttributes, RawXml

if TYPE_CHECKING:
    from clacks_monitor.forms.fields import FormField
    from clacks_monitor.forms.schema_set import SchemaSet

MAX_DEPTH: Final = 12
"""How far a maximal document goes into types that contain themselves."""
MAX_FIELDS: Final = 1500
"""How large it gets."""
PER_REPEAT: Final = 2
"""Items of each repetition."""


def minimal_instance(schema: SchemaSet, qname: str) -> Form:
    """Only what is required, with example values."""
    form = Form.for_element(schema, qname)
    fill(form)
    return form


def maximal_instance(schema: SchemaSet, qname: str) -> Form:
    """Everything that is optional as well, each repeated part twice, as deep as is reasonable."""
    form = Form.for_element(schema, qname)
    _expand(form, form.root, 0, [MAX_FIELDS])
    fill(form)
    return form


def _expand(form: Form, field: FormField, depth: int, left: list[int]) -> None:
    left[0] -= 1
    if depth > MAX_DEPTH or left[0] < 0:
        return
    if isinstance(field, Repeat):
        _repeat(form, field)
    elif not field.present and not isinstance(field, AnyAttributes) and not _impossible(form, field):
        field.present = True
    if isinstance(field, Choice):
        _select_last(form, field)
    if field.present:
        for child in field.children:
            _expand(form, child, depth + isinstance(child, ElementField), left)


def _repeat(form: Form, field: Repeat) -> None:
    most = PER_REPEAT if field.maximum is None else min(PER_REPEAT, field.maximum)
    while len(field.items) < most:
        if _impossible(form, field.add()):
            field.remove(len(field.items) - 1)
            return


def _impossible(form: Form, field: FormField) -> bool:
    """Whether a field requires something else in the document, or can have no value at all."""
    spec = field.spec if isinstance(field, ValueField) else None
    if spec is not None and (spec.builtin in {"ENTITY", "ENTITIES"} or example_value(spec) is None):
        return True
    if isinstance(field, RawXml) and field.wildcard is not None:
        return not wildcard_example(form.schema, field.wildcard)
    return isinstance(field, ElementField) and form.costs.endless(field.element)


def _select_last(form: Form, choice: Choice) -> None:
    """Select the last branch that can be written: the first one is in the minimal document."""
    good = [index for index, item in enumerate(choice.particle.items) if writable(form, item)]
    if good:
        choice.selected = good[-1]
