"""Preferences and connections on disk: small versioned JSON files, written whole or not at all.

One thread (the session's) owns each object, another may write it. Window geometry is not here (the toolkit keeps it),
and no password ever.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from clacks_monitor.config.connection_record import connection_from, connection_values
from clacks_monitor.config.folder_lock import FolderLock
from clacks_monitor.config.merging import merged
from clacks_monitor.config.saving import at_once
from clacks_monitor.core.files import Fields, Schema, free_name, read_document, set_aside, write_document
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.store import Retention

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from clacks_monitor.config.saving import Save
    from clacks_monitor.core.connection import ConnectionSettings

T = TypeVar("T")

SETTINGS_SCHEMA = Schema("clacks-monitor settings", 1, {})
CONNECTIONS_SCHEMA = Schema("clacks-monitor connections", 1, {})
HISTORY_LENGTH = 200
LIMITS_KEPT = 500
"""Captures of which it is remembered which limits were set for them: those whose limits were set last."""
_LIMITS = "limits_of_captures"
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?|")


@dataclass(frozen=True, slots=True)
class Preferences:
    """The settings that the program keeps between runs.

    ``language`` is "de", "en" or "" for the system's; ``last_capture`` a path or ""; ``last_connections`` the ids of
    connections that were open, ``last_filter`` the query that was in force, and ``restore`` says whether both are
    brought back; ``filter_history`` and ``question_history`` queries, the newest first; ``schema_folders`` paths beside
    the user's own; the ring's limits are bytes, seconds and entries, 0 for none; ``extra`` holds JSON values of other
    parts of the program.
    """

    language: str = ""
    last_capture: str = ""
    last_connections: tuple[str, ...] = ()
    last_filter: str = ""
    restore: bool = True
    filter_history: tuple[str, ...] = ()
    question_history: tuple[str, ...] = ()
    schema_folders: tuple[str, ...] = ()
    ring_bytes: int = 0
    ring_age_s: float = 0.0
    ring_count: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)


def _preferences_from(fields: Fields) -> Preferences:
    language = fields.text("language", "", limit=10)
    if not _LANGUAGE.fullmatch(language):
        raise fields.error("language", 'a language such as "de" or "en"')
    return Preferences(
        language=language,
        last_capture=fields.text("last_capture", "", limit=10_000),
        last_connections=fields.texts("last_connections", length=64),
        last_filter=fields.text("last_filter", ""),
        restore=fields.flag("restore", default=True),
        filter_history=fields.texts("filter_history"),
        question_history=fields.texts("question_history"),
        schema_folders=fields.texts("schema_folders", length=10_000),
        ring_bytes=fields.integer("ring_bytes", low=0),
        ring_age_s=fields.number("ring_age_s", 0.0, low=0.0, high=1e10),
        ring_count=fields.integer("ring_count", low=0),
        extra=fields.mapping("extra"),
    )


def _preference_values(values: Preferences) -> dict[str, Any]:
    return {
        "language": values.language,
        "last_capture": values.last_capture,
        "last_connections": list(values.last_connections),
        "last_filter": values.last_filter,
        "restore": values.restore,
        "filter_history": list(values.filter_history),
        "question_history": list(values.question_history),
        "schema_folders": list(values.schema_folders),
        "ring_bytes": values.ring_bytes,
        "ring_age_s": values.ring_age_s,
        "ring_count": values.ring_count,
        "extra": dict(values.extra),
    }


def _read_or_set_aside(path: Path, read: Callable[[Fields], T], schema: Schema) -> tuple[T | None, str]:
    """Return what a file holds, None where there is none or it is broken; and what is wrong, "" if nothing is.

    A broken file is set aside. Raises StorageError for one that stays where it is: nothing may take its place.
    """
    if not path.exists() and not path.is_symlink():
        return None, ""
    try:
        return read(read_document(path, schema)), ""
    except StorageError as error:
        return None, f"{error} It was set aside as {set_aside(path).name}."


@dataclass(frozen=True, slots=True)
class _Kind(Generic[T]):
    """A kind of document: how it is read and written, and its default value."""

    schema: Schema
    read: Callable[[Fields], T]
    values: Callable[[T], dict[str, Any]]
    nothing: T


class _File(Generic[T]):
    """A document that is changed here at once, and on disk by ``save``: in one step for all monitors.

    What another monitor has written meanwhile is kept: each change is made of what is on disk then, and ``changed`` is
    called when that makes another value of it. A change that could not be written counts here all the same, and is
    tried again with the next one. ``problem`` says what was wrong with the file, when something was; one that could
    not be set aside stays as it is, and writing raises StorageError.
    """

    def __init__(self, path: Path, kind: _Kind[T], save: Save, changed: Callable[[], None]) -> None:
        self.path, self._kind, self._save, self._changed = path, kind, save, changed
        self._lock = FolderLock(path.parent)
        self._guard = threading.Lock()
        self._changes: list[Callable[[T], T]] = []
        self.value = kind.nothing
        self.problem = ""
        try:
            found, self.problem = _read_or_set_aside(path, kind.read, kind.schema)
        except StorageError as error:
            self.problem = str(error)
        else:
            self.value = kind.nothing if found is None else found
        self._stored = self.value

    def change(self, change: Callable[[T], T]) -> None:
        """Make ``change`` of the value, and have it saved. Raises StorageError, then nothing has changed."""
        with self._guard:
            before = self.value
            self.value = self._checked(change(before))
            self._changes.append(change)
        try:
            self._save(self, self._write)
        except StorageError:
            with self._guard:
                self._changes.remove(change)
                self.value = before
            raise

    def _checked(self, value: T) -> T:
        """Return a value as it is when it is read again. Raises DocumentError for one that cannot be."""
        return self._kind.read(Fields(self._kind.values(value), self.path.name))

    def _made_of(self, value: T, changes: Sequence[Callable[[T], T]]) -> T:
        for change in changes:
            value = self._checked(change(value))
        return value

    def _write(self) -> None:
        with self._guard:
            changes = tuple(self._changes)
        with self._lock:
            found, problem = _read_or_set_aside(self.path, self._kind.read, self._kind.schema)
            stored = self._made_of(self._stored if found is None else found, changes)
            self.problem = problem or self.problem
            write_document(self.path, self._kind.schema, self._kind.values(stored))
        with self._guard:
            del self._changes[: len(changes)]
            before, self._stored = self.value, stored
            self.value = self._made_of(stored, self._changes)
            differs = self.value != before
        if differs:
            self._changed()


class SettingsStore:
    """The preferences' file. ``problem`` says what was wrong with it; then it was set aside, and defaults apply.

    Two monitors may have it: a change concerns what it names, and leaves the rest as it is on disk.
    """

    def __init__(self, path: Path, save: Save = at_once) -> None:
        kind = _Kind(SETTINGS_SCHEMA, _preferences_from, _preference_values, Preferences())
        self._file = _File(path, kind, save, lambda: None)

    @property
    def problem(self) -> str:
        """What was wrong with the file."""
        return self._file.problem

    @property
    def values(self) -> Preferences:
        """The preferences as they were last read or written here."""
        return self._file.value

    def change(self, **changes: Any) -> Preferences:  # noqa: ANN401 - the fields of Preferences, checked below
        """Store changed preferences, for example ``change(language="de")``. Raises StorageError."""
        return self._apply(lambda now: replace(now, **changes))

    def _apply(self, change: Callable[[Preferences], Preferences]) -> Preferences:
        self._file.change(change)
        return self.values

    def remember_filter(self, query: str) -> None:
        """Put a query in front of the history; the same one only once, HISTORY_LENGTH at most. Raises StorageError."""
        if query.strip():
            self._apply(lambda now: replace(now, filter_history=_in_front(query, now.filter_history)))

    def remember_question(self, query: str) -> None:
        """Put a question in front of the history of questions, likewise. Raises StorageError."""
        if query.strip():
            self._apply(lambda now: replace(now, question_history=_in_front(query, now.question_history)))

    def remember(self, key: str, value: object) -> None:
        """Store a JSON value of one's own under ``key``; None removes it. Raises StorageError."""

        def put(now: Preferences) -> Preferences:
            extra = {name: old for name, old in now.extra.items() if name != key}
            return replace(now, extra=extra if value is None else {**extra, key: value})

        self._apply(put)

    def limits_of(self, capture_id: str) -> Retention | None:
        """Return the limits that were set here for a capture, None for none."""
        match _limits_in(self.values).get(capture_id):
            case [int(size), int() | float() as age, int(count)]:
                return Retention(size, float(age), count)
        return None

    def remember_limits(self, capture_id: str, limits: Retention | None) -> None:
        """Store the limits that were set here for a capture, None for none. Raises StorageError."""

        def put(now: Preferences) -> Preferences:
            others = [(key, value) for key, value in _limits_in(now).items() if key != capture_id]
            mine = [] if limits is None else [(capture_id, [limits.max_bytes, limits.max_age_s, limits.max_count])]
            return replace(now, extra={**now.extra, _LIMITS: dict([*others, *mine][-LIMITS_KEPT:])})

        self._apply(put)


