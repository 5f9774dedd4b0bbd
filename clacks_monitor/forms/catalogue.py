"""The event types that the schema folders define, kept up to date while the program runs.

Role: one schema set per event file, because files may define the same type names; a broken file
disables its own type only and says why. Owner: the session makes one and hands it around.
Thread: any. Readers see a complete state; `refresh` replaces it as a whole.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor import assets
from clacks_monitor.core.messages import Message
from clacks_monitor.forms import lossless
from clacks_monitor.forms.errors import SchemaSourceError, ValidationIssue, XmlTextError
from clacks_monitor.forms.guard import SchemaGuard, Trial
from clacks_monitor.forms.guarded_schema import GuardedSchema
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.refusals import Refusals
from clacks_monitor.forms.schema_folders import FoundSchema, list_schemas, unfit
from clacks_monitor.forms.schema_set import SchemaSet
from clacks_monitor.forms.sources import SourceSet, Stamp, read_sources, stamp_of
from clacks_monitor.forms.type_description import describe
from clacks_monitor.forms.validation import validate
from clacks_monitor.forms.vocabulary import ElementInfo, element_info

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EVENT_NAMESPACE", "EVENT_TAG", "Catalogue", "EventType"]

EVENT_NAMESPACE: Final = "http://www.gonicus.de/Events"
EVENT_TAG: Final = f"{{{EVENT_NAMESPACE}}}Event"
LARGE_NODES: Final = 20_000
"""An event with more elements and attributes is checked by the guard, whoever wrote its schema."""
WAIT_S: Final = 5.0
"""How long an event may wait for its schema to be read, once for each schema."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type. With a `problem` it is disabled: there is no form and no verdict for it.

    With a `form_problem` events are checked by its schema, but they are composed as text.

    `folder` is the schema folder it comes from; `overrides` the file of the same name in an
    earlier folder that this one replaces.
    """

    name: str
    namespace: str
    path: Path
    folder: Path
    documentation: str
    problem: ValidationIssue | None = None
    overrides: Path | None = None
    form_problem: ValidationIssue | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    type: EventType
    sources: SourceSet
    schema: SchemaSet | None
    guarded: SchemaSet | None = None
    """The same schema in the guard's process: an event may be too large for any."""
    pending: bool = False


