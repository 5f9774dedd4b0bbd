"""Conditions on application properties as RabbitMQ 4.2 evaluates them: a part of AMQP Filter Expressions 1.0.

A value that is not known (a property that is missing, or of another type than text, number and boolean) makes a
comparison unknown, and only what is true passes. Values of different types are not equal, and neither is less.
Source: RabbitMQ's documentation of stream filtering, and its answers (tests/integration/test_amqp_stream_sql.py).

Owner: ``streams``. Thread: the broker's; immutable.
"""

from __future__ import annotations

import math
import operator
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Value = str | int | float | bool | None
    Condition = Callable[[Mapping[str, object]], Value]

MAX_TEXT, MAX_TOKENS = 4096, 200

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<delimited>\[[^\]]+\])|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign><>|<=|>=|[=<>(),]))"
)
_COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge
}  # fmt: skip  # a table
_RESERVED: Final = frozenset({"AND", "OR", "NOT", "IN", "IS", "NULL", "LIKE", "ESCAPE", "TRUE", "FALSE", "UTC"})
_END: Final = ("", "")


def condition_of(text: object) -> Condition | None:
    """Return a condition, None for any other text: it is not confirmed, and not applied."""
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        return None
    tokens: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            return None
        kind = str(found.lastgroup)
        tokens.append((kind, found[kind]))
        at = found.end()
    try:
        return _Parser(tokens).condition() if len(tokens) <= MAX_TOKENS else None
    except ValueError:
        return None


class _Parser:
    """Reads tokens from left to right; raises ValueError where they are not a condition."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = [*tokens, _END]
        self._at = 0

    def condition(self) -> Condition:
        """Read all of it."""
        found = self._or()
        if self._tokens[self._at] != _END:
            raise ValueError
        return found

    def _accept(self, *texts: str) -> str:
        kind, text = self._tokens[self._at]
        if text not in texts or kind not in {"word", "sign"}:
            return ""
        self._at += 1
        return text

    def _expect(self, *texts: str) -> None:
        for text in texts:
            if not self._accept(text):
                raise ValueError

    def _next(self, kind: str) -> str:
        found, text = self._tokens[self._at]
        if found != kind:
            raise ValueError
        self._at += 1
        return text

    def _or(self) -> Condition:
        found = self._and()
        while self._accept("OR"):
            found = _either(found, self._and(), decided=True)
        return found

    def _and(self) -> Condition:
        found = self._not()
        while self._accept("AND"):
            found = _either(found, self._not(), decided=False)
        return found

    def _not(self) -> Condition:
        return _negation(self._not()) if self._accept("NOT") else self._comparison()

    def _comparison(self) -> Condition:
        left = self._operand()
        if sign := self._accept("=", "<>", "<", "<=", ">", ">="):
            return _compared(sign, left, self._operand())
        if self._accept("IS"):
            negated = self._accept("NOT")
            self._expect("NULL")
            return lambda values: (left(values) is None) != bool(negated)
        negated = self._accept("NOT")
        if self._accept("LIKE"):
            pattern = _string(self._next("text"))
            escape = _string(self._next("text")) if self._accept("ESCAPE") else ""
            found = _like(left, pattern, escape)
        elif self._accept("IN"):
            self._expect("(")
            one_of = [self._operand()]
            while self._accept(","):
                one_of.append(self._operand())
            self._expect(")")
            found = _in(left, one_of)
        elif negated:
            raise ValueError
        else:
            return left
        return _negation(found) if negated else found

    def _operand(self) -> Condition:
        if self._accept("("):
            found = self._or()
            self._expect(")")
            return found
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "text":
            return _constant(_string(text))
        if kind == "number":
            return _constant(float(text) if "." in text else int(text))
        if kind == "delimited" or (kind == "word" and text not in _RESERVED):
            name = text.strip("[]")
            return lambda values: _known(values.get(name))
        if text in {"TRUE", "FALSE"}:
            return _constant(text == "TRUE")
        raise ValueError


def _string(token: str) -> str:
    return token[1:-1].replace("''", "'")


def _constant(value: Value) -> Condition:
    return lambda _values: value


def _known(value: object) -> Value:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float) else None


def _negation(inner: Condition) -> Condition:
    def negation(values: Mapping[str, object]) -> Value:
        found = inner(values)
        return not found if isinstance(found, bool) else None

    return negation


def _either(left: Condition, right: Condition, *, decided: bool) -> Condition:
    """Return the conjunction, or the disjunction for ``decided``: the value of one side that decides."""

    def either(values: Mapping[str, object]) -> Value:
        found = (left(values), right(values))
        if any(one is decided for one in found):
            return decided
        return (not decided) if all(one is (not decided) for one in found) else None

    return either


def _equal(left: Value, right: Value) -> bool:
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def _compared(sign: str, left: Condition, right: Condition) -> Condition:
    def compared(values: Mapping[str, object]) -> Value:
        first, second = left(values), right(values)
        if first is None or second is None:
            return None
        if sign in {"=", "<>"}:
            return _equal(first, second) == (sign == "=")
        alike = isinstance(first, str) == isinstance(second, str) and bool not in {type(first), type(second)}
        return alike and _COMPARISONS[sign](first, second)

    return compared


def _in(left: Condition, one_of: list[Condition]) -> Condition:
    def is_in(values: Mapping[str, object]) -> Value:
        found = left(values)
        return None if found is None else any(_equal(found, one(values)) for one in one_of)

    return is_in


def _like(left: Condition, pattern: str, escape: str) -> Condition:
    parts: list[str] = []
    characters = iter(pattern)
    for character in characters:
        if character == escape:
            parts.append(re.escape(next(characters, "")))
        else:
            parts.append({"%": ".*", "_": "."}.get(character, re.escape(character)))
    expression = re.compile("".join(parts), re.DOTALL)

    def like(values: Mapping[str, object]) -> Value:
        found = left(values)
        return expression.fullmatch(found) is not None if isinstance(found, str) else None

    return like
