"""Queries in the languages of brokers without XQuery. Thread: any; immutable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PropertyTest:
    """Whether the property ``name`` is a text equal to ``text``, or begins with it for a ``prefix``."""

    name: str
    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class PortableQuery:
    """One query in several languages; of each there is nothing where the query has no such form.

    ``xpath`` is XPath 1.0 without prefixes, with the same value. ``property_tests`` are the query if all pass.
    ``property_sql`` is a condition on properties that is true for each event that matches, and may be for others, in
    the language of AMQP Filter Expressions 1.0.
    """

    xpath: str = ""
    property_tests: tuple[PropertyTest, ...] = ()
    property_sql: str = ""


NOT_PORTABLE: Final = PortableQuery()
