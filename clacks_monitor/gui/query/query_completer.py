"""Feeds the engine's completion and lint with what the schemas know, for the query edits.

Owner: the main window; its thread.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.gui.query.completion import Offer
from clacks_monitor.xquery.editor.complete import complete
from clacks_monitor.xquery.editor.lint import LintWarning, lint
from clacks_monitor.xquery.editor.vocabulary import AttributeWord, ElementWord, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.forms.vocabulary import ElementInfo


def _word(info: ElementInfo) -> ElementWord:
    return ElementWord(
        info.name,
        tuple(_word(child) for child in info.children),
        tuple(AttributeWord(a.name, a.documentation, "", a.values) for a in info.attributes),
        info.documentation,
        info.kind,
        info.values,
        info.open,
    )


def vocabulary_of(elements: Sequence[ElementInfo]) -> Vocabulary:
    """Return the words of all event types, below the Event that each is in."""
    types = tuple(_word(info) for info in elements)
    return Vocabulary(EVENT_NAMESPACE, (ElementWord("Event", types),))


LONG_TEXT = 5_000
"""Characters from which on nothing is completed or linted: it would take longer than a frame."""


class QueryCompleter:
    """Completes queries; the schemas are read when words are first wanted."""

    def __init__(self, elements: Callable[[], Sequence[ElementInfo]]) -> None:
        self._vocabulary = lru_cache(maxsize=1)(lambda: vocabulary_of(elements()))

    def forget(self) -> None:
        """Read the schemas again when words are next wanted."""
        self._vocabulary.cache_clear()

    def __call__(self, text: str, position: int) -> list[Offer]:
        """Return offers for a place in code points, none in a long text."""
        if len(text) >= LONG_TEXT:
            return []
        found = complete(text, position, self._vocabulary())
        return [Offer(item.text, found.start, found.end, item.detail) for item in found.items]

    def lint(self, text: str) -> list[LintWarning]:
        """Return what the query looks for and no event that fits the schemas can have."""
        return lint(text, self._vocabulary()) if len(text) < LONG_TEXT else []
