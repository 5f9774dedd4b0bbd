"""What the find bar says about a search. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from clacks_monitor.gui.table.match_set import MatchSet


class FindAnswer(QObject):
    """How many matches are hidden by the filter, and events too slow to evaluate; ``share`` is the percentage done."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = self.slow = self.share = 0
        self.wrapped = False

    def text(self, matches: MatchSet, here: int) -> str:
        """Return how many matches there are, and which one of them the user is on."""
        count = len(matches)
        parts = [self._counted(matches, here)] if count or matches.finished else []
        if self.hidden:
            parts.append(self.tr("%Ln hidden", "", self.hidden))
        if self.slow:
            parts.append(self.tr("%Ln not evaluated (too slow)", "", self.slow))
        if not matches.finished:
            parts.append(self.tr("searching %1 %").replace("%1", str(self.share)))
        elif self.wrapped:
            parts.append(self.tr("search wrapped"))
        return ", ".join(parts)

    def _counted(self, matches: MatchSet, here: int) -> str:
        count = len(matches)
        if not count:
            return self.tr("only in hidden events") if self.hidden else self.tr("not found")
        if here not in matches:
            return self.tr("%Ln match(es)", "", count)
        rank = formats.number(matches.count_between(0, here) + 1)
        return self.tr("%1 of %2").replace("%1", rank).replace("%2", formats.number(count))
