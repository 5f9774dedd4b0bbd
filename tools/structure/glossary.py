"""The words that names are not made of, from glossary.txt, which describes its own form."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from tools.structure.names import KINDS, Name, words
from tools.structure.source import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GLOSSARY = Path(__file__).with_name("glossary.txt")


class GlossaryError(ValueError):
    """A line of the glossary cannot be read."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word to replace: where it counts, what to use instead, and the names in which it is right."""

    pattern: str
    kind: str
    instead: str
    exceptions: tuple[str, ...] = ()

    def matches(self, name: Name) -> bool:
        """Tell whether a name holds the word."""
        if self.kind not in {"", name.kind} or any(fnmatchcase(f".{name.full}", f"*.{own}") for own in self.exceptions):
            return False
        if self.pattern.startswith("="):
            return name.text.lstrip("_") == self.pattern[1:]
        mine, its = words(self.pattern), words(name.text)
        at = [start for start in range(len(its) - len(mine) + 1) if its[start : start + len(mine)] == mine]
        if self.pattern.startswith("*_"):
            return len(its) - len(mine) in at and len(its) > len(mine)
        if self.pattern.endswith("_*"):
            return 0 in at and len(its) > len(mine)
        return bool(at)


def _terms_of(line: str) -> list[Term]:
    """Return the terms of one line of the glossary."""
    left, arrow, right = line.partition("->")
    instead, _, own = right.partition(";")
    exceptions = own.strip().removeprefix("except ")
    if not arrow or not left.strip() or not instead.strip():
        raise GlossaryError(f"{line!r} has not the form: [kind] word, [kind] word -> use instead [; except name, name]")
    kept = tuple(name.strip() for name in exceptions.split(",") if name.strip())
    found = []
    for pattern in left.split(","):
        kind, _, word = pattern.strip().rpartition(" ")
        if kind not in {"", *KINDS} or not words(word):
            raise GlossaryError(f"{line!r}: {pattern.strip()!r} is not a word, or a kind and a word")
        found.append(Term(word, kind, instead.strip(), kept))
    return found


def terms(text: str) -> list[Term]:
    """Return the terms of the glossary's text."""
    rows = (line.strip() for line in text.splitlines())
    return [term for row in rows if row and not row.startswith("#") for term in _terms_of(row)]


def hits(names: Iterable[Name], glossary: Sequence[Term]) -> list[Place]:
    """Return the names that hold a word of the glossary, each once, with what to use instead."""
    found = []
    for name in names:
        term = next((term for term in glossary if term.matches(name)), None)
        if term:
            found.append(Place(name.path, name.line, f"{name.kind} {name.text}: {term.pattern} -> {term.instead}"))
    return found
