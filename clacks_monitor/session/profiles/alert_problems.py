"""Says what went wrong with the commands or webhooks of alerts: each thing once, until it works again. Any thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.session.notices import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.messages import Message
    from clacks_monitor.session.notices import AlertRaised, Notify


class AlertProblems:
    """Sends a Trouble; ``failed_text`` and ``refused_text`` make its text of a profile's name."""

    def __init__(
        self, notify: Notify, failed_text: Callable[[str], Message], refused_text: Callable[[str], Message]
    ) -> None:
        self._notify, self._failed_text, self._refused_text = notify, failed_text, refused_text
        self._lock = threading.Lock()
        self._failing: set[str] = set()
        self._refused: dict[str, object] = {}

    def refused(self, raised: AlertRaised, what: object, why: str) -> None:
        """Say that something waits to be allowed, once for each ``what`` of a profile."""
        with self._lock:
            again = self._refused.get(raised.profile_id) == what
            self._refused[raised.profile_id] = what
        if not again:
            self._notify([Trouble(self._refused_text(raised.name), why)])

    def failed(self, raised: AlertRaised, why: str) -> None:
        """Say that something failed, once until it succeeds."""
        with self._lock:
            again = raised.profile_id in self._failing
            self._failing.add(raised.profile_id)
        if not again:
            self._notify([Trouble(self._failed_text(raised.name), why)])

    def succeeded(self, raised: AlertRaised) -> None:
        """Forget what was said about a profile."""
        with self._lock:
            self._failing.discard(raised.profile_id)
            self._refused.pop(raised.profile_id, None)
