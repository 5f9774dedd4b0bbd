"""One event's schema, compiled by libxml2 and by xmlschema.

libxml2 (lxml) decides, because the bus's agent validates with it. xmlschema provides the components that forms are
made of, and finds further problems. Owner: the catalogue. Thread: any; libxml2's error list is protected by a lock.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from clacks_monitor.forms import lossless, messages
from clacks_monitor.forms.errors import Finding, SchemaSourceError, ValidationIssue
from clacks_monitor.forms.versions import newer_construct

if TYPE_CHECKING:
    from lxml.etree._docloader import _InputDocument

    from clacks_monitor.forms.components import Components
    from clacks_monitor.forms.sources import SourceSet

__all__ = ["SchemaSet"]

_ParserContext = Any
"""lxml keeps the class private."""
_COMPILING: Final = threading.Lock()
"""libxml2's schema compiler uses a parser context that all threads share."""


class _Sources(etree.Resolver):
    """Resolves every document that libxml2 requests from the source set, and no other."""

    def __init__(self, sources: SourceSet) -> None:
        super().__init__()
        self._sources = sources

    def resolve(
        self,
        system_url: str | None,
        public_id: str | None,
        context: _ParserContext,
    ) -> _InputDocument | None:
        """Return the document of that name. Raises LookupError for anything else."""
        del public_id
        document = self._sources.by_location(system_url or "")
        if document is None:
            raise LookupError(f"{system_url} is none of the schema's documents")
        return self.resolve_string(document.body, context, base_url=system_url)


class SchemaSet:
    """The compiled schema of one event file.

    Raises SchemaSourceError with line and column when libxml2 refuses the schema. ``compiled=False`` leaves libxml2
    out, for a subclass that validates elsewhere.
    """

    def __init__(self, sources: SourceSet, *, compiled: bool = True) -> None:
        self.sources = sources
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        self._components: Components | ValidationIssue | None = None
        self._validator = self._compile() if compiled else None

    @property
    def namespace(self) -> str:
        """The target namespace."""
        return self.sources.main.namespace

    def _compile(self) -> etree.XMLSchema:
        parser = lossless.parser(schema=True)
        parser.resolvers.add(_Sources(self.sources))
        main = self.sources.main
        with _COMPILING:
            root = etree.fromstring(main.body, parser, base_url=main.location)
            try:
                return etree.XMLSchema(root)
            except etree.XMLSchemaParseError as error:
                raise SchemaSourceError(self._compile_problem(error)) from None

    def _compile_problem(self, error: etree.XMLSchemaParseError) -> ValidationIssue:
        if self.sources.missing:
            return self.sources.missing[0]
        for source in self.sources.documents:
            newer = newer_construct(lossless.parse(source.body, doctype=True).root)
            if newer is not None:
                return replace(newer, path=source.path.name) if source.path and source != self.sources.main else newer
        entries = [entry for entry in error.error_log if entry.line]
        if not entries:
            return ValidationIssue(messages.schema_message(str(error)))
        entry = entries[0]
        document = self.sources.by_location(entry.filename)
        path = document.path if document is not None else None
        elsewhere = path.name if path is not None and document != self.sources.main else ""
        column = _first_column(document.body if document else b"", entry.line)
        return ValidationIssue(messages.schema_message(entry.message), entry.line, column, elsewhere)

    def first_problem(self, element: etree._Element) -> str | None:
        """Validate one element; return the first problem, or None. For received events."""
        with self._lock:
            if self._validator is None or self._validator.validate(element):
                return None
            entry = self._validator.error_log[0]
            return messages.event_message(entry.message)

    def findings(self, element: etree._Element) -> list[Finding]:
        """Validate an element with libxml2."""
        with self._lock:
            if self._validator is None or self._validator.validate(element):
                return []
            entries = [(entry.message, entry.path) for entry in self._validator.error_log]
        found = []
        for message, path in entries:
            invalid = messages.locate(element, path or "")
            line = invalid.sourceline
            found.append((invalid, ValidationIssue(messages.event_message(message), line, objector="lxml")))
        return found

    def second_findings(self, element: etree._Element) -> list[Finding]:
        """Validate an element with xmlschema; nothing is found when it cannot read the schema."""
        components = self.components()
        if isinstance(components, ValidationIssue):
            return []
        return components.findings(element)

    def components(self) -> Components | ValidationIssue:
        """Return the schema's components, or why xmlschema cannot read it."""
        with self._reading:
            if self._components is None:
                # xmlschema takes 0.3 s to import, and only forms need it.
                from clacks_monitor.forms.components import load_components  # see above

                self._components = load_components(self.sources)
            return self._components


def _first_column(body: bytes, line: int) -> int | None:
    """Return the column of the first character of a line that is not blank."""
    lines = body.split(b"\n")
    if not 0 < line <= len(lines):
        return None
    text = lines[line - 1]
    return len(text) - len(text.lstrip()) + 1