class Catalogue:
    """The event types of some schema folders; a later folder's file replaces an earlier one's.

    The program's own schemas are compiled here. Those of other folders may be anyone's: they are tried, and events are
    checked by them, in a process that can be killed. `later` leaves them to the first `refresh`. `remembered` is the
    file that keeps which ones took too much. `own` are the folders that are trusted, None: the program's.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        *,
        later: bool = False,
        remembered: Path | None = None,
        own: Sequence[Path] | None = None,
    ) -> None:
        self.folders = tuple(Path(folder) for folder in folders)
        self.left_out: tuple[str, ...] = ()
        """What of the folders is not read, in words."""
        trusted = [assets.folder("schemas")] if own is None else own
        self._own = [Path(os.path.realpath(folder)) for folder in trusted]
        self._refreshing = threading.Lock()
        self._loaded = threading.Condition()
        self._files: dict[Path, Stamp | None] = {}
        self._entries: dict[str, _Entry] = {}
        self._guard = SchemaGuard()
        self._trials: SchemaGuard | None = None
        self._closed = False
        self._waited_for: set[str] = set()
        self._refusals = Refusals(remembered)
        self.refresh(at_most=0 if later else None)

    def stop(self) -> None:
        """End the processes without waiting; nothing is compiled any more."""
        self._closed = True
        for guard in (self._guard, self._trials):
            if guard is not None:
                guard.stop()

    def close(self) -> None:
        """End the processes; what is under way ends, and nothing is compiled any more."""
        self.stop()
        for guard in (self._guard, self._trials):
            if guard is not None:
                guard.close()

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
        """Return the schema of a type; None when it is unknown or broken."""
        entry = self._entries.get(name)
        return None if entry is None else entry.schema

    def guarded(self, name: str) -> SchemaSet | None:
        """Return the schema of a type as the guard's process has it: for events that may be too much for any."""
        entry = self._entries.get(name)
        return None if entry is None else entry.guarded

    def ready(self, name: str) -> bool:
        """Whether forms of a type are made and checked at once: a schema of others takes its time in a process."""
        entry = self._entries.get(name)
        return entry is None or entry.schema is None or entry.schema is not entry.guarded

    @property
    def closed(self) -> bool:
        """Whether nothing is read any more."""
        return self._closed

    @property
    def unread(self) -> bool:
        """Whether there are schemas that `refresh` has not come to yet."""
        return any(entry.pending for entry in self._entries.values())

    def refresh(self, *, at_most: int | None = None) -> frozenset[str]:
        """Look at the folders; return the names of types that are new, changed or gone.

        Costs one directory listing per folder and one stat per file when nothing has changed; each schema that is not
        the program's own costs up to some seconds. No more than `at_most` of those are read, see `unread`.
        """
        with self._refreshing:
            found, self.left_out = list_schemas(self.folders)
            old = dict(self._entries)
            watched = {path for entry in old.values() for path in entry.sources.stamps}
            now = {path: stamp_of(path) for path in {*watched, *(item.path for item in found.values())}}
            replaced = {name: entry.type.overrides for name, entry in old.items()}
            same = now == self._files and replaced == {name: item.overrides for name, item in found.items()}
            if same and not self.unread:
                return frozenset()
            arrived = set(now) - set(self._files)
            entries = {name: self._kept(old.get(name), item, now, bool(arrived)) for name, item in found.items()}
            self._publish(entries)
            try:
                self._read_pending(now, at_most)
            finally:
                if self._trials is not None:
                    self._trials.close()
                    self._trials = None
            entries = self._entries
            self._files = {path: stamp for entry in entries.values() for path, stamp in entry.sources.stamps.items()}
            names = set(entries) | set(old)
            return frozenset(name for name in names if entries.get(name) is not old.get(name))

    def _kept(
        self,
        entry: _Entry | None,
        item: FoundSchema,
        now: dict[Path, Stamp | None],
        arrived: bool,  # noqa: FBT001 - private
    ) -> _Entry:
        """Return a type's entry if it is still right; else the new one, which is pending if it is not our own."""
        if entry is None or self._outdated(entry, item.path, now, arrived):
            entry = self._load_own(item.path) if self._is_own(item.path) else _unread(item.path)
        if entry.type.overrides != item.overrides:
            entry = replace(entry, type=replace(entry.type, overrides=item.overrides))
        return entry

    def _publish(self, entries: dict[str, _Entry]) -> None:
        with self._loaded:
            self._entries = entries
            self._loaded.notify_all()

    def _read_pending(self, now: dict[Path, Stamp | None], at_most: int | None) -> None:
        """Read what is new in folders of others, the small ones first: they are seldom those that take long."""
        pending = [(now.get(entry.type.path), name) for name, entry in self._entries.items() if entry.pending]
        pending.sort(key=lambda item: (item[0][1] if item[0] else 0, item[1]))
        for _stamp, name in pending[:at_most]:
            if self._closed:
                return
            entry = self._entries[name]
            read = self._try(entry.type.path)
            read = replace(read, type=replace(read.type, overrides=entry.type.overrides))
            self._publish({**self._entries, name: read})

    def _is_own(self, path: Path) -> bool:
        return Path(os.path.realpath(path)).parent in self._own

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

    def _load_own(self, path: Path) -> _Entry:
        sources, problem = read_sources(path, self._own)
        schema: SchemaSet | None = None
        documentation = ""
        if problem is None:
            documentation, problem = describe(sources.main.body, path.stem)
        if problem is None:
            try:
                schema = SchemaSet(sources)
            except SchemaSourceError as error:
                problem = error.problem
        guarded = None if schema is None else GuardedSchema(path.stem, Trial(sources), self._guard, schema)
        return _entry(path, sources, documentation, problem, schema, guarded)

    def _try(self, path: Path) -> _Entry:
        problem = unfit(path)
        if problem is not None:
            return _entry(path, SourceSet((), {path: stamp_of(path)}), "", problem)
        if self._trials is None:
            self._trials = SchemaGuard()
        if self._closed:
            self._trials.close()
        trial = self._trials.try_schema(path, self.folders, self._refusals.problem_of)
        if trial.costly and trial.problem is not None:
            self._refusals.add(trial.sources, trial.problem)
        sources = trial.sources if trial.sources.stamps else SourceSet((), {path: stamp_of(path)})
        schema = GuardedSchema(path.stem, trial, self._guard) if trial.problem is None else None
        entry = _entry(path, sources, trial.documentation, trial.problem, schema, schema)
        return replace(entry, type=replace(entry.type, form_problem=trial.form_problem))

    def check(self, tree: etree._Element) -> str | None:
        """Return what is wrong with an event, in words, or None: for every event that arrives.

        `tree` is the parsed root element. Costs about one validation by libxml2.
        """
        children = list(tree.iterchildren("*"))
        if tree.tag != EVENT_TAG:
            return Message("the root element is {0}, expected: Event in {1}", _told(tree.tag), EVENT_NAMESPACE)
        if len(children) != 1:
            return Message("an event has exactly one element in it, this has {0}", len(children))
        self._wait_for(split_name(str(children[0].tag))[1])
        entry, words = self._entry_of(children[0])
        if entry is None:
            return words
        if entry.schema is None:
            return None if entry.type.problem is None else Message("cannot be checked: {0}", entry.type.problem.text)
        large = entry.guarded is not None and _is_large(children[0])
        return (entry.guarded if large and entry.guarded else entry.schema).first_problem(children[0])

    def _wait_for(self, name: str) -> None:
        """Wait once for a schema that is being read: its events may come before it, when the program starts."""
        entry = self._entries.get(name)
        if entry is None or not entry.pending or name in self._waited_for:
            return
        with self._loaded:
            self._loaded.wait_for(lambda: self._closed or not self._is_pending(name), WAIT_S)
        self._waited_for.add(name)

    def _is_pending(self, name: str) -> bool:
        entry = self._entries.get(name)
        return entry is not None and entry.pending

    def _entry_of(self, element: etree._Element) -> tuple[_Entry | None, str]:
        namespace, name = split_name(str(element.tag))
        entry = self._entries.get(name)
        if entry is None:
            return None, Message("no schema defines the event type {0}", name)
        if entry.schema is not None and entry.type.namespace != namespace:
            wanted, found = (item or Message("no namespace") for item in (entry.type.namespace, namespace))
            return None, Message("{0} belongs to {1}, not to {2}", name, wanted, found)
        return entry, ""

    def validate(self, event: etree._Element | bytes, *, type_name: str | None = None) -> list[ValidationIssue]:
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
            return [] if words is None else [ValidationIssue(words, line, column)]
        line, column = lossless.position(document.text, document.root.children[0].start)
        entry, words = self._entry_of(children[0])
        if entry is None:
            return [ValidationIssue(words, line, column)]
        if type_name is not None and entry.type.name != type_name:
            return [ValidationIssue(Message("this is {0}, expected: {1}", entry.type.name, type_name), line, column)]
        if entry.schema is None:
            words = Message("cannot be checked: {0}", entry.type.problem.text if entry.type.problem else "")
            return [ValidationIssue(words, line, column)]
        found = validate(entry.schema, children[0], document.root.children[0])
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
        if isinstance(entry.schema, GuardedSchema):
            return entry.schema.vocabulary
        components = entry.schema.components()
        if isinstance(components, ValidationIssue):
            return None
        spec = components.element(f"{{{entry.type.namespace}}}{name}" if entry.type.namespace else name)
        return None if spec is None else element_info(spec)

    def warm_up(self) -> None:
        """Read the components of our own schemas now, on the caller's thread: the first form is quicker."""
        for entry in list(self._entries.values()):
            if entry.schema is not None and entry.schema is not entry.guarded:
                entry.schema.components()


def _told(tag: object) -> str:
    namespace, local = split_name(str(tag))
    return Message("{0} in {1}", local, namespace) if namespace else Message("{0} without a namespace", local)


def _is_large(element: etree._Element) -> bool:
    """Whether checking an element may take long, found by counting no more nodes than needed."""
    nodes = 0
    for item in element.iter():
        nodes += 1 + len(item.attrib)
        if nodes > LARGE_NODES:
            return True
    return False


def _entry(
    path: Path,
    sources: SourceSet,
    documentation: str,
    problem: ValidationIssue | None,
    schema: SchemaSet | None = None,
    guarded: SchemaSet | None = None,
) -> _Entry:
    namespace = sources.main.namespace if sources.documents and problem is None else ""
    kind = EventType(path.stem, namespace, path, path.parent, documentation, problem)
    return _Entry(kind, sources, schema, guarded)


def _unread(path: Path) -> _Entry:
    kind = EventType(path.stem, "", path, path.parent, "", ValidationIssue(Message("its schema is being read")))
    return _Entry(kind, SourceSet((), {path: stamp_of(path)}), None, pending=True)


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
