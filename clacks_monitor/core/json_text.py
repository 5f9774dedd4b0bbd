"""Reads untrusted JSON, rejecting what json.loads() accepts, or fails at without naming the place.

Such are numbers that are not finite (NaN, 1e999) or have hundreds of digits, values nested deeper than MAX_DEPTH, and
more than MAX_VALUES of them: they would cause errors later, in code that does not expect them. Pure; any thread.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from typing import TYPE_CHECKING

from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    Container = list[object] | dict[str, object]

MAX_DEPTH = 64
MAX_DIGITS = 400
MAX_VALUES = 50_000
"""In one text: creating a million objects takes a second, during which no other thread runs."""
_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+"?|,', re.DOTALL)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]|-?(?:NaN|Infinity)|-?[0-9][0-9.eE+-]*', re.DOTALL)


class JsonError(StorageError):
    """A text is not JSON, or is rejected; with line and column."""


def read_json(text: str, where: str) -> object:
    """Return the value of a JSON text. Raises JsonError, whose text names ``where`` and the place in it."""
    if text.count(",") > MAX_VALUES:
        commas = (found.start() for found in _COMMA.finditer(text) if found[0] == ",")
        place = next(itertools.islice(commas, MAX_VALUES, None), None)
        if place is not None:
            raise _error(text, place, where, f"is not sensible JSON: there are more than {MAX_VALUES:,} values")
    try:
        value: object = json.loads(text, parse_constant=_refused, parse_float=_finite, parse_int=_short)
    except json.JSONDecodeError as error:
        raise _error(text, error.pos, where, f"is not valid JSON: {error.msg}") from None
    except (RecursionError, ValueError):
        value = None
    else:
        if text.count("[") + text.count("{") <= MAX_DEPTH or not _is_deep(value):
            return value
    place, what = _first_fault(text)
    raise _error(text, place, where, f"is not sensible JSON: {what}")


def _error(text: str, place: int, where: str, what: str) -> JsonError:
    line = text.count("\n", 0, place) + 1
    column = place - text.rfind("\n", 0, place)
    return JsonError(f"{where} {what} in line {line:,}, column {column:,}.", line=line, column=column)


def _refused(constant: str) -> float:
    raise ValueError(constant)


def _finite(text: str) -> float:
    if len(text) > MAX_DIGITS or not math.isfinite(value := float(text)):
        raise ValueError(text)
    return value


def _short(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ValueError(text)
    return int(text)


def _good_number(text: str) -> bool:
    read: Callable[[str], float] = _finite if set(text) & set(".eE") else _short
    try:
        read(text)
    except ValueError:
        return False
    return True


def _is_deep(value: object) -> bool:
    level = _containers([value])
    for _depth in range(MAX_DEPTH):
        level = [found for outer in level for found in _containers(outer)]
        if not level:
            return False
    return True


def _containers(outer: Container) -> list[Container]:
    return [item for item in (outer.values() if isinstance(outer, dict) else outer) if isinstance(item, list | dict)]


def _first_fault(text: str) -> tuple[int, str]:
    """Return the place and description of the first value that is rejected."""
    depth = 0
    for found in _TOKEN.finditer(text):
        part = found[0]
        if part in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return found.start(), f"values are nested more than {MAX_DEPTH} deep"
        elif part in "]}":
            depth -= 1
        elif part[0] != '"' and not _good_number(part):
            return found.start(), f"a number that is not finite, or has more than {MAX_DIGITS} digits, stands"
    return 0, "something is too large"
