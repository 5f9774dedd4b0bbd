"""A query's text through all its phases: what a Query is made of.

Owner: query, which imports this module with the first query: parser, compiler and translation take 130 ms of processor
time to load. Thread: any; pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.portable_query import PortableQuery
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.analysis import refusal_of, requirements_of
from clacks_monitor.xquery.compiling.module import compile_module
from clacks_monitor.xquery.fastpath.build import build
from clacks_monitor.xquery.fastpath.portable import portable_xpath
from clacks_monitor.xquery.fastpath.property_sql import property_sql
from clacks_monitor.xquery.fastpath.property_tests import property_tests
from clacks_monitor.xquery.parsing.module import parse
from clacks_monitor.xquery.splitting.split import named, split

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.xquery.environment import Environment
    from clacks_monitor.xquery.fastpath import FastQuery
    from clacks_monitor.xquery.fastpath.xpath import NotProvableError
    from clacks_monitor.xquery.splitting.split import Split


@dataclass(frozen=True, slots=True)
class Parameter:
    """An external variable without a namespace: the local name of its atomic type, and whether it needs a value."""

    name: str
    type: str
    required: bool


class CompiledText:
    """The text of a query, parsed and compiled; raises QueryError."""

    __slots__ = ("_environment", "_module", "_parsed", "program", "refusal", "requirements", "text")

    def __init__(self, text: str, namespaces: Mapping[str, str] | None, environment: Environment | None = None) -> None:
        known = environment.namespaces if environment is not None else {}
        parsed = parse(text, namespaces={**known, **(namespaces or {})})
        self.text = text
        self.program = compile_module(parsed, environment)
        self.requirements = requirements_of(parsed)
        self.refusal = refusal_of(parsed)
        self._module = parsed.module
        self._parsed, self._environment = parsed, environment

    def fast(self) -> FastQuery | NotProvableError:
        """Return the query on the fast path, or the reason why it cannot take it."""
        return build(self._module, self.text, needs_body=self.requirements.body)

    def externals(self, variables: Mapping[str, Sequence[object]]) -> dict[s.Name, Sequence[object]]:
        """Return the values of external variables by their names, which have no namespace."""
        return named(variables)

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the external variables that the query declares, in its order."""
        return tuple(
            Parameter(v.name.local, _atomic_name(v.type), v.value is None)
            for v in self._module.variables
            if v.external and not v.name.uri
        )

    def split(self) -> Split | None:
        """Return the query in parts, for parts of a collection; None where it can only be evaluated as a whole."""
        return None if self._environment is None else split(self._parsed, self._environment)

    def portable(self) -> PortableQuery:
        """Return the query in the languages of brokers, as far as it has such forms."""
        module, text = self._module, self.text
        return PortableQuery(portable_xpath(module, text), property_tests(module, text), property_sql(module, text))


def _atomic_name(wanted: s.SequenceType | None) -> str:
    item = None if wanted is None else wanted.item
    return item.name.local if isinstance(item, s.AtomicTest) else "string"
