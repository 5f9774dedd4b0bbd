"""Leaves out what is delivered a second time after a break: at most what was under way when it came.

Only deliveries that may have come before are compared, with what was recorded in earlier attachments, each of which
accounts for one of them: two equal events that a sender sent twice stay two. Thread: the recorder's.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from clacks_monitor.core import delivery
from clacks_monitor.core.event import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clacks_monitor.core.event import Entry, RawMessage

    Identity = bytes


def identity_of(raw: RawMessage) -> Identity:
    """Return what two deliveries of one message have in common, and two messages have not.

    A message id alone is not trusted: some senders use one for many messages.
    """
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{raw.message_id}\0{raw.creation_ns}\0".encode("utf-8", "surrogatepass"))
    if not raw.message_id:
        given = ((name, value) for name, value in raw.properties.items() if name not in delivery.OBSERVED)
        named = json.dumps(sorted(given), default=str)
        digest.update(named.encode() + b"\0")
    digest.update(raw.body)
    return digest.digest()


class RecentMessages:
    """What was recorded of one source lately: up to ``limit`` messages of earlier attachments, and of this one."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._attachment = 0
        self._earlier: Counter[Identity] = Counter()
        self._now: list[Identity] = []

    def is_repeated(self, raw: RawMessage, attachment: int, *, may_be: bool) -> bool:
        """Return whether the message was recorded in an earlier attachment; remember it in any case."""
        if attachment != self._attachment:
            self._attachment = attachment
            self._turn()
        identity = identity_of(raw)
        found = may_be and self._earlier[identity] > 0
        if found:
            self._earlier[identity] -= 1
        self._now.append(identity)
        if len(self._now) > 2 * self._limit:
            del self._now[: -self._limit]
        return found

    def _turn(self) -> None:
        """Count everything that is known as of earlier attachments."""
        known = [*self._earlier.elements(), *self._now][-self._limit :]
        self._earlier, self._now = Counter(known), []

    def remember(self, raws: Iterable[RawMessage]) -> None:
        """Add what another recorder, or an earlier process, has recorded last, oldest first."""
        self._now += [identity_of(raw) for raw in raws]
        self._turn()


class Deduplicator:
    """RecentMessages by the names of the sources; ``windows`` are the messages of each that may be under way."""

    def __init__(self, windows: dict[str, int]) -> None:
        self._windows = windows
        self._recent: dict[str, RecentMessages] = {}
        self.forget()

    @property
    def depth(self) -> int:
        """How many of the newest entries of a store to remember()."""
        return 4 * sum(self._windows.values())

    def forget(self) -> None:
        """Forget everything: another recorder has recorded meanwhile."""
        self._recent = {name: RecentMessages(2 * window) for name, window in self._windows.items()}

    def remember(self, entries: Iterable[Entry]) -> None:
        """Add the newest entries of a store, oldest first."""
        found: dict[str, list[RawMessage]] = {name: [] for name in self._windows}
        for entry in entries:
            if isinstance(entry, Event) and entry.connection in found:
                found[entry.connection].append(entry.raw)
        for name, raws in found.items():
            self._recent[name].remember(raws[-2 * self._windows[name] :])

    def is_repeated(self, raw: RawMessage, attachment: int, *, may_be: bool) -> bool:
        """Return whether a delivered message was recorded already; ``may_be`` is what its delivery says."""
        return self._recent[raw.connection].is_repeated(raw, attachment, may_be=may_be)
