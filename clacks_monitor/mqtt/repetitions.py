"""Recognises messages that come again: the broker does not know that they had arrived before the connection was lost.

Such a message is marked (dup) and has the number of its packet from the first time, and so has no other that the
broker waits for. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clacks_monitor.mqtt.publication import Publication


class Repetitions:
    """Remembers which message had each packet number last: at most 65,535, as many as there are."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def repeats(self, message: Publication) -> bool:
        """Return whether a message with QoS 1 or 2 has come before, and remember it."""
        key = hash((message.topic, message.payload))
        if message.dup and self._seen.get(message.number) == key:
            return True
        self._seen[message.number] = key
        return False

    def forget(self) -> None:
        """Forget all: the broker has begun a new session, in which nothing comes again."""
        self._seen.clear()
