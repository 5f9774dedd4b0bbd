"""The event types that the schema folders define, kept up to date while the program runs.

Role: one schema set per event file, because files may define the same type names; a broken file
disables its own type only and says why. Owner: the session makes one and hands it around.
Thread: any. Readers see a complete state; `refresh` replaces it as a whole.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.core.words import say
from clacks_monitor.forms import lossless
from clacks_monitor.forms.documentation import documentation_in
from clacks_monitor.forms.errors import Problem, SchemaSourceError, XmlTextError
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.schema_set import SchemaSet
from clacks_monitor.forms.sources import XSD, SourceSet, Stamp, read_sources, stamp_of
from clacks_monitor.forms.verdicts import opinions
from clacks_monitor.forms.vocabulary import ElementInfo, element_info

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EVENT_NAMESPACE", "EVENT_TAG", "Catalogue", "EventType"]

EVENT_NAMESPACE: Final = "http://www.gonicus.de/Events"
EVENT_TAG: Final = f"{{{EVENT_NAMESPACE}}}Event"


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type. With a `problem` it is disabled: there is no form and no verdict for it.

    `folder` is the schema folder it comes from; `overrides` the file of the same name in an
    earlier folder that this one replaces.
    """

    name: str
    namespace: str
    path: Path
    folder: Path
    documentation: str
    problem: Problem | None = None
    overrides: Path | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    type: EventType
    sources: SourceSet
    schema: SchemaSet | None


