"""The table of built-in functions: signatures as F&O 3.1 writes them, and how they are called.

Owner: xquery. Thread: any; the table is filled once, when the modules of functions are imported,
and never changes afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from clacks_monitor.xquery import namespaces as ns
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.evaluation.conversion import convert
from clacks_monitor.xquery.evaluation.frame import EMPTY, Frame, Items
from clacks_monitor.xquery.parsing.expressions import parser_of
from clacks_monitor.xquery.parsing.names import eqname
from clacks_monitor.xquery.parsing.types import sequence_type

if TYPE_CHECKING:
    from clacks_monitor.xquery.datamodel.functions import Function

_NAMESPACES = {"fn": ns.FN_NS, "math": ns.MATH_NS, "map": ns.MAP_NS, "array": ns.ARRAY_NS}
Call = Callable[[Frame, list[Items]], Items]


class CallSite(Protocol):
    """The static context of a call, as far as functions need it: namespaces and functions in scope."""

    namespaces: dict[str, str]

    def function_item(self, name: s.Name, arity: int) -> Callable[[Frame], Function] | None:
        """A closure that makes the function item for name#arity in a frame, None if there is none."""


@dataclass(slots=True, eq=False)
class Builtin:
    """One built-in function; ``least`` is its smallest arity.

    ``focus``: with one argument less than it has parameters, the last one is the context item.
    ``implementation`` takes the frame and the converted arguments: those of at most one item come
    as the item or None, others as sequences. With ``needs_site`` it takes the call site and returns that.
    """

    name: s.Name
    signature: str
    types: tuple[s.SequenceType, ...]
    result: s.SequenceType
    least: int
    focus: bool
    implementation: Callable[..., Any]
    variadic: bool = False
    needs_site: bool = False

    def parameters(self, arity: int) -> tuple[s.SequenceType, ...]:
        """The parameter types when called with this many arguments."""
        if self.variadic:
            return (self.types + self.types[-1:] * arity)[:arity]
        return self.types[:arity]

    def bind(self, site: CallSite, arity: int) -> Call:
        """The function that calls the implementation with converted sequences."""
        single = [t.occurrence in ("", "?") for t in self.parameters(arity)]
        do = self.implementation
        if self.needs_site:
            do = do(site)
        with_focus = self.focus and arity == len(self.types) - 1
        last = self.types[-1] if with_focus else None
        many = last is not None and last.occurrence in ("*", "+")

        if last is None and single == [True]:
            return _with_one_item(do)

        alone = [i for i, one in enumerate(single) if one]

        def call(f: Frame, given: list[Items]) -> Items:
            arguments: list[Any] = given
            for i in alone:
                a = arguments[i]
                arguments[i] = a[0] if a else None
            if last is not None:
                found = convert((f.context(),), last)
                arguments.append(found if many else found[0] if found else None)
            made = do(f, *arguments)
            if made is None:
                return EMPTY
            return made if isinstance(made, (list, tuple, range)) else (made,)

        return call


def _with_one_item(do: Callable[..., Any]) -> Call:
    """The usual case, in short: one argument of one item at most."""

    def call(f: Frame, given: list[Items]) -> Items:
        first = given[0]
        made = do(f, first[0] if first else None)
        if made is None:
            return EMPTY
        return made if isinstance(made, (list, tuple, range)) else (made,)

    return call


TABLE: dict[tuple[str, str], Builtin] = {}


def function(
    signature: str, *, least: int | None = None, focus: bool = False, variadic: bool = False, needs_site: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an implementation for a signature like ``fn:abs($arg as xs:numeric?) as xs:numeric?``."""

    def declare(implementation: Callable[..., Any]) -> Callable[..., Any]:
        name, types, result = _parsed(signature)
        smallest = len(types) - (1 if focus else 0) if least is None else least
        TABLE[name.uri, name.local] = Builtin(
            name, signature, types, result, smallest, focus, implementation, variadic, needs_site
        )
        return implementation

    return declare


def declared(signature: str, implementation: Callable[..., Any], namespaces: Mapping[str, str]) -> Builtin:
    """Return a function that is not built in; where its last parameter is a node, that may be the context item."""
    name, types, result = _parsed(signature, namespaces)
    focus = bool(types) and isinstance(types[-1].item, s.KindTest)
    return Builtin(name, signature, types, result, len(types) - focus, focus, implementation)


def _parsed(
    text: str, namespaces: Mapping[str, str] | None = None
) -> tuple[s.Name, tuple[s.SequenceType, ...], s.SequenceType]:
    p = parser_of(text)
    p.static.namespaces.update(namespaces or {})
    name = eqname(p, ns.FN_NS)
    types = []
    p.expect("(")
    while not p.accept(")"):
        p.expect("$")
        p.ncname()
        p.expect_keywords("as")
        types.append(sequence_type(p))
        p.accept(",")
    p.expect_keywords("as")
    return name, tuple(types), sequence_type(p)


@lru_cache(maxsize=1)
def table() -> dict[tuple[str, str], Builtin]:
    """All built-in functions by namespace and local name."""
    from clacks_monitor.xquery import library  # 140 ms, for the first call; it imports this module

    library.load()
    return TABLE


def find_builtin(name: s.Name, arity: int) -> Builtin | None:
    """The built-in function with this name and arity, or None."""
    found = table().get((name.uri, name.local))
    if found is None or arity < found.least or (arity > len(found.types) and not found.variadic):
        return None
    return found


def signatures() -> Sequence[str]:
    """The signatures of all built-in functions, for the editor."""
    return [b.signature for b in table().values()]
