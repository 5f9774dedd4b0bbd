"""Constructors of nodes, strings, maps and arrays.

Owner: xquery. Thread: any; nothing here changes after parsing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.xquery.syntax.expression import Expr

if TYPE_CHECKING:
    from clacks_monitor.xquery.syntax.names import Name


@dataclass(frozen=True, slots=True)
class DirectAttribute:
    """An attribute of a direct constructor: literal strings and enclosed expressions."""

    name: Name
    parts: tuple[str | Expr, ...]
    at: int


@dataclass(frozen=True, slots=True)
class DirectElement(Expr):
    """``<name ...>content</name>``; literal text of the content is str."""

    name: Name
    attributes: tuple[DirectAttribute, ...]
    namespaces: tuple[tuple[str, str], ...]
    content: tuple[str | Expr, ...]


@dataclass(frozen=True, slots=True)
class DirectComment(Expr):
    """``<!-- text -->``."""

    text: str


@dataclass(frozen=True, slots=True)
class DirectPI(Expr):
    """``<?target text?>``."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class ComputedNode(Expr):
    """``element n { }``, ``attribute n { }``, ``document { }``, ``text { }``, ``comment { }``, ...

    kind is one of element, attribute, document, text, comment, processing-instruction,
    namespace. ``name`` is a Name, an expression for the name, or None.
    """

    kind: str
    name: Name | Expr | None
    content: Expr | None


@dataclass(frozen=True, slots=True)
class StringConstructor(Expr):
    """A string constructor with interpolated parts."""

    parts: tuple[str | Expr, ...]


@dataclass(frozen=True, slots=True)
class MapConstructor(Expr):
    """``map { key : value, ... }``."""

    entries: tuple[tuple[Expr, Expr], ...]


@dataclass(frozen=True, slots=True)
class ArrayConstructor(Expr):
    """``[a, b]``, or ``array { e }`` when ``curly``."""

    members: tuple[Expr, ...]
    curly: bool
