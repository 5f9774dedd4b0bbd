"""What a query finds beyond an event: functions, prefixes and variables that are declared for it.

Owner: the compiler of such queries. Thread: any; the values are frozen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.library.table import declared
from clacks_monitor.xquery.namespaces import XS_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from clacks_monitor.xquery.library.table import Builtin
    from clacks_monitor.xquery.parsing.module import Parsed


@dataclass(frozen=True, slots=True)
class Environment:
    """``functions`` by namespace and local name; ``variables``: external ones with the local names of their types.

    ``labels`` says which labels of documents a condition allows, None where any: what a collection finds them by.
    """

    namespaces: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[tuple[str, str], Builtin] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    labels: Callable[[s.Expr, s.Expr], frozenset[str] | None] = lambda _condition, _document: None

    @property
    def truths(self) -> frozenset[s.Name]:
        """The names of functions whose results are strings or booleans, at most one."""
        wanted = {s.AtomicTest(s.Name(XS_NS, name)) for name in ("string", "boolean")}
        return frozenset(one.name for one in self.functions.values() if one.result.item in wanted)

    def declarations(self, parsed: Parsed) -> tuple[s.VariableDeclaration, ...]:
        """Return the declarations of the variables, without those that the query declares itself."""
        own = {variable.name for variable in parsed.module.variables}
        declared_ones = (
            s.VariableDeclaration(s.Name("", name), _one_or_none(type_name), None, external=True, at=0)
            for name, type_name in self.variables.items()
        )
        return tuple(one for one in declared_ones if one.name not in own)


def _one_or_none(type_name: str) -> s.SequenceType:
    return s.SequenceType(s.AtomicTest(s.Name(XS_NS, type_name, "xs")), "?")


def functions_of(
    prefix: str, uri: str, implementations: Iterable[tuple[str, Callable[..., object]]]
) -> dict[tuple[str, str], Builtin]:
    """Return functions from their signatures, whose names have this prefix.

    One that is declared for a node takes the context item where the node is left out.
    """
    made = [declared(signature, do, {prefix: uri}) for signature, do in implementations]
    return {(one.name.uri, one.name.local): one for one in made}


NO_ENVIRONMENT = Environment()
