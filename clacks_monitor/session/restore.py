"""Stores the state that the next start restores: open connections, filter, active profiles, an unsent event.

The window stores its columns and panes itself. The state is written when it changes, so that it survives a killed
process. A run for which the command line names a bus, a capture or the demonstration neither restores nor changes it.
Owner: the session's thread.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.config import SettingsStore
    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.profiles.profiles import Profiles
    from clacks_monitor.session.view.filtering import Filtering

MAX_DRAFT = 256 * 1024
"""Bytes of an unsent event that are kept at most."""
_DRAFT = "draft"


class RestoreState:
    """Methods that can fail return the reason why not, or ""."""

    def __init__(
        self, settings: SettingsStore, connections: Connections, filtering: Filtering, profiles: Profiles
    ) -> None:
        self._settings = settings
        self._connections = connections
        self._filtering = filtering
        self._profiles = profiles
        self._in_use = False
        self._failed = ""

    @property
    def kept(self) -> bool:
        """Whether the state is restored at the next start."""
        return self._settings.values.restore

    def keep(self, *, on: bool) -> str:
        """Restore the state at the next start, or begin each time with an empty one."""
        return self._store(restore=on) or self.remember()

    def bring_back(self) -> list[str]:
        """Filter as when the program ended; return the ids of the connections that were open. Once, at the start."""
        self._in_use = True
        values = self._settings.values
        if not values.restore:
            if any(profile.active for profile in self._profiles.all()):
                self._profiles.activate([])
            return []
        if values.last_filter.strip():
            # A filter that this version cannot read is left out: everything is shown then.
            self._filtering.apply(values.last_filter)
        known = {connection.id for connection in self._connections.all()}
        return [connection_id for connection_id in values.last_connections if connection_id in known]

    def remember(self) -> str:
        """Store what is open and in force now."""
        if not self._in_use or not self.kept:
            return ""
        opened = tuple(
            connection_id
            for connection_id, status in self._connections.statuses().items()
            if status.state is not ConnectionState.CLOSED and self._connections.stored(connection_id)
        )
        return self._store(last_connections=opened, last_filter=self._filtering.filter_text)

    def _store(self, **changes: Any) -> str:  # noqa: ANN401 - fields of Preferences, as SettingsStore.change takes them
        if all(getattr(self._settings.values, name) == value for name, value in changes.items()):
            return ""
        return self._tried(lambda: self._settings.change(**changes))

    def remember_filter(self, query: str) -> str:
        """Add a query to the history of filters, as the newest."""
        return self._tried(lambda: self._settings.remember_filter(query))

    def _tried(self, store: Callable[[], object]) -> str:
        """Store values; each reason why not is returned once, because storing is tried again every few seconds."""
        try:
            store()
        except StorageError as error:
            reason = "" if str(error) == self._failed else str(error)
            self._failed = str(error)
            return reason
        self._failed = ""
        return ""

    # -- what was being composed -----------------------------------------------------------------------------------

    def keep_draft(self, body: bytes) -> str:
        """Keep an unsent event for the next start, b"" for none; one that is too large is not kept."""
        if not self._in_use or not self.kept or len(body) > MAX_DRAFT:
            body = b""
        text = base64.b64encode(body).decode() or None
        if self._settings.values.extra.get(_DRAFT) == text:
            return ""
        return self._tried(lambda: self._settings.remember(_DRAFT, text))

    def draft(self) -> bytes:
        """Return the unsent event of the last run, b"" for none."""
        text = self._settings.values.extra.get(_DRAFT)
        if not self._in_use or not self.kept or not isinstance(text, str):
            return b""
        try:
            return base64.b64decode(text, validate=True)[:MAX_DRAFT]
        except (binascii.Error, ValueError):
            return b""
