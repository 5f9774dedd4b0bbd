"""What a query that finds nothing may have been meant to be: names that the schemas know, or plain words to search for.

Pure functions; any thread.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.session.view.query_text import Examined, Remedy, RemedyKind, declaration, literal
from clacks_monitor.xquery.editor.lint import lint, repaired

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from clacks_monitor.xquery import QueryError
    from clacks_monitor.xquery.editor.vocabulary import Vocabulary

LONG_TEXT = 5_000
"""Characters from which on a query is not examined."""
MAX_PLAIN = 200
_UNDECLARED = "XPST0081"
_PREFIX = re.compile(r"([^\W\d][\w.-]*):")
_PLAIN = re.compile(r"(?:[\w#.&]|\+\d)[\w .,:;@#%&?!-]*")
_CLAUSE = re.compile(r"(?:declare|xquery|for|let|some|every|if|import)\b\s*\S")
_SEARCH = re.compile(r"\(\.//text\(\) \| \.//@\*\)\[contains\((?:lower-case\(\.\)|\.), '((?:[^']|'')*)'\)\]")


def text_query(sought: str) -> str:
    """Return the query for the events in which the value of an element or attribute contains ``sought`` in any case."""
    sought = sought.lower()
    value = "." if sought.upper() == sought else "lower-case(.)"
    return f"(.//text() | .//@*)[contains({value}, {literal(sought)})]"


def searched_text(query: str) -> str:
    """Return the words that a query made by text_query() looks for, "" for any other."""
    found = _SEARCH.fullmatch(query.strip())
    return found[1].replace("''", "'").replace("&#13;", "\r").replace("&amp;", "&") if found else ""


def plain_text(text: str) -> str:
    """Return the words of a text that is not meant as a query (``busy``, ``00:1b``, ``'402'``), "" for others."""
    text = text.strip()
    if len(text) > MAX_PLAIN:
        return ""
    if text[:1] in ("'", '"') and text.count(text[0]) == 2 and text.endswith(text[0]):
        return text[1:-1].strip()
    plain = _PLAIN.fullmatch(text) and not _CLAUSE.match(text) and any(c.isalnum() for c in text)
    return text if plain else ""


def remedy(query: str, error: QueryError | None) -> Remedy | None:
    """Return how to correct a query that does not compile, None for one that does or cannot be corrected.

    What is corrected is a prefix that is not declared, and plain words.
    """
    if error is None or error.line is None or error.column is None:
        return None
    if error.code == _UNDECLARED:
        lines = query.split("\n")
        used = _PREFIX.match(lines[error.line - 1][error.column - 1 :]) if error.line <= len(lines) else None
        return used and Remedy(RemedyKind.DECLARE, used[1], declaration(used[1], EVENT_NAMESPACE, query))
    plain = plain_text(query)
    return Remedy(RemedyKind.SEARCH, plain, text_query(plain)) if plain else None


def examined(text: str, vocabulary: Vocabulary, seen: Mapping[str, Collection[str]] = {}) -> Examined:
    """Return what in a query matches no event that is valid by the schemas, and how to correct it.

    ``seen`` are the words that events had as values, by the names of elements.
    """
    warnings = tuple(lint(text, vocabulary, seen)) if len(text) < LONG_TEXT else ()
    if not warnings:
        return Examined(text, searched=searched_text(text))
    plain = plain_text(text) if vocabulary.dialect.condition else ""
    query = _query_for_name(plain, vocabulary) if plain else repaired(text, vocabulary, seen)
    if query:
        return Examined(text, warnings, Remedy(RemedyKind.REPLACE, query, query))
    return Examined(text, warnings, Remedy(RemedyKind.SEARCH, plain, text_query(plain)) if plain else None)


def _query_for_name(name: str, vocabulary: Vocabulary) -> str:
    """Return the query for an event type in any case, or for an element of this name; "" where there is none."""
    roots = vocabulary.roots
    types = [(root.name, kind.name) for root in roots for kind in root.children if kind.name.lower() == name.lower()]
    if types:
        return f"./*:{types[0][0]}/*:{types[0][1]}"
    seen = set(roots)
    stack = list(roots)
    while stack:
        word = stack.pop()
        if word.name == name and word not in roots:
            return f".//*:{name}"
        stack += [child for child in word.children if child not in seen]
        seen.update(word.children)
    return ""