class Catalogue:
    """The event types of some schema folders; a later folder's file replaces an earlier one's."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(Path(folder) for folder in folders)
        self._refreshing = threading.Lock()
        self._files: dict[Path, Stamp | None] = {}
        self._entries: dict[str, _Entry] = {}
        self.refresh()

    def types(self) -> list[EventType]:
        """Every event type by name, broken ones too; files that only serve others are left out."""
        entries = dict(self._entries)
        served = {path for entry in entries.values() for path in entry.sources.referenced()}
        return [
            entry.type
            for name, entry in sorted(entries.items())
            if entry.type.problem is None or entry.sources.main_path not in served
        ]

    def get(self, name: str) -> EventType | None:
        """One event type by name."""
        entry = self._entries.get(name)
        return None if entry is None else entry.type

    def schema(self, name: str) -> SchemaSet | None:
        """Return the compiled schema of a type; None when it is unknown or broken."""
        entry = self._entries.get(name)
        return None if entry is None else entry.schema

    def refresh(self) -> frozenset[str]:
        """Look at the folders; return the names of types that are new, changed or gone.

        Costs one directory listing per folder and one stat per file when nothing has changed.
        """
        with self._refreshing:
            found = self._list()
            old = self._entries
            watched = {path for entry in old.values() for path in entry.sources.stamps}
            now = {path: stamp_of(path) for path in {*watched, *(p for p, _ in found.values())}}
            if now == self._files and set(found) == set(old):
                return frozenset()
            arrived = set(now) - set(self._files)
            entries: dict[str, _Entry] = {}
            for name, (path, overrides) in found.items():
                kept = old.get(name)
                if kept is None or self._outdated(kept, path, now, bool(arrived)):
                    kept = self._load(path)
                if kept.type.overrides != overrides:
                    kept = replace(kept, type=replace(kept.type, overrides=overrides))
                entries[name] = kept
            self._files = {path: stamp for entry in entries.values() for path, stamp in entry.sources.stamps.items()}
            self._entries = entries
            names = set(entries) | set(old)
            return frozenset(name for name in names if entries.get(name) is not old.get(name))

    def _list(self) -> dict[str, tuple[Path, Path | None]]:
        found: dict[str, tuple[Path, Path | None]] = {}
        for folder in self.folders:
            try:
                files = sorted(folder.glob("*.xsd"))
            except OSError:
                continue
            for path in files:
                if not path.name.startswith("."):
                    earlier = found.get(path.stem)
                    found[path.stem] = (path, earlier[0] if earlier else None)
        return found

    def _outdated(
        self,
        entry: _Entry,
        path: Path,
        now: dict[Path, Stamp | None],
        arrived: bool,  # noqa: FBT001 - private
    ) -> bool:
        if entry.type.path != path:
            return True
        if arrived and (entry.type.problem is not None or entry.sources.missing):
            return True
        return any(now.get(item, stamp) != stamp for item, stamp in entry.sources.stamps.items())

    def _load(self, path: Path) -> _Entry:
        sources, problem = read_sources(path, self.folders)
        schema: SchemaSet | None = None
        namespace, documentation = "", ""
        if problem is None:
            namespace = sources.main.namespace
            root = etree.fromstring(sources.main.body, lossless.parser(schema=True))
            documentation, problem = _describe(root, path.stem)
        if problem is None:
            try:
                schema = SchemaSet(sources)
            except SchemaSourceError as error:
                problem = error.problem
        folder = path.parent
        kind = EventType(path.stem, namespace, path, folder, documentation, problem)
        return _Entry(kind, sources, schema)

    def check(self, tree: etree._Element) -> str | None:
        """Return what is wrong with an event, in words, or None: for every event that arrives.

        `tree` is the parsed root element. Costs about one validation by libxml2.
        """
        children = list(tree.iterchildren("*"))
        if tree.tag != EVENT_TAG:
            return say("the root element is {0}, expected: Event in {1}", _told(tree.tag), EVENT_NAMESPACE)
        if len(children) != 1:
            return say("an event has exactly one element in it, this has {0}", len(children))
        entry, words = self._entry_of(children[0])
        if entry is None:
            return words
        if entry.schema is None:
            return None if entry.type.problem is None else say("cannot be checked: {0}", entry.type.problem.text)
        return entry.schema.first_problem(children[0])

    def _entry_of(self, element: etree._Element) -> tuple[_Entry | None, str]:
        namespace, name = split_name(str(element.tag))
        entry = self._entries.get(name)
        if entry is None:
            return None, say("no schema defines the event type {0}", name)
        if entry.schema is not None and entry.type.namespace != namespace:
            wanted, found = (item or say("no namespace") for item in (entry.type.namespace, namespace))
            return None, say("{0} belongs to {1}, not to {2}", name, wanted, found)
        return entry, ""

    def validate(self, event: etree._Element | bytes, *, type_name: str | None = None) -> list[Problem]:
        """Everything that is wrong with an event, with line and column, said by which validator.

        With `type_name` the event has to be of that type.
        """
        body = event if isinstance(event, bytes) else etree.tostring(event, encoding="UTF-8")
        try:
            document = lossless.parse(body)
        except XmlTextError as error:
            return [error.problem]
        root = etree.fromstring(body, lossless.parser(bare=True))
        children = list(root.iterchildren("*"))
        if root.tag != EVENT_TAG or len(children) != 1:
            words = self.check(root)
            line, column = lossless.position(document.text, document.root.start)
            return [] if words is None else [Problem(words, line, column)]
        line, column = lossless.position(document.text, document.root.children[0].start)
        entry, words = self._entry_of(children[0])
        if entry is None:
            return [Problem(words, line, column)]
        if type_name is not None and entry.type.name != type_name:
            return [Problem(say("this is {0}, expected: {1}", entry.type.name, type_name), line, column)]
        if entry.schema is None:
            words = say("cannot be checked: {0}", entry.type.problem.text if entry.type.problem else "")
            return [Problem(words, line, column)]
        found = opinions(entry.schema, children[0], document.root.children[0])
        return [problem for _node, problem in found]

    def key_fields(self, name: str) -> tuple[str, ...]:
        """Paths of the elements and attributes that hold a value, in the schema's order.

        Repeated ones are there once; a type inside of itself is not followed.
        """
        info = self.vocabulary_of(name)
        return () if info is None else tuple(_leaves(info, ""))

    def vocabulary(self) -> tuple[ElementInfo, ...]:
        """Return the elements of every good type, for completion."""
        found = (self.vocabulary_of(item.name) for item in self.types() if item.problem is None)
        return tuple(item for item in found if item is not None)

    def vocabulary_of(self, name: str) -> ElementInfo | None:
        """Return the elements of one type; None when it is unknown or cannot be read."""
        entry = self._entries.get(name)
        if entry is None or entry.schema is None:
            return None
        components = entry.schema.components()
        if isinstance(components, Problem):
            return None
        spec = components.element(f"{{{entry.type.namespace}}}{name}" if entry.type.namespace else name)
        return None if spec is None else element_info(spec)

    def warm_up(self) -> None:
        """Read every schema's components now, on the caller's thread: the first form is quicker."""
        for entry in list(self._entries.values()):
            if entry.schema is not None:
                entry.schema.components()


def _told(tag: object) -> str:
    namespace, local = split_name(str(tag))
    return say("{0} in {1}", local, namespace) if namespace else say("{0} without a namespace", local)


def _describe(root: etree._Element, name: str) -> tuple[str, Problem | None]:
    """Documentation of the event's element, or its type; a problem when there is no element."""
    element = next((item for item in root.iterfind(f"{{{XSD}}}element") if item.get("name") == name), None)
    if element is None:
        return "", Problem(say("it defines no element {0}, as its file name promises", name), root.sourceline, 1)
    found = documentation_in(element)
    if not found:
        wanted = (element.get("type") or "").rpartition(":")[2]
        for item in [*root.iterfind(f"{{{XSD}}}complexType"), *element.iterfind(f"{{{XSD}}}complexType")]:
            if item.get("name") in {wanted, None} and not found:
                found = documentation_in(item)
    return found or documentation_in(root), None


def _leaves(info: ElementInfo, prefix: str) -> list[str]:
    found = [f"{prefix}@{item.name}" for item in info.attributes]
    for child in info.children:
        path = f"{prefix}{child.name}"
        if child.children or child.recursive:
            found += _leaves(child, f"{path}/")
        else:
            found += [f"{path}/@{item.name}" for item in child.attributes]
            found.append(path)
    return found
