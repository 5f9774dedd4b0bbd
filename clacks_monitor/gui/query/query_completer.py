"""Feeds the engine's completion with what the schemas know, for the query edits.

Owner: the main window; its thread.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.gui.query.completion import Offer
from clacks_monitor.xquery.editor.complete import complete

if TYPE_CHECKING:
    from clacks_monitor.session.view.query_vocabulary import QueryVocabulary
    from clacks_monitor.xquery.editor.vocabulary import EditorDialect


LONG_TEXT = 5_000
"""Characters from which on nothing is completed: it would take longer than a frame."""


class QueryCompleter:
    """Completes queries."""

    def __init__(self, vocabulary: QueryVocabulary, dialect: EditorDialect | None = None) -> None:
        """Complete what filters are made of, or the texts of a dialect."""
        self._vocabulary, self._dialect = vocabulary, dialect

    def of(self, dialect: EditorDialect) -> QueryCompleter:
        """Return one for another dialect, with the same words."""
        return QueryCompleter(self._vocabulary, dialect)

    def __call__(self, text: str, position: int) -> list[Offer]:
        """Return offers for a place in code points, none in a long text."""
        if len(text) >= LONG_TEXT:
            return []
        words = self._vocabulary()
        if self._dialect is not None:
            words = replace(words, dialect=self._dialect)
        found = complete(text, position, words)
        return [Offer(item.text, found.start, found.end, item.detail) for item in found.items]
