"""The profile files of a folder, as they were last read or written."""

from __future__ import annotations

import contextlib
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.config.profile_file import SCHEMA, profile_from, profile_values
from clacks_monitor.core.files import BrokenFile, file_name, free_name, read_document, write_document
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.config.trash import Trash
    from clacks_monitor.core.profile import Profile

    _Signature = tuple[int, int, int, int]


class ProfileFolder:
    """Reads and writes one JSON file for each profile. Thread: the one that writes.

    ``profiles`` are those on disk by their ids, in a new dict after each load(); ``broken`` are the files that cannot
    be read. Those are never changed.
    """

    def __init__(self, path: Path, trash: Trash) -> None:
        self._path, self._trash = path, trash
        self.profiles: dict[str, Profile] = {}
        self.broken: tuple[BrokenFile, ...] = ()
        self._paths: dict[str, Path] = {}
        self._read: dict[Path, tuple[_Signature, Profile]] = {}

    def load(self, *, writable: bool) -> None:
        """Read the files that have changed. A copied file gets another id, saved if the folder is ``writable``."""
        self.profiles, self._paths = {}, {}
        cached, self._read = self._read, {}
        broken: list[BrokenFile] = []
        with contextlib.suppress(OSError):
            for path in sorted(self._path.iterdir()):
                if path.suffix == ".json" and not path.name.startswith("."):
                    try:
                        self._load(path, cached.get(path), writable=writable)
                    except OSError as error:
                        broken.append(BrokenFile(path, str(error)))
        self.broken = tuple(broken)

    def _load(self, path: Path, cached: tuple[_Signature, Profile] | None, *, writable: bool) -> None:
        signature = _signature(path)
        profile = cached[1] if cached is not None and cached[0] == signature else _from_file(path)
        if profile.id in self.profiles:  # a file that was copied by hand
            name = free_name(profile.name, [p.name for p in self.profiles.values()])
            profile = replace(profile, id=uuid.uuid4().hex, active=False, name=name)
            if writable:
                write_document(path, SCHEMA, profile_values(profile))
                signature = _signature(path)
        self._add(path, signature, profile)

    def _add(self, path: Path, signature: _Signature, profile: Profile) -> None:
        self._read[path] = signature, profile
        self._paths[profile.id] = path
        self.profiles[profile.id] = profile

    def store(self, profile: Profile) -> None:
        """Write a profile; its file is renamed when the name has changed. Raises StorageError."""
        old = self._paths.get(profile.id)
        taken = [path.name for path in self._path.glob("*.json") if path != old]
        path = self._path / file_name(profile.name, taken)
        if old is not None and old != path:
            with contextlib.suppress(FileNotFoundError):
                old.replace(path)
        self._paths[profile.id] = path
        write_document(path, SCHEMA, profile_values(profile))
        self._add(path, _signature(path), profile)

    def delete(self, profile_id: str) -> None:
        """Move a profile's file to the trash. Raises StorageError."""
        try:
            self._trash.move_in(self._paths[profile_id], profile_id)
        except OSError as error:
            raise StorageError(f"The profile cannot be deleted: {error.strerror or error}.") from error
        del self.profiles[profile_id], self._paths[profile_id]


def _from_file(path: Path) -> Profile:
    """Return the profile of a file; one without an id has the same one each time it is read, in each monitor."""
    fields = read_document(path, SCHEMA)
    profile = profile_from(fields)
    return profile if fields.has("id") else replace(profile, id=uuid.uuid5(uuid.NAMESPACE_URL, path.name).hex)


def _signature(path: Path) -> _Signature:
    """Return what distinguishes a file from one that replaces it. Raises OSError."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
