"""The operator's desk for the window's tests: what is on it is said by a test, and what was noted can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.helpers.fake_session import FakeSettings


class FakeRestore:
    """A desk with connections that were open, and an unsent event."""

    def __init__(self, settings: FakeSettings) -> None:
        self._settings = settings
        self.kept = True
        self.opened: list[str] = []
        self.unsent: list[bytes] = []
        self.remembered = 0

    def keep(self, *, on: bool) -> str:
        self.kept = on
        return ""

    def bring_back(self) -> list[str]:
        return list(self.opened)

    def remember(self) -> str:
        self.remembered += 1
        return ""

    def remember_filter(self, query: str) -> str:
        self._settings.remember_filter(query)
        return ""

    def keep_drafts(self, bodies: Sequence[bytes]) -> str:
        self.unsent = list(bodies)
        return ""

    def drafts(self) -> list[bytes]:
        return list(self.unsent)
