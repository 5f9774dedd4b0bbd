"""Profiles on disk: one JSON file each, in a folder that users may copy files from and to.

One thread (the session's) owns a ProfileStore, another may write it. Several monitors may share the folder: each write
reads it again first, under a lock. A file that cannot be read is reported in ``broken`` and never changed; a deleted
profile stays in the folder's trash for undo.
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.config.folder_lock import FolderLock
from clacks_monitor.config.merging import merged
from clacks_monitor.config.profile_file import MAX_FILTER_TEST_BYTES, SCHEMA, profile_from, profile_values
from clacks_monitor.config.profile_folder import ProfileFolder
from clacks_monitor.config.saving import at_once
from clacks_monitor.config.trash import Trash
from clacks_monitor.core.files import (
    Fields,
    free_name,
    read_document,
    remove_leftovers,
    write_atomically,
    write_document,
)
from clacks_monitor.core.folders import make_private
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.config.saving import Save
    from clacks_monitor.core.files import BrokenFile
    from clacks_monitor.core.profile import Profile

    _ById = dict[str, Profile]

_FIRST_START = ".examples-copied"


class ProfileError(StorageError):
    """A profile does not exist, or its name is not valid."""


class ProfileStore:
    """The profiles of a folder. Changes take effect at once; ``save`` writes them, immediately or later.

    Methods that change profiles raise StorageError, and then nothing has changed. ``changed`` is called on the thread
    that writes when the result differs: other monitors' changes are kept, and a name that is taken on disk gets a
    number. Changes that could not be written stay in effect, and are written with the next change.
    """

    def __init__(self, folder: Path, save: Save = at_once, changed: Callable[[], None] = lambda: None) -> None:
        self._folder = folder
        self._trash = Trash(folder)
        self._save, self._changed = save, changed
        self._guard = threading.RLock()
        self._profiles: _ById = {}
        self._deleted: list[Profile] = []
        self._first = False
        """Whether to record that the examples have been installed."""
        self._stored: _ById = {}
        """As they were last read or written; this and what follows belongs to the thread that writes."""
        self._lock = FolderLock(folder)
        self._files = ProfileFolder(folder, self._trash)
        self._load_first()

    @property
    def broken(self) -> tuple[BrokenFile, ...]:
        """The files that cannot be read."""
        return self._files.broken

    def _load_first(self) -> None:
        try:
            if self._folder.is_dir():
                with self._lock:
                    remove_leftovers(self._folder)
                    self._files.load(writable=True)
        except StorageError:
            self._files.load(writable=False)  # the profiles of a folder that cannot be written are still of use
        self._stored = self._files.profiles
        self._profiles = dict(self._files.profiles)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """Change the profiles and save them; the change is undone if saving fails at once."""
        with self._guard:
            before, deleted = dict(self._profiles), list(self._deleted)
            try:
                yield
                self._save(self, self._write)
            except StorageError:
                self._profiles, self._deleted = before, deleted
                raise

    def _write(self) -> None:
        """Merge the changes made here and on disk, in memory and on disk."""
        with self._guard:
            ours = dict(self._profiles)
        with self._lock:
            self._files.load(writable=True)
            found = dict(self._files.profiles)
            wanted = _together(self._stored, ours, found)
            for profile_id in found.keys() - wanted.keys():
                self._files.delete(profile_id)
            for profile in _in_order(wanted):
                theirs = found.get(profile.id)
                if theirs is None or theirs.name != profile.name:
                    del wanted[profile.id]
                    wanted[profile.id] = replace(profile, name=_free(profile.name, wanted))
                if wanted[profile.id] != theirs:
                    self._files.store(wanted[profile.id])
                if theirs is None:
                    self._trash.remove(profile.id)
            if self._first:
                write_atomically(self._folder / _FIRST_START, b"")
                self._first = False
        with self._guard:
            before, self._stored = self._profiles, self._files.profiles
            self._profiles = _together(ours, before, self._stored)
            differs = self._profiles != before
        if differs:
            self._changed()

    def all(self) -> list[Profile]:
        """Return the profiles in their order."""
        return _in_order(self._profiles)

    def get(self, profile_id: str) -> Profile:
        """Return one profile. Raises ProfileError where there is none."""
        try:
            return self._profiles[profile_id]
        except KeyError:
            raise ProfileError("There is no such profile (any more).") from None

    def by_name(self, name: str) -> Profile | None:
        """Return the profile of that name, compared without case; None where there is none."""
        return next((p for p in self.all() if p.name.casefold() == name.casefold()), None)

    def create(self, profile: Profile) -> Profile:
        """Add a profile at the end; its name gets a number where it is taken. Returns it as it was stored."""
        with self._changing():
            identity = self._add(profile)
        return self.get(identity)

    def _add(self, profile: Profile) -> str:
        last = max((p.order for p in self._profiles.values()), default=-1)
        identity = uuid.uuid4().hex if profile.id in self._profiles else profile.id
        self._put(replace(profile, name=_free(profile.name, self._profiles), order=last + 1, id=identity))
        return identity

    def save(self, profile: Profile) -> Profile:
        """Store what was changed in a profile; a new name moves its file too.

        Raises ProfileError when the name is taken or empty. Changes that another monitor made to it meanwhile are kept.
        """
        with self._changing():
            self.get(profile.id)
            other = self.by_name(profile.name)
            if other is not None and other.id != profile.id:
                raise ProfileError(f"There is already a profile “{other.name}”.")
            self._put(profile)
        return self.get(profile.id)

    def duplicate(self, profile_id: str) -> Profile:
        """Copy a profile: another id, a free name, not active, right behind its original."""
        with self._changing():
            original = self.get(profile_id)
            name = _free(original.name, self._profiles)
            copy = replace(original, id=uuid.uuid4().hex, active=False, name=name)
            self._put(copy)
            ids = [p.id for p in self.all() if p.id != copy.id]
            ids.insert(ids.index(profile_id) + 1, copy.id)
            self._put_in_order(ids)
        return self.get(copy.id)

    def set_active(self, profile_ids: Sequence[str]) -> None:
        """Make exactly these profiles, of those that are known here, take part in what is shown."""
        with self._changing():
            for profile in self.all():
                if profile.active != (profile.id in profile_ids):
                    self._put(replace(profile, active=not profile.active))

    def reorder(self, profile_ids: Sequence[str]) -> None:
        """Put the profiles in this order; those not named follow in theirs."""
        with self._changing():
            self._put_in_order(profile_ids)

    def _put_in_order(self, profile_ids: Sequence[str]) -> None:
        named = [self.get(i) for i in dict.fromkeys(profile_ids)]
        rest = [p for p in self.all() if p.id not in profile_ids]
        for order, profile in enumerate([*named, *rest]):
            if profile.order != order:
                self._put(replace(profile, order=order))

    def _put(self, profile: Profile) -> None:
        if sum(len(test.body) for test in profile.filter_tests) > MAX_FILTER_TEST_BYTES:
            raise ProfileError(
                f"The filter tests of “{profile.name}” are larger than {MAX_FILTER_TEST_BYTES:,} bytes in all."
            )
        # It must be readable again: the same check as for a file from elsewhere.
        self._profiles[profile.id] = profile_from(Fields(profile_values(profile), f"profile “{profile.name}”"))

    def delete(self, profile_id: str) -> None:
        """Move a profile's file to the trash, from where undo_delete() brings it back."""
        with self._changing():
            self._deleted.append(self.get(profile_id))
            del self._profiles[profile_id]

    def _all_deleted(self) -> Iterator[Profile]:
        """Yield what was deleted here and what is in the trash, the last deleted first."""
        yield from reversed(self._deleted)
        for path in self._trash.files():
            with contextlib.suppress(StorageError):
                yield profile_from(read_document(path, SCHEMA))

    def undo_delete(self) -> Profile:
        """Bring back the profile deleted last. Raises ProfileError when there is none."""
        with self._changing():
            back = next((p for p in self._all_deleted() if p.id not in self._profiles), None)
            if back is None:
                raise ProfileError("There is no deleted profile to bring back.")
            self._put(replace(back, name=_free(back.name, self._profiles)))
            self._deleted = [other for other in self._deleted if other.id != back.id]
        return self.get(back.id)

    def import_file(self, path: Path) -> Profile:
        """Add the profile of a file from elsewhere; it is never active at once. Raises StorageError saying why not."""
        return self.create(replace(profile_from(read_document(path, SCHEMA)), active=False))

    def export(self, profile_id: str, path: Path) -> None:
        """Write a profile to a file for others."""
        values = profile_values(replace(self.get(profile_id), active=False))
        self._save(path, lambda: write_document(path, SCHEMA, values))

    def install_examples(self, language: str = "en") -> list[Profile]:
        """On the first start add the shipped examples; later do nothing. Returns what was added.

        Their ids are the same in each monitor: two that are started at the same time do not duplicate them. Raises
        StorageError where their folder cannot be made.
        """
        if (self._folder / _FIRST_START).exists():
            return []
        names = assets.names("resources", "profiles", suffix=".json")
        shipped = [read_document(assets.path("resources", "profiles", name), SCHEMA) for name in names]
        try:
            make_private(self._folder)
        except OSError as error:
            raise StorageError(f"{self._folder}: {error.strerror or error}") from error
        with self._changing():
            self._first = True
            examples = sorted((_in_language(fields, language) for fields in shipped), key=lambda p: p.order)
            new = [p for p in examples if p.id not in self._profiles and self.by_name(p.name) is None]
            added = [self._add(example) for example in new]
        return [self.get(profile_id) for profile_id in added]


def _in_order(profiles: _ById) -> list[Profile]:
    return sorted(profiles.values(), key=lambda p: (p.order, p.name.casefold(), p.id))


def _free(name: str, profiles: _ById) -> str:
    return free_name(name, [p.name for p in profiles.values()])


def _together(base: _ById, ours: _ById, theirs: _ById) -> _ById:
    """Return ``theirs`` with what ``ours`` has added, changed and removed since ``base``."""
    found = {key: profile for key, profile in theirs.items() if key in ours or key not in base}
    for key, profile in ours.items():
        if key in theirs:
            found[key] = merged(base.get(key, theirs[key]), profile, theirs[key])
        elif key not in base:
            found[key] = profile
    return found


def _in_language(fields: Fields, language: str) -> Profile:
    """Return an example in a language, unchanged if it is not translated to it."""
    example, others = profile_from(fields), fields.inner("in_other_languages")
    translated = others.inner(language) if others is not None else None
    if translated is None:
        return example
    named = zip(example.filter_tests, translated.texts("samples"), strict=True)
    tests = tuple(replace(test, name=name) for test, name in named)
    return replace(example, name=translated.name(), description=translated.text("description"), filter_tests=tests)
