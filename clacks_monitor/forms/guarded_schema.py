"""A schema that anyone may have written, as the forms and the catalogue use it.

Role: what libxml2 does with it, and what xmlschema says about whole events, happens in the guard's process; only its
components, which forms are made of and which were tried there first, are read here. Owner: the catalogue. Thread: any.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from lxml import etree
from typing_extensions import override

from clacks_monitor.core.confined import ChildGoneError
from clacks_monitor.core.messages import Message
from clacks_monitor.forms.errors import ValidationIssue
from clacks_monitor.forms.guard.guard import FAIR_BYTES
from clacks_monitor.forms.schema_set import SchemaSet

if TYPE_CHECKING:
    from clacks_monitor.forms.components import Components
    from clacks_monitor.forms.errors import Finding
    from clacks_monitor.forms.guard import SchemaGuard, Trial

__all__ = ["GuardedSchema"]

_NUMBERS: Final = itertools.count(1)


class GuardedSchema(SchemaSet):
    """The schema of a trial that ended well; ``form_problem`` says why there is no form, None where there is one."""

    def __init__(self, name: str, trial: Trial, guard: SchemaGuard, own: SchemaSet | None = None) -> None:
        """Take the same schema compiled here as ``own``, if there is one: its components are shared."""
        super().__init__(trial.sources, compiled=False)
        self._own = own
        self.form_problem = trial.form_problem
        self.vocabulary = trial.vocabulary
        self._name = name
        self._guard = guard
        self._number = next(_NUMBERS)
        self._stopped = ""

    @override
    def first_problem(self, element: etree._Element) -> str | None:
        if self._stopped:
            return self._stopped
        xml = _written(element)
        try:
            return self._guard.first_problem(self._number, self._name, self.sources, xml)
        except ChildGoneError as gone:
            return self._gone(gone, len(xml))

    @override
    def findings(self, element: etree._Element) -> list[Finding]:
        return self._all(element, second=False)

    @override
    def second_findings(self, element: etree._Element) -> list[Finding]:
        return self._all(element, second=True)

    def _all(self, element: etree._Element, *, second: bool) -> list[Finding]:
        if self._stopped:
            return [] if second else [(element, ValidationIssue(self._stopped, element.sourceline, objector="lxml"))]
        xml = _written(element)
        try:
            found = self._guard.problems(self._number, self._name, self.sources, xml, second=second)
        except ChildGoneError as gone:
            if second:
                return []  # libxml2 decides, and was asked before
            return [(element, ValidationIssue(self._gone(gone, len(xml)), element.sourceline, objector="lxml"))]
        return [_placed(element, place, problem) for place, problem in found]

    def _gone(self, gone: ChildGoneError, size: int) -> str:
        """Say why an event was not checked; a schema for which a small one is too much is not asked again."""
        if gone.closed:
            return Message("not checked: the program ends")
        slow, large = Message("checking it by the schema takes too long"), Message("checking it takes too much memory")
        what = slow if gone.slow else large
        if size > FAIR_BYTES:
            return what
        self._stopped = Message("{0}; the schema of {1} is out of use until it changes", what, self._name)
        return self._stopped

    @override
    def components(self) -> Components | ValidationIssue:
        if self._own is not None:
            return self._own.components()
        return super().components() if self.form_problem is None else self.form_problem


def _written(element: etree._Element) -> bytes:
    return etree.tostring(element, encoding="UTF-8", with_tail=False)


def _placed(element: etree._Element, place: tuple[int, ...], problem: ValidationIssue) -> Finding:
    """Find a culprit by its way down."""
    culprit = element
    for index in place:
        below = next(itertools.islice(culprit.iterchildren("*"), index, None), None)
        if below is None:
            break
        culprit = below
    return culprit, ValidationIssue(problem.text, culprit.sourceline, objector=problem.objector)
