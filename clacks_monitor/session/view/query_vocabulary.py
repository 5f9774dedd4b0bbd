"""What the schemas know, in the words of the query language: for completion and for warnings. Any thread."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.xquery.editor.vocabulary import AttributeWord, ElementWord, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.forms import ElementInfo


class QueryVocabulary:
    """The vocabulary of a catalogue; the schemas are read when it is first wanted."""

    def __init__(self, elements: Callable[[], Iterable[ElementInfo]]) -> None:
        self._vocabulary = lru_cache(maxsize=1)(lambda: vocabulary_of(elements()))

    def __call__(self) -> Vocabulary:
        """Return the vocabulary."""
        return self._vocabulary()

    def forget(self) -> None:
        """Read the schemas again when words are next wanted."""
        self._vocabulary.cache_clear()


def vocabulary_of(elements: Iterable[ElementInfo]) -> Vocabulary:
    """Return the words of all event types, below the Event that each is in."""
    types = tuple(_word(info) for info in elements)
    return Vocabulary(EVENT_NAMESPACE, (ElementWord("Event", types),))


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
