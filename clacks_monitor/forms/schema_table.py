"""The event types that are known, each with its schema, as one table that is replaced as a whole.

Owner: the catalogue. Thread: any; readers see a complete state.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.errors import ValidationIssue
from clacks_monitor.forms.guarded_schema import GuardedSchema
from clacks_monitor.forms.sources import SourceSet, stamp_of
from clacks_monitor.forms.vocabulary import element_info

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clacks_monitor.forms.schema_set import SchemaSet
    from clacks_monitor.forms.sources import Stamp
    from clacks_monitor.forms.vocabulary import ElementInfo

__all__ = ["EventType", "SchemaEntry", "SchemaTable"]


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type. With a ``problem`` it is disabled: events of it are not validated and it has no form.

    With a ``form_problem`` events are validated by its schema, but they are composed as text.

    ``folder`` is the schema folder it comes from; ``overrides`` the file of the same name in an earlier folder that
    this one replaces.
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
class SchemaEntry:
    """An event type with its schema. ``guarded`` is the same schema in the guard's process, for large events.

    A ``pending`` entry has not been read yet.
    """

    type: EventType
    sources: SourceSet
    schema: SchemaSet | None = None
    guarded: SchemaSet | None = None
    pending: bool = False

    @classmethod
    def unread(cls, path: Path) -> SchemaEntry:
        """Return the entry of a schema that has not been read yet."""
        kind = EventType(path.stem, "", path, path.parent, "", ValidationIssue(Message("schema is still loading")))
        return cls(kind, SourceSet((), {path: stamp_of(path)}), pending=True)

    def outdated(self, path: Path, stamps: Mapping[Path, Stamp | None], *, arrived: bool) -> bool:
        """Whether it has to be read again: one of its files changed, or files ``arrived`` that it may have lacked."""
        if self.type.path != path:
            return True
        if arrived and (self.type.problem is not None or self.sources.missing):
            return True
        return any(stamps.get(item, stamp) != stamp for item, stamp in self.sources.stamps.items())

    @property
    def own(self) -> bool:
        """Whether the schema is compiled in this process."""
        return self.schema is not None and self.schema is not self.guarded

    def vocabulary(self) -> ElementInfo | None:
        """Return the elements of the type; None when they cannot be read."""
        if self.schema is None:
            return None
        if isinstance(self.schema, GuardedSchema):
            return self.schema.vocabulary
        components = self.schema.components()
        if isinstance(components, ValidationIssue):
            return None
        namespace, name = self.type.namespace, self.type.name
        spec = components.element(f"{{{namespace}}}{name}" if namespace else name)
        return None if spec is None else element_info(spec)


class SchemaTable:
    """The entries by the name of their event type."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waited_for: set[str] = set()
        self.entries: Mapping[str, SchemaEntry] = {}
        self.closed = False

    def get(self, name: str) -> SchemaEntry | None:
        """Return the entry of an event type."""
        return self.entries.get(name)

    def publish(self, entries: Mapping[str, SchemaEntry]) -> None:
        """Replace the table."""
        with self._changed:
            self.entries = entries
            self._changed.notify_all()

    def close(self) -> None:
        """Declare that no entry will be read any more, which ends all waiting."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def wait_for(self, name: str, seconds: float) -> None:
        """Wait until an entry has been read, once for each name.

        When the program starts, events of a type may arrive before its schema has been read.
        """
        if not self._is_pending(name) or name in self._waited_for:
            return
        with self._changed:
            self._changed.wait_for(lambda: self.closed or not self._is_pending(name), seconds)
        self._waited_for.add(name)

    def _is_pending(self, name: str) -> bool:
        entry = self.entries.get(name)
        return entry is not None and entry.pending
