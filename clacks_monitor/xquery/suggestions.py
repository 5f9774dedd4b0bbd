"""Suggestions for syntax errors: what to write instead of the usual slips from other languages.

Role: (text, static error) -> a sentence, or nothing. Owner: query. Thread: any.

The parser says what it found and what the grammar wants; the characters around it show what was meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message, sentences

if TYPE_CHECKING:
    from clacks_monitor.xquery.errors import QueryError

_SYNTAX: Final = "XPST0003"
_REACH: Final = 40
"""Characters before and after the place that are examined."""

_RULES: Final = tuple(
    (re.compile(before + r"\s*\Z"), re.compile(behind), suggestion)
    for before, behind, suggestion in (
        (r"=", r"=", Message("Write one = to compare.")),
        (r"<", r">", Message("Write != for values that differ.")),
        (r"", r"&", Message("Write and between two conditions.")),
        (r"", r"\|\|?", Message("Write or between two conditions.")),
        (r"", r"(?:AND|OR|NOT|Or|And|Not)\b", Message("Words of the language are written small: and, or, not.")),
        (r"\bnot", r"", Message("Write not(...), with parentheses.")),
        (r"", r"!", Message("Write not(...) for the opposite.")),
        (r"", r"like\b", Message("Write contains(a, 'b'), starts-with(a, 'b') or matches(a, 'pattern').")),
        (r"", r"in\s*\(", Message("Write = for one of several values: a = ('b', 'c').")),
        (r"", r"between\b", Message("Write two conditions: a >= 1 and a <= 9.")),
        (r"\b(?:let|for|some|every)", r"[^\W\d][\w.-]*\s*(?::=|in\b)", Message("A variable begins with a $.")),
        (r"", "[\u2018\u2019\u201a\u201c\u201d\u201e]", Message("Texts stand in straight quotes: 'a' or \"a\".")),
        (r"", r"['\"]", Message("A text has the same quote at both ends.")),
        (r"", r"\\", Message("Write / between the steps of a path.")),
        (r"", r"#|--|/\*", Message("A comment is written (: like this :).")),
        (r"", r"[)\]}]", Message("It closes nothing that was opened.")),
        (r"", r";", Message("Only a declaration ends with a semicolon.")),
    )
)
_BY_REASON: Final = (
    ("Expected 'else'", Message("Every if has its else: else false().")),
    ("'&' must start", Message("Write &amp; for the character itself.")),
    ("This string is never closed", Message("Write the same quote again where it ends.")),
    ("This comment is never closed", Message("Write :) where it ends.")),
    ("Expected the end of the query", Message("Write and or or between two conditions.")),
)


def suggest(error: QueryError, text: str) -> None:
    """Add a suggestion to the reason of an error, where there is one."""
    if error.code == _SYNTAX and error.at is not None:
        before, behind = text[max(0, error.at - _REACH) : error.at], text[error.at : error.at + _REACH]
        error.reason = sentences(error.reason, _suggestion(error.reason, before, behind))


def _suggestion(reason: str, before: str, behind: str) -> str:
    if reason.startswith("Expected"):
        for left, right, suggestion in _RULES:
            if behind and right.match(behind) and left.search(before):
                return suggestion
    return next((suggestion for beginning, suggestion in _BY_REASON if reason.startswith(beginning)), "")
