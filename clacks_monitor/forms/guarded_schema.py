"""An untrusted schema, as the forms and the catalogue use it.

libxml2 and xmlschema validate by it in the guard's process. Only its components, which forms are made of, are read in
this process, after they were tried there. Owner: the catalogue. Thread: any.
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
    """The schema of a successful trial; ``form_problem`` says why there is no form, or is None."""

    def __init__(self, name: str, trial: Trial, guard: SchemaGuard, own: SchemaSet | None = None) -> None:
        """``own`` is the same schema compiled in this process, if there is one, whose components are shared."""
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
                return []  # libxml2 decides, and validated before
            return [(element, ValidationIssue(self._gone(gone, len(xml)), element.sourceline, objector="lxml"))]
        return [_placed(element, place, problem) for place, problem in found]

    def _gone(self, gone: ChildGoneError, size: int) -> str:
        """Return why an event was not validated; a schema that failed on a small event is not used again."""
        if gone.closed:
            return Message("not checked: program closing")
        slow, large = Message("schema validation takes too long"), Message("validation needs too much memory")
        reason = slow if gone.slow else large
        if size > FAIR_BYTES:
            return reason
        self._stopped = Message("{0}; the schema of {1} is not used until it changes", reason, self._name)
        return self._stopped

    @override
    def components(self) -> Components | ValidationIssue:
        if self._own is not None:
            return self._own.components()
        return super().components() if self.form_problem is None else self.form_problem


def _written(element: etree._Element) -> bytes:
    return etree.tostring(element, encoding="UTF-8", with_tail=False)


def _placed(element: etree._Element, place: tuple[int, ...], problem: ValidationIssue) -> Finding:
    """Find an element by its path of child indexes."""
    invalid = element
    for index in place:
        below = next(itertools.islice(invalid.iterchildren("*"), index, None), None)
        if below is None:
            break
        invalid = below
    return invalid, ValidationIssue(problem.text, invalid.sourceline, objector=problem.objector)
