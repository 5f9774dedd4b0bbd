"""Reads the schema documents of one event file.

The file and everything that it includes, imports or redefines is read from the schema folders only, and the locations
are replaced by names of the program's own, so that neither libxml2 nor xmlschema ever opens a file or a connection.
Owner: the catalogue; values do not change after reading. Thread: any.
"""

from __future__ import annotations

import itertools
import os
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.core.messages import Message
from clacks_monitor.core.regular_file import read_regular
from clacks_monitor.forms import lossless
from clacks_monitor.forms.errors import SchemaSourceError, ValidationIssue, XmlTextError
from clacks_monitor.forms.lossless import XML_NAMESPACE
from clacks_monitor.forms.xml_namespace import XML_NAMESPACE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.forms.lossless import ElementNode

__all__ = ["XSD", "SourceDocument", "SourceSet", "Stamp", "read_sources", "stamp_of"]

XSD: Final = "http://www.w3.org/2001/XMLSchema"
MAX_BYTES: Final = 4 * 1024 * 1024
"""Size limit of one schema document; the largest known real one has 90 kB."""
MAX_ALL_BYTES: Final = 8 * 1024 * 1024
"""Size limit of all documents of one event's schema."""
MAX_DOCUMENTS: Final = 200
"""The most documents of one event's schema."""
MAX_SEARCHED: Final = 1_000
"""The most files of a folder that are searched for a missing location or a namespace."""
_HEAD: Final = 64 * 1024
"""The root element's tag is expected within this many bytes."""

_REFERENCES: Final = frozenset(f"{{{XSD}}}{name}" for name in ("include", "import", "redefine"))

Stamp = tuple[int, int, int]
"""Modification time in ns, size in bytes, inode: together they show that a file was replaced."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One schema document; ``location`` is the name under which the others refer to it."""

    location: str
    path: Path | None
    namespace: str
    body: bytes


@dataclass(frozen=True, slots=True)
class SourceSet:
    """The documents of one event's schema, the event's own first, and the files they came from.

    ``missing`` are the imports that were not found, which matters only if they are needed.
    """

    documents: tuple[SourceDocument, ...]
    stamps: dict[Path, Stamp | None]
    missing: tuple[ValidationIssue, ...] = ()

    @property
    def main(self) -> SourceDocument:
        """The event's own document."""
        return self.documents[0]

    @property
    def main_path(self) -> Path | None:
        """The event's own file, with symbolic links followed as ``referenced`` has them."""
        return Path(os.path.realpath(self.main.path)) if self.documents and self.main.path else None

    def by_location(self, location: str) -> SourceDocument | None:
        """Find a document by its location."""
        return next((item for item in self.documents if item.location == location), None)

    def referenced(self) -> frozenset[Path]:
        """Files other than the event's own."""
        others = (item.path for item in self.documents if item.location != "clacks:///s0.xsd")
        return frozenset(path for path in others if path is not None)


