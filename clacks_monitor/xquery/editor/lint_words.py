"""What the lint knows of the schemas, and the sentences in which it says what it misses.

Role: the lower half of `lint`. Owner: one call of it. Thread: any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.suggestions import nearest
from clacks_monitor.xquery.editor.vocabulary import AttributeWord, ElementWord, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clacks_monitor.xquery import syntax as s

MAX_WORDS: Final = 5_000
"""Elements that are looked at below a `//`; beyond that nothing is certain."""
_MANY: Final = 6
_DOWN: Final = frozenset(("descendant", "descendant-or-self"))


ANYTHING: Final = ElementWord("", open=True)
"""Stands for elements that are not known, beside those that are."""


class Words:
    """The vocabulary with the ways through it; `namespaces` are the prefixes of the query."""

    def __init__(self, vocabulary: Vocabulary, namespaces: Mapping[str, str]) -> None:
        self.namespace = vocabulary.namespace
        self.document = ElementWord("", vocabulary.roots)
        self.prefix = next((p for p, uri in namespaces.items() if uri == vocabulary.namespace and p), "")
        self._parents: dict[ElementWord, list[ElementWord]] | None = None

    def has_name(self, word: ElementWord, name: s.NameTest) -> bool:
        """Whether an element has this name; the document has none."""
        return (
            word is not self.document
            and name.local in (None, word.name)
            and (name.uri is None or name.uri == self.namespace)
        )

    def along(self, axis: str, elements: Sequence[ElementWord]) -> tuple[tuple[ElementWord, ...], bool]:
        """The elements that an axis leads to, and whether it certainly leads to no others."""
        if axis == "child":
            return _once(child for word in elements for child in word.children), True
        if axis == "self":
            return tuple(elements), True
        if axis in _DOWN:
            return self._below(elements, itself=axis == "descendant-or-self")
        parents = _once(parent for word in elements for parent in self._parents_of(word))
        if axis == "parent":
            return parents, True
        if axis in ("following-sibling", "preceding-sibling"):
            return _once(child for parent in parents for child in parent.children), True
        return (), False

    def _below(self, elements: Sequence[ElementWord], *, itself: bool) -> tuple[tuple[ElementWord, ...], bool]:
        certain = not any(word.open for word in elements)
        seen: dict[ElementWord, None] = dict.fromkeys(elements if itself else ())
        stack = [child for word in elements for child in word.children][::-1]
        while stack:
            word = stack.pop()
            if word not in seen:
                seen[word] = None
                stack += word.children[::-1]
                certain = certain and not word.open
            if len(seen) > MAX_WORDS:
                return tuple(seen), False
        return tuple(seen), certain

    def _parents_of(self, word: ElementWord) -> list[ElementWord]:
        if self._parents is None:
            self._parents = {}
            for parent in (self.document, *self._below([self.document], itself=False)[0]):
                for child in parent.children:
                    self._parents.setdefault(child, []).append(parent)
        return self._parents.get(word, [])


def _once(words: Iterable[ElementWord]) -> tuple[ElementWord, ...]:
    return tuple(dict.fromkeys(words))


# ---------------------------------------------------------------- sentences
def unknown_element(axis: str, around: Sequence[ElementWord], known: Sequence[ElementWord], name: str) -> str:
    """That no schema has an element there, and what it may have instead."""
    where = _names(around)
    place = f"in {where}" if where else "at the top of an event"
    if axis.endswith("sibling"):
        place = f"beside {where}"
    if axis in _DOWN:
        place = f"anywhere below {where}" if where else "anywhere in an event"
    if axis == "child" and where and not known:
        none = f"{where} has no elements" if len(around) == 1 else f"There are no elements in {where}"
        return f"{none}, so none named '{name}'.{_as_attribute(around, name)}"
    instead = _as_attribute(around, name) or _instead(name, [word.name for word in known if word.name])
    return f"No schema has an element '{name}' {place}.{instead}"


def unknown_attribute(around: Sequence[ElementWord], known: Sequence[AttributeWord], name: str) -> str:
    """That no schema has such an attribute, and which there are."""
    where = _names(around) or "the document"
    if not known:
        return f"{where} has no attributes, so none named '{name}'.{_as_element(around, name)}"
    instead = _as_element(around, name) or _instead(name, [word.name for word in known])
    return f"No schema has an attribute '{name}' for {where}.{instead}"


def _as_element(around: Sequence[ElementWord | AttributeWord], name: str) -> str:
    there = any(child.name == name for word in around if isinstance(word, ElementWord) for child in word.children)
    return " There is an element of that name: leave out the @." if there else ""


def _as_attribute(around: Sequence[ElementWord | AttributeWord], name: str) -> str:
    there = any(a.name == name for word in around if isinstance(word, ElementWord) for a in word.attributes)
    return f" There is an attribute of that name: write @{name}." if there else ""


def wrong_namespace(words: Words, name: s.NameTest) -> str:
    """That the name is right, but not its namespace."""
    looked = f"in '{name.uri}'" if name.uri else "in no namespace"
    local = f"'{name.local}'" if name.local is not None else "what is here"
    way = f" Write {words.prefix}:{name.local or '*'}." if words.prefix else ""
    return f"Events have {local} in the namespace '{words.namespace}', this looks for it {looked}.{way}"


def unknown_value(place: Sequence[ElementWord | AttributeWord], value: str) -> str:
    """That no schema allows such a value, and which there are."""
    values = list(dict.fromkeys(v for word in place for v in word.values))
    return f"{_names(place)} never has the value '{value}'.{_instead(value, values)}"


def _names(words: Sequence[ElementWord | AttributeWord]) -> str:
    names = list(dict.fromkeys(word.name for word in words if word.name))
    if len(names) > 2:  # noqa: PLR2004 - more are no help
        return f"any of {len(names)} elements"
    return " or ".join(f"'{name}'" for name in names)


def _instead(name: str, known: Sequence[str]) -> str:
    names = list(dict.fromkeys(known))
    close = nearest(name, names)
    if close:
        return f" Did you mean '{close}'?"
    if not names or len(names) > 2 * _MANY:
        return ""
    more = ", ..." if len(names) > _MANY else "."
    return f" There is {', '.join(names[:_MANY])}{more}"
