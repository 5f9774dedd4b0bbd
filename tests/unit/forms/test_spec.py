"""Content models as plain values: what they may begin with, hold, and whether they may be empty."""

from __future__ import annotations

from typing import Literal

import pytest

from clacks_monitor.forms import ValidationIssue
from clacks_monitor.forms.spec import GroupParticle, Particle, WildcardParticle
from tests.helpers.small_schemas import NS, complex_type, schema_of


def wild(name: str, minimum: int = 1, maximum: int | None = 1) -> WildcardParticle:
    return WildcardParticle(name.__eq__, "", "skip", minimum, maximum)


A, B, OPTIONAL = wild("a"), wild("b"), wild("o", 0)
Model = Literal["sequence", "choice", "all"]


def group(model: Model, *items: Particle, minimum: int = 1) -> GroupParticle:
    return GroupParticle(model, items, minimum, 1)


@pytest.mark.parametrize(
    ("particle", "emptiable", "starts"),
    [
        (A, False, "a"),
        (OPTIONAL, True, "o"),
        (group("sequence", A, B), False, "a"),
        (group("sequence", OPTIONAL, B), False, "ob"),
        (group("sequence", OPTIONAL), True, "o"),
        (group("sequence"), True, ""),
        (group("sequence", A, minimum=0), True, "a"),
        (group("choice", A, B), False, "ab"),
        (group("choice", A, OPTIONAL), True, "ao"),
        (group("choice"), False, ""),
        (group("choice", minimum=0), True, ""),
        (group("choice", A, minimum=0), True, "a"),
        (group("all", A, OPTIONAL), False, "ao"),
        (group("all", OPTIONAL), True, "o"),
        (group("all", B, A), False, "ab"),
    ],
)
def test_what_a_particle_begins_with_and_whether_it_may_be_empty(
    particle: Particle, emptiable: bool, starts: str
) -> None:
    assert particle.emptiable is emptiable
    assert {name for name in "abo" if particle.starts(name)} == set(starts)


def test_a_group_mentions_what_it_does_not_begin_with() -> None:
    both = group("sequence", A, group("choice", B, OPTIONAL))
    assert [both.mentions(name) for name in "abox"] == [True, True, True, False]


@pytest.mark.parametrize(
    ("content", "mixed", "free"),
    [
        ('<xs:element name="a" minOccurs="0" maxOccurs="unbounded"/>', "true", True),
        ('<xs:element name="a" minOccurs="0" maxOccurs="unbounded"/>', "false", False),
        ('<xs:element name="a" minOccurs="1" maxOccurs="unbounded"/>', "true", False),
        ('<xs:element name="a" minOccurs="0" maxOccurs="9"/>', "true", False),
        ('<xs:element name="a" minOccurs="0"/>', "true", False),
        ("", "true", True),
        ("", "false", False),
    ],
)
def test_prose_is_what_mixes_text_with_elements_that_may_come_any_time(content: str, mixed: str, free: bool) -> None:
    components = schema_of(complex_type(content, mixed=mixed)).components()
    assert not isinstance(components, ValidationIssue)
    spec = components.element(f"{{{NS}}}r")
    assert spec is not None
    assert spec.type.free_text is free
