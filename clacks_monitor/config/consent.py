"""Which commands of alerts this user allows on this computer. Any thread.

Consents are in the state's folder, apart from what is shared, and each is sealed with a random key of that folder over
the user, the machine, the profile, the command and the content of its files: in a copy of the folder elsewhere, or
written by another hand, it is not one.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import platform
import secrets
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clacks_monitor.config.folder_lock import FolderLock
from clacks_monitor.core.files import Schema, read_bytes, read_document, set_aside, write_atomically, write_document
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.config.commands import Looked

SCHEMA = Schema("clacks-monitor consent", 1, {})
_KEY_BYTES = 32
_MACHINE = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


class Consents:
    """The consents in a folder. Several monitors may share it: the file is read each time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "consents.json"
        self._key_file = folder / "consent.key"

    def known(self, profile_id: str, command: Sequence[str]) -> bool:
        """Return whether this command was allowed for a profile, whatever is in its files now: before they are read."""
        record = self._records().get(profile_id)
        return isinstance(record, dict) and record.get("command") == list(command) and self._sealed(profile_id, record)

    def missing(self, profile_id: str, looked: Looked) -> str:
        """Return why a command may not run for a profile, "" when exactly this was allowed here by this user."""
        if looked.problem:
            return looked.problem
        record = self._records().get(profile_id)
        if not isinstance(record, dict):
            return say("It has not been allowed on this computer.")
        if not self._sealed(profile_id, record):
            return say("It was allowed by another user or on another computer, not here.")
        if record["command"] != list(looked.command):
            return say("Another command was allowed, not this one.")
        changes = _changes(record, looked)
        return reduce(lambda one, other: say("{0} {1}", one, other), changes) if changes else ""

    def allow(self, profile_id: str, looked: Looked) -> None:
        """Allow a command with its files as they were found. Raises StorageError."""
        if looked.problem:
            raise StorageError(looked.problem)
        record: dict[str, Any] = {
            "command": list(looked.command),
            "program": looked.program,
            "files": {file.path: file.digest for file in looked.files},
        }
        with FolderLock(self._folder):
            key = self._key() or self._new_key()
            records = self._records(aside=True)
            write_document(
                self._file,
                SCHEMA,
                {"consents": {**records, profile_id: {**record, "seal": _seal(key, profile_id, record)}}},
            )

    def withdraw(self, profile_id: str) -> None:
        """Allow no command of a profile any more. Raises StorageError."""
        if profile_id not in self._records():
            return
        with FolderLock(self._folder):
            left = {name: record for name, record in self._records(aside=True).items() if name != profile_id}
            write_document(self._file, SCHEMA, {"consents": left})

    def _records(self, *, aside: bool = False) -> Mapping[str, Any]:
        """Return what is in the file, nothing where it is broken; ``aside`` lets another take its place."""
        if not os.path.lexists(self._file):
            return {}
        try:
            return read_document(self._file, SCHEMA).mapping("consents")
        except StorageError:
            if aside:
                set_aside(self._file)
            return {}

    def _sealed(self, profile_id: str, record: Mapping[str, Any]) -> bool:
        key = self._key()
        seal = record.get("seal")
        return (
            key is not None
            and isinstance(seal, str)
            and hmac.compare_digest(seal.encode(), _seal(key, profile_id, record).encode())
        )

    def _key(self) -> bytes | None:
        """Return this user's key; None where there is none, or others could have read or written it."""
        try:
            found = self._key_file.lstat()
            if found.st_uid != os.geteuid() or found.st_mode & 0o077:
                return None
            key = read_bytes(self._key_file, _KEY_BYTES)
        except OSError:
            return None
        return key if len(key) == _KEY_BYTES else None

    def _new_key(self) -> bytes:
        key = secrets.token_bytes(_KEY_BYTES)
        if os.path.lexists(self._key_file):
            set_aside(self._key_file)
        write_atomically(self._key_file, key)
        return key


def _seal(key: bytes, profile_id: str, record: Mapping[str, Any]) -> str:
    parts = [record.get(name) for name in ("command", "program", "files")]
    content = json.dumps([os.geteuid(), _machine(), profile_id, *parts], sort_keys=True)
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def _machine() -> str:
    """Return what stands for this machine."""
    for path in _MACHINE:
        with contextlib.suppress(OSError):
            found = read_bytes(path, 1000).decode("ascii", "replace").strip()
            if found:
                return found
    return platform.node()


def _changes(record: Mapping[str, Any], looked: Looked) -> list[str]:
    """Return in words what is different from what was allowed; the record's seal was right."""
    changes: list[str] = []
    if record["program"] != looked.program:
        changes.append(say("The program is now {0}; {1} was allowed.", looked.program, record["program"]))
    now = {file.path: file.digest for file in looked.files}
    for path in sorted({*record["files"], *now}):
        if path not in now:
            changes.append(say("{0} is not there any more.", path))
        elif path not in record["files"]:
            changes.append(say("{0} was not there when the command was allowed.", path))
        elif record["files"][path] != now[path]:
            changes.append(say("{0} has changed since the command was allowed.", path))
    return changes
