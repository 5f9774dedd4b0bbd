"""Tests of properties, for brokers that evaluate those and not the body. Thread: any; immutable."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PropertyTest:
    """Whether the property ``name`` is a text equal to ``text``, or begins with it for a ``prefix``."""

    name: str
    text: str
    prefix: bool = False
