"""Builds the text of queries from paths and values of events. Pure functions; any thread."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clacks_monitor.core import paths
from clacks_monitor.core.event import EVENT_NAMESPACE

if TYPE_CHECKING:
    from clacks_monitor.xquery.editor.lint import LintWarning

PROLOG = f"declare namespace f='{EVENT_NAMESPACE}';\n"

_COMMENT = re.compile(r"\(:.*?:\)", re.DOTALL)
_NAMESPACE = re.compile(r"""\bdeclare\s+namespace\s+([\w.-]+)\s*=\s*(["'])(.*?)\2""")
_DEFAULT_NAMESPACE = re.compile(r"\bdeclare\s+default\s+element\s+namespace\b")
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_LOOSE = re.compile(r"\b(or|return|satisfies|else|default|catch)\b|,|:\)")
_AND = re.compile(r"\band\b")
_AS_NUMBER = {"true": "1", "false": "0"}
"""What a property that is a truth value is to queries, here and in brokers."""
_PROLOG_GOES_ON = re.compile(r"\s*(?:declare|xquery|import|\(:)")
_VERSION = re.compile(r"\s*xquery\s+(version|encoding)\b[^;]*;\s*")


class How(StrEnum):
    """How a query compares a value; EXISTS and MISSING test the element or attribute itself."""

    EQUALS = "equals"
    NOT = "not"
    CONTAINS = "contains"
    STARTS = "starts"
    EXISTS = "exists"
    MISSING = "missing"


MAX_LITERAL = 1_000
"""Characters of the longest value that is compared whole; of a longer one the beginning is compared."""
MAX_PATH = 2_000
"""Characters of the longest path that a query is built from."""


def too_long(path: paths.Path) -> bool:
    """Return whether a path is too long to build a query from."""
    return sum(map(len, path)) > MAX_PATH


class Join(StrEnum):
    """How a condition is combined with the query that is there already."""

    REPLACE = "replace"
    AND = "and"
    OR = "or"


def literal(text: str) -> str:
    """Return a string literal of XQuery; carriage returns become references, because XQuery normalizes line ends."""
    return "'" + text.replace("&", "&amp;").replace("'", "''").replace("\r", "&#13;") + "'"


class _Prefixes:
    """The prefixes of a prolog; ``added`` declares those that a condition needs besides them."""

    def __init__(self, prolog: str) -> None:
        plain = _COMMENT.sub(" ", prolog)
        self._prefixes = {_XML_NAMESPACE: "xml"}
        self._prefixes |= {uri: prefix for prefix, _quote, uri in reversed(_NAMESPACE.findall(plain))}
        self._default = _DEFAULT_NAMESPACE.search(plain) is not None
        self.added = ""

    def step(self, step: str) -> str:
        """Return a name test."""
        uri, name = paths.namespace(step), paths.local(step)
        mark, name = ("@", name[1:]) if name.startswith("@") else ("", name)
        if uri == "*" or (self._default and not uri and not mark):
            return f"{mark}*:{name}"
        if not uri:
            return f"{mark}{name}"
        return f"{mark}{self._prefix(uri)}:{name}"

    def _prefix(self, uri: str) -> str:
        if uri not in self._prefixes:
            stem, taken = "f" if uri == EVENT_NAMESPACE else "g", set(self._prefixes.values())
            names = (stem, *(f"{stem}{number}" for number in range(2, len(taken) + 3)))
            self._prefixes[uri] = prefix = next(name for name in names if name not in taken)
            self.added += f"declare namespace {prefix}={literal(uri)};\n"
        return self._prefixes[uri]


def type_query(name: str, *, wanted: bool = True, base: str = "", join: Join = Join.REPLACE) -> str:
    """Return the query for the events of a type, or for all others; ``name`` is a step of ``core.paths``."""
    return value_query(("Event", name), "", How.EXISTS if wanted else How.MISSING, base, join)


def value_query(path: paths.Path, value: str, how: How, base: str = "", join: Join = Join.REPLACE) -> str:
    """Return the query for a value at ``path`` (see ``core.paths``); of a value longer than MAX_LITERAL, its beginning.

    The only step of a path may be a property, "$name". With AND and OR the condition is combined with ``base``, whose
    declarations are kept and used.
    """
    if not base.strip():
        join = Join.REPLACE
    prolog, body = split_prolog("" if join is Join.REPLACE else base)
    if path[0].startswith("$"):
        condition, prolog = _property_condition(path[0], value, how), _with_variable(prolog, path[0])
        return prolog + (condition if join is Join.REPLACE else f"{_operand(body, join)}\n  {join} {condition}")
    prefixes = _Prefixes(prolog)
    steps = "./" + "/".join(prefixes.step(step) for step in path)
    long = len(value) > MAX_LITERAL
    begins, value = f"{steps}[starts-with(., {literal(value[:MAX_LITERAL])})]", value[:MAX_LITERAL]
    equals = begins if long else f"{steps} = {literal(value)}"
    condition = {
        How.EQUALS: equals,
        How.NOT: f"not({equals})",
        How.CONTAINS: f"{steps}[contains(., {literal(value)})]",
        How.STARTS: begins,
        How.EXISTS: steps,
        How.MISSING: f"not({steps})",
    }[how]
    joined = condition if join is Join.REPLACE else f"{_operand(body, join)}\n  {join} {condition}"
    return _declared(prefixes.added, prolog) + joined


def _property_condition(variable: str, value: str, how: How) -> str:
    """Return a condition on a property; one that a message does not have counts as empty."""
    text, wanted = f"string({variable})", literal(value[:MAX_LITERAL])
    begins = f"starts-with({text}, {wanted})"
    same = f"({wanted}, {literal(_AS_NUMBER[value])})" if value in _AS_NUMBER else wanted
    equals = begins if len(value) > MAX_LITERAL else f"{text} = {same}"
    return {
        How.EQUALS: equals,
        How.NOT: f"not({equals})",
        How.CONTAINS: f"contains({text}, {wanted})",
        How.STARTS: begins,
        How.EXISTS: f"{text} != ''",
        How.MISSING: f"{text} = ''",
    }[how]


def _with_variable(prolog: str, variable: str) -> str:
    """Return a prolog with a declaration of a property's variable at its end, behind those of namespaces."""
    if re.search(rf"\bdeclare\s+variable\s+{re.escape(variable)}(?![\w.-])", _COMMENT.sub(" ", prolog)):
        return prolog
    gap = "\n" if prolog.strip() and not prolog.endswith("\n") else ""
    return f"{prolog}{gap}declare variable {variable} external := '';\n"


def _declared(added: str, query: str) -> str:
    """Insert declarations behind a version declaration, before those of variables and functions."""
    version = _VERSION.match(query)
    at = version.end() if version else 0
    return query[:at] + added + query[at:]


def _operand(body: str, join: Join) -> str:
    """Return the existing condition, in parentheses where it may bind less tightly than ``join``."""
    text = body.strip()
    loose = _LOOSE.search(text) or (join is Join.OR and _AND.search(text))
    return f"({text})" if loose else text


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
        elif depth == 0 and one == ";" and _PROLOG_GOES_ON.match(query, end):
            end = position + 1
        position += 1
    while end < len(query) and query[end] in " \n":
        end += 1
    return query[:end], query[end:]


class RemedyKind(StrEnum):
    """What a remedy does: declares a prefix, writes names and values as the schemas have them, searches for words."""

    DECLARE = "declare"
    REPLACE = "replace"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Remedy:
    """A correction of a query: ``query`` is the whole, ``subject`` the prefix that it declares or what it looks for."""

    kind: RemedyKind
    subject: str
    query: str

    @property
    def applies(self) -> bool:
        """Whether the result is a filter that was meant: declaring a prefix leaves the rest of the query to be read."""
        return self.kind is not RemedyKind.DECLARE


@dataclass(frozen=True, slots=True)
class Examined:
    """A notice: what in a query matches no valid event, in the order of the text, and how to correct it, or None.

    ``searched`` are the words of a query that searches the text of events.
    """

    text: str
    warnings: tuple[LintWarning, ...] = ()
    remedy: Remedy | None = None
    searched: str = ""


def declaration(prefix: str, uri: str, query: str) -> str:
    """Return ``query`` with a declaration of ``prefix``."""
    return _declared(f"declare namespace {prefix}={literal(uri)};\n", query)
