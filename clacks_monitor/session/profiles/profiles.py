"""Profiles as the window uses them: each change is stored, told, and filtered by. Owner: the session's thread."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.config import Looked, ProfileStore, look
from clacks_monitor.config.profile_file import MAX_SAMPLE_BYTES
from clacks_monitor.config.saving import at_once
from clacks_monitor.core.messages import Message, reason
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import ProfilesChanged, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from clacks_monitor.config import ConsentStore
    from clacks_monitor.config.saving import Save
    from clacks_monitor.core.profile import Profile
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.profiles.alerts import Alerts
    from clacks_monitor.session.view.filtering import Filtering

__all__ = ["MAX_SAMPLE_BYTES", "Looked", "Profiles"]


class Profiles:
    """The user's profiles. Methods that can fail return the reason why not, "" when it is done."""

    def __init__(
        self,
        stored: ProfileStore,
        filtering: Filtering,
        alerts: Alerts,
        consents: ConsentStore,
        notify: Notify,
        language: str = "en",
        save: Save = at_once,
    ) -> None:
        self._stored = stored
        self._filtering = filtering
        self._alerts = alerts
        self._consents = consents
        self._notify = notify
        self._save = save
        # Where nothing can be written there are no examples; what is wrong with the folder is told anyway.
        with contextlib.suppress(StorageError):
            stored.install_examples(language)
        self._use()

    def all(self) -> list[Profile]:
        """Return the profiles in their order."""
        return self._stored.all()

    def broken(self) -> list[tuple[Path, str]]:
        """Return the files that could not be read, and why."""
        return [(broken.path, broken.reason) for broken in self._stored.broken]

    def create(self, profile: Profile) -> Profile | str:
        """Add a profile and return it as it was stored, or the reason why not."""
        try:
            profile = self._stored.create(profile)
        except (StorageError, ValueError) as error:
            return str(error)
        self._changed()
        return profile

    def update(self, profile: Profile) -> str:
        """Store a changed profile."""
        return self._do(lambda: self._stored.save(profile))

    def rename(self, profile_id: str, name: str) -> str:
        """Give a profile another name."""
        return self._do(lambda: self._stored.rename(profile_id, name))

    def recolour(self, profile_id: str, colour: str) -> str:
        """Give a profile another colour."""
        return self._do(lambda: self._stored.save(replace(self._stored.get(profile_id), colour=colour)))

    def duplicate(self, profile_id: str) -> str:
        """Copy a profile, right behind its original."""
        return self._do(lambda: self._stored.duplicate(profile_id))

    def delete(self, profile_id: str) -> str:
        """Delete a profile; undo_delete() brings it back."""
        return self._do(lambda: self._stored.delete(profile_id))

    def undo_delete(self) -> str:
        """Bring back the profile deleted last."""
        return self._do(self._stored.undo_delete)

    def move(self, profile_id: str, position: int) -> str:
        """Put a profile at another place in the order."""
        ids = [profile.id for profile in self.all() if profile.id != profile_id]
        ids.insert(position, profile_id)
        return self._do(lambda: self._stored.reorder(ids))

    def activate(self, profile_ids: Collection[str]) -> str:
        """Make exactly these profiles decide what is shown."""
        return self._do(lambda: self._stored.set_active(list(profile_ids)))

    def export(self, profile_id: str, path: Path) -> str:
        """Write a profile to a file for others."""
        return self._do(lambda: self._stored.export(profile_id, path), changes=False)

    def import_file(self, path: Path) -> Profile | str:
        """Add the profile of a file from elsewhere and return it, or the reason why not."""
        try:
            profile = self._stored.import_file(path)
        except StorageError as error:
            return str(error)
        self._changed()
        return profile

    def take_up(self) -> None:
        """Go on with what came of changes when they were saved: another monitor has changed something too."""
        self._changed()

    def _do(self, action: Callable[[], object], *, changes: bool = True) -> str:
        try:
            action()
        except StorageError as error:
            return str(error)
        if changes:
            self._changed()
        return ""

    def _changed(self) -> None:
        self._use()
        self._notify([ProfilesChanged()])

    def _use(self) -> None:
        profiles = self._stored.all()
        self._alerts.use(profiles)
        self._filtering.use_profiles(profiles)

    # -- commands of alerts ----------------------------------------------------------------------------------------

    def look(self, command: Sequence[str]) -> Looked:
        """Return a command as it would be run now, with the files that a consent would cover."""
        return look(command)

    def why_not(self, profile: Profile, looked: Looked) -> str:
        """Return why a command may not run for a profile, "" when exactly this was allowed on this computer."""
        return self._consents.missing(profile.id, looked)

    def allow(self, profile: Profile, looked: Looked) -> str:
        """Let a profile's command run on this computer as it was looked at; a Trouble tells when it has changed."""
        reason = self._tried(lambda: self._consents.allow(profile.id, looked))
        if not reason:
            self._save((self, profile.id), lambda: self._look_again(profile.id, looked))
        return reason

    def _look_again(self, profile_id: str, looked: Looked) -> None:
        """Withdraw a consent to what is not there any more: it would be refused later, when the alert is wanted."""
        if look(looked.command) != looked and not self._consents.missing(profile_id, looked):
            self._consents.withdraw(profile_id)
            self._notify(
                [Trouble(Message("The command was not allowed: what it names has changed while you looked at it."))]
            )

    def forbid(self, profile: Profile) -> str:
        """Let no command of a profile run any more."""
        return self._tried(lambda: self._consents.withdraw(profile.id))

    @staticmethod
    def _tried(store: Callable[[], object]) -> str:
        try:
            store()
        except StorageError as error:
            return reason(error)
        return ""
