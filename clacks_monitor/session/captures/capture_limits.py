"""The limits of captures, at which the oldest entries are removed. Owner: the session's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.store import Retention
from clacks_monitor.session.captures.stored_limits import use_limits
from clacks_monitor.session.notices import Trouble

if TYPE_CHECKING:
    from clacks_monitor.config import SettingsStore
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.session.notices import Notify


class CaptureLimits:
    """Sets limits, and remembers that they were set here: when a capture is opened again, only such limits apply.

    ``of_new`` are those that new captures get, None for none.
    """

    def __init__(self, of_new: Retention | None, settings: SettingsStore | None, notify: Notify) -> None:
        self._of_new = of_new
        self._settings = settings
        self._notify = notify

    def apply_to_new(self, made: EventStore) -> EventStore:
        """Limit a capture that is new, and return it. Raises StorageError. Any thread."""
        if self._of_new is not None:
            made.set_retention(self._of_new)
            self._remember(made)
        return made

    def set(self, capture: EventStore, limits: Retention, *, new_ones_too: bool) -> str:
        """Limit a capture from now on, and on request those that are begun later; return why not, or ""."""
        wanted = limits if limits != Retention() else None
        if new_ones_too:
            self.use_for_new(limits)
        try:
            capture.set_retention(wanted)
            self._remember(capture)
        except StorageError as error:
            return str(error)
        return ""

    def use_for_new(self, limits: Retention) -> None:
        """Limit captures that are begun from now on."""
        self._of_new = limits if limits != Retention() else None

    def use_stored(self, capture: EventStore) -> None:
        """Obey the limits that a capture holds if they were set here; of others only send a Trouble."""
        text = use_limits(capture, self._settings)
        if text:
            self._notify([Trouble(text, Message("File > Limits of the capture sets limits for this computer."))])

    def _remember(self, capture: EventStore) -> None:
        if self._settings is not None:
            self._settings.remember_limits(capture.id, capture.retention)
