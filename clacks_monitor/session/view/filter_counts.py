"""How far the filter is: numbers that the filter thread writes and any thread reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clacks_monitor.session.view.filter_evaluation import FilterEvaluation


class FilterCounts:
    """How many entries the filter in force has decided on. The filter thread writes it; any thread reads."""

    def __init__(self) -> None:
        self.evaluation: FilterEvaluation | None = None
        self.stored = 0
        """Sequence number of the newest entry that was stored."""
        self.seen = 0
        """Sequence number of the newest entry that was decided on, 0 for none."""
        self.unreached = 0
        """Entries that the refilter under way has not come to."""
        self.begin = 1
        """The first entry that is decided on."""
        self.left_out = 0
        """Entries of a large archive that are older than those to which it is limited."""

    def shown(self) -> int:
        """Return how many entries the present generation shows so far."""
        evaluation = self.evaluation
        return evaluation.shown if evaluation else 0

    def waiting(self) -> int:
        """Return how many entries the filter in force has not decided on yet: neither shown nor hidden."""
        return max(0, self.stored - self.seen) + self.unreached

    def hits(self) -> dict[str, int]:
        """Return how many events each profile matched in this generation, by its id."""
        evaluation = self.evaluation
        return dict(evaluation.hits) if evaluation else {}
