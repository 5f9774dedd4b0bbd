"""Names and name tests.

Owner: xquery. Thread: any; nothing here changes after parsing.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Name:
    """An expanded name; the prefix is remembered but does not count when comparing."""

    uri: str
    local: str
    prefix: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


@dataclass(frozen=True, slots=True)
class NameTest:
    """A name or wildcard; None stands for any namespace or any local name."""

    uri: str | None
    local: str | None
