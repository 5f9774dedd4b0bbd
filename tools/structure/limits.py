"""What the figures may be, from limits.toml: a ratchet that is only ever tightened."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMITS = Path(__file__).with_name("limits.toml")


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a figure may be today, and where it has to get."""

    limit: float
    goal: float


def limits(text: str) -> dict[str, Limit]:
    """Return the limits by the name of the figure."""
    return {name: Limit(**values) for name, values in tomllib.loads(text).items()}


def lowered(text: str, values: Mapping[str, float]) -> str:
    """Return the text of limits.toml with each limit lowered to the figure's value, but not below its goal."""
    known = limits(text)

    def at_most(row: re.Match[str]) -> str:
        limit, value = row["limit"], values.get(row["name"])
        wanted = float(limit) if value is None else max(value, known[row["name"]].goal)
        return f"{row['before']}{limit if wanted >= float(limit) else f'{wanted:g}'}"

    return re.sub(r"^(?P<before>(?P<name>\w+) = \{ limit = )(?P<limit>[0-9.]+)", at_most, text, flags=re.MULTILINE)
