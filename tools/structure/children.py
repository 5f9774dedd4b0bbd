"""Classes cut in two by inheritance: a base class with one child, of which no object is made.

Bases are followed by name through the imports of the package, also through the front of a package that imports them
again. Abstract classes, protocols, enumerations and exceptions are meant to be bases and do not count.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tools.structure.imports import absolute
from tools.structure.source import Module, Place, classes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MEANT_AS_BASE = re.compile(r"ABC|ABCMeta|Protocol|Generic|\w*(Enum|Flag)|\w*(Exception|Error|Warning)|BaseException")


class Package:
    """The classes of a package by dotted name, and what a name in a module stands for."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self.classes: dict[str, tuple[Module, ast.ClassDef]] = {}
        self._imported: dict[str, str] = {}
        for module in modules:
            for node in classes(module):
                self.classes[f"{module.name}.{node.name}"] = (module, node)
            for statement in ast.walk(module.tree):
                self._learn(module, statement)

    def _learn(self, module: Module, statement: ast.AST) -> None:
        """Note what the names of an import statement stand for in a module."""
        if isinstance(statement, ast.ImportFrom):
            source = absolute(module, statement)
            for alias in statement.names:
                self._imported[f"{module.name}.{alias.asname or alias.name}"] = f"{source}.{alias.name}"
        elif isinstance(statement, ast.Import):
            for alias in statement.names:
                if alias.asname:
                    self._imported[f"{module.name}.{alias.asname}"] = alias.name

    def resolved(self, module: Module, expression: ast.expr) -> str:
        """Return the dotted name of what an expression names in a module, "" where it is not a name."""
        if isinstance(expression, ast.Subscript):
            return self.resolved(module, expression.value)
        if isinstance(expression, ast.Attribute):
            owner = self.resolved(module, expression.value)
            return owner and self._followed(f"{owner}.{expression.attr}")
        return self._followed(f"{module.name}.{expression.id}") if isinstance(expression, ast.Name) else ""

    def _followed(self, name: str) -> str:
        """Return what a dotted name stands for at the end of a chain of imports."""
        seen: set[str] = set()
        while name in self._imported and name not in self.classes and name not in seen:
            seen.add(name)
            name = self._imported[name]
        return name

    def bases(self, name: str) -> Iterator[str]:
        """Yield the dotted names of the bases and the metaclass of a class of the package."""
        module, node = self.classes[name]
        for expression in [*node.bases, *(keyword.value for keyword in node.keywords)]:
            yield self.resolved(module, expression)

    def is_meant_as_base(self, name: str) -> bool:
        """Tell whether a class is, or inherits from, one of the kinds that are made to be inherited from."""
        if name not in self.classes:
            return bool(_MEANT_AS_BASE.fullmatch(name.rpartition(".")[2]))
        return any(self.is_meant_as_base(base) for base in self.bases(name) if base != name)


def _made(package: Package, modules: Sequence[Module]) -> set[str]:
    """Return the classes of which an object is made: called by name, or asked by name for one."""
    found = set()
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                found.add(package.resolved(module, node.func))
                if isinstance(node.func, ast.Attribute) and not node.func.attr.startswith("__"):
                    found.add(package.resolved(module, node.func.value))
    return found & package.classes.keys()


def one_child(modules: Sequence[Module]) -> list[Place]:
    """Return the base classes with exactly one child, of which no object is made."""
    package = Package(modules)
    children = defaultdict(list)
    for name in package.classes:
        for base in package.bases(name):
            children[base].append(name)
    made = _made(package, modules)
    found = []
    for name, (module, node) in package.classes.items():
        if len(children[name]) == 1 and name not in made and not package.is_meant_as_base(name):
            other, child = package.classes[children[name][0]]
            found.append(Place(module.path, node.lineno, f"{node.name} < {child.name} ({other.path}:{child.lineno})"))
    return found
