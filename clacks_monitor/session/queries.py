"""Builds the text of queries from values that a user points at. Pure functions; any thread."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clacks_monitor.core.event import EVENT_NAMESPACE

if TYPE_CHECKING:
    from clacks_monitor.xquery import QueryError

PROLOG = f"declare namespace f='{EVENT_NAMESPACE}';\n"


_UNDECLARED = "XPST0081"
_PREFIX = re.compile(r"([^\W\d][\w.-]*):")
_VERSION = re.compile(r"\s*xquery\s+(version|encoding)\b[^;]*;\s*")


class How(StrEnum):
    """How a value is to be compared."""

    EQUALS = "equals"
    NOT = "not"
    CONTAINS = "contains"


class Join(StrEnum):
    """What becomes of the query that is there already."""

    REPLACE = "replace"
    AND = "and"
    OR = "or"


def literal(text: str) -> str:
    """Return a string literal of XQuery."""
    return "'" + text.replace("&", "&amp;").replace("'", "''") + "'"


def type_query(name: str) -> str:
    """Return the query for all events of a type."""
    return f"{PROLOG}./f:Event/f:{name}"


def value_query(path: tuple[str, ...], value: str, how: How, base: str = "", join: Join = Join.REPLACE) -> str:
    """Return the query for a value at ``path``: local names from Event down, an attribute's last and with "@".

    With AND and OR the condition is combined with ``base``, whose declarations are kept.
    """
    steps = "/".join(f"@{step[1:]}" if step.startswith("@") else f"f:{step}" for step in path)
    parent, _slash, leaf = ("./" + steps).rpartition("/")
    condition = {
        How.EQUALS: f"./{steps} = {literal(value)}",
        How.NOT: f"not(./{steps} = {literal(value)})",
        How.CONTAINS: f"{parent}[some $v in {leaf} satisfies contains($v, {literal(value)})]",
    }[how]
    if not base.strip() or join is Join.REPLACE:
        return PROLOG + condition
    prolog, body = split_prolog(base)
    prefix = "" if "namespace f=" in prolog.replace(" =", "=") else PROLOG
    first = f"({body.strip()})" if join is Join.OR or " or " in body or "return" in body else body.strip()
    return f"{prefix}{prolog}{first}\n  {join} {condition}"


def split_prolog(query: str) -> tuple[str, str]:
    """Split a query behind its last declaration; a semicolon inside a string or comment does not count."""
    end, quote, depth, position = 0, "", 0, 0
    while position < len(query):
        two, one = query[position : position + 2], query[position]
        if quote:
            quote = "" if one == quote else quote
        elif two in {"(:", ":)"}:
            depth += 1 if two == "(:" else -1
            position += 1
        elif depth == 0 and one in "'\"":
            quote = one
        elif depth == 0 and one == ";" and query[end:].lstrip().startswith(("declare", "xquery", "import", "(:")):
            end = position + 1
        position += 1
    while end < len(query) and query[end] in " \n":
        end += 1
    return query[:end], query[end:]


@dataclass(frozen=True, slots=True)
class Remedy:
    """How a broken query becomes a good one: ``query`` declares ``prefix`` for the namespace of events."""

    prefix: str
    query: str


def remedy(query: str, error: QueryError | None) -> Remedy | None:
    """Return how to mend ``query``, None where nothing but the user can.

    The commonest slip: a prefix that is used as everybody uses it, and not declared.
    """
    if error is None or error.code != _UNDECLARED or error.line is None or error.column is None:
        return None
    lines = query.split("\n")
    used = _PREFIX.match(lines[error.line - 1][error.column - 1 :]) if error.line <= len(lines) else None
    if used is None:
        return None
    version = _VERSION.match(query)
    at = version.end() if version else 0
    declaration = f"declare namespace {used[1]}='{EVENT_NAMESPACE}';\n"
    return Remedy(used[1], query[:at] + declaration + query[at:])
