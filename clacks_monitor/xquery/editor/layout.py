"""Formatting of the prolog: one declaration per line, single blanks, the body as it was.

Role: text -> text with the same tokens. Owner: the editor. Thread: any. Only blanks change, and
only between the words of a declaration, not in its strings, comments, value or body; so no name, and nothing that
depends on one, can be touched. Text that is not understood comes back as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery.editor.highlight import MAX_LINE, highlight
from clacks_monitor.xquery.editor.tokens import Token, TokenClass

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["format_prolog"]

_TIGHT_BEFORE = frozenset({",", ")", ";", "?", "*", "+", "("})
_TIGHT_AFTER = frozenset({"(", "%", "#"})
_STARTS = frozenset({"declare", "import", "xquery", "module"})


def format_prolog(text: str) -> str:
    """Return the text with a tidy prolog; formatting twice changes nothing more."""
    tokens = highlight(text)
    end = _prolog_end(text, tokens)
    if end == 0:
        return text
    declarations = [_declaration(text, part) for part in _declarations(text, tokens[:end])]
    body = text[tokens[end].start :] if end < len(tokens) else ""
    head = "\n".join(declarations)
    formatted = f"{head}\n\n{body}" if body else f"{head}\n"
    return formatted if _same(text, tokens, end, head, formatted) else text


def _prolog_end(text: str, tokens: Sequence[Token]) -> int:
    """Find the first token after the last declaration; 0 without a prolog, or a broken one."""
    end = depth = 0
    fresh = True
    for i, token in enumerate(tokens):
        piece = text[token.start : token.end]
        if token.kind is TokenClass.ERROR:
            return 0
        if token.kind is TokenClass.COMMENT:
            continue
        if fresh and not (piece in _STARTS and token.kind is TokenClass.KEYWORD):
            break
        fresh = False
        if token.kind is TokenClass.OPERATOR:
            depth += (piece in {"(", "[", "{"}) - (piece in {")", "]", "}"})
            if piece == ";" and depth == 0:
                end, fresh = i + 1, True
    return end


def _declarations(text: str, tokens: Sequence[Token]) -> list[list[Token]]:
    """Cut at the semicolons; a comment before a declaration is a separate line."""
    parts: list[list[Token]] = [[]]
    depth = comments = 0
    for token in tokens:
        piece = text[token.start : token.end]
        parts[-1].append(token)
        if token.kind is TokenClass.OPERATOR:
            depth += (piece in {"(", "[", "{"}) - (piece in {")", "]", "}"})
            if piece == ";" and depth == 0:
                parts.append([])
        elif token.kind is TokenClass.COMMENT:
            comments += piece.count("(:") - piece.count(":)")
            if comments == 0 and all(part.kind is TokenClass.COMMENT for part in parts[-1]):
                parts.append([])
    return [part for part in parts if part]


def _declaration(text: str, tokens: Sequence[Token]) -> str:
    """Write one declaration with single blanks, up to its body or value, which stays."""
    written = ""
    before = ""
    for i, token in enumerate(tokens):
        piece = text[token.start : token.end]
        if piece in {"{", ":="} and token.kind is TokenClass.OPERATOR:
            # A body or a value is the author's own; only what leads to it is set.
            rest = text[token.end : tokens[-1].start].rstrip()
            rest = f" {rest.lstrip()}" if piece == ":=" else rest
            return f"{written} {piece}{rest}{text[tokens[-1].start : tokens[-1].end]}"
        if i and _apart(text, tokens[i - 1], token, before):
            written += " "
        written += piece
        before = piece
    return written


def _apart(text: str, left: Token, right: Token, before: str) -> bool:
    """Whether a blank belongs between two tokens."""
    if left.kind is right.kind and left.end == right.start and right.kind is not TokenClass.OPERATOR:
        return False  # pieces of one string or comment
    if right.kind is TokenClass.COMMENT or left.kind is TokenClass.COMMENT:
        return True
    piece = text[right.start : right.end]
    if left.end == right.start and TokenClass.ENTITY in {left.kind, right.kind}:
        return False
    if left.kind is TokenClass.PREFIX and left.end == right.start:
        return piece == "="
    if right.kind is TokenClass.OPERATOR and piece in _TIGHT_BEFORE:
        return False
    return before not in _TIGHT_AFTER


def _same(text: str, tokens: list[Token], end: int, head: str, formatted: str) -> bool:
    """Whether both texts consist of the same tokens: of the prolog's, as the body is not touched.

    Unless lines are so long that the lexer does not read all of them.
    """
    if max(map(len, text.split("\n"))) > MAX_LINE or max(map(len, formatted.split("\n"))) > MAX_LINE:
        return _pieces(text, tokens) == _pieces(formatted, highlight(formatted))
    return _pieces(text, tokens[:end]) == _pieces(head, highlight(head))


def _pieces(text: str, tokens: Sequence[Token]) -> list[tuple[str, TokenClass]]:
    """List the tokens; a comment or string counts as one, however many lines it has."""
    found: list[tuple[str, TokenClass]] = []
    end = -1
    for start, stop, kind in tokens:
        joins = kind is TokenClass.COMMENT or (kind is TokenClass.STRING and start == end)
        if found and found[-1][1] is kind and joins:
            found[-1] = (found[-1][0] + text[end:start] + text[start:stop], kind)
        else:
            found.append((text[start:stop], kind))
        end = stop
    return found
