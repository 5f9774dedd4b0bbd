"""The package's errors, and the value that describes a problem of a schema, an event or a field. Thread: any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Finding", "FormsError", "Objector", "SchemaSourceError", "ValidationIssue", "XmlTextError"]

Objector = Literal["", "lxml", "xmlschema"]


@dataclass(frozen=True, slots=True)
class ValidationIssue:
    """One thing that is wrong with a schema, an event or a field.

    ``line`` and ``column`` count from 1 in the text that was validated, columns in characters; both are None without a
    position. ``path`` is the path of a form's field ("PuppetLog[2]/Level", "@Type"), or an element path of the same
    shape. ``objector`` is empty when the validators agree, else the name of the only one that reports it.
    """

    text: str
    line: int | None = None
    column: int | None = None
    path: str = ""
    objector: Objector = ""

    def __str__(self) -> str:
        place = "" if self.line is None else f"line {self.line}: "
        if self.line is not None and self.column is not None:
            place = f"line {self.line}, column {self.column}: "
        if not self.path:
            return place + self.text
        name = self.path.rpartition("/")[2].partition("[")[0]
        return f"{place}{self.path}: {self.text.removeprefix(f'{name}: ')}"  # the text may begin with the same name


Finding = tuple["etree._Element", ValidationIssue]
"""An element and what a validator reports about it; the issue has no path and no column yet."""


class FormsError(ValueError):
    """Base of the package's errors. ``problem`` describes the defect and its place."""

    def __init__(self, problem: ValidationIssue) -> None:
        super().__init__(str(problem))
        self.problem = problem

    @property
    def line(self) -> int | None:
        """Line in the text, from 1."""
        return self.problem.line

    @property
    def column(self) -> int | None:
        """Column in the text, from 1, in characters."""
        return self.problem.column


class SchemaSourceError(FormsError):
    """A schema document that cannot be read, or refers to something outside of the schema folders."""


class XmlTextError(FormsError):
    """A text that is not an XML document, or not one that is allowed for events."""
