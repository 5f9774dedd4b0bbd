"""Completion: what could stand at a position of a query text.

Role: (text, offset, vocabulary) -> suggestions with the range they replace. Owner: the editor.
Thread: any, nothing is kept but the lines that highlight remembers. Never raises, on any text.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery.editor import keywords
from clacks_monitor.xquery.editor.context import EditorContext
from clacks_monitor.xquery.editor.highlight import highlight_line
from clacks_monitor.xquery.editor.signatures import signatures
from clacks_monitor.xquery.editor.tokens import INITIAL, Expect, LineState
from clacks_monitor.xquery.editor.vocabulary import EMPTY_VOCABULARY, ElementWord, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Completion", "CompletionKind", "Completions", "complete"]

MAX_ITEMS: Final = 300
_WORD: Final = re.compile(rf"(?P<sign>[$@])?(?P<prefix>(?:{keywords.NCNAME}|\*):)?(?P<local>{keywords.NCNAME})?\Z")
_LONGEST_WORD: Final = 200
_STEPS: Final = frozenset({"/", "//", "::", "@"})
_COMPARES: Final = frozenset({"=", "!=", "eq", "ne"})


class CompletionKind(enum.StrEnum):
    """The kind of a suggestion, for its icon."""

    KEYWORD = "keyword"
    FUNCTION = "function"
    VARIABLE = "variable"
    ELEMENT = "element"
    ATTRIBUTE = "attribute"
    PREFIX = "prefix"
    TYPE = "type"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Completion:
    """``text`` replaces the range; ``detail`` is a signature or type, ``documentation`` a sentence."""

    text: str
    kind: CompletionKind
    detail: str = ""
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Completions:
    """Suggestions, the likely first, for the code points ``start`` to ``end`` of the text."""

    start: int
    end: int
    items: tuple[Completion, ...] = ()


def complete(
    text: str, offset: int, vocabulary: Vocabulary = EMPTY_VOCABULARY, externals: Iterable[str] = ()
) -> Completions:
    """Suggest what could stand at ``offset``; ``externals`` are names of known properties."""
    offset = max(0, min(offset, len(text)))
    tail = text[max(0, offset - _LONGEST_WORD) : offset]
    found = _WORD.search(tail)
    word = found.group() if found else ""
    start = offset - len(word)
    state = _state_at(text, start)
    mode, expect = state.levels[-1].mode, state.levels[-1].expect
    if mode == "string":
        return _in_string(text, offset, vocabulary)
    if mode != "query":
        return Completions(offset, offset)
    context = EditorContext(text, vocabulary)
    index = context.tokens.index_at(start)
    items = _Suggestions(context, index, externals).at(word, expect)
    return Completions(start, offset, _ranked(items, word))


def _state_at(text: str, offset: int) -> LineState:
    state = INITIAL
    for line in text[:offset].split("\n"):
        _, state = highlight_line(line, state)
    return state


def _ranked(items: Iterable[Completion], word: str) -> tuple[Completion, ...]:
    """Keep what fits the word so far: first what begins so, then what holds it."""
    wanted = word.lower()
    local = wanted.rpartition(":")[2].lstrip("$@")
    begins: dict[str, Completion] = {}
    holds: dict[str, Completion] = {}
    for item in items:
        name = item.text.lower()
        if name.startswith(wanted) or (":" not in wanted and _local(name).startswith(local)):
            begins.setdefault(item.text, item)
        elif local and local in name and ":" not in wanted:
            holds.setdefault(item.text, item)
    return tuple((begins | holds).values())[:MAX_ITEMS]


def _local(name: str) -> str:
    return name.rpartition(":")[2].lstrip("$@")


class _Suggestions:
    """The suggestions for token ``index``, group by group."""

    def __init__(self, context: EditorContext, index: int, externals: Iterable[str]) -> None:
        self._context = context
        self._index = index
        self._externals = tuple(externals)

    def at(self, word: str, expect: Expect) -> Iterator[Completion]:
        """Choose the groups by what the grammar takes here."""
        before = self._context.tokens[self._index - 1].text if self._index else ""
        if word.startswith("$"):
            yield from self._variables()
        elif before in _STEPS or word.startswith("@"):
            yield from self._step(attributes=before == "@" or word.startswith("@"), sign=word[:1])
        elif expect in {Expect.PROLOG, Expect.NAMESPACE} or before == "declare":
            yield from self._prolog(before)
        elif expect == Expect.TYPE:
            yield from _keywords(keywords.TYPES, CompletionKind.TYPE)
        elif expect in {Expect.OPERATOR, Expect.AFTER_TYPE}:
            yield from _keywords(keywords.OPERATOR_KEYWORDS)
        else:
            yield from self._operand()

    def _operand(self) -> Iterator[Completion]:
        base = self._context.context_of(self._index)
        at_top = base == [self._context.document]
        if not at_top:
            yield from self._elements(base)
            yield from self._attributes(base, "@")
        yield from self._variables()
        if at_top:
            yield from self._elements(base, "./")
        yield from _keywords(keywords.OPERAND_KEYWORDS)
        if self._index == 0 or self._context.tokens[self._index - 1].text == ";":
            yield from _keywords(f"declare {what}" for what in keywords.PROLOG_DECLARATIONS)
        yield from self._functions()
        prefixes = {**self._context.vocabulary.dialect.prefixes, **self._context.declarations.namespaces()}
        for prefix, uri in prefixes.items():
            if prefix:
                yield Completion(f"{prefix}:", CompletionKind.PREFIX, uri)

    def _step(self, *, attributes: bool, sign: str) -> Iterator[Completion]:
        base = self._context.base_of(self._index)
        if attributes:
            yield from self._attributes(base, "@" if sign == "@" else "")
            return
        yield from self._elements(base)
        yield from self._attributes(base, "@")
        for test in ("node()", "text()", "*", "comment()"):
            yield Completion(test, CompletionKind.KEYWORD, "kind test")
        for axis in sorted(keywords.AXES - {"namespace"}):
            yield Completion(f"{axis}::", CompletionKind.KEYWORD, "axis")

    def _elements(self, base: list[ElementWord], lead: str = "") -> Iterator[Completion]:
        prefix = lead + self._context.prefix()
        if not base:
            base = list(self._context.below([self._context.document]))
        for child in {child: None for word in base for child in word.children}:
            yield Completion(prefix + child.name, CompletionKind.ELEMENT, child.type_name, child.documentation)

    @staticmethod
    def _attributes(base: list[ElementWord], lead: str) -> Iterator[Completion]:
        for attribute in {attribute: None for word in base for attribute in word.attributes}:
            yield Completion(
                lead + attribute.name, CompletionKind.ATTRIBUTE, attribute.type_name, attribute.documentation
            )

    def _variables(self) -> Iterator[Completion]:
        for name, index in self._context.declarations.bindings(self._index):
            line = self._context.text.count("\n", 0, self._context.tokens[index].start) + 1
            yield Completion(name, CompletionKind.VARIABLE, f"line {line}")
        for name in self._context.vocabulary.dialect.variables:
            yield Completion(f"${name}", CompletionKind.VARIABLE)
        for name in self._externals:
            yield Completion(f"${name}", CompletionKind.VARIABLE, "application property")

    def _functions(self) -> Iterator[Completion]:
        for name, _ in self._context.declarations.functions():
            yield Completion(f"{name}(", CompletionKind.FUNCTION, "declared here")
        dialect = self._context.vocabulary.dialect
        for signature in (*dialect.functions, *signatures().values()):
            name, summary = signature.name, signature.summary
            if signature.newer and dialect.condition:
                summary += " Not in XQuery 1.0, so not in the broker."
            opening = f"{name}()" if not signature.parameters else f"{name}("
            yield Completion(opening, CompletionKind.FUNCTION, signature.text, summary)

    @staticmethod
    def _prolog(before: str) -> Iterator[Completion]:
        if before == "declare":
            yield from _keywords(keywords.PROLOG_DECLARATIONS)
        elif before in {"default", "function"}:
            yield from _keywords(("element namespace", "function namespace", "order empty"))
        else:
            yield from _keywords(("external", "as", "namespace"))


def _keywords(names: Iterable[str], kind: CompletionKind = CompletionKind.KEYWORD) -> Iterator[Completion]:
    for name in names:
        yield Completion(name, kind)


def _in_string(text: str, offset: int, vocabulary: Vocabulary) -> Completions:
    """Suggest the values that a schema enumerates, or the namespace where one is declared."""
    context = EditorContext(text[:offset], vocabulary)
    start = offset
    index = len(context.tokens)
    while index and context.tokens[index - 1].text[0] not in "\"'":
        index -= 1
    if not index:
        return Completions(offset, offset)
    start = context.tokens[index - 1].start + 1
    before = index - 2
    if before >= 0 and context.tokens[before].text in _COMPARES:
        values = _values(context, before)
        namespace = _declares_namespace(context, before)
        if namespace and vocabulary.namespace:
            values = {vocabulary.namespace: None}
        items = [Completion(value, CompletionKind.VALUE) for value in values]
        return Completions(start, offset, _ranked(items, text[start:offset]))
    return Completions(offset, offset)


def _declares_namespace(context: EditorContext, equals: int) -> bool:
    return context.tokens.text_at(equals - 2) == "namespace"


def _values(context: EditorContext, end: int) -> dict[str, None]:
    start = context.path_start(end)
    if start == end:
        return {}
    last = context.tokens[end - 1]
    if last.kind == "attribute":
        at = end - 2 - (context.tokens[end - 2].kind == "prefix")
        owners = context.base_of(at + 1)
        found = [a for word in owners for a in word.attributes if a.name == last.text]
        return {value: None for attribute in found for value in attribute.values}
    return {value: None for word in context.select(start, end) for value in word.values}
