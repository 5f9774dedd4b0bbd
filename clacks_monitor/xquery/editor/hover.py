"""Hover: what the thing under the pointer is.

Role: (text, offset, vocabulary) -> a title and a sentence, or None. Owner: the editor.
Thread: any, nothing is kept. Never raises, on any text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery.editor.context import EditorContext, Piece
from clacks_monitor.xquery.editor.signatures import signatures
from clacks_monitor.xquery.editor.tokens import TokenClass
from clacks_monitor.xquery.editor.vocabulary import NO_WORDS, AttributeWord, ElementWord, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """`title` is one line, `text` a sentence or two; both about code points `start` to `end`."""

    start: int
    end: int
    title: str
    text: str = ""


def hover(text: str, offset: int, vocabulary: Vocabulary = NO_WORDS) -> Hover | None:
    """Say what stands at `offset`; None where there is nothing to say."""
    context = EditorContext(text, vocabulary)
    index = context.index_at(offset)
    if index >= len(context.pieces) or context.pieces[index].start > offset:
        return None
    piece = context.pieces[index]
    title, sentence = _described(context, index, piece)
    return Hover(piece.start, piece.end, title, sentence) if title else None


def _described(context: EditorContext, index: int, piece: Piece) -> tuple[str, str]:
    match piece.kind:
        case TokenClass.FUNCTION:
            return _function(context, index, piece)
        case TokenClass.KEYWORD:
            return (piece.text, _KEYWORDS[piece.text]) if piece.text in _KEYWORDS else ("", "")
        case TokenClass.VARIABLE:
            return _variable(context, index, piece)
        case TokenClass.PREFIX:
            prefix = piece.text.rstrip(":")
            return context.namespaces().get(prefix, ""), f"The namespace of the prefix {prefix}."
        case TokenClass.NAME | TokenClass.ATTRIBUTE:
            return _name(context, index, piece)
    return "", ""


def _function(context: EditorContext, index: int, piece: Piece) -> tuple[str, str]:
    before = context.pieces[index - 1] if index else piece
    prefix = before.text if before.kind is TokenClass.PREFIX else ""
    for name, declared in context.functions():
        if name == prefix + piece.text:
            return _source(context, context.pieces[declared].start - len(prefix), "{;"), (
                f"Declared on line {_line(context, declared)}."
            )
    signature = signatures().get(("" if prefix == "fn:" else prefix) + piece.text)
    if signature is None:
        return "", ""
    newer = " Not in XQuery 1.0: the broker refuses it." if signature.newer else ""
    return signature.text, signature.summary + newer


def _variable(context: EditorContext, index: int, piece: Piece) -> tuple[str, str]:
    for name, bound in context.bindings(index + 1):
        if name == piece.text:
            source = _source(context, context.pieces[bound].start, ";")
            return source, f"Bound on line {_line(context, bound)}."
    return piece.text, "Not bound here."


def _source(context: EditorContext, start: int, ends: str) -> str:
    """Show a declaration or binding: the rest of its line, up to one of some characters."""
    line = context.text[start : start + _SHOWN].splitlines()[0]
    for end in ends:
        line = line.partition(end)[0]
    return line.strip()


def _line(context: EditorContext, index: int) -> int:
    return context.text.count("\n", 0, context.pieces[index].start) + 1


def _name(context: EditorContext, index: int, piece: Piece) -> tuple[str, str]:
    step = index - (index > 0 and context.pieces[index - 1].kind is TokenClass.PREFIX)
    base = context.base_of(step)
    found: Sequence[ElementWord | AttributeWord]
    if piece.kind is TokenClass.ATTRIBUTE:
        found = [a for word in base for a in word.attributes if a.name == piece.text]
    else:
        found = [c for word in base for c in word.children if c.name == piece.text]
    if not found:
        return "", ""
    word = found[0]
    title = f"{word.name} as {word.type_name}" if word.type_name else word.name
    values = ", ".join(word.values[:_MAX_VALUES])
    return title, " ".join(filter(None, (word.documentation, values and f"Values: {values}.")))
