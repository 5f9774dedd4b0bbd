"""What can be wrong with a schema, an event or a field, as values and as errors.

Role: the room's one error base and the value that every check answers with.
Owner: whoever asked for the check; values are frozen and cross threads freely. Thread: any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Finding", "FormsError", "Objector", "SchemaSourceError", "ValidationIssue", "XmlTextError"]

Objector = Literal["", "lxml", "xmlschema"]


@dataclass(frozen=True, slots=True)
class ValidationIssue:
    """One thing that is wrong, in plain words.

    `line` and `column` count from 1 in the text that was checked, columns in characters; both are
    None when there is no place to point at. `path` is a form field's path ("PuppetLog[2]/Level",
    "@Type"), or an element path of the same shape when no form was involved. `objector` is empty
    when every validator asked agrees, else the name of the only one that objects.
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
"""What a validator objects to in an element; the problem has no path and no column yet."""


class FormsError(ValueError):
    """Base of this room's errors. `problem` says what is wrong and where."""

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
    """A schema document that cannot be read, or wants something it must not have."""


class XmlTextError(FormsError):
    """A text that is no XML document, or one that events may not be."""
