"""The files of a package as parsed modules."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file: ``name`` is dotted, ``path`` relative to the checkout."""

    name: str
    path: str
    text: str
    is_package: bool

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text, self.path)

    @property
    def top(self) -> str:
        """The package directly below the root package that the file is in; a module there is one of its own."""
        return self.name.partition(".")[2].partition(".")[0]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found, and what."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        """Return the place as editors and terminals make a link of it."""
        return f"{self.path}:{self.line} {self.what}"


def modules(root: Path, package: str) -> list[Module]:
    """Return every written module below a folder of the checkout ``root``, in the order of their paths."""
    found = []
    generated = root / "clacks_monitor" / "gui" / "ui"
    for path in sorted((root / package).rglob("*.py")):
        if path.parent == generated:
            continue
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(name, path.relative_to(root).as_posix(), text, is_package))
    return found


def functions(module: Module) -> Iterator[Function]:
    """Yield every function and method of a module, nested ones too."""
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def classes(module: Module) -> Iterator[ast.ClassDef]:
    """Yield every class of a module, nested ones too."""
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))
