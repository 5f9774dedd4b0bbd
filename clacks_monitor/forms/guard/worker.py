"""The guard's worker process, in which schemas are compiled and events are validated by them.

Answers one request after the other; ``core.confined`` bounds the processor time of each and the memory of all.
Owner: ``guard.SchemaGuard``. Thread: the only one of the process.

Requests and answers are plain values, see ``serialization``:

    ("read", path, folders)             (sources, problem)
    ("compile", number, name, sources)  (problem, documentation)
    ("form", number, name)              (problem, vocabulary): whether a form can be made of it
    ("first", number, xml)              the first problem of an event's element in words, or None
    ("all", number, xml, validator)      [(place, problem), ...]; place is the path of child indexes to the element
"""

from __future__ import annotations

import gc
import importlib
import mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from clacks_monitor.core.confined import out_of_memory, serve
from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.core.messages import Message
from clacks_monitor.forms.errors import FormsError, SchemaSourceError, ValidationIssue
from clacks_monitor.forms.form import Form
from clacks_monitor.forms.guard import serialization
from clacks_monitor.forms.schema_set import SchemaSet
from clacks_monitor.forms.sources import read_sources
from clacks_monitor.forms.type_description import describe
from clacks_monitor.forms.vocabulary import element_info

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.forms.errors import Finding
    from clacks_monitor.forms.guard.serialization import PlainValue

MAX_FINDINGS: Final = 500
"""The most problems of one event that are reported."""
MAX_FORM_BYTES: Final = 64 * 1024 * 1024
"""Memory that the components of a schema may take: the window's process will need as much for a form."""


def main(memory: int) -> None:
    """Serve until the pipe ends. ``memory`` in bytes."""
    importlib.import_module("clacks_monitor.forms.components")
    serve(memory, _SchemaWorker().answer)


class _SchemaWorker:
    """The compiled schemas of one process."""

    def __init__(self) -> None:
        self._schemas: dict[int, SchemaSet] = {}
        self._answers: dict[str, Callable[..., Any]] = {
            "read": self._read,
            "compile": self._compile,
            "form": self._form,
            "first": self._first,
            "all": self._all,
        }

    def answer(self, request: tuple[Any, ...]) -> PlainValue:
        """Answer one request."""
        kind, *arguments = request
        return self._answers[kind](*arguments)

    def _read(self, path: str, folders: tuple[str, ...]) -> PlainValue:
        sources, problem = read_sources(Path(path), [Path(folder) for folder in folders])
        return serialization.pack_sources(sources), serialization.pack_problem(problem)

    def _first(self, number: int, xml: bytes) -> PlainValue:
        element = _parsed(xml)
        problem = _UNREADABLE if element is None else self._schemas[number].first_problem(element)
        return None if problem is None else serialization.pack_text(problem)

    def _compile(self, number: int, name: str, plain: PlainValue) -> PlainValue:
        self._schemas.pop(number, None)
        sources = serialization.unpack_sources(plain)
        documentation, problem = describe(sources.main.body, name)
        if problem is None:
            try:
                self._schemas[number] = SchemaSet(sources)
            except SchemaSourceError as error:
                if out_of_memory():
                    raise MemoryError from error
                problem = error.problem
        return serialization.pack_problem(problem), documentation

    def _form(self, number: int, name: str) -> PlainValue:
        """Do what the window does for a form: read the components, build a new form, validate it."""
        schema, before = self._schemas[number], _resident()
        components = schema.components()
        if isinstance(components, ValidationIssue):
            return None, None
        qname = f"{{{schema.namespace}}}{name}" if schema.namespace else name
        spec = components.element(qname)
        if spec is None:
            return None, None
        try:
            vocabulary = element_info(spec)
            Form.for_element(schema, qname).problems()
        except FormsError as error:
            return serialization.pack_problem(error.problem), serialization.pack_element(vocabulary)
        except RecursionError:
            return serialization.pack_problem(ValidationIssue(Message("types nested too deeply for a form"))), None
        if _resident() - before > MAX_FORM_BYTES:
            return serialization.pack_problem(ValidationIssue(Message("schema needs too much memory for a form"))), None
        return None, serialization.pack_element(vocabulary)

    def _all(self, number: int, xml: bytes, validator: str) -> PlainValue:
        schema, element = self._schemas[number], _parsed(xml)
        if element is None:
            return (((), serialization.pack_problem(ValidationIssue(_UNREADABLE))),)
        found = schema.second_findings(element) if validator == "xmlschema" else schema.findings(element)
        answer = tuple(_packed(finding, element) for finding in found[:MAX_FINDINGS])
        gc.collect()
        return answer


_UNREADABLE: Final = Message("not readable on its own")


def _parsed(xml: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(xml, hardened_parser())
    except etree.XMLSyntaxError:
        return None


def _packed(finding: Finding, top: etree._Element) -> PlainValue:
    invalid, problem = finding
    place: list[int] = []
    step: etree._Element | None = invalid
    while step is not None and step is not top:
        place.append(sum(1 for _ in step.itersiblings("*", preceding=True)))
        step = step.getparent()
    return tuple(reversed(place)), serialization.pack_problem(problem)


def _resident() -> int:
    """Return the bytes of memory that this process has in use; 0 where the system does not report it."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * mmap.PAGESIZE
    except (OSError, ValueError):
        return 0
