"""Copies of connections, profiles and schemas in the capture: what was in use while its events were recorded.

Owner: the session's thread. Files are read, and copies written, on a thread of its own.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from clacks_monitor.config import connection_values, profile_values
from clacks_monitor.core.ending import Worker
from clacks_monitor.core.regular_file import read_regular
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.store import SnapshotKind
from clacks_monitor.core.webhook import NO_WEBHOOK

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.profile import Profile
    from clacks_monitor.core.store import EventStore

    Copy = tuple[SnapshotKind, str, bytes]

MOST = 500
"""Connections, profiles and schemas that are copied, of each kind."""
LONGEST = 1024 * 1024
"""Bytes of a copy; what is larger is left out."""


@dataclass(frozen=True, slots=True)
class _InUse:
    """What a capture gets copies of. ``schemas`` are files, ``version`` counts how often their content has changed."""

    connections: tuple[ConnectionSettings, ...]
    profiles: tuple[Profile, ...]
    schemas: tuple[Path, ...]
    version: int


class Snapshots:
    """Keeps the copies in the capture up to date: at first all of them, then those of what has changed."""

    def __init__(self) -> None:
        self._capture: EventStore | None = None
        self._in_use: _InUse | None = None
        self._version = 0
        self._written: set[Copy] = set()
        """Kind, name and SHA-256 of what the capture has; of the worker's thread."""
        self._worker = Worker("snapshots")

    def schemas_changed(self) -> None:
        """Copy the schemas again the next time: the content of a file has changed. Any thread."""
        self._version += 1

    def update(
        self,
        capture: EventStore,
        connections: Iterable[ConnectionSettings],
        profiles: Iterable[Profile],
        schemas: Iterable[Path],
    ) -> None:
        """Copy what has changed since the last call, if anything has; meant to be called every few seconds."""
        if capture.read_only:
            return
        in_use = _InUse(
            tuple(islice(connections, MOST)), tuple(islice(profiles, MOST)), tuple(islice(schemas, MOST)), self._version
        )
        if capture is self._capture and in_use == self._in_use:
            return
        begins = capture is not self._capture
        self._capture, self._in_use = capture, in_use
        self._worker.submit(partial(self._write, capture, in_use, begins=begins))

    def stop(self) -> list[threading.Thread]:
        """Stop copying; return the thread while it runs."""
        return self._worker.stop()

    def _write(self, capture: EventStore, in_use: _InUse, *, begins: bool) -> None:
        if begins:
            self._written.clear()
        for kind, name, content in _copies(in_use):
            known = kind, name, hashlib.sha256(content).digest()
            if self._worker.stopped:
                return
            if known in self._written or len(content) > LONGEST:
                continue
            try:
                capture.notes.snapshot(kind, name, content)
            except StorageError:
                return  # the recorder says what is wrong with the file; it is tried again with the next change
            self._written.add(known)


def _copies(in_use: _InUse) -> Iterator[Copy]:
    for settings in in_use.connections:
        yield SnapshotKind.CONNECTION, settings.name, _json(connection_values(settings))
    for profile in in_use.profiles:
        # The arguments of a command and the URL of a webhook may hold a password, and do not concern the events.
        shown = replace(profile, alert=replace(profile.alert, command=(), webhook=NO_WEBHOOK))
        yield SnapshotKind.PROFILE, profile.name, _json(profile_values(shown))
    for path in in_use.schemas:
        try:
            content = read_regular(path, LONGEST)
        except (OSError, ValueError):
            continue
        yield SnapshotKind.SCHEMA, path.name, content


def _json(values: dict[str, object]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace")
