"""A query's text through all its phases: what a Query is made of.

Owner: query, which imports this module with the first query: parser, compiler and translation take 130 ms of processor
time to load. Thread: any; pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery.compiling.analysis import refusal_of, requirements_of
from clacks_monitor.xquery.compiling.module import compile_module
from clacks_monitor.xquery.fastpath.build import build
from clacks_monitor.xquery.fastpath.portable import portable_xpath
from clacks_monitor.xquery.fastpath.property_tests import property_tests
from clacks_monitor.xquery.parsing.module import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.core.property_test import PropertyTest
    from clacks_monitor.xquery.fastpath import FastQuery
    from clacks_monitor.xquery.fastpath.xpath import NotProvableError


class CompiledText:
    """The text of a query, parsed and compiled; raises QueryError."""

    __slots__ = ("_module", "program", "refusal", "requirements", "text")

    def __init__(self, text: str, namespaces: Mapping[str, str] | None) -> None:
        parsed = parse(text, namespaces=namespaces)
        self.text = text
        self.program = compile_module(parsed)
        self.requirements = requirements_of(parsed)
        self.refusal = refusal_of(parsed)
        self._module = parsed.module

    def fast(self) -> FastQuery | NotProvableError:
        """Return the query on the fast path, or the reason why it cannot take it."""
        return build(self._module, self.text, needs_body=self.requirements.body)

    def property_tests(self) -> tuple[PropertyTest, ...]:
        """Return the query as tests of properties, none where it is something else."""
        return property_tests(self._module, self.text)

    def portable_xpath(self) -> str:
        """Return the query as XPath 1.0 for other processors, "" where that is not possible."""
        return portable_xpath(self._module, self.text)
