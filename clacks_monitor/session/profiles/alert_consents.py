"""Consents to the commands and webhooks of alerts on this computer. Owner: the session's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.config import Looked, look
from clacks_monitor.config.saving import at_once
from clacks_monitor.core.messages import Message, reason
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.config import ConsentStore
    from clacks_monitor.config.saving import Save
    from clacks_monitor.core.profile import Profile
    from clacks_monitor.core.webhook import Webhook
    from clacks_monitor.session.notices import Notify

__all__ = ["AlertConsents", "Looked"]


class AlertConsents:
    """Allows and forbids commands and webhooks. Methods that can fail return the reason why not, "" when done."""

    def __init__(self, store: ConsentStore, notify: Notify, save: Save = at_once) -> None:
        self._store = store
        self._notify = notify
        self._save = save

    def look(self, command: Sequence[str]) -> Looked:
        """Return a command as it would be run now, with the files that a consent would cover."""
        return look(command)

    def why_not(self, profile: Profile, looked: Looked) -> str:
        """Return why a command may not run for a profile, "" when exactly this was allowed on this computer."""
        return self._store.missing(profile.id, looked)

    def allow(self, profile: Profile, looked: Looked) -> str:
        """Let a profile's command run on this computer as it was shown; a Trouble is sent if it has changed since."""
        problem = _tried(lambda: self._store.allow(profile.id, looked))
        if not problem:
            self._save((self, profile.id), lambda: self._check(profile.id, looked))
        return problem

    def _check(self, profile_id: str, looked: Looked) -> None:
        """Withdraw a consent to a command that has changed: it would be refused later, when the alert is wanted."""
        if look(looked.command) != looked and not self._store.missing(profile_id, looked):
            self._store.withdraw(profile_id)
            self._notify([Trouble(Message("The command was not allowed: its files changed during the review."))])

    def forbid(self, profile: Profile) -> str:
        """Withdraw all consents to commands of a profile."""
        return _tried(lambda: self._store.withdraw(profile.id))

    def why_not_webhook(self, profile: Profile, webhook: Webhook) -> str:
        """Return why a profile's alerts may not be posted there, "" when exactly this was allowed on this computer."""
        return self._store.missing_webhook(profile.id, webhook)

    def allow_webhook(self, profile: Profile, webhook: Webhook) -> str:
        """Let a profile's alerts be posted to a URL from this computer."""
        return _tried(lambda: self._store.allow_webhook(profile.id, webhook))

    def forbid_webhook(self, profile: Profile) -> str:
        """Withdraw all consents to webhooks of a profile."""
        return _tried(lambda: self._store.withdraw_webhook(profile.id))


def _tried(store: Callable[[], object]) -> str:
    try:
        store()
    except StorageError as error:
        return reason(error)
    return ""
