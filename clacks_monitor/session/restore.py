"""Stores the state that the next start restores: open connections, filter, active profiles, unsent events.

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
    from collections.abc import Callable, Sequence

    from clacks_monitor.config import SettingsStore
    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.profiles.profiles import Profiles
    from clacks_monitor.session.view.filtering import Filtering

MAX_DRAFT = 256 * 1024
"""Bytes of an unsent event that are kept at most."""
MAX_DRAFTS = 1024 * 1024
"""Bytes of all of them."""
MAX_COUNT = 100
_DRAFT, _DRAFTS = "draft", "drafts"


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

    def keep_drafts(self, bodies: Sequence[bytes]) -> str:
        """Keep unsent events for the next start; the last ones, as far as they are not too large together."""
        if not self._in_use or not self.kept:
            bodies = ()
        texts: list[str] = []
        left = MAX_DRAFTS
        for body in reversed(bodies):
            if len(body) <= min(left, MAX_DRAFT):
                texts.insert(0, base64.b64encode(body).decode())
                left -= len(body)
        value = texts or None
        if self._settings.values.extra.get(_DRAFTS) == value and _DRAFT not in self._settings.values.extra:
            return ""
        return self._tried(lambda: self._settings.remember(_DRAFTS, value)) or self._forget_older()

    def _forget_older(self) -> str:
        """Remove the one event that earlier versions kept."""
        if _DRAFT not in self._settings.values.extra:
            return ""
        return self._tried(lambda: self._settings.remember(_DRAFT, None))

    def drafts(self) -> list[bytes]:
        """Return the unsent events of the last run."""
        extra = self._settings.values.extra
        stored = extra.get(_DRAFTS)
        texts = stored if isinstance(stored, list) else [extra.get(_DRAFT)]
        if not self._in_use or not self.kept:
            return []
        return [body for text in texts[:MAX_COUNT] if isinstance(text, str) and (body := _decoded(text))]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)[:MAX_DRAFT]
    except (binascii.Error, ValueError):
        return b""
