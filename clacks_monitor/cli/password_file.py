"""Passwords of brokers in a file of libpq's form: host:port:domain:user:password, "*" for any. Thread: main."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.core.connection import ConnectionSettings

_FIELDS = 5
_SEPARATOR = re.compile(r"(?<!\\):")
_MORE_THAN_OWNER = 0o077


class PasswordFileError(ValueError):
    """A file of passwords cannot be used; the text says why, without a password."""


@dataclass(frozen=True, slots=True)
class PasswordFile:
    """The lines of a file, each as host, port, domain, user, password."""

    lines: tuple[tuple[str, ...], ...]

    def find(self, settings: ConnectionSettings) -> str | None:
        """Return the password of the first line that fits a connection."""
        host, port = settings.hosts[0]
        wanted = (host, str(port), settings.domain, settings.user)
        for line in self.lines:
            if all(field in {"*", value} for field, value in zip(line, wanted, strict=False)):
                return line[-1]
        return None


def read_passwords(path: Path) -> PasswordFile:
    """Return the file's lines; empty ones and those with # are skipped. Raises PasswordFileError."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise PasswordFileError(f"The file of passwords {path} cannot be read: {why}.") from None
    if mode & _MORE_THAN_OWNER:
        raise PasswordFileError(f"The file of passwords {path} can be read by others: chmod 600 {path}")
    lines: list[tuple[str, ...]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [re.sub(r"\\([\\:])", r"\1", field) for field in _SEPARATOR.split(line)]
        if len(fields) != _FIELDS:
            raise PasswordFileError(f"{path}, line {number}: a line looks like host:port:domain:user:password.")
        lines.append(tuple(fields))
    return PasswordFile(tuple(lines))
