"""All figures of a checkout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.structure import children, classes, comments, glossary, imports, lengths
from tools.structure.names import names
from tools.structure.source import Module, Place, modules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tools.structure.glossary import Term

PACKAGE = "clacks_monitor"
BESIDE = ("tests", "tools", "benchmarks")
"""The folders whose excuses count, too."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, and the places that it counts."""

    name: str
    title: str
    value: float
    places: tuple[Place, ...] = ()
    unit: str = ""

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return f"{self.value:,g}{self.unit}" if self.value < 1 or self.unit else f"{self.value:,.0f}"


def _counted(name: str, title: str, places: Iterable[Place]) -> Figure:
    """Return the figure that counts places."""
    kept = tuple(places)
    return Figure(name, title, len(kept), kept)


def _of_imports(package: Sequence[Module]) -> list[Figure]:
    """Return the figures of imports."""
    inside = imports.imports_in_functions(package)
    files = {place.path: place for place in inside}
    return [
        _counted("cycles", "import cycles between files", imports.cycles(package)),
        _counted("cycle_files", "files in cycles", imports.files_in_cycles(package)),
        _counted("function_imports", "imports inside functions", inside),
        Figure("function_import_files", "files with imports inside functions", len(files)),
    ]


def _of_comments(every: Sequence[Module]) -> list[Figure]:
    """Return the figures of comments that switch a lint rule off."""
    excuses = comments.noqa(every)
    return [
        _counted("noqa", "noqa comments", excuses),
        _counted("noqa_without_reason", "noqa comments without a reason", comments.without_reason(excuses)),
    ]


def _of_classes(package: Sequence[Module]) -> list[Figure]:
    """Return the figures of classes."""
    wide = tuple(classes.wide_classes(package))
    share = round(100 * len(wide) / max(1, classes.number_of_classes(package)), 1)
    return [
        Figure("wide_classes", f"classes with more than {classes.MOST_METHODS} methods", share, wide, " %"),
        _counted("shared_class_names", "class names in more than one package", classes.shared_names(package)),
        _counted("repeated_class_names", "class names defined more than once", classes.repeated_names(package)),
        _counted("one_child", "base classes with one child", children.one_child(package)),
    ]


def _of_names(package: Sequence[Module], terms: Sequence[Term]) -> list[Figure]:
    """Return the figures of the glossary."""
    every = list(names(package))
    outer = glossary.hits((name for name in every if name.kind != "local"), terms)
    local = glossary.hits((name for name in every if name.kind == "local"), terms)
    return [
        _counted("glossary", "names with a word that the glossary replaces", outer),
        _counted("glossary_locals", "local variables with such a word", local),
    ]


def _of_lengths(package: Sequence[Module]) -> list[Figure]:
    """Return the figures of lengths."""
    ordered = lengths.function_lengths(package)
    most = lengths.MOST_LINES_OF_FUNCTION
    return [
        _counted("long_files", f"files over {lengths.MOST_LINES_OF_FILE} lines", lengths.long_files(package)),
        Figure("function_median", "lines of a function, median", lengths.percentile(ordered, 50)),
        Figure("function_p90", "lines of a function, 90th percentile", lengths.percentile(ordered, 90)),
        _counted("long_functions", f"functions over {most} lines", lengths.long_functions(package)),
        Figure("code_lines", "lines of code", sum(map(lengths.code_lines, package))),
        Figure("all_lines", "lines with blank ones, comments, docstrings", sum(map(lengths.lines, package))),
    ]


def measured(root: Path, terms: Sequence[Term], package: str = PACKAGE, beside: Sequence[str] = BESIDE) -> list[Figure]:
    """Return the figures of the checkout ``root``: of ``package``, excuses also of the folders ``beside`` it."""
    own = modules(root, package)
    every = [*own, *(module for folder in beside for module in modules(root, folder))]
    return [*_of_imports(own), *_of_comments(every), *_of_classes(own), *_of_names(own, terms), *_of_lengths(own)]
