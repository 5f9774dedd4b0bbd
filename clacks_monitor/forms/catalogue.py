"""The event types that the schema folders define, kept up to date while the program runs.

Each event file has a separate schema, because files may define the same type names. A broken file disables only its
own type. Owner: the session makes one and hands it around. Thread: any.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.forms.event_validator import EventValidator
from clacks_monitor.forms.schema_folders import list_schemas
from clacks_monitor.forms.schema_loader import SchemaLoader
from clacks_monitor.forms.schema_table import SchemaEntry, SchemaTable
from clacks_monitor.forms.sources import stamp_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.forms.schema_folders import FoundSchema
    from clacks_monitor.forms.schema_set import SchemaSet
    from clacks_monitor.forms.schema_table import EventType
    from clacks_monitor.forms.sources import Stamp
    from clacks_monitor.forms.vocabulary import ElementInfo

__all__ = ["Catalogue"]


class Catalogue:
    """The event types of some schema folders; a later folder's file replaces an earlier one's.

    The program's own schemas are compiled in this process. Those of other folders may come from anyone: they are tried,
    and events are validated by them, in a process that can be killed. ``later`` leaves them to the first ``refresh``.
    ``remembered`` is the file that records which of them took too much time or memory. ``own`` are the folders that are
    trusted, None: the program's.
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
        """Messages about files that are not read."""
        self._refreshing = threading.Lock()
        self._files: dict[Path, Stamp | None] = {}
        self._table = SchemaTable()
        self._loader = SchemaLoader(self.folders, [assets.folder("schemas")] if own is None else own, remembered)
        self.validator = EventValidator(self._table)
        self.refresh(at_most=0 if later else None)

    def stop(self) -> None:
        """End the processes without waiting; nothing is compiled any more."""
        self._table.close()
        self._loader.stop()

    def close(self) -> None:
        """End the processes, and wait until they have ended; nothing is compiled any more."""
        self._table.close()
        self._loader.close()

    @property
    def closed(self) -> bool:
        """Whether nothing is read any more."""
        return self._table.closed

    @property
    def unread(self) -> bool:
        """Whether there are schemas that ``refresh`` has not read yet."""
        return any(entry.pending for entry in self._table.entries.values())

    def types(self) -> list[EventType]:
        """Return every event type by name, broken ones too; files that are only included by others are left out."""
        entries = self._table.entries
        included = {path for entry in entries.values() for path in entry.sources.referenced()}
        return [
            entry.type
            for name, entry in sorted(entries.items())
            if entry.type.problem is None or entry.sources.main_path not in included
        ]

    def get(self, name: str) -> EventType | None:
        """Return one event type by name."""
        entry = self._table.get(name)
        return None if entry is None else entry.type

    def schema(self, name: str, *, guarded: bool = False) -> SchemaSet | None:
        """Return the schema of a type, ``guarded`` in the guard's process; None when it is unknown or broken."""
        entry = self._table.get(name)
        return None if entry is None else entry.guarded if guarded else entry.schema

    def ready(self, name: str) -> bool:
        """Whether a form of a type is made and validated at once; in the guard's process it takes time."""
        entry = self._table.get(name)
        return entry is None or entry.schema is None or entry.own

    def vocabulary(self) -> tuple[ElementInfo, ...]:
        """Return the elements of every type that has no problem, for completion."""
        entries = self._table.entries
        found = (entries[item.name].vocabulary() for item in self.types() if item.problem is None)
        return tuple(item for item in found if item is not None)

    def key_fields(self, name: str) -> tuple[str, ...]:
        """Return the paths of the elements and attributes that hold a value, in the schema's order.

        Repeated ones are listed once; a type inside of itself is not followed.
        """
        entry = self._table.get(name)
        info = None if entry is None else entry.vocabulary()
        return () if info is None else tuple(_value_paths(info, ""))

    def warm_up(self) -> None:
        """Read the components of the program's own schemas, on the caller's thread: the first form opens faster."""
        for entry in self._table.entries.values():
            if entry.own and entry.schema is not None:
                entry.schema.components()

    def refresh(self, *, at_most: int | None = None) -> frozenset[str]:
        """Read the folders again; return the names of types that are new, changed or gone.

        Costs one directory listing per folder and one stat per file when nothing has changed; each schema that is not
        the program's own costs up to some seconds. No more than ``at_most`` of those are read, see ``unread``.
        """
        with self._refreshing:
            found, self.left_out = list_schemas(self.folders)
            old = self._table.entries
            watched = {path for entry in old.values() for path in entry.sources.stamps}
            now = {path: stamp_of(path) for path in {*watched, *(item.path for item in found.values())}}
            replaced = {name: entry.type.overrides for name, entry in old.items()}
            same = now == self._files and replaced == {name: item.overrides for name, item in found.items()}
            if same and not self.unread:
                return frozenset()
            arrived = not now.keys() <= self._files.keys()
            self._table.publish(
                {name: self._current(old.get(name), item, now, arrived=arrived) for name, item in found.items()}
            )
            try:
                self._read_pending(now, at_most)
            finally:
                self._loader.end_trials()
            entries = self._table.entries
            self._files = {path: stamp for entry in entries.values() for path, stamp in entry.sources.stamps.items()}
            return frozenset(name for name in {*entries, *old} if entries.get(name) is not old.get(name))

    def _current(
        self, entry: SchemaEntry | None, item: FoundSchema, now: Mapping[Path, Stamp | None], *, arrived: bool
    ) -> SchemaEntry:
        """Return a type's entry if it is up to date; else the new one, which is pending if it is not trusted."""
        if entry is None or entry.outdated(item.path, now, arrived=arrived):
            own = self._loader.is_own(item.path)
            entry = self._loader.load_own(item.path) if own else SchemaEntry.unread(item.path)
        if entry.type.overrides != item.overrides:
            entry = replace(entry, type=replace(entry.type, overrides=item.overrides))
        return entry

    def _read_pending(self, now: Mapping[Path, Stamp | None], at_most: int | None) -> None:
        """Read new files in shared folders, small ones first: they rarely take long."""
        pending = [(now.get(entry.type.path), name) for name, entry in self._table.entries.items() if entry.pending]
        pending.sort(key=lambda item: (item[0][1] if item[0] else 0, item[1]))
        for _stamp, name in pending[:at_most]:
            if self.closed:
                return
            entry = self._table.entries[name]
            read = self._loader.try_schema(entry.type.path)
            read = replace(read, type=replace(read.type, overrides=entry.type.overrides))
            self._table.publish({**self._table.entries, name: read})


def _value_paths(info: ElementInfo, prefix: str) -> list[str]:
    found = [f"{prefix}@{item.name}" for item in info.attributes]
    for child in info.children:
        path = f"{prefix}{child.name}"
        if child.children or child.recursive:
            found += _value_paths(child, f"{path}/")
        else:
            found += [f"{path}/@{item.name}" for item in child.attributes]
            found.append(path)
    return found
