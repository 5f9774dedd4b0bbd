"""Records which commands and webhooks of alerts this user allows on this computer. Any thread.

Consents are in the state's folder, apart from what is shared, and each is sealed with a random key of that folder over
the user, the machine, the profile, and the command with the content of its files, or the webhook's URL and content: a
consent in a copy of the folder, or written by other programs, is not valid.

Changes take effect at once and are written by ``save``, immediately or later.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import platform
import secrets
import threading
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clacks_monitor.config.folder_lock import FolderLock
from clacks_monitor.config.saving import at_once
from clacks_monitor.core.files import Schema, read_bytes, read_document, set_aside, write_atomically, write_document
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.config.commands import Looked
    from clacks_monitor.config.saving import Save
    from clacks_monitor.core.webhook import Webhook

SCHEMA = Schema("clacks-monitor consent", 1, {})
_KEY_BYTES = 32
_COMMAND_PARTS = ("command", "program", "files")
_WEBHOOK_PARTS = ("url", "content")
_WEBHOOK = "/webhook"
"""Behind a profile's identifier, which contains no slash, in the key of its webhook's record."""
_MACHINE = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


class ConsentStore:
    """The consents in a folder. Several monitors may share it: the file is read each time."""

    def __init__(self, folder: Path, save: Save = at_once) -> None:
        self._folder = folder
        self._save = save
        self._guard = threading.Lock()
        self._changes: dict[str, dict[str, Any] | None] = {}
        """Pending changes by the key of the record: the record without its seal, or None to withdraw the consent."""
        self._file = folder / "consents.json"
        self._key_file = folder / "consent.key"

    def known(self, profile_id: str, command: Sequence[str]) -> bool:
        """Return whether this command was allowed for a profile, whatever is in its files now: before they are read."""
        record = self._record(profile_id)
        return isinstance(record, dict) and record.get("command") == list(command) and self._sealed(profile_id, record)

    def missing(self, profile_id: str, looked: Looked) -> str:
        """Return why a command may not run for a profile, "" when exactly this was allowed here by this user."""
        if looked.problem:
            return looked.problem
        record = self._record(profile_id)
        if not isinstance(record, dict):
            return Message("Not allowed on this computer yet.")
        if not self._sealed(profile_id, record):
            return Message("Allowed by another user or on another computer only.")
        if record["command"] != list(looked.command):
            return Message("A different command was allowed.")
        changes = _changes(record, looked)
        return reduce(lambda one, other: Message("{0} {1}", one, other), changes) if changes else ""

    def allow(self, profile_id: str, looked: Looked) -> None:
        """Allow a command with its files as they were found. Raises StorageError, then nothing has changed."""
        if looked.problem:
            raise StorageError(looked.problem)
        files = {file.path: file.digest for file in looked.files}
        self._change(profile_id, {"command": list(looked.command), "program": looked.program, "files": files})

    def withdraw(self, profile_id: str) -> None:
        """Allow no command of a profile any more. Raises StorageError, then nothing has changed."""
        if self._record(profile_id) is not None:
            self._change(profile_id, None)

    def missing_webhook(self, profile_id: str, webhook: Webhook) -> str:
        """Return why a profile's alerts may not be posted there, "" when exactly this was allowed here by this user."""
        key = profile_id + _WEBHOOK
        record = self._record(key)
        if not isinstance(record, dict):
            return Message("Not allowed on this computer yet.")
        if not self._sealed(key, record):
            return Message("Allowed by another user or on another computer only.")
        return "" if record == {**record, **_webhook_record(webhook)} else Message("A different URL was allowed.")

    def allow_webhook(self, profile_id: str, webhook: Webhook) -> None:
        """Allow a profile's alerts to be posted to a URL. Raises StorageError, then nothing has changed."""
        self._change(profile_id + _WEBHOOK, _webhook_record(webhook))

    def withdraw_webhook(self, profile_id: str) -> None:
        """Allow no webhook of a profile any more. Raises StorageError, then nothing has changed."""
        if self._record(profile_id + _WEBHOOK) is not None:
            self._change(profile_id + _WEBHOOK, None)

    def _change(self, profile_id: str, record: dict[str, Any] | None) -> None:
        with self._guard:
            self._changes[profile_id] = record
        try:
            self._save(self, self._write)
        except StorageError:
            with self._guard:
                self._changes.pop(profile_id, None)
            raise

    def _write(self) -> None:
        with self._guard:
            changes = dict(self._changes)
        with FolderLock(self._folder):
            records = {**self._records(aside=True), **changes}
            allowed = {name: record for name, record in changes.items() if record is not None}
            if allowed:
                key = self._key() or self._new_key()
                records |= {name: {**record, "seal": _seal(key, name, record)} for name, record in allowed.items()}
            left = {name: record for name, record in records.items() if record is not None}
            write_document(self._file, SCHEMA, {"consents": left})
        with self._guard:
            for name, record in changes.items():
                if self._changes.get(name, changes) is record:
                    del self._changes[name]

    def _record(self, profile_id: str) -> object:
        """Return the record of a profile's consent, None if there is none."""
        with self._guard:
            if profile_id in self._changes:
                return self._changes[profile_id]
        return self._records().get(profile_id)

    def _records(self, *, aside: bool = False) -> Mapping[str, Any]:
        """Return the content of the file, empty where it is broken; with ``aside`` a broken file is renamed."""
        if not os.path.lexists(self._file):
            return {}
        try:
            return read_document(self._file, SCHEMA).mapping("consents")
        except StorageError:
            if aside:
                set_aside(self._file)
            return {}

    def _sealed(self, profile_id: str, record: Mapping[str, Any]) -> bool:
        """Whether this user allowed it here: just now, or as its seal says."""
        with self._guard:
            if self._changes.get(profile_id) is record:
                return True
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


def _webhook_record(webhook: Webhook) -> dict[str, Any]:
    return {"url": webhook.url, "content": webhook.content.value}


def _seal(key: bytes, profile_id: str, record: Mapping[str, Any]) -> str:
    names = _WEBHOOK_PARTS if profile_id.endswith(_WEBHOOK) else _COMMAND_PARTS
    parts = [record.get(name) for name in names]
    content = json.dumps([os.geteuid(), _machine(), profile_id, *parts], sort_keys=True)
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def _machine() -> str:
    """Return the identifier of this machine."""
    for path in _MACHINE:
        with contextlib.suppress(OSError):
            found = read_bytes(path, 1000).decode("ascii", "replace").strip()
            if found:
                return found
    return platform.node()


def _changes(record: Mapping[str, Any], looked: Looked) -> list[str]:
    """Describe how the command differs from the one allowed by a record with a valid seal."""
    changes: list[str] = []
    if record["program"] != looked.program:
        changes.append(Message("The program has changed to {0}; {1} was allowed.", looked.program, record["program"]))
    now = {file.path: file.digest for file in looked.files}
    for path in sorted({*record["files"], *now}):
        if path not in now:
            changes.append(Message("{0} no longer exists.", path))
        elif path not in record["files"]:
            changes.append(Message("{0} did not exist when the command was allowed.", path))
        elif record["files"][path] != now[path]:
            changes.append(Message("{0} has changed since the command was allowed.", path))
    return changes