def _in_front(query: str, history: Sequence[str]) -> tuple[str, ...]:
    return tuple([query, *(old for old in history if old != query)][:HISTORY_LENGTH])


def _limits_in(values: Preferences) -> dict[str, object]:
    found = values.extra.get(_LIMITS)
    return found if isinstance(found, dict) else {}


class ConnectionStore:
    """The connections' file, in the user's order. Each change is saved by ``save``, on disk or on its way there.

    Two monitors may have it: what the other one has added, changed or removed meanwhile stays so; ``changed`` is called
    on the thread that writes when something of it was found.
    """

    def __init__(self, path: Path, save: Save = at_once, changed: Callable[[], None] = lambda: None) -> None:
        nothing: tuple[ConnectionSettings, ...] = ()
        self._file = _File(path, _Kind(CONNECTIONS_SCHEMA, _connections_from, _values_of, nothing), save, changed)

    @property
    def problem(self) -> str:
        """What was wrong with the file."""
        return self._file.problem

    def all(self) -> list[ConnectionSettings]:
        """Return the connections in order."""
        return list(self._file.value)

    def get(self, connection_id: str) -> ConnectionSettings | None:
        """Return one connection, None where there is none."""
        return _with_id(self._file.value, connection_id)

    def put(self, settings: ConnectionSettings) -> ConnectionSettings:
        """Store a new or changed connection; a name that is taken gets a number. Raises StorageError."""
        base = self.get(settings.id)

        def put(now: tuple[ConnectionSettings, ...]) -> tuple[ConnectionSettings, ...]:
            theirs = _with_id(now, settings.id)
            ours = settings if base is None or theirs is None else merged(base, settings, theirs)
            ours = replace(ours, name=free_name(ours.name, [c.name for c in now if c.id != ours.id]))
            return tuple(ours if c.id == ours.id else c for c in now) if theirs is not None else (*now, ours)

        self._file.change(put)
        return self.get(settings.id) or settings

    def remove(self, connection_id: str) -> None:
        """Remove a connection; its password is the keyring's to forget. Raises StorageError."""
        self._file.change(lambda now: tuple(c for c in now if c.id != connection_id))


def _with_id(connections: Sequence[ConnectionSettings], connection_id: str) -> ConnectionSettings | None:
    return next((c for c in connections if c.id == connection_id), None)


def _connections_from(fields: Fields) -> tuple[ConnectionSettings, ...]:
    return tuple(connection_from(item) for item in fields.items("connections"))


def _values_of(connections: tuple[ConnectionSettings, ...]) -> dict[str, Any]:
    return {"connections": [connection_values(c) for c in connections]}
