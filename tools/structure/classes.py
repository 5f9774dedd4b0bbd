"""Classes with many methods, and class names that mean more than one class."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

from tools.structure.source import Function, Module, Place, classes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_METHODS = 15


def _members(body: Sequence[ast.stmt]) -> Iterator[Function]:
    """Yield the functions of a class's body, those below an ``if`` or ``try`` there too."""
    for statement in body:
        if isinstance(statement, Function):
            yield statement
        elif isinstance(statement, ast.If):
            yield from _members([*statement.body, *statement.orelse])
        elif isinstance(statement, ast.Try):
            yield from _members([*statement.body, *statement.orelse, *statement.finalbody])


def methods(node: ast.ClassDef) -> set[str]:
    """Return the names of a class's methods: a property with its setter, or an overload, is one."""
    return {member.name for member in _members(node.body)}


def wide_classes(modules: Sequence[Module]) -> list[Place]:
    """Return the classes with more than ``MOST_METHODS`` methods, the widest first."""
    found = [
        (len(methods(node)), Place(module.path, node.lineno, f"{node.name} has {len(methods(node))} methods"))
        for module in modules
        for node in classes(module)
        if len(methods(node)) > MOST_METHODS
    ]
    return [place for _, place in sorted(found, key=lambda pair: -pair[0])]


def number_of_classes(modules: Sequence[Module]) -> int:
    """Return how many classes there are."""
    return sum(1 for module in modules for _ in classes(module))


def _by_name(modules: Sequence[Module]) -> dict[str, list[tuple[Module, ast.ClassDef]]]:
    """Return the classes of each name."""
    found = defaultdict(list)
    for module in modules:
        for node in classes(module):
            found[node.name].append((module, node))
    return dict(sorted(found.items()))


def _places(name: str, defined: Sequence[tuple[Module, ast.ClassDef]]) -> Place:
    """Return one place for all the classes of a name."""
    module, node = defined[0]
    others = ", ".join(f"{other.path}:{its.lineno}" for other, its in defined[1:])
    return Place(module.path, node.lineno, f"{name}, also in {others}")


def shared_names(modules: Sequence[Module]) -> list[Place]:
    """Return the class names defined in more than one package directly below the root package."""
    return [
        _places(name, defined)
        for name, defined in _by_name(modules).items()
        if len({module.top for module, _ in defined}) > 1
    ]


def repeated_names(modules: Sequence[Module]) -> list[Place]:
    """Return the class names defined more than once, in whatever package."""
    return [_places(name, defined) for name, defined in _by_name(modules).items() if len(defined) > 1]
