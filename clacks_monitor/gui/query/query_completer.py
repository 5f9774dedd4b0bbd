"""Feeds the engine's completion with what the schemas know, for the query edits.

Owner: the main window; its thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.gui.query.completion import Offer
from clacks_monitor.xquery.editor.complete import complete

if TYPE_CHECKING:
    from clacks_monitor.session.view.query_vocabulary import QueryVocabulary


LONG_TEXT = 5_000
"""Characters from which on nothing is completed: it would take longer than a frame."""


class QueryCompleter:
    """Completes queries."""

    def __init__(self, vocabulary: QueryVocabulary) -> None:
        self._vocabulary = vocabulary

    def __call__(self, text: str, position: int) -> list[Offer]:
        """Return offers for a place in code points, none in a long text."""
        if len(text) >= LONG_TEXT:
            return []
        found = complete(text, position, self._vocabulary())
        return [Offer(item.text, found.start, found.end, item.detail) for item in found.items]
