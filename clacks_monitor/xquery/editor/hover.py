"""Hover: an explanation of the word under the pointer.

Role: (text, offset, vocabulary) -> a title and a sentence, or None. Owner: the editor.
Thread: any, nothing is kept. Never raises, on any text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery.editor.context import EditorContext
from clacks_monitor.xquery.editor.signatures import signatures
from clacks_monitor.xquery.editor.tokens import TokenClass
from clacks_monitor.xquery.editor.vocabulary import EMPTY_VOCABULARY, AttributeWord, ElementWord, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.xquery.editor.source_tokens import SourceToken

__all__ = ["Hover", "hover"]

_SHOWN: Final = 200
_MAX_VALUES: Final = 12
_KEYWORDS: Final = {
    "let": "Names a value: `let $name := expression`.",
    "for": "Goes through items one by one: `for $name in expression`.",
    "where": "Keeps what fulfils a condition.",
    "order": "Sorts: `order by key`, with `ascending` or `descending`.",
    "group": "Collects what has the same key: `group by $name`. Not in XQuery 1.0.",
    "return": "The result for each round. A filter matches if there is a node, or if it is true.",
    "some": "True if the condition holds for at least one item.",
    "every": "True if the condition holds for all items.",
    "satisfies": "The condition of `some` and `every`.",
    "if": "`if (condition) then a else b`; there is always an `else`.",
    "typeswitch": "Chooses by the type of a value.",
    "switch": "Chooses by a value. Not in XQuery 1.0.",
    "try": "Catches errors: `try { } catch * { }`. Not in XQuery 1.0.",
    "declare": "Begins a declaration of the prolog; it ends with a semicolon.",
    "external": "The value comes from an application property of the event.",
    "and": "True if both sides are true.",
    "or": "True if one of the sides is true.",
    "eq": "Compares two single values; with `=` one of several is enough.",
    "ne": "Whether two single values differ; `!=` is true if any pair differs.",
    "instance": "Asks for a type: `value instance of type`.",
    "cast": "Makes a value of another type: `value cast as type`.",
    "castable": "Whether a cast would succeed.",
    "to": "A range of integers: `1 to 5`.",
    "union": "All nodes of both sides, in document order; also written `|`.",
    "intersect": "The nodes that are on both sides.",
    "except": "The nodes of the left that are not on the right.",
    "namespace": "Gives a prefix to a namespace: `declare namespace e = 'uri';`.",
}


@dataclass(frozen=True, slots=True)
class Hover:
    """``title`` is one line, ``text`` a sentence or two; both about code points ``start`` to ``end``."""

    start: int
    end: int
    title: str
    text: str = ""


def hover(text: str, offset: int, vocabulary: Vocabulary = EMPTY_VOCABULARY) -> Hover | None:
    """Return what is at ``offset``, None where there is nothing to explain."""
    context = EditorContext(text, vocabulary)
    index = context.tokens.index_at(offset)
    if index >= len(context.tokens) or context.tokens[index].start > offset:
        return None
    token = context.tokens[index]
    title, sentence = _described(context, index, token)
    return Hover(token.start, token.end, title, sentence) if title else None


def _described(context: EditorContext, index: int, token: SourceToken) -> tuple[str, str]:
    match token.kind:
        case TokenClass.FUNCTION:
            return _function(context, index, token)
        case TokenClass.KEYWORD:
            return (token.text, _KEYWORDS[token.text]) if token.text in _KEYWORDS else ("", "")
        case TokenClass.VARIABLE:
            return _variable(context, index, token)
        case TokenClass.PREFIX:
            prefix = token.text.rstrip(":")
            return context.declarations.namespaces().get(prefix, ""), f"The namespace of the prefix {prefix}."
        case TokenClass.NAME | TokenClass.ATTRIBUTE:
            return _name(context, index, token)
    return "", ""


def _function(context: EditorContext, index: int, token: SourceToken) -> tuple[str, str]:
    before = context.tokens[index - 1] if index else token
    prefix = before.text if before.kind is TokenClass.PREFIX else ""
    for name, declared in context.declarations.functions():
        if name == prefix + token.text:
            return _source(context, context.tokens[declared].start - len(prefix), "{;"), (
                f"Declared on line {_line(context, declared)}."
            )
    signature = signatures().get(("" if prefix == "fn:" else prefix) + token.text)
    if signature is None:
        return "", ""
    newer = " Not in XQuery 1.0: the broker refuses it." if signature.newer else ""
    return signature.text, signature.summary + newer


def _variable(context: EditorContext, index: int, token: SourceToken) -> tuple[str, str]:
    for name, bound in context.declarations.bindings(index + 1):
        if name == token.text:
            source = _source(context, context.tokens[bound].start, ";")
            return source, f"Bound on line {_line(context, bound)}."
    return token.text, "Not bound here."


def _source(context: EditorContext, start: int, ends: str) -> str:
    """Show a declaration or binding: the rest of its line, up to one of some characters."""
    line = context.text[start : start + _SHOWN].splitlines()[0]
    for end in ends:
        line = line.partition(end)[0]
    return line.strip()


def _line(context: EditorContext, index: int) -> int:
    return context.text.count("\n", 0, context.tokens[index].start) + 1


def _name(context: EditorContext, index: int, token: SourceToken) -> tuple[str, str]:
    step = index - (index > 0 and context.tokens[index - 1].kind is TokenClass.PREFIX)
    base = context.base_of(step)
    found: Sequence[ElementWord | AttributeWord]
    if token.kind is TokenClass.ATTRIBUTE:
        found = [a for word in base for a in word.attributes if a.name == token.text]
    else:
        found = [c for word in base for c in word.children if c.name == token.text]
    if not found:
        return "", ""
    word = found[0]
    title = f"{word.name} as {word.type_name}" if word.type_name else word.name
    values = ", ".join(word.values[:_MAX_VALUES])
    return title, " ".join(filter(None, (word.documentation, values and f"Values: {values}.")))
