"""The filters that were applied before, the newest first, and where the user is among them. No Qt here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HISTORY = 100


class FilterHistory:
    """At most HISTORY texts."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = list(texts)[:HISTORY]
        self._place = -1
        self._before = ""

    def leave(self) -> None:
        """Begin at the newest again."""
        self._place = -1

    def remember(self, text: str) -> None:
        """Put an applied filter at the beginning, and begin there again."""
        self.leave()
        if text.strip():
            self._texts = [text, *(old for old in self._texts if old != text)][:HISTORY]

    def walk(self, step: int, typed: str) -> str | None:
        """Return an older (-1) or newer (1) filter, at last what was ``typed`` before; None where there is none."""
        if self._place < 0:
            self._before = typed
        place = self._place - step
        if place >= len(self._texts) or place < -1:
            return None
        self._place = place
        return self._texts[place] if place >= 0 else self._before
