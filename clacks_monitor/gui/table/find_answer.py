"""What the find bar says about a search. Thread: the window's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from clacks_monitor.gui.table.match_set import MatchSet


@dataclass(slots=True)
class FindAnswer:
    """How many matches are hidden by the filter, and events too slow to evaluate; ``share`` is the percentage done."""

    hidden: int = 0
    slow: int = 0
    share: int = 0
    wrapped: bool = False

    def text(self, matches: MatchSet, here: int) -> str:
        """Return how many matches there are, and which one of them the user is on."""
        translate, count = QCoreApplication.translate, len(matches)
        parts = [self._counted(matches, here)] if count or matches.finished else []
        if self.hidden:
            parts.append(translate("Finding", "%Ln hidden", "", self.hidden))
        if self.slow:
            parts.append(translate("Finding", "%Ln not evaluated (too slow)", "", self.slow))
        if not matches.finished:
            parts.append(translate("Finding", "searching %1 %").replace("%1", str(self.share)))
        elif self.wrapped:
            parts.append(translate("Finding", "search wrapped"))
        return ", ".join(parts)

    def _counted(self, matches: MatchSet, here: int) -> str:
        translate, count = QCoreApplication.translate, len(matches)
        if not count:
            return translate("Finding", "only in hidden events") if self.hidden else translate("Finding", "not found")
        if here not in matches:
            return translate("Finding", "%Ln match(es)", "", count)
        rank = formats.number(matches.count_between(0, here) + 1)
        return translate("Finding", "%1 of %2").replace("%1", rank).replace("%2", formats.number(count))
