"""Reads the schema folders on a thread of its own: many or complex files take long."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import alive
from clacks_monitor.session.notices import Trouble, TypesChanged

if TYPE_CHECKING:
    from clacks_monitor.forms import Catalogue
    from clacks_monitor.session.captures.snapshots import Snapshots
    from clacks_monitor.session.notices import Notify

AT_ONCE = 8
"""How many new schemas there are for a TypesChanged while the rest is read."""


class SchemaReader:
    """Keeps the catalogue up to date. Owner: the session's thread."""

    def __init__(self, catalogue: Catalogue, snapshots: Snapshots, notify: Notify) -> None:
        self._catalogue = catalogue
        self._snapshots = snapshots
        self._notify = notify
        self._thread = threading.Thread()
        self._left_out: tuple[str, ...] = ()

    def start(self) -> None:
        """Read the folders, unless they are being read."""
        if not self._thread.is_alive():
            self._thread = threading.Thread(target=self._read, name="schemas", daemon=True)
            self._thread.start()

    def stop(self) -> list[threading.Thread]:
        """Stop reading; return the thread if it has not ended yet."""
        self._catalogue.stop()
        return alive([self._thread])

    def _read(self) -> None:
        more = True
        while more:
            changed = self._catalogue.refresh(at_most=AT_ONCE)
            if changed:
                self._snapshots.schemas_changed()
                self._notify([TypesChanged(changed)])
            more = self._catalogue.unread and not self._catalogue.closed
        if self._catalogue.left_out != self._left_out:
            self._left_out = self._catalogue.left_out
            self._notify([Trouble(text) for text in self._left_out])
