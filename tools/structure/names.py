"""The names that a package defines, and the words that they are made of."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.structure.source import Function, Module

Kind = Literal["module", "class", "function", "parameter", "attribute", "local"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it is defined; ``full`` is dotted. A module's variables are attributes, too."""

    kind: Kind
    full: str
    path: str
    line: int

    @property
    def text(self) -> str:
        """The name itself."""
        return self.full.rpartition(".")[2]


def words(text: str) -> tuple[str, ...]:
    """Return the words of a name in snake_case or CamelCase, in small letters."""
    return tuple(word.lower() for word in _WORD.findall(text))


class _Collector(ast.NodeVisitor):
    """Walks a module, with the dotted name of what it is in."""

    def __init__(self, module: Module) -> None:
        self._path = module.path
        self._inside: list[tuple[Kind, str]] = [("module", module.name)]
        self.names: dict[tuple[Kind, str], Name] = {}
        if "." in module.name:
            self._add("module", module.name, 1)

    def _add(self, kind: Kind, full: str, line: int) -> None:
        """Note a name where it is first seen; Python's own, such as ``__init__``, are not the package's."""
        if not full.rpartition(".")[2].startswith("__"):
            self.names.setdefault((kind, full), Name(kind, full, self._path, line))

    def _within(self, kind: Kind, node: ast.AST, name: str) -> None:
        """Walk what is inside a class or function."""
        self._inside.append((kind, f"{self._inside[-1][1]}.{name}"))
        self.generic_visit(node)
        self._inside.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Note a class."""
        self._add("class", f"{self._inside[-1][1]}.{node.name}", node.lineno)
        self._within("class", node, node.name)

    def visit_FunctionDef(self, node: Function) -> None:
        """Note a function or method."""
        self._add("function", f"{self._inside[-1][1]}.{node.name}", node.lineno)
        self._within("function", node, node.name)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Note a coroutine."""
        self.visit_FunctionDef(node)

    def visit_arg(self, node: ast.arg) -> None:
        """Note a parameter."""
        self._add("parameter", f"{self._inside[-1][1]}.{node.arg}", node.lineno)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """Note what is assigned to: a variable of a function, or an attribute of a class or module."""
        if isinstance(node.ctx, ast.Store):
            kind, inside = self._inside[-1]
            self._add("local" if kind == "function" else "attribute", f"{inside}.{node.id}", node.lineno)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Note the name of a caught exception."""
        if node.name:
            self._add("local", f"{self._inside[-1][1]}.{node.name}", node.lineno)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Note what a method assigns to its own object."""
        owner = next((full for kind, full in reversed(self._inside) if kind == "class"), "")
        if isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name) and node.value.id == "self" and owner:
            self._add("attribute", f"{owner}.{node.attr}", node.lineno)
        self.generic_visit(node)


def names(modules: Sequence[Module]) -> Iterator[Name]:
    """Yield each name once for what it is defined in: a parameter for its function, an attribute for its class."""
    for module in modules:
        collector = _Collector(module)
        collector.visit(module.tree)
        yield from collector.names.values()
