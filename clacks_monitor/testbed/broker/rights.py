"""The rights to send events through the agent, from a text file of users, topics and rights.

    # user     topic                               rights
    admin      org.clacks.event.*                  x
    reception  org.clacks.event.PhoneStatus        x
    *          org.clacks.event.ClientAnnounce     x

Lines only grant rights. A topic is ``<domain>.event.<EventName>``; ``*`` in a topic stands for any text, and as user
for all users, logged in or not. Rights are letters: ``x`` is the right to send; other letters are ignored. Without a
file all users may send everything.

Owner: ``Agent``. Thread: the agent's.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.testbed.broker.errors import BrokerError

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)


class RightsError(BrokerError, ValueError):
    """A rights file cannot be read or is not valid; the text names the file and the line."""


class Rights(Protocol):
    """The rights of users."""

    def allow(self, user: str, topic: str, right: str = "x") -> bool:
        """Return whether ``user`` ("" for an anonymous one) has ``right`` on ``topic``."""


class AllRights:
    """All users have all rights."""

    def allow(self, _user: str, _topic: str, _right: str = "x") -> bool:
        """Return True."""
        return True


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of the file."""

    user: str
    topic: str
    rights: str

    def covers(self, user: str, topic: str, right: str) -> bool:
        """Return whether this line gives ``user`` the ``right`` on ``topic``."""
        return self.user in {"*", user} and right in self.rights and fnmatchcase(topic, _only_stars(self.topic))


class FileRights:
    """The rights of a file; read again when it has changed. If that fails, the old rights stay in force."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = self._now()
        self._grants = read_rights(path)

    def allow(self, user: str, topic: str, right: str = "x") -> bool:
        """Return whether a line grants it."""
        self._refresh()
        return any(grant.covers(user, topic, right) for grant in self._grants)

    def _refresh(self) -> None:
        stamp = self._now()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._grants = read_rights(self._path)
        except RightsError as error:
            log.warning("%s The rights as they were stay in force.", error)

    def _now(self) -> tuple[int, int]:
        try:
            status = self._path.stat()
        except OSError:
            return 0, 0
        return status.st_mtime_ns, status.st_size


def read_rights(path: Path) -> tuple[Grant, ...]:
    """Return the lines of a rights file; raises RightsError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RightsError(
            f"The rights file {path} cannot be read: {getattr(error, 'strerror', None) or error}."
        ) from error
    grants = []
    for number, line in enumerate(text.splitlines(), 1):
        match line.partition("#")[0].split():
            case []:
                pass
            case [user, topic, rights]:
                grants.append(Grant(user, topic, rights))
            case _:
                raise RightsError(
                    f"{path}, line {number}: a line has a user, a topic and rights, for example: admin * x"
                )
    return tuple(grants)


def _only_stars(topic: str) -> str:
    """Return the pattern in which only ``*`` is special."""
    return topic.replace("[", "[[]").replace("?", "[?]")
