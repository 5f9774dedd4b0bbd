"""Raises alerts when a profile matches, or has not matched for too long, at most as often as the profile allows.

Threads: matches come from the filter thread, ticks from the session's; a lock guards both. Each alert is sent as an
AlertRaised notice. Matches within the pause after one are counted in the next, and the end of an absence is reported
after the pause. Commands are handed to AlertCommands and webhooks to AlertWebhooks, which use those that were allowed.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from clacks_monitor.session.notices import AlertKind, AlertRaised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.core.profile import Alert, Profile
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.profiles.alert_commands import AlertCommands
    from clacks_monitor.session.profiles.alert_webhooks import AlertWebhooks


class _WatchedProfile:
    """The matches of one profile. Times are seconds of the monotonic clock."""

    __slots__ = ("absent", "body", "next_s", "pending", "profile", "returned_s", "seen_s", "sequence")

    def __init__(self, profile: Profile, now_s: float) -> None:
        self.profile = profile
        self.seen_s = now_s
        self.next_s = now_s
        self.pending = 0
        self.sequence = 0
        self.body = b""
        self.absent = False
        self.returned_s = 0.0

    @property
    def alert(self) -> Alert:
        return self.profile.alert

    def matched(self, count: int, sequence: int, body: bytes, now_s: float) -> list[AlertRaised]:
        if self.absent:
            self.returned_s += now_s - self.seen_s
        self.absent, self.seen_s = False, now_s
        self.sequence, self.body = sequence, body
        if self.alert.on_match:
            self.pending += count
        return self.due(now_s)

    def due(self, now_s: float) -> list[AlertRaised]:
        """Return the alerts to report now: none within the pause after the last one."""
        if now_s < self.next_s:
            return []
        raised: list[AlertRaised] = []
        if self.returned_s:
            raised.append(self._raised(AlertKind.RETURNED, 0, self.returned_s))
            self.returned_s = 0.0
        silent_s = now_s - self.seen_s
        if self.pending:
            raised.append(self._raised(AlertKind.MATCHED, self.pending, 0.0))
            self.pending = 0
        elif not raised and 0 < self.alert.absence_s <= silent_s and not self.absent:
            self.absent = True
            raised.append(self._raised(AlertKind.ABSENT, 0, silent_s))
        if raised:
            self.next_s = now_s + self.alert.pause_s
        return raised

    def _raised(self, kind: AlertKind, count: int, silent_s: float) -> AlertRaised:
        profile, sequence = self.profile, self.sequence if kind is not AlertKind.ABSENT else 0
        return AlertRaised(profile.id, profile.name, kind, time.time_ns(), count, sequence, silent_s, self.alert)


class Alerts:
    """Watches the profiles that have alerts."""

    def __init__(
        self,
        notify: Notify,
        commands: AlertCommands,
        webhooks: AlertWebhooks,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._notify = notify
        self._commands, self._webhooks = commands, webhooks
        self._clock = clock
        self._lock = threading.Lock()
        self._watches: dict[str, _WatchedProfile] = {}

    def use(self, profiles: Iterable[Profile]) -> None:
        """Watch these profiles; the state of one that was watched is kept unless its query has changed."""
        now = self._clock()
        with self._lock:
            old, self._watches = self._watches, {}
            for profile in profiles:
                if not profile.alert.wanted:
                    continue
                watch = old.get(profile.id)
                if watch is None or watch.profile.query != profile.query:
                    watch = _WatchedProfile(profile, now)
                watch.profile = profile
                self._watches[profile.id] = watch

    def matched(self, profile_id: str, count: int, sequence: int, body: bytes) -> None:
        """Record ``count`` new matches of a profile, the last with its sequence number and body. Any thread."""
        with self._lock:
            watch = self._watches.get(profile_id)
            raised = watch.matched(count, sequence, body, self._clock()) if watch is not None else []
        self._report(raised, body)

    def tick(self, *, listening: bool) -> None:
        """Report the alerts that are due; absences count only while ``listening`` to a connection."""
        now = self._clock()
        due: list[tuple[AlertRaised, bytes]] = []
        with self._lock:
            for watch in self._watches.values():
                if not listening and not watch.absent:
                    watch.seen_s = now
                due += [(alert, watch.body) for alert in watch.due(now)]
        for alert, body in due:
            self._report([alert], body)

    def _report(self, raised: Iterable[AlertRaised], body: bytes) -> None:
        for alert in raised:
            self._notify([alert])
            event = body if alert.kind is AlertKind.MATCHED else b""
            if alert.alert.command and alert.kind is not AlertKind.RETURNED:
                self._commands.run(alert, event)
            if alert.alert.webhook.url:
                self._webhooks.post(alert, event)
