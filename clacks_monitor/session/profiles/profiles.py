"""The user's profiles: each change is stored and takes effect at once. Owner: the session's thread."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from clacks_monitor.config import Looked, ProfileStore
from clacks_monitor.config.profile_file import MAX_FILTER_TEST_BYTES
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import ProfilesChanged

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from clacks_monitor.core.profile import Profile
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.profiles.alerts import Alerts
    from clacks_monitor.session.view.filtering import Filtering

__all__ = ["MAX_FILTER_TEST_BYTES", "Looked", "Profiles"]


class Profiles:
    """The user's profiles. Methods that can fail return the reason why not, "" when it is done."""

    def __init__(
        self,
        store: ProfileStore,
        filtering: Filtering,
        alerts: Alerts,
        notify: Notify,
        language: str = "en",
    ) -> None:
        self._store = store
        self._filtering = filtering
        self._alerts = alerts
        self._notify = notify
        # Where nothing can be written there are no examples; what is wrong with the folder is reported elsewhere.
        with contextlib.suppress(StorageError):
            store.install_examples(language)
        self._use()

    def all(self) -> list[Profile]:
        """Return the profiles in their order."""
        return self._store.all()

    def find(self, profile_id: str) -> Profile | None:
        """Return a profile by its identifier, None if there is none."""
        return next((profile for profile in self.all() if profile.id == profile_id), None)

    def create(self, profile: Profile) -> Profile | str:
        """Add a profile and return it as it was stored, or the reason why not."""
        try:
            profile = self._store.create(profile)
        except (StorageError, ValueError) as error:
            return str(error)
        self.refresh()
        return profile

    def update(self, profile: Profile) -> str:
        """Store a changed profile."""
        return self._do(lambda: self._store.save(profile))

    def duplicate(self, profile_id: str) -> str:
        """Copy a profile, right behind its original."""
        return self._do(lambda: self._store.duplicate(profile_id))

    def delete(self, profile_id: str) -> str:
        """Delete a profile; undo_delete() brings it back."""
        return self._do(lambda: self._store.delete(profile_id))

    def undo_delete(self) -> str:
        """Bring back the profile deleted last."""
        return self._do(self._store.undo_delete)

    def move(self, profile_id: str, position: int) -> str:
        """Put a profile at another place in the order."""
        ids = [profile.id for profile in self.all() if profile.id != profile_id]
        ids.insert(position, profile_id)
        return self._do(lambda: self._store.reorder(ids))

    def activate(self, profile_ids: Collection[str]) -> str:
        """Make exactly these profiles decide what is shown."""
        return self._do(lambda: self._store.set_active(list(profile_ids)))

    def export(self, profile_id: str, path: Path) -> str:
        """Write a profile to a file for others."""
        return self._do(lambda: self._store.export(profile_id, path), changes=False)

    def import_file(self, path: Path) -> Profile | str:
        """Add the profile of a file from elsewhere and return it, or the reason why not."""
        try:
            profile = self._store.import_file(path)
        except StorageError as error:
            return str(error)
        self.refresh()
        return profile

    def _do(self, action: Callable[[], object], *, changes: bool = True) -> str:
        try:
            action()
        except StorageError as error:
            return str(error)
        if changes:
            self.refresh()
        return ""

    def refresh(self) -> None:
        """Use the profiles as they are stored now: another monitor may have changed some."""
        self._use()
        self._notify([ProfilesChanged()])

    def _use(self) -> None:
        profiles = self._store.all()
        self._alerts.use(profiles)
        self._filtering.use_profiles(profiles)
