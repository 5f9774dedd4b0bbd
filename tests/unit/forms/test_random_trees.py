"""Random values within a random field tree of every schema: valid, equal on the way back, and undone."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clacks_monitor.forms import Choice, ElementField, Form, Repeat, ValidationIssue, ValueField
from clacks_monitor.forms.example_event import fill, wildcard_example
from clacks_monitor.forms.example_values import example_value
from clacks_monitor.forms.value_fields import AnyAttributes, GapText, RawXml
from tests.conformance.forms import cannot_be_written, judge, load, objections, round_trip
from tests.conformance.pairing import Instance
from tests.helpers.small_schemas import can_undo

if TYPE_CHECKING:
    from random import Random

    from clacks_monitor.forms import FormField
    from clacks_monitor.forms.schema_set import SchemaSet

SCHEMAS = Path(__file__).parents[2] / "conformance" / "schemas"
DEPTH, FIELDS = 6, 200


@lru_cache(maxsize=1)
def elements() -> list[tuple[SchemaSet, str]]:
    """Every concrete global element of our own schemas."""
    found = []
    for path in sorted(SCHEMAS.glob("*.xsd")):
        schema = load(path, [SCHEMAS])
        assert not isinstance(schema, ValidationIssue)
        components = schema.components()
        assert not isinstance(components, ValidationIssue)
        for qname in components.element_names():
            spec = components.element(qname)
            if spec is not None and not spec.abstract:
                found.append((schema, qname))
    return found


def shake(form: Form, field: FormField, random: Random, depth: int, left: list[int]) -> None:
    """Switch parts on and off, repeat, choose, and go into what is there."""
    left[0] -= 1
    if depth > DEPTH or left[0] < 0:
        return
    if isinstance(field, Repeat):
        _repeat(form, field, random)
    elif field.optional and not isinstance(field, AnyAttributes) and _possible(form, field):
        field.present = random.random() < 0.6
    if isinstance(field, Choice) and field.present:
        finite = [index for index, item in enumerate(field.particle.items) if form.costs.finite(item)]
        field.selected = random.choice(finite) if finite else None
    if isinstance(field, ElementField) and field.present:
        field.variant = random.randrange(len(field.variants))
        field.nil = field.nillable and field.element.fixed is None and random.random() < 0.2
    for child in field.children if field.present else ():
        shake(form, child, random, depth + isinstance(child, ElementField), left)


def _repeat(form: Form, field: Repeat, random: Random) -> None:
    most = field.minimum + 2 if field.maximum is None else min(field.minimum + 2, field.maximum)
    wanted = random.randint(field.minimum, most)
    while len(field.items) < wanted and _possible(form, field.add()):
        pass
    while len(field.items) > wanted or (field.items and not _possible(form, field.items[-1])):
        field.remove(len(field.items) - 1)
    if len(field.items) > 1:
        field.move(0, random.randrange(len(field.items)))


def _possible(form: Form, field: FormField) -> bool:
    """Whether a value is to be had: some patterns of a real schema allow none."""
    if isinstance(field, RawXml):
        return field.wildcard is None or bool(wildcard_example(form.schema, field.wildcard))
    if isinstance(field, ElementField):
        return not form.costs.endless(field.element)
    return not isinstance(field, ValueField) or field.spec is None or example_value(field.spec) is not None


def give_values(form: Form, random: Random) -> None:
    """Give every leaf one of its type's example values, where no key or reference binds it."""
    fill(form)
    if any(isinstance(item, ElementField) and item.element.identities for item in form.root.walk()):
        return
    for item in list(form.root.walk()):
        bound = isinstance(item, RawXml | AnyAttributes | GapText)
        if isinstance(item, ValueField) and item.present and item.spec is not None and item.fixed is None and not bound:
            value = example_value(item.spec, random.randrange(6))
            if value is not None and item.spec.builtin not in {"ID", "IDREF", "IDREFS"}:
                item.value = value


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_whatever_a_form_holds_is_valid_and_comes_back(index: int, random: Random) -> None:
    schema, qname = elements()[index % len(elements())]
    form = Form.for_element(schema, qname)
    began = form.to_xml()
    with form.edits.step(None, structure=True):
        shake(form, form.root, random, 0, [FIELDS])
        give_values(form, random)
    assume(not cannot_be_written(form))
    made = form.to_xml()
    verdict = judge(schema, made)
    assert verdict.libxml2 is None, f"{verdict}\n{made.decode()}"
    instance = Instance(Path(), made, qname, wrapped=False, hints=frozenset())
    assert round_trip(schema, instance) is None
    assert objections(schema, instance) is None
    if can_undo(form):
        form.edits.undo()
        assert form.to_xml() == began
        form.edits.redo()
    assert form.to_xml() == made
