"""What is wrong with a schema, in words. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from clacks_monitor.forms import EventType, ValidationIssue

MAX_NAME = 80
MAX_REASON = 300


def described(problem: ValidationIssue) -> str:
    """Return what is wrong with a schema, and where."""
    if not problem.line:
        return translated(problem.text)
    place = QCoreApplication.translate("TypeChooser", "line {0}, column {1}").format(problem.line, problem.column or 1)
    return f"{place}: {translated(problem.text)}"


def file_problem(kind: EventType) -> str:
    """Return the name of a broken type's file and what is wrong with it, "" for one that is whole."""
    if kind.problem is None:
        return ""
    return f"{one_line(kind.path.name, MAX_NAME)}: {one_line(described(kind.problem), MAX_REASON)}"
