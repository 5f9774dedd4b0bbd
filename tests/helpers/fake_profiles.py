"""Profiles in memory, for the window's tests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.config import Looked, look
from clacks_monitor.core.messages import Message
from clacks_monitor.core.profile import Profile
from clacks_monitor.session import notices as n

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from clacks_monitor.core.webhook import Webhook
    from tests.helpers.fake_session import FakeSession


TELEPHONES = (
    "declare namespace f='http://www.gonicus.de/Events';\n./f:Event/f:PhoneStatus or\n./f:Event/f:AsteriskNotification"
)
_CLIENTS = "declare namespace f='http://www.gonicus.de/Events';\n./f:Event/f:ClientAnnounce or\n./f:Event/f:ClientLeave"


class NoCommands:
    """Allows nothing."""

    def look(self, command: Sequence[str]) -> Looked:
        return look(command)

    def why_not(self, _looked: Looked) -> str:
        return Message("Not allowed on this computer yet.")

    def why_not_webhook(self, _webhook: Webhook) -> str:
        return Message("Not allowed on this computer yet.")

    def attempt(self, _webhook: Webhook) -> str:
        return ""


class FakeProfiles:
    """The user's profiles."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self._all = [
            Profile("Telephones", TELEPHONES, "Calls and telephones", "blue", order=0, id="telephones"),
            Profile("Clients", _CLIENTS, "Computers that come and go", "green", order=1, id="clients"),
        ]
        self._deleted: list[tuple[int, Profile]] = []

    def all(self) -> list[Profile]:
        return list(self._all)

    def find(self, profile_id: str) -> Profile | None:
        return next((profile for profile in self._all if profile.id == profile_id), None)

    def create(self, profile: Profile) -> Profile | str:
        if any(other.name == profile.name for other in self._all):
            return f"There is a profile named {profile.name} already."
        profile = replace(profile, order=len(self._all))
        self._all.append(profile)
        self._changed()
        return profile

    def update(self, profile: Profile) -> str:
        if not profile.name.strip():
            return "A profile needs a name."
        self._all = [profile if old.id == profile.id else old for old in self._all]
        return self._changed()

    def duplicate(self, profile_id: str) -> str:
        original = self._get(profile_id)
        copy = Profile(f"{original.name} (copy)", original.query, original.description, original.colour)
        self._all.insert(self._all.index(original) + 1, copy)
        return self._changed()

    def delete(self, profile_id: str) -> str:
        profile = self._get(profile_id)
        self._deleted.append((self._all.index(profile), profile))
        self._all.remove(profile)
        return self._changed()

    def undo_delete(self) -> str:
        if not self._deleted:
            return "No profile was deleted."
        self._all.insert(*self._deleted.pop())
        return self._changed()

    def move(self, profile_id: str, position: int) -> str:
        profile = self._get(profile_id)
        self._all.remove(profile)
        self._all.insert(position, profile)
        return self._changed()

    def activate(self, profile_ids: Collection[str]) -> str:
        self._all = [replace(profile, active=profile.id in profile_ids) for profile in self._all]
        return self._changed()

    def export(self, profile_id: str, path: Path) -> str:
        path.write_text(self._get(profile_id).query, encoding="utf-8")
        return ""

    def import_file(self, path: Path) -> Profile | str:
        return self.create(Profile(path.stem, path.read_text(encoding="utf-8")))

    def _get(self, profile_id: str) -> Profile:
        return next(profile for profile in self._all if profile.id == profile_id)

    def _changed(self) -> str:
        self._session.filtering.refilter()
        self._session.notify([n.ProfilesChanged()])
        return ""


class FakeConsents:
    """Consents: ``allowed`` are the commands that may run, ``webhooks`` those that may be posted to."""

    def __init__(self) -> None:
        self.allowed: set[tuple[str, Looked]] = set()
        self.webhooks: set[tuple[str, Webhook]] = set()

    def why_not_webhook(self, profile: Profile, webhook: Webhook) -> str:
        return "" if (profile.id, webhook) in self.webhooks else Message("Not allowed on this computer yet.")

    def allow_webhook(self, profile: Profile, webhook: Webhook) -> str:
        self.webhooks = {(profile.id, webhook)}
        return ""

    def forbid_webhook(self, profile: Profile) -> str:
        self.webhooks = {found for found in self.webhooks if found[0] != profile.id}
        return ""

    def look(self, command: Sequence[str]) -> Looked:
        return look(command)

    def why_not(self, profile: Profile, looked: Looked) -> str:
        if looked.problem or (profile.id, looked) in self.allowed:
            return looked.problem
        return Message("Not allowed on this computer yet.")

    def allow(self, profile: Profile, looked: Looked) -> str:
        self.allowed = {(profile.id, looked)}
        return ""

    def forbid(self, profile: Profile) -> str:
        self.allowed = {found for found in self.allowed if found[0] != profile.id}
        return ""


class FakeWebhooks:
    """Posts nothing; ``tested`` are the webhooks that a test was sent to."""

    def __init__(self) -> None:
        self.tested: list[tuple[Webhook, str]] = []

    def attempt(self, webhook: Webhook, name: str) -> str:
        self.tested.append((webhook, name))
        return Message("{0} accepted the test: {1}. {2}", "chat.example", "200 OK", "ok")