def stamp_of(path: Path) -> Stamp | None:
    """Return what identifies a file's current content, or None without a file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def read_sources(path: Path, folders: Sequence[Path]) -> tuple[SourceSet, ValidationIssue | None]:
    """Read an event's schema file and all it refers to, from the folders only.

    Always returns the documents read so far with the files to watch; the problem is what ended the reading.
    """
    reader = _SourceReader(folders)
    try:
        reader.read(path)
    except SchemaSourceError as error:
        return reader.result(), error.problem
    return reader.result(), None


class _SourceReader:
    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = [Path(os.path.realpath(folder)) for folder in folders]
        self.stamps: dict[Path, Stamp | None] = {}
        self.locations: dict[Path | None, str] = {}
        self.documents: dict[str, SourceDocument] = {}
        self.missing: list[ValidationIssue] = []
        self.size = 0

    def result(self) -> SourceSet:
        ordered = sorted(self.documents.values(), key=lambda item: int(item.location[11:-4]))
        return SourceSet(tuple(ordered), self.stamps, tuple(self.missing))

    def reserve(self, path: Path | None) -> str:
        if len(self.locations) >= MAX_DOCUMENTS:
            raise SchemaSourceError(ValidationIssue(Message("more than {0} schema documents", MAX_DOCUMENTS)))
        location = f"clacks:///s{len(self.locations)}.xsd"
        self.locations[path] = location
        return location

    def read(self, path: Path) -> str:
        """Read one document and those it refers to; return its location."""
        real = Path(os.path.realpath(path))
        known = self.locations.get(real)
        if known is not None:
            return known
        location = self.reserve(real)
        self.stamps[path] = stamp_of(path)
        body = _read_bytes(path)
        self.size += len(body)
        if self.size > MAX_ALL_BYTES:
            raise SchemaSourceError(ValidationIssue(Message("documents larger than {0} bytes in total", MAX_ALL_BYTES)))
        document = _parse(path, body)
        changes = [self.change(node, path, document.text) for node in _references(document.root, path)]
        text = _replaced(document.text, [change for change in changes if change is not None])
        namespace = _attribute(document.root, "targetNamespace") or ""
        self.documents[location] = SourceDocument(location, path, namespace, document.encode(text))
        return location

    def change(self, node: ElementNode, path: Path, text: str) -> tuple[int, int, str] | None:
        """Return the replacement of a reference's location: start, end, new text."""
        found = next((item for item in node.attributes if item.name == "schemaLocation"), None)
        line, column = lossless.position(text, node.start)
        try:
            location = self.resolve(node, path, found.value.strip() if found else None)
        except SchemaSourceError as error:
            if error.problem.path:
                raise
            problem = ValidationIssue(error.problem.text, line, column, path.name)
            raise SchemaSourceError(problem) from None
        if location is None:
            if found is None:
                return None
            namespace = _attribute(node, "namespace") or Message("no namespace")
            reason = Message("no schema folder has {0}, or another schema of {1}", found.value.strip(), namespace)
            self.missing.append(ValidationIssue(reason, line, column, path.name))
            return found.start, found.end, ""
        if found is not None:
            return found.value_start, found.value_end, location
        at = node.start + 1 + len(node.name)
        return at, at, f' schemaLocation="{location}"'

    def resolve(self, node: ElementNode, path: Path, wanted: str | None) -> str | None:
        if not node.qname.endswith("}import"):
            if not wanted:
                raise SchemaSourceError(ValidationIssue(Message("the location of the schema to include is missing")))
            target = self.local(wanted, path) or self.by_name(wanted, None)
            if target is None:
                raise SchemaSourceError(ValidationIssue(Message("{0} not found in the schema folders", wanted)))
            return self.read(target)
        namespace = _attribute(node, "namespace") or ""
        if namespace == XML_NAMESPACE:
            return self.xml_namespace()
        target = self.local(wanted, path) if wanted else None
        if target is None:
            target = self.by_name(wanted or "", namespace)
        return self.read(target) if target is not None else None

    def xml_namespace(self) -> str:
        """Return the location of the built-in schema of xml:lang and the like; schemas import it from the network."""
        known = self.locations.get(None)
        if known is not None:
            return known
        location = self.reserve(None)
        self.documents[location] = SourceDocument(location, None, XML_NAMESPACE, XML_NAMESPACE_SCHEMA.encode())
        return location

    def local(self, wanted: str, path: Path) -> Path | None:
        """Resolve a location relative to the document, or None for another host's or a missing file.

        Raises SchemaSourceError for a file that exists outside of the schema folders.
        """
        parts = urllib.parse.urlsplit(wanted)
        if parts.scheme not in {"", "file"} or parts.netloc not in {"", "localhost"}:
            return None
        name = urllib.parse.unquote(parts.path)
        if not name or "\0" in name:
            return None
        target = Path(os.path.realpath(path.parent / name))
        if not any(target.is_relative_to(folder) for folder in self.folders):
            raise SchemaSourceError(ValidationIssue(Message("{0} is outside the schema folders", wanted)))
        self.stamps.setdefault(target, stamp_of(target))
        return target if target.is_file() else None

    def by_name(self, wanted: str, namespace: str | None) -> Path | None:
        """Search the folders for the file name of a network location, or for an imported namespace."""
        name = urllib.parse.urlsplit(wanted).path.rpartition("/")[2]
        candidates = [Path(os.path.realpath(item)) for item in self.files()]
        inside = [c for c in candidates if any(c.is_relative_to(f) for f in self.folders)]
        named = [item for item in inside if item.name == name]
        if namespace is None:
            return named[0] if named else None
        others = [item for item in inside if item.name != name]
        return next((item for item in named + others if _namespace_of(item) == namespace), None)

    def files(self) -> Iterator[Path]:
        for folder in self.folders:
            yield from sorted(itertools.islice(_schema_files(folder), MAX_SEARCHED))


def _read_bytes(path: Path) -> bytes:
    try:
        return read_regular(path, MAX_BYTES)
    except OSError as error:
        raise SchemaSourceError(ValidationIssue(Message("cannot read {0}: {1}", path.name, error.strerror))) from error


def _schema_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that are named like schemas, without following links to folders."""
    for place, _folders, names in os.walk(folder):
        for name in names:
            if name.endswith(".xsd"):
                yield Path(place, name)


def _parse(path: Path, body: bytes) -> lossless.LosslessDocument:
    try:
        document = lossless.parse(body, doctype=True)
    except XmlTextError as error:
        found = error.problem
        raise SchemaSourceError(ValidationIssue(found.text, found.line, found.column, path.name)) from None
    if document.root.qname != f"{{{XSD}}}schema":
        line, column = lossless.position(document.text, document.root.start)
        problem = ValidationIssue(Message("this is not an XML Schema document"), line, column, path.name)
        raise SchemaSourceError(problem)
    return document


def _references(root: ElementNode, path: Path) -> Iterator[ElementNode]:
    for node in root.children:
        if node.qname in _REFERENCES:
            yield node
        elif node.qname == f"{{{XSD}}}override":
            line, column = lossless.position(node.source, node.start)
            problem = ValidationIssue(Message("override belongs to XML Schema 1.1"), line, column, path.name)
            raise SchemaSourceError(problem)


def _attribute(node: ElementNode, name: str) -> str | None:
    return next((item.value.strip() for item in node.attributes if item.name == name), None)


def _replaced(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _namespace_of(path: Path) -> str | None:
    """Return the target namespace of a schema file, or None when it cannot be read."""
    try:
        head = read_regular(path, MAX_BYTES)[:_HEAD]
        reader = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
        reader.feed(head)
        _event, root = next(iter(reader.read_events()))
    except (OSError, etree.XMLSyntaxError, StopIteration):
        return None
    return str(root.get("targetNamespace", "")).strip() if root.tag == f"{{{XSD}}}schema" else None
