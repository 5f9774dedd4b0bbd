"""The compile-time environment: variable slots, functions, namespaces in force.

Owner: xquery. Thread: the one that compiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.datamodel.types import ATOMIC, is_known_type
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.namespaces import XS_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clacks_monitor.xquery.datamodel.functions import Function
    from clacks_monitor.xquery.environment import Environment
    from clacks_monitor.xquery.evaluation.frame import Code, Frame, Stream, Test
    from clacks_monitor.xquery.parsing.static_context import StaticContext

    MakeFunction = Callable[[Frame], Function]


class Compiler:
    """Turns expressions into closures; the handlers per kind of expression are given to it.

    ``tests`` are for those kinds whose truth can be found without their whole value. ``finder`` finds functions
    that are named where they are not called, ``streamer`` the streams of expressions over a collection.
    """

    def __init__(
        self,
        static: StaticContext,
        handlers: Mapping[type, Callable[[Compiler, s.Expr], Code]],
        tests: Mapping[type, Callable[[Compiler, s.Expr], Test]],
        finder: Callable[[Compiler, s.Name, int], MakeFunction | None],
        streamer: Callable[[Compiler, s.Expr], Stream | None],
        environment: Environment | None = None,
    ) -> None:
        self.static = static
        self.namespaces: dict[str, str] = static.namespaces
        self.default_element = static.default_element
        self.handlers = handlers
        self.tests = tests
        self._finder = finder
        self._streamer = streamer
        self.environment = environment
        self.scope: dict[s.Name, int] = {}
        self.slots = 0
        self.direct: dict[str, str] = {}
        self.globals: dict[s.Name, s.VariableDeclaration] = {}
        self.visible_globals: set[s.Name] = set()
        self.functions: dict[tuple[s.Name, int], UserFunction] = {}
        self.tail: s.FunctionDeclaration | None = None
        self.orders: dict[int, tuple[s.Expr, tuple[bool, bool]]] = {}
        """The order of paths by the identity of their nodes; with the nodes, which keeps them alive."""

    def compile(self, node: s.Expr, *, tail: s.FunctionDeclaration | None = None) -> Code:
        """The closure of an expression; ``tail`` is the function whose result it is, if it is one's."""
        outer, self.tail = self.tail, tail
        made = self.handlers[type(node)](self, node)
        self.tail = outer
        return made

    def stream(self, node: s.Expr) -> Stream | None:
        """The generator of an expression's items, where they come one by one from the default collection."""
        return None if self.environment is None else self._streamer(self, node)

    def bind(self, name: s.Name) -> int:
        """A new slot for a variable; it hides others of the same name until restored."""
        slot = self.slots
        self.slots += 1
        self.scope = {**self.scope, name: slot}
        return slot

    def function_item(self, name: s.Name, arity: int) -> MakeFunction | None:
        """A closure that makes the function item for name#arity in a frame, None if there is none."""
        return self._finder(self, name, arity)

    def check_type(self, wanted: s.SequenceType | None, at: int) -> None:
        """XPST0051 for unknown types inside a sequence type."""
        if wanted is not None and wanted.item is not None:
            self._check_item(wanted.item, at)

    def _check_item(self, item: s.ItemTest, at: int) -> None:
        match item:
            case s.AtomicTest(name):
                if name.uri != XS_NS or (name.local not in ATOMIC and name.local != "error"):
                    raise QueryError("XPST0051", Message("The type {0} is not known.", name), at=at)
            case s.FunctionTest(arguments, result):
                for wanted in (*(arguments or ()), result):
                    self.check_type(wanted, at)
            case s.MapTest(key, value):
                if key is not None:
                    self._check_item(key, at)
                self.check_type(value, at)
            case s.ArrayTest(member):
                self.check_type(member, at)
            case _:
                pass

    def atomic_type(self, name: s.Name, at: int) -> str:
        """The local name of a type to cast to."""
        if name.uri != XS_NS or not is_known_type(name.local) or name.local in _LISTS_AND_COMPLEX:
            if name.uri == XS_NS and name.local in ("NMTOKENS", "IDREFS", "ENTITIES"):
                return name.local
            code = "XQST0052"
            raise QueryError(code, Message("The type {0} is not known.", name), at=at)
        if name.local in ("NOTATION", "anyAtomicType", "anySimpleType"):
            raise QueryError("XPST0080", Message("Nothing can be cast to {0}.", name), at=at)
        return name.local


_LISTS_AND_COMPLEX = frozenset(("anyType", "untyped", "NMTOKENS", "IDREFS", "ENTITIES"))


class UserFunction:
    """A declared function; its body is compiled after all declarations are known."""

    __slots__ = ("body", "declaration", "size")

    def __init__(self, declaration: s.FunctionDeclaration) -> None:
        self.declaration = declaration
        self.body: Code | None = None
        self.size = 0
