"""Profiles on disk: one JSON file each, in a folder that people may look into, copy from and drop files into.

One thread (the session's) owns a Profiles object; several monitors may share the folder: each change reads it again
first, under a lock. A file that cannot be read is reported in ``broken`` and never touched; a deleted profile waits in
the folder's trash for undo.
"""

from __future__ import annotations

import contextlib
import time
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.core.folders import make_folder
from clacks_monitor.storage.errors import StorageError
from clacks_monitor.storage.files import (
    BrokenFile,
    Fields,
    file_name,
    free_name,
    read_document,
    remove_leftovers,
    write_atomically,
    write_document,
)
from clacks_monitor.storage.folder_lock import FolderLock
from clacks_monitor.storage.merging import merged
from clacks_monitor.storage.profile_file import MAX_SAMPLE_BYTES, SCHEMA, profile_from, profile_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.core.profile import Profile

    _Signature = tuple[int, int, int, int]

TRASH_DAYS = 30
_FIRST_START = ".examples-copied"


class ProfileError(StorageError):
    """A profile that is not there, or whose name cannot be."""


class Profiles:
    """The profiles of a folder. Each change is on disk when the method returns; each raises StorageError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._trash = folder / ".trash"
        self._lock = FolderLock(folder)
        self._profiles: dict[str, Profile] = {}
        self._paths: dict[str, Path] = {}
        self._read: dict[Path, tuple[_Signature, Profile]] = {}
        self.broken: tuple[BrokenFile, ...] = ()
        self.reload()

    # -- reading -------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the folder again: files that were dropped into it appear, ``broken`` lists what cannot be read."""
        if not self._folder.is_dir():
            self._load_all(writable=False)
            return
        try:
            with self._lock:
                remove_leftovers(self._folder)
                self._load_all(writable=True)
        except StorageError:
            self._load_all(writable=False)  # what can be read is of use where nothing can be written

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """Keep other monitors out, and know what they have done."""
        with self._lock:
            self._load_all(writable=True)
            yield

    def _load_all(self, *, writable: bool) -> None:
        self._profiles, self._paths = {}, {}
        read, self._read = self._read, {}
        broken: list[BrokenFile] = []
        with contextlib.suppress(OSError):
            for path in sorted(self._folder.iterdir()):
                if path.suffix == ".json" and not path.name.startswith("."):
                    self._load(path, read, broken, writable=writable)
        self.broken = tuple(broken)

    def _load(
        self, path: Path, read: dict[Path, tuple[_Signature, Profile]], broken: list[BrokenFile], *, writable: bool
    ) -> None:
        try:
            signature = _signature(path)
            known = read.get(path)
            unchanged = known is not None and known[0] == signature
            profile = known[1] if known is not None and unchanged else _from_file(path)
            if profile.id in self._profiles:
                # A file that somebody copied by hand: a profile of its own.
                profile = replace(profile, id=uuid.uuid4().hex, active=False, name=self._free(profile.name))
                if writable:
                    write_document(path, SCHEMA, profile_values(profile))
                    signature = _signature(path)
        except OSError as error:
            broken.append(BrokenFile(path, str(error)))
            return
        self._read[path] = signature, profile
        self._profiles[profile.id] = profile
        self._paths[profile.id] = path

    def all(self) -> list[Profile]:
        """Return the profiles in their order."""
        return sorted(self._profiles.values(), key=lambda p: (p.order, p.name.casefold(), p.id))

    def get(self, profile_id: str) -> Profile:
        """Return one profile. Raises ProfileError where there is none."""
        try:
            return self._profiles[profile_id]
        except KeyError:
            raise ProfileError("There is no such profile (any more).") from None

    def by_name(self, name: str) -> Profile | None:
        """Return the profile of that name, compared without case; None where there is none."""
        return next((p for p in self.all() if p.name.casefold() == name.casefold()), None)

    # -- changing ------------------------------------------------------------------------------------------------

    def create(self, profile: Profile) -> Profile:
        """Add a profile at the end; its name gets a number where it is taken. Returns it as it was stored."""
        with self._changing():
            last = max((p.order for p in self._profiles.values()), default=-1)
            identity = uuid.uuid4().hex if profile.id in self._profiles else profile.id
            return self._store(replace(profile, name=self._free(profile.name), order=last + 1, id=identity))

    def save(self, profile: Profile) -> Profile:
        """Store what was changed in a profile; a new name moves its file too.

        Raises ProfileError when the name is taken. What another monitor has changed in it meanwhile stays.
        """
        base = self.get(profile.id)
        with self._changing():
            profile = merged(base, profile, self.get(profile.id))
            other = self.by_name(profile.name)
            if other is not None and other.id != profile.id:
                raise ProfileError(f"There is already a profile “{other.name}”.")
            return self._store(profile)

    def rename(self, profile_id: str, name: str) -> Profile:
        """Give a profile another name. Raises ProfileError when it is taken or empty."""
        return self.save(replace(self.get(profile_id), name=name))

    def duplicate(self, profile_id: str) -> Profile:
        """Copy a profile: another id, a free name, not active, right behind its original."""
        with self._changing():
            original = self.get(profile_id)
            copy = replace(original, id=uuid.uuid4().hex, active=False, name=self._free(original.name))
            self._store(copy)
            ids = [p.id for p in self.all() if p.id != copy.id]
            ids.insert(ids.index(profile_id) + 1, copy.id)
            self._put_in_order(ids)
            return self.get(copy.id)

    def set_active(self, profile_ids: Sequence[str]) -> None:
        """Make exactly these profiles, of those that are known here, take part in what is shown."""
        known = set(self._profiles)
        with self._changing():
            for profile in self.all():
                if profile.id in known and profile.active != (profile.id in profile_ids):
                    self._store(replace(profile, active=not profile.active))

    def reorder(self, profile_ids: Sequence[str]) -> None:
        """Put the profiles in this order; those not named follow in theirs."""
        for profile_id in profile_ids:
            self.get(profile_id)
        with self._changing():
            self._put_in_order([profile_id for profile_id in profile_ids if profile_id in self._profiles])

    def _put_in_order(self, profile_ids: Sequence[str]) -> None:
        named = [self.get(i) for i in dict.fromkeys(profile_ids)]
        rest = [p for p in self.all() if p.id not in profile_ids]
        for order, profile in enumerate([*named, *rest]):
            if profile.order != order:
                self._store(replace(profile, order=order))

    def _free(self, name: str) -> str:
        return free_name(name, [p.name for p in self._profiles.values()])

    def _store(self, profile: Profile) -> Profile:
        if sum(len(sample.body) for sample in profile.samples) > MAX_SAMPLE_BYTES:
            raise ProfileError(f"The samples of “{profile.name}” are larger than {MAX_SAMPLE_BYTES:,} bytes in all.")
        # What is written must be readable again: the same check as for a file from elsewhere.
        profile = profile_from(Fields(profile_values(profile), f"profile “{profile.name}”"))
        old = self._paths.get(profile.id)
        taken = [path.name for path in self._folder.glob("*.json") if path != old]
        path = self._folder / file_name(profile.name, taken)
        if old is not None and old != path:
            with contextlib.suppress(FileNotFoundError):
                old.replace(path)
        self._paths[profile.id] = path
        write_document(path, SCHEMA, profile_values(profile))
        self._read[path] = _signature(path), profile
        self._profiles[profile.id] = profile
        return profile

    # -- deleting and undoing ------------------------------------------------------------------------------------

    def delete(self, profile_id: str) -> None:
        """Move a profile's file to the trash, from where undo_delete() brings it back."""
        self.get(profile_id)
        with self._changing():
            path = self._paths.pop(profile_id, None)
            if path is None:
                return  # someone removed the file already: then it is gone as asked
            try:
                make_folder(self._trash)
                path.replace(self._trash / f"{time.time_ns()}-{profile_id}.json")
            except OSError as error:
                self._paths[profile_id] = path
                raise StorageError(f"The profile cannot be deleted: {error.strerror or error}.") from error
            del self._profiles[profile_id]
            self._empty_trash()

    def deleted(self) -> list[Profile]:
        """Return what is in the trash, the last deleted first."""
        found = []
        for path in self._trashed():
            with contextlib.suppress(StorageError):
                found.append(profile_from(read_document(path, SCHEMA)))
        return found

    def undo_delete(self, profile_id: str | None = None) -> Profile:
        """Bring back the profile deleted last, or the one named. Raises ProfileError when there is none."""
        with self._changing():
            for path in self._trashed():
                try:
                    profile = profile_from(read_document(path, SCHEMA))
                except StorageError:
                    continue
                if profile_id in {None, profile.id} and profile.id not in self._profiles:
                    back = self._store(replace(profile, name=self._free(profile.name)))
                    path.unlink(missing_ok=True)
                    return back
        raise ProfileError("There is no deleted profile to bring back.")

    def _trashed(self) -> list[Path]:
        return sorted(self._trash.glob("*.json"), key=_deleted_ns, reverse=True)

    def _empty_trash(self) -> None:
        oldest = time.time_ns() - TRASH_DAYS * 86_400 * 10**9
        for path in self._trashed():
            if 0 < _deleted_ns(path) < oldest:
                path.unlink(missing_ok=True)

    # -- exchange with others ------------------------------------------------------------------------------------

    def import_file(self, path: Path) -> Profile:
        """Add the profile of a file from elsewhere; it is never active at once. Raises StorageError saying why not."""
        return self.create(replace(profile_from(read_document(path, SCHEMA)), active=False))

    def export(self, profile_id: str, path: Path) -> None:
        """Write a profile to a file for others."""
        write_document(path, SCHEMA, profile_values(replace(self.get(profile_id), active=False)))

    def install_examples(self, language: str = "en") -> list[Profile]:
        """On the first start copy the shipped examples into the folder; later do nothing. Returns what was added."""
        marker = self._folder / _FIRST_START
        if marker.exists():
            return []
        with self._changing():
            if marker.exists():
                return []
            examples = []
            for name in assets.names("resources", "profiles", suffix=".json"):
                example = _in_language(read_document(assets.path("resources", "profiles", name), SCHEMA), language)
                if self.by_name(example.name) is None:
                    examples.append(example)
            added = [self.create(example) for example in sorted(examples, key=lambda p: p.order)]
            write_atomically(marker, b"")
        return added


def _in_language(fields: Fields, language: str) -> Profile:
    """Return an example with its words in a language, as it stands where there are none."""
    example, others = profile_from(fields), fields.inner("in_other_languages")
    words = others.inner(language) if others is not None else None
    if words is None:
        return example
    named = zip(example.samples, words.texts("samples"), strict=True)
    samples = tuple(replace(sample, name=name) for sample, name in named)
    return replace(example, name=words.name(), description=words.text("description"), samples=samples)


def _from_file(path: Path) -> Profile:
    """Return the profile of a file; one without an id has the same one each time it is read, in each monitor."""
    fields = read_document(path, SCHEMA)
    profile = profile_from(fields)
    return profile if fields.has("id") else replace(profile, id=uuid.uuid5(uuid.NAMESPACE_URL, path.name).hex)


def _signature(path: Path) -> _Signature:
    """Return what tells a file from what takes its place. Raises OSError."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _deleted_ns(path: Path) -> int:
    stamp = path.name.partition("-")[0]
    return int(stamp) if stamp.isdecimal() else 0
